"""Questions about surveys: who has which period, what was published, kiosks, and what people wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.evidence.citizens.models import (
    FollowUp,
    HiddenRemark,
    Kiosk,
    Service,
    ServiceRequest,
    SurveyPeriod,
    SurveyResponse,
    SurveyResult,
)
from terang.evidence.citizens.models.survey_periods import ActionState
from terang.evidence.citizens.survey_access import may_open_action, read_paths, require_reader, require_result_reader
from terang.evidence.citizens.survey_figures import digest_of
from terang.evidence.citizens.survey_presenting import label_of
from terang.evidence.citizens.survey_privacy import least_answers, staff_names
from terang.evidence.citizens.survey_repairs import COMPONENTS
from terang.evidence.citizens.survey_tallies import answers_in, tallies
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.regulations.survey_tally import Tally, hidden_groups, together
from terang.web.errors import NotAllowed
from terang.web.scrubbing import scrub
from terang.web.secrets import token_hash

VOICE_DAYS = 180
"""Half a year of remarks on the page of an officer or head."""
MANY_PEOPLE = 150


def periods_for(viewer: Viewer) -> QuerySet[SurveyPeriod]:
    """The periods whose figures the viewer reads, newest first, with the last result (`last_ikm`, `last_grade`,
    `last_result`) where there is one. One query."""
    own = Q(pk__in=())
    for path in read_paths(viewer):
        own |= Q(unit__path__startswith=path)
    latest = SurveyResult.objects.filter(period=OuterRef("pk")).order_by("-number")
    rows = SurveyPeriod.objects.filter(own, unit__agency_id=viewer.agency_id).select_related("unit")
    return rows.annotate(
        last_ikm=Subquery(latest.values("ikm")[:1]),
        last_grade=Subquery(latest.values("grade")[:1]),
        last_result=Subquery(latest.values("pk")[:1]),
    )


def period_for(viewer: Viewer | None, pk: int) -> SurveyPeriod:
    """One period for its readers. Raises Http404, NotAllowed for others."""
    period = get_object_or_404(SurveyPeriod.objects.select_related("unit__agency"), pk=pk)
    require_reader(viewer, period.unit)
    return period


def result_for(viewer: Viewer | None, pk: int) -> SurveyResult:
    """A published result, open to everybody of the government."""
    rows = SurveyResult.objects.select_related("period__unit__agency", "published_by")
    result = get_object_or_404(rows, pk=pk)
    require_result_reader(viewer, result.period, published=True)
    return result


def revisions_of(result: SurveyResult) -> list[SurveyResult]:
    """Every result of the same period, the latest first. One query."""
    return list(SurveyResult.objects.filter(period_id=result.period_id).defer("figures"))


def is_intact(result: SurveyResult) -> bool:
    """Whether the figures are still those that were published."""
    return digest_of(result.figures) == result.digest


def published_results(agency: Agency) -> list[SurveyResult]:
    """The latest result of every period of a government, the newest period first, the government's own before its
    units. One query. `figures` is documented in the README; nothing in it leads to a person."""
    newest = SurveyResult.objects.filter(period=OuterRef("period")).order_by("-number").values("pk")[:1]
    rows = SurveyResult.objects.filter(period__unit__agency=agency, pk=Subquery(newest))
    return list(
        rows.select_related("period__unit").order_by("-period__starts_on", "period__unit__path", "period__kind")
    )


def actions_of(period: SurveyPeriod) -> list[FollowUp]:
    """What is done about the weak elements of a period. One query."""
    return list(period.follow_ups.select_related("owner"))


@dataclass(frozen=True)
class ActionLine:
    """An action as shown: `kind` colours its state, `late` past its day and not finished."""

    row: FollowUp
    element: str
    component: str
    kind: str
    late: bool


_ACTION_KINDS = {"rencana": "quiet", "berjalan": "attention", "selesai": "ok", "batal": "quiet"}


def action_lines(rows: Iterable[FollowUp], today: date) -> list[ActionLine]:
    """Actions with their words. No query."""
    return [
        ActionLine(
            row,
            label_of(row.element),
            str(COMPONENTS.get(row.component, row.component)),
            _ACTION_KINDS[row.state],
            row.state in (ActionState.PLANNED, ActionState.RUNNING) and row.due_on < today,
        )
        for row in rows
    ]


def action_for(viewer: Viewer, pk: int) -> FollowUp:
    """One action for its owner and the readers of the result. Raises Http404, NotAllowed for others."""
    rows = FollowUp.objects.select_related("period__unit__agency", "owner")
    follow_up = get_object_or_404(rows, pk=pk)
    if not may_open_action(viewer, follow_up):
        raise NotAllowed(gettext("Tindakan ini untuk penanggung jawabnya dan pembaca hasil survei unit itu."))
    return follow_up


def actions_due(viewer: Viewer) -> QuerySet[FollowUp]:
    """The open actions somebody answers for, the first due first. One query when read."""
    open_ones = (ActionState.PLANNED, ActionState.RUNNING)
    return FollowUp.objects.filter(owner=viewer.employee, state__in=open_ones).select_related("period__unit")


def candidates(unit: Unit, today: date) -> QuerySet[Employee]:
    """Who may answer for an action: the people of the unit and below, in a large one its heads. Two queries."""
    running = in_force(today, "assignments__starts_on", "assignments__ends_on")
    people = Employee.objects.filter(
        running, agency_id=unit.agency_id, assignments__post__unit__path__startswith=unit.path
    ).distinct()
    if people.count() > MANY_PEOPLE:
        people = people.filter(assignments__post__is_head=True)
    return people.order_by("name")


def kiosk_of(token: str) -> Kiosk | None:
    """The kiosk behind a link with what it shows; None for an unknown or revoked one. One query."""
    rows = Kiosk.objects.select_related("unit", "request__service__unit__agency")
    return rows.filter(token_hash=token_hash(token), revoked_at=None).first()


def kiosks_of(unit: Unit) -> list[Kiosk]:
    """The kiosks registered for a unit, the revoked ones last. One query."""
    rows = Kiosk.objects.filter(unit=unit).select_related("registered_by")
    return sorted(rows, key=lambda each: (each.revoked_at is not None, each.name))


def kiosks_for(request: ServiceRequest) -> list[Kiosk]:
    """The kiosks at which a request can be asked about: of its unit and those above. One query."""
    ids = [int(part) for part in request.service.unit.path.strip("/").split("/") if part]
    return list(Kiosk.objects.filter(unit_id__in=ids, revoked_at=None).select_related("unit"))


def services_in(unit: Unit) -> QuerySet[Service]:
    return Service.objects.filter(unit=unit, active=True).order_by("name")


@dataclass(frozen=True)
class Voice:
    """What people said of an officer. `tally` and `remarks` are empty below the least number of answers; `waiting`
    counts new answers that are shown once there are enough of them."""

    least: int
    answers: int
    waiting: int
    tally: Tally | None
    remarks: tuple[str, ...]
    since: date


def voice_of(officer: Employee, today: date) -> Voice:
    """The last half-year of an officer's feedback. Five queries."""
    since = today - timedelta(days=VOICE_DAYS)
    rows = SurveyResponse.objects.filter(officer=officer, day__gte=since).order_by()
    sizes = rows.aggregate(shown=Count("pk", filter=Q(released=True)), waiting=Count("pk", filter=Q(released=False)))
    least = least_answers(officer.agency_id, today)
    shown = rows.filter(released=True)
    enough = sizes["shown"] >= least
    tally = together(tallies(shown).values()) if enough else None
    texts = readable(shown) if enough else ()
    return Voice(least, sizes["shown"], sizes["waiting"], tally, texts, since)


