"""Reports of the national system: read with their title, kept whole or not at all, laid beside Terang, explained."""

import io
import uuid
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import SINCE, TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.evaluation.models import Period
from terang.interchange.models import Comparison, Difference, ImportState, NationalRecord, NationalReport
from terang.interchange.national.comparing import compare, every_hour
from terang.interchange.national.reading import day_in, read_report
from terang.interchange.national.selectors import differences_for, summary
from terang.interchange.national.services import confirm_report, explain, start_report
from terang.interchange.national.tasks import apply_report, read_national
from terang.planning.plans.models import Plan, PlanState
from terang.registry.people.models import Assignment, Employee
from terang.rules.regulations.national_reports import layout_on
from terang.web.errors import NotAllowed, NotNow, Stale
from terang.web.sheets import SpreadsheetError

pytestmark = pytest.mark.django_db
LAYOUT = layout_on(TODAY)
DAY = date(2026, 11, 20)
TITLE = [
    ["Laporan SKP Tahun 2026"],
    ["Instansi Pemerintah Kota Terang"],
    [],
    [],
    [],
    ["Data per 20 November 2026 08:15"],
    [],
]
PLAN_HEAD = [
    "id",
    "skp_id",
    "nip",
    "nama",
    "skp_jabatan",
    "skp_unor",
    "skp_status",
    "periode_awal",
    "periode_akhir",
    "is_plt_plh",
]
MARK_HEAD = [
    "id",
    "skp_penilaian_id",
    "nip",
    "nama",
    "tahun_skp",
    "skp_jabatan",
    "skp_unor",
    "hasil_akhir",
    "pegawai_atasan_nip",
]


def plan_row(cast, name, **other):
    employee = cast.people[name]
    seat = Assignment.objects.select_related("post__unit").get(employee=employee)
    row = {
        "id": f"A-{employee.nip}",
        "skp_id": "1",
        "nip": employee.nip,
        "nama": employee.name,
        "skp_jabatan": seat.post.title,
        "skp_unor": seat.post.unit.name,
        "skp_status": "Persetujuan",
        "periode_awal": "2026-01-01",
        "periode_akhir": "2026-12-31",
        "is_plt_plh": "0",
    }
    return list((row | other).values())


def mark_row(cast, name, superior, **other):
    first = plan_row(cast, name)
    row = dict(zip(MARK_HEAD, [first[0], "9", first[2], first[3], "2026", first[4], first[5], "Baik"], strict=False))
    return list((row | {"pegawai_atasan_nip": cast.people[superior].nip} | other).values())


def xlsx(rows, *, merge=True):
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    book.set_properties({"created": datetime.combine(TODAY, time(8))})  # the same rows are the same file, whenever
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    if merge:
        sheet.merge_range(0, 0, 0, 5, rows[0][0])
    book.close()
    return data.getvalue()


def csv(rows, mark=","):
    return "\n".join(mark.join(row) for row in rows).encode()


def everybody(cast, **changes):
    """Each person with a plan to make, as Terang knows them; `changes` by name."""
    names = [name for name in cast.people if name != "mayor"]
    return [plan_row(cast, name, **changes.get(name, {})) for name in names]


@pytest.fixture
def stored(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }


@pytest.fixture
def plans(cast):
    """Everybody agreed on a plan in January."""
    for name, employee in cast.people.items():
        if name != "mayor":
            Plan.objects.create(
                employee=employee,
                period_start=date(2026, 1, 1),
                period_end=date(2027, 1, 1),
                state=PlanState.AGREED,
                agreed_on=date(2026, 1, 20),
            )


@pytest.fixture
def period(cast):
    return Period.objects.create(
        agency=cast.agency,
        kind="triwulan",
        name="Triwulan III 2026",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
    )


def bring(cast, rows, *, head=PLAN_HEAD, title=TITLE, period=None, name="laporan.xlsx", told_on=None):
    """Through the services and the worker's tasks, to the end."""
    data = xlsx([*title, head, *rows]) if name.endswith("xlsx") else csv([*title, head, *rows])
    report = start_report(
        actor=cast.viewer("maya"), data=data, file_name=name, form_key=uuid.uuid4(), period=period, told_on=told_on
    )
    if report.state == ImportState.READING:
        read_national.call(report.pk)
        report.refresh_from_db()
    if report.state == ImportState.SHOWN and not report.counts["wrong"]:
        confirm_report(actor=cast.viewer("maya"), report_id=report.pk)
        apply_report.call(report.pk)
        report.refresh_from_db()
    return report


