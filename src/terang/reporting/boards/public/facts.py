"""What the page of a government and of a unit shows. No names of employees; nothing that rests on too few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from terang.evidence.citizens.catalogue_selectors import pledge_of, published_services
from terang.evidence.citizens.intervention_selectors import interventions_of
from terang.evidence.citizens.models import FollowUp, Service, ServicePledge, ServiceStandard, SurveyResult
from terang.evidence.citizens.models.survey_periods import ActionState, Published
from terang.evidence.citizens.survey_presenting import ikm_text, label_of, period_name
from terang.evidence.citizens.survey_selectors import published_results
from terang.evidence.complaints.terms import own_terms
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.reporting.boards.public.complaints import Truths, UnitLine, government_truths, unit_lines, unit_truths
from terang.reporting.boards.times.counting import months_of
from terang.reporting.boards.times.lines import WINDOW, SatisfactionLine, ServiceLine, satisfaction_of, service_lines
from terang.reporting.boards.times.words import span_words
from terang.web.numbers import rupiah

LEAST_FINISHED = 5
"""Below this many finished requests a real time would tell of single people rather than of a service."""
YEAR = timedelta(days=365)
MOST_CHANGES = 4
"""Of each kind: the survey's many actions must not hide what was marked."""
MOST_UNITS = 3


@dataclass(frozen=True)
class Promise:
    """A service: what is promised, and what it was in the last three months (missing where too few were finished)."""

    pk: int
    code: str
    name: str
    unit_pk: int
    unit: str
    limit: str
    fee: str
    online: bool
    decree: str
    finished: int
    late: int
    median: str | None
    median_minutes: int | None
    standard_minutes: int
    timely_bp: int | None

    @property
    def kind(self) -> str:
        """How the share in time is marked."""
        if self.timely_bp is None:
            return "quiet"
        return "ok" if self.timely_bp >= 9000 else "attention" if self.timely_bp >= 8000 else "wrong"


@dataclass(frozen=True)
class Index:
    """An IKM with its method. `ikm` in hundredths, missing below the least number of answers. `published`: it was
    frozen and announced; otherwise it is that of the running three months. `by_units`: the mean of the units' indexes;
    otherwise all answers pooled."""

    unit_pk: int
    unit: str
    period: str
    ikm: int | None
    grade: str
    respondents: int | None
    by_units: bool
    weights: str
    published: bool
    revision: int = 1
    reason: str = ""

    @property
    def ikm_text(self) -> str:
        return ikm_text(self.ikm)

    @property
    def weight_text(self) -> str:
        """How much each element counts."""
        return "1/9" if self.weights == "exact" else self.weights.replace(".", ",")


@dataclass(frozen=True)
class Changed:
    """Something that was done for those who are served. `why` says what asked for it."""

    day: date
    title: str
    detail: str
    unit: str
    why: str


class Weighed:
    """What a page says of the weights of its indexes."""

    indexes: tuple[Index, ...]

    @property
    def weights(self) -> str:
        """The weight of every element where all indexes share it; empty where they differ."""
        found = {each.weight_text for each in self.indexes}
        return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class GovernmentFacts(Weighed):
    agency: Agency
    today: date
    months: str
    services: tuple[Promise, ...]
    indexes: tuple[Index, ...]
    truths: Truths
    units: tuple[UnitLine, ...]
    changes: tuple[Changed, ...]
    contact: str

    @property
    def whole(self) -> Index:
        """The index of the whole government, which always stands first."""
        return self.indexes[0]

    @property
    def finished(self) -> int:
        return sum(each.finished for each in self.services)

    @property
    def timely_bp(self) -> int | None:
        """The share in time over all services, rounded half-up; missing where too few were finished."""
        if self.finished < LEAST_FINISHED:
            return None
        timely = self.finished - sum(each.late for each in self.services)
        return (2 * timely * 10_000 + self.finished) // (2 * self.finished)


@dataclass(frozen=True)
class UnitFacts(Weighed):
    unit: Unit
    today: date
    months: str
    services: tuple[Promise, ...]
    indexes: tuple[Index, ...]
    truths: Truths
    changes: tuple[Changed, ...]
    contact: str
    pledge: ServicePledge | None

    @property
    def signature(self) -> str:
        """The post that signed the pledge, with its unit unless the title names it; empty without a pledge."""
        if self.pledge is None:
            return ""
        title, unit = self.pledge.signer_title, self.pledge.unit.name
        return title if unit.casefold() in title.casefold() else f"{title}, {unit}"


def government_facts(agency: Agency) -> GovernmentFacts:
    """About fifteen queries, whatever the size of the government."""
    today = local_today(agency)
    services = list(published_services(agency_id=agency.pk))
    return GovernmentFacts(
        agency=agency,
        today=today,
        months=span_words(months_of(today)[-WINDOW:]),
        services=tuple(_promises(services, service_lines(agency, today), today)),
        indexes=tuple(_indexes(agency, today)),
        truths=government_truths(agency, today),
        units=tuple(unit_lines(agency, today)),
        changes=tuple(_changes(services, today)),
        contact=_contact(agency, today),
    )


