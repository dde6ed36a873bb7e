"""The facts of a month of everybody: from presence, scores, official predicates, posts, leave, and what was given.

The number of queries does not depend on the number of people.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.evaluation.models import Score, ScoreComponent
from terang.evidence.attendance.evidence import REQUIRED
from terang.evidence.attendance.models import AttendanceDay, DayStatus, Leave, LeaveState
from terang.follow_up.allowance.models import Arrears, ArrearsState, GivenFact
from terang.follow_up.allowance.values import FactError, read_fact
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind
from terang.registry.people.viewer import in_force
from terang.rules.allowance import PRESENCE, AllowanceRule, Fact, FactSpec, sanctions_text
from terang.rules.attendance.bands import BandSet, presets

LEAVE = ("important_leave_days", "long_leave_days", "long_leave_months", "sick_months")
ROOMS = (
    *PRESENCE, *LEAVE, "class", "employment", "rank", "post_kind", "category", "acting_class", "sanction_since",
    "sanctions", "overpaid_idr",
)  # fmt: skip
"""Facts that only the rooms of evidence, or a decision, can say."""
SCORED = {"plan_achievement": "plan_score_bp", "task_completion": "realisation_bp"}
_AWAY = (DayStatus.LEAVE, DayStatus.UNPAID, DayStatus.SICK, DayStatus.PERMISSION)


@dataclass
class Gathered:
    """One person's month. `sources` lead from a fact to the page of its record; `faults` say what was given but cannot
    be read, or what nobody knows; `givers` gave what was given, by fact."""

    employee: Employee
    unit: Unit
    post_title: str
    facts: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    givers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def gather(
    agency_id: int, month: date, rule: AllowanceRule, only: int | None = None, *, owed: bool = True
) -> list[Gathered]:
    """Everybody with a post on the day that counts, or one of them, by name. Eight queries.

    `owed`: with what earlier months owe or are owed.
    """
    on = month.replace(day=rule.attribution_day)
    people = _people(agency_id, on, only)
    ids, end = list(people), next_month(month)
    _presence(people, ids, month, end, presets()[rule.bands])
    _leave(people, ids, month, end)
    _scores(people, ids, end)
    _predicates(people, ids, end)
    _given(people, ids, month, end, rule)
    if owed:
        _arrears(people, ids, month)
    if rule.uses_presence:
        for each in people.values():
            _require_presence(each)
    return sorted(people.values(), key=lambda each: (each.employee.name, each.employee.pk))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _people(agency_id: int, on: date, only: int | None) -> dict[int, Gathered]:
    rows = Assignment.objects.filter(in_force(on), employee__agency_id=agency_id, employee__joined_on__lte=on)
    rows = rows.exclude(post__kind=PostKind.ELECTED)  # state officials are paid by other law
    rows = rows if only is None else rows.filter(employee_id=only)
    held: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.select_related("employee", "post__unit").order_by("pk"):
        if row.employee.left_on is None or row.employee.left_on > on:
            held[row.employee_id].append(row)
    return {pk: _person(found) for pk, found in held.items()}


def _person(held: Iterable[Assignment]) -> Gathered:
    """The person by the main post; an acting post gives the class that is acted for."""
    rows = sorted(held, key=lambda each: (each.kind != AssignmentKind.DEFINITIVE, each.kind, each.pk))
    main = rows[0]
    post, person = main.post, main.employee
    facts: dict[str, Fact] = {
        "class": post.grade,
        "employment": person.status,
        "rank": person.rank or None,
        "post_kind": post.kind,
        "category": post.category,
    }
    acting = [each.post.grade for each in rows[1:] if each.kind == AssignmentKind.ACTING and each.post.grade]
    if acting:
        facts["acting_class"] = max(acting)
    return Gathered(person, post.unit, post.title, facts)


def _require_presence(person: Gathered) -> None:
    """Nobody is taken for present because nothing is known: without a day of presence the slip waits, but for who a
    decision frees from presence (`attendance_waived`), who counts as present."""
    if "presence_bp" in person.facts:
        return
    if person.facts.get("attendance_waived"):
        person.facts.update(dict.fromkeys(PRESENCE, 0) | {"presence_bp": 10_000})
        person.sources.update(dict.fromkeys(PRESENCE, reverse("allowance:person", args=[person.employee.pk])))
        return
    person.faults.append(
        gettext_noop("Tidak ada presensi yang diketahui pada bulan ini. Lengkapi presensinya, lalu hitung ulang.")
    )


def _presence(people: Mapping[int, Gathered], ids: Collection[int], start: date, end: date, bands: BandSet) -> None:
    columns = ("employee_id", "status", "late_minutes", "early_minutes", "missing_in", "missing_out")
    rows = AttendanceDay.objects.filter(employee_id__in=ids, day__gte=start, day__lt=end).order_by()
    counts: dict[int, dict[str, int]] = {}
    for pk, status, late, early, missing_in, missing_out in rows.values_list(*columns):
        told = counts.setdefault(pk, dict.fromkeys((*PRESENCE, "present"), 0))
        told["work_days"] += status in REQUIRED
        told["absent_days"] += status == DayStatus.ABSENT
        told["sick_days"] += status == DayStatus.SICK
        told["leave_days"] += status == DayStatus.LEAVE
        told["excluded_days"] += status in _AWAY
        if status == DayStatus.PRESENT:
            told["present"] += 1
            told["late_minutes"] += late
            told["early_minutes"] += early
            told["missing_punches"] += missing_in + missing_out
            for found, kind in (
                (bands.late_band(late, missing_in), "late"),
                (bands.early_band(early, missing_out), "early"),
            ):
                if found is not None:
                    told[f"{kind}_{found.code[-1]}"] += 1
    for pk, told in counts.items():
        present, days = told.pop("present"), told["work_days"]
        told["presence_bp"] = (2 * 10_000 * present + days) // (2 * days) if days else 10_000
        told["work_days"] += told["excluded_days"]
        people[pk].facts.update(told)
        address = f"{reverse('attendance:month')}?pegawai={pk}&bulan={start:%Y-%m}"
        people[pk].sources.update(dict.fromkeys(PRESENCE, address))


def _leave(people: Mapping[int, Gathered], ids: Collection[int], start: date, end: date) -> None:
    """Leave that a rule may name, in calendar days: leave for important reasons within the month; long leave and
    sickness since the spell began, in days and in whole months, however many months ago that was."""
    for pk in ids:
        people[pk].facts.update(dict.fromkeys(LEAVE, 0))
    rows = Leave.objects.filter(employee_id__in=ids, kind__in=_KINDS, starts_on__lt=end)
    rows = rows.filter(state__in=(LeaveState.APPROVED, LeaveState.CHANGED), ends_on__gt=_years_before(start))
    spells: dict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
    for leave in rows.order_by("starts_on"):
        held = spells[leave.employee_id, leave.kind]
        if held and leave.starts_on <= held[-1][1]:
            held[-1] = held[-1][0], max(held[-1][1], leave.ends_on)
        else:
            held.append((leave.starts_on, leave.ends_on))
    for (pk, kind), held in spells.items():
        facts = people[pk].facts
        within = [(first, min(last, end)) for first, last in held if last > start]
        if kind == "alasan_penting":
            facts["important_leave_days"] = sum((last - max(first, start)).days for first, last in within)
        elif within and kind == "besar":
            facts["long_leave_days"] = max((last - first).days for first, last in within)
            facts["long_leave_months"] = max(_months(first, last) for first, last in within)
        elif within:
            facts["sick_months"] = max(_months(first, last) for first, last in within)


_KINDS = ("alasan_penting", "besar", "sakit")


def _years_before(day: date) -> date:
    """The day from which leave can still belong to a spell that reaches `day`."""
    return date(day.year - 2, day.month, 1)


def _months(first: date, last: date) -> int:
    """Whole months from a day to another (not included)."""
    passed = (last.year - first.year) * 12 + last.month - first.month
    return passed - (last.day < first.day)


def _scores(people: Mapping[int, Gathered], ids: Collection[int], end: date) -> None:
    """The newest score that has begun before the end of the month: closed where its period is, live otherwise."""
    rows = Score.objects.filter(employee_id__in=ids, period__starts_on__lt=end).select_related("period")
    newest: dict[int, Score] = {}
    for score in rows.order_by("period__starts_on", "pk"):
        newest[score.employee_id] = score
    for pk, score in newest.items():
        facts, sources = people[pk].facts, people[pk].sources
        facts["score_bp"] = facts["achievement_bp"] = score.total_bp
        address = reverse("evaluation:score", args=[score.period_id, pk])
        sources.update(dict.fromkeys(("score_bp", "achievement_bp", *SCORED.values()), address))
    by_score = {score.pk: pk for pk, score in newest.items()}
    parts = ScoreComponent.objects.filter(score_id__in=by_score, measure__in=SCORED, score_bp__isnull=False).order_by()
    for score_id, measure, value in parts.values_list("score_id", "measure", "score_bp"):
        people[by_score[score_id]].facts[SCORED[measure]] = value


def _predicates(people: Mapping[int, Gathered], ids: Collection[int], end: date) -> None:
    """The predicate of the last finished official evaluation that counts: after calibration, and after an objection."""
    rows = Appraisal.objects.filter(
        employee_id__in=ids, state=AppraisalState.FINAL, window__period__ends_on__lte=end
    ).select_related("objection", "adjustment")
    for row in rows.order_by("window__period__ends_on", "pk"):
        people[row.employee_id].facts["predicate"] = row.standing
        people[row.employee_id].sources["predicate"] = row.get_absolute_url()


def _given(people: Mapping[int, Gathered], ids: Collection[int], start: date, end: date, rule: AllowanceRule) -> None:
    """What the personnel agency gave: the newest that holds within the month, of sanctions all. It never replaces what
    a room of evidence holds. What cannot be read is a fault."""
    rows = GivenFact.objects.filter(employee_id__in=ids, starts_on__lt=end, withdrawn_at=None)
    sanctions: dict[int, list[tuple[str, date]]] = defaultdict(list)
    known = {spec.code: spec for spec in givable(rule)}
    held = {pk: {code for code, value in people[pk].facts.items() if value is not None} for pk in ids}
    for given in rows.exclude(ends_on__lte=start).order_by("starts_on", "pk"):
        spec, person = known.get(given.code), people[given.employee_id]
        if spec is None or given.code in held[given.employee_id] or not (spec.recurring or given.starts_on >= start):
            continue
        try:
            person.facts[given.code] = read_fact(given.value, spec)
        except FactError as error:
            person.faults.append(f"{spec.label}: “{given.value}”. {error.sentence}")
            continue
        person.sources[given.code] = reverse("allowance:person", args=[given.employee_id])
        if given.code != "sanction":
            person.givers[given.code].clear()
        if given.given_by_id:
            person.givers[given.code].add(given.given_by_id)
        if given.code == "sanction" and given.value:
            person.facts["sanction_since"] = given.starts_on
            sanctions[given.employee_id].append((given.value, given.starts_on))
    for pk, told_all in sanctions.items():
        if len(told_all) > 1:
            people[pk].facts["sanctions"] = sanctions_text(told_all)
            people[pk].sources["sanctions"] = people[pk].sources["sanction"]


def givable(rule: AllowanceRule) -> list[FactSpec]:
    """The facts that the personnel agency may give under a rule: those it reads, and the freedom from presence."""
    specs = [spec for spec in rule.facts() if spec.code not in ROOMS]
    waived = rule.fact("attendance_waived")
    return [*specs, waived] if waived and waived not in specs and rule.uses_presence else specs


def _arrears(people: Mapping[int, Gathered], ids: Collection[int], month: date) -> None:
    """What earlier months owe or are owed, that no other month carries."""
    rows = Arrears.objects.filter(slip__employee_id__in=ids, state=ArrearsState.DUE, slip__run__month__lt=month)
    for row in rows.filter(Q(run=None) | Q(run__month=month)).select_related("slip").order_by("pk"):
        person = people[row.slip.employee_id]
        code = "arrears_idr" if row.gross_idr > 0 else "overpaid_idr"
        before = person.facts.get(code) or 0
        person.facts[code] = abs(row.gross_idr) + (before if isinstance(before, int) else 0)
        person.sources[code] = row.get_absolute_url()
