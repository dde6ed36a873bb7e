"""Keeping a question, showing it to others, and noting what left Terang as a file."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis.access import require_owner, require_reader
from terang.reporting.analysis.asked import Question
from terang.reporting.analysis.models import LONGEST_QUERY, SavedView, Sharing
from terang.web.errors import Stale

MOST_VIEWS = 50
"""Of one person; more would not be found again."""


def save_view(*, actor: Viewer | None, question: Question, name: str, shared: str, form_key: UUID) -> SavedView:
    """Keeps a question under a name. The same form twice keeps it once. Raises NotAllowed, ValidationError."""
    viewer = require_reader(actor)
    _require_sound(name, shared)
    query = question.query
    if len(query) > LONGEST_QUERY:
        raise ValidationError(gettext("Pertanyaan ini terlalu panjang untuk disimpan."))
    with transaction.atomic():
        known = SavedView.objects.filter(form_key=form_key, owner=viewer.employee).first()
        if known:
            return known
        if SavedView.objects.filter(owner=viewer.employee).count() >= MOST_VIEWS:
            raise ValidationError(
                gettext("Anda sudah menyimpan %(most)s tampilan. Hapus yang tidak dipakai.") % {"most": MOST_VIEWS}
            )
        made = SavedView.objects.create(
            agency_id=viewer.agency_id,
            owner=viewer.employee,
            name=name.strip(),
            query=query,
            shared=shared,
            unit=_unit_of(viewer),
            form_key=form_key,
        )
        _tell("view_saved", made, viewer)
    return made


def change_view(*, actor: Viewer | None, view: SavedView, name: str, shared: str, version: int) -> SavedView:
    """Another name or other readers. Raises NotAllowed, Stale, ValidationError; the same again changes nothing."""
    viewer = require_owner(actor, view)
    _require_sound(name, shared)
    with transaction.atomic():
        held = SavedView.objects.select_for_update(of=("self",)).get(pk=view.pk)
        if (held.name, held.shared) == (name.strip(), shared):
            return held
        _require_current(held, version)
        held.name, held.shared, held.unit = name.strip(), shared, _unit_of(viewer)
        held.version += 1
        held.save(update_fields=["name", "shared", "unit", "version"])
        _tell("view_changed", held, viewer)
    return held


def remove_view(*, actor: Viewer | None, view: SavedView, version: int) -> None:
    """Raises NotAllowed, Stale; twice is as good as once."""
    viewer = require_owner(actor, view)
    with transaction.atomic():
        held = SavedView.objects.select_for_update(of=("self",)).filter(pk=view.pk).first()
        if held is None:
            return
        _require_current(held, version)
        _tell("view_removed", held, viewer)
        held.delete()


def note_export(*, actor: Viewer | None, question: Question, kind: str, rows: int) -> None:
    """Notes that figures left Terang: what was asked, as which kind of file, how many rows. Raises NotAllowed."""
    viewer = require_reader(actor)
    with transaction.atomic():
        record(
            "analysis.exported",
            actor=viewer.user,
            agency_id=viewer.agency_id,
            unit_id=question.unit,
            changes={"kind": kind, "query": question.query, "rows": rows},
        )


def _unit_of(viewer: Viewer) -> Unit | None:
    return Unit.objects.filter(pk=viewer.unit_id).first() if viewer.unit_id else None


def _require_sound(name: str, shared: str) -> None:
    faults = {}
    if not name.strip():
        faults["name"] = gettext("Beri nama, supaya tampilan ini dikenali lagi.")
    if shared not in Sharing.values:
        faults["shared"] = gettext("Pilih kepada siapa tampilan ini dibagikan.")
    if faults:
        raise ValidationError(faults)


def _require_current(view: SavedView, version: int) -> None:
    if view.version != version:
        raise Stale(gettext("Tampilan ini sudah diubah. Muat ulang, lalu ulangi perubahan Anda."))


def _tell(verb: str, view: SavedView, viewer: Viewer) -> None:
    record(
        f"analysis.{verb}",
        actor=viewer.user,
        obj=view,
        agency_id=view.agency_id,
        changes={"query": view.query, "shared": view.shared, "version": view.version},
    )
