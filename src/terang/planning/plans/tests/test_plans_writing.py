"""The screens of one's own plan, as an employee meets them: begin, write, hand in, take back, change."""

import re
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, TODAY

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.goals.models import Agreement, AgreementItem, Goal, KeyIndicator, YearTarget
from terang.planning.plans import services
from terang.planning.plans.models import Plan, PlanState, PlanTemplate, PlanVersion, VersionState
from terang.planning.plans.placement import form_of, open_years, placement_of
from terang.planning.plans.selectors import open_version
from terang.planning.plans.setting import setting_of
from terang.planning.plans.sources import (
    colleague_plans,
    from_last_plan,
    last_plan,
    leader_options,
    promised_results,
    templates_for,
)
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.rules.plans import (
    LeaderRow,
    Manual,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
    Step,
    Study,
    as_json,
    from_json,
)

HTMX = {"HTTP_HX_REQUEST": "true"}
CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
RESULT = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
DOCUMENT = PlanDocument(results=(RESULT,))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}
BEGIN, OWN = "/skp/mulai/", "/skp/"


@pytest.fixture(autouse=True)
def a_tuesday(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def begun(cast, name="andi", document=DOCUMENT, **year):
    return services.open_plan(
        actor=cast.viewer(name), employee=cast.people[name], document=document, **{**YEAR, **year}
    )


def agreed(cast, name="andi", appraiser="hendra", document=DOCUMENT, **year):
    version = begun(cast, name, document, **year)
    version = services.submit(actor=cast.viewer(name), version=version, seen=version.version)
    return services.agree(actor=cast.viewer(appraiser), version=version, seen=version.version)


def url(name, version, *args):
    return reverse(f"plans:{name}", args=[version.pk, *args])


def result_form(version, **change):
    form = {
        "version": version.version,
        "form_key": str(uuid.UUID(int=7)),
        "text": "KTP terbit dalam satu hari",
        "main": "1",
        "i-TOTAL_FORMS": "1",
        "i-INITIAL_FORMS": "0",
        "i-0-key": "neu",
        "i-0-text": "Permohonan yang selesai satu hari",
        "i-0-target": "80",
        "i-0-target_max": "90",
        "i-0-unit_label": "%",
        "i-0-aspects": ["kuantitas", "waktu"],
        "i-0-direction": "higher",
        "i-0-gathering": "latest",
        "s-TOTAL_FORMS": "1",
        "s-INITIAL_FORMS": "0",
        "s-0-text": "Jadwal loket dibagi",
        "s-0-due_on": "2026-12-15",
    }
    return {**form, **change}


def document_of(version):
    version.refresh_from_db()
    return from_json(version.document)


# Beginning


def test_who_has_no_plan_sees_the_own_place_and_where_to_begin(sign_in):
    page = sign_in("andi").get(OWN).content.decode()
    for text in (
        "Operator Layanan Operasional",
        "Bidang Pelayanan Pendaftaran Penduduk",
        "Hendra Saputra",
        "Mulai kosong",
    ):
        assert text in page
    assert page.partition("<dialog")[0].count("btn-primary") == 1


def test_an_empty_plan_begins_with_one_click_and_a_second_finds_it(sign_in, cast):
    client = sign_in("andi")
    for _ in range(2):
        answer = client.post(BEGIN, {"source": "kosong", "year": 2026})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/skp/?tahun=2026")
    plan = Plan.objects.get()
    assert (plan.period_start, plan.period_end, plan.post) == (
        date(2026, 1, 1),
        date(2027, 1, 1),
        cast.posts["register_officer"],
    )
    assert from_json(open_version(plan).document) == PlanDocument()


def test_the_next_year_opens_in_november_and_no_other_does(sign_in):
    assert open_years(date(2026, 10, 31)) == (2026,)
    client = sign_in("andi")
    assert "Tahun" in client.get(OWN).content.decode()
    assert client.post(BEGIN, {"source": "kosong", "year": 2027}).status_code == 303
    assert client.post(BEGIN, {"source": "kosong", "year": 2028}).status_code == 409
    assert "Belum saatnya" in client.get(f"{OWN}?tahun=2028").content.decode()
    assert [plan.period_start.year for plan in Plan.objects.all()] == [2027]


def test_who_holds_no_post_or_no_office_of_asn_begins_nothing(sign_in, cast):
    assert "tidak menyusun SKP" in sign_in("mayor").get(OWN).content.decode()
    assert sign_in("mayor").post(BEGIN, {"source": "kosong", "year": 2026}).status_code == 409
    cast.andi.assignments.update(ends_on=date(2026, 6, 1))
    assert "belum tercatat pada jabatan" in sign_in("andi").get(OWN).content.decode()
    assert sign_in("andi").post(BEGIN, {"source": "kosong", "year": 2026}).status_code == 409
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("kind", "head", "unit", "form"),
    [
        ("jpt", True, "dinas", "jpt"),
        ("jpt", False, "sekretariat", "jpt"),
        ("fungsional", True, "puskesmas", "jpt"),
        ("fungsional", True, "sekolah", "jpt"),
        ("administrator", True, "kecamatan", "jpt"),
        ("administrator", True, "rsud", "jpt"),
        ("pengawas", True, "uptd", "jpt"),
        ("administrator", True, "bidang", "ja"),
        ("pengawas", True, "kelurahan", "ja"),
        ("fungsional", False, "puskesmas", "ja"),
        ("pelaksana", False, "dinas", "ja"),
    ],
)
def test_the_form_follows_the_post(kind, head, unit, form):
    assert form_of(kind, head, unit) == form


