"""The forms against the regulation: paper, rules, words in their columns, order, repeated heads, foot of the page.

The places of the rules were measured on the pages of PermenPANRB 6/2022 named beside them, in points from the left.
"""

from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as raw
import pytest

from terang.reporting.documents.codes import draft_proof
from terang.reporting.documents.rendering import render
from terang.reporting.documents.sheets import (
    DOTS,
    MatrixRow,
    MatrixSplit,
    annex_sheet,
    manual_sheets,
    matrix_sheet,
    plan_sheet,
    workblock_sheets,
)
from terang.reporting.documents.tests.documents_cases import (
    DIGEST,
    PLANS,
    case,
    document_of,
    occasion_of,
    splits_of,
    workblock_of,
)
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult
from terang.rules.plans.behaviour import VALUES

DAY = date(2026, 1, 12)
LANDSCAPE, PORTRAIT = (936, 612), (612, 936)
RULES = {
    "direktur_ii": (72.4, 100.7, 356.0, 547.3, 731.6, 880.4),  # p. 34
    "kasubdit_ii": (64.1, 92.4, 248.3, 531.9, 638.3, 780.0, 885.6),  # p. 57
    "kepala_puskesmas": (72.6, 101.1, 261.3, 501.8, 529.5, 682.2, 885.5),  # p. 32
    "bidan_penyelia": (72.6, 101.1, 249.9, 501.8, 529.5, 680.5, 885.5),  # p. 55
}
BLUE = (0xDE, 0xEA, 0xF6)
WATERMARK = 232


def drawn(*sheets):
    return pypdfium2.PdfDocument(render(sheets, title="SKP", author="Uji", made_on=DAY))


def plan_of(name, **changes):
    return drawn(plan_sheet(document_of(name), occasion_of(name, **changes)))


def texts(pdf):
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def vertical_rules(page):
    """The places of all upright rules, and shaded edges left out."""
    found = set()
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = shape.get_bounds()
        if right - left < 1.5 and top - bottom > 5:
            found.add(round((left + right) / 2, 1))
    return found


def place(page, words):
    """Left, right, top of the first occurrence of some words, from the left and from above."""
    text = page.get_textpage()
    index, count = text.search(words, match_case=True).get_next()
    boxes = [text.get_charbox(n) for n in range(index, index + count) if text.get_text_range(n, 1).strip()]
    return min(b[0] for b in boxes), max(b[2] for b in boxes), page.get_height() - max(b[3] for b in boxes)


@pytest.mark.parametrize("name", PLANS)
def test_paper_and_rules_are_those_of_the_regulation(name):
    pdf = plan_of(name)
    assert {page.get_size() for page in pdf} == {LANDSCAPE}
    drawn_rules = set().union(*(vertical_rules(page) for page in pdf))
    for wanted in RULES[name]:
        assert any(abs(wanted - rule) <= 1 for rule in drawn_rules), f"no rule at {wanted}: {sorted(drawn_rules)}"


@pytest.mark.parametrize(("name", "pages"), [*zip(PLANS, (4, 5, 4, 3), strict=True)])
def test_an_example_prints_everything_in_order(name, pages):
    """Title, people, results by number, seven values, signatures, footnote: nothing lost, nothing twice."""
    found = texts(plan_of(name))
    assert len(found) == pages
    whole, document = " ".join(found), document_of(name)
    wanted = [f"FORMAT {case(name)['format']}", "PEGAWAI YANG DINILAI", case(name)["appraiser"]["post"], "A. UTAMA"]
    wanted += [result.text.partition(" ")[0] for _, result in document.printed_results]
    wanted += [value.name for value in VALUES] + ["Pegawai yang Dinilai", "(Nama)", "Pimpinan dapat memberikan"]
    at = 0
    for words in wanted:
        assert words in whole[at:], f"{words} is not where it belongs"
        at = whole.index(words, at)
    squeezed = "".join(whole.split())
    for _, result in document.printed_results:
        for indicator in result.indicators:
            assert "".join(indicator.text.split())[:30] in squeezed


def test_heads_stand_in_the_middle_of_their_columns():
    page = plan_of("kasubdit_ii")[0]
    for words, left, right in (("ASPEK", 531.9, 638.3), ("TARGET", 780.0, 885.6), ("(3)", 248.3, 531.9)):
        begins, ends, _ = place(page, words)
        assert (begins + ends) / 2 == pytest.approx((left + right) / 2, abs=2), words


