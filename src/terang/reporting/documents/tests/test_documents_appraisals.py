"""Formats C.1.1 to C.1.3 and D.1.1 to D.1.3: their places against the regulation, what they say, and to whom."""

import io
import uuid
import zipfile
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse

from terang.evaluation.appraisals.services import Decision, answer_objection, decide_objection, file_objection
from terang.evaluation.appraisals.tests.conftest import city  # noqa: F401
from terang.reporting.documents import tasks
from terang.reporting.documents.appraisal_sheets import (
    Dispute,
    Judged,
    Marks,
    evaluation_sheet,
    result_sheet,
)
from terang.reporting.documents.models import Document, Kind, PacketState, Shape
from terang.reporting.documents.packets import ask_packet
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import issue_appraisal
from terang.reporting.documents.sheets import Party
from terang.reporting.documents.tests.documents_cases import document_of, occasion_of
from terang.reporting.documents.tests.test_documents_issuing import agreed, own_vault  # noqa: F401
from terang.reporting.documents.tests.test_documents_layout import place, texts, vertical_rules
from terang.reporting.documents.tests.test_documents_records import THIRD, drawn, recorded_of
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotNow

JUDGED = Judged(
    organisation="baik",
    marks=Marks("meets", "below", "butuh_perbaikan"),
    notes="Perlu pendampingan.",
    decided_on=date(2026, 10, 20),
    received_on=date(2026, 10, 22),
    superior=Party("Sri Contoh", "1", "", "Kepala Dinas", "Dinas"),
    pattern=rule_set("curve").values["heights"]["baik"],
)
FILED = Dispute(date(2026, 10, 25), "Umpan balik tidak lengkap.", "Sudah dibahas.")
CHANGED = replace(FILED, reason="Bukti baru.", day=date(2026, 11, 2), changed=Marks("meets", "meets", "baik"))
RESULTS = {
    "bidan_penyelia": ("C.1.1", (51.1, 80.4, 240.3, 455.1, 490.9, 660.7, 873.4), 272.6),  # p. 105
    "direktur_ii": ("C.1.2", (43.9, 78.7, 199.9, 384.3, 440.9, 526.0, 696.1, 894.6, 242.9, 469.5, 660.9), 291.4),  # 108
    "kasubdit_ii": (
        "C.1.3",
        (35.4, 76.9, 197.5, 297.8, 368.7, 503.3, 602.6, 716.0, 906.4, 69.7, 247.0, 480.7, 29.8, 72.5, 490.6, 710.4),
        279.8,
    ),  # p. 111, 113
}
EVALUATIONS = {
    "D.1.1": (JUDGED, (79.6, 100.9, 292.3, 306.3, 547.5)),  # p. 115
    "D.1.2": (replace(JUDGED, instead=True), (79.6, 104.7, 291.9, 306.2, 547.5)),  # p. 116
    "D.1.3": (replace(JUDGED, dispute=CHANGED), (79.6, 104.7, 292.3, 306.4, 547.5)),  # p. 118
}


def result_pdf(name, judged=JUDGED):
    document = document_of(name)
    return drawn(result_sheet(document, recorded_of(document), occasion_of(name), THIRD, judged))


def evaluation_pdf(judged):
    return drawn(evaluation_sheet(occasion_of("bidan_penyelia"), THIRD, judged))


def in_order(whole, *wanted):
    at = 0
    for words in wanted:
        assert words in whole[at:], f"{words} is not where it belongs"
        at = whole.index(words, at)


