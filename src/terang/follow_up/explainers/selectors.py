"""What a person has read, how many have in a unit, and where help is."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.follow_up.explainers.content import Explainer, explainers
from terang.follow_up.explainers.models import BoxQuestion, HelpContact, Reading
from terang.registry.people.access import may_keep
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.source import rule_set

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


def answer_days(today: date) -> int:
    """Within how many days a question of the box is answered; from then on everybody sees that it was not."""
    return int(rule_set("question_box", today).values["answer_days"])


def waiting_questions(viewer: Viewer) -> QuerySet[BoxQuestion]:
    """One query when read."""
    return BoxQuestion.objects.filter(agency_id=viewer.agency_id, answered_on=None)


def box_of(viewer: Viewer) -> QuerySet[BoxQuestion]:
    """What the viewer reads: answered ones, those not answered in time, one's own, and for who keeps all; those that
    wait first. One query when read."""
    late = Q(answered_on=None, asked_on__lte=viewer.today - timedelta(days=answer_days(viewer.today)))
    rows = BoxQuestion.objects.filter(agency_id=viewer.agency_id)
    if not may_keep(viewer):
        rows = rows.filter(late | Q(answered_on__isnull=False) | Q(asked_by=viewer.employee))
    return rows.order_by(F("answered_on").desc(nulls_first=True), "asked_on", "pk").select_related("answered_by")


def question_for(viewer: Viewer, pk: UUID) -> BoxQuestion:
    """One question of the viewer's government. Raises Http404."""
    return get_object_or_404(BoxQuestion, pk=pk, agency_id=viewer.agency_id)
