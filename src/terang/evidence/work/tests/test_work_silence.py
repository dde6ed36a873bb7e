"""Silence of the appraiser: passed on by rule, counted for the person, answered by the superior in the end."""

import re
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.audit.services import record
from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.evidence.work import services
from terang.evidence.work.duties import waiting_for
from terang.evidence.work.evidence import facts
from terang.evidence.work.explanation import records
from terang.evidence.work.followers import follow
from terang.evidence.work.models import Entry, EntryState, Task
from terang.evidence.work.unanswered import unanswered_below
from terang.registry.organization.models import Holiday, Outage, SignalZone
from terang.registry.people.models import Assignment, AssignmentKind, Role
from terang.web.errors import NotAllowed, NotNow

MONTH = (date(2026, 11, 1), date(2026, 12, 1))
DUE = date(2026, 11, 18)
"""A Wednesday; three working days later is Monday the 23rd."""


@pytest.fixture
def boss(office):
    return office.employee("Sri Kepala Dinas", is_head=True, unit=office.root)


@pytest.fixture
def write(office, budi, indicator):
    def write(due=DUE, **fields):
        day = date(2026, 11, 16)
        values = {
            "employee": budi,
            "day": day,
            "result": indicator.result,
            "indicator": indicator,
            "text": "Menerbitkan kartu",
            "quantity_milli": 3000,
            "submitted_at": office.moment(day),
            "answer_due_on": due,
            "form_key": uuid.uuid4(),
        }
        return Entry.objects.create(**(values | fields))

    return write


def reached(budi):
    [row] = facts([budi.pk], *MONTH)["plan_results"]
    return row[7]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_only_what_is_late_is_passed_on_once_with_a_journal_entry_about_the_person(office, budi, write, today):
    late = write()
    write(due=today)
    write(due=None)
    write(state=EntryState.ACCEPTED)
    write(state=EntryState.RETURNED)
    assert services.escalate(agency=office.agency) == 1
    assert services.escalate(agency=office.agency) == 0
    services.sweep()
    assert list(Entry.objects.exclude(escalated_at=None)) == [late]
    [told] = JournalEntry.objects.filter(verb="work.entry_escalated")
    assert (told.subject_employee_id, told.object_id, told.actor_id) == (budi.pk, late.pk, None)
    assert told.changes["day"] == "2026-11-16"


def test_an_outage_known_only_later_moves_the_last_day_of_an_answer_on(office, budi, write, today):
    """Sent on Monday the 16th, to be answered within two working days; today is the 24th."""
    entry = write()
    started = office.moment(date(2026, 11, 17), 8)
    Outage.objects.create(
        agency=office.agency, started_at=started, ended_at=started + timedelta(days=5, hours=2), cause="Listrik"
    )
    services.escalate(agency=office.agency)
    entry.refresh_from_db()
    assert (entry.answer_due_on, entry.escalated_at) == (today, None)
    told = JournalEntry.objects.get()
    assert (told.verb, told.subject_employee_id) == ("work.entry_retimed", budi.pk)
    services.sweep()
    assert JournalEntry.objects.count() == 1


def test_after_a_correction_the_last_day_counts_from_when_it_was_sent_again(office, budi, write):
    entry = write()
    services.return_entry(actor=office.viewer(office.head), entry=entry, version=1, note="Belum jelas")
    services.resubmit_entry(actor=office.viewer(budi), entry=entry, version=2, text="Kartu", quantity_milli=3000)
    Entry.objects.update(answer_due_on=DUE)
    services.escalate(agency=office.agency)
    assert Entry.objects.get().answer_due_on == date(2026, 11, 26)


@pytest.mark.parametrize("verb", ["organization.outage_recorded", "organization.holiday_added"])
def test_a_lag_shrinks_where_days_turn_out_to_ask_for_nothing(office, budi, write, verb):
    entry = write(submitted_at=office.moment(date(2026, 11, 19)), lag_days=3)
    started = office.moment(date(2026, 11, 17), 8)
    if verb == "organization.outage_recorded":
        ended = started + timedelta(days=1, hours=2)
        made = Outage.objects.create(agency=office.agency, started_at=started, ended_at=ended, cause="Listrik")
    else:
        Holiday.objects.create(agency=office.agency, day=date(2026, 11, 18), name="Libur", kind="local")
        made = Holiday.objects.create(agency=office.agency, day=date(2026, 11, 17), name="Libur", kind="local")
    with transaction.atomic():
        record(verb, actor=None, obj=made, agency_id=office.agency.pk, changes={"day": [None, "2026-11-17"]})
    for _again in range(2):
        follow(JournalEntry.objects.all())
        entry.refresh_from_db()
        assert entry.lag_days == 1
        assert JournalEntry.objects.filter(verb="work.entry_retimed", subject_employee_id=budi.pk).count() == 1