@pytest.mark.parametrize("name", RESULTS)
def test_results_stand_where_the_regulation_has_them(name):
    number, rules, top = RESULTS[name]
    pdf = result_pdf(name)
    assert {page.get_size() for page in pdf} == {(936, 612)}
    found = set().union(*(vertical_rules(page) for page in pdf))
    for wanted in rules:
        assert any(abs(wanted - rule) <= 1 for rule in found), f"no rule at {wanted}: {sorted(found)}"
    assert place(pdf[0], "CAPAIAN")[2] == pytest.approx(top, abs=8)
    in_order(
        " ".join(texts(pdf)),
        f"FORMAT {number} HASIL EVALUASI KINERJA PEGAWAI",
        "PERIODE***: TRIWULAN I/II/III/IV-AKHIR*",
        "CAPAIAN KINERJA ORGANISASI* ISTIMEWA/ BAIK/",
        "POLA DISTRIBUSI",
        "A. UTAMA",
        "B. TAMBAHAN",
        "RATING HASIL KERJA* DIATAS EKSPEKTASI/",
        "PERILAKU KERJA",
        "Kolaboratif",
        "RATING PERILAKU KERJA*",
        "PREDIKAT KINERJA PEGAWAI* SANGAT BAIK/",
        "Pejabat Penilai Kinerja (Nama)",
        "* pilih salah satu",
    )


def test_a_result_marks_what_counts_and_tells_what_was_before():
    document = document_of("bidan_penyelia")
    sheet = result_sheet(
        document, recorded_of(document), occasion_of("bidan_penyelia"), THIRD, replace(JUDGED, dispute=CHANGED)
    )
    assert [each["text"] for each in sheet["predicate"] if each["chosen"]] == ["BAIK"]
    assert [each["text"] for each in sheet["behaviour_rating"] if each["chosen"]] == ["SESUAI EKSPEKTASI"]
    assert (sheet["work_before"], "BUTUH PERBAIKAN" in sheet["predicate_before"]) == ("", True)


@pytest.mark.parametrize("number", EVALUATIONS)
def test_evaluation_documents_stand_where_the_regulation_has_them(number):
    judged, rules = EVALUATIONS[number]
    pdf = evaluation_pdf(judged)
    assert [page.get_size() for page in pdf] == [(612, 936)]
    found = vertical_rules(pdf[0])
    for wanted in rules:
        assert any(abs(wanted - rule) <= 1 for rule in found), f"no rule at {wanted}: {sorted(found)}"
    assert f"FORMAT {number} DOKUMEN EVALUASI KINERJA PEGAWAI" in texts(pdf)[0]


def test_who_signs_an_evaluation_document():
    plain, instead, changed = (texts(evaluation_pdf(judged))[0] for judged, _rules in EVALUATIONS.values())
    assert "7. Pegawai yang Dinilai" in plain
    assert "6. Pejabat Penilai Kinerja" in plain
    assert "22 Oktober 2026" in plain
    assert "6. Atasan Pejabat Penilai Kinerja" in instead
    in_order(
        changed, "BAIK (semula BUTUH PERBAIKAN)", "6. KEBERATAN", "Umpan balik tidak", "7. PENJELASAN", "Sudah dibahas"
    )
    in_order(changed, "8. KEPUTUSAN", "predikat kinerja BAIK", "Bukti baru.", "11. Atasan", "Sri Contoh")


@pytest.mark.parametrize(
    ("dispute", "told"),
    [
        (FILED, "Keberatan diajukan 25 Oktober 2026 dan belum diputus."),
        (replace(FILED, day=date(2026, 11, 2)), "diputus 2 November 2026: hasil evaluasi tetap."),
    ],
)
def test_an_objection_that_changes_nothing_stands_in_the_notes(dispute, told):
    judged = replace(JUDGED, dispute=dispute)
    assert judged.number == "D.1.1"
    assert told in texts(evaluation_pdf(judged))[0]


def test_a_paper_that_was_not_handed_over_is_printed_for_nobody(city, sign_in):  # noqa: F811
    agreed(city.cast)
    row = city.decide("hendra", "andi")
    with pytest.raises(NotNow):
        issue_appraisal(appraisal=row, kind=Kind.EVALUATED)
    for name in ("andi", "sri", "maya", "hendra"):
        assert sign_in(name).get(reverse("documents:evaluation", args=[row.pk])).status_code in (403, 409), name
    assert not Document.objects.exists()


