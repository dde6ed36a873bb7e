"""The editor: what is written step by step is the policy, nothing is lost on the way, and problems stand where they
belong in plain words."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from terang.evaluation.drafts.beginnings import from_nothing
from terang.evaluation.drafts.editor import Editor, code_from
from terang.evaluation.drafts.fields import PercentField, typed_percent
from terang.evaluation.drafts.plainly import plainly
from terang.evaluation.drafts.steps import steps_of
from terang.evaluation.drafts.tests.conftest import typed
from terang.rules.policies import (
    PRESETS,
    digest,
    document_of,
    load_document,
    load_policy,
    load_preset,
    preset_text,
    problems_of,
    read_toml,
)


def posted(values):
    """Values as the browser's form, lists as several of one name."""
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)])
    return query


def saved_as_drawn(document):
    for step in steps_of(document):
        editor = Editor(document, step, ["guru"], posted(typed(document, step.slug)))
        assert editor.is_valid(), (step.slug, [form.errors for form in editor.forms()])
        document = editor.merged()
    return document


@pytest.mark.parametrize("code", PRESETS)
@pytest.mark.parametrize("as_written", [True, False])
def test_every_step_saved_as_it_is_drawn_leaves_the_policy_as_it_is(code, as_written):
    """Also for the file as people wrote it, in which what is usual may stand or be left out."""
    document = read_toml(preset_text(code)) if as_written else document_of(load_preset(code))
    assert digest(load_document(saved_as_drawn(document))) == digest(load_preset(code))


@settings(max_examples=40, deadline=None)
@given(
    weight=st.integers(1, 9_999),
    cap=st.integers(10_000, 12_000),
    least=st.integers(1, 1_000),
    missing=st.sampled_from(["share_out", "hold"]),
    days=st.tuples(st.integers(1, 180), st.integers(181, 365)),
    label=st.text(st.characters(whitelist_categories=["L", "N"]), min_size=1, max_size=60),
    code=st.sampled_from(PRESETS),
)
def test_whatever_numbers_a_policy_has_the_editor_keeps_them_to_the_last_hundredth(
    weight, cap, least, missing, days, label, code
):
    document = document_of(load_preset(code))
    first, second = document["aspects"][:2]
    rule = document["floors"][0] if document.get("floors") else None
    first |= {"weight_bp": weight, "label": label}
    second |= {"weight_bp": 10_000 - weight}
    first["measures"] = [
        {"code": "attendance_rate", "share_bp": 10_000, "cap_bp": cap, "min_answers": least, "missing": missing}
    ]
    second["measures"] = [{"code": "complaint_response", "share_bp": 10_000}]
    behaviour = [{"code": "punctuality", "share_bp": 10_000}]
    document |= {
        "aspects": [first, second],
        "warning_days": days[0],
        "action_days": days[1],
        "variants": [],
        "floors": [rule | {"subject": first["code"], "floor_bp": weight}] if rule else [],
        "ratings": {
            "work_result": {"aspects": [second["code"]], "above_bp": cap, "meets_bp": weight},
            "behaviour": {"above_bp": 9_000, "meets_bp": 7_000, "measures": behaviour},
        },
    }
    policy = load_document(document)
    assert load_document(saved_as_drawn(document)) == policy


@given(st.integers(0, 99_999))
def test_percent_is_read_as_it_was_drawn(value):
    assert PercentField().clean(typed_percent(value)) == value


@pytest.mark.parametrize("typed_text", ["abc", "12,345", "1.000", "-5", "1e3", "١٢%%"])
def test_percent_that_cannot_be_read_is_refused(typed_text):
    with pytest.raises(Exception, match="persen"):
        PercentField().clean(typed_text)


def test_a_name_becomes_a_code_once_and_two_of_the_same_name_stay_apart():
    assert (code_from("Hasil & dampak"), code_from("7 nilai"), code_from("…")) == (
        "hasil_dampak",
        "bagian_7_nilai",
        "bagian",
    )


def test_a_policy_is_written_from_nothing_without_seeing_its_file(office, write):
    """Every field a person needs, typed into the pages in their order."""
    draft = office.begin(from_nothing(office.cast.agency))
    write(draft, "dasar", {"dasar-valid_from": "2026-12-01", "dasar-period": "month"})
    for label, weight in (("Hasil kerja", "60"), ("Disiplin", "40")):
        row = f"bagian-{0 if label == 'Hasil kerja' else 1}"
        write(draft, "bagian", {f"{row}-label": label, f"{row}-weight_bp": weight})
    write(draft, "ukuran-a0", {"ukuran-0-code": "plan_achievement", "ukuran-0-share_bp": "100"})
    write(draft, "ukuran-a0", {"ukuran-0-cap_bp": "120", "ukuran-0-guards": ["accepted_report"]})
    write(draft, "ukuran-a1", {"ukuran-0-code": "attendance_rate", "ukuran-0-share_bp": "100"})
    limits = {"batas-standard_bp": "65", "batas-least_coverage_bp": "50"}
    ratings = {"hasil-aspects": ["hasil_kerja"], "hasil-above_bp": "90", "hasil-meets_bp": "70"}
    write(draft, "ambang", limits | ratings | {"perilaku-above_bp": "90", "perilaku-meets_bp": "70"})
    write(draft, "ukuran-perilaku", {"ukuran-0-code": "superior_review", "ukuran-0-share_bp": "100"})
    write(draft, "tindak-lanjut", {"standar-warning_days": "5", "standar-action_days": "10"})
    write(
        draft,
        "tindak-lanjut",
        {
            "lantai-0-subject": "berakhlak.akuntabel",
            "lantai-0-floor_bp": "60",
            "lantai-0-follow_up": "talk",
            "lantai-0-message": "Bicarakan dengan atasan.",
        },
    )
    reporting = {
        "umum-rhythm": "daily",
        "umum-grace_days": "1",
        "umum-remote_grace_days": "3",
        "umum-progress": "month",
    }
    write(draft, "catatan", reporting)
    draft.refresh_from_db()
    policy = load_policy(draft.text)
    assert [(each.code, each.weight_bp) for each in policy.aspects] == [("hasil_kerja", 6000), ("disiplin", 4000)]
    assert (policy.aspects[0].measures[0].cap_bp, policy.aspects[0].measures[0].guards) == (
        12_000,
        ("accepted_report",),
    )
    assert (policy.version, policy.agency_code, policy.code) == (2, "99.71", "terang")
    assert policy.floors[0].subject == "berakhlak.akuntabel"


