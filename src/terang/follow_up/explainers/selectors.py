"""What a person has read, how many have in a unit, and where help is."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.follow_up.explainers.content import Explainer, explainers
from terang.follow_up.explainers.models import HelpContact, Reading
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer

LEAST = 10
"""From how many people on a share is told: it is there to see where to explain better, not whom to blame."""


@dataclass(frozen=True)
class Shelf:
    """One explainer as it stands for a person: `reading` of the present version, missing where it was not read;
    `older` where an earlier version was."""

    explainer: Explainer
    reading: Reading | None
    older: bool


@dataclass(frozen=True)
class Reach:
    """How many of `people` read and understood the present version, in quarters (1 to 4): never all and never nobody,
    so that a share points to no one. Both missing where the people are too few."""

    explainer: Explainer
    people: int
    read: int | None
    understood: int | None


def shelf_of(viewer: Viewer) -> list[Shelf]:
    """Every explainer for the viewer. One query."""
    rows = list(Reading.objects.filter(employee=viewer.employee))
    return [_shelf(each, rows) for each in explainers().values()]


def _shelf(explainer: Explainer, rows: list[Reading]) -> Shelf:
    mine = [each for each in rows if each.code == explainer.code]
    now = next((each for each in mine if each.text_version == explainer.version), None)
    return Shelf(explainer, now, older=now is None and bool(mine))


def reading_of(viewer: Viewer, explainer: Explainer) -> Reading | None:
    """One query."""
    rows = Reading.objects.filter(employee=viewer.employee, code=explainer.code, text_version=explainer.version)
    return rows.first()


def reach_among(viewer: Viewer) -> list[Reach]:
    """How far the explainers have come among the people the viewer sees, without the viewer. Two queries beside those
    of `visible_employees`."""
    people = visible_employees(viewer).filter(left_on=None).exclude(pk=viewer.employee.pk)
    number = people.count()
    rows = Reading.objects.filter(employee__in=people).values("code", "text_version").order_by()
    counted = rows.annotate(read=Count("pk"), understood=Count("pk", filter=Q(understood_on__isnull=False)))
    known = {(row["code"], row["text_version"]): (row["read"], row["understood"]) for row in counted}
    return [_reach(each, number, known.get((each.code, each.version), (0, 0))) for each in explainers().values()]


def _reach(explainer: Explainer, people: int, counted: tuple[int, int]) -> Reach:
    if people < LEAST:
        return Reach(explainer, people, None, None)
    read, understood = (min(4 * number // people + 1, 4) for number in counted)
    return Reach(explainer, people, read, understood)


def help_of(viewer: Viewer) -> QuerySet[HelpContact]:
    """The places of the viewer's government that help today. One query when read."""
    rows = HelpContact.objects.filter(Q(ended_on=None) | Q(ended_on__gt=viewer.today))
    return rows.filter(agency_id=viewer.agency_id)


def contact_for(viewer: Viewer, pk: int) -> HelpContact:
    """Raises Http404."""
    return get_object_or_404(HelpContact, pk=pk, agency_id=viewer.agency_id)


def sees_others(viewer: Viewer) -> bool:
    """Whether there may be people whose reading is counted for the viewer. At most six queries."""
    return visible_employees(viewer).exclude(pk=viewer.employee.pk).exists()
