"""Writing fast: drafts, favourites, chips, hints as one types, the week; and who may not."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import AttendanceDay, DayStatus, Duty, RosterShift
from terang.evidence.citizens.models import Service, ServiceRequest
from terang.evidence.oversight.models import Inspection
from terang.evidence.work import services
from terang.evidence.work.desk import desk_of
from terang.evidence.work.evidence import facts
from terang.evidence.work.models import DroppedDraft, Entry, EntryState, Favourite, Task
from terang.evidence.work.rhythms import rhythm_of as own_rhythm
from terang.evidence.work.week import week_of
from terang.registry.organization.models import Outage, SignalZone, WorkWeek
from terang.rules.policies import PostReporting, Reporting
from terang.rules.work.cadence import Window, slot_states
from terang.web.errors import NotAllowed, NotNow

MONDAY = date(2026, 11, 23)
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
HTMX = {"HTTP_HX_REQUEST": "true"}


def typed(indicator, today, **fields):
    values = {
        "form_key": str(uuid.uuid4()),
        "purpose": f"i{indicator.pk}",
        "text": "Menerbitkan kartu warga Tallo",
        "quantity": "2",
        "day": today.isoformat(),
    }
    return values | fields


def write(office, employee, indicator, day, **fields):
    values = {"text": "Menerbitkan kartu", "quantity_milli": 1000, "submitted_at": office.moment(day)}
    key = uuid.uuid4()
    values |= {"employee": employee, "day": day, "result": indicator.result, "indicator": indicator, "form_key": key}
    return Entry.objects.create(**(values | fields))


def requests(office, employee, day, count, name="KTP-el"):
    service, _new = Service.objects.get_or_create(
        unit=office.unit, code=name, defaults={"name": name, "standard_minutes": 450}
    )
    for number in range(count):
        ServiceRequest.objects.create(
            service=service,
            officer=employee,
            tracking_code=f"{name}{employee.pk}-{number}",
            received_at=office.moment(day, 8),
            completed_at=office.moment(day, 9),
        )
    return service


def offered(employee, today):
    return [(each.draft.text, each.purpose and each.purpose.key) for each in desk_of(employee, today).offers]


# Form of the day


def test_chips_give_day_and_minutes_and_several_files_are_kept(as_, budi, indicator, today):
    yesterday = (today - timedelta(days=1)).isoformat()
    proofs = [SimpleUploadedFile(f"{n}.png", PNG + bytes([n])) for n in range(2)]
    data = typed(indicator, today, minutes="60", proof=proofs) | {"day": yesterday}
    assert as_(budi).post("/kegiatan/baru/", data).status_code == 302
    entry = Entry.objects.get()
    assert (entry.day.isoformat(), entry.minutes, entry.files.count(), entry.lag_days) == (yesterday, 60, 2, 1)


def test_another_day_and_other_minutes_are_told_beside_their_chip(as_, budi, indicator, today):
    data = typed(indicator, today, day="lain", day_other="2026-11-20", minutes="lain", minutes_other="95")
    assert as_(budi).post("/kegiatan/baru/", data).status_code == 302
    assert Entry.objects.values_list("day", "minutes").get() == (date(2026, 11, 20), 95)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "lain"}, "Pilih tanggal kegiatan."),
        ({"day": "kemarin"}, "Pilih tanggal kegiatan."),
        ({"minutes": "9999"}, "paling banyak 1.440"),
        ({"purpose": "i0"}, "Pilih"),
        ({"proof": [SimpleUploadedFile(f"{n}.png", PNG) for n in range(6)]}, "Paling banyak 5 berkas"),
    ],
)
def test_what_cannot_be_read_stands_at_its_field_and_nothing_typed_is_lost(as_, budi, indicator, today, fields, words):
    page = as_(budi).post("/kegiatan/baru/", typed(indicator, today) | fields)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "Menerbitkan kartu warga Tallo" in page.content.decode()
    assert not Entry.objects.exists()


def test_the_purpose_used_last_stands_first(office, as_, budi, indicator, today):
    other = office.indicator(indicator.result.plan, text="Warga dilayani", unit_label="orang")
    assert list(desk_of(budi, today).purposes) == [f"i{indicator.pk}", f"i{other.pk}"]
    write(office, budi, other, MONDAY)
    assert list(desk_of(budi, today).purposes) == [f"i{other.pk}", f"i{indicator.pk}"]


def test_hints_come_beside_the_fields_and_write_nothing(office, as_, budi, indicator, today):
    for day in (16, 17, 18):
        write(office, budi, indicator, date(2026, 11, day), quantity_milli=2000)
    AttendanceDay.objects.create(employee=budi, day=today, status=DayStatus.LEAVE)
    data = typed(indicator, today, text="Rapat", quantity="200")
    page = as_(budi).post("/kegiatan/isian/periksa/", data, **HTMX).content.decode()
    for words in (
        "Tuliskan hasilnya",
        "Biasanya sekitar 2.",
        "Anda tercatat cuti pada tanggal ini.",
        ">dokumen</span>",
    ):
        assert words in page
    assert Entry.objects.count() == 3
    ahead = typed(indicator, today) | {"day": "lain", "day_other": "2026-12-24"}
    assert "belum tiba" in as_(budi).post("/kegiatan/isian/periksa/", ahead, **HTMX).content.decode()


def test_a_check_of_nothing_and_of_nonsense_is_quiet(as_, budi, indicator):
    nonsense = {"day": "x", "quantity": "--", "minutes": "9" * 400, "purpose": "t"}
    for data in ({}, nonsense):
        page = as_(budi).post("/kegiatan/isian/periksa/", data, **HTMX)
        assert (page.status_code, b"hint" in page.content) == (200, False)


# Drafts


def test_finished_requests_of_a_day_are_one_draft_for_the_indicator_that_counts_them(office, budi, today):
    plan = office.plan(budi)
    office.indicator(plan)
    counted = office.indicator(plan, text="Permohonan selesai", measure="services_completed")
    requests(office, budi, today, 3)
    requests(office, budi, today, 2, "Akta")
    requests(office, office.head, today, 4)
    assert sorted(offered(budi, today)) == [
        ("Menyelesaikan 2 permohonan Akta", f"i{counted.pk}"),
        ("Menyelesaikan 3 permohonan KTP-el", f"i{counted.pk}"),
    ]


def test_a_draft_is_kept_with_two_requests_and_not_offered_again(office, as_, budi, indicator, today):
    service = requests(office, budi, today, 3)
    source = f"citizens.request-day:{service.pk}:{today.isoformat()}"
    form = as_(budi).get("/kegiatan/isian/", {"draf": source}).content.decode()
    assert "Menyelesaikan 3 permohonan KTP-el" in form
    assert f'value="{source}"' in form
    data = typed(indicator, today, text="Menyelesaikan 3 permohonan KTP-el", quantity="3", source=source)
    assert as_(budi).post("/kegiatan/baru/", data, **HTMX).status_code == 200
    assert (Entry.objects.get().source, offered(budi, today)) == (source, [])
    again = as_(budi).post("/kegiatan/baru/", data | {"form_key": str(uuid.uuid4())}, **HTMX)
    assert (again.status_code, Entry.objects.count()) == (409, 1)


def test_the_purpose_chosen_last_for_a_kind_of_draft_is_suggested_again(office, budi, indicator, today):
    other = office.indicator(indicator.result.plan, text="Warga dilayani", unit_label="orang")
    service = requests(office, budi, today, 3)
    assert offered(budi, today) == [("Menyelesaikan 3 permohonan KTP-el", None)]
    write(office, budi, other, MONDAY, source=f"citizens.request-day:{service.pk}:2026-11-20")
    assert offered(budi, today) == [("Menyelesaikan 3 permohonan KTP-el", f"i{other.pk}")]


def test_a_dropped_draft_is_not_offered_again_and_can_be_taken_back(office, as_, budi, indicator, today):
    service = requests(office, budi, today, 1)
    source = f"citizens.request-day:{service.pk}:{today.isoformat()}"
    assert as_(budi).post("/kegiatan/draf/bukan/", {"source": source}, **HTMX).status_code == 200
    assert offered(budi, today) == []
    services.drop_draft(actor=office.viewer(budi), source=source)
    assert DroppedDraft.objects.count() == JournalEntry.objects.filter(verb="work.draft_dropped").count() == 1
    services.take_back_drop(actor=office.viewer(budi), source=source)
    assert len(offered(budi, today)) == 1
    with pytest.raises(NotNow):
        services.drop_draft(actor=office.viewer(budi), source="apa saja")


def test_inspections_letters_and_tasks_become_drafts(office, budi, indicator, today):
    Inspection.objects.create(unit=office.unit, day=today, lead=budi, purpose="sidak loket")
    letter = Duty.objects.create(
        agency=office.agency,
        letter="SPT 12/2026",
        signed_by="Sekda",
        purpose="Bimbingan teknis",
        place="Palu",
        starts_on=MONDAY,
        ends_on=today,
        form_key=uuid.uuid4(),
    )
    letter.people.add(budi)
    task = Task.objects.create(
        employee=budi, result=indicator.result, text="Rekap KTP", due_on=today, planned_milli=2000
    )
    assert set(offered(budi, today)) == {
        ("Memeriksa Bagian Layanan: sidak loket", None),
        ("Bimbingan teknis di Palu", None),
        ("Rekap KTP", f"t{task.pk}"),
    }
    write(office, budi, indicator, today, task=task, quantity_milli=2000)
    assert "Rekap KTP" not in dict(offered(budi, today))


# Favourites


def favourite(employee, indicator, **fields):
    values = {"name": "Loket", "result": indicator.result, "indicator": indicator, "text": "Melayani loket"}
    return Favourite.objects.create(employee=employee, **(values | {"quantity_milli": 4000} | fields))


def test_a_favourite_is_kept_with_the_entry_and_begins_the_next_one(as_, budi, indicator, today):
    as_(budi).post("/kegiatan/baru/", typed(indicator, today, favourite="Loket KTP", minutes="30"))
    kept = Favourite.objects.get()
    assert (kept.name, kept.indicator, kept.quantity_milli, kept.minutes) == ("Loket KTP", indicator, 2000, 30)
    assert "Loket KTP" in as_(budi).get("/kegiatan/hari-ini/").content.decode()
    form = as_(budi).get("/kegiatan/isian/", {"favorit": kept.pk}).content.decode()
    assert "Menerbitkan kartu warga Tallo" in form
    assert f'value="i{indicator.pk}" id="id_purpose_0" required checked' in form


def test_a_name_that_is_taken_keeps_the_entry_and_says_so(as_, budi, indicator, today):
    favourite(budi, indicator)
    page = as_(budi).post("/kegiatan/baru/", typed(indicator, today, favourite="Loket"), **HTMX)
    assert "Nama favorit ini sudah dipakai" in page.content.decode()
    assert (Entry.objects.count(), Favourite.objects.count()) == (1, 1)


def test_a_stale_favourite_says_so_and_can_be_pointed_anew(office, as_, budi, indicator, today):
    kept = favourite(budi, indicator)
    indicator.result.retired_on = date(2026, 11, 1)
    indicator.result.save()
    new = office.indicator(indicator.result.plan, text="Warga dilayani")
    assert "tidak ada lagi dalam rencana" in as_(budi).get("/kegiatan/favorit/").content.decode()
    assert "1 perlu dicocokkan" in as_(budi).get("/kegiatan/hari-ini/").content.decode()
    as_(budi).post(f"/kegiatan/favorit/{kept.pk}/ubah/", {"purpose": f"i{indicator.pk}"})
    kept.refresh_from_db()
    assert kept.indicator == indicator
    as_(budi).post(f"/kegiatan/favorit/{kept.pk}/ubah/", {"purpose": f"i{new.pk}"})
    kept.refresh_from_db()
    assert (kept.indicator, kept.result) == (new, new.result)


def test_favourites_are_renamed_and_removed_by_their_owner_alone(office, as_, budi, indicator):
    kept = favourite(budi, indicator)
    as_(budi).post(f"/kegiatan/favorit/{kept.pk}/ubah/", {"name": "Loket pagi"})
    kept.refresh_from_db()
    assert kept.name == "Loket pagi"
    assert as_(office.head).post(f"/kegiatan/favorit/{kept.pk}/hapus/").status_code == 404
    as_(budi).post(f"/kegiatan/favorit/{kept.pk}/hapus/")
    assert not Favourite.objects.exists()


def test_an_entry_becomes_a_favourite_for_its_author_alone(office, as_, budi, indicator, today):
    entry = write(office, budi, indicator, today)
    assert as_(office.head).post(f"/kegiatan/{entry.pk}/favorit/", {"name": "x"}).status_code == 403
    as_(budi).post(f"/kegiatan/{entry.pk}/favorit/", {"name": "Kartu"})
    assert Favourite.objects.get().text == "Menerbitkan kartu"
    with pytest.raises(NotAllowed):
        services.save_favourite(
            actor=office.viewer(office.head), name="x", result=indicator.result, text="x", quantity_milli=0
        )


# The week


def badges(employee, today, monday=MONDAY):
    return [each.badge[0] for each in week_of(employee, monday, today).days]


def test_each_day_of_the_week_says_what_is_asked_and_what_came(office, budi, indicator, today):
    monday = MONDAY - timedelta(days=7)
    write(office, budi, indicator, monday, lag_days=0)
    write(office, budi, indicator, monday + timedelta(days=1), lag_days=3)
    AttendanceDay.objects.create(employee=budi, day=monday + timedelta(days=2), status=DayStatus.LEAVE)
    broken = office.moment(monday + timedelta(days=3), 8)
    Outage.objects.create(
        agency=office.agency, started_at=broken, ended_at=broken + timedelta(hours=2), cause="Listrik"
    )
    week = week_of(budi, monday, today)
    assert [(each.badge[0], each.why) for each in week.days] == [
        ("tercatat", ""),
        ("terlambat 2 hari kerja", ""),
        ("tidak ditagih", "Cuti"),
        ("tidak ditagih", "Gangguan sistem: tidak ditagih, tenggat bergeser"),
        ("lewat, masih boleh dicatat", ""),
        ("tidak ditagih", "Bukan hari kerja"),
        ("tidak ditagih", "Bukan hari kerja"),
    ]
    assert badges(budi, today)[:3] == ["belum tercatat", "ditunggu hari ini", "belum tiba"]


def test_days_away_use_up_no_grace(office, budi, indicator, today):
    """Thursday's work, leave on Friday and Monday: Tuesday is the first working day after it."""
    thursday = MONDAY - timedelta(days=4)
    away = {MONDAY - timedelta(days=3), MONDAY}
    assert badges(budi, today, MONDAY - timedelta(days=7))[3] == "lewat, masih boleh dicatat"
    open_before = facts([budi.pk], *NOVEMBER)["reporting"][0][2]
    for day in away:
        AttendanceDay.objects.create(employee=budi, day=day, status=DayStatus.LEAVE)
    assert badges(budi, today, MONDAY - timedelta(days=7))[3] == "belum tercatat"
    [(_, _, required, reported)] = facts([budi.pk], *NOVEMBER, excused={budi.pk: away})["reporting"]
    assert (open_before - required, reported) == (2, 0)  # Thursday is still open, Friday is excused
    entry = services.submit_entry(
        actor=office.viewer(budi),
        day=thursday,
        result=indicator.result,
        indicator=indicator,
        text="Menerbitkan kartu",
        quantity_milli=1000,
        form_key=uuid.uuid4(),
    )
    assert entry.lag_days == 1
    [(_, _, required, reported)] = facts([budi.pk], *NOVEMBER, excused={budi.pk: away})["reporting"]
    assert (open_before - required, reported) == (2, 1)


