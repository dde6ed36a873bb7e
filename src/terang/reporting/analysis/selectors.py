"""What there is to ask, what others saved, and who stands behind a figure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from terang.evaluation import wording as scores
from terang.evaluation.models import Period, PolicyVersion, Score
from terang.evaluation.policies import rules_of
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee, Post
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis import wording
from terang.reporting.analysis.access import within
from terang.reporting.analysis.answers import EVERYBODY, read
from terang.reporting.analysis.asked import ASPECT, BEHAVIOUR, MEASURE, TOTAL, WORK, Menu, Question
from terang.reporting.analysis.gathering import seen_by
from terang.reporting.analysis.models import SavedView, Sharing


def menu_of(viewer: Viewer) -> Menu:
    """Units, periods, figures and families to choose from. Four queries."""
    units = Unit.objects.filter(within(viewer, "path"), agency_id=viewer.agency_id).order_by("path")
    began = Period.objects.filter(agency_id=viewer.agency_id, starts_on__lte=viewer.today)
    scored = Exists(Score.objects.filter(period=OuterRef("pk")))
    periods = list(began.annotate(scored=scored).order_by("-starts_on", "kind"))
    policies = {each.pk: each for each in PolicyVersion.objects.filter(agency_id=viewer.agency_id)}
    return Menu(
        units={each.pk: each for each in units},
        periods={each.pk: each for each in periods},
        subjects=_subjects(policies.values()),
        families=_families(viewer),
        policies=policies,
        scored=[each for each in periods if each.scored],
    )


def _subjects(policies: Iterable[PolicyVersion]) -> list[tuple[str, str]]:
    """Everything the policies measure, the newest policy's words first. No query."""
    aspects: dict[str, str] = {}
    measures: dict[str, str] = {}
    for version in policies:
        rules = rules_of(version)
        for aspect in (*rules.aspects, *(each for variant in rules.variants for each in variant.aspects)):
            aspects.setdefault(f"{ASPECT}{aspect.code}", _("Bagian: %(name)s") % {"name": scores.label(aspect)})
            for rule in aspect.measures:
                measures.setdefault(f"{MEASURE}{rule.code}", scores.measure_label(rule.code))
    whole = [
        (TOTAL, _("Nilai seluruhnya")),
        (WORK, _("Nilai hasil kerja")),
        (BEHAVIOUR, _("Nilai perilaku kerja")),
    ]
    return [*whole, *aspects.items(), *sorted(measures.items(), key=lambda each: each[1])]


def _families(viewer: Viewer) -> list[tuple[str, str]]:
    posts = Post.objects.filter(within(viewer, "unit__path"), unit__agency_id=viewer.agency_id).order_by()
    return sorted(
        {wording.family(*each) for each in posts.values_list("kind", "category").distinct()}, key=lambda e: e[1]
    )


@dataclass(frozen=True)
class Person:
    """Somebody behind a figure, with their value in the period; missing with a reason."""

    employee: Employee
    value: int | None
    reason: str
    period: int


def people_behind(
    viewer: Viewer, menu: Menu, question: Question, group: str, period: Period
) -> tuple[list[Person], int]:
    """The people of a cell whom the viewer may see one by one, by name; and how many more are counted in it or left
    out of it. At most eight queries."""
    found = read(viewer, menu, question, [period])
    inside = [row for row in found.rows if group == EVERYBODY or found.group_of(row) == group]
    outside = [row for row in found.left_out if group == EVERYBODY or found.group_of(row) == group]
    people = _seen(viewer, [row.person for row in inside])
    named = [Person(people[row.person], row.value, row.reason, row.period) for row in inside if row.person in people]
    ordered = sorted(named, key=lambda each: (each.employee.name, each.employee.pk))
    return ordered, len(inside) - len(named) + len(outside)


def _seen(viewer: Viewer, ids: Iterable[int]) -> dict[int, Employee]:
    seen = seen_by(viewer)
    return Employee.objects.in_bulk([pk for pk in ids if seen is None or pk in seen])


def views_for(viewer: Viewer) -> QuerySet[SavedView]:
    """One's own views and those shown to the viewer, by name. One query when read."""
    shown = Q(shared=Sharing.ALL) | Q(owner=viewer.employee)
    for path in viewer.headed_paths:
        above = [int(part) for part in path.split("/") if part]
        shown |= Q(shared=Sharing.UNIT) & (Q(unit__path__startswith=path) | Q(unit__in=above))
    return SavedView.objects.filter(shown, agency_id=viewer.agency_id).select_related("owner")


def view_for(viewer: Viewer, pk: int) -> SavedView:
    """One view of the viewer's government. Raises Http404."""
    return get_object_or_404(SavedView.objects.select_related("owner"), pk=pk, agency_id=viewer.agency_id)
