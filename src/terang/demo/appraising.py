"""Makes the official evaluation: a period that everybody was rated for, with an objection won and one that waits; and
the running period, in which heads have begun."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.evaluation.appraisals.clocks import objection_until
from terang.evaluation.appraisals.frozen import Suggestion, case_file, suggestion_of
from terang.evaluation.appraisals.models import (
    Appraisal,
    AppraisalState,
    Objection,
    OrganisationPredicate,
    Outcome,
    Predicate,
    Rating,
    RatingWindow,
)
from terang.evaluation.models import Period, Score
from terang.registry.people.models import Employee, PostKind, Role, RoleGrant
from terang.rules.regulations.clocks import due_date
from terang.rules.regulations.quadrant import quadrant
from terang.rules.regulations.working_days import national_calendar
from terang.web.writing import write

RULE_SET = "permenpanrb-6-2022/kuadran"
ORGANISATIONS = ("baik", "baik", "baik", "istimewa", "baik", "butuh_perbaikan")
UNMEASURED = "health"
"""The unit whose predicate of the running period nobody has set yet."""
BEGUN = "dukcapil.register"
"""The unit whose head has begun to rate in the running period."""
LEFT, FOLLOWED = 0.03, 0.9
"""Share of people whose appraiser was silent, and of ratings that follow what evidence suggests."""
SEVERE_FROM = 6
"""People from whom on an appraiser can be the severe one of the story: with fewer the lens sees nothing."""
LOWER = {Rating.ABOVE: Rating.MEETS, Rating.MEETS: Rating.BELOW, Rating.BELOW: Rating.BELOW}
REASONS = ("Capaian di luar rencana juga dihitung.", "Dibandingkan dengan sesama pegawai di unit ini.")


def appraise(scene: Scene) -> None:
    """The last period that has ended, wholly evaluated, and the running one, just opened."""
    periods = list(Period.objects.filter(agency=scene.agency).order_by("-starts_on")[:2])
    for period in periods:
        if period.ends_on <= scene.today:
            _whole(scene, period)
        else:
            _begun(scene, period)


def _window(scene: Scene, period: Period, opens: date, closes: date, without: str = "") -> RatingWindow:
    keeper = RoleGrant.objects.filter(role=Role.PERSONNEL, employee__agency=scene.agency).order_by("pk")[0].employee
    window = RatingWindow.objects.create(
        period=period,
        opens_on=max(opens, period.starts_on),
        closes_on=closes,
        basis=f"Surat Edaran Sekda tentang evaluasi {period.name}",
        opened_by=keeper,
    )
    heads = [
        each for each in scene.people.values() if each.post.is_head and not each.unit.key.startswith(without or "-")
    ]
    write(
        [
            OrganisationPredicate(
                window=window,
                unit=scene.units[head.unit.key],
                predicate=ORGANISATIONS[number % len(ORGANISATIONS)],
                basis="Keputusan Kepala Daerah tentang capaian kinerja organisasi",
                set_by=keeper,
                set_at=_at(scene, window.opens_on),
            )
            for number, head in enumerate(heads)
        ]
    )
    return window


def _at(scene: Scene, day: date) -> datetime:
    return datetime.combine(day, time(10), ZoneInfo(scene.agency.time_zone))


def _whole(scene: Scene, period: Period) -> None:
    window = _window(scene, period, period.last_day - timedelta(days=4), period.last_day + timedelta(days=9))
    rows = [*_rated(scene, window, scene.people.values(), window.closes_on - timedelta(days=3), AppraisalState.FINAL)]
    write(rows)
    improvable = Appraisal.objects.filter(window=window, predicate=Predicate.TO_IMPROVE)
    told = [(row, decider) for row in improvable if (decider := _above(scene, row.rater_id))]
    if len(told) > 1:
        _won(scene, *told[0])
        _waits(scene, *told[1])


def _above(scene: Scene, rater_id: int) -> Employee | None:
    """Who decides what is held against a rater: whoever appraises them."""
    rater = next((each for each in scene.people.values() if each.employee.pk == rater_id), None)
    found = scene.appraiser_of(rater) if rater else None
    return found.employee if found and found is not rater else None


def _begun(scene: Scene, period: Period) -> None:
    opens = scene.today - timedelta(days=2)
    closes = max(scene.today + timedelta(days=10), period.last_day)
    window = _window(scene, period, opens, closes, without=UNMEASURED)
    team = [each for each in scene.people.values() if each.unit.key == BEGUN and not each.post.is_head][:4]
    states = (AppraisalState.HANDED, AppraisalState.DECIDED, AppraisalState.DECIDED, AppraisalState.DRAFT)
    for person, state in zip(team, states, strict=False):
        write([*_rated(scene, window, [person], scene.today, state)])


def decided(scene: Scene, window: RatingWindow, people: Iterable[Person]) -> list[Appraisal]:
    """Unsaved appraisals of people, as their appraisers decided them today."""
    return list(_rated(scene, window, people, scene.today, AppraisalState.DECIDED))


def _rated(
    scene: Scene, window: RatingWindow, people: Iterable[Person], day: date, state: AppraisalState
) -> Iterator[Appraisal]:
    dice = scene.dice(f"appraise:{window.period.name}")
    scores = {
        each.employee_id: each for each in Score.objects.filter(period=window.period).select_related("policy", "unit")
    }
    organisations = {each.unit_id: each.predicate for each in window.organisations.all()}
    severe = _severe(scene)
    for person in people:
        rater = scene.appraiser_of(person)
        thrown, other = dice.random(), dice.choice(REASONS)
        if rater is None or rater is person or person.post.kind == PostKind.ELECTED or person.place is None:
            continue
        unit = scene.units[rater.unit.key]
        if unit.pk not in organisations or (thrown < LEFT and state == AppraisalState.FINAL):
            continue
        suggestion = suggestion_of(scores.get(person.employee.pk))
        row = _row(person, rater, suggestion, follows=thrown < FOLLOWED, severe=rater is severe)
        row.window, row.unit, row.home = window, unit, scene.units[person.unit.key]
        row.organisation = organisations[unit.pk]
        row.reason = row.reason or (other if thrown >= FOLLOWED else "")
        yield _dated(row, day, state)


def _severe(scene: Scene) -> Person | None:
    """The appraiser who takes a level off every rating of work, for the fairness lens: who has most people outside the
    units of other stories, and is not elected. Nobody in a small government."""
    told = (BEGUN, UNMEASURED)
    raters = [rater for each in scene.people.values() if (rater := scene.appraiser_of(each)) and rater is not each]
    teams = Counter(
        each.employee.pk for each in raters if each.post.kind != PostKind.ELECTED and not each.unit.key.startswith(told)
    )
    (found, people), *_others = teams.most_common(1) or [(0, 0)]
    return next((each for each in raters if each.employee.pk == found), None) if people >= SEVERE_FROM else None


def _row(person: Person, rater: Person, suggestion: Suggestion, *, follows: bool, severe: bool) -> Appraisal:
    work, behaviour = suggestion.work_result or Rating.MEETS, suggestion.behaviour or Rating.MEETS
    if not follows:
        work = Rating.MEETS
    if severe:
        work = LOWER[Rating(work)]
    assert person.place is not None
    return Appraisal(
        employee=person.employee,
        rater=rater.employee,
        post_title=person.place.title,
        work_result=work,
        behaviour=behaviour,
        suggested_work=suggestion.work_result,
        suggested_behaviour=suggestion.behaviour,
        frozen=suggestion.frozen(),
        predicate=quadrant(work, behaviour),
        reason="" if work == behaviour == Rating.MEETS else "Sesuai dengan bukti pada periode ini.",
        notes="Pertahankan, dan bagikan cara kerja ini kepada rekan." if work != Rating.BELOW else "",
        rule_set=RULE_SET,
        final_code="jpt_region_by_head"
        if person.post.kind == PostKind.LEADER and rater.post.kind == PostKind.ELECTED
        else "",
    )


def _dated(row: Appraisal, day: date, state: AppraisalState) -> Appraisal:
    row.state, row.version = state, 1
    if state == AppraisalState.DRAFT:
        row.predicate, row.rule_set, row.frozen = "", "", {}
        return row
    row.decided_on = day
    if state != AppraisalState.DECIDED:
        row.handed_on = day
    if state == AppraisalState.FINAL:
        row.received_on, row.finished_on = day + timedelta(days=1), day + timedelta(days=2)
    return row


def _won(scene: Scene, row: Appraisal, decider: Employee) -> None:
    filed = row.received_on or scene.today
    Objection.objects.create(
        **_filed(row, decider, filed, "Dua minggu sistem tidak dapat dipakai; berkas saat itu tidak ikut dihitung."),
        answer="Gangguan itu luput saat saya menilai.",
        answered_at=_at(scene, filed),
        outcome=Outcome.CHANGED,
        work_result=Rating.MEETS,
        behaviour=Rating.MEETS,
        predicate=quadrant(Rating.MEETS, Rating.MEETS),
        reason="Gangguan sistem tercatat dan bukan kesalahan pegawai.",
        decided_by=decider,
        decided_on=filed,
    )


def _waits(scene: Scene, row: Appraisal, decider: Employee) -> None:
    row.received_on = scene.today - timedelta(days=4)
    row.state, row.finished_on = AppraisalState.OBJECTED, None
    row.save()
    Objection.objects.create(
        **_filed(row, decider, scene.today - timedelta(days=1), "Target saya diubah di tengah bulan tanpa pembicaraan.")
    )


def _filed(row: Appraisal, decider: Employee, day: date, text: str) -> dict[str, object]:
    return {
        "appraisal": row,
        "text": text,
        "filed_on": day,
        "last_day": objection_until(row) or day,
        "decider": decider,
        "decision_due": due_date("decision", day, national_calendar()),
        "case": case_file(row),
        "form_key": uuid5(NAMESPACE_OID, f"objection:{row.pk}"),
    }