def kinds(cast, name=None):
    rows = Difference.objects.filter(agency=cast.agency)
    rows = rows.filter(nip=cast.people[name].nip) if name else rows
    return sorted(rows.values_list("kind", flat=True))


@pytest.mark.parametrize("form", ["xlsx", "csv", "semicolons"])
def test_the_title_is_understood_and_the_header_found_wherever_it_stands(cast, form):
    rows = [*TITLE, ["catatan"], PLAN_HEAD[::-1], plan_row(cast, "andi")[::-1]]
    data, name = {
        "xlsx": (xlsx(rows), "a.xlsx"),
        "csv": (csv(rows), "a.csv"),
        "semicolons": (csv(rows, ";"), "a.csv"),
    }[form]
    report = read_report(data, name, LAYOUT)
    assert (report.kind, report.problems) == ("plans", [])
    assert (report.title.year, report.title.as_of) == (2026, DAY)
    assert report.title.agency == "Pemerintah Kota Terang"
    (row,) = report.rows
    assert (row.nip, row.status, row.ends_on) == (cast.andi.nip, "agreed", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Juli 2026 10:00", date(2026, 7, 1)),
        ("2026-07-01", date(2026, 7, 1)),
        ("01/07/2026", date(2026, 7, 1)),
        ("31 Februari 2026", None),
        ("Juli", None),
    ],
)
def test_days_are_read_as_written(text, day):
    assert day_in(text) == day


def test_every_fault_is_told_by_row_and_column_and_then_nothing_is_kept(cast, stored):
    rows = [
        plan_row(cast, "andi", nip="123"),
        plan_row(cast, "rina", periode_akhir="kapan"),
        plan_row(cast, "joko", nama=""),
        plan_row(cast, "siti", id=f"A-{cast.dewi.nip}"),
        plan_row(cast, "dewi"),
    ]
    report = bring(cast, rows)
    assert report.state == ImportState.SHOWN
    told = [(row["row"], row["what"]["params"]["column"]) for row in report.table]
    assert told == [(9, "nip"), (10, "periode_akhir"), (11, "nama"), (13, "id")]
    with pytest.raises(NotNow):
        confirm_report(actor=cast.viewer("maya"), report_id=report.pk)
    assert not NationalRecord.objects.exists()


def test_a_word_of_state_nobody_knows_is_kept_and_one_of_predicate_refused(cast, stored, period):
    report = bring(cast, [plan_row(cast, "andi", skp_status="Verifikasi")])
    assert report.state == ImportState.DONE
    assert "Verifikasi" in report.notes[0]["params"]["words"]
    assert NationalRecord.objects.get().status_word == "Verifikasi"
    assert "plan_missing_here" in kinds(cast, "andi")
    wrong = bring(cast, [mark_row(cast, "andi", "hendra", hasil_akhir="Lumayan")], head=MARK_HEAD, period=period)
    assert [row["what"]["params"]["column"] for row in wrong.table] == ["hasil_akhir"]


@pytest.mark.parametrize(
    ("title", "head", "message"),
    [
        ([["Laporan SKP 2026"], ["Instansi Pemerintah Kota Lain"], ["1 Juli 2026"]], PLAN_HEAD, "bukan"),
        ([["Laporan SKP 2026"], ["Instansi Kabupaten Terang"], ["1 Juli 2026"]], PLAN_HEAD, "bukan"),
        ([["Laporan SKP 2026"]], PLAN_HEAD, "Tanggal data"),
        (TITLE, MARK_HEAD, "pilih untuk periode"),
        (TITLE, ["nip", "apa"], "tidak ditemukan"),
        (TITLE, ["ini", "itu"], "tidak ditemukan"),
    ],
)
def test_a_file_of_no_use_is_refused_with_what_to_do(cast, stored, title, head, message):
    report = bring(cast, [["x"] * len(head)], title=title, head=head)
    assert report.state == ImportState.REFUSED
    assert message in report.message["text"] + str(report.message["params"])
    assert Client().get(reverse("interchange:national")).status_code == 302