def test_a_zone_decided_later_lets_the_device_time_count(office, budi, write):
    monday, thursday = office.moment(date(2026, 11, 16), 15), office.moment(date(2026, 11, 19))
    offline = write(submitted_at=thursday, written_at=monday, clock_drift_s=0, lag_days=3)
    doubtful = write(submitted_at=thursday, written_at=monday, clock_drift_s=86_400, lag_days=3)
    with transaction.atomic():
        zone = SignalZone.objects.create(
            agency=office.agency, unit=office.unit, basis="SK 7", valid_from=date(2026, 11, 2)
        )
        changes = {"valid_from": [None, "2026-11-02"]}
        record("organization.zone_added", actor=None, obj=zone, agency_id=office.agency.pk, changes=changes)
    follow(JournalEntry.objects.all())
    offline.refresh_from_db()
    doubtful.refresh_from_db()
    assert (offline.lag_days, doubtful.lag_days) == (0, 3)


def test_leave_recorded_later_shortens_the_lag_of_that_person_only(office, budi, write):
    mine = write(submitted_at=office.moment(date(2026, 11, 19)), lag_days=3)
    other = office.employee("Sari")
    own = office.indicator(office.plan(other))
    theirs = write(employee=other, result=own.result, indicator=own, submitted_at=mine.submitted_at, lag_days=3)
    for person in (budi, other):
        AttendanceDay.objects.create(employee=person, day=date(2026, 11, 17), status=DayStatus.LEAVE)
    with transaction.atomic():
        record(
            "attendance.days_derived",
            actor=None,
            agency_id=office.agency.pk,
            subject_employee_id=budi.pk,
            changes={"day": ["2026-11-17", "2026-11-17"]},
        )
    follow(JournalEntry.objects.all())
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.lag_days, theirs.lag_days) == (2, 3)


def test_a_late_answer_never_costs_the_person_and_a_return_takes_it_back(office, budi, write):
    entry = write()
    assert reached(budi) is None
    services.escalate(agency=office.agency)
    assert reached(budi) == 3000
    [record] = records("plan_achievement", budi.pk, *MONTH)
    assert record.counted
    assert "Belum dijawab atasan sejak 18 November 2026, dihitung sampai dijawab" in record.effect
    head = office.viewer(office.head)
    services.return_entry(actor=head, entry=entry, version=1, note="Belum jelas")
    assert reached(budi) is None
    sent = {"text": "Kartu 1 sampai 3", "quantity_milli": 3000}
    services.resubmit_entry(actor=office.viewer(budi), entry=entry, version=2, **sent)
    assert reached(budi) is None
    assert services.escalate(agency=office.agency) == 0
    accepted = services.accept_entry(actor=head, entry=entry, version=3)
    assert (reached(budi), accepted.state) == (3000, EntryState.ACCEPTED)


def test_tasks_and_levels_count_what_is_unanswered_too(office, budi, indicator, write):
    task = Task.objects.create(
        employee=budi, result=indicator.result, text="Rekap", due_on=date(2026, 11, 20), planned_milli=3000
    )
    write(task=task, indicator=None)
    assert facts([budi.pk], *MONTH)["tasks"] == [(budi.pk, task.pk, 3000, 0, True)]
    services.escalate(agency=office.agency)
    assert facts([budi.pk], *MONTH)["tasks"] == [(budi.pk, task.pk, 3000, 3000, True)]
    level = office.indicator(indicator.result.plan, gathering="latest")
    write(indicator=level, result=level.result, quantity_milli=7000)
    services.escalate(agency=office.agency)
    values = {row[1]: row[7] for row in facts([budi.pk], *MONTH)["plan_results"]}
    assert values[level.pk] == 7000


