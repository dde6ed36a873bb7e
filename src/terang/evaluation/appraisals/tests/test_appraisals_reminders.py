"""Who leads a part of the government is asked to see to what is missing there, by letter, once a day at most."""

import pytest
from django.core import mail
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Reminder
from terang.evaluation.appraisals.services import remind_owner
from terang.evaluation.appraisals.tasks import send_reminder
from terang.evaluation.models import Period
from terang.registry.people.models import Assignment, Employee
from terang.web.errors import NotAllowed, NotNow


@pytest.fixture
def office(city):
    Employee.objects.filter(name="Sri Wahyuni").update(email="sri@contoh.go.id")
    city.give("hendra", "andi")
    city.decide("hendra", "rina")
    return city.cast.units["dukcapil"]


def remind(city, unit, who="maya"):
    return remind_owner(actor=city.viewer(who), window=city.window, unit_id=unit.pk)


def test_the_leader_gets_one_letter_a_day_that_says_what_is_missing(city, office):
    made = remind(city, office)
    assert (made.owner, made.missing, made.waiting) == (city.cast.sri, 3, 1)
    assert remind(city, office) == made
    send_reminder.func(made.pk)
    [letter] = mail.outbox
    assert letter.to == ["sri@contoh.go.id"]
    assert "3 orang belum dinilai dan 1 penilaian belum diserahkan" in letter.body
    assert "Rina" not in letter.body
    assert letter.subject == "Evaluasi kinerja November 2026: Dinas Kependudukan dan Pencatatan Sipil"
    entry = JournalEntry.objects.get(verb="appraisals.owner_reminded")
    assert entry.subject_employee_id == city.cast.sri.pk
    city.later(1)
    assert remind(city, office) != made
    assert Reminder.objects.count() == 2


def test_who_lost_the_address_meanwhile_gets_no_letter(city, office):
    made = remind(city, office)
    Employee.objects.update(email="")
    send_reminder.func(made.pk)
    assert not mail.outbox


def test_nobody_else_reminds_and_there_must_be_somebody_to_remind(city, office):
    for who in ("hendra", "mayor", "lina", "agus"):
        with pytest.raises(NotAllowed):
            remind(city, office, who)
    for unit in ("health", "register"):
        with pytest.raises(NotNow, match="tidak punya surel"):
            remind(city, city.cast.units[unit])
    Assignment.objects.filter(employee=city.cast.sri).update(ends_on=city.day)
    with pytest.raises(NotNow):
        remind(city, office)
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_before_the_window_opens_or_once_the_period_is_closed(city, office):
    city.later(-10)
    with pytest.raises(NotNow, match="dibuka 20 November"):
        remind(city, office)
    city.later(10)
    Period.objects.update(closed_at="2026-12-31T00:00Z")
    city.window.refresh_from_db()
    with pytest.raises(NotNow):
        remind(city, office)


def test_the_board_shows_who_is_asked_and_offers_the_button_once(city, office, sign_in):
    client, page = sign_in("maya"), reverse("appraisals:window", args=[city.window.pk])
    button = reverse("appraisals:remind", args=[city.window.pk, office.pk])
    shown = client.get(page).content.decode()
    assert "Sri Wahyuni" in shown
    assert "tanpa surel" in shown
    assert button in shown
    shown = client.post(button, follow=True).content.decode()
    assert "Sri Wahyuni diingatkan lewat surel" in shown
    assert button not in shown
    assert "hari ini" in shown
    assert button not in sign_in("lina").get(page).content.decode()


def test_more_parts_ask_no_more_questions(city, office, sign_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = sign_in("maya"), reverse("appraisals:window", args=[city.window.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for day in range(1, 4):
        for unit in ("dukcapil", "health", "bkd"):
            asked = {"owner": city.cast.sri, "sent_by": city.cast.maya, "missing": 1, "waiting": 0}
            sent = city.day.replace(day=day)
            Reminder.objects.create(window=city.window, unit=city.cast.units[unit], sent_on=sent, **asked)
    with django_assert_num_queries(len(one)):
        client.get(page)
