"""Packets made by the worker: one person after another, so that memory stays the same; may be begun again any time."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from terang.audit.services import record
from terang.planning.plans.models import PlanVersion
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import viewer_for
from terang.reporting.documents.access import packet_units
from terang.reporting.documents.joining import join
from terang.reporting.documents.models import Document, Packet, PacketState, Shape
from terang.reporting.documents.selectors import plans_without_agreement, version_to_print, versions_of_unit
from terang.reporting.documents.services import bytes_of, issue_plan

KEPT = timedelta(days=7)
PART = 100
"""People in one PDF to print; a larger unit gets several, for a file being joined is held in memory."""
ALIVE = timedelta(seconds=60)
"""A worker that makes a packet shows a sign of life with every person."""


@task()
def make_packet(packet_id: int) -> None:
    """From request to file. Does nothing where the file is there already; begins anew where a worker was killed."""
    packet = Packet.objects.select_related("unit", "agency", "asked_by__user").get(pk=packet_id)
    if packet.state not in (PacketState.WAITING, PacketState.MAKING):
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


def _make(packet: Packet) -> None:
    """Only people whom the one who asked may see at this moment get into the file."""
    pks, missing = _wanted(packet)
    _say(packet, state=PacketState.MAKING, total=len(pks), missing=missing, done=0)
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
            archive.writestr("KOSONG.txt", "Belum ada SKP yang disepakati pada unit dan tahun ini.\n")
    return made, "zip"


def _issued(packet: Packet, pks: list[int]) -> Iterator[tuple[PlanVersion, Document]]:
    for done, pk in enumerate(pks, 1):
        version = version_to_print(pk).get()
        yield version, issue_plan(version=version, kind=packet.kind)
        _say(packet, done=done)


def _files(issued: Iterator[tuple[PlanVersion, Document]]) -> Iterator[tuple[str, bytes]]:
    for version, document in issued:
        employee, unit = version.plan.employee, version.plan.unit
        folder = _plain(f"{unit.code} {unit.name}") if unit else "Tanpa unit"
        name = _plain(f"{employee.name} {employee.nip} {document.kind} v{version.number}")
        yield f"{folder}/{name}.pdf", bytes_of(document)


def _plain(name: str) -> str:
    """A name that no system takes for a path."""
    return "".join(letter if letter.isalnum() or letter in " .,-_()" else "-" for letter in name).strip(". ")


def _parts(issued: Iterator[tuple[PlanVersion, Document]]) -> Iterator[tuple[str, bytes]]:
    number = 0
    while several := list(islice(issued, PART)):
        number += 1
        yield f"cetak-bagian-{number:02}.pdf", _joined(several)


def _joined(issued: Iterable[tuple[PlanVersion, Document]]) -> bytes:
    return join(bytes_of(document) for _, document in issued)


def _say(packet: Packet, **fields: Any) -> None:
    Packet.objects.filter(pk=packet.pk).update(**fields, beaten_at=timezone.now())
