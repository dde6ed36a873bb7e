"""A cell of the table as HTML: what people wrote stays text, and only who edits gets the way to the editor."""

from terang.planning.matrix.drawing import Drawing
from terang.planning.matrix.models import CellState, MatrixCell, MatrixColumn
from terang.planning.matrix.selectors import CellView

COLUMN = MatrixColumn(pk=3, number=2, text='Antrean "tertib"')


def view(*parts, none=False):
    return CellView(1, COLUMN, parts, none)


def test_what_people_wrote_stays_text():
    part = MatrixCell(text="<b>Loket</b>", part_milli=2_500, state=CellState.DISPUTED)
    html = Drawing([COLUMN], editable=True).row([(view(part), "/sel/1/3/")])
    assert html == (
        '<td data-label="2. Antrean &quot;tertib&quot;"><div class="mx-cell">'
        '<a class="mx-open" href="/sel/1/3/" hx-get="/sel/1/3/"><span class="mx-part">&lt;b&gt;Loket&lt;/b&gt;'
        ' <b class="num">2,5</b> <i class="mx-wrong">dipersoalkan</i></span></a></div></td>'
    )


def test_only_who_edits_gets_the_way_to_the_editor():
    for cell, words in ((view(), "–"), (view(MatrixCell(state=CellState.NONE), none=True), "tidak ada peran")):
        html = Drawing([COLUMN], editable=False).row([(cell, "/sel/1/3/")])
        assert 'class="mx-empty"' in html
        assert words in html
        assert "/sel/1/3/" not in html
    assert " autofocus>" in Drawing([COLUMN], editable=True).cell(view(), "/sel/1/3/", focus=True)


def test_a_badge_says_what_is_new_since_it_was_taken():
    same = MatrixCell(text="a", state=CellState.TAKEN, version=2, taken_version=2)
    newer = MatrixCell(text="b", state=CellState.TAKEN, version=3, taken_version=2)
    html = Drawing([COLUMN], editable=False).cell(view(same, newer), "")
    assert html.index("masuk SKP</i>") < html.index("berubah sesudah masuk SKP</i>")
