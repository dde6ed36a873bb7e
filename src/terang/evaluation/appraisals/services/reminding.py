"""Reminding who leads a part of the government of what is missing there."""

from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.appraisals.access import require_keeper
from terang.evaluation.appraisals.days import days_in, others_of
from terang.evaluation.appraisals.models import RatingWindow, Reminder
from terang.evaluation.appraisals.progress import progress_of
from terang.evaluation.appraisals.tasks import send_reminder
from terang.evaluation.states import require_open
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.numbers import longdate


def remind_owner(*, actor: Viewer | None, window: RatingWindow, unit_id: int) -> Reminder:
    """Has a letter sent to who leads the part; asked again on the same day, by whomever, it stays one letter.

    Raises NotAllowed, NotNow before the window opens, where nothing is missing, and where nobody with an address leads.
    """
    viewer = require_keeper(actor, window.period.agency_id)
    require_open(window.period)
    with transaction.atomic():
        RatingWindow.objects.select_for_update(of=("self",)).get(pk=window.pk)
        row = next((each for each in progress_of(window, viewer) if each.unit.pk == unit_id), None)
        opens_on = days_in(window, row.unit, others_of(window)).opens_on if row else window.opens_on
        if viewer.today < opens_on:
            raise NotNow(gettext("Penilaian dibuka %(day)s.") % {"day": longdate(opens_on)})
        if row and row.reminded and row.reminded.sent_on == viewer.today:
            return row.reminded
        if row is None or row.owner is None or not row.may_remind(viewer.today):
            raise NotNow(gettext("Tidak ada yang perlu diingatkan di unit ini, atau pimpinannya tidak punya surel."))
        made = Reminder.objects.create(
            window=window,
            unit=row.unit,
            owner=row.owner,
            missing=row.missing,
            waiting=row.waiting,
            sent_on=viewer.today,
            sent_by=viewer.employee,
        )
        record(
            "appraisals.owner_reminded",
            actor=viewer.user,
            obj=made,
            agency_id=viewer.agency_id,
            subject_employee_id=row.owner.pk,
            unit_id=unit_id,
            changes={"period": window.period.name, "missing": row.missing, "waiting": row.waiting},
        )
        send_reminder.enqueue(made.pk)
    return made
