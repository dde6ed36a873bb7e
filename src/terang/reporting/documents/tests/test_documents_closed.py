"""The papers of a closed year: queued with its closing, part by part, none lost and none twice."""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks import default_task_backend

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.appraisals.services import Days, open_window
from terang.evaluation.appraisals.tests.conftest import city  # noqa: F401
from terang.evaluation.closing.models import Closing, ClosingState
from terang.evaluation.closing.services import ask_closing, ask_documents, freeze, take_up
from terang.evaluation.models import Period
from terang.registry.people.models import Role, RoleGrant
from terang.reporting.boards.waiting import waiting_for
from terang.reporting.documents import closed, packets, tasks
from terang.reporting.documents.models import Document, Kind, Packet, PacketState
from terang.reporting.documents.packets import ask_again
from terang.reporting.documents.selectors import packets_of
from terang.reporting.documents.tests.test_documents_issuing import agreed, own_vault  # noqa: F401
from terang.web.errors import NotAllowed, NotNow


@pytest.fixture
def year(city):  # noqa: F811
    """2026 is rated: Andi and Rina handed over by Hendra, Hendra by Sri; everything else is left."""
    agreed(city.cast)
    city.day = date(2026, 12, 15)
    days = Days(date(2026, 12, 1), date(2027, 1, 15), "SE 1")
    city.window = open_window(actor=city.viewer("maya"), kind="year", day=date(2026, 3, 1), days=days)
    city.measure(root="baik", dukcapil="baik", register="baik")
    city.give("hendra", "andi")
    city.give("hendra", "rina")
    city.give("sri", "hendra")
    city.day = date(2027, 1, 20)
    RoleGrant.objects.create(employee=city.cast.joko, role=Role.PERSONNEL, starts_on=date(2020, 1, 2))
    return city


def asked(city):  # noqa: F811
    period = Period.objects.get(pk=city.window.period_id)
    return ask_closing(actor=city.viewer("maya"), period=period, basis="BA 9", reason="Tahun habis", form_key=uuid4())


def close(city):  # noqa: F811
    made = asked(city)
    freeze(made.pk)
    return Closing.objects.get(pk=made.pk)


def queued():
    """The packets the queue holds, with the day from which on and the priority."""
    rows = [each for each in default_task_backend.results if each.task.func == tasks.make_packet.func]
    return [(each.args[0], each.task.run_after, each.task.priority) for each in rows]


def test_closing_a_year_queues_one_packet_for_each_part(year):
    root = year.cast.units["root"]
    said = {"window": year.window, "rater": year.cast.sri, "state": "selesai", "predicate": "baik"}
    Appraisal.objects.create(employee=year.cast.tono, home=root, unit=root, **said)
    Appraisal.objects.create(employee=year.cast.siti, home=year.cast.units["puskesmas"], unit=root, **said)
    run = close(year)
    rows = {row.unit.code: (row.total, row.alone, row.kind) for row in run.packets.all()}
    assert rows == {
        "DUKCAPIL": (3, False, Kind.EVALUATED),
        "ROOT": (1, True, Kind.EVALUATED),
        "HEALTH": (1, False, Kind.EVALUATED),
    }
    assert {each[0] for each in queued()} == {row.pk for row in run.packets.all()}
    assert {priority for _pk, _after, priority in queued()} == {tasks.BEHIND}
    assert JournalEntry.objects.get(verb="closing.finished").changes["documents"] == 3
    assert closed.queue(run) == 0
    assert Packet.objects.count() == 3


def test_the_packet_holds_both_forms_and_the_document_alone_without_an_agreed_plan(year, sign_in):
    run = close(year)
    packet = run.packets.get()
    tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.done, packet.total) == (PacketState.DONE, 3, 3)
    assert {row.formats for row in Document.objects.all()} == {"D.1.1, C.1.3", "D.1.1"}
    answer = sign_in("joko").get(reverse("documents:packet_file", args=[packet.pk]))
    assert len(zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()) == 3
    assert sign_in("hendra").get(reverse("documents:packet", args=[packet.pk])).status_code == 403
    assert sign_in("sri").get(reverse("documents:packet", args=[packet.pk])).status_code == 403


def test_a_worker_killed_while_the_run_ends_neither_ends_it_nor_queues(year, monkeypatch):
    made = asked(year)

    def dies(packet):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(closed, "enqueue", dies)
        with pytest.raises(SystemExit):
            freeze(made.pk)
    assert Closing.objects.get(pk=made.pk).state == ClosingState.RUNNING
    assert not Packet.objects.exists()
    assert take_up() == 1
    assert Closing.objects.get(pk=made.pk).state == ClosingState.DONE
    assert Packet.objects.count() == len(queued()) == 1
    assert JournalEntry.objects.filter(verb="closing.finished").count() == 1


