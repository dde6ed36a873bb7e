"""What an overseer's device fetches while it has a network, so that points of a visit can be written without one."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from terang.custody.photos import PHOTO_TYPES
from terang.evidence.oversight.access import inspects
from terang.evidence.oversight.checklist import questions
from terang.evidence.oversight.forms import SeenForm
from terang.evidence.oversight.models import Inspection, InspectionCheck
from terang.evidence.oversight.photos import MOST_PHOTOS
from terang.evidence.oversight.selectors import people_there
from terang.registry.people.viewer import Viewer

KEPT_DAYS = 14
"""After the day of a visit its names leave the device: longer than a journey without a signal, shorter than a habit."""
MOST_VISITS = 5
"""On one device at a time, the latest: each brings the names of a unit's people."""
MOST_CRITERIA = 40


def offline_desk(viewer: Viewer, wanted: Collection[int]) -> dict[str, Any]:
    """Who it is, and of each wanted visit that can still be written to: its unit, its people's names, criteria. For the
    overseer alone. Two queries a visit and those of its checklist, of `MOST_VISITS` at most."""
    visits = list(_visits(viewer, wanted))
    employee, photos = viewer.employee, SeenForm.base_fields["photos"]
    return {
        "person": {"id": employee.pk, "name": employee.name, "zone": employee.agency.time_zone},
        "now": timezone.now().isoformat(),
        "wanted": [str(visit.pk) for visit in visits],
        "visits": [_told(visit) for visit in visits],
        "limits": {"megabytes": photos.limit_mb, "files": MOST_PHOTOS, "kinds": list(PHOTO_TYPES)},  # type: ignore[attr-defined]
    }


def may_prepare(viewer: Viewer, visit: Inspection) -> bool:
    """Whether a device of the viewer may keep what is needed to write to the visit."""
    return inspects(viewer, visit.unit) and visit.day >= viewer.today - timedelta(days=KEPT_DAYS)


def criteria_for(visit: Inspection) -> list[str]:
    """What is asked on this visit, then what overseers of this government looked at within the last year, most often
    first. One query beside those of the checklist."""
    since = visit.day - timedelta(days=365)
    rows = InspectionCheck.objects.filter(
        inspection__unit__agency_id=visit.unit.agency_id, inspection__day__gte=since
    ).order_by()
    often = rows.values("criterion").annotate(times=Count("pk")).order_by("-times", "criterion")
    asked = [question.criterion.text for question in questions(visit)]
    usual = often.values_list("criterion", flat=True)[:MOST_CRITERIA]
    return list(dict.fromkeys([*asked, *usual]))[:MOST_CRITERIA]


def _visits(viewer: Viewer, wanted: Collection[int]) -> Iterator[Inspection]:
    rows = Inspection.objects.filter(pk__in=wanted, unit__agency_id=viewer.agency_id).select_related("unit__agency")
    return (visit for visit in rows[:MOST_VISITS] if may_prepare(viewer, visit))


def _told(visit: Inspection) -> dict[str, Any]:
    return {
        "id": visit.pk,
        "purpose": visit.purpose,
        "unit": visit.unit.name,
        "day": visit.day,
        "people": [{"id": pk, "name": name} for pk, name in people_there(visit).values_list("pk", "name")],
        "criteria": criteria_for(visit),
    }
