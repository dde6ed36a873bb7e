"""What else the head of the region answers for: the aims of the plan, complaints with both truths, and whether people
are treated fairly. Aggregates only; each part opens its own page."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils.safestring import SafeString

from terang.evaluation.appraisals.models import Objection, Outcome, RatingWindow
from terang.evidence.complaints.monthly import month_before, report_of
from terang.evidence.dialogue.attention import Silence, silence_in
from terang.planning.goals.models import GoalKind
from terang.planning.goals.outlook import Outlook, outlook_of
from terang.planning.goals.presenting import Row, rows_of, tally
from terang.planning.goals.selectors import goals_on, readings_of, standings_of, targets_of
from terang.planning.goals.standing import Standing, State
from terang.registry.organization.models import Agency
from terang.web.templatetags.terang import badge

MOST_AIMS = 6
MOST_REPEATED = 4
YEAR = timedelta(days=365)
HOUR = 60 * 60
GRAVEST = (State.WORSE, State.BEHIND, State.OLD)


@dataclass(frozen=True)
class Aim:
    """An indicator that is shown; `outlook` is missing where too little is known."""

    row: Row
    outlook: Outlook | None


@dataclass(frozen=True)
class Aims:
    """All indicators in figures by state, and the few shown: those of the community and the worst of the others."""

    count: int
    states: tuple[tuple[SafeString, int], ...]
    community: tuple[Aim, ...]
    all_community: int
    asking: tuple[Aim, ...]
    all_asking: int


@dataclass(frozen=True)
class Complaints:
    """The last whole month: what units say (`in_time`, `late`) and what citizens say of it (`confirmed`, `reopened`,
    and those who said nothing). `repeated` are units that missed deadlines again, the worst first."""

    start: date
    received: int
    in_time: int
    late: int
    confirmed: int
    reopened: int
    silent: int
    repeated: tuple[str, ...]


@dataclass(frozen=True)
class Fairness:
    """Objections of the last twelve months, how many leaders were silent, and the newest window to look into."""

    filed: int
    decided: int
    changed: int
    overdue: int
    silence: Silence
    window: RatingWindow | None


@dataclass(frozen=True)
class Governing:
    """Missing parts are those for which there is nothing."""

    aims: Aims | None
    complaints: Complaints | None
    fairness: Fairness


def governing(agency: Agency, today: date) -> Governing:
    """At most twenty-eight queries, whatever the number of indicators, complaints and people."""
    return Governing(_aims(agency.pk, today), _complaints(agency, today), _fairness(agency.pk, today))


def _complaints(agency: Agency, today: date) -> Complaints | None:
    month = report_of(agency, month_before(today.replace(day=1)), today)
    if not month.units:
        return None
    names = ("received", "in_time", "late", "confirmed", "reopened", "silent")
    repeated = tuple(unit.name for unit in month.repeated[:MOST_REPEATED])
    return Complaints(month.start, **{name: month.total(name) for name in names}, repeated=repeated)


def _aims(agency_id: int, today: date) -> Aims | None:
    found = standings_of(list(goals_on(agency_id, today)), today)
    if not found:
        return None
    all_community = sorted((each for each in found if each.indicator.outcome), key=_urgency)
    all_asking = sorted((each for each in found if _asks(each) and not each.indicator.outcome), key=_urgency)
    community, asking = all_community[:MOST_AIMS], all_asking[:MOST_AIMS]
    shown = [*community, *asking]
    ids = [each.indicator.pk for each in shown]
    readings, targets = readings_of(ids), targets_of(ids)

    def told(standings: list[Standing]) -> tuple[Aim, ...]:
        return tuple(
            Aim(
                row,
                outlook_of(row.indicator, targets.get(row.indicator.pk, []), readings.get(row.indicator.pk, []), today),
            )
            for row in rows_of(standings)
        )

    states = tuple((badge(state.word, state.kind), count) for state, count in tally(found))
    return Aims(len(found), states, told(community), len(all_community), told(asking), len(all_asking))


def _asks(standing: Standing) -> bool:
    return standing.state in GRAVEST


def _urgency(standing: Standing) -> tuple[int, int, str]:
    """What asks for something first, the gravest before; then the aims of the whole region before those of a unit."""
    goal = standing.indicator.goal
    gravity = GRAVEST.index(standing.state) if _asks(standing) else len(GRAVEST)
    return gravity, GoalKind.values.index(goal.kind), goal.code


def _fairness(agency_id: int, today: date) -> Fairness:
    open_ = Q(decided_on=None)
    counts = Objection.objects.filter(
        appraisal__window__period__agency_id=agency_id, filed_on__gte=today - YEAR, filed_on__lte=today
    ).aggregate(
        filed=Count("id"),
        decided=Count("id", filter=~open_),
        changed=Count("id", filter=Q(outcome=Outcome.CHANGED)),
        overdue=Count("id", filter=open_ & Q(decision_due__lt=today)),
    )
    windows = RatingWindow.objects.filter(period__agency_id=agency_id, opens_on__lte=today)
    window = windows.select_related("period").order_by("-opens_on", "-pk").first()
    return Fairness(**counts, silence=_silence(agency_id, today), window=window)


def _silence(agency_id: int, today: date) -> Silence:
    """It looks at everybody, so it is kept for an hour."""
    key = f"boards.silence:{agency_id}:{today}"
    found: Silence | None = cache.get(key)
    if found is None:
        found = silence_in(agency_id, today)
        cache.set(key, found, HOUR)
    return found
