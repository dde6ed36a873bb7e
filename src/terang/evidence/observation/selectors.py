"""Questions about instruments and observations. Every list has a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.observation.access import require_reader
from terang.evidence.observation.models import Instrument, Observation, Sheet
from terang.registry.people.models import Employee, Post
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer


def instruments_on(agency_id: int, day: date) -> list[Instrument]:
    """The version of every instrument that is in force on a day, by name. One query."""
    rows = Instrument.objects.filter(agency_id=agency_id, valid_from__lte=day).select_related("keeper")
    newest: dict[str, Instrument] = {}
    for row in rows.order_by("valid_from", "number"):
        newest[row.code] = row
    return sorted(newest.values(), key=lambda row: (row.name, row.code))


def versions_of(instrument: Instrument) -> QuerySet[Instrument]:
    """Every version of an instrument, newest first. One query."""
    return Instrument.objects.filter(agency_id=instrument.agency_id, code=instrument.code).order_by("-number")


def instruments_for(employee: Employee, day: date) -> list[Instrument]:
    """Those in force that suit the person's main post. Two queries."""
    post = main_posts([employee.pk], day).get(employee.pk)
    if post is None:
        return []
    found = instruments_on(employee.agency_id, day)
    return [each for each in found if each.suits(post.post.category, post.post.unit.kind)]


def _told() -> QuerySet[Observation]:
    rows = Observation.objects.select_related("employee__agency", "instrument", "unit", "planned_by")
    return rows.prefetch_related("sheets__observer").order_by("-day", "-id")


def observations_of(employee_id: int) -> QuerySet[Observation]:
    """Where a person was observed, the latest first. Two queries."""
    return _told().filter(employee_id=employee_id)


def observed_by(employee_id: int) -> QuerySet[Observation]:
    """What a person observed or shall observe, the latest first. Two queries."""
    return _told().filter(sheets__observer_id=employee_id)


def observation_for(viewer: Viewer | None, pk: int) -> Observation:
    """One observation the viewer may read. Raises Http404 and NotAllowed."""
    rows = Observation.objects.select_related(
        "employee__agency", "instrument", "unit", "planned_by", "told_by", "settled_by", "previous", "replaces"
    )
    found = get_object_or_404(rows.prefetch_related("sheets__observer", "sheets__marks", "marks"), pk=pk)
    require_reader(viewer, found)
    return found


def own_sheet(viewer: Viewer, observation: Observation) -> Sheet | None:
    """The sheet of the viewer. No query once read."""
    return next((each for each in observation.sheets.all() if each.observer_id == viewer.employee.pk), None)


def common_marks(observation: Observation) -> dict[str, int]:
    """What counts, by behaviour. One query, none once read."""
    return {mark.behaviour: mark.value for mark in observation.marks.all()}


@dataclass(frozen=True)
class Follower:
    """What stands beside an observation: its second one, and the one in whose place it stands or that replaced it."""

    second: Observation | None
    renewed: Observation | None


def beside(observation: Observation) -> Follower:
    """Two queries."""
    second = observation.followed_by.exclude(state__in=("dicabut", "dibatalkan")).first()
    return Follower(second, observation.replaced_by.first())


def instrument_for(viewer: Viewer, pk: int) -> Instrument:
    """One version of an instrument of the viewer's government. Raises Http404."""
    return get_object_or_404(Instrument.objects.select_related("keeper", "agency"), pk=pk, agency_id=viewer.agency_id)


def categories_in_use(agency_id: int) -> list[str]:
    """The families of posts there are, for the form. One query."""
    found = Post.objects.filter(unit__agency_id=agency_id).exclude(category="").order_by()
    return sorted(set(found.values_list("category", flat=True)))
