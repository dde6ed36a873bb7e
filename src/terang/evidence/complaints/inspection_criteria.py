"""What overseers look at in a unit that complaints are about: whether open ones are attended to. Guarded ones (secret,
misconduct) are not counted here: the unit sees the hint. In Indonesian whatever the
reader's language."""

from datetime import date

from django.db.models import Q

from terang.evidence.complaints.models import Complaint
from terang.evidence.complaints.publication import NOT_GUARDED
from terang.evidence.complaints.states import OPEN
from terang.evidence.inspected import Criterion
from terang.registry.organization.models import Unit
from terang.web.numbers import grouped


def criteria(unit: Unit, day: date) -> list[Criterion]:
    """One criterion where complaints are open, none otherwise. One query."""
    mine = Q(unit__path__startswith=unit.path, unit__agency_id=unit.agency_id)
    number = Complaint.objects.filter(NOT_GUARDED, mine, state__in=OPEN).count()
    if not number:
        return []
    return [Criterion("Pengaduan yang terbuka ditangani", f"{grouped(number)} pengaduan terbuka")]
