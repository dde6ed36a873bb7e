"""Makes careers (`career` in the government's file): what documents say about some people, checked by a second person;
some of it still waits, one hands something in, and one contests. Somebody who is ready for the next rank is proposed,
and a pool is open for a post that is or will be empty."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.follow_up.career.contenders import contenders
from terang.follow_up.career.models import Contention, Declaration, Readiness, Standing, Subject, Willingness
from terang.follow_up.career.services import (
    Told,
    answer_pool,
    compute,
    confirm,
    contest,
    declare,
    open_pool,
    propose_rank,
)
from terang.follow_up.career.vacancies import vacancies
from terang.registry.people.models import PostKind
from terang.registry.people.viewer import Viewer, viewer_for

GIVER, SECOND = "personnel/head", "personnel.performance/head"
MARKS = ("91", "84,5", "93,5", "79", "88", "74", "90", "81")
"""Assessed potential, in turn."""
YEARS = (("baik", "baik"), ("sangat_baik", "baik"), ("baik", "sangat_baik"), ("sangat_baik", "sangat_baik"))
"""Predicates of the last two years, the newer first, in turn; at some places a year is not known."""
BEST = ("93,5", ("sangat_baik", "sangat_baik"))
LEADERSHIP = {PostKind.LEADER: "pkn2", PostKind.ADMINISTRATOR: "pka", PostKind.SUPERVISOR: "pkp"}
CONTESTED = "Sertifikat seminar Maret sudah saya serahkan, tetapi tercatat tidak ada."


def look_ahead(scene: Scene) -> None:
    """Where the government's file says nothing, only what the rules make of everybody is stored."""
    told = scene.facts.get("career")
    if told:
        _declared(scene, told)
    compute(scene.agency.pk, scene.today)
    if told:
        _chosen(scene)


def _declared(scene: Scene, told: dict[str, Any]) -> None:
    keepers = _viewer(scene, scene.people[GIVER]), _viewer(scene, scene.people[SECOND])
    best = scene.people[told["best"]]
    others = [each for each in scene.people.values() if each.post.kind != PostKind.ELECTED and each is not best]
    others = [each for each in others if each.slot not in (GIVER, SECOND)]
    people = [best, *sorted(others, key=lambda each: each.slot)[: told["people"]]]
    for number, person in enumerate(people):
        for place, fact in enumerate(_facts(scene, person, number)):
            row = _declare(scene, keepers[0], person, fact, place)
            if number < len(people) - 2:
                confirm(actor=keepers[1], row=row, version=row.version)
    _contest(scene, best)
    own = Told(Subject.SEMINAR, "ya", scene.today - timedelta(days=20), None, "Sertifikat lokakarya arsip 12")
    _declare(scene, _viewer(scene, people[3]), people[3], own, 90)


def _chosen(scene: Scene) -> None:
    """The first who is ready is proposed; the first post for which anybody is considered gets a pool, and who stands
    first in it says yes."""
    keeper = _viewer(scene, scene.people[GIVER])
    ready = Standing.objects.filter(agency=scene.agency, readiness=Readiness.READY).exclude(employee=keeper.employee)
    if first := ready.select_related("employee").order_by("name").first():
        propose_rank(actor=keeper, employee=first.employee, reason="", form_key=_key(scene, "rank"))
    for each in vacancies(scene.agency.pk, scene.today):
        if Contention.objects.filter(agency=scene.agency, target=each.post.kind).exists():
            key = _key(scene, "pool")
            pool = open_pool(actor=keeper, post=each.post, told=True, reason="", form_key=key)
            line = contenders(pool, scene.today).first()
            if line and line.employee.user:
                willing = viewer_for(line.employee.user, _morning(scene))
                answer_pool(actor=willing, pool=pool, answer=Willingness.WILLING, note="")
            return


def _key(scene: Scene, name: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:career:{name}")


def _facts(scene: Scene, person: Person, number: int) -> Iterator[Told]:
    """What the documents of one person say; every fifth has something missing."""
    year, rank = scene.today.year, person.employee.rank
    mark, (last, before) = BEST if number == 0 else (MARKS[number % len(MARKS)], YEARS[number % len(YEARS)])
    education = "s2" if rank.startswith("IV") else "s1" if not rank.startswith("II/") else "d3"
    yield Told(Subject.EDUCATION, education, date(year - 9, 8, 1), None, f"Ijazah Nomor {310 + number}/{year - 9}")
    since = date(year - 2 - number % 4, 4, 1)
    yield Told(Subject.RANK_SINCE, "", since, None, f"SK Kenaikan Pangkat Nomor 823/{120 + number}/{since.year}")
    yield Told(Subject.DISCIPLINE, "none", date(year, 1, 5), None, f"Surat Pernyataan Nomor 800/{40 + number}/{year}")
    yield Told(Subject.HOURS, "24" if number % 3 else "12", date(year, 5, 20), None, f"Sertifikat {50 + number}/{year}")
    yield Told(
        Subject.SEMINAR, "tidak" if number % 2 == 0 else "ya", date(year, 3, 12), None, f"Seminar {number}/{year}"
    )
    if person.post.kind in LEADERSHIP:
        yield Told(Subject.LEADERSHIP, LEADERSHIP[PostKind(person.post.kind)], date(year - 3, 9, 1), None, "STTPP PIM")
    if person.post.kind == PostKind.FUNCTIONAL:
        yield Told(Subject.FUNCTIONAL, "ya" if number % 2 else "tidak", date(year - 4, 6, 1), None, "Sertifikat diklat")
    yield Told(Subject.PREDICATE, last, date(year - 1, 12, 31), None, f"Dokumen Evaluasi Kinerja {year - 1}")
    if number % 5 == 4:
        return
    yield Told(Subject.PREDICATE, before, date(year - 2, 12, 31), None, f"Dokumen Evaluasi Kinerja {year - 2}")
    yield Told(Subject.POTENTIAL, mark, date(year, 2, 10), date(year + 2, 2, 10), f"Laporan Asesmen {number}/{year}")


def _declare(scene: Scene, keeper: Viewer, person: Person, told: Told, place: int) -> Declaration:
    key = _key(scene, f"{person.slot}:{place}")
    return declare(actor=keeper, employee=person.employee, told=told, form_key=key)


def _contest(scene: Scene, person: Person) -> None:
    """The person on the way to the succession pool says that a seminar is missing."""
    row = Declaration.objects.get(employee=person.employee, subject=Subject.SEMINAR)
    contest(actor=_viewer(scene, person), row=row, reason=CONTESTED, version=row.version)


def _viewer(scene: Scene, person: Person) -> Viewer:
    found = viewer_for(person.employee.user, _morning(scene)) if person.employee.user else None
    assert found is not None
    return found


def _morning(scene: Scene) -> datetime:
    return datetime.combine(scene.today, time(10), ZoneInfo(scene.agency.time_zone))
