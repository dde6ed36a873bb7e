"""Missions: prepared, their list frozen, drawn by lot, cancelled. The journal holds no unit of a mission: digests and
numbers only, until a visit is opened on its day."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.selectors import batch_after, history_of
from terang.audit.services import record
from terang.evidence.oversight.access import inspects, require_inspector
from terang.evidence.oversight.mission_access import overseers, require_member
from terang.evidence.oversight.models import Mission, MissionUnit
from terang.evidence.oversight.services.visits import require_reply_days
from terang.evidence.oversight.states import require_move
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.oversight.lots import Paper, digest_of, in_order, list_text, seed_of
from terang.web.errors import NotNow, Stale

MOST_LISTED = 2_000
"""Units on one list."""
SALT_BYTES = 16


@dataclass(frozen=True)
class Brief:
    """What a letter orders. `members` need not name the lead."""

    purpose: str
    letter: str
    letter_day: date
    starts_on: date
    last_day: date
    lead: Employee
    members: Collection[Employee]
    reply_days: int
    lots: int


def prepare_mission(*, actor: Viewer | None, brief: Brief, form_key: UUID) -> Mission:
    """A mission whose list is still empty; the actor is of its team. The same form sent twice prepares one.

    Raises NotAllowed outside the oversight team, ValidationError for odd days, numbers or people.
    """
    viewer = require_inspector(actor)
    _require_sense(brief, viewer)
    fields = {name: getattr(brief, name) for name in Brief.__annotations__ if name != "members"}
    with transaction.atomic():
        mission, made = Mission.objects.get_or_create(
            form_key=form_key, defaults=fields | {"agency_id": viewer.agency_id}
        )
        if made:
            mission.members.set({brief.lead.pk, viewer.employee.pk, *(each.pk for each in brief.members)})
            _record("oversight.mission_prepared", mission, viewer)
    return mission


def revise_mission(*, actor: Viewer | None, mission: Mission, brief: Brief, version: int) -> Mission:
    """The letter was wrong or has changed: all it orders, while the list is still made up. The actor stays of the team.

    Raises NotAllowed outside the team, NotNow once the list is frozen, ValidationError as `prepare_mission`.
    """
    viewer = require_member(actor, mission)
    _require_sense(brief, viewer)
    fields = [name for name in Brief.__annotations__ if name != "members"]
    with transaction.atomic():
        current = _current(mission, version, "revise")
        for name in fields:
            setattr(current, name, getattr(brief, name))
        current.members.set({brief.lead.pk, viewer.employee.pk, *(each.pk for each in brief.members)})
        _save(current, viewer, "oversight.mission_revised", *fields)
    return current


def _require_sense(brief: Brief, viewer: Viewer) -> None:
    require_reply_days(brief.reply_days)
    if brief.last_day < max(brief.starts_on, viewer.today):
        raise ValidationError({"last_day": gettext("Pilih hari yang belum lewat, sesudah hari mulai.")})
    if brief.lots < 0 or brief.lots > MOST_LISTED:
        raise ValidationError({"lots": gettext("Isi banyaknya unit yang diundi, mulai dari 0.")})
    allowed = set(overseers(viewer).values_list("pk", flat=True))
    if not {brief.lead.pk, *(each.pk for each in brief.members)} <= allowed:
        raise ValidationError({"members": gettext("Anggota tim dipilih dari tim pengawas.")})


def list_units(*, actor: Viewer | None, mission: Mission, units: Collection[Unit], version: int) -> Mission:
    """Which units the lots are drawn from; those of risk keep their reason while they stay on the list."""
    viewer = require_member(actor, mission)
    if not 0 < len(units) <= MOST_LISTED:
        raise ValidationError({"units": gettext("Pilih unit yang ikut diundi.")})
    if not all(inspects(viewer, unit) for unit in units):
        raise ValidationError({"units": gettext("Sebagian unit di luar wilayah pemeriksaan Anda.")})
    with transaction.atomic():
        current = _current(mission, version, "list")
        current.listed.exclude(unit__in=units).delete()
        known = set(current.listed.values_list("unit_id", flat=True))
        rows = [unit for unit in units if unit.pk not in known]
        MissionUnit.objects.bulk_create(
            MissionUnit(mission=current, unit=unit, code=unit.code, name=unit.name) for unit in rows
        )
        _save(current, viewer, "oversight.mission_listed", changes={"count": len(units)})
    return current


def set_risk(*, actor: Viewer | None, mission: Mission, listed: MissionUnit, reason: str, version: int) -> Mission:
    """A unit is visited for a written reason and takes no part in the draw; without a reason it takes part again."""
    viewer = require_member(actor, mission)
    with transaction.atomic():
        current = _current(mission, version, "list")
        row = current.listed.get(pk=listed.pk)
        row.reason = " ".join(reason.split())
        row.save(update_fields=["reason"])
        _save(current, viewer, "oversight.mission_listed", changes={"count": current.listed.count()})
    return current


def freeze_mission(*, actor: Viewer | None, mission: Mission, version: int) -> Mission:
    """Writes the list down for good, with a salt of the machine's, and puts its digest into the journal.

    Raises NotNow after the last day, where there is nothing to visit, or no more units to draw from than are drawn.
    """
    viewer = require_member(actor, mission)
    with transaction.atomic():
        current = _current(mission, version, "freeze")
        _require_time(current, viewer)
        rows = list(current.listed.all())
        pool, risks = (
            [row.code for row in rows if not row.by_risk],
            {row.code: row.reason for row in rows if row.by_risk},
        )
        if not current.lots and not risks:
            raise NotNow(gettext("Tidak ada yang dikunjungi: tidak ada undian dan tidak ada unit karena risiko."))
        if current.lots and current.lots >= len(pool):
            raise NotNow(gettext("Yang diundi harus lebih sedikit dari daftar. Tambah unit pada daftar."))
        current.salt, current.frozen_at = secrets.token_hex(SALT_BYTES), timezone.now()
        paper = Paper(current.letter, current.letter_day.isoformat(), current.salt, current.lots, pool, risks)
        current.list_text = list_text(paper)
        current.list_sha256 = digest_of(current.list_text)
        told = {"digest": current.list_sha256, "count": len(rows)}
        fields = ("salt", "frozen_at", "list_text", "list_sha256")
        _move(current, viewer, "freeze", "oversight.mission_frozen", *fields, changes=told)
    return current


def draw_mission(*, actor: Viewer | None, mission: Mission, version: int) -> Mission:
    """Draws, once, from the seal of the journal that came after the list was frozen. Where no such seal stands yet the
    call itself is written into the journal, so that one will come, and the mission stays as it is. Raises NotNow after
    the last day: the list is open by then with the lots that would have fallen."""
    viewer = require_member(actor, mission)
    with transaction.atomic():
        current = _current(mission, version, "draw")
        _require_time(current, viewer)
        frozen = history_of("oversight.mission", current.pk).filter(verb="oversight.mission_frozen").first()
        if frozen is None or frozen.position is None:
            raise NotNow(gettext("Daftar baru saja dibekukan dan belum disegel jejak. Coba lagi beberapa detik lagi."))
        seal = batch_after(frozen.position)
        if seal is None:
            _record("oversight.mission_called", current, viewer)
            return current
        current.beacon, current.beacon_batch, current.drawn_at = seal.digest, seal.pk, timezone.now()
        _choose(current)
        fields = ("beacon", "beacon_batch", "drawn_at")
        _move(current, viewer, "draw", "oversight.mission_drawn", *fields, changes={"count": current.lots})
    return current


def _choose(mission: Mission) -> None:
    rows = {row.code: row for row in mission.listed.all()}
    pool = [code for code, row in rows.items() if not row.by_risk]
    for rank, code in enumerate(in_order(seed_of(mission.salt, mission.beacon), pool), 1):
        rows[code].rank, rows[code].chosen = rank, rank <= mission.lots
    for row in rows.values():
        row.chosen = row.chosen or row.by_risk
    MissionUnit.objects.bulk_update(rows.values(), ["rank", "chosen"])


def cancel_mission(*, actor: Viewer | None, mission: Mission, reason: str, version: int) -> Mission:
    """Ends a mission before its visits are all done. What was frozen and drawn is then open to everybody, so that
    nobody draws again in silence until the lots please."""
    viewer = require_member(actor, mission)
    with transaction.atomic():
        current = _current(mission, version, "cancel")
        current.cancel_reason = reason.strip()
        _move(current, viewer, "cancel", "oversight.mission_cancelled", "cancel_reason")
    return current


def _require_time(mission: Mission, viewer: Viewer) -> None:
    if mission.is_over(viewer.today):
        raise NotNow(gettext("Hari terakhir misi ini sudah lewat."))


def _current(mission: Mission, version: int, verb: str) -> Mission:
    current = Mission.objects.select_for_update().get(pk=mission.pk)
    require_move(current, verb)
    if current.version != version:
        raise Stale(gettext("Misi ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return current


def _move(
    current: Mission, viewer: Viewer, verb: str, told: str, *fields: str, changes: dict[str, object] | None = None
) -> None:
    current.state = require_move(current, verb)
    _save(current, viewer, told, "state", *fields, changes=changes)


def _save(current: Mission, viewer: Viewer, told: str, *fields: str, changes: dict[str, object] | None = None) -> None:
    current.version += 1
    current.save(update_fields=["version", *fields])
    _record(told, current, viewer, changes)


def _record(verb: str, mission: Mission, viewer: Viewer, changes: dict[str, object] | None = None) -> None:
    record(verb, actor=viewer.user, obj=mission, agency_id=mission.agency_id, changes=changes)
