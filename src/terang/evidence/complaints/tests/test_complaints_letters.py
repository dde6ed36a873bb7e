"""News by e-mail: to whom, about what, and what no letter may say."""

import re

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from terang.accounts.letters import FIRST_A_DAY, NEWS_A_DAY
from terang.evidence.complaints import tasks
from terang.evidence.complaints.models import ComplaintClass, Reporter
from terang.evidence.complaints.services import citizen, time, verifying
from terang.web.numbers import longdate

ADDRESS = "wati@contoh.id"
WHAT = {"title": "Minta-Uang-Rahasia", "body": "Di loket Pak Budi diminta uang.", "contact": ADDRESS}
TOLD = (
    "Minta-Uang",
    "Budi",
    "uang",
    "Wati",
    "KTP",
    "Bagian Layanan",
    "Inspektorat",
    "pengawas",
    "penyimpangan",
    "anonim",
)


def asked_for(found):
    """What the worker was asked to write about this report, in order."""
    rows = DBTaskResult.objects.filter(task_path="terang.evidence.complaints.tasks.send_news").order_by("enqueued_at")
    return [row.args_kwargs["args"][1] for row in rows if row.args_kwargs["args"][0] == found.pk]


def sent(found, news):
    mail.outbox.clear()
    tasks.send_news.func(found.pk, news)
    return mail.outbox


def test_every_piece_of_news_is_asked_for_once(house):
    found = house.answered(**WHAT)
    assert asked_for(found) == ["received", "answered"]
    citizen.confirm_done(complaint=found)
    assert asked_for(found) == ["received", "answered", "confirmed"]
    other = house.verifying(**WHAT)
    other = verifying.ask_completion(
        actor=house.viewer("kokom"), complaint=other, version=other.version, question="Kapan?"
    )
    assert asked_for(other) == ["received", "incomplete"]
    other.refresh_from_db()
    time.lapse_incomplete(house.office.agency, other.completion_due_on.replace(year=other.completion_due_on.year + 1))
    assert asked_for(other)[-1] == "lapsed"
    gone = house.verifying(**WHAT)
    verifying.reject_complaint(
        actor=house.viewer("kokom"), complaint=gone, version=gone.version, reason="Bukan laporan."
    )
    assert asked_for(gone) == ["received", "rejected"]


@pytest.mark.parametrize("contact", ["", "0812 5500 1234"])
def test_without_an_address_nobody_writes(house, contact):
    found = house.answered(**(WHAT | {"contact": contact}))
    assert asked_for(found) == []
    assert not sent(found, "answered")


def test_who_joined_a_report_is_written_to_as_well(house):
    main = house.in_hand()
    joined = house.verifying(**WHAT)
    joined = verifying.merge_duplicate(actor=house.viewer("kokom"), complaint=joined, version=joined.version, main=main)
    main.refresh_from_db()
    house.answer(main)
    assert asked_for(joined) == ["received", "answered"]
    assert asked_for(main) == []


def test_the_answer_says_what_to_do_and_until_when(house):
    found = house.answered(**WHAT)
    [letter] = sent(found, "answered")
    assert letter.to == [ADDRESS]
    assert f"sampai {longdate(found.response_due_on)}" in letter.body
    assert "buka kembali" in letter.body
    assert found.tracking_code in letter.subject
    assert "/pengaduan/cari/" in letter.body


@pytest.mark.parametrize("news", list(tasks.NEWS_OF.values()))
@pytest.mark.parametrize(
    "kind", [{}, {"is_secret": True}, {"is_misconduct": True}, {"is_misconduct": True, "is_anonymous": True}]
)
def test_no_letter_tells_what_was_reported(house, news, kind):
    found = house.report(**WHAT, **kind, about_unit=house.units["service"])
    [letter] = sent(found, news)
    text = f"{letter.subject}\n{letter.body}"
    assert not any(word in text for word in TOLD), text
    assert not re.search(r"/ikuti/|[2-9A-Z]{5}-[2-9A-Z]{5}", text)
    assert "{" not in text


@pytest.mark.parametrize("kind", ["is_secret", "is_misconduct", "is_anonymous"])
def test_of_a_guarded_or_anonymous_one_it_says_only_that_there_is_news(house, kind):
    found = house.report(**WHAT, **{kind: True})
    bodies = {sent(found, news)[0].body for news in tasks.NEWS_OF.values()}
    assert len(bodies) == 1
    assert "Ada kabar untuk laporan Anda." in bodies.pop()


def test_a_report_that_becomes_misconduct_is_guarded_from_then_on(house):
    found = house.verifying(**WHAT)
    finding = verifying.Finding(ComplaintClass.MISCONDUCT, found.category, house.units["service"])
    verifying.route_complaint(actor=house.viewer("kokom"), complaint=found, version=found.version, finding=finding)
    assert asked_for(found) == ["received"]
    assert "Ada kabar" in sent(found, "received")[0].body


def test_once_the_contact_is_deleted_no_letter_goes_out(house):
    found = house.answered(**WHAT)
    citizen.forget_reporter(found)
    assert not Reporter.objects.filter(complaint=found).exists()
    assert not sent(found, "answered")


def test_one_address_gets_no_more_than_so_many_letters_a_day(house):
    found = house.report(**WHAT)
    mail.outbox.clear()
    for _ in range(FIRST_A_DAY + 5):
        tasks.send_news.func(found.pk, "received")
    assert len(mail.outbox) == FIRST_A_DAY
    for _ in range(NEWS_A_DAY + 5):
        tasks.send_news.func(found.pk, "answered")
    assert len(mail.outbox) == FIRST_A_DAY + NEWS_A_DAY, "news is counted apart from what was received"
    other = house.report(**(WHAT | {"contact": "0812 5500 1234, lain@contoh.id"}))
    assert sent(other, "received")[0].to == ["lain@contoh.id"]
