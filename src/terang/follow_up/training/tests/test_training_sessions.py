"""Seats, the waiting list, rosters, hours and certificates."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.training.hours import hours_of
from terang.follow_up.training.models import Enrolment, PlanItem, TrainingRecord, TrainingSession
from terang.follow_up.training.selectors import introductions, introductions_ahead
from terang.follow_up.training.services import (
    CourseWords,
    Schedule,
    cancel_session,
    change_session,
    keep_roster,
    leave,
    refuse_invitation,
    schedule_session,
)
from terang.web.errors import NotAllowed, NotNow, Stale


@pytest.fixture
def session(office) -> TrainingSession:
    """Two seats, two days of ten hours, a week ahead."""
    return office.session(office.course())


def test_seats_go_to_who_comes_first_and_the_others_wait_in_their_order(office, session):
    rows = office.enrol(session, "siti", "andi", "rina", "joko")
    assert [row.state for row in rows] == ["terdaftar", "terdaftar", "antre", "antre"]
    leave(actor=office.viewer("andi"), enrolment=rows[1])
    assert [office.state(session, name) for name in ("andi", "rina", "joko")] == ["batal", "terdaftar", "antre"]
    assert JournalEntry.objects.filter(verb="training.moved_up").count() == 1


def test_pressed_twice_one_has_one_seat_and_who_left_may_come_again_at_the_end(office, session):
    office.enrol(session, "siti", "siti", "andi", "rina")
    assert session.enrolments.count() == 3
    row = session.enrolments.get(employee=office.cast.siti)
    leave(actor=office.viewer("siti"), enrolment=row)
    leave(actor=office.viewer("siti"), enrolment=row)
    assert office.enrol(session, "siti")[0].state == "antre"


def test_an_invitation_holds_no_seat_and_is_answered_by_the_person(office, session):
    row = office.invite(session, "dewi", "siti")
    assert row.state == "diundang"
    assert [each.state for each in office.enrol(session, "andi", "rina")] == ["terdaftar", "terdaftar"]
    assert office.enrol(session, "siti")[0].state == "antre"


def test_an_invitation_is_refused_with_a_word(office, session):
    row = office.invite(session, "dewi", "siti")
    with pytest.raises(ValidationError):
        refuse_invitation(actor=office.viewer("siti"), enrolment=row, word="")
    with pytest.raises(NotAllowed):
        refuse_invitation(actor=office.viewer("dewi"), enrolment=row, word="Tidak.")
    assert refuse_invitation(actor=office.viewer("siti"), enrolment=row, word="Dinas malam.").state == "menolak"
    assert office.invite(session, "dewi", "siti").state == "diundang"


@pytest.mark.parametrize("name", ["siti", "bambang", "hendra", "maya"])
def test_only_the_appraiser_invites(office, session, name):
    with pytest.raises(NotAllowed):
        office.invite(session, name, "siti")


def test_nobody_enrols_after_the_last_day_nor_leaves_once_it_began(office, session):
    [row] = office.enrol(session, "siti")
    office.day = session.enrol_until
    office.enrol(session, "andi")
    office.day = session.starts_on
    with pytest.raises(NotNow, match="ditutup"):
        office.enrol(session, "rina")
    with pytest.raises(NotNow, match="sudah mulai"):
        leave(actor=office.viewer("siti"), enrolment=row)


def test_more_seats_let_who_waits_move_up_and_fewer_than_people_are_refused(office, session):
    office.enrol(session, "siti", "andi", "rina")
    days = [(day.day, day.starts_at, day.hours) for day in session.days.all()]
    told = {"place": "Aula", "trainer": "", "enrol_until": session.enrol_until, "least_bp": 8_000, "days": days}
    with pytest.raises(ValidationError) as refused:
        change_session(
            actor=office.viewer("maya"), session=session, schedule=Schedule(seats=1, **told), version=session.version
        )
    assert list(refused.value.message_dict) == ["seats"]
    change_session(
        actor=office.viewer("maya"), session=session, schedule=Schedule(seats=3, **told), version=session.version
    )
    assert office.state(session, "rina") == "terdaftar"
    with pytest.raises(Stale):
        change_session(
            actor=office.viewer("maya"), session=session, schedule=Schedule(seats=4, **told), version=session.version
        )


def test_what_makes_no_sense_is_refused_beside_its_field(office):
    course = office.course()
    wrong = {"place": " ", "seats": 0, "least_bp": 0, "days": [(TODAY, time(8), 8)], "enrol_until": TODAY}
    with pytest.raises(ValidationError) as refused:
        office.session(course, **wrong)
    assert set(refused.value.message_dict) == {"place", "seats", "least", "days"}
    first = TODAY + timedelta(days=3)
    with pytest.raises(ValidationError) as refused:
        office.session(course, days=[(first, time(8), 8)], enrol_until=first + timedelta(days=1))
    assert list(refused.value.message_dict) == ["enrol_until"]


@pytest.mark.parametrize("name", ["siti", "dewi", "agus", "mayor", "tono"])
def test_only_the_personnel_agency_schedules_and_keeps(office, session, name):
    with pytest.raises(NotAllowed):
        schedule_session(
            actor=office.viewer(name),
            course=session.course,
            schedule=Schedule("Aula", "", 1, TODAY, 1, [(session.starts_on, time(8), 1)]),
            form_key=uuid4(),
        )
    with pytest.raises(NotAllowed):
        cancel_session(actor=office.viewer(name), session=session, word="Batal.", version=0)


def test_who_was_there_long_enough_gets_hours_and_a_certificate_and_the_plan_comes_true(office):
    course = office.course()
    item = office.agreed(course)
    session = office.session(course, seats=3)
    office.enrol(session, "siti", "andi", "rina", "joko")
    office.hold(session, ("andi", 1), ("rina", 0), ("rina", 1))
    office.finish(session)
    states = [office.state(session, name) for name in ("siti", "andi", "rina", "joko")]
    assert states == ["selesai", "belum", "belum", "gugur"]
    row = TrainingRecord.objects.get()
    assert (row.employee, row.hours, row.ends_on, row.title) == (office.cast.siti, 20, session.ends_on, course.title)
    assert row.certificate
    assert PlanItem.objects.get(pk=item.pk).state == "terlaksana"
    assert Enrolment.objects.get(session=session, employee=office.cast.siti).item == item


def test_hours_are_those_of_the_days_somebody_was_there(office):
    session = office.session(office.course(), length=5)
    office.enrol(session, "siti")
    office.hold(session, ("siti", 2))
    office.finish(session)
    assert TrainingRecord.objects.get().hours == 40


def test_a_session_is_finished_once_every_roster_is_kept_and_its_last_day_came(office, session):
    office.enrol(session, "siti")
    with pytest.raises(NotNow, match="baru selesai"):
        office.finish(session)
    office.day = session.ends_on
    with pytest.raises(NotNow, match="belum diisi"):
        office.finish(session)
    office.hold(session)
    office.finish(session)
    office.finish(session)
    assert TrainingRecord.objects.count() == 1
    with pytest.raises(NotNow):
        keep_roster(actor=office.viewer("maya"), day=session.days.first(), present_ids=[], version=1)


def test_who_enrolled_after_the_roster_was_kept_is_not_counted_as_absent_unseen(office, session):
    office.enrol(session, "siti")
    office.hold(session)
    first = session.days.first()
    first.presences.all().delete()
    with pytest.raises(NotNow, match="belum memuat semua"):
        office.finish(session)
    keep = {"day": first, "present_ids": list(session.enrolments.values_list("pk", flat=True))}
    keep_roster(actor=office.viewer("maya"), **keep, version=first.version)
    assert office.finish(session).state == "selesai"


def test_who_waited_in_vain_is_told(office, session):
    office.enrol(session, "siti", "andi", "rina")
    before = session.enrolments.get(employee=office.cast.rina).version
    office.hold(session)
    office.finish(session)
    waited = session.enrolments.get(employee=office.cast.rina)
    assert (waited.state, waited.version) == ("gugur", before + 1)
    [told] = JournalEntry.objects.filter(verb="training.no_seat")
    assert told.subject_employee_id == office.cast.rina.pk


def test_a_roster_is_for_days_that_came_and_people_who_have_a_seat_and_may_be_corrected(office, session):
    [row, *_] = office.enrol(session, "siti", "andi", "rina")
    waiting = session.enrolments.get(employee=office.cast.rina)
    day = session.days.first()
    with pytest.raises(NotNow, match="diisi mulai"):
        keep_roster(actor=office.viewer("maya"), day=day, present_ids=[row.pk], version=0)
    office.day = day.day
    with pytest.raises(ValidationError):
        keep_roster(actor=office.viewer("maya"), day=day, present_ids=[waiting.pk], version=0)
    kept = keep_roster(actor=office.viewer("maya"), day=day, present_ids=[row.pk], version=0)
    with pytest.raises(Stale):
        keep_roster(actor=office.viewer("maya"), day=day, present_ids=[], version=0)
    keep_roster(actor=office.viewer("maya"), day=day, present_ids=[], version=kept.version)
    assert not day.presences.filter(present=True).exists()
    assert day.presences.count() == 2


def test_a_cancelled_session_says_why_to_everybody_on_its_list(office, session):
    office.enrol(session, "siti", "andi", "rina")
    with pytest.raises(ValidationError):
        cancel_session(actor=office.viewer("maya"), session=session, word="", version=session.version)
    cancel_session(actor=office.viewer("maya"), session=session, word="Aula banjir.", version=session.version)
    assert set(session.enrolments.values_list("state", "word")) == {("batal", "Aula banjir.")}
    told = JournalEntry.objects.filter(verb="training.called_off").values_list("subject_employee_id", flat=True)
    assert set(told) == {office.cast.people[name].pk for name in ("siti", "andi", "rina")}
    with pytest.raises(NotNow):
        office.enrol(session, "joko")


def test_hours_of_the_year_beside_what_the_rule_asks_for(office):
    told = {"title": "A", "form": "daring", "provider": "LAN", "certificate": "1"}
    for number, (hours, day) in enumerate(((8, "2026-02-01"), (7, "2026-12-31"), (30, "2025-12-31"))):
        kept = told | {"title": f"A{number}"}
        TrainingRecord.objects.create(employee=office.cast.siti, hours=hours, starts_on=day, ends_on=day, **kept)
    hours = hours_of(office.cast.siti, 2026)
    assert (hours.done, hours.rule.least, hours.missing, hours.reached) == (15, 20, 5, False)
    assert hours.is_late(TODAY)
    assert not hours.is_late(TODAY.replace(month=8))
    rina = hours_of(office.cast.rina, 2026)
    assert (rina.rule.least, rina.rule.most, rina.missing, rina.reached) == (None, 24, 0, False)


def test_a_course_is_written_by_the_personnel_agency_with_sense(office):
    with pytest.raises(ValidationError) as refused:
        office.course(CourseWords(" ", "", "lain", 0, "", (("rating.behaviour", 5),)))
    assert set(refused.value.message_dict) == {"title", "summary", "form", "hours", "provider", "aims"}
    office.course()
    with pytest.raises(ValidationError) as refused:
        office.course()
    assert list(refused.value.message_dict) == ["title"]


def test_an_introduction_uses_the_same_seats_and_rosters_but_gives_no_hours(office, sign_in):
    words = CourseWords("Mengenal Terang", "Apa, mengapa, bagaimana.", "daring", 2, "BKD", kind="sosialisasi")
    session = office.session(office.course(words), length=1)
    assert introductions_ahead(office.viewer("siti")) == [session]
    office.enrol(session, "siti")
    page = sign_in("siti").get("/penjelasan/").content.decode()
    assert "Mengenal Terang" in page
    office.hold(session)
    office.finish(session)
    assert office.state(session, "siti") == "selesai"
    assert not TrainingRecord.objects.exists()
    page = sign_in("siti").get(session.get_absolute_url()).content.decode()
    assert "Anda hadir. Terima kasih." in page
    assert "Sertifikat (PDF)" not in page
    assert introductions(office.cast.agency.pk, session.starts_on, session.ends_on + timedelta(days=1)) == [session]
