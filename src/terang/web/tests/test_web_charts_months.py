"""Months as boxes, with other courses on the same axis beneath."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from terang.web import numbers
from terang.web.charts import Box, Months, Panel, Pin, Target
from terang.web.drawing_months import draw_months

HEADS = ("Bulan", "Selesai", "Seperempat", "Tengah", "Tiga perempat", "Sembilan dari sepuluh")


def drawn(boxes: list[Box | None], **options: object) -> ET.Element:
    labels = [f"B{n}" for n in range(len(boxes))]
    return ET.fromstring(draw_months(Months("Waktu", labels, boxes, HEADS, **options)))  # type: ignore[arg-type] # noqa: S314


def marks(root: ET.Element, kind: str) -> list[ET.Element]:
    return [each for each in root.iter() if (each.get("class") or "").split(" ")[:1] == [kind]]


def test_a_month_is_a_box_with_its_median_and_its_slow_tenth() -> None:
    root = drawn([Box(8, 10, 20, 30, 40), Box(9, 5, 10, 15, 20)], target=Target(25, "Standar"))
    [first, second], [spine, _] = marks(root, "box"), marks(root, "spine")
    assert float(first.get("y", 0)) < float(second.get("y", 0)), "longer times stand higher"
    assert float(spine.get("y", 0)) < float(first.get("y", 0))
    assert len(marks(root, "middle")) == 2
    assert "Standar 25" in [text.text for text in root.iter("text")]
    assert root.findtext(".//desc") == "Nilai tengah dari 20 (B0) menjadi 10 (B1)."


def test_the_table_says_what_the_eye_sees_with_gaps_as_missing() -> None:
    panel = Panel("IKM", [None, 8000], numbers.score)
    bars = Panel("Selesai", [None, 9], bars=True)
    root = drawn([None, Box(9, 5, 10, 15, 20)], panels=[panel, bars])
    assert [head.text for head in root.findall(".//thead//th")] == [*HEADS, "IKM"]
    cells = [cell.text for cell in root.findall(".//tbody/tr/td")]
    assert cells == ["belum ada"] * 6 + ["9", "5", "10", "15", "20", "80,0"]
    assert len(marks(root, "bar")) == 1


def test_a_change_stands_on_the_axis_through_all_panels() -> None:
    boxes = [Box(1, 1, 1, 1, 1)] * 4
    root = drawn(boxes, pins=[Pin(1.5, "1")], panels=[Panel("Selesai", [1, 1, 1, 1], bars=True)])
    [line] = marks(root, "mark-line")
    assert line.get("x1") == "37.5%"
    assert line.get("y2") == root.find(".//svg").get("height")  # type: ignore[union-attr]
    assert [label.text for label in marks(root, "pin-label")] == ["1"]


def test_a_panel_without_values_says_so() -> None:
    root = drawn([Box(1, 1, 1, 1, 1)], panels=[Panel("IKM", [None])])
    assert "belum cukup data" in [text.text for text in root.iter("text")]


def test_a_line_does_not_cross_a_gap() -> None:
    root = drawn([Box(1, 1, 1, 1, 1)] * 5, panels=[Panel("IKM", [1, 2, None, 3, 4])])
    assert len(marks(root, "line")) == 2
    assert len(marks(root, "dot")) == 4


def test_nothing_known_draws_nothing_and_says_so() -> None:
    assert "svg" not in draw_months(Months("Waktu", ["B0"], [None], HEADS))


figures = st.lists(st.integers(0, 50_000), min_size=4, max_size=4).map(sorted)


@given(st.lists(st.none() | figures, min_size=1, max_size=14))
def test_everything_stays_within_the_drawing(months: list[list[int] | None]) -> None:
    boxes = [Box(3, *values) if values else None for values in months]
    if not any(boxes):
        return
    root = drawn(boxes)
    height = float(root.find(".//svg").get("height", 0))  # type: ignore[union-attr]
    for each in [*marks(root, "box"), *marks(root, "spine")]:
        assert 0 <= float(each.get("x", "").rstrip("%")) <= 100
        assert 0 <= float(each.get("y", 0)) <= float(each.get("y", 0)) + float(each.get("height", 0)) <= height + 2
