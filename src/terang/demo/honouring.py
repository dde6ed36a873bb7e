"""Makes awards (`awards` in the government's file): a team that won, whose bonus stands in three slips; a call that
takes nominations; thanks; and service medals with what is still missing."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.evidence.work.models import EntryState
from terang.follow_up.awards.models import Call, CallState
from terang.follow_up.awards.services import (
    Bound,
    Plan,
    Proposal,
    admit,
    announce,
    close_voting,
    give_bonus,
    nominate,
    open_call,
    praise,
    start_voting,
    vote,
)
from terang.follow_up.career.models import Subject
from terang.follow_up.career.services import Told, confirm, declare
from terang.registry.people.models import EmploymentStatus
from terang.registry.people.viewer import Viewer, viewer_for
from terang.rules.awards import Terms

FIRST, SECOND = "personnel/head", "personnel.performance/head"
COMMITTEE = ("secretariat/head", "inspectorate/head", "finance/head")
REASONS = (
    "Waktu tunggu turun dan tidak ada pengaduan yang dibuka lagi.",
    "Buktinya paling lengkap, dan caranya dapat ditiru kecamatan lain.",
    "Warga merasakan sendiri: antrean pagi habis sebelum pukul sepuluh.",
)
TERMS = Terms(tenure_years=2, least_predicate="baik", predicate_years=1, clean_years=2)
BONUS_IDR = 500_000
WITH_FACTS = 9
"""So many more have their service declared, the longest first."""


def honour(scene: Scene) -> None:
    """Nothing where the government's file says nothing."""
    told = scene.facts.get("awards")
    if not told:
        return
    team = [scene.people[slot] for slot in told["team"]]
    for number, person in enumerate([*team, *_long_serving(scene, team)]):
        _declare(scene, person, number, complete=number < len(team))
    _thank(scene, told["thanks"])
    _award(scene, team, told)
    _call(scene, told)


def pay_bonus(scene: Scene, month: date) -> None:
    """The second person gives it to the allowance of a month, before its slips are computed."""
    for call in Call.objects.filter(agency=scene.agency, state=CallState.ANNOUNCED, bonus_idr__isnull=False):
        give_bonus(actor=_viewer(scene, SECOND), call=call, month=month, version=call.version)


def _key(scene: Scene, word: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:awards:{word}")


def _viewer(scene: Scene, slot: str) -> Viewer:
    at = datetime.combine(scene.today, time(10), ZoneInfo(scene.agency.time_zone))
    user = scene.people[slot].employee.user
    found = viewer_for(user, at) if user else None
    assert found is not None
    return found


def _long_serving(scene: Scene, team: list[Person]) -> list[Person]:
    known = {*(each.slot for each in team), FIRST, SECOND}
    people = [each for each in scene.people.values() if each.employee.status == EmploymentStatus.PNS]
    people = [each for each in people if each.slot not in known and each.post.kind != "kepala_daerah"]
    return sorted(people, key=lambda each: (each.employee.joined_on, each.slot))[:WITH_FACTS]


def _declare(scene: Scene, person: Person, number: int, *, complete: bool) -> None:
    """What documents say of one person, checked by a second; of every third something is missing."""
    facts = list(_facts(scene, person, number))
    if not complete and number % 3 == 2:
        facts = facts[:3]
    for place, fact in enumerate(facts):
        row = declare(
            actor=_viewer(scene, FIRST),
            employee=person.employee,
            told=fact,
            form_key=_key(scene, f"fact:{person.slot}:{place}"),
        )
        confirm(actor=_viewer(scene, SECOND), row=row, version=row.version)


def _facts(scene: Scene, person: Person, number: int) -> Iterator[Told]:
    year, joined = scene.today.year, person.employee.joined_on
    yield Told(Subject.SERVICE_SINCE, "", joined, None, f"SK CPNS Nomor 813/{200 + number}/{joined.year}")
    since = date(year - 2, 4, 1)
    yield Told(Subject.RANK_SINCE, "", since, None, f"SK Kenaikan Pangkat Nomor 823/{300 + number}/{since.year}")
    yield Told(
        Subject.PREDICATE, "baik", date(year - 1, 12, 31), None, f"Dokumen Evaluasi Kinerja {year - 1}, {number}"
    )
    yield Told(Subject.PREDICATE, "baik", date(year - 2, 12, 31), None, f"Dokumen Evaluasi Kinerja {year - 2}")
    stated = scene.today - timedelta(days=30)
    yield Told(Subject.DISCIPLINE, "none", stated, None, f"Surat Pernyataan Nomor 800/{400 + number}/{stated.year}")
    yield Told(Subject.UNPAID_LEAVE, "tidak", stated, None, f"Surat Pernyataan Nomor 800/{500 + number}/{stated.year}")


def _thank(scene: Scene, rows: list[dict[str, str]]) -> None:
    for number, row in enumerate(rows):
        praise(
            actor=_viewer(scene, row["from"]),
            receiver=scene.people[row["to"]].employee,
            text=row["text"],
            bound=Bound(row["value"]),
            form_key=_key(scene, f"thanks:{number}"),
        )


def _plan(scene: Scene, title: str, category: str, criteria: str, bonus_idr: int | None) -> Plan:
    chair, *others = [scene.people[slot].employee for slot in COMMITTEE]
    return Plan(
        title=title,
        category=category,
        criteria=criteria,
        period_start=scene.months[-6].start,
        period_end=scene.months[-1].end,
        nominate_until=scene.today + timedelta(days=10),
        vote_until=scene.today + timedelta(days=17),
        terms=TERMS,
        document=f"Keputusan Bupati Nomor 188/{scene.today.year} (rekaan)",
        chair=chair,
        others=others,
        bonus_idr=bonus_idr,
    )


def _award(scene: Scene, team: list[Person], told: dict[str, str]) -> None:
    """Nominated by their head, admitted, voted, announced."""
    first = _viewer(scene, FIRST)
    plan = _plan(scene, told["title"], "tim", told["criteria"], BONUS_IDR)
    call = open_call(actor=first, agency=scene.agency, plan=plan, form_key=_key(scene, "team"))
    entries = [
        entry
        for each in team
        for entry in each.employee.entries.filter(state=EntryState.ACCEPTED, day__gte=plan.period_start)[:1]
    ]
    proposal = Proposal(
        [each.employee for each in team], told["reason"], entries, [told["document"]], told["team_name"]
    )
    row = nominate(
        actor=_viewer(scene, told["nominated_by"]), call=call, proposal=proposal, form_key=_key(scene, "nomination")
    )
    row = admit(actor=_viewer(scene, SECOND), row=row, version=row.version)
    call = start_voting(actor=first, call=call, version=call.version)
    for slot, reason in zip(COMMITTEE, REASONS, strict=True):
        vote(actor=_viewer(scene, slot), call=call, nomination=row, reason=reason)
    chair = _viewer(scene, COMMITTEE[0])
    call = close_voting(actor=chair, call=call, version=call.version)
    announce(actor=chair, call=call, citation=told["citation"], version=call.version)


def _call(scene: Scene, told: dict[str, str]) -> None:
    """A call that takes nominations: one waits, with conditions that nobody can know yet."""
    plan = _plan(scene, told["open_title"], "teladan", told["open_criteria"], None)
    call = open_call(actor=_viewer(scene, FIRST), agency=scene.agency, plan=plan, form_key=_key(scene, "open"))
    proposal = Proposal([scene.people[told["open_for"]].employee], told["open_reason"], [], [told["open_document"]])
    nominate(actor=_viewer(scene, told["open_by"]), call=call, proposal=proposal, form_key=_key(scene, "waiting"))
