"""Packets made by the worker: one person after another, so that memory stays the same; may be begun again any time."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from django_tasks.base import DEFAULT_TASK_PRIORITY

from terang.audit.services import record
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import viewer_for
from terang.reporting.documents.access import packet_units
from terang.reporting.documents.appraisals import appraisals_to_print, handed_in_unit, people_without_result
from terang.reporting.documents.joining import join
from terang.reporting.documents.models import Document, Kind, Packet, PacketState, Shape
from terang.reporting.documents.selectors import plans_without_agreement, version_to_print, versions_of_unit
from terang.reporting.documents.services import bytes_of, issue_appraisal, issue_plan
from terang.web.errors import NotNow

KEPT = timedelta(days=7)
PART = 100
"""People in one PDF to print; a larger unit gets several, for a file being joined is held in memory."""
EMPTY_YEAR = "Belum ada SKP yang disepakati pada unit dan tahun ini.\n"
EMPTY_WINDOW = "Belum ada hasil evaluasi yang dapat dicetak pada unit dan masa penilaian ini.\n"
BEHIND = -10
"""Priority of what nobody waits for at this moment."""
ALIVE = timedelta(seconds=60)
"""A worker that makes a packet shows a sign of life with every person."""


@task()
def make_packet(packet_id: int) -> None:
    """From request to file. Does nothing where the file is there already; begins anew where a worker was killed."""
    packet = _taken(packet_id)
    if packet is None:
        return
    try:
        _make(packet)
    except Exception:
        Packet.objects.filter(pk=packet_id).update(state=PacketState.FAILED, finished_at=timezone.now())
        raise


@task()
def forget_packet(packet_id: int) -> None:
    """Deletes the file once its time is over."""
    packet = Packet.objects.get(pk=packet_id)
    if packet.kept_until is None or packet.state != PacketState.DONE:
        return
    default_storage.delete(packet.path)
    Packet.objects.filter(pk=packet_id).update(state=PacketState.GONE, path="")


def enqueue(packet: Packet, *, after: timedelta | None = None) -> None:
    """Has the worker make a packet; those of a closing behind everything else. In the transaction of the caller."""
    at = timezone.now() + after if after else None
    make_packet.using(run_after=at, priority=BEHIND if packet.closing_id else DEFAULT_TASK_PRIORITY).enqueue(packet.pk)


@transaction.atomic
def _taken(packet_id: int) -> Packet | None:
    """The packet, in the hands of this worker; None where it is there already. Where somebody else has shown a sign of
    life within the minute it may be in those hands, or they were just killed: it is looked at again a minute later."""
    whole = Packet.objects.select_related("unit", "agency", "asked_by__user", "window__period__agency")
    packet = whole.select_for_update(of=("self",)).get(pk=packet_id)
    if packet.state not in (PacketState.WAITING, PacketState.MAKING):
        return None
    if packet.state == PacketState.MAKING and packet.beaten_at and timezone.now() - packet.beaten_at < ALIVE:
        enqueue(packet, after=ALIVE)
        return None
    _say(packet, state=PacketState.MAKING, done=0)
    return packet


def _make(packet: Packet) -> None:
    """Only people whom the one who asked may see at this moment get into the file."""
    pks, missing = _wanted(packet)
    _say(packet, total=len(pks), missing=missing)
    with tempfile.TemporaryDirectory(prefix="terang-paket-") as folder:
        made, ending = _pack(packet, pks, Path(folder))
        name = f"paket/{packet.pk}-{packet.form_key}.{ending}"
        default_storage.delete(name)
        with made.open("rb") as file:
            path = default_storage.save(name, File(file))
        size = made.stat().st_size
    now = timezone.now()
    with transaction.atomic():
        _say(
            packet, state=PacketState.DONE, path=path, size_bytes=size, finished_at=now, kept_until=(now + KEPT).date()
        )
        record(
            "documents.packet_made",
            actor=None,
            obj=packet,
            agency_id=packet.agency_id,
            subject_employee_id=packet.asked_by_id,
            unit_id=packet.unit_id,
            changes={"people": len(pks), "missing": missing},
        )
        forget_packet.using(run_after=now + KEPT).enqueue(packet.pk)


def _wanted(packet: Packet) -> tuple[list[int], int]:
    user = packet.asked_by.user
    viewer = viewer_for(user, timezone.now()) if user else None
    if viewer is None or not packet_units(viewer).filter(pk=packet.unit_id).exists():
        return [], 0
    people = visible_employees(viewer)
    if packet.window:
        told = handed_in_unit(packet.window, packet.unit, people, alone=packet.alone)
        without = people_without_result(packet.window, packet.unit, people, alone=packet.alone)
        return list(told.values_list("pk", flat=True)), without
    rows = versions_of_unit(packet.unit, packet.year, people)
    return list(rows.values_list("pk", flat=True)), plans_without_agreement(packet.unit, packet.year, people)


def _pack(packet: Packet, pks: list[int], folder: Path) -> tuple[Path, str]:
    """The file and its ending; several parts to print travel in a ZIP."""
    issued = _issued(packet, pks)
    if packet.shape == Shape.PRINT and 0 < len(pks) <= PART:
        made = folder / "paket.pdf"
        made.write_bytes(_joined(issued))
        return made, "pdf"
    made = folder / "paket.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _parts(issued) if packet.shape == Shape.PRINT else _files(issued):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
        if not pks:
            archive.writestr("KOSONG.txt", EMPTY_WINDOW if packet.window else EMPTY_YEAR)
    return made, "zip"


@dataclass(frozen=True)
class _Printed:
    """One document of a packet: whose it is, where it is filed, what tells it from others of the person."""

    employee: Employee
    unit: Unit | None
    mark: str
    document: Document


def _issued(packet: Packet, pks: list[int]) -> Iterator[_Printed]:
    """Who has nothing of this kind after all is counted as missing."""
    done = 0
    for pk in pks:
        try:
            printed = _evaluation(packet, pk) if packet.window else _plan(packet, pk)
        except NotNow:
            _say(packet, missing=F("missing") + 1, total=F("total") - 1)
            continue
        yield printed
        done += 1
        _say(packet, done=done)


def _plan(packet: Packet, pk: int) -> _Printed:
    version = version_to_print(pk).get()
    issued = issue_plan(version=version, kind=packet.kind)
    return _Printed(version.plan.employee, version.plan.unit, f"v{version.number}", issued)


def _evaluation(packet: Packet, pk: int) -> _Printed:
    """At a closing, who has no agreed plan gets the document without the result."""
    found = appraisals_to_print().get(pk=pk)
    try:
        issued = issue_appraisal(appraisal=found, kind=packet.kind)
    except NotNow:
        if packet.closing_id is None:
            raise
        issued = issue_appraisal(appraisal=found, kind=Kind.EVALUATION)
    return _Printed(found.employee, found.home, str(found.window.period.starts_on), issued)


def _files(issued: Iterator[_Printed]) -> Iterator[tuple[str, bytes]]:
    for each in issued:
        folder = _plain(f"{each.unit.code} {each.unit.name}") if each.unit else "Tanpa unit"
        name = _plain(f"{each.employee.name} {each.employee.nip} {each.document.kind} {each.mark}")
        yield f"{folder}/{name}.pdf", bytes_of(each.document)


def _plain(name: str) -> str:
    """A name that no system takes for a path."""
    return "".join(letter if letter.isalnum() or letter in " .,-_()" else "-" for letter in name).strip(". ")


def _parts(issued: Iterator[_Printed]) -> Iterator[tuple[str, bytes]]:
    number = 0
    while several := list(islice(issued, PART)):
        number += 1
        yield f"cetak-bagian-{number:02}.pdf", _joined(several)


def _joined(issued: Iterable[_Printed]) -> bytes:
    return join(bytes_of(each.document) for each in issued)


def _say(packet: Packet, **fields: Any) -> None:
    Packet.objects.filter(pk=packet.pk).update(**fields, beaten_at=timezone.now())
