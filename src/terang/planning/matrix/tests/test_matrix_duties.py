"""What waits in matrices on the first page: how long, until when, and for whom once the last day has passed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import NOW, TODAY

from terang.planning.matrix.duties import waiting_for
from terang.planning.matrix.models import MatrixCell, MatrixMember, MemberState
from terang.planning.matrix.selectors import requests_for
from terang.planning.matrix.services import (
    Wanted,
    add_member,
    decide_member,
    dispute_cell,
    fill_cell,
    keep_part,
    propose_result,
    withdraw_part,
)
from terang.planning.plans.services import set_terms
from terang.web.errors import NotAllowed

LATER = NOW + timedelta(days=30)


@pytest.fixture
def matrix(desk):
    return desk.matrix("hendra", "Antrean tertib")


def told(desk, name, now=NOW):
    return [(duty.title, duty.kind) for duty in waiting_for(desk.cast.viewer(name, now))]


def ask(desk, matrix):
    return add_member(actor=desk.cast.viewer("hendra"), matrix=matrix, employee=desk.cast.siti)


def test_a_request_waits_for_the_appraiser_and_then_for_the_superior(desk, matrix):
    member = ask(desk, matrix)
    assert told(desk, "dewi") == [("Putuskan permintaan untuk Siti Rahma", "attention")]
    [duty] = waiting_for(desk.cast.viewer("dewi", NOW + timedelta(days=2)))
    assert duty.detail.startswith("Diminta Hendra Saputra 2 hari lalu; batas jawaban ")
    assert duty.url == reverse("matrix:requests")
    assert told(desk, "bambang") == []
    assert told(desk, "dewi", LATER) == [("Putuskan permintaan untuk Siti Rahma", "wrong")]
    [late] = waiting_for(desk.cast.viewer("bambang", LATER))
    assert late.detail.startswith("Menggantikan Dewi Anggraini. ")
    assert told(desk, "sri", LATER) == []
    with pytest.raises(NotAllowed, match="masih dalam waktu"):
        decide_member(actor=desk.cast.viewer("bambang"), member=member, approve=True)
    with pytest.raises(NotAllowed):
        decide_member(actor=desk.cast.viewer("sri", LATER), member=member, approve=True)
    [request] = requests_for(desk.cast.viewer("bambang", LATER))
    assert request.silent == "Dewi Anggraini"
    done = decide_member(actor=desk.cast.viewer("bambang", LATER), member=member, approve=True)
    assert (done.state, done.decided_by, done.instead) == (MemberState.IN, desk.cast.bambang, True)
    assert told(desk, "bambang", LATER) == told(desk, "dewi", LATER) == []


def test_the_appraiser_may_still_answer_late_and_is_not_marked(desk, matrix):
    member = ask(desk, matrix)
    done = decide_member(actor=desk.cast.viewer("dewi", LATER), member=member, approve=True)
    assert (done.instead, done.asked_on, done.answer_due) == (False, None, None)


def test_the_days_are_those_of_the_governments_terms(desk, matrix):
    set_terms(actor=desk.cast.viewer("maya"), valid_from=TODAY, answer_days=1, basis="Perwali")
    assert ask(desk, matrix).answer_due == TODAY + timedelta(days=1)


def test_a_dispute_and_a_proposal_wait_for_the_leader_and_are_shown_above(desk, matrix):
    andi, hendra = desk.cast.viewer("andi"), desk.cast.viewer("hendra")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    cell = dispute_cell(actor=andi, cell=cell, seen=1, reason="Mesin rusak")
    other = propose_result(actor=andi, column=desk.column(matrix), text="Loket lansia")
    titles = ["Jawab persoalan Andi Pratama", "Jawab usulan Andi Pratama"]
    assert told(desk, "hendra") == [(title, "attention") for title in titles]
    assert told(desk, "hendra", LATER) == [(title, "wrong") for title in titles]
    assert told(desk, "sri") == []
    late = waiting_for(desk.cast.viewer("sri", LATER))
    assert [(duty.title, duty.kind) for duty in late] == [("Hendra Saputra belum menjawab Andi Pratama", "wrong")] * 2
    assert late[0].detail.startswith("“Nomor antrean tersedia”, 30 hari lalu; batas jawaban ")
    assert told(desk, "bambang", LATER) == told(desk, "andi", LATER) == []
    keep_part(actor=hendra, cell=cell, seen=cell.version, reason="Mesin diganti")
    assert told(desk, "hendra") == [("Jawab usulan Andi Pratama", "attention")]
    assert MatrixCell.objects.get(pk=cell.pk).answer_due is None
    desk.take("andi", desk.plan("andi").plan, MatrixCell.objects.get(pk=cell.pk))
    assert other.answer_due is not None, "a proposal stops nothing"


def test_what_is_withdrawn_or_changed_no_longer_waits(desk, matrix):
    andi, hendra = desk.cast.viewer("andi"), desk.cast.viewer("hendra")
    first, second = desk.give(matrix, "andi", 1, "Satu", "Dua")
    first = dispute_cell(actor=andi, cell=first, seen=1, reason="Terlalu banyak")
    dispute_cell(actor=andi, cell=second, seen=1, reason="Bukan bidang saya")
    withdraw_part(actor=hendra, cell=first, seen=first.version, reason="Baik")
    second.refresh_from_db()
    member, column = desk.member(matrix, "andi"), desk.column(matrix)
    parts = [Wanted("Dua, bersama Rina", cell_id=second.pk)]
    fill_cell(actor=hendra, member=member, column=column, seen={second.pk: second.version}, parts=parts)
    assert told(desk, "hendra") == []


def test_the_superior_reads_what_waits_and_cannot_answer(sign_in, desk, matrix):
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    dispute_cell(actor=desk.cast.viewer("andi"), cell=cell, seen=1, reason="Mesin rusak")
    address = reverse("matrix:waiting", args=[matrix.pk])
    page = sign_in("sri").get(address).content.decode()
    assert "Menunggu jawaban Hendra Saputra" in page
    assert "Mesin rusak" in page
    assert reverse("matrix:answer", args=[cell.pk]) not in page
    assert reverse("matrix:answer", args=[cell.pk]) in sign_in("hendra").get(address).content.decode()
    for name in ("andi", "maya", "bambang"):
        assert sign_in(name).get(address).status_code == 403


def test_many_things_are_three_lines_and_a_number(desk, matrix):
    for number in range(5):
        propose_result(actor=desk.cast.viewer("andi"), column=desk.column(matrix), text=f"Usulan {number}")
    duties = waiting_for(desk.cast.viewer("hendra"))
    assert [duty.title for duty in duties[3:]] == ["2 hal lagi di matriks menunggu"]
    assert duties[3].url == reverse("matrix:waiting", args=[matrix.pk])


def test_as_many_queries_for_one_request_as_for_many(desk, matrix):
    ask(desk, matrix)

    def queries(name, now):
        viewer = desk.cast.viewer(name, now)
        with CaptureQueriesContext(connection) as asked:
            waiting_for(viewer)
        return len(asked)

    assert queries("siti", LATER) == 2
    few = queries("bambang", LATER)
    for name in ("dewi", "joko", "bambang", "maya"):
        MatrixMember.objects.create(
            matrix=matrix,
            employee=desk.cast.people[name],
            outside=True,
            state=MemberState.ASKED,
            asked_on=TODAY,
            answer_due=TODAY,
        )
    assert queries("bambang", LATER) == few
    assert few <= 15