def test_the_next_deadline_knows_outages_and_zones(office, budi, indicator, today):
    write(office, budi, indicator, MONDAY)
    assert week_of(budi, MONDAY, today).next_due == date(2026, 11, 25)
    now = office.moment(today, 9)
    Outage.objects.create(agency=office.agency, started_at=now, ended_at=now + timedelta(hours=1), cause="Listrik")
    assert week_of(budi, MONDAY, today).next_due is None


def test_a_shift_plan_excuses_its_own_days_of_rest(office, budi, indicator, today):
    RosterShift.objects.create(employee=budi, day=today, start_minute=0, end_minute=480)
    monday = week_of(budi, MONDAY, today).days[0]
    assert (monday.badge[0], monday.why) == ("tidak ditagih", "Libur")


def test_sums_of_the_week_stand_beside_what_is_due(office, budi, indicator, today):
    write(office, budi, indicator, MONDAY, quantity_milli=4000, state=EntryState.ACCEPTED)
    write(office, budi, indicator, today, quantity_milli=3000)
    [row] = week_of(budi, MONDAY, today).sums
    assert (row.week_milli, row.actual_milli, row.due_milli > 0) == (7000, 4000, True)


def test_the_week_of_somebody_else_needs_sight_and_offers_nothing_to_add(office, as_, budi, indicator, today):
    write(office, budi, indicator, MONDAY)
    page = as_(office.head).get(f"/kegiatan/minggu/?pegawai={budi.pk}&minggu=2026-W48").content.decode()
    assert "Menerbitkan kartu" in page
    assert "Tambah" not in page
    assert as_(office.employee("Sari")).get(f"/kegiatan/minggu/?pegawai={budi.pk}").status_code == 403