def test_merged_cells_below_the_title_are_refused(cast):
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet()
    sheet.merge_range(9, 0, 10, 1, "x")
    book.close()
    with pytest.raises(SpreadsheetError, match="gabungan"):
        read_report(data.getvalue(), "a.xlsx", LAYOUT)


def test_the_rules_proven_in_the_field(cast, stored, period):
    rows = [
        plan_row(cast, "andi", is_plt_plh="1", skp_status="Draft"),
        plan_row(cast, "rina", periode_akhir="2026-06-30", skp_status="Draft", skp_id="1"),
        plan_row(cast, "rina", periode_awal="2026-07-01", skp_id="2"),
    ]
    for order in (rows, rows[::-1]):
        report = read_report(xlsx([*TITLE, PLAN_HEAD, *order]), "a.xlsx", LAYOUT)
        assert [(row.nip, row.document_id) for row in report.rows] == [(cast.rina.nip, "2")]
        assert (report.substitutes, report.older) == (1, 1)
    marks = xlsx([*TITLE, MARK_HEAD, mark_row(cast, "andi", "hendra", hasil_akhir="-")])
    assert read_report(marks, "a.xlsx", LAYOUT).rows[0].predicate == ""


def test_what_is_the_same_differs_in_nothing_and_nothing_of_terang_is_written(cast, stored, plans):
    before = list(Plan.objects.values()), list(Assignment.objects.values()), list(Employee.objects.values())
    report = bring(cast, everybody(cast))
    assert (report.state, report.counts["people"], report.as_of) == (ImportState.DONE, 12, DAY)
    assert kinds(cast) == []
    assert before == (list(Plan.objects.values()), list(Assignment.objects.values()), list(Employee.objects.values()))


def test_each_side_is_looked_at_on_the_day_of_the_report(cast, stored, plans):
    Plan.objects.filter(employee=cast.andi).update(agreed_on=DAY + timedelta(days=1))
    Employee.objects.filter(pk=cast.rina.pk).update(left_on=date(2026, 6, 1))
    later = Employee.objects.filter(pk=cast.joko.pk)
    later.update(joined_on=DAY + timedelta(days=2))
    rows = [row for row in everybody(cast, andi={"skp_status": "Draft"}) if row[2] != cast.siti.nip]
    stranger = plan_row(cast, "andi", id="X", nip="199001012015041071", nama="Orang Baru")
    bring(cast, [*rows, stranger])
    assert kinds(cast, "andi") == ["plan_missing_here"]
    assert kinds(cast, "rina") == ["left_here"]
    assert kinds(cast, "joko") == ["unknown_here"]
    assert kinds(cast, "siti") == ["plan_missing_there"]
    row = Difference.objects.get(nip="199001012015041071")
    assert (row.kind, row.owner, row.employee, row.there_on) == ("unknown_here", "personnel", None, DAY)


def test_evaluations_superiors_and_who_must_act(cast, stored, plans, period):
    window = RatingWindow.objects.create(
        period=period, opens_on=SINCE, closes_on=TODAY, basis="SE", opened_by=cast.maya
    )
    for name, rater in (("andi", "hendra"), ("rina", "hendra"), ("siti", "dewi")):
        Appraisal.objects.create(
            window=window,
            employee=cast.people[name],
            home=cast.units["root"],
            unit=cast.units["root"],
            rater=cast.people[rater],
            state=AppraisalState.HANDED,
            predicate="baik",
            handed_on=date(2026, 10, 10),
        )
    rows = [
        mark_row(cast, "andi", "hendra", hasil_akhir="Sangat Baik"),
        mark_row(cast, "rina", "hendra", hasil_akhir="-"),
        mark_row(cast, "siti", "bambang"),
        mark_row(cast, "joko", "sri"),
    ]
    bring(cast, rows, head=MARK_HEAD, period=period)
    assert kinds(cast, "andi") == ["predicate"]
    assert kinds(cast, "rina") == ["evaluation_missing_there"]
    assert kinds(cast, "siti") == ["superior"]
    assert kinds(cast, "joko") == ["evaluation_missing_here"]
    row = Difference.objects.get(nip=cast.andi.nip)
    assert (row.here, row.there, row.here_on, row.there_on) == ("baik", "sangat_baik", date(2026, 10, 10), DAY)
    assert (row.owner, row.responsible) == ("superior", cast.hendra)


