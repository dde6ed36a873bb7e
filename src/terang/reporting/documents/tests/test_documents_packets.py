"""Packets: for who leads the unit or keeps the registry, made by the worker, kept for a while, never stuck silently."""

import io
import uuid
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW

from terang.reporting.documents import tasks
from terang.reporting.documents.models import Document, Packet, PacketState, Shape
from terang.reporting.documents.packets import ask_again, ask_packet, is_stalled
from terang.reporting.documents.tests.test_documents_issuing import agreed, begun, own_vault  # noqa: F401
from terang.web.errors import NotAllowed, NotNow


@pytest.fixture
def unit(cast):
    return cast.units["register"]


def ask(cast, unit, who="hendra", shape=Shape.FILES, key=None):
    return ask_packet(
        actor=cast.viewer(who), unit=unit, year=2026, kind="skp", shape=shape, form_key=key or uuid.uuid4()
    )


def made(packet):
    tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    return packet


def content_of(client, packet):
    answer = client.get(reverse("documents:packet_file", args=[packet.pk]))
    return b"".join(answer.streaming_content)


def test_a_packet_holds_the_agreed_plans_of_the_unit(cast, unit, sign_in):
    agreed(cast)
    begun(cast, who="rina")
    packet = made(ask(cast, unit))
    assert (packet.state, packet.total, packet.done, packet.missing) == (PacketState.DONE, 1, 1, 1)
    archive = zipfile.ZipFile(io.BytesIO(content_of(sign_in("hendra"), packet)))
    (name,) = archive.namelist()
    assert "Andi Pratama" in name
    assert cast.andi.nip in name
    assert archive.read(name) == (content := archive.read(name))
    assert Document.objects.get().size_bytes == len(content)


def test_a_packet_to_print_is_one_file(cast, unit, sign_in):
    agreed(cast)
    packet = made(ask(cast, unit, shape=Shape.PRINT))
    content = content_of(sign_in("hendra"), packet)
    pdf = pypdfium2.PdfDocument(content)
    assert "Kode" in pdf[0].get_textpage().get_text_bounded()


def test_a_large_packet_to_print_has_parts(cast, unit, sign_in, monkeypatch):
    monkeypatch.setattr(tasks, "PART", 1)
    agreed(cast)
    agreed(cast, who="rina")
    archive = zipfile.ZipFile(io.BytesIO(content_of(sign_in("hendra"), made(ask(cast, unit, shape=Shape.PRINT)))))
    assert archive.namelist() == ["cetak-bagian-01.pdf", "cetak-bagian-02.pdf"]


def test_an_empty_packet_says_so(cast, unit, sign_in):
    packet = made(ask(cast, unit))
    archive = zipfile.ZipFile(io.BytesIO(content_of(sign_in("hendra"), packet)))
    assert archive.namelist() == ["KOSONG.txt"]


def test_the_personnel_agency_may_ask_and_colleagues_may_not(cast, unit, sign_in):
    assert ask(cast, unit, who="maya").pk
    for who in ("andi", "dewi", "agus"):
        with pytest.raises(NotAllowed):
            ask(cast, unit, who=who)


def test_a_packet_is_only_for_who_asked(cast, unit, sign_in):
    agreed(cast)
    packet = made(ask(cast, unit))
    address = reverse("documents:packet_file", args=[packet.pk])
    assert sign_in("maya").get(address).status_code == 403
    assert sign_in("andi").get(address).status_code == 403


def test_who_lost_the_unit_meanwhile_gets_nobody(cast, unit):
    agreed(cast)
    packet = ask(cast, unit)
    cast.hendra.assignments.update(ends_on=NOW.date())
    assert made(packet).total == 0


def test_the_same_form_twice_is_one_packet(cast, unit):
    key = uuid.uuid4()
    assert ask(cast, unit, key=key).pk == ask(cast, unit, key=key).pk
    assert Packet.objects.count() == 1


def test_a_packet_begun_by_a_killed_worker_is_made_anew(cast, unit):
    agreed(cast)
    packet = ask(cast, unit)
    Packet.objects.update(state=PacketState.MAKING, total=5, done=3)
    assert (made(packet).state, packet.done) == (PacketState.DONE, 1)
    before = packet.finished_at
    assert made(packet).finished_at == before, "what is done is not done again"


def test_a_dead_worker_leaves_a_clear_state(cast, unit, sign_in):
    packet = ask(cast, unit)
    with pytest.raises(NotNow):
        ask_again(actor=cast.viewer("hendra"), packet=packet)
    Packet.objects.update(state=PacketState.MAKING, beaten_at=timezone.now() - timedelta(minutes=2))
    packet.refresh_from_db()
    assert is_stalled(packet)
    page = sign_in("hendra").get(reverse("documents:packet", args=[packet.pk])).content.decode()
    assert "Pekerja latar tidak memberi kabar" in page
    assert "Buat lagi" in page
    assert ask_again(actor=cast.viewer("hendra"), packet=packet).state == PacketState.WAITING


def test_a_failure_is_told_and_can_be_repeated(cast, unit, monkeypatch, sign_in):
    agreed(cast)
    packet = ask(cast, unit)

    def broken(**_):
        raise OSError("disk penuh")

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "issue_plan", broken)
        with pytest.raises(OSError, match="disk"):
            tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    assert packet.state == PacketState.FAILED
    assert "gagal dibuat" in sign_in("hendra").get(reverse("documents:packet", args=[packet.pk])).content.decode()
    assert made(ask_again(actor=cast.viewer("hendra"), packet=packet)).state == PacketState.DONE


def test_the_file_is_forgotten_after_its_time(cast, unit, sign_in):
    packet = made(ask(cast, unit))
    tasks.forget_packet.func(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.path) == (PacketState.GONE, "")
    assert sign_in("hendra").get(reverse("documents:packet_file", args=[packet.pk])).status_code == 409


def test_the_page_asks_and_lists(cast, unit, sign_in):
    client, address = sign_in("hendra"), reverse("documents:packets")
    form = {"unit": unit.pk, "year": 2026, "kind": "lengkap", "shape": "zip", "form_key": str(uuid.uuid4())}
    assert client.post(address, {**form, "year": "dulu"}).status_code == 422
    assert client.post(address, {**form, "unit": cast.units["health"].pk}).status_code == 422
    answer = client.post(address, form)
    assert answer.url == reverse("documents:packet", args=[Packet.objects.get().pk])
    assert unit.name in client.get(address).content.decode()
    assert sign_in("andi").get(address).status_code == 403


def test_queries_of_the_list_do_not_grow(cast, unit, sign_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = sign_in("hendra"), reverse("documents:packets")
    ask(cast, unit)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(49):
        ask(cast, unit)
    with django_assert_num_queries(len(one)):
        client.get(address)
