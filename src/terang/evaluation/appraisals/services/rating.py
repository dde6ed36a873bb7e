"""The rater's verbs: keep a draft, decide it, open it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.evaluation.appraisals.access import require_author, require_rater
from terang.evaluation.appraisals.days import days_in, others_of
from terang.evaluation.appraisals.frozen import from_items, suggestion_for
from terang.evaluation.appraisals.models import (
    Appraisal,
    AppraisalState,
    ItemRating,
    Predicate,
    Rating,
    RatingWindow,
)
from terang.evaluation.appraisals.raters import Seat
from terang.evaluation.appraisals.reasons import organisation_of, reasons_due
from terang.evaluation.appraisals.services.recording import held, save, tell
from terang.evaluation.appraisals.states import require_move, require_version
from terang.evaluation.appraisals.study import study_leave_in
from terang.evaluation.states import require_open
from terang.planning.plans.models import PlanResult
from terang.planning.plans.selectors import agreed_plan
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.predicate import employee_predicate
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate


@dataclass(frozen=True)
class Marks:
    """What a rater gives: the two ratings (empty while undecided), those of single results by result id with a
    remark, the reason, and notes for the employee. `unfinished_study` only for a study leave not finished."""

    work_result: str = ""
    behaviour: str = ""
    items: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    reason: str = ""
    notes: str = ""
    unfinished_study: str = ""


def results_of(employee: Employee, window: RatingWindow, viewer: Viewer) -> list[PlanResult]:
    """The results that are rated: of the plan in force on the last day of the period, or today while it runs."""
    last = min(viewer.today, window.period.last_day)
    plan = agreed_plan(employee.pk, last)
    return [each for each in plan.results.all() if each.retired_on is None] if plan else []


def save_appraisal(
    *, actor: Viewer | None, window: RatingWindow, employee: Employee, marks: Marks, form_key: UUID, version: int
) -> Appraisal:
    """Keeps a draft. The page that saved last may save again; any other old page is refused.

    Raises NotAllowed, NotNow outside the days or once decided, Stale; ValidationError for an unfinished study leave of
    who is on none.
    """
    seat = require_rater(actor, window, employee)
    assert actor is not None
    require_days(window, actor, seat.post.post.unit)
    _require_study(window, employee, marks)
    with transaction.atomic():
        appraisal = draft_of(window, seat, form_key, version)
        seat_at(appraisal, seat)
        appraisal.saved_by = form_key
        appraisal.work_result, appraisal.behaviour = marks.work_result, marks.behaviour
        appraisal.reason, appraisal.notes = marks.reason.strip(), marks.notes.strip()
        appraisal.unfinished_study = marks.unfinished_study
        appraisal.version += 1
        appraisal.save()
        _rate_items(appraisal, results_of(employee, window, actor), marks)
        tell("draft_saved", appraisal, actor)
    return appraisal


def require_days(window: RatingWindow, viewer: Viewer, unit: Unit) -> None:
    """Raises NotNow before the window opens for the unit and once its period is closed."""
    require_open(window.period)
    days = days_in(window, unit, others_of(window))
    if viewer.today < days.opens_on:
        raise NotNow(gettext("Penilaian dibuka %(day)s.") % {"day": longdate(days.opens_on)})


def _require_study(window: RatingWindow, employee: Employee, marks: Marks) -> None:
    if marks.unfinished_study and study_leave_in(employee.pk, window.period) is None:
        told = gettext(
            "Tidak ada tugas belajar tercatat dalam periode ini, pada SKP atau surat tugas. Kosongkan pilihan ini."
        )
        raise ValidationError({"unfinished_study": told})


def draft_of(window: RatingWindow, seat: Seat, form_key: UUID, version: int) -> Appraisal:
    """The person's row, locked; made where there is none. Two who press at once meet in the same row."""
    home = {"rater_id": seat.rater_id, "unit": seat.unit, "home": seat.post.post.unit}
    made, _new = Appraisal.objects.get_or_create(window=window, employee=seat.employee, defaults=home)
    rows = Appraisal.objects.select_for_update(of=("self",)).select_related("employee__agency", "window__period")
    known = rows.get(pk=made.pk)
    require_move(known, "save")
    if known.saved_by != form_key:
        require_version(known, version)
    return known