def template(cast, name, **match):
    return PlanTemplate.objects.create(agency=cast.agency, name=name, document=as_json(DOCUMENT), **match)


def test_the_narrower_template_comes_first_and_foreign_ones_do_not(cast):
    for name, match in (
        ("D semua", {}),
        ("C jenis", {"kind": "fungsional"}),
        ("B rumpun", {"category": "perawat"}),
        ("A jabatan", {"title": "PERAWAT"}),
        ("X jenis lain", {"kind": "pelaksana"}),
        ("X rumpun lain", {"category": "guru"}),
        ("X jabatan lain", {"title": "Dokter", "category": "perawat"}),
        ("X pensiun", {"title": "Perawat", "retired_on": TODAY}),
    ):
        template(cast, name, **match)
    names = [each.name for each in templates_for(cast.posts["nurse"], cast.agency.pk)]
    assert names == ["A jabatan", "B rumpun", "C jenis", "D semua"]
    assert [each.name for each in templates_for(cast.posts["register_officer"], cast.agency.pk)] == [
        "X jenis lain",
        "D semua",
    ]


def test_a_plan_from_a_template_has_rows_of_its_own(sign_in, cast):
    row = template(cast, "Operator", title="Operator Layanan Operasional")
    client = sign_in("andi")
    assert "Templat: Operator" in client.get(OWN).content.decode()
    client.post(BEGIN, {"source": "templat", "row": row.pk, "year": 2026})
    document = from_json(PlanVersion.objects.get().document)
    assert [result.text for result in document.results] == ["KTP terbit tepat waktu"]
    assert document.results[0].key != "r1"
    assert document.results[0].indicators[0].key != "i1"
    stranger = PlanTemplate.objects.create(agency=other_agency(), name="Asing", document=as_json(DOCUMENT))
    assert sign_in("rina").post(BEGIN, {"source": "templat", "row": stranger.pk, "year": 2026}).status_code == 404


def other_agency():
    return Agency.objects.create(code="99.72", name="Pemerintah Kota Lain", kind="kota")


def test_last_year_comes_with_its_days_moved_and_nothing_reached(cast):
    old = replace(RESULT, steps=(Step("Jadwal", "2026-02-28"), Step("Kabisat", "2024-02-29"), Step("Kapan saja", "")))
    agreed(cast, document=replace(DOCUMENT, results=(old,), behaviour={"BP": "Menjawab hari itu juga"}))
    last = last_plan(cast.andi, date(2027, 1, 1))
    document = from_last_plan(last, "ja", 2027)
    assert [step.due_on for step in document.results[0].steps] == ["2027-02-28", "2027-02-28", ""]
    assert document.results[0].key != "r1", "what was reached last year belongs to the old rows"
    assert document.behaviour == {"BP": "Menjawab hari itu juga"}
    assert last_plan(cast.andi, date(2026, 1, 1)) is None


def test_next_year_begins_from_this_year_with_one_click(sign_in, cast):
    agreed(cast)
    client = sign_in("andi")
    assert "Salin yang lalu" in client.get(f"{OWN}?tahun=2027").content.decode()
    client.post(BEGIN, {"source": "lalu", "year": 2027})
    assert document_of(PlanVersion.objects.get(plan__period_start=date(2027, 1, 1))).results[0].text == RESULT.text


def test_a_colleague_gives_results_but_no_personal_expectations(sign_in, cast):
    personal = replace(
        DOCUMENT,
        results=(replace(RESULT, acting=True, vital="keselamatan"),),
        behaviour={"AK": "Lebih teliti"},
        study=Study("Universitas Melati", "S-2"),
    )
    version = agreed(cast, "rina", document=personal)
    version.document["results"][0] |= {"assigned_by": "Ketua Tim", "approved": True}
    version.save()
    client = sign_in("andi")
    assert "Rina Marlina" in client.get("/skp/mulai/rekan/?tahun=2026").content.decode()
    assert "Rina Marlina" not in client.get("/skp/mulai/rekan/?q=Joko").content.decode()
    client.post(BEGIN, {"source": "rekan", "row": version.pk, "year": 2026})
    document = document_of(PlanVersion.objects.get(plan__employee=cast.andi))
    assert (document.behaviour, document.study) == ({}, None)
    copied = document.results[0]
    assert (copied.text, copied.acting, copied.vital) == (RESULT.text, False, "")