@pytest.mark.parametrize("asked", ["", "2026-W99", "x", "0001-W01", "2026-W47"])
def test_any_week_that_is_asked_for_opens(as_, budi, indicator, asked):
    assert as_(budi).get(f"/kegiatan/minggu/?minggu={asked}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/kegiatan/minggu/", "/kegiatan/hari-ini/", "/kegiatan/baru/", "/kegiatan/favorit/"]
)
def test_queries_do_not_grow_with_entries_drafts_and_favourites(office, as_, budi, indicator, today, address):
    def fill(number):
        write(office, budi, indicator, MONDAY + timedelta(days=number % 2), text=f"Kegiatan {number}")
        requests(office, budi, today, 1, f"Layanan {number}")
        favourite(budi, indicator, name=f"Favorit {number}")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    browser = as_(budi)
    fill(0)
    first = count()
    for number in range(1, 30):
        fill(number)
    assert count() == first <= 32


# Rhythm by post, zones, device time


def required(employee, period, **more):
    [row] = facts([employee.pk], *period, **more)["reporting"]
    return row[2:]


OCTOBER = (date(2026, 10, 1), date(2026, 11, 1))


def test_the_rhythm_follows_the_kind_of_post(office, budi, indicator):
    rule = Reporting("daily", 1, 3, "month", posts=(PostReporting("monthly", 2, 2, kinds=("pelaksana",)),))
    write(office, budi, indicator, date(2026, 10, 5))
    assert required(budi, OCTOBER, reporting=rule) == (1, 1)
    assert required(budi, OCTOBER) == (22, 1)