def test_texts_begin_at_their_rule():
    page = plan_of("direktur_ii")[0]
    for words, rule in (("Meningkatnya kualitas bangunan", 100.7), ("Persentase Pemda", 356.0), ("JABATAN", 101.1)):
        assert place(page, words)[0] == pytest.approx(rule + 5.7, abs=1.2), words


def test_heights_follow_the_regulation():
    """A line of the table is 15.35 points high, and the table begins where it does on p. 32."""
    page = plan_of("kepala_puskesmas")[0]
    tops = [place(page, words)[2] for words in ("FORMAT A.1.1", "PEGAWAI YANG DINILAI", "A. UTAMA")]
    assert tops[0] == pytest.approx(88.4, abs=2)
    assert tops[1] == pytest.approx(170.7, abs=2)
    assert tops[2] - tops[1] == pytest.approx(7 * 15.35, abs=2)


def test_heads_are_shaded_and_nothing_else():
    image = plan_of("direktur_ii")[0].render(scale=1).to_pil().convert("RGB")
    assert image.getpixel((120, 174)) == BLUE, "the head of the people"
    assert image.getpixel((230, 191)) == (255, 255, 255)


def test_heads_are_repeated_on_the_next_page():
    second = texts(plan_of("kasubdit_ii"))[1]
    assert second.startswith("HASIL KERJA")
    assert second.index("DIINTERVENSI*") < second.index("(6)") < second.index("A. UTAMA") < second.index("Respons yang")


def test_a_leading_official_has_an_optional_nip_and_perspectives():
    leading, working = texts(plan_of("direktur_ii")), texts(plan_of("kasubdit_ii"))
    assert "NIP (*opsional)" in leading[0]
    assert "Penerima Layanan" in leading[0]
    assert "opsional" not in " ".join(working)
    assert "PERSPEKTIF" not in " ".join(working)


def test_without_additional_results_a_dash_is_printed():
    assert "B. TAMBAHAN -" in " ".join(texts(plan_of("kasubdit_ii")))


def test_hints_of_the_regulation_are_not_printed():
    empty = PlanDocument(form="ja", approach="kualitatif")
    whole = " ".join(texts(drawn(plan_sheet(empty, occasion_of("bidan_penyelia")))))
    assert "diharapkan" not in whole
    assert DOTS in whole


def test_every_page_says_how_it_can_be_checked():
    pdf = plan_of("direktur_ii")
    for number, (page, words) in enumerate(zip(pdf, texts(pdf), strict=True), 1):
        assert "Kode K7QF2-M9XAB · Versi 2 · sidik naskah 3f2a91c0de45" in words
        assert f"Halaman {number}" in words
        assert place(page, "Kode K7QF2")[2] > 530, "below the layout"


def test_a_draft_is_marked_on_every_page():
    draft = plan_of("bidan_penyelia", mark="DRAF", proof=draft_proof("Versi 1", DIGEST))
    assert all("DRAF, belum disepakati · Versi 1" in words for words in texts(draft))
    assert not any("Kode" in words for words in texts(draft))
    assert all(WATERMARK in set(page.render(scale=1).to_pil().convert("L").tobytes()) for page in draft)
    issued = plan_of("bidan_penyelia")
    assert not any("DRAF" in words for words in texts(issued))


def test_a_text_longer_than_a_page_runs_on():
    long = PlannedResult("r1", "Hasil " * 900, indicators=(PlannedIndicator("i1", "Ukuran " * 900),))
    pdf = drawn(plan_sheet(PlanDocument(results=(long,)), occasion_of("kasubdit_ii")))
    whole = " ".join(texts(pdf))
    assert whole.count("Ukuran") == 900
    assert whole.count("Hasil ") >= 900


def test_what_people_write_is_never_read_as_markup():
    sly = PlannedResult(
        "r1", '#sys.inputs *tebal* $x$ <a> "kutip" \\ 100 %', indicators=(PlannedIndicator("i1", "= Judul"),)
    )
    whole = " ".join(texts(drawn(plan_sheet(PlanDocument(results=(sly,)), occasion_of("kasubdit_ii")))))
    assert '#sys.inputs *tebal* $x$ <a> "kutip" \\ 100 %' in whole
    assert "= Judul" in whole