def test_a_packet_whose_worker_was_killed_is_made_by_the_next_and_no_document_twice(year, monkeypatch):
    packet = close(year).packets.get()
    real, calls = tasks.bytes_of, []

    def dies(document):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return real(document)

    monkeypatch.setattr(tasks, "bytes_of", dies)
    with pytest.raises(SystemExit):
        tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.done) == (PacketState.MAKING, 1)
    tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    assert packet.state == PacketState.MAKING, "another worker may be at it"
    assert queued()[-1] == (packet.pk, timezone.now() + tasks.ALIVE, tasks.BEHIND)
    assert packets.take_up() == 0
    Packet.objects.update(beaten_at=timezone.now() - timedelta(minutes=2))
    assert packets.take_up() == 1
    tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.done, Document.objects.count()) == (PacketState.DONE, 3, 3)
    tasks.make_packet.func(packet.pk)
    assert JournalEntry.objects.filter(verb="documents.packet_made").count() == 1


def test_a_period_within_the_year_makes_papers_only_when_asked(city):  # noqa: F811
    city.give("hendra", "andi")
    city.day = date(2026, 12, 15)
    run = close(city)
    assert not Packet.objects.exists()
    with pytest.raises(NotAllowed):
        ask_documents(actor=city.viewer("lina"), closing=run)
    assert ask_documents(actor=city.viewer("maya"), closing=run) == 1
    assert ask_documents(actor=city.viewer("maya"), closing=run) == 0
    assert Packet.objects.count() == JournalEntry.objects.filter(verb="closing.documents_asked").count() == 1


def test_where_nothing_was_handed_over_there_is_nothing_to_ask_for(city):  # noqa: F811
    city.day = date(2026, 12, 15)
    with pytest.raises(NotNow, match="tidak ada yang dicetak"):
        ask_documents(actor=city.viewer("maya"), closing=close(city))
    Closing.objects.update(state=ClosingState.RUNNING)
    with pytest.raises(NotNow, match="Sedang dibekukan"):
        ask_documents(actor=city.viewer("maya"), closing=Closing.objects.get())


def test_the_page_of_the_run_tells_how_far_they_are(year, sign_in):
    run = close(year)
    page = sign_in("maya").get(run.get_absolute_url()).content.decode()
    assert "0 dari 3 dokumen dibuat" in page
    assert "every 3s" in page
    packet = run.packets.get()
    assert reverse("documents:packet", args=[packet.pk]) in page
    assert (
        reverse("documents:packet", args=[packet.pk])
        not in sign_in("lina").get(run.get_absolute_url()).content.decode()
    )
    tasks.make_packet.func(packet.pk)
    part = sign_in("maya").get(reverse("closing:documents", args=[run.pk])).content.decode()
    assert "3 dokumen siap" in part
    assert "every 3s" not in part


def test_a_colleague_asks_again_for_what_was_deleted(year):
    packet = close(year).packets.get()
    tasks.make_packet.func(packet.pk)
    tasks.forget_packet.func(packet.pk)
    packet.refresh_from_db()
    with pytest.raises(NotAllowed):
        ask_again(actor=year.viewer("sri"), packet=packet)
    again = ask_again(actor=year.viewer("joko"), packet=packet)
    assert (again.state, again.asked_by) == (PacketState.WAITING, year.cast.joko)
    tasks.make_packet.func(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.done) == (PacketState.DONE, 3)


def test_who_closed_is_told_once_all_are_there_and_not_part_by_part(year):
    def told():
        return [duty.url for duty in waiting_for(year.viewer("maya")) if "Dokumen evaluasi" in duty.title]

    run = close(year)
    assert not told()
    assert not packets_of(year.viewer("maya"))
    tasks.make_packet.func(run.packets.get().pk)
    assert told() == [run.get_absolute_url()]
    packets.fetch(run.packets.get())
    assert not told()


def test_many_parts_ask_no_more_questions_of_the_page(year, sign_in):
    run = close(year)
    client, counts = sign_in("maya"), []
    for _round in range(2):
        client.get(run.get_absolute_url())
        with CaptureQueriesContext(connection) as asked_now:
            client.get(run.get_absolute_url())
        counts.append(len(asked_now))
        for unit in year.cast.units.values():
            Packet.objects.get_or_create(
                closing=run,
                unit=unit,
                defaults={
                    "agency": year.cast.agency,
                    "year": 2026,
                    "asked_by": year.cast.maya,
                    "asked_at": timezone.now(),
                    "form_key": uuid4(),
                },
            )
    assert counts[0] == counts[1]
