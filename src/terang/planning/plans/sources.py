"""Where a plan can begin: a template, last year, a colleague, the dictionary, the yearly promise; and what above it
serves. Nothing here writes: each answers with documents, results or rows to choose from."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.goals.models import AgreementItem
from terang.planning.measuring import Gathering
from terang.planning.plans.editing import in_year, own_indicators
from terang.planning.plans.models import (
    OPEN,
    Indicator,
    Plan,
    PlanResult,
    PlanTemplate,
    PlanVersion,
    VersionState,
    new_key,
)
from terang.planning.plans.personal import impersonal, without_giver
from terang.planning.plans.placement import Placement
from terang.planning.plans.promised import promised_items
from terang.planning.plans.services.templates import with_new_keys
from terang.registry.people.models import Employee, Post
from terang.rules.plans import LeaderRow, Manual, PlanDocument, PlannedIndicator, PlannedResult, from_json
from terang.rules.plans.document import Form, Level

COLLEAGUES_SINCE = timedelta(days=400)
"""Plans of colleagues that ended longer ago are not offered."""


def templates_for(post: Post, agency_id: int) -> list[PlanTemplate]:
    """Templates of the government for a post, the narrower match first: title, family, kind; last those for all. One
    query."""
    family = Q(category=post.category) if post.category else Q(pk=None)
    match = Q(title__iexact=post.title) | (Q(title="") & (family | (Q(category="") & Q(kind__in=("", post.kind)))))
    narrow = Case(
        When(title__iexact=post.title, then=Value(0)),
        When(family, then=Value(1)),
        When(kind=post.kind, then=Value(2)),
        default=Value(3),
    )
    rows = PlanTemplate.objects.filter(match, agency_id=agency_id, retired_on=None)
    return list(rows.annotate(narrow=narrow).order_by("narrow", "name"))


def last_plan(employee: Employee, before: date) -> PlanVersion | None:
    """The wording agreed last in the latest plan that began before a day. One query."""
    rows = PlanVersion.objects.filter(plan__employee=employee, plan__period_start__lt=before, state=VersionState.AGREED)
    return rows.select_related("plan").order_by("-plan__period_start", "-number").first()


def colleague_plans(employee: Employee, post: Post, today: date) -> QuerySet[PlanVersion]:
    """The latest agreed wording of each colleague on a post of the same name, those of the own unit first. One query
    when read."""
    same = PlanVersion.objects.filter(plan__employee=OuterRef("plan__employee"), state=VersionState.AGREED)
    later = Q(plan__period_start__gt=OuterRef("plan__period_start")) | Q(
        plan=OuterRef("plan"), number__gt=OuterRef("number")
    )
    near = Case(When(plan__unit=post.unit_id, then=Value(0)), default=Value(1))
    rows = PlanVersion.objects.filter(
        ~Exists(same.filter(later)),
        state=VersionState.AGREED,
        plan__employee__agency_id=employee.agency_id,
        plan__post__title__iexact=post.title,
        plan__period_end__gt=today - COLLEAGUES_SINCE,
    ).exclude(plan__employee=employee)
    return rows.select_related("plan__employee", "plan__unit").order_by(near, "plan__employee__name", "pk")


def entries_for(post: Post | None, agency_id: int) -> QuerySet[DictionaryEntry]:
    """The dictionary for the post's family, then what is for all. One query when read."""
    rows = DictionaryEntry.objects.filter(agency_id=agency_id, retired_on=None)
    families = {"", post.category if post else ""}
    return rows.filter(family__in=families).order_by("-family", "code")


def from_template(template: PlanTemplate, form: Form) -> PlanDocument:
    """A new document with the template's rows under keys of its own."""
    document = from_json(template.document)
    rows = tuple(own_indicators(impersonal(each), form) for each in document.results)
    return with_new_keys(replace(document, form=form, results=rows, behaviour={}, study=None))


def from_last_plan(version: PlanVersion, form: Form, year: int) -> PlanDocument:
    """All results of an earlier plan with their days in the new year; expectations and support stay, nothing reached
    is copied. Keys are new: what was reached last year belongs to the old rows."""
    document = from_json(version.document)
    rows = tuple(
        own_indicators(replace(in_year(without_giver(each), year), programme=each.programme), form)
        for each in document.results
    )
    return with_new_keys(replace(document, form=form, results=rows))


