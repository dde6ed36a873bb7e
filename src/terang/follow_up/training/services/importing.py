"""A table of past trainings: read, shown with every fault, taken over whole or not at all, verified by a
second person."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.follow_up.training.access import require_keeper, require_second_of_sheet
from terang.follow_up.training.models import DeclaredState, DeclaredTraining, TrainingRecord, TrainingSheet
from terang.follow_up.training.past_rows import cells_of
from terang.follow_up.training.services.declaring import counted
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.sheets import compare
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale
from terang.web.sentences import said
from terang.web.sheets import SpreadsheetError, read_sheet

BATCH = 500


def upload_sheet(*, actor: Viewer | None, data: bytes, file_name: str, form_key: UUID) -> TrainingSheet:
    """Keeps the cells of a table to be looked at; nothing is taken over. The same form sent twice keeps one.

    Raises NotAllowed, ValidationError beside `file` for a file of no use.
    """
    viewer = require_keeper(actor, actor.agency_id if actor else 0)
    try:
        rows = cells_of(read_sheet(data, file_name))
    except SpreadsheetError as error:
        raise ValidationError({"file": said(error.sentence)}) from error
    with transaction.atomic():
        if known := TrainingSheet.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first():
            return known
        sheet = TrainingSheet.objects.create(
            agency_id=viewer.agency_id,
            uploaded_by=viewer.employee,
            uploaded_on=viewer.today,
            file_name=file_name[:150],
            rows=rows,
            form_key=form_key,
        )
        tell("sheet_uploaded", sheet, viewer, changes={"rows": len(rows)})
    return sheet


def apply_sheet(*, actor: Viewer | None, sheet: TrainingSheet, digest: str) -> TrainingSheet:
    """Every row of a table becomes a declared training, or none does; what is there already stays as it is. Sent twice
    it is done once.

    `digest` is that of the comparison that was shown. Raises NotAllowed, NotNow while something is wrong, Stale.
    """
    viewer = require_keeper(actor, sheet.agency_id)
    with transaction.atomic():
        held = TrainingSheet.objects.select_for_update(of=("self",)).select_related("agency").get(pk=sheet.pk)
        if held.applied_on:
            return held
        found = compare(held, viewer.today)
        if not found.is_sound:
            raise NotNow(gettext("Masih ada baris yang salah. Perbaiki berkas lalu unggah lagi."))
        if found.digest != digest:
            raise Stale(gettext("Data pelatihan berubah sejak pratinjau dibuka. Periksa lagi sebelum menerapkan."))
        made = DeclaredTraining.objects.bulk_create(
            [
                DeclaredTraining(
                    employee=employee,
                    sheet=held,
                    title=row.title,
                    form=row.form,
                    provider=row.provider,
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                    hours=row.hours,
                    certificate=row.certificate,
                    given_by=viewer.employee,
                    given_on=viewer.today,
                    form_key=uuid4(),
                )
                for row, employee in found.new
            ],
            batch_size=BATCH,
        )
        held.applied_on = viewer.today
        held.save(update_fields=["applied_on"])
        tell("sheet_applied", held, viewer, changes={"new": len(made), "there": found.there})
        record_many(
            [Event("training.imported", row, row.employee_id) for row in made],
            actor=viewer.user,
            agency_id=viewer.agency_id,
        )
    return held


def verify_sheet(*, actor: Viewer | None, sheet: TrainingSheet, waiting: int) -> int:
    """The second key for everything of a table that waits, except one's own; the number verified, 0 when sent twice.

    `waiting` is how many the page showed. Raises NotAllowed, Stale where another number waits now.
    """
    viewer = require_second_of_sheet(actor, sheet)
    with transaction.atomic():
        TrainingSheet.objects.select_for_update().get(pk=sheet.pk)
        rows = list(
            sheet.trainings.filter(state=DeclaredState.DECLARED)
            .exclude(employee=viewer.employee)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        if not rows:
            return 0
        if len(rows) != waiting:
            raise Stale(gettext("Yang menunggu sudah berubah sejak halaman ini dibuka. Periksa lagi."))
        records = TrainingRecord.objects.bulk_create(map(counted, rows), batch_size=BATCH)
        for row, record in zip(rows, records, strict=True):
            row.state, row.checked_by, row.checked_on = DeclaredState.VERIFIED, viewer.employee, viewer.today
            row.record = record
            row.version += 1
        names = ["state", "checked_by", "checked_on", "record", "version"]
        DeclaredTraining.objects.bulk_update(rows, names, batch_size=BATCH)
        told = [Event("training.verified", row, row.employee_id) for row in rows]
        record_many(told, actor=viewer.user, agency_id=viewer.agency_id)
    return len(rows)
