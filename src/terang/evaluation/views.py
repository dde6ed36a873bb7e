"""Pages of scores and policies: a total opened down to its records, and the rules everybody is judged by."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from terang.evaluation import plain, selectors
from terang.evaluation.access import may_publish, may_see_drafts, require_score_of
from terang.evaluation.advice import advice
from terang.evaluation.explanation import explain
from terang.evaluation.gathering import window_of
from terang.evaluation.models import Period, PolicyVersion, Score
from terang.evaluation.plan_values import linked_values
from terang.evaluation.policies import rules_of
from terang.evaluation.records import LIMIT, records_behind
from terang.evaluation.standing import standing
from terang.evaluation.trend import trend_chart
from terang.evaluation.whatif.running import is_running
from terang.planning.plans.models import Plan
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web import htmx


def _viewer(request: HttpRequest) -> Viewer:
    return require_viewer(request.viewer)  # type: ignore[attr-defined]


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own score of the running period, or of the last one there is."""
    viewer = _viewer(request)
    scores = selectors.scores_of(viewer.employee.pk, limit=1)
    if scores:
        return redirect("evaluation:score", scores[0].period_id, viewer.employee.pk)
    return render(request, "evaluation/none.html", {"employee": viewer.employee, "own": True})


@require_safe
@login_required
def score(request: HttpRequest, period_id: int, employee_id: int) -> HttpResponse:
    """A total with its aspects and measures, what is missing, its course, and the rules it was made by."""
    viewer, found = _score_for(_viewer(request), period_id, employee_id)
    own = viewer.employee.pk == employee_id
    if found is None:
        employee = get_object_or_404(Employee, pk=employee_id)
        return render(request, "evaluation/none.html", {"employee": employee, "own": own})
    history = selectors.scores_of(employee_id)
    told = explain(found)
    context = {
        "told": told,
        "score": found,
        "own": own,
        "standing": standing(told, history, viewer.today),
        "history": history,
        "chart": trend_chart(history, rules_of(found.policy).standard_bp),
        "may_imagine": own and is_running(found.period, viewer.today),
    }
    return htmx.render(request, "evaluation/score.html", "evaluation/_score.html", context)


@require_safe
@login_required
def measure(request: HttpRequest, period_id: int, employee_id: int, aspect: str, measure: str) -> HttpResponse:
    """One measure: the formula with its numbers, how it counts, its guards, and the records behind it."""
    viewer, found = _score_for(_viewer(request), period_id, employee_id)
    line = explain(found).line(aspect, measure) if found else None
    if found is None or line is None:
        raise Http404
    window = window_of(found.period, viewer.today)
    context = {
        "line": line,
        "score": found,
        "own": viewer.employee.pk == employee_id,
        "records": records_behind(line.rule, rules_of(found.policy), employee_id, window) if window else [],
        "limit": LIMIT,
        "advice": advice(measure) if line.stored.score_bp is not None and line.stored.score_bp < 10_000 else "",
    }
    return htmx.render(request, "evaluation/measure.html", "evaluation/_measure.html", context)


@require_safe
@login_required
def plan_values(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The indicators of a plan that are tied to a measure, each with its live value beside the target."""
    viewer = _viewer(request)
    plan = get_object_or_404(Plan.objects.select_related("employee"), pk=plan_id)
    require_score_of(viewer, plan.employee)
    context = {"plan": plan, "linked": linked_values(plan, viewer.today)}
    return htmx.render(request, "evaluation/plan_values.html", "evaluation/_plan_values.html", context)


def _score_for(viewer: Viewer, period_id: int, employee_id: int) -> tuple[Viewer, Score | None]:
    found = selectors.score_in(employee_id, period_id)
    employee = found.employee if found else get_object_or_404(Employee, pk=employee_id)
    require_score_of(viewer, employee)
    if found is None:
        get_object_or_404(Period, pk=period_id, agency_id=employee.agency_id)
    return viewer, found


@require_safe
@login_required
def policy(request: HttpRequest) -> HttpResponse:
    """The policy in force today, in plain words, for everybody of the government."""
    viewer = _viewer(request)
    versions = selectors.versions_of(viewer.agency_id)
    return _policy_page(request, viewer, versions, selectors.newest_begun(versions, viewer.today))


@require_safe
@login_required
def policy_version(request: HttpRequest, version: int) -> HttpResponse:
    """One version, also one of the past or one to come."""
    viewer = _viewer(request)
    versions = selectors.versions_of(viewer.agency_id)
    chosen = next((each for each in versions if each.version == version), None)
    if chosen is None:
        raise Http404
    return _policy_page(request, viewer, versions, chosen)


def _policy_page(
    request: HttpRequest, viewer: Viewer, versions: list[PolicyVersion], chosen: PolicyVersion | None
) -> HttpResponse:
    context: dict[str, object] = {"versions": versions, "chosen": chosen, "may_publish": may_publish(viewer)}
    context["may_see_drafts"] = may_see_drafts(viewer)
    if chosen is not None:
        earlier = [each for each in versions if each.version < chosen.version]
        context |= {
            "in_force": chosen == selectors.newest_begun(versions, viewer.today),
            "older": max(earlier, key=lambda each: each.version, default=None),
            "words": plain.words(rules_of(chosen)),
        }
    return render(request, "evaluation/policy.html", context)
