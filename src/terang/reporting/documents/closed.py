"""The papers of a closed period: one packet for each part of the government, made by the worker behind everything else
that waits. Named in `TERANG_CLOSING_DOCUMENTS` (`evaluation.closing.hooks`)."""

import uuid
from collections import Counter

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.appraisals.progress import part_of
from terang.evaluation.appraisals.states import TOLD
from terang.evaluation.closing.hooks import Bundle
from terang.evaluation.closing.models import Closing
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.access import may_fetch
from terang.reporting.documents.models import Kind, Packet, PacketState
from terang.reporting.documents.packets import RUNNING
from terang.reporting.documents.tasks import enqueue

TONES = {PacketState.DONE: "ok", PacketState.FAILED: "wrong", PacketState.MAKING: "attention"}


@transaction.atomic
def queue(closing: Closing) -> int:
    """Queues a packet for each part in which something was handed over, and gives how many were added. A part is a unit
    right below the root with all below it; the people of the root are a part of their own. Five queries, one more for
    each part added."""
    window = RatingWindow.objects.filter(period=closing.period_id).select_related("period").first()
    if window is None:
        return 0
    Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    told: Counter[int] = Counter()
    rows = Appraisal.objects.filter(window=window, state__in=TOLD).order_by()
    for path, number in rows.values_list("home__path").annotate(n=Count("pk")):
        told[part_of(path)] += number
    there = set(Packet.objects.filter(closing=closing).values_list("unit_id", flat=True))
    units = Unit.objects.filter(pk__in=set(told) - there)
    made = Packet.objects.bulk_create([_packet(closing, window, unit, told[unit.pk]) for unit in units])
    for packet in made:
        enqueue(packet)
    return len(made)


def _packet(closing: Closing, window: RatingWindow, unit: Unit, people: int) -> Packet:
    return Packet(
        agency_id=unit.agency_id,
        unit=unit,
        window=window,
        closing=closing,
        alone=unit.parent_id is None,
        year=window.period.starts_on.year,
        kind=Kind.EVALUATED,
        asked_by_id=closing.asked_by_id,
        asked_at=timezone.now(),
        form_key=uuid.uuid4(),
        total=people,
    )


def bundles(closing: Closing, viewer: Viewer) -> list[Bundle]:
    """How far each part is, in the order of the tree. One query."""
    rows = Packet.objects.filter(closing=closing).select_related("unit").order_by("unit__path")
    return [_bundle(row, viewer) for row in rows]


def _bundle(row: Packet, viewer: Viewer) -> Bundle:
    return Bundle(
        name=row.unit.name,
        state=str(row.get_state_display()),
        tone=TONES.get(PacketState(row.state), "quiet"),
        done=row.done,
        total=row.total,
        missing=row.missing,
        runs=row.state in RUNNING,
        url=reverse("documents:packet", args=[row.pk]) if may_fetch(viewer, row) else "",
    )
