"""Sessions: the calendar, one session with its seats, scheduling, enrolling, inviting."""

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.periods import period_title
from terang.follow_up.training import selectors
from terang.follow_up.training.access import keeps, leads, require_keeper, require_leader, require_participant
from terang.follow_up.training.forms import InviteForm, SessionForm, WordForm
from terang.follow_up.training.models import Enrolment, EnrolmentState, Phase, SessionState, TrainingSession
from terang.follow_up.training.needs import needs_of, thawed
from terang.follow_up.training.services import (
    cancel_session,
    change_session,
    enrol,
    invite,
    leave,
    refuse_invitation,
    schedule_session,
)
from terang.follow_up.training.states import (
    is_enrolling,
    require_enrolling,
    require_offered,
    require_scheduled,
    why_test_shut,
)
from terang.follow_up.training.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.organization.calendars import calendar_of
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_day
from terang.web.numbers import grouped, longdate, percent

S = EnrolmentState


@require_safe
@login_required
def calendar(request: SignedInRequest) -> HttpResponse:
    """The sessions of one month (`?bulan=2026-11`), this one where none is asked for."""
    viewer = require_viewer(request.viewer)
    first = asked_day(f"{request.GET.get('bulan', '')}-01") or viewer.today.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    sessions = selectors.sessions_in(viewer, first, after)
    context = {
        "month": period_title("month", first),
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": after,
        "sessions": sessions,
        "weeks": _weeks(first, sessions, selectors.days_in(viewer, first, after)) if sessions else [],
        "today": viewer.today,
        "tabs": tabs(viewer, "calendar"),
    }
    return render(request, "training/calendar.html", context)


def _weeks(
    first: date, sessions: list[TrainingSession], held: list[tuple[date, int]]
) -> list[list[tuple[date, bool, list[TrainingSession]]]]:
    """The weeks of a month from Monday on: each day, whether it is of the month, and the sessions that are held."""
    by_pk = {each.pk: each for each in sessions}
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return [
        [
            (day, day.month == first.month, [by_pk[pk] for when, pk in held if when == day and pk in by_pk])
            for day in week
        ]
        for week in weeks
    ]


@require_safe
@login_required
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """One session: days, seats, one's own place, and the people the viewer may see."""
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    mine, enrolling = selectors.own_enrolment(viewer, found), is_enrolling(found, viewer.today)
    on_list = mine is not None and mine.state in (S.SEATED, S.WAITING)
    days, keeping = list(found.days.all()), keeps(viewer)
    context = {
        "session": found,
        "course": found.course,
        "days": [(day, keeping and found.state == SessionState.OPEN and day.day <= viewer.today) for day in days],
        "hours": sum(day.hours for day in days),
        "free": selectors.seats_left(found),
        "mine": mine,
        "place": selectors.place_in_line(mine) if mine else 0,
        "reasons": thawed(mine.need) if mine else [],
        "may_enrol": enrolling and not on_list,
        "may_leave": on_list and found.state == SessionState.OPEN and viewer.today < found.starts_on,
        "enrolling": enrolling,
        "people": _people(viewer, found),
        "tests": _tests(viewer, found, mine) if mine else [],
        "failed": bool(mine and mine.state == S.INCOMPLETE and _failed(mine, found)),
        "gain": selectors.gain_in(found) if keeping else None,
        "keeps": keeping,
        "may_change": keeping and found.state == SessionState.OPEN and viewer.today < found.starts_on,
        "may_finish": _may_finish(viewer, found, [day.recorded_at is not None for day in days]),
        "may_invite": enrolling and leads(viewer),
    }
    return render(request, "training/session.html", context)


def _people(viewer: Viewer, found: TrainingSession) -> list[Enrolment]:
    """As `selectors.people_in`, each with `mark`: what is told of the last test, empty where nothing is."""
    people, marks = selectors.people_in(viewer, found), selectors.marks_after(viewer, found)
    for row in people:
        told = _("Uji akhir: %(mark)s") % {"mark": percent(marks[row.pk])} if row.pk in marks else ""
        row.mark = told  # type: ignore[attr-defined]
    return people


def _tests(viewer: Viewer, found: TrainingSession, mine: Enrolment) -> list[dict[str, Any]]:
    """One's own tests of a session: what can be done, or why not."""
    if found.test is None:
        return []
    attempts, told = selectors.attempts_of(mine), []
    mine.session = found
    for phase in Phase:
        attempt, why = attempts.get(phase), why_test_shut(mine, phase, viewer.today)
        url = reverse("training:test", args=[mine.pk, phase.value])
        given = attempt is not None and attempt.finished_at is not None
        if given or not why:
            told.append({"phase": phase, "attempt": attempt, "url": url, "why": ""})
        elif mine.state == S.SEATED:
            told.append({"phase": phase, "attempt": attempt, "url": "", "why": why})
    return told


def _failed(mine: Enrolment, found: TrainingSession) -> bool:
    """Whether it was the last test that was missing for the certificate: it was taken and its mark not reached."""
    if found.test is None or found.test.pass_bp is None:
        return False
    last = selectors.attempts_of(mine).get(Phase.AFTER)
    return last is not None and last.score_bp is not None and last.score_bp < found.test.pass_bp


