"""Asking for a packet, and asking again where the worker died."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.access import require_own_packet, require_unit
from terang.reporting.documents.models import Packet, PacketState
from terang.reporting.documents.tasks import ALIVE, make_packet
from terang.web.errors import NotNow

RUNNING = (PacketState.WAITING, PacketState.MAKING)


def is_stalled(packet: Packet) -> bool:
    """Whether no worker has shown a sign of life for a minute although the packet is not finished."""
    return packet.state in RUNNING and timezone.now() - (packet.beaten_at or packet.asked_at) > ALIVE


def ask_packet(*, actor: Viewer | None, unit: Unit, year: int, kind: str, shape: str, form_key: uuid.UUID) -> Packet:
    """Queues a packet of a unit; the same form twice is one packet."""
    asker = require_unit(actor, unit)
    with transaction.atomic():
        packet, made = Packet.objects.get_or_create(
            form_key=form_key,
            defaults={
                "agency_id": unit.agency_id,
                "unit": unit,
                "year": year,
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
            transaction.on_commit(lambda: make_packet.enqueue(packet.pk))
    return packet


def fetch(packet: Packet) -> None:
    """Notes that the file was handed out, so that nobody is told of it any more."""
    Packet.objects.filter(pk=packet.pk, fetched_at=None).update(fetched_at=timezone.now())


def ask_again(*, actor: Viewer | None, packet: Packet) -> Packet:
    """Queues a packet anew that failed or whose worker is gone. Raises NotNow while it is being made or is there."""
    asker = require_own_packet(actor, packet)
    with transaction.atomic():
        current = Packet.objects.select_for_update().get(pk=packet.pk)
        if current.state in (PacketState.DONE, *RUNNING) and not is_stalled(current):
            raise NotNow(gettext("Paket ini sedang dibuat atau sudah selesai."))
        current.state, current.done, current.beaten_at = PacketState.WAITING, 0, timezone.now()
        current.fetched_at = None
        current.save(update_fields=["state", "done", "beaten_at", "fetched_at"])
        record("documents.packet_asked", actor=asker.user, obj=current, agency_id=current.agency_id)
        transaction.on_commit(lambda: make_packet.enqueue(current.pk))
    return current