def test_a_report_of_a_unit_misses_nobody_elsewhere(cast, stored, plans):
    title = [*TITLE[:2], ["Unit Kerja: Puskesmas Melati"], *TITLE[3:]]
    report = bring(cast, [plan_row(cast, "dewi")], title=title)
    assert report.unit == cast.units["puskesmas"]
    assert kinds(cast) == ["plan_missing_there"]
    assert kinds(cast, "siti") == ["plan_missing_there"]
    unknown = [*TITLE[:2], ["Unit Kerja: UPT Lain"], *TITLE[3:]]
    bring(cast, [plan_row(cast, "andi")], title=unknown)
    assert kinds(cast) == ["plan_missing_there"], "who is not named by a unit we do not know is not missed"


def test_the_same_file_twice_changes_nothing(cast, stored, plans):
    rows = everybody(cast, andi={"skp_jabatan": "Lain"})
    first = bring(cast, rows)
    journal, before = JournalEntry.objects.count(), list(Difference.objects.values())
    assert bring(cast, rows).pk == first.pk
    assert compare(cast.agency) == {"came": 0, "changed": 0, "gone": 0}
    assert every_hour() == 1
    assert (JournalEntry.objects.count(), list(Difference.objects.values())) == (journal, before)
    assert NationalReport.objects.count() == 1
    apply_report.call(first.pk)
    assert NationalRecord.objects.count() == len(rows)


def test_a_newer_report_counts_and_an_older_one_stays_as_it_was(cast, stored, plans):
    bring(cast, everybody(cast, andi={"skp_jabatan": "Lain"}))
    assert kinds(cast) == ["post"]
    newer = [*TITLE[:5], ["Data per 22 November 2026"], []]
    bring(cast, everybody(cast), title=newer)
    assert kinds(cast) == []
    assert NationalRecord.objects.filter(post="Lain").count() == 1
    older = [*TITLE[:5], ["Data per 2 November 2026"], []]
    bring(cast, everybody(cast, rina={"skp_jabatan": "Lain"}), title=older)
    assert kinds(cast) == [], "a report with older data does not count against a newer one"


def test_an_explanation_holds_until_the_facts_change(cast, stored, plans):
    bring(cast, everybody(cast, andi={"skp_jabatan": "Lain"}))
    row = Difference.objects.get()
    key = uuid.uuid4()
    told = {"pk": row.pk, "reason": "SK sedang diproses", "version": row.version}
    with pytest.raises(NotAllowed):
        explain(actor=cast.viewer("andi"), form_key=key, **told)
    for _twice in range(2):
        row = explain(actor=cast.viewer("maya"), form_key=key, **told)
    assert row.is_explained
    assert JournalEntry.objects.filter(verb="interchange.national_explained").count() == 1
    with pytest.raises(Stale):
        explain(actor=cast.viewer("maya"), form_key=uuid.uuid4(), **told)
    newer = [*TITLE[:5], ["Data per 21 November 2026"], []]
    bring(cast, everybody(cast, andi={"skp_jabatan": "LAIN "}), title=newer)
    row.refresh_from_db()
    assert row.there_on == date(2026, 11, 21)
    last = [*TITLE[:5], ["Data per 22 November 2026"], []]
    bring(cast, everybody(cast, andi={"skp_jabatan": "Lain lagi"}), title=last)
    assert list(Difference.objects.unexplained()) == [row]
    row.refresh_from_db()
    assert (row.reason, row.is_explained) == ("SK sedang diproses", False)


def test_who_must_act_explains_what_is_theirs(cast, stored, plans):
    bring(cast, [row for row in everybody(cast) if row[2] != cast.siti.nip])
    row = Difference.objects.get()
    with pytest.raises(NotAllowed):
        explain(actor=cast.viewer("dewi"), pk=row.pk, reason="x", version=0, form_key=uuid.uuid4())
    assert explain(
        actor=cast.viewer("siti"), pk=row.pk, reason="Baru pindah", version=0, form_key=uuid.uuid4()
    ).is_explained


