"""What matrices ask of a person stands on the first page."""

from tests.cast import TODAY

from terang.planning.matrix.services import add_member, begin_matrix
from terang.reporting.boards.waiting import waiting_for


def test_a_request_for_ones_people_stands_on_the_first_page(cast):
    matrix = begin_matrix(actor=cast.viewer("hendra"), day=TODAY)
    add_member(actor=cast.viewer("hendra"), matrix=matrix, employee=cast.siti)
    wanted = ("Putuskan permintaan untuk Siti Rahma", "/matriks/persetujuan/")
    assert wanted in [(each.title, each.url) for each in waiting_for(cast.viewer("dewi"))]
    assert wanted not in [(each.title, each.url) for each in waiting_for(cast.viewer("sri"))]
