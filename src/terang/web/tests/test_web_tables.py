import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from python_calamine import load_workbook

from terang.web.spreadsheets import guarded, plain
from terang.web.tables import BoundTable, ChoiceFilter, Column, Table, TextFilter

ROOM = "uji"


@dataclass(frozen=True)
class Row:
    name: str
    state: str = "a"
    size: int | None = 1


MODELS = Table(
    name="jenis",
    caption="Jenis isi",
    columns=[
        Column("model", "Model", lambda row: row.model, sort="model", head=True),
        Column("app", "Aplikasi", lambda row: row.app_label),
    ],
    filters=[TextFilter("q", "Cari", ["model"]), ChoiceFilter("app", "Aplikasi", [(ROOM, "Uji")], "app_label")],
    order="model",
)
PEOPLE = Table(
    name="orang",
    caption="Orang",
    columns=[
        Column("name", "Nama", lambda row: row.name, sort="name", head=True),
        Column(
            "size",
            "Banyak",
            lambda row: "belum ada" if row.size is None else str(row.size),
            sort="size",
            raw=lambda r: r.size,
        ),
    ],
    filters=[TextFilter("q", "Cari", ["name"]), ChoiceFilter("status", "Status", [("a", "A"), ("b", "B")], "state")],
    order="name",
)


def bound(table: Table, query: str, rows: object) -> BoundTable:
    return table.bind(RequestFactory().get(f"/?{query}"), rows)  # type: ignore[arg-type]


def draw(table: BoundTable) -> str:
    return engines["django"].from_string("{% table table %}").render({"table": table}, RequestFactory().get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 50])
def test_two_queries_whatever_the_number_of_rows(count: int, django_assert_num_queries) -> None:
    ContentType.objects.bulk_create(ContentType(app_label=ROOM, model=f"m{n:03}") for n in range(count))
    rows = ContentType.objects.filter(app_label=ROOM)
    with django_assert_num_queries(2):
        page = draw(bound(MODELS, "", rows))
    assert page.count("<tr") == 1 + min(count, 25)


@pytest.mark.django_db
def test_pages_neither_lose_nor_repeat_a_row() -> None:
    ContentType.objects.bulk_create(ContentType(app_label=f"{ROOM}{n}", model="sama") for n in range(60))
    rows = ContentType.objects.filter(model="sama")
    seen = [row.pk for number in (1, 2, 3) for row in bound(MODELS, f"urut=model&halaman={number}", rows).page]
    assert sorted(seen) == sorted(rows.values_list("pk", flat=True))


@pytest.mark.django_db
def test_filters_narrow_and_combine() -> None:
    ContentType.objects.bulk_create(ContentType(app_label=ROOM, model=name) for name in ("rapat", "rapor", "surat"))
    rows = ContentType.objects.all()
    assert [r.model for r in bound(MODELS, f"q=RAP&app={ROOM}", rows).page] == ["rapat", "rapor"]
    assert [r.model for r in bound(MODELS, f"q=100%25&app={ROOM}", rows).page] == []


def test_lists_sort_with_missing_last_in_both_directions() -> None:
    rows = [Row("b", size=2), Row("a", size=None), Row("c", size=1)]
    assert [r.size for r in bound(PEOPLE, "urut=size", rows).page] == [1, 2, None]
    assert [r.size for r in bound(PEOPLE, "urut=-size", rows).page] == [2, 1, None]


@pytest.mark.parametrize("asked", ["password", "-user__password", "size__gt", "--size", "?", "-"])
def test_only_declared_columns_sort(asked: str) -> None:
    rows = [Row("b", size=2), Row("a", size=9)]
    assert [r.name for r in bound(PEOPLE, f"urut={asked}", rows).page] == ["a", "b"]


@pytest.mark.parametrize("query", ["halaman=999", "halaman=x", "isi=7", "isi=1000000", "status=zzz", "q=%00"])
def test_nonsense_in_the_address_is_harmless(query: str) -> None:
    table = bound(PEOPLE, query, [Row(f"n{n:02}") for n in range(30)])
    assert table.size == 25
    assert table.page.paginator.count == 30
    assert draw(table)


def test_sorted_column_is_announced_and_turns_around() -> None:
    page = draw(bound(PEOPLE, "urut=-name&q=a", [Row("a")]))
    assert 'aria-sort="descending"' in page
    assert page.count("aria-sort") == 1
    assert 'href="?urut=name&amp;q=a&amp;halaman=1"' in page


def test_an_empty_table_and_an_empty_search_say_different_things() -> None:
    assert "Belum ada isinya" in draw(bound(PEOPLE, "", []))
    assert "Tidak ada yang cocok" in draw(bound(PEOPLE, "q=zzz", [Row("a")]))


def test_cells_are_escaped_and_carry_their_label_for_the_phone() -> None:
    page = draw(bound(PEOPLE, "", [Row("<b>x</b>", size=3)]))
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert 'data-label="Banyak"' in page
    assert 'scope="row"' in page


def read_csv(query: str, rows: list[Row]) -> list[list[str]]:
    response = bound(PEOPLE, query, rows).export()
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[union-attr]
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def read_xlsx(rows: list[Row]) -> list[list[object]]:
    response = bound(PEOPLE, "ekspor=xlsx", rows).export()
    return load_workbook(io.BytesIO(b"".join(response))).get_sheet_by_index(0).to_python()  # type: ignore[arg-type]


EVIL = ["=1+1", "+62811", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://a")']


@pytest.mark.parametrize("text", EVIL)
def test_no_exported_cell_is_a_formula(text: str) -> None:
    exported = read_csv("ekspor=csv", [Row(text)])[1][0]
    assert exported.startswith("'")
    assert read_xlsx([Row(text)])[1][0].strip() == text.strip()  # type: ignore[union-attr]


def test_an_xlsx_with_formula_like_text_holds_no_formula() -> None:
    import zipfile

    response = bound(PEOPLE, "ekspor=xlsx", [Row(text) for text in EVIL]).export()
    sheet = zipfile.ZipFile(io.BytesIO(b"".join(response))).read("xl/worksheets/sheet1.xml")  # type: ignore[arg-type]
    assert b"<f>" not in sheet


def test_exports_hold_every_filtered_row_in_order_and_missing_is_empty() -> None:
    rows = [Row(f"n{n:03}", state="ab"[n % 2], size=None if n == 0 else n) for n in range(120)]
    lines = read_csv("ekspor=csv&status=a&urut=-name", rows)
    assert lines[0] == ["Nama", "Banyak"]
    assert len(lines) == 61
    assert lines[1] == ["n118", "118"]
    assert lines[-1] == ["n000", ""]


def test_long_digits_stay_text_and_numbers_stay_numbers() -> None:
    assert plain(199001012015031001) == "199001012015031001"
    assert plain(42) == 42
    assert guarded(-5) == "-5"
    assert guarded("-5") == "'-5"
    assert plain(datetime(2026, 1, 1, tzinfo=UTC)).tzinfo is None
    assert read_xlsx([Row("a", size=7)])[1][1] == 7


def test_no_download_is_given_unasked_or_of_an_unknown_kind() -> None:
    assert bound(PEOPLE, "", []).export() is None
    assert bound(PEOPLE, "ekspor=exe", []).export() is None
    closed = Table(name="t", caption="T", columns=PEOPLE.columns, exports=False)
    assert BoundTable(closed, QueryDict("ekspor=csv"), [], "/").export() is None
