"""Asking for a packet, and asking again where the worker died."""

import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.heartbeats import alive_workers
from terang.audit.services import record
from terang.evaluation.appraisals.models import RatingWindow
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.access import require_own_packet, require_unit
from terang.reporting.documents.models import Packet, PacketState
from terang.reporting.documents.tasks import ALIVE, enqueue
from terang.web.errors import NotNow

RUNNING = (PacketState.WAITING, PacketState.MAKING)


def is_stalled(packet: Packet) -> bool:
    """Whether no worker has shown a sign of life for a minute although the packet is not finished. One that waits
    behind others is not stalled while a worker runs; then one query."""
    if packet.state not in RUNNING or timezone.now() - (packet.beaten_at or packet.asked_at) <= ALIVE:
        return False
    return packet.state == PacketState.MAKING or not alive_workers()


def take_up() -> int:
    """Queues packets anew whose workers were killed more often than the queue tries; gives how many. An hourly
    chore."""
    silent = Q(beaten_at=None) | Q(beaten_at__lt=timezone.now() - ALIVE)
    lost = Packet.objects.filter(silent, state=PacketState.MAKING)
    for packet in lost:
        enqueue(packet)
    return len(lost)


def ask_packet(
    *,
    actor: Viewer | None,
    unit: Unit,
    year: int,
    kind: str,
    shape: str,
    form_key: uuid.UUID,
    window: RatingWindow | None = None,
) -> Packet:
    """Queues a packet of a unit, of the evaluations of a window where one is named; the same form twice is one."""
    asker = require_unit(actor, unit)
    with transaction.atomic():
        packet, made = Packet.objects.get_or_create(
            form_key=form_key,
            defaults={
                "agency_id": unit.agency_id,
                "unit": unit,
                "year": year,
                "window": window,
                "kind": kind,
                "shape": shape,
                "asked_by": asker.employee,
                "asked_at": timezone.now(),
            },
        )
        if made:
            record(
                "documents.packet_asked",
                actor=asker.user,
                obj=packet,
                agency_id=unit.agency_id,
                unit_id=unit.pk,
                changes={"year": year, "kind": kind, "shape": shape},
            )
            enqueue(packet)
    return packet


def fetch(packet: Packet) -> None:
    """Notes that the file was handed out, so that nobody is told of it any more."""
    Packet.objects.filter(pk=packet.pk, fetched_at=None).update(fetched_at=timezone.now())


def ask_again(*, actor: Viewer | None, packet: Packet) -> Packet:
    """Queues a packet anew that failed or whose worker is gone, for whoever asks now. Raises NotNow while it is being
    made or is there."""
    asker = require_own_packet(actor, packet)
    with transaction.atomic():
        current = Packet.objects.select_for_update().get(pk=packet.pk)
        if current.state in (PacketState.DONE, *RUNNING) and not is_stalled(current):
            raise NotNow(gettext("Paket ini sedang dibuat atau sudah selesai."))
        current.state, current.done, current.beaten_at = PacketState.WAITING, 0, timezone.now()
        current.fetched_at, current.asked_by = None, asker.employee
        current.save(update_fields=["state", "done", "beaten_at", "fetched_at", "asked_by"])
        record("documents.packet_asked", actor=asker.user, obj=current, agency_id=current.agency_id)
        enqueue(current)
    return current
