"""Formats B.1.1 to B.1.5: their places against the regulation, what they say, and to whom."""

from datetime import date, timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY

from terang.evidence.dialogue.models import Feedback
from terang.evidence.work.models import Entry, EntryState, Task
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState, PlanVersion, VersionState
from terang.reporting.documents.models import Document, Kind
from terang.reporting.documents.record_sheets import (
    Action,
    Recorded,
    Said,
    Time,
    actions_sheet,
    documented_sheet,
    feedback_sheet,
)
from terang.reporting.documents.rendering import render
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_record
from terang.reporting.documents.tests.documents_cases import document_of, occasion_of
from terang.reporting.documents.tests.test_documents_layout import place, texts, vertical_rules
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, Step, as_json

DAY = date(2026, 10, 3)
THIRD = Time("quarter", date(2026, 7, 1), date(2026, 10, 1))
SPOKEN = (
    Said("Pimpinan", DAY, "jempol", "Bagus! Pertahankan."),
    Said("Pasien", DAY, "murung", "Menunggu terlalu lama."),
)
FORMS = {
    "bidan_penyelia": (
        "B.1.3",
        (79.8, 108.7, 264.0, 483.5, 511.9, 667.8, 880.4, 101.2),
        ("FORMAT B.1.3", 88.4, "PERIODE: ", 139.6, "PEGAWAI YANG", 168.5),
    ),  # p. 71
    "direktur_ii": (
        "B.1.4",
        (44.3, 79.9, 242.9, 469.5, 505.0, 660.9, 894.8, 199.9, 384.3, 440.9, 526.0, 696.1),
        ("FORMAT B.1.4", 89.7, "PERIODE: ", 154.5, "PEGAWAI YANG", 185.0),
    ),  # p. 73
    "kasubdit_ii": (
        "B.1.5",
        (30.0, 63.7, 241.1, 474.7, 510.4, 680.5, 901.9, 35.4, 76.9, 197.5, 297.8, 368.7, 503.3, 602.6, 716.0, 906.4),
        ("FORMAT B.1.5", 88.4),
    ),  # p. 75
}


def recorded_of(document):
    keys = [each.key for each in document.results]
    return Recorded(
        actions={key: [Action("Uji petik (1 Mei 2026)", "1 dari 1 dokumen", True), Action("Laporkan")] for key in keys},
        values={each.key: "85 %" for row in document.results for each in row.indicators},
        proofs={key: ["12 kegiatan diterima atasan"] for key in keys},
        on_results={keys[0]: SPOKEN},
        on_values={"BP": SPOKEN[:1]},
        others=[Said("Rekan kerja", DAY, "", "Rapi sepanjang triwulan.", "Pekerjaan pada umumnya")],
    )


def drawn(*sheets):
    return pypdfium2.PdfDocument(render(sheets, title="Rekaman", author="Uji", made_on=DAY))


def record_pdf(name, time=THIRD):
    document = document_of(name)
    return drawn(feedback_sheet(document, recorded_of(document), occasion_of(name), time))


@pytest.mark.parametrize("name", FORMS)
def test_rules_titles_and_heads_stand_where_the_regulation_has_them(name):
    number, rules, tops = FORMS[name]
    pdf = record_pdf(name)
    assert {page.get_size() for page in pdf} == {(936, 612)}
    found = set().union(*(vertical_rules(page) for page in pdf))
    for wanted in rules:
        assert any(abs(wanted - rule) <= 1 for rule in found), f"no rule at {wanted}: {sorted(found)}"
    for words, top in zip(tops[::2], tops[1::2], strict=True):
        assert place(pdf[0], words)[2] == pytest.approx(top, abs=3), words
    assert f"FORMAT {number} REKAMAN INFORMASI UMPAN BALIK BERKELANJUTAN" in texts(pdf)[0]


@pytest.mark.parametrize("name", FORMS)
def test_everything_is_printed_in_the_order_of_the_form(name):
    whole = " ".join(texts(record_pdf(name)))
    order = [
        "TRIWULAN I/II/III/IV-AKHIR*",
        "PEGAWAI YANG DINILAI",
        "HASIL KERJA",
        "A. UTAMA",
        "Pimpinan (3 Oktober 2026)",
    ]
    order += ["Pasien (3 Oktober 2026): Menunggu", "B. TAMBAHAN", "PERILAKU KERJA", "Bagus! Pertahankan."]
    order += [
        "Kolaboratif",
        "UMPAN BALIK LAINNYA",
        "Pekerjaan pada umumnya. Rapi",
        "Pegawai yang Dinilai",
        "*pilih salah satu",
    ]
    at = 0
    for words in order:
        assert words in whole[at:], f"{words} is not where it belongs"
        at = whole.index(words, at)
    assert "12 kegiatan diterima atasan" in whole
    assert "85 %" in whole
    assert "1 dari 1 tugas rencana aksi selesai" in whole
    assert "Penugasan dari" not in whole


