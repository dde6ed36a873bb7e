"""The question box: anybody asks, with or without a name; the personnel agency answers for everybody."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.explainers.models import BoxQuestion
from terang.registry.organization.models import Agency
from terang.registry.people.access import require_keeper_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale
from terang.web.scrubbing import scrub

QUESTION_LENGTH = BoxQuestion._meta.get_field("text").max_length or 0
ANSWER_LENGTH = BoxQuestion._meta.get_field("answer").max_length or 0
MOST_NAMELESS = 50
"""So many questions without a name a government takes in a day: nobody can be asked to stop."""


def ask(*, actor: Viewer | None, text: str, nameless: bool, form_key: UUID) -> BoxQuestion:
    """The same form sent twice asks once. Raises NotAllowed, ValidationError without words, NotNow where too many came
    without a name today."""
    viewer = require_viewer(actor)
    words = _words(text, "text", QUESTION_LENGTH)
    names = Employee.objects.filter(agency_id=viewer.agency_id).values_list("name", flat=True)
    told = scrub(words, names)[:QUESTION_LENGTH]
    with transaction.atomic():
        if known := BoxQuestion.objects.filter(pk=form_key, agency_id=viewer.agency_id).first():
            return known
        if nameless:
            _require_room(viewer)
        made = BoxQuestion.objects.create(
            pk=form_key,
            agency_id=viewer.agency_id,
            text=told,
            asked_by=None if nameless else viewer.employee,
            asked_on=viewer.today,
        )
        record("explainers.asked", actor=None, agency_id=viewer.agency_id)
    return made


def _require_room(viewer: Viewer) -> None:
    Agency.objects.select_for_update().get(pk=viewer.agency_id)
    rows = BoxQuestion.objects.filter(agency_id=viewer.agency_id, asked_by=None, asked_on=viewer.today)
    if rows.count() >= MOST_NAMELESS:
        raise NotNow(gettext("Hari ini sudah banyak pertanyaan tanpa nama. Tanyakan besok, atau dengan nama."))


def reply(
    *, actor: Viewer | None, question: BoxQuestion, answer: str, version: int, withheld: bool = False
) -> BoxQuestion:
    """Answers, or words it anew. `withheld` keeps the question itself from the page; `answer` then says why. Raises
    NotAllowed, ValidationError without words, Stale."""
    require_keeper_of(actor, question.agency_id)
    viewer = require_viewer(actor)
    words = _words(answer, "answer", ANSWER_LENGTH)
    with transaction.atomic():
        held = BoxQuestion.objects.select_for_update().get(pk=question.pk)
        if held.version != version:
            raise Stale(gettext("Pertanyaan ini sudah dijawab orang lain. Muat ulang, lalu lihat jawabannya."))
        held.answer, held.withheld = words, withheld
        held.answered_by, held.answered_on = viewer.employee, viewer.today
        held.version += 1
        held.save()
        verb = "withheld" if withheld else "answered"
        record(f"explainers.{verb}", actor=viewer.user, agency_id=held.agency_id)
    return held


def _words(text: str, field: str, most: int) -> str:
    words = text.strip()
    if not words:
        raise ValidationError({field: gettext("Isi bagian ini.")})
    if len(words) > most:
        raise ValidationError({field: gettext("Terlalu panjang. Ringkas, lalu kirim lagi.")})
    return words
