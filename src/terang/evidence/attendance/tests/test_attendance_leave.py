"""Leave: who may take it, the balance through the verbs, overlap, the four decisions, withdrawal."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terang.audit.models import JournalEntry
from terang.evidence.attendance.balance import annual_leave
from terang.evidence.attendance.leave_checks import assess
from terang.evidence.attendance.leave_kinds import DECREED, LABELS, PERMISSION
from terang.evidence.attendance.models import AttendanceDay, Duty, Leave, LeaveOpening, LeaveState
from terang.evidence.attendance.services.leave import (
    approve_leave,
    change_leave,
    postpone_leave,
    refuse_leave,
    request_leave,
    set_opening,
    withdraw_leave,
)
from terang.registry.organization.models import Holiday
from terang.registry.people.models import Role
from terang.rules.regulations.leave import leave_kinds
from terang.web.errors import NotAllowed, NotNow, Stale

MONDAY, NEXT_MONDAY = date(2026, 12, 7), date(2026, 12, 14)
"""A week without holidays."""
LETTER = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def ask(office, budi):
    """Budi asks for annual leave from Monday to Friday, unless told otherwise."""

    def asks(start=MONDAY, end=date(2026, 12, 12), kind="tahunan", **fields):
        values = {"reason": "Acara keluarga", "form_key": uuid4()} | fields
        return request_leave(actor=office.viewer(budi), kind=kind, starts_on=start, ends_on=end, **values)

    return asks


def verbs():
    return list(JournalEntry.objects.order_by("id").values_list("verb", flat=True))


def statuses(employee, start=MONDAY, end=NEXT_MONDAY):
    days = AttendanceDay.objects.filter(employee=employee, day__gte=start, day__lt=end).order_by("day")
    return [str(day.status) for day in days]


def kept_since(office, year):
    """Terang has kept leave since a year: years after it are known."""
    Leave.objects.create(
        employee=office.head,
        kind=PERMISSION,
        starts_on=date(year, 3, 2),
        ends_on=date(year, 3, 3),
        working_days=1,
        reason="Urusan keluarga",
        state=LeaveState.APPROVED,
        requested_at=datetime(year, 3, 1, tzinfo=UTC),
        form_key=uuid4(),
    )


def test_every_kind_of_the_regulation_but_the_decreed_one_can_be_asked_for():
    assert {*LABELS} == {*leave_kinds()} - {DECREED} | {PERMISSION}
    assert all(LABELS[code] == kind.label for code, kind in leave_kinds().items() if code != DECREED)


def test_a_request_counts_the_persons_own_working_days(office, budi, ask):
    Holiday.objects.create(agency=office.agency, day=date(2026, 12, 9), name="Hari Jadi Kota")
    leave = ask(end=date(2026, 12, 15))
    assert (leave.state, leave.working_days) == (LeaveState.REQUESTED, 5)
    assert verbs() == ["attendance.leave_requested"]
    assert not AttendanceDay.objects.exists()
    assert "kind" not in JournalEntry.objects.get().changes


def test_the_same_form_twice_is_one_request(ask):
    key = uuid4()
    assert ask(form_key=key) == ask(form_key=key)
    assert Leave.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "joined", "kind", "told"),
    [
        ("pppk", date(2020, 1, 1), "besar", "tidak diberikan kepada PPPK"),
        ("pppk", date(2020, 1, 1), "cltn", "tidak diberikan kepada PPPK"),
        ("pns", date(2022, 1, 1), "besar", "sesudah 5 tahun"),
        ("pns", date(2026, 2, 1), "tahunan", "sesudah 1 tahun"),
        ("pns", date(2010, 1, 1), "liburan", "Pilih jenis cuti"),
    ],
)
def test_who_may_not_take_a_kind_is_told_why(ask, budi, status, joined, kind, told):
    budi.status, budi.joined_on = status, joined
    budi.save()
    with pytest.raises(NotNow, match=told):
        ask(kind=kind)
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "kind", "told"),
    [
        (date(2026, 12, 12), date(2026, 12, 14), "tahunan", "Tidak ada hari kerja"),
        (MONDAY, MONDAY, "tahunan", "tidak boleh sebelum hari pertama"),
        (date(2009, 12, 1), date(2009, 12, 3), "sakit", "di luar masa kerja"),
        (date(2026, 12, 28), date(2027, 1, 9), "tahunan", "Ajukan dua kali"),
        (MONDAY, date(2026, 12, 10), "izin", "paling lama 2 hari kerja"),
        (MONDAY, date(2027, 1, 15), "alasan_penting", "paling lama 1 bulan"),
        (date(2026, 11, 30), date(2026, 12, 23), "tahunan", "dapat diajukan 12 hari kerja"),
        (MONDAY, date(2036, 1, 1), "cltn", "terlalu panjang"),
    ],
)
def test_a_span_that_cannot_be_is_refused_with_the_reason(ask, start, end, kind, told):
    with pytest.raises(NotNow, match=told):
        ask(start, end, kind)


def test_sick_leave_needs_its_letter(ask):
    with pytest.raises(NotNow, match="surat keterangan dokter"):
        ask(kind="sakit")
    leave = ask(kind="sakit", proof=SimpleUploadedFile("surat.pdf", LETTER))
    assert leave.proof.name == "surat.pdf"


def test_overlap_with_leave_or_duty_is_refused(office, budi, ask):
    ask()
    with pytest.raises(NotNow, match=r"Bertumpang dengan Cuti tahunan, 7 Desember 2026 sampai 11 Desember 2026"):
        ask(date(2026, 12, 11), date(2026, 12, 12), "izin")
    duty = Duty.objects.create(
        agency=office.agency, letter="SPT 7", starts_on=NEXT_MONDAY, ends_on=date(2026, 12, 16), form_key=uuid4()
    )
    duty.people.add(budi)
    with pytest.raises(NotNow, match="surat tugas SPT 7"):
        ask(date(2026, 12, 15), date(2026, 12, 18))
    assert ask(date(2026, 12, 16), date(2026, 12, 18)).working_days == 2


BALANCES = [
    # taken last year, the year before, postponed last year → entitled + carried
    (12, 12, 0, 12),
    (9, 12, 0, 15),
    (2, 5, 0, 18),
    (0, 3, 0, 18),
    (0, 0, 0, 24),
    (12, 12, 5, 12),
    (2, 12, 9, 21),
    (None, None, 0, 12),
    (0, None, 0, 18),
]


@pytest.mark.parametrize(("last", "before", "postponed", "total"), BALANCES)
def test_the_balance_from_what_the_personnel_agency_entered(office, budi, ask, last, before, postponed, total):
    """Unknown years carry nothing and never give 24 days; what was postponed and taken after all is not carried."""
    officer = office.employee("Maya")
    office.grant(officer, Role.PERSONNEL)
    for year, taken in ((2025, last), (2024, before)):
        if taken is not None:
            set_opening(
                actor=office.viewer(officer),
                employee=budi,
                year=year,
                taken=taken,
                postponed=postponed if year == 2025 else 0,
            )
    assert annual_leave(budi, 2026, MONDAY).total == total
    ask()
    assert annual_leave(budi, 2026, MONDAY).free == total - 5
    approve_leave(actor=office.viewer(office.head), leave=Leave.objects.get(), version=1)
    found = annual_leave(budi, 2026, MONDAY)
    assert (found.balance.taken, found.pending, found.free) == (5, 0, total - 5)


def test_a_year_that_terang_kept_is_known(office, budi):
    assert annual_leave(budi, 2026, MONDAY).unknown_years == [2024, 2025, 2026]
    kept_since(office, 2023)
    found = annual_leave(budi, 2026, MONDAY)
    assert (found.unknown_years, found.total) == ([], 24)


def test_only_the_personnel_agency_enters_what_was_taken_before(office, budi):
    with pytest.raises(NotAllowed):
        set_opening(actor=office.viewer(office.head), employee=budi, year=2025, taken=3, postponed=0)
    officer = office.employee("Maya")
    office.grant(officer, Role.PERSONNEL)
    for year, taken in ((2027, 3), (2009, 3), (2025, 25)):
        with pytest.raises(NotNow):
            set_opening(actor=office.viewer(officer), employee=budi, year=year, taken=taken, postponed=0)
    for taken in (3, 4):
        set_opening(actor=office.viewer(officer), employee=budi, year=2025, taken=taken, postponed=0)
    assert LeaveOpening.objects.get().taken == 4
    assert JournalEntry.objects.order_by("-id")[0].changes["taken"] == [3, 4]


def test_approval_makes_the_days_leave(office, budi, ask):
    leave = ask()
    approve_leave(actor=office.viewer(office.head), leave=leave, version=1)
    leave.refresh_from_db()
    assert (leave.state, leave.decided_by, leave.version) == (LeaveState.APPROVED, office.head, 2)
    assert statuses(budi) == ["cuti"] * 5
    assert verbs()[-2:] == ["attendance.leave_approved", "attendance.days_derived"]


def test_approval_with_other_dates_needs_a_reason_and_takes_those_days(office, budi, ask):
    leave, head = ask(), office.viewer(office.head)
    dates = {"starts_on": date(2026, 12, 9), "ends_on": date(2026, 12, 11)}
    with pytest.raises(NotNow, match="alasannya"):
        change_leave(actor=head, leave=leave, version=1, note=" ", **dates)
    with pytest.raises(NotNow, match="Tidak ada hari kerja"):
        change_leave(
            actor=head, leave=leave, version=1, note="Pelayanan", starts_on=date(2026, 12, 12), ends_on=NEXT_MONDAY
        )
    changed = change_leave(actor=head, leave=leave, version=1, note="Rapat anggaran hari Senin", **dates)
    told = JournalEntry.objects.get(verb="attendance.leave_changed")
    assert told.changes["before"] == ["2026-12-07", "2026-12-12"]
    assert "Rapat" not in f"{told.changes} {told.reason}"
    assert (changed.state, changed.working_days, changed.note) == ("perubahan", 2, "Rapat anggaran hari Senin")
    assert statuses(budi) == ["cuti", "cuti"]


@pytest.mark.parametrize(("verb", "state"), [(postpone_leave, "ditangguhkan"), (refuse_leave, "tidak_disetujui")])
def test_a_no_says_why_and_takes_nothing(office, budi, ask, verb, state):
    leave, head = ask(), office.viewer(office.head)
    with pytest.raises(NotNow, match="alasannya"):
        verb(actor=head, leave=leave, version=1, note="")
    assert verb(actor=head, leave=leave, version=1, note="Puncak pelayanan").state == state
    assert statuses(budi) == []
    assert annual_leave(budi, 2026, MONDAY).free == 12


def test_postponed_days_are_carried_into_next_year(office, budi, ask):
    LeaveOpening.objects.create(employee=budi, year=2026, taken=2)
    LeaveOpening.objects.create(employee=budi, year=2025, taken=12)
    postpone_leave(
        actor=office.viewer(office.head),
        leave=ask(date(2026, 12, 7), date(2026, 12, 18)),
        version=1,
        note="Puncak pelayanan",
    )
    assert annual_leave(budi, 2027, date(2027, 2, 1)).balance.carried == 9


def test_long_leave_takes_the_years_annual_leave(office, ask):
    long = ask(date(2026, 12, 14), date(2027, 2, 1), "besar")
    approve_leave(actor=office.viewer(office.head), leave=long, version=1)
    with pytest.raises(NotNow, match="sudah termasuk dalam cuti besar"):
        ask()


def test_only_the_appraiser_decides_and_only_once(office, budi, ask):
    leave = ask()
    for person in (budi, office.employee("Rekan")):
        with pytest.raises(NotAllowed):
            approve_leave(actor=office.viewer(person), leave=leave, version=1)
    with pytest.raises(Stale):
        approve_leave(actor=office.viewer(office.head), leave=leave, version=7)
    approve_leave(actor=office.viewer(office.head), leave=leave, version=1)
    with pytest.raises(NotNow, match="sudah disetujui"):
        refuse_leave(actor=office.viewer(office.head), leave=leave, version=2, note="Berubah")


def test_where_nobody_appraises_the_personnel_agency_decides(office):
    officer = office.employee("Maya")
    office.grant(officer, Role.PERSONNEL)
    top = request_leave(
        actor=office.viewer(office.head),
        kind="izin",
        starts_on=MONDAY,
        ends_on=date(2026, 12, 8),
        reason="Urusan keluarga",
        form_key=uuid4(),
    )
    assert approve_leave(actor=office.viewer(officer), leave=top, version=1).state == LeaveState.APPROVED


def test_withdrawal_gives_the_days_back_until_leave_begins(office, budi, ask):
    leave = approve_leave(actor=office.viewer(office.head), leave=ask(), version=1)
    with pytest.raises(NotAllowed):
        withdraw_leave(actor=office.viewer(office.head), leave=leave, version=2)
    withdraw_leave(actor=office.viewer(budi), leave=leave, version=2)
    assert statuses(budi) == []
    assert annual_leave(budi, 2026, MONDAY).free == 12
    running = approve_leave(
        actor=office.viewer(office.head), leave=ask(date(2026, 11, 24), date(2026, 11, 26)), version=1
    )
    with pytest.raises(NotNow, match="sudah berjalan"):
        withdraw_leave(actor=office.viewer(budi), leave=running, version=2)
    assert withdraw_leave(actor=office.viewer(budi), leave=ask(), version=1).state == LeaveState.WITHDRAWN


def test_looking_ahead_tells_the_balance_before_and_after(budi):
    found = assess(budi, "tahunan", MONDAY, date(2026, 12, 12))
    assert (found.counted, found.annual.free, found.free_after, found.problems) == (5, 12, 7, ())
    maternity = assess(budi, "melahirkan", MONDAY, date(2027, 3, 7))
    assert (maternity.counted, maternity.annual, maternity.in_working_days) == (90, None, False)
