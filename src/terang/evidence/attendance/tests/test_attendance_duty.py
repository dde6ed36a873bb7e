"""Duty elsewhere for several people; overlaps told or refused; taking it back."""

from datetime import date
from uuid import uuid4

import pytest

from terang.audit.models import JournalEntry
from terang.evidence.attendance.duty_checks import leave_meeting
from terang.evidence.attendance.models import AttendanceDay, Duty
from terang.evidence.attendance.services.duty import cancel_duty, record_duty
from terang.evidence.attendance.services.leave import approve_leave, request_leave
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale

MONDAY, WEDNESDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 12)


@pytest.fixture
def people(office):
    return [office.employee("Budi"), office.employee("Citra")]


@pytest.fixture
def send(office, people):
    """The head sends Budi and Citra to the province, unless told otherwise."""

    def sends(start=MONDAY, end=WEDNESDAY, actor=None, **fields):
        values = {
            "kind": "dinas_luar",
            "letter": "090/12/2026",
            "signed_by": "Kepala Dinas",
            "purpose": "Rapat koordinasi",
            "place": "Mamuju",
            "people": people,
            "form_key": uuid4(),
        }
        return record_duty(actor=office.viewer(actor or office.head), starts_on=start, ends_on=end, **values | fields)

    return sends


def statuses(employee):
    return [str(day.status) for day in AttendanceDay.objects.filter(employee=employee).order_by("day")]


def test_a_letter_for_two_people_makes_their_days_duty(people, send):
    duty = send()
    assert [statuses(person) for person in people] == [["dinas_luar"] * 2] * 2
    told = JournalEntry.objects.filter(verb="attendance.duty_recorded", object_id=duty.pk)
    assert sorted(told.values_list("subject_employee_id", flat=True)) == [person.pk for person in people]


def test_the_same_form_twice_is_one_letter(send):
    key = uuid4()
    assert send(form_key=key) == send(form_key=key)
    assert Duty.objects.count() == 1


def test_other_duty_of_the_same_person_is_refused_and_names_it(people, send):
    send()
    with pytest.raises(NotNow, match=r"Budi: sudah bertugas dengan surat 090/12/2026"):
        send(date(2026, 12, 8), SATURDAY, letter="090/13/2026", people=people[:1])
    assert send(WEDNESDAY, SATURDAY, letter="090/13/2026").pk
    assert Duty.objects.count() == 2


def test_leave_in_the_same_days_is_told_not_refused(office, people, send):
    budi = people[0]
    leave = request_leave(
        actor=office.viewer(budi),
        kind="tahunan",
        starts_on=MONDAY,
        ends_on=SATURDAY,
        reason="Acara keluarga",
        form_key=uuid4(),
    )
    approve_leave(actor=office.viewer(office.head), leave=leave, version=1)
    assert leave_meeting(people, MONDAY, WEDNESDAY) == {
        budi.pk: ["cuti 7 Desember 2026 sampai 11 Desember 2026 (disetujui)"]
    }
    send()
    day = AttendanceDay.objects.get(employee=budi, day=MONDAY)
    assert (day.status, len(day.clashes)) == ("cuti", 1)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"people": []}, "Pilih 1 sampai"),
        ({"end": MONDAY}, "sebelum hari pertama"),
        ({"end": date(2126, 1, 1)}, "terlalu panjang"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(send, fields, told):
    with pytest.raises(NotNow, match=told):
        send(**fields)


def test_a_head_sends_the_own_people_and_the_personnel_agency_anybody(office, people, send):
    other = Unit.objects.create(
        agency=office.agency, parent=office.root, kind="bidang", code="2", name="Lain", valid_from=date(2020, 1, 1)
    )
    other.path = f"{office.root.path}{other.pk}/"
    other.save()
    stranger = office.employee("Dodi", unit=other)
    with pytest.raises(NotAllowed, match="bukan: Dodi"):
        send(people=[*people, stranger])
    with pytest.raises(NotAllowed):
        send(actor=people[0])
    officer = office.employee("Maya")
    office.grant(officer, Role.PERSONNEL)
    assert send(actor=officer, people=[stranger]).people.get() == stranger


def test_taking_it_back_needs_a_reason_and_gives_the_days_back(office, people, send):
    duty, head = send(), office.viewer(office.head)
    with pytest.raises(NotNow, match="mengapa"):
        cancel_duty(actor=head, duty=duty, version=1, reason=" ")
    with pytest.raises(Stale):
        cancel_duty(actor=head, duty=duty, version=9, reason="Acara ditunda")
    with pytest.raises(NotAllowed):
        cancel_duty(actor=office.viewer(people[0]), duty=duty, version=1, reason="Acara ditunda")
    cancel_duty(actor=head, duty=duty, version=1, reason="Acara ditunda")
    assert [statuses(person) for person in people] == [[], []]
    assert JournalEntry.objects.filter(verb="attendance.duty_cancelled", reason="Acara ditunda").count() == 2
    with pytest.raises(NotNow, match="sudah dibatalkan"):
        cancel_duty(actor=head, duty=duty, version=2, reason="Lagi")
    assert send().pk