def test_weights_that_do_not_add_up_are_kept_and_told_in_percent(office, write, client):
    draft = office.sound()
    assert write(draft, "bagian", {"bagian-0-weight_bp": "35,5"}).status_code == 302
    page = client.get(reverse("policy_drafts:step", args=[draft.pk, "bagian"])).content.decode()
    assert "Bobot aspek berjumlah 95,5\u00a0%, masih kurang 4,5\u00a0%." in page
    assert 'value="35,5"' in page
    assert "basis poin" not in page


def test_what_cannot_be_read_is_told_beside_the_field_and_nothing_is_written(office, write):
    draft = office.sound()
    answer = write(draft, "bagian", {"bagian-0-weight_bp": "empat puluh", "bagian-1-label": "Pelayanan"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tulis persen, misalnya 40 atau 12,5." in page
    assert 'value="empat puluh"' in page
    assert 'value="Pelayanan"' in page
    draft.refresh_from_db()
    assert draft.version == 0


def test_a_problem_stands_beside_its_field(office, client):
    document = read_toml(office.version.text)
    document["aspects"][0]["measures"][1] |= {"share_bp": 0, "min_answers": 2_000}
    draft = office.begin(document)
    client.force_login(office.cast.maya.user)
    page = client.get(reverse("policy_drafts:step", args=[draft.pk, "ukuran-a0"])).content.decode()
    for name, text in (
        ("share_bp", "isi dengan 0,01\u00a0% sampai 100\u00a0%"),
        ("min_answers", "isi dengan 1 sampai 1000"),
    ):
        error = page.split(f'id="id_ukuran-1-{name}_error"')[1].split("</p>")[0]
        assert text in error


def test_removed_rows_go_with_what_they_held_and_what_named_them_is_told(office, write, client):
    draft = office.sound()
    write(draft, "bagian", {"bagian-1-DELETE": "on", "bagian-0-weight_bp": "100"})
    draft.refresh_from_db()
    document = read_toml(draft.text)
    assert [each["code"] for each in document["aspects"]] == ["disiplin"]
    [problem] = problems_of(document)
    assert plainly(problem).startswith("Bagian “layanan” tidak ada")
    page = client.get(reverse("policy_drafts:step", args=[draft.pk, "ambang"])).content.decode()
    assert "Bagian “layanan” tidak ada" in page


def test_a_new_variant_begins_as_everybodys_list(office, write):
    draft = office.sound()
    write(draft, "varian", {"varian-0-label": "Perawat", "varian-0-applies_to": ["perawat"]})
    draft.refresh_from_db()
    policy = load_policy(draft.text)
    assert policy.aspects_for("perawat") == policy.aspects
    assert [step.slug for step in steps_of(read_toml(draft.text)) if "v0" in step.slug] == [
        "bagian-v0",
        "ukuran-v0a0",
        "ukuran-v0a1",
    ]


def test_a_stale_page_is_told_and_overwrites_nothing(office, write):
    draft = office.sound()
    write(draft, "bagian", {"bagian-0-label": "Kehadiran"})
    answer = write(draft, "bagian", {"version": 0, "bagian-0-label": "Lain"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lain" in page
    draft.refresh_from_db()
    assert read_toml(draft.text)["aspects"][0]["label"] == "Kehadiran"


@pytest.mark.parametrize("slug", ["ukuran-a9", "bagian-v0", "instrumen-3", "tiada"])
def test_steps_of_parts_that_do_not_exist_are_not_found(office, client, slug):
    draft = office.sound()
    client.force_login(office.cast.maya.user)
    assert client.get(reverse("policy_drafts:step", args=[draft.pk, slug])).status_code == 404


def test_every_problem_of_an_empty_policy_has_a_step_and_plain_words(office):
    document = from_nothing(office.cast.agency)
    problems = problems_of(document | {"version": 1, "code": "terang", "agency_code": "99.71"})
    steps = steps_of(document)
    assert len(problems) > 8
    for problem in problems:
        assert [step.slug for step in steps if step.holds(problem.path)], problem.path
        assert "_bp" not in plainly(problem)
        assert "[[" not in plainly(problem)


def test_a_step_in_its_turn_is_not_full_of_blame(office, write, client):
    """Nothing is told as missing before somebody could fill it in; once saved, or looked up, it is."""
    draft = office.begin(from_nothing(office.cast.agency))
    answer = write(draft, "dasar", {"lanjut": "1"})
    assert "Belum diisi." not in client.get(answer.url).content.decode()
    again = client.get(reverse("policy_drafts:step", args=[draft.pk, "dasar"])).content.decode()
    assert again.count("Belum diisi.") == 2
