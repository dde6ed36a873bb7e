"""Why is this day counted so? Asked by the person, answered by the appraiser or the personnel agency."""

from datetime import date
from uuid import uuid4

import pytest

from terang.audit.models import JournalEntry
from terang.evidence.attendance.evidence import facts
from terang.evidence.attendance.models import AttendanceDay, DayDispute, DisputeState
from terang.evidence.attendance.services.disputes import accept_dispute, raise_dispute, refuse_dispute
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def budi(office):
    person = office.employee("Budi")
    AttendanceDay.objects.create(employee=person, day=FRIDAY, status="tanpa_keterangan", source="mesin presensi")
    return person


@pytest.fixture
def raised(office, budi):
    return raise_dispute(actor=office.viewer(budi), day=FRIDAY, text="Sidik jari tidak terbaca", form_key=uuid4())


def present(employee):
    [row] = facts([employee.pk], date(2026, 11, 1), date(2026, 12, 1))["attendance"]
    return row[3]


def test_an_accepted_dispute_changes_the_day_and_what_counts(office, budi, raised):
    assert present(budi) == 0
    accept_dispute(
        actor=office.viewer(office.head), dispute=raised, version=1, status="hadir", answer="Ada di apel pagi"
    )
    day = AttendanceDay.objects.get(employee=budi, day=FRIDAY)
    assert (day.status, day.source) == ("hadir", "turunan")
    assert day.reason["params"] == {"answer": "Ada di apel pagi"}
    assert present(budi) == 1
    told = list(JournalEntry.objects.filter(subject_employee_id=budi.pk).order_by("id").values_list("verb", flat=True))
    assert told == ["attendance.dispute_raised", "attendance.dispute_accepted", "attendance.days_derived"]
    assert JournalEntry.objects.get(verb="attendance.dispute_accepted").changes["day"] == "2026-11-20"


def test_a_refused_one_leaves_the_day_and_says_why(office, budi, raised):
    head = office.viewer(office.head)
    with pytest.raises(NotNow, match="jawabannya"):
        refuse_dispute(actor=head, dispute=raised, version=1, answer=" ")
    refused = refuse_dispute(actor=head, dispute=raised, version=1, answer="Rekaman apel tidak ada")
    assert (refused.state, refused.answer) == (DisputeState.REFUSED, "Rekaman apel tidak ada")
    assert AttendanceDay.objects.get().status == "tanpa_keterangan"
    again = raise_dispute(actor=office.viewer(budi), day=FRIDAY, text="Ini foto apelnya", form_key=uuid4())
    assert again.pk != raised.pk


def test_one_is_open_per_day_and_the_same_form_is_one(office, budi, raised):
    with pytest.raises(NotNow, match="menunggu jawaban"):
        raise_dispute(actor=office.viewer(budi), day=FRIDAY, text="Sekali lagi", form_key=uuid4())
    same = raise_dispute(actor=office.viewer(budi), day=FRIDAY, text="Sekali lagi", form_key=raised.form_key)
    assert same == raised
    assert DayDispute.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "text", "told"),
    [
        (date(2026, 11, 25), "Besok", "belum tiba"),
        (date(2026, 11, 22), "Minggu", "bukan hari kerja"),
        (date(2026, 11, 19), " ", "Jelaskan"),
    ],
)
def test_what_cannot_be_disputed(office, budi, day, text, told):
    with pytest.raises(NotNow, match=told):
        raise_dispute(actor=office.viewer(budi), day=day, text=text, form_key=uuid4())


def test_a_working_day_without_any_record_can_be_disputed(office, budi):
    assert raise_dispute(actor=office.viewer(budi), day=date(2026, 11, 19), text="Saya masuk", form_key=uuid4()).pk


def test_who_may_answer(office, budi, raised):
    officer = office.employee("Maya")
    for person in (budi, office.employee("Rekan"), officer):
        with pytest.raises(NotAllowed):
            refuse_dispute(actor=office.viewer(person), dispute=raised, version=1, answer="Tidak")
    office.grant(officer, Role.PERSONNEL)
    with pytest.raises(Stale):
        refuse_dispute(actor=office.viewer(officer), dispute=raised, version=4, answer="Tidak")
    with pytest.raises(NotNow, match="Pilih status"):
        accept_dispute(actor=office.viewer(officer), dispute=raised, version=1, status="cuti", answer="Ya")
    accept_dispute(actor=office.viewer(officer), dispute=raised, version=1, status="gangguan", answer="Alat mati")
    with pytest.raises(NotNow, match="sudah dijawab"):
        refuse_dispute(actor=office.viewer(officer), dispute=raised, version=2, answer="Tidak")


def test_nobody_answers_their_own_not_even_the_personnel_agency(office):
    officer = office.employee("Maya")
    office.grant(officer, Role.PERSONNEL)
    own = raise_dispute(actor=office.viewer(officer), day=FRIDAY, text="Saya masuk", form_key=uuid4())
    with pytest.raises(NotAllowed):
        accept_dispute(actor=office.viewer(officer), dispute=own, version=1, status="hadir", answer="Ya")