def from_colleague(version: PlanVersion, form: Form, year: int) -> PlanDocument:
    """The colleague's results and support; not what was expected of that person alone, no study leave, no comments."""
    document = from_json(version.document)
    rows = tuple(own_indicators(in_year(impersonal(each), year), form) for each in document.results)
    return with_new_keys(replace(document, form=form, results=rows, behaviour={}, study=None))


def indicator_from_entry(entry: DictionaryEntry, form: Form, key: str = "") -> PlannedIndicator:
    """Everything an entry of the dictionary says about an indicator, its measure too."""
    return PlannedIndicator(
        key=key or new_key(),
        text=entry.text,
        aspects=(entry.aspect,),
        perspective=entry.perspective if form == "jpt" else "",
        direction=entry.direction,
        gathering=entry.gathering,
        unit_label=entry.unit_label,
        target_milli=entry.target_milli,
        target_max_milli=entry.target_max_milli,
        measure=entry.measure,
        entry_id=entry.pk,
        manual=_manual(entry.definition, entry.formula, entry.source) if form == "jpt" else None,
    )


def result_from_entry(entry: DictionaryEntry, form: Form) -> PlannedResult:
    """A result with one indicator, ready to be adapted."""
    return PlannedResult(new_key(), entry.result, indicators=(indicator_from_entry(entry, form),))


def promised_results(plan: Plan) -> tuple[PlannedResult, ...]:
    """What the unit promised for the year (Perjanjian Kinerja, p. 27) as main results of its head; before the signing
    what the draft says. Two queries at most."""
    return tuple(_promised(item) for item in promised_items(plan))


def _promised(item: AgreementItem) -> PlannedResult:
    source = item.indicator
    indicator = PlannedIndicator(
        key=new_key(),
        text=item.text,
        perspective=source.perspective,
        direction=source.direction,
        gathering=Gathering.LATEST,
        unit_label=item.unit_label,
        target_milli=item.target_milli,
        target_max_milli=item.target_max_milli,
        baseline_milli=source.baseline_milli,
        measure=source.measure,
        manual=_manual("", source.formula, source.source),
    )
    level: Level = "outcome" if source.outcome else ""
    return PlannedResult(new_key(), item.goal_text, level=level, goal_indicator_id=source.pk, indicators=(indicator,))


def _manual(definition: str, formula: str, source: str) -> Manual:
    return Manual(definition=definition, formula=formula, source=source)


@dataclass(frozen=True)
class LeaderOption:
    """A row of the leader's plan that a result can serve; `value` names it in a form."""

    value: str
    label: str
    row: LeaderRow


def leader_options(placement: Placement | None, day: date) -> tuple[LeaderOption, ...]:
    """The rows of the appraiser's plan of a day, agreed or still open; of leading officials each indicator (p. 59).

    Empty while the leader is late, which blocks nobody. Four queries.
    """
    if placement is None or placement.appraiser is None:
        return ()
    rows = PlanVersion.objects.filter(
        plan__employee_id=placement.appraiser.employee_id,
        plan__period_start__lte=day,
        plan__period_end__gt=day,
        state__in=(VersionState.AGREED, *OPEN),
    )
    versions = list(rows.order_by("-number"))
    version = next((each for each in versions if each.state == VersionState.AGREED), None) or next(iter(versions), None)
    return _options(version) if version else ()


def _options(version: PlanVersion) -> tuple[LeaderOption, ...]:
    document = from_json(version.document)
    results = dict(PlanResult.objects.filter(plan_id=version.plan_id).values_list("key", "pk"))
    indicators = dict(Indicator.objects.filter(result__plan_id=version.plan_id).values_list("key", "pk"))
    found = []
    for result in document.results:
        above = result.leader.goal_indicator_id if result.leader else None
        row = LeaderRow(
            result.text, result_id=results.get(result.key), goal_indicator_id=result.goal_indicator_id or above
        )
        if document.form != "jpt" or not result.indicators:
            found.append(LeaderOption(result.key, result.text, row))
            continue
        for each in result.indicators:
            serves = replace(row, indicator_text=each.text, indicator_id=indicators.get(each.key))
            found.append(LeaderOption(f"{result.key}.{each.key}", f"{result.text} · {each.text}", serves))
    return tuple(found)
