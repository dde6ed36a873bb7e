"""Whose turn it is: after the window, where nobody is above, and when another takes over."""

from datetime import date

import pytest
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.duties import waiting_for
from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.evaluation.appraisals.raters import seats_of
from terang.evaluation.appraisals.services import decide_appraisal, hand_over, reopen_appraisal
from terang.evaluation.appraisals.tabs import tabs
from terang.registry.people.models import AppraiserOverride, Assignment
from terang.web.errors import Stale

AFTER = date(2026, 12, 1)


def named(city, name, appraiser):
    """From today on somebody else appraises a person."""
    AppraiserOverride.objects.create(
        employee=city.cast.people[name],
        appraiser=city.cast.people[appraiser],
        starts_on=city.day,
        reason="Penugasan",
        document="SK 20/2026",
    )


def desk(client, city):
    return client.get(reverse("appraisals:desk", args=[city.window.pk]))


def shown(page):
    return {line.employee.name: line for group, _form in page.context["groups"] for line in group.lines}


# ---------------------------------------------------------------- after the window
def test_what_was_decided_on_the_last_day_is_still_handed_over(city, sign_in):
    row = city.decide("hendra", "andi")
    city.day = AFTER
    client = sign_in("hendra")
    page = desk(client, city)
    assert list(shown(page)) == ["Andi Pratama"]
    assert "Serahkan 1 penilaian" in page.content.decode()
    client.post(reverse("appraisals:hand_over", args=[city.window.pk, row.unit_id]), {"chosen": [row.pk]})
    assert Appraisal.objects.get().state == AppraisalState.HANDED


def test_who_decided_opens_it_again_after_the_window_and_the_superior_goes_on(city, sign_in):
    row = city.decide("hendra", "andi")
    city.day = AFTER
    client = sign_in("hendra")
    assert "bukan Anda" in client.get(reverse("appraisals:reopen", args=[row.pk])).content.decode()
    reopen_appraisal(actor=city.viewer("hendra"), appraisal=row, reason="Salah pilih", version=row.version)
    assert shown(desk(client, city)) == {}
    assert "Andi Pratama" in shown(desk(sign_in("sri"), city))


def test_where_nobody_is_above_the_appraiser_stays_the_rater_after_the_window(city, sign_in):
    city.day = AFTER
    assert "Sri Wahyuni" in shown(desk(sign_in("mayor"), city))
    done = city.give("mayor", "sri")
    assert (done.instead, done.final_code, done.handed_on) == (False, "jpt_region_by_head", AFTER)


@pytest.mark.parametrize(
    ("rater", "since", "till", "code"),
    [
        ("mayor", date(2025, 2, 20), date(2030, 2, 20), "jpt_region_by_head"),
        ("bambang", date(2020, 2, 20), date(2025, 2, 20), ""),
        ("bambang", date(2027, 2, 20), None, ""),
    ],
)
def test_only_the_elected_head_of_today_makes_a_result_final(city, rater, since, till, code):
    mayor = city.cast.posts["mayor"]
    if rater == "mayor":
        Assignment.objects.filter(post=mayor).update(starts_on=since, ends_on=till)
    else:
        Assignment.objects.create(
            employee=city.cast.people[rater], post=mayor, starts_on=since, ends_on=till, kind="plt"
        )
        named(city, "sri", rater)
        city.measure(health="baik")
    assert city.decide(rater, "sri").final_code == code


# ---------------------------------------------------------------- another takes over
def test_who_takes_over_a_draft_begins_with_an_empty_page(city, sign_in):
    row = city.keep("hendra", "andi", "above", "below", reason="Rahasia Hendra", notes="Catatan Hendra")
    city.day = AFTER
    with pytest.raises(Stale):
        decide_appraisal(actor=city.viewer("sri"), appraisal=row, version=row.version)
    page = sign_in("sri").get(reverse("appraisals:rate", args=[city.window.pk, city.cast.andi.pk]))
    form = page.context["form"]
    assert "Hendra" not in str(form["reason"]) + str(form["notes"])
    assert (form["work_result"].value(), form["version"].value()) == (None, row.version)
    done = city.decide("sri", "andi")
    assert (done.rater, done.reason, done.notes) == (city.cast.sri, "", "")


