"""What does not fit in the registry of a day: each with its owner, its age and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from terang.registry.organization.models import Unit
from terang.registry.people.appraisers import hierarchy_on
from terang.registry.people.hierarchy import Hierarchy
from terang.registry.people.models import AppraiserOverride, Assignment, AssignmentKind, Employee, Post
from terang.registry.people.viewer import in_force

KINDS = {
    "no_appraiser": gettext_lazy("Pegawai tanpa pejabat penilai"),
    "no_post": gettext_lazy("Pegawai tanpa jabatan"),
    "two_posts": gettext_lazy("Dua jabatan definitif sekaligus"),
    "left_on_post": gettext_lazy("Sudah keluar, masih menduduki jabatan"),
    "vacant_head": gettext_lazy("Unit tanpa pimpinan"),
    "dead_unit": gettext_lazy("Unit tutup yang masih berisi"),
    "circle": gettext_lazy("Melingkar"),
    "override_left": gettext_lazy("Penilai yang ditetapkan sudah keluar"),
    "vacant_post": gettext_lazy("Jabatan tanpa pegawai"),
}
"""Every kind in the order of weight; `vacant_post` is quiet, the others want an action."""
QUIET = frozenset({"vacant_post"})
PERSONNEL_AGENCY = pgettext_lazy("pemilik ketidakcocokan", "Pengelola kepegawaian")


@dataclass(frozen=True)
class Mismatch:
    """One thing that does not fit. `since` is missing where nobody knows. One of the ids leads to where it is
    mended."""

    kind: str
    subject: str
    detail: str
    advice: str
    owner: str
    since: date | None
    days: int | None
    employee_id: int | None = None
    unit_id: int | None = None
    post_id: int | None = None

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def quiet(self) -> bool:
        return self.kind in QUIET


@dataclass(frozen=True)
class _Seat:
    employee_id: int
    name: str
    left_on: date | None
    post_id: int
    title: str
    unit_id: int
    kind: str
    starts_on: date


class _Facts:
    """Everything the checks look at, read at once. Nine queries, however many people."""

    def __init__(self, agency_id: int, on: date) -> None:
        self.on = on
        self.hierarchy: Hierarchy = hierarchy_on(agency_id, on)
        self.units = {unit.pk: unit for unit in Unit.objects.filter(agency_id=agency_id)}
        self.posts = list(
            Post.objects.filter(in_force(on, "valid_from", "valid_to"), unit__agency_id=agency_id).order_by()
        )
        running = Assignment.objects.filter(in_force(on), post__unit__agency_id=agency_id).order_by("employee__name")
        self.seats = [
            _Seat(*row)
            for row in running.values_list(
                "employee_id",
                "employee__name",
                "employee__left_on",
                "post_id",
                "post__title",
                "post__unit_id",
                "kind",
                "starts_on",
            )
        ]
        there = Q(left_on__isnull=True) | Q(left_on__gt=on)
        active = Employee.objects.filter(there, agency_id=agency_id, joined_on__lte=on).order_by("name")
        self.people = {pk: (name, joined) for pk, name, joined in active.values_list("pk", "name", "joined_on")}
        past = Assignment.objects.filter(employee__agency_id=agency_id, ends_on__lte=on).order_by()
        self.last_worked = dict(past.values_list("employee_id").annotate(last=Max("ends_on")))
        self.last_held = dict(past.values_list("post_id").annotate(last=Max("ends_on")))

    def make(
        self, kind: str, subject: str, *, since: date | None, detail: str, advice: str, owner: str = "", **ids: int
    ) -> Mismatch:
        days = (self.on - since).days if since else None
        return Mismatch(kind, subject, detail, advice, owner or str(PERSONNEL_AGENCY), since, days, **ids)

    def head_name(self, unit_id: int | None) -> str:
        """Who leads the unit or the nearest one above it that is led; empty where nobody does."""
        for above in self.hierarchy.upward(unit_id):
            head = self.hierarchy.head_of(above)
            if head and head.employee_id in self.people:
                return self.people[head.employee_id][0]
        return ""


def mismatches(agency_id: int, on: date) -> list[Mismatch]:
    """All mismatches of a day, weightiest kind first, oldest first within a kind. Ten queries."""
    facts = _Facts(agency_id, on)
    found = [
        *_people(facts),
        *_heads(facts),
        *_dead_units(facts),
        *_circles(facts),
        *_overrides(facts, agency_id),
        *_vacant_posts(facts),
    ]
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda each: (order[each.kind], each.since or date.max, each.subject))


def _people(facts: _Facts) -> Iterator[Mismatch]:
    held: dict[int, list[_Seat]] = {}
    for seat in facts.seats:
        held.setdefault(seat.employee_id, []).append(seat)
        if seat.left_on and seat.left_on <= facts.on:
            detail, advice = seat.title, _("Akhiri penugasannya pada tanggal keluar.")
            yield facts.make(
                "left_on_post",
                seat.name,
                since=seat.left_on,
                detail=detail,
                advice=advice,
                employee_id=seat.employee_id,
            )
    for pk, (name, joined_on) in facts.people.items():
        seats = held.get(pk, [])
        if not seats:
            since = facts.last_worked.get(pk, joined_on)
            detail, advice = (
                _("Belum ditempatkan"),
                _("Tugaskan ke jabatan, atau catat bahwa pegawai ini sudah keluar."),
            )
            yield facts.make("no_post", name, since=since, detail=detail, advice=advice, employee_id=pk)
            continue
        yield from _two_posts(facts, pk, name, seats)
        yield from _no_appraiser(facts, pk, name)


def _two_posts(facts: _Facts, pk: int, name: str, seats: list[_Seat]) -> Iterator[Mismatch]:
    definitive = [seat for seat in seats if seat.kind == AssignmentKind.DEFINITIVE]
    if len(definitive) > 1:
        since = max(seat.starts_on for seat in definitive)
        detail, advice = " · ".join(seat.title for seat in definitive), _("Akhiri salah satu penugasan definitif.")
        yield facts.make("two_posts", name, since=since, detail=detail, advice=advice, employee_id=pk)


def _no_appraiser(facts: _Facts, pk: int, name: str) -> Iterator[Mismatch]:
    place = facts.hierarchy.governing_place(pk)
    if place is None or place.is_elected or facts.hierarchy.appraiser(pk):
        return
    detail = _("%s: tidak ada pimpinan di atasnya") % place.title
    advice = _("Isi pimpinan unit di atasnya, tunjuk Plt., atau tetapkan penilai dengan dokumen.")
    yield facts.make("no_appraiser", name, since=place.starts_on, detail=detail, advice=advice, employee_id=pk)


def _heads(facts: _Facts) -> Iterator[Mismatch]:
    head_posts = {post.unit_id: post for post in facts.posts if post.is_head}
    for unit in facts.units.values():
        if (
            (unit.valid_to and unit.valid_to <= facts.on)
            or unit.valid_from > facts.on
            or facts.hierarchy.head_of(unit.pk)
        ):
            continue
        post = head_posts.get(unit.pk)
        since = facts.last_held.get(post.pk, post.valid_from) if post else unit.valid_from
        owner = facts.head_name(unit.parent_id)
        detail = _("%s kosong") % post.title if post else _("Belum ada jabatan pimpinan")
        yield facts.make(
            "vacant_head",
            unit.name,
            since=since,
            detail=detail,
            advice=_("Tugaskan pejabat definitif, atau tunjuk Plt. dengan dokumen."),
            owner=owner,
            unit_id=unit.pk,
        )


def _dead_units(facts: _Facts) -> Iterator[Mismatch]:
    people: dict[int, int] = {}
    for seat in facts.seats:
        people[seat.unit_id] = people.get(seat.unit_id, 0) + 1
    open_posts = {post.unit_id for post in facts.posts}
    for unit in facts.units.values():
        if not unit.valid_to or unit.valid_to > facts.on or not (unit.pk in open_posts or unit.pk in people):
            continue
        detail = _("%d orang masih tercatat di sini") % people.get(unit.pk, 0)
        advice = _("Pindahkan orangnya ke unit pengganti, lalu tutup jabatannya.")
        yield facts.make("dead_unit", unit.name, since=unit.valid_to, detail=detail, advice=advice, unit_id=unit.pk)


def _circles(facts: _Facts) -> Iterator[Mismatch]:
    for circle in facts.hierarchy.circles():
        names = [facts.people[pk][0] for pk in circle if pk in facts.people]
        detail = _("Saling menilai: %s") % " → ".join([*names, *names[:1]])
        advice = _("Akhiri salah satu penetapan penilai.")
        yield facts.make(
            "circle", names[0] if names else "–", since=None, detail=detail, advice=advice, employee_id=circle[0]
        )
    parents = {pk: unit.parent_id for pk, unit in facts.units.items()}
    for pk, unit in facts.units.items():
        if parents[list(facts.hierarchy.upward(pk))[-1]] is not None:
            detail, advice = _("Unit induknya berputar kembali ke unit ini"), _("Perbaiki unit induknya.")
            yield facts.make("circle", unit.name, since=None, detail=detail, advice=advice, unit_id=pk)


def _overrides(facts: _Facts, agency_id: int) -> Iterator[Mismatch]:
    gone = AppraiserOverride.objects.filter(
        in_force(facts.on), employee__agency_id=agency_id, appraiser__left_on__lte=facts.on
    ).select_related("employee", "appraiser")
    for override in gone:
        yield facts.make(
            "override_left",
            override.employee.name,
            since=override.appraiser.left_on,
            detail=_("%s sudah keluar") % override.appraiser.name,
            advice=_("Akhiri penetapan ini, atau tetapkan penilai lain."),
            employee_id=override.employee_id,
        )


def _vacant_posts(facts: _Facts) -> Iterator[Mismatch]:
    taken = {seat.post_id for seat in facts.seats}
    for post in facts.posts:
        if post.is_head or post.pk in taken:
            continue
        since = facts.last_held.get(post.pk, post.valid_from)
        advice = _("Isi bila diperlukan, atau tutup jabatannya.")
        owner = facts.head_name(post.unit_id)
        detail = facts.units[post.unit_id].name
        yield facts.make(
            "vacant_post",
            post.title,
            since=since,
            detail=detail,
            advice=advice,
            owner=owner,
            post_id=post.pk,
            unit_id=post.unit_id,
        )


@dataclass(frozen=True)
class KindCount:
    """How many mismatches of a kind, and how old the oldest is (None where unknown or none)."""

    kind: str
    count: int
    oldest_days: int | None

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def by_kind(found: list[Mismatch]) -> list[KindCount]:
    """The kinds that occur, in order of weight."""
    counts = []
    for kind in KINDS:
        mine = [each for each in found if each.kind == kind]
        ages = [each.days for each in mine if each.days is not None]
        if mine:
            counts.append(KindCount(kind, len(mine), max(ages, default=None)))
    return counts