def test_everybody_sees_what_is_theirs(cast, stored, plans):
    rows = [plan_row(cast, name, skp_jabatan="Lain") for name in cast.people if name != "mayor"]
    bring(cast, [*rows, plan_row(cast, "andi", id="X", nip="199001012015041071")])

    def seen(name):
        return {row.nip for row in differences_for(cast.viewer(name))}

    assert len(seen("maya")) == len(seen("lina")) == 13
    assert seen("siti") == {cast.siti.nip}
    assert {cast.andi.nip, cast.rina.nip, cast.hendra.nip} <= seen("hendra")
    assert cast.siti.nip not in seen("hendra")
    assert seen("tono") == {cast.tono.nip}


@pytest.mark.parametrize("many", [1, 50])
def test_comparing_and_reading_cost_the_same_for_one_and_for_fifty(
    cast, stored, plans, many, django_assert_num_queries
):
    strangers = [
        plan_row(cast, "andi", id=f"X{n}", nip=f"19900101201504{1001 + n}", nama=f"Orang {n}") for n in range(many)
    ]
    bring(cast, [*everybody(cast), *strangers])
    with django_assert_num_queries(16):
        compare(cast.agency)
    viewer = cast.viewer("maya")
    rows = differences_for(viewer).unexplained()
    assert rows.count() == many
    with django_assert_num_queries(3):
        assert summary(rows)[0][0].count == many
        assert [row.responsible for row in rows[:50]] == [None] * many


def signed_in(cast, name):
    client = Client()
    client.force_login(cast.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_screens_from_upload_to_explanation(cast, stored, plans):
    maya, andi = signed_in(cast, "maya"), signed_in(cast, "andi")
    assert "Belum ada laporan e-Kinerja" in andi.get(reverse("interchange:national")).content.decode()
    data = xlsx(
        [
            *TITLE,
            PLAN_HEAD,
            *everybody(cast, andi={"skp_status": "Draft", "skp_jabatan": "Lain"}, siti={"skp_jabatan": "Lain"}),
        ]
    )
    key = str(uuid.uuid4())
    for _twice in range(2):
        answer = maya.post(
            reverse("interchange:national_reports"), {"file": ContentFile(data, "skp.xlsx"), "form_key": key}
        )
    report = NationalReport.objects.get()
    assert answer.headers["Location"] == report.get_absolute_url()
    assert "every 1s" in maya.get(report.get_absolute_url()).content.decode()
    read_national.call(report.pk)
    page = maya.get(report.get_absolute_url()).content.decode()
    assert "Simpan dan bandingkan" in page
    assert "20 November 2026" in page
    confirm = reverse("interchange:national_confirm", args=[report.pk])
    assert andi.post(confirm).status_code == 403
    assert maya.post(confirm).status_code == 302
    apply_report.call(report.pk)
    page = maya.get(reverse("interchange:national")).content.decode()
    assert "Jabatan berbeda" in page
    assert "?jenis=plan_state" in page
    narrowed = maya.get(reverse("interchange:national"), {"unit": cast.units["health"].path}).content.decode()
    assert "Siti Rahma" in narrowed
    assert "Andi Pratama" not in narrowed
    assert b"Andi Pratama" in b"".join(maya.get(reverse("interchange:national"), {"ekspor": "csv"}))
    own = andi.get(reverse("interchange:national")).content.decode()
    assert "Status SKP berbeda" in own
    row = Difference.objects.get(kind="plan_state")
    address = row.get_absolute_url()
    page = andi.get(address).content.decode()
    assert "masih disusun (“Draft”)" in page
    assert reverse("plans:own") in page
    assert signed_in(cast, "siti").get(address).status_code == 403
    told = {"reason": "Sudah diperbaiki", "version": row.version, "form_key": str(uuid.uuid4())}
    assert andi.post(address, told | {"reason": ""}).status_code == 422
    assert andi.post(address, told).status_code == 302
    page = andi.get(reverse("interchange:national"), {"keadaan": "dijelaskan"}).content.decode()
    assert "Status SKP berbeda" in page
    assert "Status SKP berbeda</a>" not in andi.get(reverse("interchange:national")).content.decode()
    assert maya.post(reverse("interchange:national_compare")).status_code == 302
    assert Comparison.objects.get().compared_at <= timezone.now()