def test_of_each_colleague_the_latest_plan_is_offered(cast):
    agreed(cast, "rina", period_start=date(2025, 12, 1), period_end=date(2026, 1, 1))
    latest = agreed(cast, "rina")
    assert list(colleague_plans(cast.andi, cast.posts["register_officer"], TODAY)) == [latest]


def test_only_agreed_plans_of_the_same_post_are_offered(sign_in, cast):
    begun(cast, "rina")
    other = agreed(cast, "hendra", "sri")
    assert not colleague_plans(cast.andi, cast.posts["register_officer"], TODAY).exists()
    assert sign_in("andi").post(BEGIN, {"source": "rekan", "row": other.pk, "year": 2026}).status_code == 404


def entry(cast, code="K1", **change):
    row = {
        "result": "Bayi mendapat imunisasi lengkap",
        "text": "Persentase bayi dengan imunisasi lengkap",
        "unit_label": "%",
        "target_milli": 80_000,
        "target_max_milli": 90_000,
        "aspect": "kualitas",
        "gathering": "latest",
        "definition": "Bayi 0–11 bulan",
        "family": "perawat",
        "measure": "task_completion",
    }
    return DictionaryEntry.objects.create(agency=cast.agency, code=code, **{**row, **change})


def test_ticked_entries_of_the_dictionary_come_in_whole(sign_in, cast):
    first, second = entry(cast), entry(cast, "K2", result="Ibu hamil terlayani", family="")
    foreign = entry(cast, "K3", result="Murid tuntas belajar", family="guru")
    client = sign_in("siti")
    answer = client.post(BEGIN, {"source": "kamus", "year": 2026})
    version = PlanVersion.objects.get()
    assert answer.headers["Location"] == url("dictionary", version)
    page = client.get(url("dictionary", version)).content.decode()
    assert "80–90" in page
    assert "Murid tuntas belajar" not in page
    form = {"version": version.version, "butir": [first.pk, second.pk, foreign.pk]}
    assert client.post(url("dictionary", version), form).status_code == 303
    assert client.post(url("dictionary", version), form).status_code == 303, "the same click twice"
    results = document_of(version).results
    assert [result.text for result in results] == ["Bayi mendapat imunisasi lengkap", "Ibu hamil terlayani"]
    indicator = results[0].indicators[0]
    assert (indicator.entry_id, indicator.measure, indicator.aspects) == (first.pk, "task_completion", ("kualitas",))
    assert (indicator.target_milli, indicator.target_max_milli) == (80_000, 90_000)


# Writing