def test_heads_of_the_narrative_form_are_shaded_over_both_rows():
    image = record_pdf("bidan_penyelia")[0].render(scale=1).to_pil().convert("RGB")
    height = place(record_pdf("bidan_penyelia")[0], "A. UTAMA")[2]
    for across in (300, 490, 870):
        assert image.getpixel((across, int(height) + 4)) == (0xDE, 0xEA, 0xF6), across


@pytest.mark.parametrize(
    ("time", "chosen", "struck"),
    [
        (THIRD, ["III"], ["I", "II", "IV", "AKHIR"]),
        (Time("quarter", date(2026, 1, 1), date(2027, 1, 1), final=True), ["AKHIR"], ["I", "II", "III", "IV"]),
        (Time("semester", date(2026, 7, 1), date(2027, 1, 1)), ["II"], ["I", "AKHIR"]),
        (Time("month", date(2026, 10, 1), date(2026, 11, 1)), ["OKTOBER"], ["AKHIR"]),
        (Time("year", date(2026, 1, 1), date(2027, 1, 1), final=True), ["AKHIR"], []),
    ],
)
def test_the_period_line_strikes_what_was_not_chosen(time, chosen, struck):
    assert [each["text"] for each in time.options if each["chosen"]] == chosen
    assert [each["text"] for each in time.options if not each["chosen"]] == struck


@pytest.mark.parametrize(
    ("maker", "rules", "words"),
    [
        (
            actions_sheet,
            (65.2, 94.0, 177.9, 292.3, 320.7, 419.1, 547.3, 63.1, 98.7, 304.1, 545.1),
            "FORMAT B.1.1 RENCANA AKSI",
        ),
        (
            lambda *given: documented_sheet(*given, THIRD),
            (65.2, 94.0, 177.9, 292.3, 320.7, 405.7, 554.6, 63.1, 91.5, 254.6, 403.4, 552.3),
            "FORMAT B.1.2 PENDOKUMENTASIAN KINERJA",
        ),
    ],
)
def test_the_action_plan_and_its_documentation(maker, rules, words):
    document = document_of("bidan_penyelia")
    pdf = drawn(maker(document, recorded_of(document), occasion_of("bidan_penyelia")))
    assert {page.get_size() for page in pdf} == {(612, 936)}
    found = set().union(*(vertical_rules(page) for page in pdf))
    for wanted in rules:  # p. 67 and 68
        assert any(abs(wanted - rule) <= 1 for rule in found), f"no rule at {wanted}: {sorted(found)}"
    whole = " ".join(texts(pdf))
    assert words in whole
    assert whole.count("2. Laporkan") == len(document.results)
    documented = "B.1.2" in words
    assert whole.count("1. 1 dari 1 dokumen 2. –") == documented * len(document.results)
    assert ("1 JULI SD 30 SEPTEMBER TAHUN 2026" in whole) == documented
    assert "Pejabat Penilai Kinerja" not in whole, "the employee alone signs"


# ── from real rows ──


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def plan(cast):
    """Siti's agreed plan with a step, a task, entries accepted, waiting and given back, and feedback."""
    start, now = date(TODAY.year, 1, 1), timezone.now()
    planned = PlannedResult(
        "r1",
        "Bayi terlindungi",
        indicators=(PlannedIndicator("i1", "Bayi diimunisasi", unit_label="bayi", target_milli=120_000),),
        steps=(Step("Sweeping desa", f"{TODAY.year}-12-01"),),
    )
    plan = Plan.objects.create(
        employee=cast.siti,
        post=cast.posts["nurse"],
        unit=cast.units["puskesmas"],
        state=PlanState.AGREED,
        period_start=start,
        period_end=start.replace(year=TODAY.year + 1),
    )
    PlanVersion.objects.create(
        plan=plan,
        number=1,
        state=VersionState.AGREED,
        document=as_json(PlanDocument(results=(planned,))),
        digest="0" * 64,
        opened_at=now,
        agreed_at=now,
        agreed_by=cast.dewi,
    )
    result = PlanResult.objects.create(plan=plan, key="r1", number=1, text="Bayi terlindungi")
    indicator = Indicator.objects.create(
        result=result, key="i1", text="Bayi diimunisasi", unit_label="bayi", target_milli=120_000
    )
    task = Task.objects.create(employee=cast.siti, result=result, text="Rekap imunisasi", due_on=TODAY)
    told = {"employee": cast.siti, "day": TODAY - timedelta(days=1), "result": result, "submitted_at": now}
    for state, milli in ((EntryState.ACCEPTED, 7_000), (EntryState.SUBMITTED, 90_000), (EntryState.RETURNED, 50_000)):
        Entry.objects.create(
            **told, indicator=indicator, text=f"Imunisasi {state}", quantity_milli=milli, state=state, form_key=uuid4()
        )
    Entry.objects.create(**told, task=task, text="Rekap", state=EntryState.ACCEPTED, form_key=uuid4())
    said = {"subject": cast.siti, "day": TODAY, "given_at": now}
    Feedback.objects.create(
        **said,
        giver=cast.dewi,
        giver_kind="pimpinan",
        topic="hasil",
        result=result,
        about=result.text,
        behaviour="Datanya rapi",
        symbol="jempol",
        form_key=uuid4(),
    )
    Feedback.objects.create(
        **said, giver=cast.andi, giver_kind="unit_lain", topic="umum", behaviour="Ramah", form_key=uuid4()
    )
    Feedback.objects.create(
        **said,
        giver=cast.dewi,
        giver_kind="pimpinan",
        topic="nilai",
        value="BP",
        behaviour="Kata yang dicabut",
        withdrawn_at=now,
        withdraw_reason="Salah orang",
        form_key=uuid4(),
    )
    return plan