def test_a_zone_without_signal_has_the_longer_grace(office, budi, indicator):
    rule = Reporting("daily", 1, 3, "month")
    write(office, budi, indicator, date(2026, 10, 5), lag_days=3)
    assert required(budi, OCTOBER, reporting=rule) == (22, 0)
    SignalZone.objects.create(agency=office.agency, unit=office.root, basis="SK 7", valid_from=date(2026, 1, 1))
    assert required(budi, OCTOBER, reporting=rule) == (22, 1)
    assert required(budi, (date(2026, 9, 1), date(2026, 10, 1)), reporting=rule) == (22, 0)
    SignalZone.objects.update(valid_to=date(2026, 10, 31))
    assert required(budi, OCTOBER, reporting=rule) == (22, 0)


def test_an_outage_of_another_unit_excuses_nobody_here(office, budi, indicator):
    start = office.moment(date(2026, 10, 6), 8)
    told = {"agency": office.agency, "started_at": start, "ended_at": start + timedelta(hours=1), "cause": "Listrik"}
    elsewhere = (
        office.employee("Sari")
        .assignments.get()
        .post.unit.children.create(
            agency=office.agency, kind="seksi", code="9", name="Seksi", valid_from=date(2020, 1, 1), path="/0/"
        )
    )
    Outage.objects.create(unit=elsewhere, **told)
    write(office, budi, indicator, date(2026, 10, 5))
    assert required(budi, OCTOBER) == (22, 1)
    Outage.objects.create(unit=office.unit, **told)
    assert required(budi, OCTOBER) == (21, 1)


