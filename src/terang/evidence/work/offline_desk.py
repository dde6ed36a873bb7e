"""What a device fetches while it has a network, so that its person can write entries without one."""

from typing import Any

from django.utils import timezone

from terang.custody.kinds import EXTENSIONS
from terang.evidence.work.desk import desk_of
from terang.evidence.work.forms import MOST_FILES, EntryForm, like
from terang.evidence.work.models import Favourite
from terang.evidence.work.purposes import Purpose
from terang.registry.people.viewer import Viewer


def offline_desk(viewer: Viewer) -> dict[str, Any]:
    """Who it is, what entries can be for, favourites, the plan's days, and our time. For the person alone.

    `choices` are keys, labels and units as the form of the day has them; empty without an agreed plan, and then
    `plan` is missing.
    """
    desk = desk_of(viewer.employee, viewer.today, drafts=False)
    employee, proof = viewer.employee, EntryForm.base_fields["proof"]
    return {
        "person": {"id": employee.pk, "name": employee.name, "zone": employee.agency.time_zone},
        "now": timezone.now().isoformat(),
        "plan": {"from": desk.plan.period_start, "until": desk.plan.period_end} if desk.plan else None,
        "choices": [{"key": key, "label": each.label, "unit": each.unit_label} for key, each in desk.purposes.items()],
        "favourites": [_favourite(row, purpose) for row, purpose in desk.favourites if purpose],
        "limits": {"megabytes": proof.limit_mb, "files": MOST_FILES, "kinds": list(EXTENSIONS)},  # type: ignore[attr-defined]
    }


def _favourite(kept: Favourite, purpose: Purpose) -> dict[str, Any]:
    start = {**like(kept), "name": kept.name, "purpose": purpose.key}
    return {name: "" if value is None else str(value) for name, value in start.items()}