def unit_facts(unit: Unit) -> UnitFacts:
    """A unit and those below it."""
    agency = unit.agency
    today = local_today(agency)
    services = [each for each in published_services(agency_id=agency.pk) if each.unit.path.startswith(unit.path)]
    within = {each.unit_id for each in services} | {unit.pk}
    return UnitFacts(
        unit=unit,
        today=today,
        months=span_words(months_of(today)[-WINDOW:]),
        services=tuple(_promises(services, service_lines(agency, today), today)),
        indexes=tuple(each for each in _indexes(agency, today) if each.unit_pk in within),
        truths=unit_truths(unit, today),
        changes=tuple(_changes(services, today)),
        contact=_contact(agency, today),
        pledge=pledge_of(unit, today),
    )


def _contact(agency: Agency, today: date) -> str:
    own = own_terms(agency.pk, today)
    return own.contact if own else ""


def _promises(services: Sequence[Service], lines: Iterable[ServiceLine], today: date) -> Iterable[Promise]:
    """1 query."""
    rows = ServiceStandard.objects.filter(service__in=services, valid_from__lte=today).order_by("valid_from")
    standards = {each.service_id: each for each in rows}
    real = {line.pk: line for line in lines}
    for service in services:
        yield _promise(service, standards.get(service.pk), real.get(service.pk))


def _promise(service: Service, standard: ServiceStandard | None, line: ServiceLine | None) -> Promise:
    enough = line is not None and line.finished >= LEAST_FINISHED
    return Promise(
        pk=service.pk,
        code=service.code,
        name=service.name,
        unit_pk=service.unit_id,
        unit=service.unit.name,
        limit=standard.limit_words if standard else service.standard_words,
        fee=_fee(standard),
        online=bool(standard and standard.online),
        decree=standard.decree if standard else "",
        finished=line.finished if line else 0,
        late=line.late if line else 0,
        median=line.median_text if line and enough else None,
        median_minutes=line.median if line and enough else None,
        standard_minutes=service.standard_minutes,
        timely_bp=line.timely_bp if line and enough else None,
    )


def _fee(standard: ServiceStandard | None) -> str:
    if standard is None:
        return ""
    if standard.fee_idr:
        return rupiah(standard.fee_idr)
    return standard.fee_note or _("Gratis")


def _indexes(agency: Agency, today: date) -> Iterable[Index]:
    """What was announced, the newest for each; for units and a government without one, the last three months."""
    announced: dict[int, Index] = {}
    for result in published_results(agency):
        found = _announced(result)
        announced.setdefault(found.unit_pk, found)
    live = satisfaction_of(agency, today)
    period = span_words(months_of(today)[-WINDOW:])
    whole = Index(0, agency.name, period, live.ikm, live.grade, _shown(live.ikm, live.answers), *_LIVE)
    yield announced.pop(0, whole)
    for line in sorted(live.lines, key=lambda each: each.path):
        yield announced.pop(line.pk) if line.pk in announced else _live(line, period)
    yield from announced.values()


_LIVE = (False, "exact", False)


def _shown(ikm: int | None, answers: int) -> int | None:
    """How many answered is not told where the index is not: two counts would tell of one answer."""
    return None if ikm is None else answers


def _live(line: SatisfactionLine, period: str) -> Index:
    return Index(line.pk, line.unit, period, line.ikm, line.grade, line.answers, *_LIVE)


def _announced(result: SurveyResult) -> Index:
    period, unit = result.period, result.period.unit
    return Index(
        unit_pk=0 if unit.parent_id is None else unit.pk,
        unit=unit.name,
        period=period_name(period.kind, period.starts_on),
        ikm=result.ikm,
        grade=result.grade,
        respondents=result.respondents,
        by_units=period.headline == Published.UNITS,
        weights=result.weights,
        published=True,
        revision=result.number,
        reason=result.reason,
    )


def _changes(services: Sequence[Service], today: date) -> list[Changed]:
    """Marked changes of a year and follow-ups of surveys that were finished, the latest first. 2 queries."""
    marked = [
        Changed(each.day, each.title, each.detail, each.service.name if each.service else each.unit.name, "")
        for each in interventions_of(services, today - YEAR, today)
    ]
    units = {each.unit_id for each in services} | {
        int(part) for each in services for part in each.unit.path.split("/") if part
    }
    done = FollowUp.objects.filter(
        state=ActionState.DONE, done_on__gt=today - YEAR, done_on__lte=today, period__unit__in=units
    ).select_related("period__unit")
    followed = [
        Changed(
            each.done_on or today,
            each.action,
            each.proof,
            each.period.unit.name,
            _("Karena hasil survei: %(element)s") % {"element": label_of(each.element)},
        )
        for each in done
    ]
    shown = [*_gathered(marked)[:MOST_CHANGES], *_gathered(followed)[:MOST_CHANGES]]
    return sorted(shown, key=lambda each: each.day, reverse=True)


def _gathered(changes: Iterable[Changed]) -> list[Changed]:
    """The same done in several units on one day stands once, with all of them; the latest first."""
    where: dict[Changed, list[str]] = {}
    for each in changes:
        where.setdefault(replace(each, unit=""), []).append(each.unit)
    gathered = [replace(each, unit=_named(dict.fromkeys(units))) for each, units in where.items()]
    return sorted(gathered, key=lambda each: each.day, reverse=True)


def _named(units: Iterable[str]) -> str:
    """Units by name, the first three where there are many."""
    names = list(units)
    shown = ", ".join(names[:MOST_UNITS])
    more = len(names) - MOST_UNITS
    return shown if more <= 0 else _("%(units)s, dan %(more)d unit lain") % {"units": shown, "more": more}
