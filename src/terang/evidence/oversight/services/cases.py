"""Real cases followed on a visit: drawn by the lots that anybody can draw again, compared with their log."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.selectors import batch_after, history_of
from terang.audit.services import record
from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.hooks import case_codes, cases_told
from terang.evidence.oversight.models import CaseDraw, CaseFollowed, Inspection
from terang.registry.people.viewer import Viewer
from terang.rules.oversight.lots import Paper, codes_in, digest_of, drawn, list_text, seed_of
from terang.web.errors import NotNow, Stale

SAMPLE = 3
"""Cases of one visit: what one team can follow at a counter in a morning. A declared choice."""
PERIOD = timedelta(days=30)
"""How far back before the day of the visit requests take part. A declared choice."""
LONGEST_NOTE = 300
SALT_BYTES = 16


@dataclass(frozen=True)
class Compared:
    """What was found of one step: whether it agrees (None: not looked at), and a note."""

    agrees: bool | None
    note: str = ""


def draw_cases(*, actor: Viewer | None, inspection: Inspection) -> CaseDraw:
    """Freezes the list of a visit's requests, whose digest goes into the journal; called again, draws from it, once,
    from the seal that came after (`CaseDraw.is_drawn`). Where no such seal stands yet the call itself is written into
    the journal and brings one.

    Raises NotAllowed, NotNow for a unit without requests or while the frozen list waits to be sealed.
    """
    viewer = require_inspector(actor, inspection.unit)
    with transaction.atomic():
        Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        draw = CaseDraw.objects.filter(inspection=inspection).first()
        if draw is None:
            return _freeze(inspection, viewer)
        if not draw.is_drawn:
            _draw(draw, inspection, viewer)
    return draw


def _freeze(inspection: Inspection, viewer: Viewer) -> CaseDraw:
    since, until = inspection.day - PERIOD, inspection.day
    codes = case_codes(inspection.unit, since, until)
    if not codes:
        raise NotNow(gettext("Tidak ada permohonan pada tiga puluh hari terakhir."))
    salt, title = secrets.token_hex(SALT_BYTES), inspection.letter or inspection.purpose
    text = list_text(Paper(title, inspection.day.isoformat(), salt, min(SAMPLE, len(codes)), codes))
    told = {"since": since, "until": until, "list_text": text, "salt": salt, "list_sha256": digest_of(text)}
    draw = CaseDraw.objects.create(inspection=inspection, frozen_at=timezone.now(), **told)
    _record("oversight.cases_frozen", inspection, viewer, {"digest": draw.list_sha256, "count": len(codes)})
    return draw


def _draw(draw: CaseDraw, inspection: Inspection, viewer: Viewer) -> None:
    frozen = history_of("oversight.inspection", inspection.pk).filter(verb="oversight.cases_frozen").first()
    if frozen is None or frozen.position is None:
        raise NotNow(gettext("Daftar baru saja dibekukan dan belum disegel jejak. Coba lagi beberapa detik lagi."))
    seal = batch_after(frozen.position)
    if seal is None:
        _record("oversight.cases_called", inspection, viewer, {})
        return
    draw.beacon, draw.beacon_batch, draw.drawn_at = seal.digest, seal.pk, timezone.now()
    draw.save(update_fields=["beacon", "beacon_batch", "drawn_at"])
    chosen = drawn(seed_of(draw.salt, seal.digest), codes_in(draw.list_text), SAMPLE)
    _keep(inspection, chosen)
    _record("oversight.cases_drawn", inspection, viewer, {"count": len(chosen)})


def _keep(inspection: Inspection, chosen: list[str]) -> None:
    told = {case.code: case for case in cases_told(inspection.unit, chosen)}
    CaseFollowed.objects.bulk_create(
        CaseFollowed(
            inspection=inspection,
            code=code,
            title=told[code].title,
            url=told[code].url,
            rank=rank,
            steps=[
                {"text": step.text, "day": step.day.isoformat(), "agrees": None, "note": ""}
                for step in told[code].steps
            ],
        )
        for rank, code in enumerate(chosen, 1)
    )


def note_case(
    *, actor: Viewer | None, case: CaseFollowed, compared: Mapping[int, Compared], version: int
) -> CaseFollowed:
    """What the overseer found of the steps, by their place. Raises NotAllowed, Stale."""
    viewer = require_inspector(actor, case.inspection.unit)
    with transaction.atomic():
        current = (
            CaseFollowed.objects.select_for_update(of=("self",)).select_related("inspection__unit").get(pk=case.pk)
        )
        if current.version != version:
            raise Stale(gettext("Kasus ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
        for place, step in enumerate(current.steps):
            if place in compared:
                found = compared[place]
                step["agrees"], step["note"] = found.agrees, found.note.strip()[:LONGEST_NOTE]
        current.version += 1
        current.save(update_fields=["steps", "version"])
        _record("oversight.case_noted", current.inspection, viewer, {"count": current.looked_at})
    return current


def open_case(*, actor: Viewer | None, case: CaseFollowed) -> str:
    """Tells the address of the case's own log; that it was opened stands in the journal."""
    viewer = require_inspector(actor, case.inspection.unit)
    with transaction.atomic():
        _record("oversight.case_opened", case.inspection, viewer, {"code": case.code})
    return case.url


def _record(verb: str, inspection: Inspection, viewer: Viewer, changes: dict[str, object]) -> None:
    record(
        verb,
        actor=viewer.user,
        obj=inspection,
        agency_id=inspection.unit.agency_id,
        unit_id=inspection.unit_id,
        changes={"day": inspection.day} | changes,
    )
