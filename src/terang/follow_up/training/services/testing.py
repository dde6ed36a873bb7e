"""The short test of a course: written as a new version, begun once, kept as one goes, handed in."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.follow_up.training.access import require_keeper, require_participant
from terang.follow_up.training.models import (
    Attempt,
    Course,
    CourseTest,
    Enrolment,
    SessionState,
    TrainingSession,
)
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.states import require_offered, require_test_open
from terang.registry.people.viewer import Viewer
from terang.rules.training_tests import read_questions, score_bp, shuffled
from terang.web.errors import NotNow
from terang.web.sentences import said

MOST_OPEN_DAYS = 60
FULL_BP = 10_000


def write_test(
    *, actor: Viewer | None, course: Course, text: str, pass_bp: int | None, open_days: int, form_key: UUID
) -> CourseTest:
    """A new version of a course's test, for sessions that have not begun; others keep theirs. The same form sent twice
    makes one. Raises NotAllowed, NotNow, ValidationError by field, each fault of the text with its line."""
    viewer = require_keeper(actor, course.agency_id)
    questions, faults = read_questions(text)
    wrong: dict[str, list[str]] = {}
    if faults:
        told = gettext("Baris %(line)s: %(message)s")
        wrong["text"] = [told % {"line": each.line, "message": said(each.message)} for each in faults]
    if pass_bp is not None and not 0 < pass_bp <= FULL_BP:
        wrong["pass_bp"] = [gettext("Isi antara 1 dan 100, atau kosongkan.")]
    if not 0 <= open_days <= MOST_OPEN_DAYS:
        wrong["open_days"] = [gettext("Isi antara 0 dan 60 hari.")]
    if wrong:
        raise ValidationError(wrong)
    with transaction.atomic():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if known := CourseTest.objects.filter(form_key=form_key, course=held).first():
            return known
        require_offered(held)
        latest = current_test(held)
        test = CourseTest.objects.create(
            course=held,
            number=latest.number + 1 if latest else 1,
            questions=[asdict(each) for each in questions],
            pass_bp=pass_bp,
            open_days=open_days,
            written_by=viewer.employee,
            written_on=viewer.today,
            form_key=form_key,
        )
        ahead = TrainingSession.objects.filter(course=held, state=SessionState.OPEN, starts_on__gt=viewer.today)
        begun = Attempt.objects.filter(enrolment__session__course=held).values("enrolment__session")
        ahead.exclude(pk__in=begun).update(test=test)
        tell("test_written", test, viewer, changes={"questions": len(questions), "pass_bp": pass_bp})
    return test


def current_test(course: Course) -> CourseTest | None:
    """The latest version. One query."""
    return course.tests.order_by("-number").first()


def begin_test(*, actor: Viewer | None, enrolment: Enrolment, phase: str) -> Attempt:
    """The one attempt of a phase, in an order of one's own; begun again it is the same. Raises NotAllowed, NotNow."""
    viewer = require_participant(actor, enrolment)
    with transaction.atomic():
        # enrolment is the lock, so that two tabs begin one attempt
        held = Enrolment.objects.select_for_update(of=("self",)).select_related("session__test").get(pk=enrolment.pk)
        if known := held.attempts.filter(phase=phase).select_related("test").first():
            return known
        test = require_test_open(held, phase, viewer.today)
        attempt = Attempt.objects.create(
            enrolment=held, phase=phase, test=test, order=shuffled(test.asked, f"{held.pk}/{phase}/{test.form_key}")
        )
        tell("test_begun", attempt, viewer, subject=viewer.employee)
    return attempt


def keep_answers(*, actor: Viewer | None, attempt: Attempt, answers: Mapping[int, int]) -> Attempt:
    """What was chosen until now. What was handed in does not change. Raises NotAllowed, NotNow."""
    viewer = require_participant(actor, attempt.enrolment)
    with transaction.atomic():
        held = _held(attempt)
        if held.finished_at is not None:
            return held
        require_test_open(held.enrolment, held.phase, viewer.today)
        held.answers = _sensible(held.test, answers)
        held.save(update_fields=["answers"])
    return held


def hand_in(*, actor: Viewer | None, attempt: Attempt, answers: Mapping[int, int]) -> Attempt:
    """Marked, once. Raises NotAllowed, NotNow, ValidationError where a question is left out."""
    viewer = require_participant(actor, attempt.enrolment)
    with transaction.atomic():
        held = _held(attempt)
        if held.finished_at is not None:
            return held
        require_test_open(held.enrolment, held.phase, viewer.today)
        held.answers = _sensible(held.test, answers)
        asked = held.test.asked
        if left := len(asked) - len(held.answers):
            raise ValidationError(gettext("Masih ada %(n)s pertanyaan tanpa jawaban.") % {"n": left})
        held.score_bp = score_bp(asked, {int(place): choice for place, choice in held.answers.items()})
        held.finished_at = timezone.now()
        held.save()
        tell("test_handed_in", held, viewer, subject=viewer.employee)
    return held


def _held(attempt: Attempt) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("test", "enrolment__session__test")
    return rows.get(pk=attempt.pk)


def _sensible(test: CourseTest, answers: Mapping[int, int]) -> dict[str, int]:
    """As they are kept. Raises NotNow for a choice the test does not have."""
    asked = test.asked
    for place, choice in answers.items():
        if not (0 <= place < len(asked) and 0 <= choice < len(asked[place].choices)):
            raise NotNow(gettext("Jawaban ini bukan dari uji ini. Muat ulang, lalu ulangi."))
    return {str(place): choice for place, choice in sorted(answers.items())}
