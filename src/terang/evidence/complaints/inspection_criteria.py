"""What overseers look at in a unit that complaints are about: whether open ones are attended to. Guarded ones (secret,
misconduct) are not counted here: the unit sees the hint."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext, ngettext

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
    hint = ngettext("%(n)s pengaduan terbuka", "%(n)s pengaduan terbuka", number) % {"n": grouped(number)}
    return [Criterion(gettext("Pengaduan yang terbuka ditangani"), hint)]