def test_the_annex_numbers_each_part():
    pdf = drawn(annex_sheet(document_of("bidan_penyelia"), occasion_of("bidan_penyelia")))
    assert [page.get_size() for page in pdf] == [PORTRAIT]
    (whole,) = texts(pdf)
    parts = [
        "DUKUNGAN SUMBER DAYA",
        "3.",
        "SKEMA PERTANGGUNGJAWABAN",
        "1.",
        "KONSEKUENSI",
        "Apabila memenuhi",
        "2. Jika",
    ]
    at = 0
    for words in parts:
        at = whole.index(words, at)
    for wanted in (70.8, 95.5, 550.8):  # p. 61
        assert any(abs(wanted - rule) <= 1 for rule in vertical_rules(pdf[0]))


def test_a_manual_ticks_one_level_and_one_rhythm():
    pdf = drawn(*manual_sheets(document_of("dirjen_iii"), occasion_of("dirjen_iii")))
    whole = " ".join(texts(pdf))
    assert "(X) Output kendali rendah" in whole
    assert "(X) Tahunan" in whole
    assert whole.count("(X)") == 2
    rules = set().union(*(vertical_rules(page) for page in pdf))
    for wanted in (86.8, 221.6, 405.8, 611.3, 349.1, 497.9, 660.9, 838.2):  # p. 38
        assert any(abs(wanted - rule) <= 1 for rule in rules), wanted


def test_indicators_without_a_manual_print_none():
    assert manual_sheets(document_of("direktur_ii"), occasion_of("direktur_ii")) == []


def test_the_matrix_and_its_workblock():
    occasion = occasion_of("matriks_direktur_ii")
    matrix = drawn(matrix_sheet(splits_of("matriks_direktur_ii"), occasion))
    assert [page.get_size() for page in matrix] == [PORTRAIT]
    assert "• Respons yang cepat" in texts(matrix)[0]
    block = drawn(*workblock_sheets([workblock_of("matriks_direktur_ii")], occasion))
    whole = " ".join(texts(block))
    assert (
        whole.index("STRATEGI (KEY ACTIVITIES)")
        < whole.index("4. Meningkatkan keakuratan")
        < whole.index("KELUARAN KUNCI")
    )
    for wanted in (79.3, 199.8, 311.3, 433.9, 554.3):  # p. 43
        assert any(abs(wanted - rule) <= 1 for rule in vertical_rules(block[0]))


def test_three_heads_stand_as_on_page_48_and_more_turn_the_paper():
    def split(count):
        heads = tuple(f"IKI {n}" for n in range(1, count + 1))
        return MatrixSplit("A", "B", heads, (MatrixRow("C", "D", tuple((f"Peran {n}",) for n in range(1, count + 1))),))

    three, eight = (drawn(matrix_sheet([split(n)], occasion_of("direktur_ii"))) for n in (3, 8))
    for wanted in (93.6, 207.0, 284.9, 377.1, 469.3, 561.3):
        assert any(abs(wanted - rule) <= 1 for rule in vertical_rules(three[0]))
    assert {page.get_size() for page in eight} == {LANDSCAPE}
    whole = " ".join(texts(eight))
    assert all(whole.count(f"Peran {n}") == 1 for n in range(1, 9))
    assert whole.count("PEGAWAI JABATAN") == 2, "six heads, then two more below"


def test_the_same_content_gives_the_same_bytes():
    sheets = [plan_sheet(document_of("direktur_ii"), occasion_of("direktur_ii"))]
    first, again = (render(sheets, title="SKP", author="Uji", made_on=DAY) for _ in range(2))
    assert first == again
    other = replace(occasion_of("direktur_ii"), agency="Instansi lain")
    assert first != render([plan_sheet(document_of("direktur_ii"), other)], title="SKP", author="Uji", made_on=DAY)


def test_a_period_is_written_as_on_the_form():
    occasion = occasion_of("direktur_ii")
    assert occasion.period == "1 JANUARI SD 31 DESEMBER TAHUN 2026"
    crossing = replace(occasion, start=date(2026, 7, 1), end=date(2027, 7, 1))
    assert crossing.period == "1 JULI 2026 SD 30 JUNI 2027"
