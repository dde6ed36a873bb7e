"""Makes a demo government's units, posts, people and roles, with the faults the system must show."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from terang.accounts.models import User
from terang.demo.blueprint import IN_SHIFTS, PostSpec, UnitSpec
from terang.demo.scene import MONTHS, Move, Person, Place, Scene
from terang.registry.organization.models import Outage, Unit, WorkWeek
from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant
from terang.rules.regulations.source import rule_set

FOUNDED = date(2017, 1, 2)
VACANT = "village2/head"
"""The unit whose head left: its people are appraised one level up."""
MOVED, MOVED_FROM = "finance.budget/staff2", "personnel.performance"
"""Who changed posts in the middle of the year, and the unit of the post before."""
MOVED_IN = MONTHS - 6


def staff(scene: Scene) -> None:
    """Units, posts, people with accounts, assignments and roles of one government."""
    _make_units(scene)
    _make_people(scene)
    _make_faults(scene)
    _move(scene)
    _grant_roles(scene)


def _make_units(scene: Scene) -> None:
    for spec in scene.specs:
        parent = scene.units.get(spec.parent) if spec.parent else None
        unit = Unit(
            agency=scene.agency,
            parent=parent,
            kind=spec.kind,
            code=spec.key.upper(),
            name=spec.name,
            serves_public=spec.serves_public,
            valid_from=FOUNDED,
        )
        unit.save()
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        scene.units[spec.key] = unit
    Unit.objects.bulk_update(scene.units.values(), ["path"], batch_size=500)
    WorkWeek.objects.create(
        agency=scene.agency, weekdays="12345", starts_at=time(7, 30), ends_at=time(16, 0), valid_from=FOUNDED
    )
    WorkWeek.objects.create(
        agency=scene.agency,
        unit=scene.units[IN_SHIFTS],
        weekdays="1234567",
        starts_at=time(7, 0),
        ends_at=time(14, 0),
        shifts=True,
        valid_from=FOUNDED,
    )
    zone = ZoneInfo(scene.agency.time_zone)
    outage = scene.months[MONTHS - 4].working_days[9]
    Outage.objects.create(
        agency=scene.agency,
        started_at=datetime.combine(outage, time(6), zone),
        ended_at=datetime.combine(outage, time(19), zone),
        cause="Listrik pusat data padam",
    )


def _seats(spec: UnitSpec) -> list[tuple[str, PostSpec]]:
    """The seats of a unit by slot name: `dukcapil/head`, `dukcapil.register/staff1`, …"""
    seats, number = [], 0
    for post in spec.posts:
        for _ in range(post.seats):
            number += not post.is_head
            seats.append((f"{spec.key}/head" if post.is_head else f"{spec.key}/staff{number}", post))
    return seats


_GRADES = {"jpt": 14, "administrator": 11, "pengawas": 9, "fungsional": 8, "pelaksana": 6}
"""A usual class of each kind of post."""


def _make_people(scene: Scene) -> None:
    facts, dice = scene.facts, scene.dice("people")
    stories = {row["slot"]: row for row in facts.get("people", [])}
    names = _names(scene)
    taken: set[str] = set()
    others = set(Employee.objects.values_list("nip", flat=True))
    posts: dict[tuple[str, str], Post] = {}
    people: list[tuple[Person, Post]] = []
    for spec in scene.specs:
        for post in spec.posts:
            posts[spec.key, post.title] = Post(
                unit=scene.units[spec.key],
                title=post.title,
                kind=post.kind,
                level=post.level,
                category=post.category or post.job,
                grade=_GRADES.get(post.kind, 7) + (post.is_head and post.kind == "fungsional"),
                is_head=post.is_head,
                seats=post.seats,
                valid_from=FOUNDED,
            )
        for slot, post in _seats(spec):
            woman = dice.random() < 0.5
            name = facts["cast"].get(slot) or next(names[woman])
            pppk = post.kind == "pelaksana" and dice.random() < 0.4
            nip = _nip(scene, woman=woman, pppk=pppk, head=post.is_head, taken=taken, others=others)
            employee = Employee(
                agency=scene.agency,
                nip=nip,
                name=name,
                email=f"{nip}@{scene.code.replace('_', '-')}.example" if post.is_head else "",
                status="pppk" if pppk else "pns",
                rank=_rank(post, pppk=pppk),
                joined_on=date(int(nip[8:12]), 1 if pppk else int(nip[12:14]), 1),
            )
            story = stories.get(slot, {})
            base = dice.triangular(74, 99, 92)
            usual = [round(min(99, max(60, base + dice.uniform(-4, 4)))) for _ in range(MONTHS)]
            people.append(
                (Person(slot, employee, spec, post, story, story.get("diligence", usual)), posts[spec.key, post.title])
            )
    Post.objects.bulk_create(posts.values(), batch_size=2000)
    users = [User(nip=p.employee.nip, name=p.employee.name, password=make_password(None)) for p, _ in people]
    User.objects.bulk_create(users, batch_size=2000)
    for (person, _), user in zip(people, users, strict=True):
        person.employee.user = user
    Employee.objects.bulk_create([p.employee for p, _ in people], batch_size=2000)
    Assignment.objects.bulk_create(
        [
            Assignment(
                employee=p.employee,
                post=post,
                starts_on=max(FOUNDED, p.employee.joined_on),
                document=f"SK {scene.facts['head']} Nomor 821.2/{100 + i} Tahun 2017",
            )
            for i, (p, post) in enumerate(people)
        ],
        batch_size=2000,
    )
    for person, row in people:
        person.place = row
    scene.people = {person.slot: person for person, _ in people}


def _names(scene: Scene) -> dict[bool, Iterator[str]]:
    """Shuffled full names by sex, each used once; a further round gets one more family name."""
    facts, dice = scene.facts, scene.dice("names")
    cast = set(facts["cast"].values())
    pools: dict[bool, Iterator[str]] = {}
    for woman, given in ((False, facts["men"]), (True, facts["women"])):
        once = [f"{first} {last}" for first, last in product(given, facts["family"])]
        once = [name for name in once if name not in cast]
        twice = _longer(once, facts["family"])
        dice.shuffle(once)
        dice.shuffle(twice)
        pools[woman] = _rounds(scene, once, twice, woman=woman)
    return pools


def _rounds(scene: Scene, once: list[str], twice: list[str], *, woman: bool) -> Iterator[str]:
    yield from reversed(once)
    yield from reversed(twice)
    thrice = _longer(sorted(twice), scene.facts["family"])
    scene.dice(f"names:{woman}").shuffle(thrice)
    yield from thrice


def _longer(names: Iterable[str], family: list[str]) -> list[str]:
    return [f"{name} {last}" for name, last in product(names, family) if last not in name]


def _nip(scene: Scene, *, woman: bool, pppk: bool, head: bool, taken: set[str], others: set[str]) -> str:
    """A well-formed, invented NIP that nobody in the demo has yet: neither here (`taken`) nor elsewhere (`others`)."""
    dice = scene.dice(f"nip:{len(taken)}")
    while True:
        birth = date(
            dice.randint(1967, 1980) if head else dice.randint(1972, 1998), dice.randint(1, 12), dice.randint(1, 28)
        )
        since = dice.randint(2019, 2024) if pppk else min(2023, birth.year + dice.randint(22, 30))
        month = "21" if pppk else f"{dice.randint(1, 12):02}"
        region = scene.agency.code.replace(".", "")[-2:]
        nip = f"{birth:%Y%m%d}{since}{month}{2 if woman else 1}{dice.randint(1, 9)}{region}"
        if nip not in taken and nip not in others:
            taken.add(nip)
            return nip


def _rank(post: PostSpec, *, pppk: bool) -> str:
    if pppk:
        return "VII"
    if post.level:
        ranks: list[str] = rule_set("credit").values["levels"][post.level]["ranks"]
        return ranks[0]
    return {
        "jpt": "IV/c",
        "administrator": "IV/a",
        "pengawas": "III/d",
        "fungsional": "III/a",
        "kepala_daerah": "",
    }.get(post.kind, "II/d")


def _make_faults(scene: Scene) -> None:
    """What is wrong on purpose: a head who left, and a person whom nobody has given a post."""
    left = scene.months[MONTHS - 3].start
    vacant = scene.people.pop(VACANT)
    Assignment.objects.filter(employee=vacant.employee).update(ends_on=left)
    Employee.objects.filter(pk=vacant.employee.pk).update(left_on=left)
    lost = scene.people.pop("finance.budget/staff3")
    Assignment.objects.filter(employee=lost.employee).update(ends_on=scene.today - timedelta(days=20))


def _move(scene: Scene) -> None:
    """One person came from another unit at the start of a month; never at the turn of the year, where a plan ends
    anyway."""
    on = next(month.start for month in scene.months[MOVED_IN:] if month.start.month != 1)
    person = scene.people[MOVED]
    unit = next(spec for spec in scene.specs if spec.key == MOVED_FROM)
    post = next(post for post in unit.posts if not post.is_head)
    row = Post.objects.get(unit=scene.units[MOVED_FROM], title=post.title)
    held = Assignment.objects.get(employee=person.employee)
    Assignment.objects.create(
        employee=person.employee, post=row, starts_on=held.starts_on, ends_on=on, document=held.document
    )
    held.starts_on, held.document = on, f"SK Mutasi {scene.facts['head']} Nomor 824.3/17 Tahun {on.year}"
    held.save(update_fields=["starts_on", "document"])
    scene.moves[MOVED] = Move(on, Place(unit, post, row))


def _grant_roles(scene: Scene) -> None:
    roles = {
        "root/head": [Role.REGIONAL_HEAD],
        "personnel/head": [Role.PERSONNEL],
        "personnel.performance/head": [Role.PERSONNEL],
        "personnel.performance/staff1": [Role.PERSONNEL],
        "personnel.performance/staff3": [Role.OPERATOR],
        "inspectorate/head": [Role.OVERSIGHT],
        "inspectorate/staff1": [Role.OVERSIGHT],
        "inspectorate/staff3": [Role.AUDITOR],
    }
    for person in scene.people.values():
        if person.unit.services and not person.post.is_head:
            roles.setdefault(person.slot, []).append(Role.SERVICE_OFFICER)
        elif person.unit.services:
            roles.setdefault(person.slot, []).append(Role.SERVICE_MANAGER)
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(
                employee=scene.people[slot].employee,
                role=role,
                starts_on=scene.months[0].start,
                unit=scene.units[scene.people[slot].unit.key]
                if role in {Role.SERVICE_OFFICER, Role.SERVICE_MANAGER}
                else None,
                document="SK penunjukan demo",
            )
            for slot, granted in roles.items()
            if slot in scene.people
            for role in granted
        ],
        batch_size=2000,
    )
