"""What the work room hands to the engine."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.evidence.work.evidence import facts, records
from terang.evidence.work.models import Entry, EntryState, Task
from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.models import PlanState
from terang.registry.organization.models import Outage
from terang.rules.policies import Reporting
from terang.rules.tables import EVIDENCE_TABLES
from terang.rules.work.cadence import Window, last_day_in_time, slots

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
OCTOBER = (date(2026, 10, 1), date(2026, 11, 1))


def rule(rhythm: str, grace_days: int) -> Reporting:
    return Reporting(rhythm, grace_days, grace_days, "month")


def entry(office, employee, indicator, day, milli=1000, state=EntryState.ACCEPTED, **fields):
    return Entry.objects.create(
        employee=employee,
        day=day,
        result=indicator.result,
        indicator=fields.pop("reports_to", indicator),
        text="Menerbitkan dokumen",
        quantity_milli=milli,
        state=state,
        submitted_at=office.moment(day, 15),
        form_key=uuid.uuid4(),
        **fields,
    )


def result_rows(employee, period, **more):
    names = EVIDENCE_TABLES["plan_results"].names
    return [dict(zip(names, row, strict=True)) for row in facts([employee.pk], *period, **more)["plan_results"]]


def test_summed_target_is_prorated_by_month_and_only_accepted_entries_count(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    entry(office, budi, indicator, date(2026, 10, 5), 4000)
    entry(office, budi, indicator, date(2026, 10, 30), 3000)
    entry(office, budi, indicator, date(2026, 10, 6), 9000, EntryState.SUBMITTED)
    entry(office, budi, indicator, date(2026, 10, 7), 9000, EntryState.RETURNED)
    entry(office, budi, indicator, date(2026, 11, 2), 9000)
    [row] = result_rows(budi, OCTOBER)
    assert (row["target_milli"], row["actual_milli"], row["record_id"]) == (10_000, 7_000, indicator.pk)
    [year] = result_rows(budi, (date(2026, 1, 1), date(2027, 1, 1)), as_of=date(2027, 2, 1))
    assert (year["target_milli"], year["actual_milli"]) == (120_000, 16_000)


def test_a_plan_closed_early_owes_only_its_own_months(office):
    budi = office.employee("Budi")
    plan = office.plan(budi, PlanState.CLOSED)
    indicator = office.indicator(plan, target_milli=120_000)
    plan.period_end, plan.planned_end = date(2026, 6, 1), plan.period_end
    plan.save()
    year = (date(2026, 1, 1), date(2027, 1, 1))
    [row] = result_rows(budi, year)
    assert (row["record_id"], row["target_milli"]) == (indicator.pk, 50_000)


@pytest.mark.parametrize("gathering", [Gathering.SUM, Gathering.LATEST])
def test_what_was_done_after_a_plan_was_closed_early_does_not_count_to_it(office, gathering):
    budi = office.employee("Budi")
    plan = office.plan(budi, PlanState.CLOSED)
    indicator = office.indicator(plan, gathering=gathering)
    inside = entry(office, budi, indicator, date(2026, 5, 29), 3000)
    after = entry(office, budi, indicator, date(2026, 6, 1), 9000)
    plan.period_end, plan.planned_end = date(2026, 6, 1), plan.period_end
    plan.save()
    year = (date(2026, 1, 1), date(2027, 1, 1))
    [row] = result_rows(budi, year)
    assert row["actual_milli"] == 3_000
    told = {record.id: record for record in records("plan_achievement", budi.pk, *year)}
    assert (told[inside.pk].counted, told[after.pk].counted) == (True, False)
    assert "di luar masa SKP" in told[after.pk].effect


def test_running_month_owes_only_the_days_that_passed(office):
    budi = office.employee("Budi")
    office.indicator(office.plan(budi), target_milli=360_000)
    [row] = result_rows(budi, NOVEMBER)
    assert row["target_milli"] == 23_000  # 30 a month, 23 of 30 days before the 24th
    [first] = result_rows(budi, NOVEMBER, as_of=date(2026, 11, 1))
    assert first["target_milli"] == 1_000


def test_nothing_accepted_is_missing_and_never_zero(office):
    budi = office.employee("Budi")
    plan = office.plan(budi)
    office.indicator(plan)
    office.indicator(plan, gathering=Gathering.LATEST, target_milli=90_000)
    assert [row["actual_milli"] for row in result_rows(budi, OCTOBER)] == [None, None]


def test_a_level_keeps_its_whole_target_and_its_latest_accepted_value(office):
    budi = office.employee("Budi")
    indicator = office.indicator(
        office.plan(budi),
        gathering=Gathering.LATEST,
        direction=Direction.IMPACT,
        baseline_milli=58_000,
        target_milli=40_000,
    )
    entry(office, budi, indicator, date(2026, 9, 30), 50_000)
    entry(office, budi, indicator, date(2026, 10, 9), 47_000)
    entry(office, budi, indicator, date(2026, 10, 20), 1_000, EntryState.SUBMITTED)
    entry(office, budi, indicator, date(2026, 11, 2), 45_000)
    [row] = result_rows(budi, OCTOBER)
    assert (row["baseline_milli"], row["target_milli"], row["actual_milli"]) == (58_000, 40_000, 47_000)


def test_a_plan_that_is_not_agreed_is_no_evidence(office):
    budi = office.employee("Budi")
    office.indicator(office.plan(budi, PlanState.DRAFT))
    assert result_rows(budi, OCTOBER) == []


def test_task_counts_when_due_or_complete_and_not_before(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))

    def task(due, planned=2000):
        return Task.objects.create(
            employee=budi, result=indicator.result, text="Laporan", due_on=due, planned_milli=planned
        )

    passed, today, ahead_done, ahead = (task(date(2026, 11, day)) for day in (20, 24, 27, 28))
    entry(office, budi, indicator, date(2026, 11, 18), 1000, task=passed)
    entry(office, budi, indicator, date(2026, 11, 19), 1000, EntryState.SUBMITTED, task=passed)
    entry(office, budi, indicator, date(2026, 11, 20), 2000, task=ahead_done)
    entry(office, budi, indicator, date(2026, 11, 20), 1000, task=ahead)
    rows = facts([budi.pk], *NOVEMBER)["tasks"]
    assert rows == [(budi.pk, passed.pk, 2000, 1000, True), (budi.pk, ahead_done.pk, 2000, 2000, True)]
    tomorrow = facts([budi.pk], *NOVEMBER, as_of=date(2026, 11, 25))["tasks"]
    assert today.pk in {row[1] for row in tomorrow}


def reporting(employee, period=OCTOBER, **more):
    return facts([employee.pk], *period, **more)["reporting"]


def test_reporting_asks_for_working_days_without_leave_and_outage(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    days = [date(2026, 10, day) for day in (1, 2, 5, 6)]
    for day in days:
        entry(office, budi, indicator, day, state=EntryState.SUBMITTED)
    entry(office, budi, indicator, date(2026, 10, 6))
    entry(office, budi, indicator, date(2026, 10, 7), lag_days=3)
    entry(office, budi, indicator, date(2026, 10, 10))  # Saturday
    [(_, month, required, reported)] = reporting(budi)
    assert (month, required, reported) == (202610, 22, 4)
    Outage.objects.create(
        agency=office.agency, started_at=office.moment(days[0], 8), ended_at=office.moment(days[0], 15), cause="Listrik"
    )
    [(_, _, required, reported)] = reporting(budi, excused={budi.pk: {date(2026, 10, 20), date(2026, 10, 21)}})
    assert (required, reported) == (19, 3)


def test_a_day_whose_window_is_open_is_no_gap_but_counts_once_reported(office, today):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    [(_, _, required, reported)] = reporting(budi, NOVEMBER)
    assert (required, reported) == (15, 0)  # 2 to 20 November; the 23rd may still come today
    entry(office, budi, indicator, today, state=EntryState.SUBMITTED)
    [(_, _, required, reported)] = reporting(budi, NOVEMBER)
    assert (required, reported) == (16, 1)


def test_weekly_rhythm_asks_for_one_entry_a_week(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    for day in (5, 6, 21):
        entry(office, budi, indicator, date(2026, 10, day))
    [(_, _, required, reported)] = reporting(budi, reporting=rule("weekly", 2))
    assert (required, reported) == (5, 2)


def test_grace_is_counted_in_working_days():
    days = {date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)}
    assert last_day_in_time(date(2026, 11, 20), Window("daily", 1), days) == date(2026, 11, 23)
    assert last_day_in_time(date(2026, 11, 20), Window("daily", 0), days) == date(2026, 11, 20)
    assert [slot.days for slot in slots(Window("monthly"), sorted(days))] == [tuple(sorted(days))]


def test_columns_are_those_the_rules_declare(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    Task.objects.create(employee=budi, result=indicator.result, text="Laporan", due_on=date(2026, 10, 9))
    for name, rows in facts([budi.pk], *OCTOBER).items():
        assert {len(row) for row in rows} == {len(EVIDENCE_TABLES[name].columns)}, name


@pytest.mark.parametrize("period", [OCTOBER, (date(2026, 1, 1), date(2027, 1, 1))])
def test_queries_do_not_grow_with_people(office, period):
    def count(people):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert facts([person.pk for person in people], *period)["plan_results"]
        return len(queries)

    people = []
    for number in range(50):
        person = office.employee(f"Pegawai {number}")
        entry(office, person, office.indicator(office.plan(person)), date(2026, 10, 5) + timedelta(days=number % 4))
        people.append(person)
    assert count(people) == count(people[:1]) <= 11


def test_records_say_what_counted_and_who_accepted(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    accepted = entry(
        office,
        budi,
        indicator,
        date(2026, 10, 5),
        4000,
        decided_by=office.head,
        decided_at=office.moment(date(2026, 10, 6)),
    )
    waiting = entry(office, budi, indicator, date(2026, 10, 6), 1000, EntryState.SUBMITTED)
    second, first = records("plan_achievement", budi.pk, *OCTOBER)
    assert (first.id, first.counted, first.effect) == (accepted.pk, True, "dihitung: 4 dokumen")
    assert (first.entered_by, first.accepted_by, first.url) == ("Budi", office.head.name, f"/kegiatan/{accepted.pk}/")
    assert (second.id, second.counted, second.effect) == (waiting.pk, False, "belum dihitung: menunggu")
    assert second.accepted_by == ""


def test_of_a_level_only_the_latest_record_counts(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi), gathering=Gathering.LATEST)
    for day in (5, 9):
        entry(office, budi, indicator, date(2026, 10, day), day * 1000)
    newer, older = records("plan_achievement", budi.pk, *OCTOBER)
    assert (newer.counted, older.counted, older.effect) == (True, False, "diganti nilai yang lebih baru")


def test_task_record_tells_done_of_planned(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    task = Task.objects.create(
        employee=budi, result=indicator.result, text="Laporan", due_on=date(2026, 11, 20), planned_milli=12_000
    )
    entry(office, budi, indicator, date(2026, 11, 18), 1000, task=task)
    [record] = records("task_completion", budi.pk, *NOVEMBER)
    assert (record.effect, record.counted) == ("dihitung 1 dari 12", True)


def test_a_record_of_regularity_says_what_the_measure_counted(office):
    budi = office.employee("Budi")
    indicator = office.indicator(office.plan(budi))
    for day, lag in ((5, 3), (9, 1), (10, 0)):  # Monday sent on Thursday; Friday sent next week; a Saturday
        entry(office, budi, indicator, date(2026, 10, day), lag_days=lag)
    weekly = rule("weekly", 0)
    told = records("reporting_regularity", budi.pk, *OCTOBER, reporting=weekly)
    assert [(each.day.day, each.counted) for each in told] == [(10, False), (9, False), (5, True)]
    assert "bukan hari yang meminta laporan" in told[0].effect
    assert "terlambat" in told[1].effect
    [daily] = [each for each in records("reporting_regularity", budi.pk, *OCTOBER) if each.day.day == 5]
    assert not daily.counted