def seat_at(appraisal: Appraisal, seat: Seat) -> None:
    """The draft is this rater's from now on, of the post and unit of today; what another wrote is not taken over."""
    if appraisal.rater_id != seat.rater_id:
        appraisal.items.all().delete()
        appraisal.work_result = appraisal.behaviour = appraisal.unfinished_study = ""
        appraisal.reason = appraisal.notes = ""
    appraisal.rater_id, appraisal.instead, appraisal.unit = seat.rater_id, seat.instead, seat.unit
    appraisal.home, appraisal.post_title = seat.post.post.unit, seat.post.post.title


def _rate_items(appraisal: Appraisal, results: list[PlanResult], marks: Marks) -> None:
    appraisal.items.all().delete()
    ItemRating.objects.bulk_create(
        ItemRating(
            appraisal=appraisal,
            result=result,
            number=result.number,
            title=result.text,
            main=result.main,
            rating=marks.items[result.pk][0],
            remark=marks.items[result.pk][1].strip(),
        )
        for result in results
        if marks.items.get(result.pk, ("", ""))[0]
    )


def decide_appraisal(*, actor: Viewer | None, appraisal: Appraisal, version: int) -> Appraisal:
    """Fixes both ratings; the predicate follows from the quadrant, and what evidence suggested is kept beside it.

    The organisation comes first (Pasal 24(1), 25(1)). Raises NotAllowed, NotNow, Stale; ValidationError by field where
    a rating is missing or a reason is due.
    """
    seat = require_rater(actor, appraisal.window, appraisal.employee)
    assert actor is not None
    require_days(appraisal.window, actor, appraisal.home)
    with transaction.atomic():
        current = held(appraisal, "decide", version)
        if current.rater_id != seat.rater_id:
            raise Stale(gettext("Draf ini ditulis penilai lain. Simpan penilaian Anda sendiri dahulu."))
        current.organisation = _organisation(current)
        _require_both(current)
        derived = employee_predicate(
            current.work_result,
            current.behaviour,
            organisation=current.organisation,
            study_leave_not_finished=current.unfinished_study or None,
            on=current.window.closes_on,
        )
        current.predicate, current.rule_set = Predicate(derived.predicate), derived.rule_set
        _freeze(current)
        current.state, current.decided_on = AppraisalState.DECIDED, actor.today
        current.final_code = _final_code(seat, actor.today)
        current.version += 1
        current.save()
        tell("decided", current, actor)
    return current


def _organisation(appraisal: Appraisal) -> str:
    found = organisation_of(appraisal.window, appraisal.unit)
    if found is None:
        told = gettext(
            "Predikat organisasi %(unit)s belum ditetapkan. Menurut urutan peraturan, capaian organisasi ditetapkan "
            "lebih dahulu; draf Anda tersimpan."
        )
        raise NotNow(told % {"unit": appraisal.unit.name})
    return found.predicate


def _require_both(appraisal: Appraisal) -> None:
    missing = {}
    for name in ("work_result", "behaviour"):
        if getattr(appraisal, name) not in Rating.values:
            missing[name] = gettext("Pilih satu rating.")
    if missing:
        raise ValidationError(missing)


def _freeze(appraisal: Appraisal) -> None:
    suggestion = suggestion_for(appraisal.employee_id, appraisal.window.period)
    due = reasons_due(appraisal, suggestion, from_items(appraisal))
    if due and not appraisal.reason:
        raise ValidationError({"reason": gettext("Tulis alasan Anda. %(due)s") % {"due": " ".join(due)}})
    appraisal.suggested_work, appraisal.suggested_behaviour = suggestion.work_result, suggestion.behaviour
    appraisal.frozen = suggestion.frozen()


def _final_code(seat: Seat, today: date) -> str:
    """Why no objection is open (Lampiran IV.A.11–12 p. 90); empty where it is."""
    if seat.instead:
        return "superior_after_silence"
    leads_region = Assignment.objects.filter(in_force(today), employee_id=seat.rater_id, post__kind=PostKind.ELECTED)
    if seat.post.post.kind == PostKind.LEADER and leads_region.exists():
        return "jpt_region_by_head"
    return ""


def reopen_appraisal(*, actor: Viewer | None, appraisal: Appraisal, reason: str, version: int) -> Appraisal:
    """Back to a draft while the employee has not got it. After the window it is the superior's turn then."""
    require_author(actor, appraisal)
    require_open(appraisal.window.period)
    with transaction.atomic():
        current = held(appraisal, "reopen", version)
        current.state, current.predicate, current.decided_on = AppraisalState.DRAFT, "", None
        save(current, "state", "predicate", "decided_on")
        # "note" is kept as a salted digest (`audit.personal`): until hand-over the reason is the rater's own paper.
        tell("reopened", current, actor, {"note": reason.strip()})
    return current
