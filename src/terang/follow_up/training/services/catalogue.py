"""Writing the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.follow_up.training.access import require_keeper
from terang.follow_up.training.models import Course, CourseAim, CourseKind, Form
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.states import require_offered, require_version
from terang.registry.people.viewer import Viewer
from terang.rules.training import RATING, kind_of

MOST_HOURS = 1_000
MOST_BP = 10_000


@dataclass(frozen=True)
class CourseWords:
    """What a course is. `aims` are subjects with the value below which it is advised (missing for a rating)."""

    title: str
    summary: str
    form: str
    hours: int
    provider: str
    aims: Sequence[tuple[str, int | None]] = ()
    kind: str = CourseKind.TRAINING


def add_course(*, actor: Viewer | None, words: CourseWords, form_key: UUID) -> Course:
    """A new course. The same form sent twice makes one. Raises NotAllowed, ValidationError by field."""
    viewer = require_keeper(actor, actor.agency_id if actor else 0)
    _require_sense(words)
    with transaction.atomic():
        if known := Course.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first():
            return known
        _require_free(viewer.agency_id, words, None)
        course = Course(agency_id=viewer.agency_id, form_key=form_key)
        _write(course, words)
        tell("course_added", course, viewer, changes=_told(words))
    return course


def change_course(*, actor: Viewer | None, course: Course, words: CourseWords, version: int) -> Course:
    """Other words for a course; what was planned and learned before keeps its own. Raises NotAllowed, NotNow, Stale."""
    viewer = require_keeper(actor, course.agency_id)
    _require_sense(words)
    with transaction.atomic():
        held = Course.objects.select_for_update().get(pk=course.pk)
        require_offered(held)
        require_version(held, version)
        _require_free(viewer.agency_id, words, held)
        held.version += 1
        _write(held, words)
        tell("course_changed", held, viewer, changes=_told(words))
    return held


def withdraw_course(*, actor: Viewer | None, course: Course, version: int) -> Course:
    """It is offered and advised no more; its sessions go on. Twice is as good as once. Raises NotAllowed, Stale."""
    viewer = require_keeper(actor, course.agency_id)
    with transaction.atomic():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if held.withdrawn_on:
            return held
        require_version(held, version)
        held.withdrawn_on = viewer.today
        held.version += 1
        held.save(update_fields=["withdrawn_on", "version"])
        tell("course_withdrawn", held, viewer)
    return held


def _require_sense(words: CourseWords) -> None:
    missing: dict[str, str] = {}
    for name in ("title", "summary", "provider"):
        if not getattr(words, name).strip():
            missing[name] = gettext("Isi bagian ini.")
    if words.kind not in CourseKind.values:
        missing["kind"] = gettext("Pilih satu jenis.")
    if words.form not in Form.values:
        missing["form"] = gettext("Pilih satu bentuk.")
    if not 1 <= words.hours <= MOST_HOURS:
        missing["hours"] = gettext("Isi jam pelajaran antara 1 dan 1.000.")
    if any(_is_wrong(subject, below_bp) for subject, below_bp in words.aims):
        missing["aims"] = gettext("Batas setiap yang dibantu harus antara 0 dan 100; rating tidak punya batas.")
    if len({subject for subject, _ in words.aims}) < len(words.aims):
        missing["aims"] = gettext("Sebutkan setiap yang dibantu satu kali.")
    if missing:
        raise ValidationError(missing)


def _is_wrong(subject: str, below_bp: int | None) -> bool:
    if kind_of(subject) == RATING:
        return below_bp is not None
    return below_bp is None or not 0 < below_bp <= MOST_BP


def _require_free(agency_id: int, words: CourseWords, own: Course | None) -> None:
    same = Course.objects.filter(agency_id=agency_id, title__iexact=words.title.strip(), withdrawn_on=None)
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise ValidationError({"title": gettext("Pelatihan dengan nama ini sudah ada di katalog.")})


def _write(course: Course, words: CourseWords) -> None:
    course.title, course.summary = words.title.strip(), words.summary.strip()
    course.form, course.hours, course.provider = words.form, words.hours, words.provider.strip()
    course.kind = words.kind
    course.save()
    course.aims.all().delete()
    CourseAim.objects.bulk_create(CourseAim(course=course, subject=each, below_bp=limit) for each, limit in words.aims)


def _told(words: CourseWords) -> dict[str, object]:
    return {"title": words.title, "hours": words.hours, "aims": [list(each) for each in words.aims]}
