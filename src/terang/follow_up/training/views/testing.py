"""The short test of a course: writing it, taking it before and after."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.follow_up.training import selectors
from terang.follow_up.training.access import require_keeper, require_participant
from terang.follow_up.training.forms import AnswersForm, WriteTestForm
from terang.follow_up.training.models import Attempt, Enrolment, Phase
from terang.follow_up.training.services import begin_test, current_test, hand_in, keep_answers, write_test
from terang.follow_up.training.states import require_offered, why_test_shut
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer

GIVE = "serahkan"


@require_http_methods(["GET", "POST"])
@login_required
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new version, beginning from the one in force."""
    viewer = require_viewer(request.viewer)
    course = selectors.course_for(viewer, pk)
    require_keeper(viewer, course.agency_id)
    require_offered(course)
    form = WriteTestForm(request.POST or None, test=current_test(course))
    page = Page(
        title=_("Uji awal dan uji akhir"),
        back=course.get_absolute_url(),
        submit=_("Simpan sebagai versi baru"),
        done=_("Uji tersimpan dan berlaku untuk sesi yang belum mulai."),
        lead=course.title,
        crumbs=((course.title, course.get_absolute_url()),),
    )
    return edit(request, form, page, lambda told: write_test(actor=viewer, course=course, **told))


@require_http_methods(["GET", "POST"])
@login_required
def take(request: SignedInRequest, pk: int, phase: str) -> HttpResponse:
    """The viewer's own test of a phase. Sent by itself (htmx) or by "Simpan" it is kept; handed in only by its
    button."""
    if phase not in Phase.values:
        raise Http404
    found = selectors.enrolment_for(request.viewer, pk)
    viewer = require_participant(request.viewer, found)
    attempts = selectors.attempts_of(found)
    attempt = attempts.get(phase)
    if attempt is None:
        if request.method == "POST":
            begin_test(actor=viewer, enrolment=found, phase=phase)
            return redirect(request.path)
        why = why_test_shut(found, phase, viewer.today)
        return render(request, "training/test_begin.html", _context(found, phase) | {"why": why})
    if request.method == "POST":
        return _answered(request, attempt, _context(found, phase))
    context = _context(found, phase) | {"attempt": attempt, "shut": why_test_shut(found, phase, viewer.today)}
    if attempt.finished_at is not None:
        before = attempts.get(Phase.BEFORE)
        context |= {"answered": _explained(attempt), "before": before if before and before.finished_at else None}
        return render(request, "training/test_result.html", context)
    return render(request, "training/test.html", context | {"form": AnswersForm(attempt=attempt)})


def _answered(request: SignedInRequest, attempt: Attempt, context: dict[str, Any]) -> HttpResponse:
    by_itself = bool(getattr(request, "htmx", False))
    form = AnswersForm(request.POST, attempt=attempt)
    if form.is_valid():
        if by_itself or request.POST.get("action") != GIVE:
            keep_answers(actor=request.viewer, attempt=attempt, answers=form.answers())
            if by_itself:
                return render(request, "training/_test_saved.html", {"saved": True})
            messages.success(request, _("Jawaban tersimpan. Anda dapat melanjutkannya nanti."))
            return redirect(request.path)
        try:
            hand_in(actor=request.viewer, attempt=attempt, answers=form.answers())
        except ValidationError as error:
            keep_answers(actor=request.viewer, attempt=attempt, answers=form.answers())
            show(form, error)
        else:
            return redirect(request.path)
    return render(request, "training/test.html", context | {"form": form, "attempt": attempt}, status=422)


def _context(found: Enrolment, phase: str) -> dict[str, Any]:
    session = found.session
    return {
        "enrolment": found,
        "session": session,
        "test": session.test,
        "phase": Phase(phase),
        "is_last": phase == Phase.AFTER,
    }


def _explained(attempt: Attempt) -> list[dict[str, Any]]:
    """After the last test each question with what was chosen, the right answer and why; nothing after the first."""
    asked = attempt.test.asked
    return [
        {
            "text": asked[place].text,
            "chosen": asked[place].choices[attempt.answers[str(place)]],
            "is_right": attempt.answers[str(place)] == asked[place].right,
            "right": asked[place].choices[asked[place].right],
            "why": asked[place].why,
        }
        for place, _choices in (attempt.order if attempt.phase == Phase.AFTER else ())
    ]
