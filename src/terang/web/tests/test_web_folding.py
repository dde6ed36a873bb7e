"""On a phone a long page of cards is folded after ten rows; nothing of it is lost."""

from django.forms import CharField, Form
from django.template import Context, Engine, Template
from django.test import RequestFactory

from terang.web.tables import PHONE_ROWS, Column, Table


def drawn(rows: int) -> str:
    table = Table(name="uji", caption="Uji", columns=[Column("n", "Nomor", str, head=True)], exports=False)
    request = RequestFactory().get("/")
    bound = table.bind(request, list(range(rows)))
    return Template("{% table table %}", engine=Engine.get_default()).render(
        Context({"table": bound, "request": request})
    )


def test_rows_beyond_ten_are_offered_with_their_number():
    page = drawn(PHONE_ROWS + 3)
    assert "Tampilkan 3 baris lagi" in page
    assert page.count('role="rowheader"') == PHONE_ROWS + 3


def test_a_short_table_offers_nothing_more():
    assert "unfold" not in drawn(PHONE_ROWS)


def test_a_required_field_does_not_speak_of_a_division():
    class Asked(Form):
        name = CharField()

    assert Asked({}).errors["name"] == ["Bagian ini tidak boleh kosong."]