def test_reporting_counts_from_the_day_it_was_sent_answered_or_not(office, budi, write):
    before = facts([budi.pk], *MONTH)["reporting"]
    write()
    waiting = facts([budi.pk], *MONTH)["reporting"]
    services.escalate(agency=office.agency)
    assert facts([budi.pk], *MONTH)["reporting"] == waiting != before


def test_the_person_reads_that_it_counts(as_, office, budi, write):
    entry = write()
    assert "dijawab paling lambat 18 November 2026" in text_of(as_(budi).get(entry.get_absolute_url()))
    services.escalate(agency=office.agency)
    page = text_of(as_(budi).get(entry.get_absolute_url()))
    assert "Belum dijawab sejak 18 November 2026" in page
    assert "dihitung sampai dijawab" in page


def test_the_superior_sees_who_is_silent_and_reminds_once_a_day(as_, office, boss, write):
    write(due=date(2026, 11, 23))
    services.escalate(agency=office.agency)
    page = text_of(as_(boss).get("/kegiatan/antrean/belum-dijawab/"))
    assert "Rahmawati Kepala" in page
    assert "menunggu sejak 23 November 2026" in page
    assert "Anda boleh memutuskan mulai 26 November 2026" in page
    url = f"/kegiatan/antrean/ingatkan/{office.head.pk}/"
    assert as_(boss).post(url).status_code == 302
    assert as_(boss).post(url).status_code == 409
    assert "Sudah diingatkan hari ini" in text_of(as_(boss).get("/kegiatan/antrean/belum-dijawab/"))
    [duty] = waiting_for(office.viewer(office.head))
    assert (duty.kind, duty.detail) == ("wrong", "Atasan Anda mengingatkan. Yang paling lama sejak 23 November 2026")
    [told] = waiting_for(office.viewer(boss))
    assert told.title == "1 kegiatan belum dijawab penilainya"


def test_nobody_else_sees_or_reminds(as_, office, budi, boss, write):
    entry = write()
    services.escalate(agency=office.agency)
    stranger = office.employee("Sari")
    office.grant(stranger, Role.PERSONNEL)
    for person in (budi, stranger, office.head):
        assert not unanswered_below(office.viewer(person)).exists()
        assert as_(person).post(f"/kegiatan/antrean/ingatkan/{office.head.pk}/").status_code == 403
        assert entry.text not in as_(person).get("/kegiatan/antrean/belum-dijawab/").content.decode()
    assert as_(boss).post(f"/kegiatan/antrean/ingatkan/{budi.pk}/").status_code == 403
    assert not JournalEntry.objects.filter(verb="work.answer_reminded").exists()


def test_after_more_days_the_superior_may_answer_instead(office, boss, write, monkeypatch):
    entry = write(due=date(2026, 11, 20))
    early = office.viewer(boss)
    services.escalate(agency=office.agency)
    entry.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.accept_entry(actor=early, entry=entry, version=1)
    later = datetime(2026, 11, 25, 4, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: later)
    accepted = services.accept_entry(actor=office.viewer(boss), entry=entry, version=1)
    assert (accepted.state, accepted.decided_by) == (EntryState.ACCEPTED, boss)
    with pytest.raises(NotNow):
        services.accept_entry(actor=office.viewer(office.head), entry=entry, version=1)


def test_what_is_not_late_stays_with_the_appraiser(office, boss, write, today):
    entry = write(due=today + timedelta(days=2))
    with pytest.raises(NotAllowed):
        services.accept_entry(actor=office.viewer(boss), entry=entry, version=1)


def test_the_stand_in_answers_while_the_appraiser_is_away(office, write):
    stand_in = office.employee("Wati")
    post = Assignment.objects.get(employee=office.head).post
    Assignment.objects.create(employee=stand_in, post=post, kind=AssignmentKind.STAND_IN, starts_on=date(2026, 11, 20))
    entry = write()
    services.escalate(agency=office.agency)
    assert services.accept_entry(actor=office.viewer(stand_in), entry=entry, version=1).decided_by == stand_in


def test_queries_do_not_grow_with_what_is_unanswered(as_, office, boss, write):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert as_(boss).get("/kegiatan/antrean/belum-dijawab/").status_code == 200
        return len(queries)

    write()
    services.escalate(agency=office.agency)
    count()
    one = count()
    for _ in range(40):
        write()
    with CaptureQueriesContext(connection) as passing:
        services.escalate(agency=office.agency)
    assert count() == one
    assert len(passing) < 15