def test_a_result_is_written_with_its_indicator_and_steps_in_one_form(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    assert client.get(url("result_new", version)).status_code == 200
    answer = client.post(url("result_new", version), result_form(version))
    assert answer.status_code == 303
    assert "#r-" in answer.headers["Location"]
    new = document_of(version).results[1]
    assert (new.text, new.main, new.steps) == (
        "KTP terbit dalam satu hari",
        True,
        (Step("Jadwal loket dibagi", "2026-12-15"),),
    )
    indicator = new.indicators[0]
    assert (indicator.key, indicator.target_milli, indicator.target_max_milli) == ("neu", 80_000, 90_000)
    assert (indicator.aspects, indicator.gathering, indicator.unit_label) == (("kuantitas", "waktu"), "latest", "%")
    page = client.get(OWN).content.decode()
    assert "80–90\u00a0%" in page
    assert "Permohonan yang selesai satu hari" in page


def test_the_same_form_twice_is_one_result(sign_in, cast):
    version = begun(cast)
    form = result_form(version)
    answers = [sign_in("andi").post(url("result_new", version), form).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(document_of(version).results) == 2


def test_a_stale_page_overwrites_nothing(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    assert client.post(url("result_new", version), result_form(version)).status_code == 303
    late = result_form(version, form_key=str(uuid.UUID(int=8)), text="Arsip tertata", **{"i-0-key": "other"})
    assert client.post(url("result_new", version), late).status_code == 409
    assert [result.text for result in document_of(version).results] == [RESULT.text, "KTP terbit dalam satu hari"]


def test_nothing_typed_is_lost_on_an_error(sign_in, cast):
    version = begun(cast)
    form = result_form(version, **{"i-0-target": "delapan puluh", "s-0-text": ""})
    answer = sign_in("andi").post(url("result_new", version), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("KTP terbit dalam satu hari", "delapan puluh", "Permohonan yang selesai satu hari", "2026-12-15"):
        assert text in page
    assert "Tuliskan angka" in page
    assert document_of(version) == DOCUMENT


def edit_form(version, **change):
    """The form of the first result as the page gives it."""
    return result_form(
        version,
        **{
            "text": RESULT.text,
            "i-INITIAL_FORMS": "1",
            "i-0-key": "i1",
            "i-0-text": CARDS.text,
            "i-0-target": "960",
            "i-0-target_max": "",
            "i-0-unit_label": "dokumen",
            "i-0-aspects": ["kuantitas"],
            "i-0-gathering": "sum",
            "s-0-text": "",
            "s-0-due_on": "",
            **change,
        },
    )


def test_an_edit_keeps_keys_and_what_the_form_does_not_ask(sign_in, cast):
    known = replace(CARDS, measure="task_completion", share_bp=4000)
    version = begun(cast, document=PlanDocument(results=(replace(RESULT, indicators=(known,), cell_id=4),)))
    client = sign_in("andi")
    page = client.get(url("result", version, "r1")).content.decode()
    assert 'value="960"' in page
    assert "Jumlah KTP terbit" in page
    assert client.post(url("result", version, "r1"), edit_form(version, **{"i-0-target": "1.200"})).status_code == 303
    row = document_of(version).results[0]
    assert row == replace(RESULT, indicators=(replace(known, target_milli=1_200_000),), cell_id=4)


def test_an_indicator_ticked_for_removal_goes_and_an_empty_one_never_comes(sign_in, cast):
    two = replace(RESULT, indicators=(CARDS, replace(CARDS, key="i2", text="Waktu terbit")))
    version = begun(cast, document=PlanDocument(results=(two,)))
    more = {
        "i-TOTAL_FORMS": "3", "i-INITIAL_FORMS": "2", "i-0-DELETE": "on",
        "i-1-key": "i2", "i-1-text": "Waktu terbit", "i-1-target": "960", "i-1-unit_label": "dokumen",
        "i-1-aspects": ["kuantitas"], "i-1-direction": "higher", "i-1-gathering": "sum",
        "i-2-key": "i3", "i-2-aspects": ["kuantitas"], "i-2-direction": "higher", "i-2-gathering": "sum",
    }  # fmt: skip
    assert sign_in("andi").post(url("result", version, "r1"), edit_form(version, **more)).status_code == 303
    assert [indicator.key for indicator in document_of(version).results[0].indicators] == ["i2"]


def test_the_dictionary_fills_an_indicator_and_keeps_what_was_typed(sign_in, cast):
    row = entry(cast)
    version = begun(cast, "siti")
    client = sign_in("siti")
    typed = result_form(version, kamus=row.pk, **{"i-0-text": "", "i-0-target": "", "i-0-target_max": ""})
    page = client.post(url("result_new", version), typed, **HTMX).content.decode()
    assert "KTP terbit dalam satu hari" in page
    assert "Persentase bayi dengan imunisasi lengkap" in page
    assert 'value="80"' in page
    assert "<html" not in page
    assert document_of(version) == DOCUMENT, "nothing is saved yet"
    more = client.post(url("result_new", version), result_form(version, tambah="1")).content.decode()
    assert 'name="i-1-text"' in more


def test_a_filled_indicator_keeps_its_measure_when_saved(sign_in, cast):
    row = entry(cast)
    version = begun(cast, "siti")
    assert (
        sign_in("siti").post(url("result_new", version), result_form(version, **{"i-0-entry": row.pk})).status_code
        == 303
    )
    indicator = document_of(version).results[1].indicators[0]
    assert (indicator.entry_id, indicator.measure) == (row.pk, "task_completion")


def test_rows_are_moved_and_removed_and_a_second_click_does_no_harm(sign_in, cast):
    rows = tuple(replace(RESULT, key=key, text=key, indicators=()) for key in ("a", "b", "c"))
    side = replace(RESULT, key="x", text="x", main=False, indicators=())
    version = begun(cast, document=PlanDocument(results=(side, *rows)))
    client, seen = sign_in("andi"), version.version
    for _ in range(2):
        assert client.post(url("result_move", version, "c"), {"version": seen, "ke": 1}).status_code == 303
    assert [result.key for result in document_of(version).results] == ["c", "a", "b", "x"]
    client.post(url("result_move", version, "x"), {"version": seen + 1, "ke": 1})
    assert [result.key for result in document_of(version).results][-1] == "x", (
        "additional ones stay behind the main ones"
    )
    seen = version.version
    answer = client.post(url("result_remove", version, "a"), {"version": seen}, **HTMX)
    assert answer.status_code == 200
    assert 'id="plan"' in answer.content.decode()
    assert client.post(url("result_remove", version, "a"), {"version": seen}).status_code == 303
    assert [result.key for result in document_of(version).results] == ["c", "b", "x"]
    assert client.post(url("result_remove", version, "b"), {"version": seen - 1}).status_code == 409


def test_work_as_acting_official_is_always_main(sign_in, cast):
    version = begun(cast)
    sign_in("andi").post(url("result_new", version), result_form(version, main="0", acting="on"))
    row = document_of(version).results[1]
    assert (row.main, row.acting) == (True, True)


def test_work_given_by_another_leader_waits_for_the_appraiser(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    given = result_form(version, assigned_by="Kepala Badan", assigner="Maya Lestari")
    assert client.post(url("result_new", version), given).status_code == 303
    row = document_of(version).results[1]
    assert (row.assigner_id, row.approved, row.assigned_by) == (cast.maya.pk, None, "Kepala Badan")
    page = client.get(OWN).content.decode()
    assert "menunggu persetujuan penilai" in page
    wrong = result_form(version, assigner="Tidak Ada", form_key=str(uuid.uuid4()))
    assert "Tidak ada pegawai" in client.post(url("result_new", version), wrong).content.decode()


@pytest.mark.parametrize(("typed", "told"), [("a", "Tulis nama lengkap atau NIP"), ("19", "Tidak ada pegawai")])
def test_few_letters_list_nobody(sign_in, cast, typed, told):
    version = begun(cast)
    page = sign_in("andi").post(url("result_new", version), result_form(version, assigner=typed)).content.decode()
    assert told in page
    assert cast.maya.name not in page


def test_people_of_one_name_are_told_apart_by_their_posts(sign_in, cast):
    Employee.objects.filter(pk=cast.tono.pk).update(name="Maya Lestari")
    version = begun(cast)
    sent = result_form(version, assigner="maya les")
    page = sign_in("andi").post(url("result_new", version), sent).content.decode()
    assert "Maya Lestari (Kepala Badan, Badan Kepegawaian Daerah)" in page
    assert cast.maya.nip not in page


def test_the_name_of_the_giver_keeps_the_giver(sign_in, cast):
    given = replace(RESULT, assigned_by="Kepala Badan", assigner_id=cast.maya.pk)
    version = begun(cast, document=PlanDocument(results=(given,)))
    client = sign_in("andi")
    page = client.get(url("result", version, "r1")).content.decode()
    assert "Maya Lestari" in page
    assert cast.maya.nip not in page
    Employee.objects.filter(pk=cast.tono.pk).update(name="Maya Lestari")
    sent = result_form(version, assigned_by="Kepala Badan", assigner="Maya Lestari")
    assert client.post(url("result", version, "r1"), sent).status_code == 303
    assert document_of(version).results[0].assigner_id == cast.maya.pk


def test_the_leaders_rows_are_offered_and_silence_blocks_nobody(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    assert "Rencana pimpinan belum ada" in client.get(url("result_new", version)).content.decode()
    above = agreed(cast, "hendra", "sri", PlanDocument(results=(replace(RESULT, key="h1", text="Layanan cepat"),)))
    assert "Layanan cepat" in client.get(url("result_new", version)).content.decode()
    assert client.post(url("result_new", version), result_form(version, leader="h1")).status_code == 303
    leader = document_of(version).results[1].leader
    assert (leader.text, leader.result_id) == ("Layanan cepat", above.plan.results.get().pk)


def test_of_a_leading_official_each_indicator_can_be_served(cast):
    two = (replace(CARDS, key="a", text="Waktu"), replace(CARDS, key="b", text="Jumlah"))
    begun(cast, "sri", PlanDocument(form="jpt", results=(replace(RESULT, indicators=two),)))
    options = leader_options(placement_of(cast.hendra, TODAY), TODAY)
    assert [(option.value, option.row.indicator_text) for option in options] == [("r1.a", "Waktu"), ("r1.b", "Jumlah")]
    assert leader_options(placement_of(cast.andi, TODAY), TODAY) == ()


def test_a_leader_row_that_stands_in_no_plan_is_kept(sign_in, cast):
    row = LeaderRow("Dari matriks", result_id=None)
    version = begun(cast, document=PlanDocument(results=(replace(RESULT, leader=row),)))
    client = sign_in("andi")
    assert "Dari matriks" in client.get(url("result", version, "r1")).content.decode()
    client.post(url("result", version, "r1"), edit_form(version, leader="tetap", text="KTP terbit cepat"))
    assert document_of(version).results[0].leader == row


def test_in_words_one_narrative_takes_the_place_of_numbers(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    client.post(url("approach", version), {"version": version.version, "approach": "kualitatif"})
    version.refresh_from_db()
    page = client.get(url("result_new", version)).content.decode()
    assert "i-0-target_text" in page
    assert "i-0-unit_label" not in page
    client.post(url("result_new", version), result_form(version, **{"i-0-target_text": "Selesai sebelum Mei"}))
    indicator = document_of(version).results[1].indicators[0]
    assert (indicator.target_text, indicator.target_milli) == ("Selesai sebelum Mei", None)


def test_leading_officials_write_perspective_and_manual(sign_in, cast):
    version = begun(cast, "sri", PlanDocument(form="jpt"))
    client = sign_in("sri")
    assert "Manual indikator" in client.get(url("result_new", version)).content.decode()
    form = result_form(version, **{"i-0-perspective": "anggaran", "i-0-purpose": "Hemat", "i-0-rhythm": "triwulanan"})
    assert client.post(url("result_new", version), form).status_code == 303
    indicator = document_of(version).results[0].indicators[0]
    assert (indicator.perspective, indicator.manual) == ("anggaran", Manual(purpose="Hemat", rhythm="triwulanan"))


def drafted(cast):
    """An indicator of the unit with a target of the year; nothing is signed."""
    unit = cast.units["dukcapil"]
    words = {"code": "S1", "kind": "program", "text": "Dokumen terbit", "year_start": 2026, "year_end": 2026}
    goal = Goal.objects.create(agency=cast.agency, unit=unit, **words)
    indicator = KeyIndicator.objects.create(goal=goal, number=1, text="Persentase tepat waktu", unit_label="%")
    YearTarget.objects.create(indicator=indicator, year=2026, target_milli=95_000)
    return indicator


def test_before_the_signing_the_draft_can_be_used_and_only_hints(sign_in, cast):
    indicator = drafted(cast)
    version = begun(cast, "sri", PlanDocument(form="jpt"))
    (promise,) = setting_of(version.plan).promised
    assert (promise.pk, promise.target_milli, promise.draft) == (indicator.pk, 95_000, True)
    client = sign_in("sri")
    assert "Tambahkan 1 indikator Perjanjian Kinerja" in client.get(OWN).content.decode()
    assert client.post(url("promises", version), {"version": version.version}).status_code == 303
    row = document_of(version).results[0]
    assert (row.goal_indicator_id, row.indicators[0].target_milli) == (indicator.pk, 95_000)


def test_in_the_first_week_of_the_year_there_is_no_draft_yet(cast, monkeypatch):
    drafted(cast)
    version = begun(cast, "sri", PlanDocument(form="jpt"))
    for day, found in ((7, 0), (8, 1)):
        monkeypatch.setattr(timezone, "now", lambda day=day: NOW.replace(month=1, day=day))
        assert len(setting_of(version.plan).promised) == found


def test_an_indicator_of_a_leading_official_names_the_promise_it_stands_for(sign_in, cast):
    indicator = drafted(cast)
    version = begun(cast, "sri", PlanDocument(form="jpt", results=(replace(RESULT, level="outcome"),)))
    client = sign_in("sri")
    assert "draf: Persentase tepat waktu" in client.get(url("result", version, "r1")).content.decode()
    sent = result_form(version, level="outcome") | {"i-0-key": "i1", "i-0-promise": str(indicator.pk)}
    assert client.post(url("result", version, "r1"), sent).status_code == 303
    assert document_of(version).results[0].indicators[0].goal_indicator_id == indicator.pk
    assert promised_results(version.plan)[0].goal_indicator_id == indicator.pk


def test_what_the_unit_promised_comes_in_with_one_click(sign_in, cast):
    goal = Goal.objects.create(
        agency=cast.agency, unit=cast.units["dukcapil"], kind="sasaran_renstra", code="1", text="Dokumen tepat waktu",
        year_start=2025, year_end=2029,
    )  # fmt: skip
    promised = KeyIndicator.objects.create(goal=goal, number=1, text="Persentase tepat waktu", unit_label="%")
    agreement = Agreement.objects.create(
        unit=cast.units["dukcapil"], year=2026, giver=cast.sri, giver_title="Kepala Dinas", signed_on=TODAY
    )
    words = {"goal_text": goal.text, "text": promised.text, "unit_label": "%"}
    AgreementItem.objects.create(agreement=agreement, indicator=promised, target_milli=95_000, **words)
    version = begun(cast, "sri", PlanDocument(form="jpt"))
    client, seen = sign_in("sri"), version.version
    assert "Tambahkan 1 indikator Perjanjian Kinerja" in client.get(OWN).content.decode()
    for _ in range(2):
        assert client.post(url("promises", version), {"version": seen}).status_code == 303
    row = document_of(version).results
    assert [(each.text, each.goal_indicator_id, each.indicators[0].target_milli) for each in row] == [
        ("Dokumen tepat waktu", promised.pk, 95_000)
    ]
    assert "Tambahkan 1 indikator" not in client.get(OWN).content.decode()


def test_behaviour_annex_and_study_leave_are_written(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    client.post(url("behaviour", version), {"version": version.version, "BP": " Menjawab hari itu "})
    assert document_of(version).behaviour == {"BP": "Menjawab hari itu"}
    client.post(url("annex", version), {"version": version.version, "semua": "1"})
    document = document_of(version)
    assert all((document.resources, document.reports, document.consequences))
    study = {"version": version.version, "institution": "Universitas Melati", "level": "S-2", "grade_point": "3,5"}
    client.post(url("study", version), study)
    assert document_of(version).study == Study("Universitas Melati", "S-2", grade_point_centi=350)
    assert "akreditasi perguruan tinggi untuk melihat panduan" in client.get(url("study", version)).content.decode()
    refused = client.post(url("study", version), {**study, "version": version.version, "grade_point": "4,5"})
    assert (refused.status_code, document_of(version).study.grade_point_centi) == (422, 350)


def test_a_suggestion_is_added_beside_what_was_typed(sign_in, cast):
    version = begun(cast)
    blank = {f"{part}-{name}": value for part in ("reports", "consequences") for name, value in
             (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))}  # fmt: skip
    form = {
        **blank, "version": version.version, "saran": "reports-0", "resources-TOTAL_FORMS": "1",
        "resources-INITIAL_FORMS": "0", "resources-0-kind": "sdm", "resources-0-text": "Dua tenaga bantu",
    }  # fmt: skip
    client = sign_in("andi")
    assert client.post(url("annex", version), form).status_code == 303
    document = document_of(version)
    assert [row.text for row in document.resources] == ["Dua tenaga bantu"]
    assert len(document.reports) == 1
    wrong = {**form, "saran": "", "version": version.version, "resources-0-text": "", "resources-0-kind": "anggaran"}
    assert client.post(url("annex", version), wrong).status_code == 422


def test_hints_come_while_typing_and_never_block(sign_in, cast):
    client = sign_in("andi")
    assert (
        "seperti kegiatan"
        in client.get("/skp/petunjuk/", {"text": "Menyusun laporan bulanan"}, **HTMX).content.decode()
    )
    assert client.get("/skp/petunjuk/", {"text": "Laporan tersedia tepat waktu"}).content.strip() == b""
    version = begun(cast, document=PlanDocument(results=(replace(RESULT, text="Menyusun laporan bulanan"),)))
    page = client.get(OWN).content.decode()
    assert "seperti kegiatan" in page
    assert "Ajukan rencana ini?" in page
    assert client.post(url("submit", version), {"version": version.version}).status_code == 303


# Handing in, taking back, changing


def test_a_plan_with_errors_shows_them_and_cannot_be_handed_in(sign_in, cast):
    version = begun(cast, document=PlanDocument(results=(replace(RESULT, indicators=()),)))
    client = sign_in("andi")
    page = client.get(OWN).content.decode()
    card = page[page.index('id="r-r1"') :]
    assert "belum punya indikator" in card
    assert "Ajukan rencana ini?" not in page
    assert client.post(url("submit", version), {"version": version.version}).status_code == 409
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_handing_in_says_until_when_and_can_be_taken_back(sign_in, cast):
    version = begun(cast)
    client = sign_in("andi")
    assert "Hendra Saputra menjawab paling lambat 1 Desember 2026" in client.get(OWN).content.decode()
    for _ in range(2):
        assert client.post(url("submit", version), {"version": 1}).status_code == 303
    page = client.get(OWN).content.decode()
    assert "Hendra Saputra menjawab paling lambat 1 Desember 2026" in page
    assert "Tambah hasil kerja" not in page
    assert client.get(url("result_new", version)).status_code == 409
    assert client.post(url("withdraw", version), {"version": 1}).status_code == 409, "a stale page"
    for _ in range(2):
        assert client.post(url("withdraw", version), {"version": 2}).status_code == 303
    assert "Tambah hasil kerja" in client.get(OWN).content.decode()


def test_an_agreed_plan_is_opened_for_a_change_with_a_reason_and_given_up_again(sign_in, cast):
    first = agreed(cast)
    client = sign_in("andi")
    change = reverse("plans:own_change", args=[first.plan_id])
    assert "Disepakati Hendra Saputra" in client.get(OWN).content.decode()
    refused = client.post(change, {"reason": " "})
    assert refused.status_code == 422
    assert "Alasan perubahan" in refused.content.decode()
    for _ in range(2):
        assert client.post(change, {"reason": "Blangko berkurang"}).status_code == 303
    assert client.post(change, {"reason": "Alasan lain"}).status_code == 409
    version = PlanVersion.objects.get(number=2)
    assert "Blangko berkurang" in client.get(OWN).content.decode()
    assert client.post(url("discard", version), {"version": version.version}).status_code == 302
    version.refresh_from_db()
    assert (version.state, Plan.objects.get().state) == (VersionState.DISCARDED, PlanState.AGREED)
    assert "Disepakati Hendra Saputra" in client.get(OWN).content.decode()


def test_what_the_appraiser_said_stands_beside_the_row(sign_in, cast):
    version = begun(cast)
    version = services.submit(actor=cast.viewer("andi"), version=version, seen=version.version)
    hendra = cast.viewer("hendra")
    services.comment(actor=hendra, version=version, row_key="r1", text="Berapa per bulan?", form_key=uuid.uuid4())
    services.discuss(actor=hendra, version=version, seen=version.version)
    page = sign_in("andi").get(OWN).content.decode()
    assert "Berapa per bulan?" in page[page.index('id="r-r1"') :]
    assert "ajukan lagi" in page


def test_nobody_opens_or_writes_anothers_plan(sign_in, cast):
    version = begun(cast)
    for name in ("rina", "hendra", "maya"):
        client = sign_in(name)
        assert client.get(url("result", version, "r1")).status_code == 404
        assert client.post(url("submit", version), {"version": version.version}).status_code == 404
    assert document_of(version) == DOCUMENT


def test_after_a_move_the_rest_of_the_year_gets_its_own_plan(sign_in, cast):
    plan = agreed(cast).plan
    services.close_plan(actor=None, plan=plan, on=TODAY, reason="Mutasi")
    client = sign_in("andi")
    assert "ditutup sebelum 24 November 2026" in client.get(OWN).content.decode()
    client.post(BEGIN, {"source": "kosong", "year": 2026})
    assert sorted(each.period_start for each in Plan.objects.all()) == [date(2026, 1, 1), TODAY]


def many(count):
    rows = (
        replace(RESULT, key=f"r{n}", indicators=(replace(CARDS, key=f"i{n}"), replace(CARDS, key=f"j{n}")))
        for n in range(count)
    )
    return PlanDocument(results=tuple(rows))


def test_the_page_of_a_plan_costs_the_same_whatever_its_length(sign_in, cast):
    counts = []
    version = begun(cast)
    for document in (many(3), many(12)):
        version = services.write_document(
            actor=cast.viewer("andi"), version=version, seen=version.version, document=document
        )
        client = sign_in("andi")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(OWN).content.decode()
        counts.append(len(queries))
    assert len(re.findall(r'<article class="card stack" id="r-', page)) == 12
    assert counts[0] == counts[1]
    assert counts[0] <= 30


def test_the_page_of_a_result_costs_the_same_whatever_its_length(sign_in, cast):
    counts = []
    version = begun(cast)
    for count in (1, 9):
        indicators = tuple(replace(CARDS, key=f"i{n}") for n in range(count))
        document = PlanDocument(results=(replace(RESULT, indicators=indicators),))
        version = services.write_document(
            actor=cast.viewer("andi"), version=version, seen=version.version, document=document
        )
        client = sign_in("andi")
        with CaptureQueriesContext(connection) as queries:
            client.get(url("result", version, "r1"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_of_colleagues_costs_the_same_whatever_its_length(sign_in, cast):
    counts = []
    agreed(cast, "rina")
    for count in (0, 6):
        for number in range(count):
            copied(cast, number)
        client = sign_in("andi")
        with CaptureQueriesContext(connection) as queries:
            client.get("/skp/mulai/rekan/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def copied(cast, number):
    """Another colleague with an agreed plan."""
    person = Employee.objects.create(
        agency=cast.agency, nip=f"19950809202021{2100 + number}", name=f"Rekan {number}", status="pns", joined_on=TODAY
    )
    plan = Plan.objects.create(
        employee=person, post=cast.posts["register_officer"], unit=cast.units["register"], **YEAR
    )
    PlanVersion.objects.create(
        plan=plan, number=1, state=VersionState.AGREED, document=as_json(DOCUMENT), opened_at=NOW
    )


@pytest.mark.parametrize(("finishes", "results"), [("2026-08-31", 2), ("2028-08-31", 1), ("", 1)])
def test_v45_study_leave_brings_its_results_with_one_click_and_once(sign_in, cast, finishes, results):
    version = begun(cast, document=PlanDocument())
    client, place = sign_in("andi"), url("study", version)
    study = {
        "institution": "Universitas Melati",
        "level": "S-2",
        "university_accreditation": "A",
        "grade_point": "3,51",
        "finishes_on": finishes,
        "hasil": "1",
    }
    assert client.post(place, {"version": version.version, **study}).status_code in (302, 303)
    version.refresh_from_db()
    assert client.post(place, {"version": version.version, **study}).status_code in (302, 303)
    document = document_of(version)
    assert len(document.results) == results
    (average,) = document.results[0].indicators
    assert (average.target_milli, average.gathering) == (3_510, "latest")
    assert "IPK 3,51 pada S-2 setara ekspektasi “Sangat Baik”" in client.get(place).content.decode()
