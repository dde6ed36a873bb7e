"""Starting and confirming the import of a report, comparing on demand, explaining a difference."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.models import Period
from terang.interchange.access import require_importer
from terang.interchange.models import Difference, ImportState, NationalReport
from terang.interchange.national.access import require_explainer, require_own_report
from terang.interchange.national.handing import SOURCES, Rows, Span, Whose, rows_of
from terang.interchange.national.tasks import apply_report, compare_now, kept_before, read_national
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.national_handover import hand_over_on
from terang.web.errors import NotNow, Stale

MOST_ROWS_OF_A_SHEET = 100_000


@dataclass(frozen=True)
class HandedOut:
    """A file for the national application: how many rows it has, and those, read as they are taken."""

    heads: tuple[str, ...]
    count: int
    rows: Rows


def hand_out(
    *, actor: Viewer | None, kind: str, span: Span, own: bool, unit: Unit | None = None, shape: str = "csv"
) -> HandedOut:
    """One's own rows, or as the personnel agency those of a unit or of the whole government; journalled, for they leave
    Terang. Raises NotAllowed, and NotNow where there is nothing to hand over or too much for one sheet."""
    viewer = require_viewer(actor)
    if not own:
        viewer = require_importer(viewer)
    if unit is not None:
        require_agency(viewer, unit.agency_id)
    layout = hand_over_on(viewer.today)
    whose = Whose(viewer.agency_id, viewer.employee.pk if own else None, unit)
    count = SOURCES[kind].rows(whose, span).count()
    if not count:
        raise NotNow(gettext("Tidak ada yang dapat diserahkan untuk hari-hari itu."))
    if shape == "xlsx" and count > MOST_ROWS_OF_A_SHEET:
        raise NotNow(gettext("Barisnya terlalu banyak untuk satu XLSX. Pilih CSV, atau satu unit."))
    with transaction.atomic():
        record(
            "interchange.national_handed_out",
            actor=viewer.user,
            agency_id=viewer.agency_id,
            unit_id=unit.pk if unit else None,
            changes={
                "kind": kind,
                "first": span.first.isoformat(),
                "last": span.last.isoformat(),
                "own": own,
                "rows": count,
                "shape": shape,
                "rule_set": layout.rule_set,
            },
        )
    return HandedOut(layout.heads[kind], count, rows_of(kind, whose, span, layout))


def start_report(
    *,
    actor: Viewer | None,
    data: bytes,
    file_name: str,
    form_key: uuid.UUID,
    period: Period | None = None,
    told_on: date | None = None,
) -> NationalReport:
    """Keeps the file and has it read. The same form, or a file that was brought in before, gives the same import."""
    viewer = require_importer(actor)
    if period is not None:
        require_agency(viewer, period.agency_id)
    digest = hashlib.sha256(data).hexdigest()
    earlier = (
        NationalReport.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first()
        or kept_before(viewer.agency_id, digest, period.pk if period else None).order_by("pk").first()
    )
    if earlier:
        return earlier
    path = default_storage.save(f"imports/{uuid.uuid4()}", ContentFile(data))
    with transaction.atomic():
        report = NationalReport.objects.create(
            form_key=form_key,
            agency_id=viewer.agency_id,
            uploaded_by=viewer.employee,
            file_name=file_name[:150],
            file_path=path,
            digest=digest,
            period=period,
            told_on=told_on,
        )
        changes = {"file": report.file_name, "digest": digest}
        record(
            "interchange.national_uploaded",
            actor=viewer.user,
            obj=report,
            agency_id=report.agency_id,
            changes=changes,
        )
        transaction.on_commit(lambda: read_national.enqueue(report.pk))
    return report


def confirm_report(*, actor: Viewer | None, report_id: int) -> NationalReport:
    """Has the previewed report kept. A second click changes nothing. Raises Http404."""
    with transaction.atomic():
        report = get_object_or_404(NationalReport.objects.select_for_update(), pk=report_id)
        viewer = require_own_report(actor, report)
        if report.state in {ImportState.APPLYING, ImportState.DONE}:
            return report
        if report.state != ImportState.SHOWN or report.counts.get("wrong") or not report.counts.get("people"):
            raise NotNow(gettext("Laporan ini belum dapat disimpan. Perbaiki dahulu baris yang salah."))
        report.state, report.progress = ImportState.APPLYING, 0
        report.save(update_fields=["state", "progress"])
        record(
            "interchange.national_confirmed",
            actor=viewer.user,
            obj=report,
            agency_id=report.agency_id,
            changes=report.counts,
        )
        transaction.on_commit(lambda: apply_report.enqueue(report.pk))
    return report


def ask_comparison(*, actor: Viewer | None) -> None:
    """Has the worker compare the viewer's government again."""
    viewer = require_importer(actor)
    compare_now.enqueue(viewer.agency_id, viewer.user.pk)


def explain(*, actor: Viewer | None, pk: int, reason: str, version: int, form_key: uuid.UUID) -> Difference:
    """Somebody says why a difference may stand. It holds until the facts change. The same form twice counts once.
    Raises Http404, Stale where the facts or the explanation changed meanwhile."""
    with transaction.atomic():
        row = get_object_or_404(Difference.objects.select_for_update(), pk=pk)
        viewer = require_explainer(actor, row)
        if row.form_key == form_key:
            return row
        if row.version != version:
            raise Stale(gettext("Perbedaan ini sudah diubah orang lain. Muat ulang, lalu baca lagi."))
        row.reason, row.explained_by, row.explained_at = reason, viewer.employee, timezone.now()
        row.explained_digest, row.form_key, row.version = row.digest, form_key, row.version + 1
        row.save()
        record(
            "interchange.national_explained",
            actor=viewer.user,
            obj=row,
            agency_id=row.agency_id,
            subject_employee_id=row.employee_id,
            unit_id=row.unit_id,
            changes={"kind": row.kind},
            reason=reason,
        )
    return row
