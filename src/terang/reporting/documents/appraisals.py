"""An official evaluation as Formats C.1.x and D.1.x print it, from the rows."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.evaluation.appraisals.days import days_of
from terang.evaluation.appraisals.models import Appraisal, Objection, RatingWindow
from terang.evaluation.appraisals.states import TOLD
from terang.evaluation.periods import YEAR
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import policy_on
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.selectors import agreed_plan
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.registry.people.viewer import in_force
from terang.reporting.documents.appraisal_sheets import Dispute, Judged, Marks, evaluation_sheet, result_sheet
from terang.reporting.documents.facts import in_capacity, party, place_of
from terang.reporting.documents.models import Kind
from terang.reporting.documents.record_sheets import Time
from terang.reporting.documents.records import recorded_of
from terang.reporting.documents.sheets import Occasion, Party, Proof, Sheet
from terang.rules.plans import from_json
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotNow


def appraisal_sheets(appraisal: Appraisal, kind: str) -> list[Sheet]:
    """The evaluation document, the result, or both in the order they are filed. At most 60 queries.

    Raises NotNow before the evaluation is handed over, and for the result where no plan was agreed.
    """
    if appraisal.state not in TOLD:
        raise NotNow(gettext("Hasil evaluasi dapat dicetak setelah diserahkan kepada pegawai."))
    occasion, judged = _circumstances(appraisal)
    time = time_of(appraisal.window)
    sheets = [] if kind == Kind.RESULT else [evaluation_sheet(occasion, time, judged)]
    if kind != Kind.EVALUATION:
        version = judged_version(appraisal)
        if version is None:
            raise NotNow(gettext("Hasil evaluasi (Format C.1) memerlukan SKP yang disepakati; yang ada Format D.1."))
        document = from_json(version.document)
        recorded = recorded_of(version.plan, document, time)
        sheets.append(result_sheet(document, recorded, occasion, time, judged))
    return sheets


def time_of(window: RatingWindow) -> Time:
    """The period of the evaluation; of a year the line of the form offers the short periods of the policy and AKHIR."""
    period = window.period
    if period.kind != YEAR:
        return Time(period.kind, period.starts_on, period.ends_on)
    version = policy_on(period.agency_id, period.last_day)
    kind = rules_of(version).period_kind if version else "quarter"
    return Time(kind, period.starts_on, period.ends_on, final=True)


def judged_version(appraisal: Appraisal) -> PlanVersion | None:
    """The plan version in force when it was decided: of the plan whose results were rated, else of the last day of the
    period. None where nothing was agreed. At most five queries."""
    item = appraisal.items.select_related("result__plan").first()
    plan: Plan | None = (
        item.result.plan if item else agreed_plan(appraisal.employee_id, appraisal.window.period.last_day)
    )
    if plan is None:
        return None
    rows = plan.versions.filter(state=VersionState.AGREED, agreed_at__date__lte=appraisal.decided_on)
    return rows.select_related("agreed_by", "plan__employee__agency", "plan__post", "plan__unit").first()


def _circumstances(appraisal: Appraisal) -> tuple[Occasion, Judged]:
    """Who, on which post, as of the day it was decided; both people above as the registry tells for that day."""
    employee, day, period = appraisal.employee, appraisal.decided_on, appraisal.window.period
    assert day is not None
    objection = getattr(appraisal, "objection", None)
    found = appraiser_of(employee.pk, min(day, days_of(appraisal).closes_on) if appraisal.instead else day)
    appraiser = appraisal.rater
    superior: Employee | None
    if appraisal.instead:
        named = found.employee if found else None
        superior = appraisal.rater
    else:
        named = appraiser
        superior = objection.decider if objection and objection.decider else _above(appraiser, appraisal)
    places = main_posts([each.pk for each in (employee, named, superior) if each], day)
    own = party(employee, places.get(employee.pk))
    judging = Party()
    if named:
        place = places.get(named.pk)
        judging = party(named, place) if appraisal.instead else in_capacity(named, place, found, employee, day)
    occasion = Occasion(
        agency=employee.agency.name,
        start=period.starts_on,
        end=period.ends_on,
        employee=replace(own, post=appraisal.post_title or own.post, unit=appraisal.home.name),
        appraiser=judging,
        place=place_of(employee.agency),
        day=day,
        proof=Proof(),
    )
    handed = appraisal.handed
    judged = Judged(
        organisation=appraisal.organisation,
        marks=Marks(handed.work_result, handed.behaviour, handed.predicate),
        notes=appraisal.notes,
        decided_on=day,
        superior=party(superior, places.get(superior.pk)) if superior else Party(),
        pattern=rule_set("curve", appraisal.window.closes_on).values["heights"][appraisal.organisation],
        instead=appraisal.instead,
        received_on=appraisal.received_on,
        dispute=_dispute(objection),
    )
    return occasion, judged


def _above(rater: Employee, appraisal: Appraisal) -> Employee | None:
    assert appraisal.decided_on is not None
    found = appraiser_of(rater.pk, appraisal.decided_on)
    return found.employee if found else None


def _dispute(objection: Objection | None) -> Dispute | None:
    if objection is None:
        return None
    changed = Marks(objection.work_result, objection.behaviour, objection.predicate) if objection.predicate else None
    return Dispute(
        objection.filed_on, objection.text, objection.answer, objection.reason, objection.decided_on, changed
    )


def appraisals_to_print() -> QuerySet[Appraisal]:
    """Evaluations with all that their forms need at hand."""
    return Appraisal.objects.select_related(
        "employee__agency", "window__period__agency", "unit", "home", "rater", "objection__decider"
    )


def handed_in_unit(
    window: RatingWindow, unit: Unit, people: QuerySet[Employee], *, alone: bool = False
) -> QuerySet[Appraisal]:
    """What was handed over to these people in the unit and below (`alone`: in the unit only), by unit and name. One
    query."""
    rows = appraisals_to_print().filter(_inside("home", unit, alone), window=window, employee__in=people)
    return rows.filter(state__in=TOLD).order_by("home__path", "employee__name", "pk")


def people_without_result(window: RatingWindow, unit: Unit, people: QuerySet[Employee], *, alone: bool = False) -> int:
    """How many of these people had a post in the unit and below (`alone`: in the unit) on the last day of the period
    and nothing was handed over to. One query."""
    last = window.period.ends_on - timedelta(days=1)
    posts = Assignment.objects.filter(in_force(last), _inside("post__unit", unit, alone))
    told = Appraisal.objects.filter(window=window, state__in=TOLD)
    there = people.filter(pk__in=posts.values("employee_id"))
    return there.exclude(pk__in=told.values("employee_id")).distinct().count()


def _inside(field: str, unit: Unit, alone: bool) -> Q:
    return Q(**{field: unit}) if alone else Q(**{f"{field}__path__startswith": unit.path})
