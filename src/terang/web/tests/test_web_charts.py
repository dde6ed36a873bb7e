import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.web import numbers
from terang.web.axis import Axis
from terang.web.charts import Bar, Bars, Columns, Line, Mark, Series, Strip, StripRow, Target
from terang.web.drawing import draw_bars, draw_columns, draw_sparkline
from terang.web.drawing_line import draw_line
from terang.web.drawing_strip import draw_strip


def tree(html: str) -> ET.Element:
    return ET.fromstring(html)  # noqa: S314 (our own drawing)


def line(values: list[int | None], **options: object) -> str:
    labels = [f"L{n}" for n in range(len(values))]
    return draw_line(Line("Judul", labels, [Series("Seri", values)], **options))  # type: ignore[arg-type]


def test_a_gap_stays_a_gap() -> None:
    path = tree(line([10, 12, None, 8, 9])).find(".//path[@class='line']")
    assert path is not None
    assert path.get("d", "").count("M") == 2


def test_a_lone_value_between_gaps_is_a_dot() -> None:
    assert len(tree(line([1, 2, None, 5, None, 3, 4])).findall(".//circle")) == 2


def test_title_description_and_table_say_what_the_eye_sees() -> None:
    root = tree(line([14, None, 4], target=Target(5, "Janji"), mark=Mark(1, "Loket dipisah")))
    assert root.findtext(".//title") == "Judul"
    assert root.findtext(".//desc") == "Seri: dari 14 (L0) menjadi 4 (L2). Janji: 5."
    cells = [cell.text for cell in root.findall(".//tbody/tr/td")]
    assert cells == ["14", "belum ada", "4"]
    assert "Loket dipisah" in [text.text for text in root.findall(".//text")]


def test_nothing_known_draws_nothing_and_says_so() -> None:
    for html in (
        line([None, None]),
        draw_bars(Bars("Judul", [Bar("A", None)])),
        draw_columns(Columns("Judul", [])),
        draw_strip(Strip("Judul", [StripRow("A", [])])),
    ):
        assert "Belum ada data" in html
        assert "<svg" not in html


def test_texts_are_escaped() -> None:
    evil = "<script>&"
    html = draw_bars(Bars(evil, [Bar(evil, 3, note=evil)])) + draw_line(Line(evil, [evil], [Series(evil, [3])]))
    assert "<script>" not in html


def test_a_bar_is_as_long_as_its_share_and_a_missing_one_has_none() -> None:
    root = tree(
        draw_bars(Bars("Judul", [Bar("A", 5000), Bar("B", None), Bar("C", 12000)], numbers.percent, highest=10000))
    )
    assert [bar.get("width") for bar in root.findall(".//rect[@class='bar ']")] == ["50.0%", "100%"]
    assert "belum ada" in [value.text for value in root.findall(".//td/span")]


def test_columns_stand_on_zero_with_their_values() -> None:
    root = tree(draw_columns(Columns("Judul", [Bar("Baik", 50), Bar("Kurang", 0)], expected=[40, 10])))
    heights = [float(bar.get("height", "")) for bar in root.findall(".//rect")]
    assert heights == [160.0, 0.0]
    assert [text.text for text in root.findall(".//text[@class='value']")] == ["50", "0"]


def test_the_strip_names_a_middle_that_occurred() -> None:
    root = tree(draw_strip(Strip("Judul", [StripRow("Jan", [60, 120, 600])], target=Target(300, "Standar"))))
    assert "tengah 2 jam" in [text.text for text in root.findall(".//text")]
    assert [cell.text for cell in root.findall(".//tbody/tr/td")] == ["3", "1 jam", "2 jam", "10 jam"]


def test_labels_of_lines_that_end_together_do_not_cover_each_other() -> None:
    chart = Line("Judul", ["a", "b"], [Series("A", [1, 50]), Series("B", [2, 50]), Series("C", [3, 51])])
    places = sorted(float(t.get("y", "")) for t in tree(draw_line(chart)).findall(".//text[@class='end minor']"))
    assert min(b - a for a, b in pairwise(places)) >= 17


def test_a_sparkline_needs_two_values() -> None:
    assert 'aria-label="Naik"' in draw_sparkline([1, None, 3], "Naik")
    assert "belum ada" in draw_sparkline([1, None], "Naik")


@given(st.lists(st.integers(-(10**9), 10**12), min_size=1, max_size=40), st.booleans())
def test_an_axis_holds_every_value_with_few_round_ticks(values: list[int], from_zero: bool) -> None:
    axis = Axis.over(values, from_zero, None)
    assert axis.low <= min(values)
    assert axis.high >= max(values)
    assert 2 <= len(axis.ticks) <= 8
    assert all(0 <= axis.y(value, 200) <= 200 for value in values)
    if from_zero:
        assert axis.low <= 0


@pytest.mark.parametrize("count", [1, 2, 3, 12, 53, 366])
def test_any_number_of_labels_stays_legible(count: int) -> None:
    root = tree(line(list(range(count))))
    assert len(root.findall(".//text[@class='tick']")) <= 5 + 6
