"""What answered complaints add to a score, and why a reopened one does not."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.evaluation.gathering import Window, gather
from terang.evidence.complaints import evidence
from terang.evidence.complaints.services import citizen, verifying
from terang.evidence.complaints.services import time as times
from terang.rules.policies import load_policy, preset_text
from terang.rules.tables import COMPLAINTS

TODAY = date(2026, 11, 24)
START, END = date(2026, 11, 1), date(2026, 12, 1)


def facts(house, as_of=TODAY, who="budi"):
    return evidence.facts([house.people[who].pk], START, END, as_of=as_of)["complaints"]


def test_an_answer_counts_once_the_citizen_turned_the_second_key(house):
    found = house.answered()
    assert facts(house) == []
    citizen.confirm_done(complaint=found)
    assert facts(house) == [(house.people["budi"].pk, 202611, 1, 1, 0)]
    assert len(facts(house)[0]) == len(COMPLAINTS.names)


def test_reopening_lowers_it_and_the_explanation_says_why(house):
    house.closed()
    assert facts(house) == [(house.people["budi"].pk, 202611, 1, 1, 0)]
    found = house.answered()
    citizen.reopen(complaint=found, text="Belum.", form_key=uuid4())
    assert facts(house) == [(house.people["budi"].pk, 202611, 2, 1, 1)]
    told = {record.detail for record in evidence.records("complaint_response", house.people["budi"].pk, START, END)}
    assert "Dibuka kembali oleh warga pada 24 November 2026, jadi tidak dihitung selesai tepat waktu." in told
    assert any("warga menyatakan selesai" in detail for detail in told)


def test_what_is_late_counts_on_its_day_and_what_is_not_due_does_not(house):
    house.go_to(date(2026, 11, 2))
    found = house.in_hand()
    assert found.finish_due_on == date(2026, 11, 20)
    assert facts(house, as_of=date(2026, 11, 20)) == []
    house.go_to(date(2026, 11, 21))
    times.settle(agency=house.office.agency)
    assert facts(house, as_of=date(2026, 11, 20)) == []
    assert facts(house, as_of=date(2026, 11, 21)) == [(house.people["budi"].pk, 202611, 1, 0, 0)]
    [record] = evidence.records("complaint_response", house.people["budi"].pk, START, END, as_of=date(2026, 11, 21))
    assert record.detail == "Belum dijawab sampai batasnya, 20 November 2026."
    assert record.effect == "tidak dihitung selesai tepat waktu"


def test_a_complaint_about_somebody_is_never_their_score(house):
    house.closed(about_unit=house.units["service"], is_misconduct=True)
    assert facts(house, who="head") == []
    assert facts(house, who="cici") == []
    assert facts(house, who="agus") == [(house.people["agus"].pk, 202611, 1, 1, 0)]


def test_a_joined_report_counts_once(house):
    main = house.in_hand(title="Utama")
    twin = house.verifying()
    verifying.merge_duplicate(actor=house.viewer("kokom"), complaint=twin, version=twin.version, main=main)
    main.refresh_from_db()
    citizen.confirm_done(complaint=house.answer(main))
    twin.refresh_from_db()
    citizen.confirm_done(complaint=twin)
    assert facts(house) == [(house.people["budi"].pk, 202611, 1, 1, 0)]


def test_evaluation_gathers_it_with_one_query_for_any_number(house):
    for _ in range(3):
        house.closed()
    people = [employee.pk for employee in house.people.values()]
    with CaptureQueriesContext(connection) as taken:
        evidence.facts(people, START, END, as_of=TODAY)
    assert len(taken) == 1
    policy = load_policy(preset_text("mamuju"))
    rows = gather(people, Window(START, END, TODAY + timedelta(days=1)), policy)
    assert rows["complaints"] == [(house.people["budi"].pk, 202611, 3, 3, 0)]
