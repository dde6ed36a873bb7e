"""Telling a decided objection to everybody, correcting what was told, and taking it back."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.appraisals.models import Objection
from terang.evaluation.precedents.access import require_publisher
from terang.evaluation.precedents.models import Precedent, Topic
from terang.evaluation.precedents.wording import without_names
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Words:
    """What is told: of which topic, what was asked, and what was decided and why."""

    topic: str
    question: str
    answer: str


def publish_precedent(*, actor: Viewer | None, objection: Objection, words: Words, version: int) -> Precedent:
    """Tells a decided objection without names, or corrects what was told. `version` 0 stands for "not told yet".

    Raises NotAllowed, NotNow before the decision, Stale, ValidationError by field where a name, a number or an address
    is left, or a field is empty.
    """
    viewer = require_publisher(actor, objection)
    if not objection.outcome:
        raise NotNow(gettext("Keberatan ini belum diputus."))
    _require_clean(objection, words)
    with transaction.atomic():
        Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
        known = Precedent.objects.filter(objection=objection).first()
        _require_current(known, words, version)
        appraisal = objection.appraisal
        made = known or Precedent(agency_id=viewer.agency_id, objection=objection, version=0)
        made.topic, made.question, made.answer = words.topic, words.question.strip(), words.answer.strip()
        made.outcome, made.before = objection.outcome, appraisal.predicate
        made.after = objection.predicate or appraisal.predicate
        made.year = appraisal.window.period.starts_on.year
        made.published_on, made.published_by, made.withdrawn_on = viewer.today, viewer.employee, None
        made.version += 1
        made.save()
        _tell("published", made, viewer)
    return made


def _require_clean(objection: Objection, words: Words) -> None:
    missing = {}
    if words.topic not in Topic.values:
        missing["topic"] = gettext("Pilih perihalnya.")
    for name in ("question", "answer"):
        text = getattr(words, name).strip()
        if not text:
            missing[name] = gettext("Tulis tanpa nama, supaya orang lain dapat belajar darinya.")
        elif (clean := without_names(objection, text)) != text:
            told = gettext("Masih ada nama, nomor, alamat, atau nama unit. Tanpa itu bunyinya: %(clean)s")
            missing[name] = told % {"clean": clean}
    if missing:
        raise ValidationError(missing)


def _require_current(known: Precedent | None, words: Words, version: int) -> None:
    """Pressed twice it says the same; another's words in between are not written over."""
    if known is None or known.version == version:
        return
    if (known.topic, known.question, known.answer) != (words.topic, words.question.strip(), words.answer.strip()):
        raise Stale(gettext("Putusan ini sudah diterbitkan atau diubah orang lain. Muat ulang, lalu ulangi perubahan."))


def withdraw_precedent(*, actor: Viewer | None, precedent: Precedent, version: int) -> Precedent:
    """Nobody but the personnel agency reads it any more. Raises NotAllowed, Stale; twice is as good as once."""
    viewer = require_publisher(actor, precedent.objection)
    with transaction.atomic():
        held = Precedent.objects.select_for_update(of=("self",)).get(pk=precedent.pk)
        if held.withdrawn_on:
            return held
        if held.version != version:
            raise Stale(gettext("Putusan ini sudah diubah orang lain. Muat ulang dahulu."))
        held.withdrawn_on = viewer.today
        held.version += 1
        held.save(update_fields=["withdrawn_on", "version"])
        _tell("withdrawn", held, viewer)
    return held


def _tell(verb: str, precedent: Precedent, viewer: Viewer) -> None:
    """Without the employee: what is told names nobody, the journal neither."""
    record(
        f"precedents.{verb}",
        actor=viewer.user,
        obj=precedent,
        agency_id=precedent.agency_id,
        changes={"topic": precedent.topic, "outcome": precedent.outcome, "version": precedent.version},
    )
