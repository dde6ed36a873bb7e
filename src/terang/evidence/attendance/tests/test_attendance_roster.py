"""Rosters: shifts of a unit, painted cells, patterns, sums of weeks, and two people at once."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import FlexibleWork, RosterMonth, RosterShift, WorkHours
from terang.evidence.attendance.roster import roster_of
from terang.evidence.attendance.roster_forms import read_cells
from terang.evidence.attendance.services.roster import add_shift, copy_pattern, retire_shift, set_roster
from terang.registry.organization.models import Unit, WorkWeek
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale

MONTH = date(2026, 12, 1)
"""A Tuesday; its Mondays are the 7th, 14th, 21st and 28th."""


@pytest.fixture
def ward(office):
    """The unit works in shifts."""
    WorkWeek.objects.create(
        agency=office.agency, unit=office.unit, weekdays="1234567", starts_at=time(7), ends_at=time(14), shifts=True,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    return office


@pytest.fixture
def head(ward):
    return ward.viewer(ward.head)


@pytest.fixture
def siti(ward):
    return ward.employee("Siti")


@pytest.fixture
def shifts(ward, head):
    hours = {"P": (time(7), time(14, 30), 0), "S": (time(14), time(21, 30), 0), "M": (time(21), time(7), 60)}
    return {
        code: add_shift(
            actor=head, unit=ward.unit, code=code.lower(), name=code, starts_at=start, ends_at=end, break_minutes=pause
        )
        for code, (start, end, pause) in hours.items()
    }


def paint(actor, unit, person, shifts, pattern, version=0, start=MONTH, month=MONTH):
    """`pattern` is one letter a day from `start`; a dot is a day off."""
    cells = {
        (person.pk, start + timedelta(days=n)): shifts[code].pk if code != "." else None
        for n, code in enumerate(pattern)
    }
    return set_roster(actor=actor, unit=unit, month=month, version=version, cells=cells)


def drawn(person, start=MONTH, days=31):
    rows = dict(RosterShift.objects.filter(employee=person).values_list("day", "label"))
    return "".join(rows.get(start + timedelta(days=n), ".") for n in range(days))


def test_a_shift_over_midnight_and_what_is_no_shift(ward, head, shifts):
    assert (shifts["M"].code, shifts["M"].start_minute, shifts["M"].end_minute) == ("M", 1260, 1860)
    with pytest.raises(ValidationError, match="sudah dipakai"):
        add_shift(actor=head, unit=ward.unit, code="P", name="", starts_at=time(8), ends_at=time(9), break_minutes=0)
    with pytest.raises(ValidationError, match="Istirahat"):
        add_shift(actor=head, unit=ward.unit, code="X", name="", starts_at=time(8), ends_at=time(9), break_minutes=60)
    retire_shift(actor=head, shift=shifts["P"])
    with pytest.raises(NotNow):
        retire_shift(actor=head, shift=shifts["P"])


@pytest.mark.parametrize("asked", ["2015-01", "2023-04", "2100-12", "2026-13", "x"])
def test_any_month_can_be_asked_for_and_weeks_without_a_rule_have_no_sum(client, ward, siti, asked):
    RosterShift.objects.create(
        employee=siti, day=date(2023, 4, 18), start_minute=480, end_minute=900, break_minutes=0, label="P"
    )
    client.force_login(ward.head.user)
    for address in (
        reverse("attendance:roster", args=[ward.unit.pk]),
        reverse("attendance:roster_person", args=[ward.unit.pk, siti.pk]),
    ):
        assert client.get(f"{address}?bulan={asked}").status_code in (200, 303)  # nobody's month: back to the unit's
    assert roster_of(ward.unit, date(2023, 4, 1)).mondays == [date(2023, 4, 17), date(2023, 4, 24)]


def test_nobody_turns_their_own_past_days_into_days_off(ward, head, siti, shifts, today):
    november = {"start": date(2026, 11, 1), "month": date(2026, 11, 1)}
    with pytest.raises(NotAllowed, match="sendiri"):
        paint(head, ward.unit, ward.head, shifts, "." * 27 + "P", **november)  # its first shift frees the days before
    above = ward.viewer(ward.employee("Kepala Dinas", is_head=True, unit=ward.root))
    paint(above, ward.unit, ward.head, shifts, "P" * 28, **november)
    with pytest.raises(NotAllowed, match="sendiri"):
        paint(head, ward.unit, ward.head, shifts, ".", version=1, **november)
    paint(head, ward.unit, ward.head, shifts, "P" * 27 + ".", version=1, **november)  # the 28th is still to come
    paint(head, ward.unit, ward.head, shifts, "PP")  # so is December
    paint(head, ward.unit, siti, shifts, "P", version=2, **november)


def test_who_keeps_a_roster(ward, head, siti, shifts):
    keeper = ward.employee("Pengelola", unit=ward.root)
    ward.grant(keeper, Role.PERSONNEL)
    beside = Unit.objects.create(agency=ward.agency, kind="bidang", code="2", name="Lain", valid_from=date(2020, 1, 1))
    beside.path = f"{ward.root.path}{beside.pk}/"
    beside.save()
    other = ward.employee("Kepala Lain", is_head=True, unit=beside)
    assert paint(head, ward.unit, siti, shifts, "P").version == 1
    assert paint(ward.viewer(keeper), ward.unit, siti, shifts, "S", version=1).version == 2
    for person in (siti, other):
        with pytest.raises(NotAllowed):
            paint(ward.viewer(person), ward.unit, siti, shifts, "P", version=2)
    with pytest.raises(NotAllowed):
        paint(head, ward.root, siti, shifts, "P")


def test_painted_cells_and_only_those_change(ward, head, siti, shifts):
    paint(head, ward.unit, siti, shifts, "PPSS.MM")
    paint(head, ward.unit, siti, shifts, ".S", version=1, start=MONTH + timedelta(days=1))
    assert drawn(siti)[:8] == "P.SS.MM."
    assert paint(head, ward.unit, siti, shifts, "P", version=2).version == 2
    assert JournalEntry.objects.filter(verb="attendance.roster_changed", subject_employee_id=siti.pk).count() == 2


def test_two_people_at_once(ward, head, siti, shifts):
    paint(head, ward.unit, siti, shifts, "P")
    with pytest.raises(Stale):
        paint(head, ward.unit, siti, shifts, "S")
    assert drawn(siti)[0] == "P"
    assert RosterMonth.objects.get().version == 1


def test_overlap_is_refused_and_short_rest_is_told(ward, head, siti, shifts):
    """A night until 07.00 and an early shift from 07.00 touch: no overlap, no rest. Afternoon after night overlaps not,
    night after an afternoon that ends at 21.30 does."""
    long_day = add_shift(
        actor=head, unit=ward.unit, code="X", name="Panjang", starts_at=time(6), ends_at=time(18), break_minutes=60
    )
    every = shifts | {"X": long_day}
    with pytest.raises(NotNow, match="bertumpang tindih 1 jam"):
        paint(head, ward.unit, siti, every, "MX")
    assert not RosterShift.objects.exists()
    paint(head, ward.unit, siti, every, "MP")
    (line,) = [line for line in roster_of(ward.unit, MONTH).lines if line.employee == siti]
    assert len(line.hints) == 1
    assert line.hints[0].startswith("2 Desember 2026: hanya 0 menit istirahat")


def test_people_and_shifts_of_others_are_refused(ward, head, siti, shifts):
    stranger = ward.employee("Jauh", unit=ward.root)
    for cells in ({(stranger.pk, MONTH): shifts["P"].pk}, {(siti.pk, date(2027, 1, 1)): shifts["P"].pk}):
        with pytest.raises(NotNow, match="bukan dari jadwal"):
            set_roster(actor=head, unit=ward.unit, month=MONTH, version=0, cells=cells)
    with pytest.raises(NotNow, match="tidak dipakai unit"):
        set_roster(actor=head, unit=ward.unit, month=MONTH, version=0, cells={(siti.pk, MONTH): 10**6})


def test_a_unit_without_shifts_needs_a_decision(office):
    """Only who is decided to work in shifts may be on the roster of an ordinary unit."""
    head, person = office.viewer(office.head), office.employee("Budi")
    shift = add_shift(
        actor=head, unit=office.unit, code="P", name="Pagi", starts_at=time(7), ends_at=time(14), break_minutes=0
    )
    with pytest.raises(NotNow, match="tidak bekerja bergilir"):
        paint(head, office.unit, person, {"P": shift}, "P")
    decided = FlexibleWork.objects.create(
        agency=office.agency, mode="shift", letter="SK 7", signed_by="Sekda", starts_on=MONTH,
        ends_on=date(2027, 1, 1), form_key=UUID(int=1),
    )  # fmt: skip
    decided.people.add(person)
    assert paint(head, office.unit, person, {"P": shift}, "P").version == 1


def test_patterns_are_copied_by_weeks(ward, head, siti, shifts):
    paint(head, ward.unit, siti, shifts, "PPSSMM.", month=date(2026, 11, 1), start=date(2026, 11, 24))
    copy_pattern(actor=head, unit=ward.unit, month=MONTH, version=0, back=7, since=MONTH)
    assert drawn(siti) == ("PPSSMM." * 5)[:31]
    copy_pattern(actor=head, unit=ward.unit, month=date(2027, 1, 1), version=0, back=28, since=date(2027, 1, 5))
    assert drawn(siti, date(2027, 1, 5), 7) == drawn(siti, date(2026, 12, 8), 7)
    for wrong in ({"back": 9}, {"since": date(2027, 2, 1)}):
        with pytest.raises(NotNow):
            copy_pattern(
                **{"actor": head, "unit": ward.unit, "month": MONTH, "version": 1, "back": 7, "since": MONTH} | wrong
            )


def test_weeks_add_up_to_what_is_due_in_ramadan_too(ward, head, siti, shifts):
    """Five early shifts of 450 minutes are 2,250. Where the unit's hours are those of Ramadan, 1,950 are due."""
    monday = date(2026, 12, 7)
    paint(head, ward.unit, siti, shifts, "PPPPP..MMMM...", start=monday)
    WorkHours.objects.create(
        agency=ward.agency, unit=ward.unit, label="Ramadan", weekday=0, starts_at=time(8), ends_at=time(15),
        ramadan=True, valid_from=monday + timedelta(days=7), valid_to=monday + timedelta(days=14),
    )  # fmt: skip
    (line,) = [line for line in roster_of(ward.unit, MONTH).lines if line.employee == siti]
    sums = {day: (week.minutes, week.due) for day, week in line.weeks if week}
    assert sums[monday] == (2250, 2250)
    assert sums[monday + timedelta(days=7)] == (4 * 540, 1950)
    assert monday + timedelta(days=21) not in sums, "it goes on in January, which nobody has drawn"
    assert line.uneven == 2
    january = {"employee": siti, "day": date(2027, 1, 2), "start_minute": 420, "end_minute": 870}
    RosterShift.objects.create(**january)
    (line,) = [line for line in roster_of(ward.unit, MONTH).lines if line.employee == siti]
    assert line.uneven == 3