def test_why_it_was_opened_again_does_not_stand_in_the_journal(city):
    row = city.decide("hendra", "andi")
    reopen_appraisal(actor=city.viewer("hendra"), appraisal=row, reason="Andi kurang rajin", version=row.version)
    entry = JournalEntry.objects.get(verb="appraisals.reopened")
    assert "rajin" not in f"{entry.reason} {entry.changes}"
    assert entry.changes["note"].startswith("hmac-sha256:")


# ---------------------------------------------------------------- what is told to do
def told(city, name):
    return [duty.title for duty in waiting_for(city.viewer(name))]


def test_a_stand_in_is_not_told_to_rate_and_the_appraiser_is(city):
    Assignment.objects.create(
        employee=city.cast.rina, post=city.cast.posts["register_head"], starts_on=city.day, kind="plh"
    )
    assert not any("belum dinilai" in title for title in told(city, "rina"))
    assert any("2 orang belum dinilai" in title for title in told(city, "hendra"))


def test_who_appraises_by_name_only_gets_tab_and_duty(city, sign_in):
    named(city, "andi", "joko")
    assert any("1 orang belum dinilai" in title for title in told(city, "joko"))
    assert "Menilai" in [each.label for each in tabs(city.viewer("joko"), "mine")]
    assert "Menilai" not in [each.label for each in tabs(city.viewer("rina"), "mine")]
    assert "Andi Pratama" in shown(desk(sign_in("joko"), city))


def test_what_is_decided_and_not_handed_over_is_a_duty_until_it_is(city):
    row = city.decide("hendra", "andi")
    city.day = AFTER
    assert any("1 penilaian belum diserahkan" in title for title in told(city, "hendra"))
    hand_over(actor=city.viewer("hendra"), window=city.window, unit=row.unit, chosen=[row.pk])
    assert not any("belum diserahkan" in title for title in told(city, "hendra"))


# ---------------------------------------------------------------- who moved
def seats(city, name):
    return {seat.employee.name: seat for seat in seats_of(city.cast.people[name], city.window, city.day)}


def test_an_appraiser_who_moved_while_the_window_was_open_still_rates_the_people_left_behind(city):
    """The example of IV.A.14 p. 91–92: in force on a day of evaluation, so the former appraiser evaluates."""
    city.moves("hendra", "civil_head", date(2026, 11, 23))
    assert set(seats(city, "hendra")) == {"Andi Pratama", "Rina Marlina", "Joko Susilo"}
    assert seats(city, "hendra")["Andi Pratama"].unit.name == "Bidang Pelayanan Pendaftaran Penduduk"
    assert set(seats(city, "sri")) == {"Hendra Saputra"}
    assert city.give("hendra", "andi").rater == city.cast.hendra
    assert any("belum dinilai" in title for title in told(city, "hendra"))


def test_an_appraiser_who_moved_before_the_window_does_not(city):
    city.moves("hendra", "civil_head", date(2026, 11, 19))
    assert set(seats(city, "hendra")) == {"Joko Susilo"}
    assert {"Andi Pratama", "Rina Marlina"} < set(seats(city, "sri"))


def test_who_moved_is_rated_by_the_new_appraiser_in_the_new_unit_without_weighing_months(city):
    city.moves("andi", "nurse", date(2026, 11, 23))
    assert "Andi Pratama" not in seats(city, "hendra")
    assert seats(city, "dewi")["Andi Pratama"].unit == city.cast.units["puskesmas"]


def test_an_appraiser_who_left_the_service_or_was_replaced_by_name_rates_nobody_more(city):
    Assignment.objects.filter(employee=city.cast.hendra).update(ends_on=date(2026, 11, 23))
    named(city, "rina", "joko")
    assert seats(city, "hendra") == {}
    assert "Andi Pratama" in seats(city, "sri")
    assert set(seats(city, "joko")) == {"Rina Marlina"}


def test_after_the_window_the_superior_of_today_evaluates_whom_a_moved_appraiser_left(city):
    city.moves("hendra", "civil_head", date(2026, 11, 23))
    city.day = AFTER
    assert "Andi Pratama" not in seats(city, "hendra")
    assert "Andi Pratama" in seats(city, "mayor")


def test_a_head_who_leads_nobody_any_more_keeps_tab_and_duty_while_the_window_is_open(city):
    city.moves("hendra", "civil_officer", date(2026, 11, 23))
    assert any("2 orang belum dinilai" in title for title in told(city, "hendra"))
    assert "Menilai" in [each.label for each in tabs(city.viewer("hendra"), "mine")]
    city.day = AFTER
    assert "Menilai" not in [each.label for each in tabs(city.viewer("hendra"), "mine")]