@pytest.mark.parametrize(("zone", "lag"), [(True, 0), (False, 1)])
def test_in_a_zone_the_lag_counts_to_the_device_and_both_times_are_kept(office, budi, indicator, today, zone, lag):
    if zone:
        SignalZone.objects.create(agency=office.agency, unit=office.unit, basis="SK 7", valid_from=date(2026, 1, 1))
    written = office.moment(MONDAY, 15)
    entry = services.submit_entry(
        actor=office.viewer(budi),
        day=MONDAY,
        result=indicator.result,
        text="Kunjungan rumah",
        quantity_milli=0,
        form_key=uuid.uuid4(),
        written_at=written,
    )
    assert (entry.lag_days, entry.written_at, entry.answer_due_on) == (lag, written, date(2026, 11, 26))


@pytest.mark.parametrize("rhythm", ["daily", "weekly", "monthly"])
def test_evidence_counts_what_the_states_of_the_slots_say(office, budi, indicator, today, rhythm):
    """The sums made in SQL for everybody and the states shown to one person are the same rule."""
    rule = Reporting(rhythm, 1, 1, "month")
    for day, lag in ((1, 0), (2, 4), (6, 1), (8, 2), (15, 7), (19, 0), (27, 3)):
        write(office, budi, indicator, date(2026, 10, day), lag_days=lag)
    away = {date(2026, 10, 12), date(2026, 10, 13)}
    states = slot_states(
        Window(rhythm, 1),
        own_rhythm(budi, *OCTOBER, rule).slots(*OCTOBER),
        working_days=own_rhythm(budi, *OCTOBER, rule).working_days(*OCTOBER),
        away=away,
        lags=dict(Entry.objects.values_list("day", "lag_days")),
        today=today,
    )
    kinds = [state.kind for state in states]
    counted = (len(kinds) - kinds.count("excused"), kinds.count("reported"))
    assert required(budi, OCTOBER, reporting=rule, excused={budi.pk: away}) == counted


def test_who_changes_post_soon_still_has_this_weeks_rhythm(office, budi, indicator, today):
    budi.assignments.update(ends_on=date(2026, 12, 1))
    WorkWeek.objects.create(
        agency=office.agency,
        unit=office.unit,
        weekdays="123456",
        starts_at=time(7),
        ends_at=time(14),
        valid_from=date(2020, 1, 1),
    )
    assert week_of(budi, MONDAY, today).days[5].badge[0] == "belum tiba"
