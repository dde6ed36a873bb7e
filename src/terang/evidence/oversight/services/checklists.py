"""The checklist: points of a visit written in one go, and the government's own items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.oversight.access import answers_for, require_inspector, require_whole_inspector
from terang.evidence.oversight.checklist import key_of, own_items, written_in
from terang.evidence.oversight.models import ChecklistItem, Inspection, InspectionCheck
from terang.evidence.oversight.services.points import MOST_POINTS, Seen, reply_due_on, write_point
from terang.registry.people.viewer import Viewer
from terang.rules.oversight.checklist import usual_items
from terang.web.errors import NotAllowed, NotNow


@dataclass(frozen=True)
class Written:
    """The points that were written, and the criteria left out because the visit held them already."""

    points: list[InspectionCheck]
    left_out: list[str]


def add_checklist(*, actor: Viewer | None, inspection: Inspection, seen: Sequence[Seen]) -> Written:
    """Writes points about the unit in one go; a criterion that the visit already holds is left as it is and named, so
    that the same form sent twice writes once.

    Raises NotAllowed, NotNow where there are too many points, ValidationError by the key of a criterion that is not met
    and has no note.
    """
    viewer = require_inspector(actor, inspection.unit)
    if answers_for(viewer, inspection, None):
        raise NotAllowed(gettext("Unit yang Anda pimpin diperiksa oleh anggota tim lain."))
    silent = [each for each in seen if not each.met and not each.note.strip()]
    if silent:
        words = gettext("Tulis apa yang Anda lihat; kepala unit harus dapat menanggapi.")
        raise ValidationError({key_of(each.criterion): words for each in silent})
    with transaction.atomic():
        current = (
            Inspection.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=inspection.pk)
        )
        written = written_in(current)
        new = [each for each in seen if each.criterion not in written]
        if current.checks.count() + len(new) > MOST_POINTS:
            raise NotNow(gettext("Pemeriksaan ini sudah memuat banyak butir. Buka pemeriksaan baru."))
        due_on = reply_due_on(current, viewer.today)
        points = [write_point(current, each, viewer, due_on) for each in new]
    return Written(points, [each.criterion for each in seen if each.criterion in written])


def add_item(*, actor: Viewer | None, text: str, source: str, valid_from: date) -> ChecklistItem:
    """One more point for every visit from a day on. The first one brings the usual points along, which from then on are
    the government's own. Raises NotAllowed, ValidationError for one that stands already."""
    viewer = require_whole_inspector(actor)
    words = " ".join(text.split())
    with transaction.atomic():
        _adopt(viewer)
        if ChecklistItem.objects.filter(agency_id=viewer.agency_id, text=words, valid_to=None).exists():
            raise ValidationError({"text": gettext("Butir ini sudah ada dalam daftar.")})
        item = ChecklistItem.objects.create(
            agency_id=viewer.agency_id, text=words, source=source.strip(), valid_from=valid_from
        )
        _record("oversight.item_added", item, viewer)
    return item


def end_item(*, actor: Viewer | None, text: str) -> None:
    """A point is looked at no more from today on; visits before keep what they hold. Raises NotAllowed, NotNow."""
    viewer = require_whole_inspector(actor)
    with transaction.atomic():
        _adopt(viewer)
        rows = ChecklistItem.objects.select_for_update().filter(agency_id=viewer.agency_id, valid_to=None)
        item = rows.filter(text=text).first()
        if item is None:
            raise NotNow(gettext("Butir ini sudah tidak dipakai."))
        if rows.count() == 1:
            raise NotNow(gettext("Sisakan sekurang-kurangnya satu butir."))
        item.valid_to = max(viewer.today, item.valid_from)
        item.save(update_fields=["valid_to"])
        _record("oversight.item_ended", item, viewer)


def _adopt(viewer: Viewer) -> None:
    """The usual points become the government's own, dated today, where it has none yet."""
    if own_items(viewer.agency_id, viewer.today):
        return
    ChecklistItem.objects.bulk_create(
        ChecklistItem(agency_id=viewer.agency_id, text=each.text, source=each.source, valid_from=viewer.today)
        for each in usual_items()
    )


def _record(verb: str, item: ChecklistItem, viewer: Viewer) -> None:
    record(verb, actor=viewer.user, obj=item, agency_id=viewer.agency_id, changes={"text": item.text})