def _may_finish(viewer: Viewer, found: TrainingSession, kept: list[bool]) -> bool:
    return keeps(viewer) and found.state == SessionState.OPEN and viewer.today >= found.ends_on and all(kept)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, course_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    course = selectors.course_for(viewer, course_id)
    require_keeper(viewer, course.agency_id)
    require_offered(course)
    form = SessionForm(request.POST or None, calendar=calendar_of(course.agency))
    page = Page(
        title=_("Jadwalkan %(title)s") % {"title": course.title},
        back=course.get_absolute_url(),
        submit=_("Jadwalkan"),
        done=_("Sesi dijadwalkan. Pegawai dapat mendaftar."),
        crumbs=((_("Katalog"), reverse("training:courses")), (course.title, course.get_absolute_url())),
        onward=True,
    )
    return edit(
        request,
        form,
        page,
        lambda told: schedule_session(actor=viewer, course=course, schedule=form.schedule(), form_key=told["form_key"]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    require_keeper(viewer, found.course.agency_id)
    require_scheduled(found)
    form = SessionForm(request.POST or None, calendar=calendar_of(found.course.agency), session=found)
    page = _page(found, _("Mengubah jadwal"), _("Simpan"), _("Jadwal tersimpan."))
    return edit(
        request,
        form,
        page,
        lambda told: change_session(actor=viewer, session=found, schedule=form.schedule(), version=told["version"]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """The session is not held."""
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    require_keeper(viewer, found.course.agency_id)
    if request.method == "POST" and found.state == SessionState.CANCELLED:
        return redirect(found)
    require_scheduled(found)
    lead = _("Semua yang terdaftar, antre, dan diundang membaca alasannya.")
    page = _page(found, _("Membatalkan sesi"), _("Batalkan sesi"), _("Sesi dibatalkan."), lead)
    form = WordForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: cancel_session(actor=viewer, session=found, **told))


@require_POST
@login_required
def take_seat(request: SignedInRequest, pk: int) -> HttpResponse:
    """A seat, or a place in the waiting list."""
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    made = enrol(actor=viewer, session=found)
    if made.state == S.SEATED:
        messages.success(request, _("Anda terdaftar."))
    else:
        messages.info(request, _("Kursi sudah habis. Anda masuk daftar tunggu dan naik sendiri bila ada yang mundur."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
def invite_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """The appraiser invites some of their people."""
    viewer = require_leader(request.viewer)
    found = selectors.session_for(viewer, pk)
    require_enrolling(found, viewer.today)
    people = selectors.to_invite(viewer, found)
    form = InviteForm(request.POST or None, people=people, marked=_advised(viewer, found, people))
    lead = _("Undangan tidak memegang kursi; yang diundang menjawab sendiri.")
    page = _page(found, _("Mengundang"), _("Undang"), "", lead)
    return edit(request, form, page, lambda _told: _invited(request, viewer, found, people, form.chosen()))


def _advised(viewer: Viewer, found: TrainingSession, people: list[Employee]) -> dict[int, str]:
    """The people to whom the course is advised, with why."""
    needs = needs_of(viewer.agency_id, [each.pk for each in people], viewer.today)
    return {
        pk: "; ".join(reason.sentence for reason in need.reasons)
        for pk, mine in needs.items()
        for need in mine
        if need.course.pk == found.course_id
    }


def _invited(
    request: SignedInRequest, viewer: Viewer, found: TrainingSession, people: list[Employee], chosen: list[int]
) -> None:
    with transaction.atomic():
        rows = [invite(actor=viewer, session=found, employee=each) for each in people if each.pk in chosen]
    told = ngettext("%(n)s orang diundang.", "%(n)s orang diundang.", len(rows))
    messages.success(request, told % {"n": grouped(len(rows))})


@require_POST
@login_required
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The seat goes to who waits first."""
    found = selectors.enrolment_for(request.viewer, pk)
    viewer = require_participant(request.viewer, found)
    leave(actor=viewer, enrolment=found)
    messages.success(request, _("Kursi Anda dikembalikan."))
    return redirect(found.session)


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """An invitation that the person does not accept."""
    found = selectors.enrolment_for(request.viewer, pk)
    viewer = require_participant(request.viewer, found)
    if request.method == "POST" and found.state == S.REFUSED:
        return redirect(found.session)
    require_scheduled(found.session)
    page = _page(found.session, _("Tidak menerima undangan"), _("Kirim"), _("Jawaban Anda tersimpan."))
    form = WordForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: refuse_invitation(actor=viewer, enrolment=found, word=told["word"]))


def _page(found: TrainingSession, title: str, submit: str, done: str, lead: str = "") -> Page:
    back = found.get_absolute_url()
    return Page(
        title=title,
        back=back,
        submit=submit,
        done=done,
        lead=lead or f"{found.course.title}, {longdate(found.starts_on)}",
        crumbs=((found.course.title, back),),
    )
