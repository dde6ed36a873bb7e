"""Who would be compared in a session, who sits in it, and who stays out and why."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.viewer import Viewer, in_force

LEAST_PEOPLE, MOST_PEOPLE = 2, 200
"""One person is compared with nobody; more than this many are not compared by talking, and belong into sessions by unit
or family."""


@dataclass(frozen=True)
class Scope:
    """What a session would be: the appraisals to compare, their raters by name, and how many stay out, by sentence."""

    unit: Unit
    family: str
    appraisals: list[Appraisal]
    raters: list[Employee]
    left_out: list[str] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """What the page showed: another value once somebody came, went or was rated anew. 16 hexadecimal digits."""
        told = ",".join(f"{each.pk}:{each.version}" for each in self.appraisals)
        return sha256(told.encode()).hexdigest()[:16]

    @property
    def why_not(self) -> str:
        """Why no session can be opened of it; empty where it can."""
        number = len(self.appraisals)
        if number < LEAST_PEOPLE:
            return gettext("Belum ada dua penilaian yang sudah ditetapkan dan belum diserahkan di sini.")
        if number > MOST_PEOPLE:
            told = gettext("%(n)s orang terlalu banyak untuk dibandingkan bersama (paling banyak %(most)s).")
            return told % {"n": number, "most": MOST_PEOPLE} + " " + gettext("Pilih satu rumpun jabatan.")
        return ""


def scope_of(viewer: Viewer, window: RatingWindow, unit: Unit, family: str = "") -> Scope:
    """The decided appraisals that raters below the viewer gave in the unit's tree. Two queries.

    Out stay: what the viewer rated (nobody leads the comparison of their own ratings), what is final by regulation or
    stands outside the quadrant, what was compared before, and whoever rates one of the others: nobody sits where they
    are compared themselves.
    """
    rows = list(_decided(viewer, window, unit, family))
    free = [each for each in rows if not (each.alignment or each.final_code or each.unfinished_study)]
    seated = {each.rater_id for each in free}
    compared = [each for each in free if each.employee_id not in seated]
    raters = {each.rater_id: each.rater for each in compared}
    drafts = _below(viewer, window, unit, family).filter(state=AppraisalState.DRAFT).count()
    return Scope(
        unit,
        family,
        compared,
        sorted(raters.values(), key=lambda each: (each.name, each.pk)),
        _left_out(rows, len(free) - len(compared), drafts),
    )


def _left_out(rows: list[Appraisal], seated: int, drafts: int) -> list[str]:
    before = sum(bool(each.alignment) for each in rows)
    fixed = sum(bool(each.final_code or each.unfinished_study) and not each.alignment for each in rows)
    told = (
        (drafts, ngettext("%(n)s orang masih dinilai.", "%(n)s orang masih dinilai.", drafts)),
        (
            seated,
            ngettext(
                "%(n)s orang ikut menilai; penilaiannya sendiri diselaraskan di tingkat atas.",
                "%(n)s orang ikut menilai; penilaiannya sendiri diselaraskan di tingkat atas.",
                seated,
            ),
        ),
        (
            fixed,
            ngettext(
                "%(n)s hasil sudah final menurut peraturan atau di luar kuadran.",
                "%(n)s hasil sudah final menurut peraturan atau di luar kuadran.",
                fixed,
            ),
        ),
        (
            before,
            ngettext("%(n)s orang sudah ada di sesi lain.", "%(n)s orang sudah ada di sesi lain.", before),
        ),
    )
    return [text % {"n": number} for number, text in told if number]


def _below(viewer: Viewer, window: RatingWindow, unit: Unit, family: str) -> QuerySet[Appraisal]:
    rows = Appraisal.objects.filter(window=window, unit__path__startswith=unit.path)
    rows = rows.exclude(rater=viewer.employee).exclude(employee=viewer.employee)
    return rows.filter(employee__in=_holders(family, viewer)) if family else rows


def _holders(family: str, viewer: Viewer) -> QuerySet[Assignment]:
    posts = Assignment.objects.filter(in_force(viewer.today), kind="definitif", post__category=family)
    return posts.values("employee")  # type: ignore[return-value]


def _decided(viewer: Viewer, window: RatingWindow, unit: Unit, family: str) -> QuerySet[Appraisal]:
    rows = _below(viewer, window, unit, family).filter(state=AppraisalState.DECIDED)
    return rows.select_related("employee", "rater", "unit").order_by("employee__name", "pk")


def families_of(viewer: Viewer, window: RatingWindow) -> list[str]:
    """The families of posts among whom a session of the viewer's could compare. One query."""
    below = Appraisal.objects.filter(window=window, state=AppraisalState.DECIDED).exclude(rater=viewer.employee)
    holds = Assignment.objects.filter(
        in_force(viewer.today),
        kind="definitif",
        employee__agency_id=viewer.agency_id,
        employee__in=below.values("employee"),
    ).exclude(post__category="")
    return list(holds.order_by("post__category").values_list("post__category", flat=True).distinct())