def test_the_same_evaluation_is_the_same_document_and_a_decision_makes_another(city):  # noqa: F811
    agreed(city.cast)
    city.give("hendra", "andi", "below", "meets", reason="Target tidak tercapai")
    row = city.receive("andi")
    first = issue_appraisal(appraisal=row, kind=Kind.EVALUATED)
    assert first == issue_appraisal(appraisal=row, kind=Kind.EVALUATED)
    assert first.formats == "D.1.1, C.1.3"
    case = file_objection(
        actor=city.viewer("andi"), appraisal=row, text="Targetnya diubah", form_key=uuid4(), version=row.version
    )
    case = answer_objection(actor=city.viewer("hendra"), objection=case, text="Begini", version=case.version)
    case.appraisal.refresh_from_db()
    told = Decision("berubah", "Buktinya cukup", "meets", "meets")
    decide_objection(actor=city.viewer("sri"), objection=case, decision=told, version=case.version)
    row = type(row).objects.get(pk=row.pk)
    second = issue_appraisal(appraisal=row, kind=Kind.EVALUATED)
    assert second.formats == "D.1.3, C.1.3"
    assert check_code(first.code).latest is False
    assert check_code(second.code).latest


def test_without_an_agreed_plan_there_is_the_document_but_no_result(city):  # noqa: F811
    row = city.give("hendra", "andi")
    assert issue_appraisal(appraisal=row, kind=Kind.EVALUATION).formats == "D.1.1"
    with pytest.raises(NotNow):
        issue_appraisal(appraisal=row, kind=Kind.RESULT)


def asked(city, who="hendra", kind=Kind.EVALUATED, shape=Shape.FILES):  # noqa: F811
    packet = ask_packet(
        actor=city.viewer(who),
        unit=city.cast.units["register"],
        year=2026,
        kind=kind,
        shape=shape,
        form_key=uuid.uuid4(),
        window=city.window,
    )
    tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    return packet


def test_a_packet_of_a_window_holds_what_was_handed_over(city, sign_in):  # noqa: F811
    agreed(city.cast)
    city.give("hendra", "andi")
    city.decide("hendra", "rina")
    packet = asked(city)
    assert (packet.state, packet.total, packet.done) == (PacketState.DONE, 1, 1)
    assert packet.missing >= 1
    answer = sign_in("hendra").get(reverse("documents:packet_file", args=[packet.pk]))
    [name] = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert "Andi Pratama" in name


def test_who_has_no_plan_is_counted_as_missing_and_the_others_are_made(city):  # noqa: F811
    agreed(city.cast, who="rina")
    city.give("hendra", "andi")
    city.give("hendra", "rina")
    packet = asked(city, shape=Shape.PRINT)
    assert (packet.state, packet.total, packet.done) == (PacketState.DONE, 1, 1)


def test_pages_offer_the_print_once_handed_over(city, sign_in):  # noqa: F811
    agreed(city.cast)
    row = city.decide("hendra", "andi")
    link = reverse("documents:evaluation", args=[row.pk])
    assert link not in sign_in("hendra").get(row.get_absolute_url()).content.decode()
    row = city.give("hendra", "rina")
    link = reverse("documents:evaluation", args=[row.pk])
    for page in (row.get_absolute_url(), reverse("appraisals:desk", args=[city.window.pk])):
        assert link in sign_in("hendra").get(page).content.decode()
    bulk = reverse("documents:evaluation_packets", args=[city.window.pk])
    assert bulk in sign_in("maya").get(city.window.get_absolute_url()).content.decode()
    assert sign_in("andi").get(bulk).status_code == 403
    told = {"unit": city.cast.units["register"].pk, "kind": Kind.RESULT, "shape": "zip", "form_key": uuid.uuid4()}
    assert sign_in("hendra").post(bulk, told).status_code == 302
    assert sign_in("hendra").post(bulk, told | {"unit": city.cast.units["root"].pk}).status_code == 422


def test_the_paper_is_a_pdf_of_both_forms(city, sign_in):  # noqa: F811
    agreed(city.cast)
    row = city.give("hendra", "andi")
    answer = sign_in("andi").get(reverse("documents:evaluation", args=[row.pk]))
    whole = " ".join(texts(pypdfium2.PdfDocument(answer.content)))
    in_order(whole, "FORMAT D.1.1", "Andi Pratama", "BAIK", "FORMAT C.1.3", "Pejabat Penilai Kinerja")
    assert sign_in("andi").get(reverse("documents:evaluation", args=[row.pk]), {"jenis": "skp"}).status_code == 404