def readable(rows: QuerySet[SurveyResponse]) -> tuple[str, ...]:
    """Remarks that are not hidden, without names, in alphabetical order: neither day nor case can be told from it."""
    return tuple(sorted(row.text for row in remarks(rows.filter(hidden__isnull=True))))


@dataclass(frozen=True)
class Remark:
    """One remark as the manager sees it; `hidden` is the reason it is kept from officers."""

    pk: int
    text: str
    service: str
    hidden: HiddenRemark | None


def remarks(rows: QuerySet[SurveyResponse]) -> list[Remark]:
    """The remarks among answers, scrubbed once more with today's names of each unit. Two queries and one a unit."""
    found = rows.exclude(remark="").select_related("service__unit", "hidden__hidden_by")
    names: dict[int, Any] = {}
    told = []
    for row in found:
        unit = row.service.unit
        if unit.pk not in names:
            names[unit.pk] = staff_names(unit)
        hidden = getattr(row, "hidden", None)
        told.append(Remark(row.pk, scrub(row.remark, names[unit.pk]), row.service.name, hidden))
    return sorted(told, key=lambda each: each.text)


def remarks_of(period: SurveyPeriod) -> list[Remark]:
    """The remarks of a period about services with enough answers."""
    rows = answers_in(period.unit, period.starts_on, period.ends_on)
    sizes = {str(row["service_id"]): row["n"] for row in rows.values("service_id").annotate(n=Count("pk"))}
    hidden = hidden_groups(sizes, least_answers(period.unit.agency_id, period.starts_on))
    return remarks(rows.exclude(service_id__in=_numbers(hidden)))


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys]
