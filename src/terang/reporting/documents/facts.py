"""The circumstances of a plan's form: who, on which post, with which appraiser, on the day it was agreed."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from terang.planning.plans.models import PlanVersion, VersionState
from terang.registry.organization.models import Agency, AgencyKind
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind
from terang.registry.people.selectors import appraiser_of, main_posts, superior_of_appraiser
from terang.reporting.documents.ranks import rank_label
from terang.reporting.documents.sheets import Occasion, Party, Proof

DRAFT = "DRAF"
_ACTING = {AssignmentKind.ACTING: "Plt. ", AssignmentKind.STAND_IN: "Plh. "}
_CITY = "Pemerintah Kota "


def plan_occasion(version: PlanVersion, proof: Proof | None = None) -> Occasion:
    """The circumstances of a version; those of today where nothing is agreed yet, with the mark DRAF. 7 queries, 12
    where the appraiser's superior agreed.

    The appraiser is who agreed, in the capacity the registry tells for that day (also as Plt. or Plh.), otherwise the
    appraiser of the day. `version` has plan, employee, agency, post and unit at hand.
    """
    plan = version.plan
    employee, agency = plan.employee, plan.employee.agency
    agreed = version.state == VersionState.AGREED
    moment = version.agreed_at if agreed and version.agreed_at else timezone.now()
    day = day_of(moment, agency)
    found = appraiser_of(employee.pk, day)
    appraiser = version.agreed_by or (found.employee if found else None)
    places = main_posts([each.pk for each in (employee, appraiser) if each], day)
    own = party(employee, places.get(employee.pk))
    if plan.post and plan.unit:
        own = Party(own.name, own.nip, own.rank, plan.post.title, plan.unit.name)
    return Occasion(
        agency=agency.name,
        start=plan.period_start,
        end=plan.period_end,
        employee=own,
        appraiser=in_capacity(appraiser, places.get(appraiser.pk), found, employee, day) if appraiser else Party(),
        place=place_of(agency),
        day=day if agreed else None,
        mark="" if agreed else DRAFT,
        proof=proof or Proof(),
    )


def in_capacity(
    person: Employee, place: Assignment | None, found: Appraiser | None, employee: Employee, day: date
) -> Party:
    """Who agrees, on the post that gives the right to: the one led, or as Plh. the one stood in for."""
    own = party(person, place)
    known = found if found and person.pk in _seats(found) else superior_of_appraiser(employee.pk, day)
    if known is None or person.pk not in _seats(known) or not known.title:
        return own
    kind = AssignmentKind(known.kind) if person.pk == known.employee_id else AssignmentKind.STAND_IN
    return replace(own, post=_ACTING.get(kind, "") + known.title, unit=known.unit)


def _seats(found: Appraiser) -> tuple[int | None, int | None]:
    return found.employee_id, found.stand_in.pk if found.stand_in else None


def day_of(moment: datetime, agency: Agency) -> date:
    """The day of a moment where the government is."""
    return moment.astimezone(ZoneInfo(agency.time_zone)).date()


def place_of(agency: Agency) -> str:
    """The town of the signature: known of a city by its name, of others not, so that it is written by hand."""
    known = agency.kind == AgencyKind.CITY and agency.name.startswith(_CITY)
    return agency.name.removeprefix(_CITY) if known else ""


def party(employee: Employee, place: Assignment | None) -> Party:
    """A person as printed. Elected officials are no civil servants and have no NIP."""
    if place is None:
        return Party(employee.name, employee.nip, rank_label(employee.rank))
    post, elected = place.post, place.post.kind == PostKind.ELECTED
    title = _ACTING.get(AssignmentKind(place.kind), "") + post.title
    return Party(employee.name, "" if elected else employee.nip, rank_label(employee.rank), title, post.unit.name)