def test_the_month_is_read_with_the_same_queries_for_many(
    ward, head, siti, shifts, django_assert_num_queries, django_assert_max_num_queries
):
    paint(head, ward.unit, siti, shifts, "PPPPP")
    with django_assert_max_num_queries(10) as asked:
        roster_of(ward.unit, MONTH)
    for number in range(30):
        paint(head, ward.unit, ward.employee(f"Perawat {number}"), shifts, "PS", version=number + 1)
    with django_assert_num_queries(len(asked)):
        roster_of(ward.unit, MONTH)


@pytest.mark.parametrize("text", ["", "1:2", "x:2026-12-01:1", "1:kemarin:1", "1:2026-12-01:x", "1:2026-12-01:1:1"])
def test_what_is_no_cell_is_passed_over(text):
    assert read_cells([text]) == {}


def test_pages(client, ward, head, siti, shifts):
    client.force_login(ward.head.user)
    assert ward.unit.name in client.get(reverse("attendance:rosters")).content.decode()
    address = reverse("attendance:roster", args=[ward.unit.pk])
    cell = f"{siti.pk}:2026-12-01:{shifts['P'].pk}"
    told = {"bulan": "2026-12", "version": 0, "cell": [cell, f"{siti.pk}:2026-12-02:{shifts['S'].pk}"]}
    assert client.post(address, told).status_code == 303
    assert client.post(address, told).status_code == 409
    assert drawn(siti)[:3] == "PS."
    page = client.get(address, {"bulan": "2026-12"}).content.decode()
    assert "Siti, 1 Desember: P" in page
    person = reverse("attendance:roster_person", args=[ward.unit.pk, siti.pk])
    retire_shift(actor=head, shift=shifts["P"])
    listed = client.get(person, {"bulan": "2026-12"}).content.decode()
    assert "P (tetap)" in listed
    assert (
        client.post(person, {"bulan": "2026-12", "version": 1, "cell": ["", f"{siti.pk}:2026-12-02:"]}).status_code
        == 303
    )
    assert drawn(siti)[:3] == "P.."
    copying = {"bulan": "2027-01", "version": 0, "back": 28, "since": "2027-01-01"}
    assert client.post(reverse("attendance:roster_copy", args=[ward.unit.pk]), copying).status_code == 409
    client.force_login(siti.user)
    assert client.get(address).status_code == 403
