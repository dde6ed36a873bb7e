"""Real cases followed on a visit: drawn by the lots that anybody can draw again, compared with their log."""

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
from terang.rules.oversight.lots import Paper, drawn, list_text, seed_of
from terang.web.errors import NotNow, Stale

SAMPLE = 3
"""Cases of one visit: what one team can follow at a counter in a morning. A declared choice."""
PERIOD = timedelta(days=30)
"""How far back before the day of the visit requests take part. A declared choice."""
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Compared:
    """What was found of one step: whether it agrees (None: not looked at), and a note."""

    agrees: bool | None
    note: str = ""


def draw_cases(*, actor: Viewer | None, inspection: Inspection) -> CaseDraw | None:
    """Draws the cases of a visit, once, from the seal of the journal that came after the visit was opened; None where
    no such seal stands yet: the call itself is then in the journal and brings one.

    Raises NotAllowed, NotNow for a visit without an opening in the journal or a unit without requests.
    """
    viewer = require_inspector(actor, inspection.unit)
    with transaction.atomic():
        Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        if known := CaseDraw.objects.filter(inspection=inspection).first():
            return known
        opened = history_of("oversight.inspection", inspection.pk).filter(verb="oversight.inspection_opened").first()
        if opened is None or opened.position is None:
            raise NotNow(gettext("Kunjungan ini belum disegel jejak. Coba lagi beberapa detik lagi."))
        since, until = inspection.day - PERIOD, inspection.day
        codes = case_codes(inspection.unit, since, until)
        if not codes:
            raise NotNow(gettext("Tidak ada permohonan pada tiga puluh hari terakhir."))
        seal = batch_after(opened.position)
        _record("oversight.cases_drawn", inspection, viewer, {"count": min(SAMPLE, len(codes)) if seal else 0})
        if seal is None:
            return None
        salt, lots = f"kunjungan-{inspection.pk}", min(SAMPLE, len(codes))
        title = inspection.letter or inspection.purpose
        made = CaseDraw.objects.create(
            inspection=inspection,
            since=since,
            until=until,
            list_text=list_text(Paper(title, inspection.day.isoformat(), salt, lots, codes)),
            salt=salt,
            beacon=seal.digest,
            beacon_batch=seal.pk,
            drawn_at=timezone.now(),
        )
        _keep(inspection, drawn(seed_of(salt, seal.digest), codes, lots))
    return made


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