def words_of(document):
    return " ".join(texts(pypdfium2.PdfDocument(bytes_of(document))))


def issued(plan, kind, period="akhir"):
    return issue_record(version=plan.versions.get(), kind=kind, period=period)


def test_only_evidence_that_counts_and_words_that_stand_get_on_paper(plan, cast):
    said = words_of(issued(plan, Kind.FEEDBACK))
    assert "FORMAT B.1.5" in said
    assert "7 bayi" in said
    assert "1 kegiatan diterima atasan" in said
    for words in ("Pimpinan", "Datanya rapi", "Pegawai unit lain", "Pekerjaan pada umumnya. Ramah."):
        assert words in said
    for secret in ("97 bayi", "90 bayi", "57 bayi", "Kata yang dicabut", "Salah orang", cast.andi.name):
        assert secret not in said
    assert said.count(cast.dewi.name) == 2, "as appraiser at the head and beside the signature, never as a giver"


def test_action_plan_and_realisation_are_numbered_alike(plan):
    documented = words_of(issued(plan, Kind.DOCUMENTED))
    assert "1. Sweeping desa (1 Desember" in documented
    assert "2. Rekap imunisasi" in documented
    assert "1. – 2. 1 dari 1 dokumen" in documented
    assert "Bayi diimunisasi: 7 bayi" in documented
    assert "1 dari 1" not in words_of(issued(plan, Kind.ACTIONS))


def test_the_same_content_is_the_same_document_and_new_feedback_makes_it_old(plan, cast):
    first = issued(plan, Kind.FEEDBACK)
    assert issued(plan, Kind.FEEDBACK).pk == first.pk
    Feedback.objects.filter(behaviour="Ramah").update(behaviour="Sangat ramah")
    second = issued(plan, Kind.FEEDBACK)
    assert second.pk != first.pk
    assert (check_code(second.code).latest, check_code(second.code).formats) == (True, "B.1.5")


def test_a_period_without_anything_prints_an_empty_form(plan, cast):
    early = issued(plan, Kind.FEEDBACK, f"{TODAY.year}-01-01")
    assert "7 bayi" not in words_of(early)
    assert "Datanya rapi" not in words_of(early)


@pytest.mark.parametrize("name", ["documents:record", "documents:record_file", "documents:record_of"])
@pytest.mark.parametrize(("who", "fits"), [("siti", True), ("dewi", True), ("agus", True), ("andi", False)])
def test_who_may_print_is_who_may_see_the_performance(plan, cast, sign_in, name, who, fits):
    """Andi gave feedback and may read it, but not the record of the one he gave it to."""
    about = cast.siti.pk if name == "documents:record_of" else plan.pk
    answer = sign_in(who).get(reverse(name, args=[about]), {"jenis": "umpan_balik"})
    assert answer.status_code == (403 if not fits else 302 if name == "documents:record_of" else 200)
    assert Document.objects.exists() == (fits and name == "documents:record_file")


def test_a_wrong_kind_or_period_is_not_found_and_a_person_without_plan_is_told(plan, cast, sign_in):
    client = sign_in("siti")
    for asked in ({"jenis": "skp"}, {"jenis": "umpan_balik", "periode": "1999-01-01"}, {}):
        assert client.get(reverse("documents:record_file", args=[plan.pk]), asked).status_code == 404
    assert client.get(reverse("documents:record", args=[plan.pk]), {"periode": "x"}).status_code == 404
    told = sign_in("andi").get(reverse("documents:record_of", args=[cast.andi.pk]))
    assert "setelah SKP disepakati" in told.content.decode()


def test_the_page_costs_the_same_whatever_was_said(plan, sign_in, django_assert_max_num_queries):
    client = sign_in("siti")
    client.get(reverse("documents:record", args=[plan.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("documents:record", args=[plan.pk]))
