"""What surveys ask of a person today: repairs to finish, and ended periods whose result is not published."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.citizens.models import SurveyPeriod
from terang.evidence.citizens.survey_presenting import period_name
from terang.evidence.citizens.survey_selectors import actions_due
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

SOON = timedelta(days=21)
LONG_AGO = timedelta(days=120)
"""How long an ended period stands on the list; then it is only on the survey desk."""
MOST_SHOWN = 5


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query, for service managers two."""
    return [*_actions(viewer), *_unpublished(viewer)]


def _actions(viewer: Viewer) -> Iterator[Duty]:
    for row in actions_due(viewer).filter(due_on__lte=viewer.today + SOON)[:MOST_SHOWN]:
        late = row.due_on < viewer.today
        text = (
            gettext("Perbaikan layanan, lewat tenggat %(day)s")
            if late
            else gettext("Perbaikan layanan, sampai %(day)s")
        )
        yield Duty(
            row.action,
            text % {"day": longdate(row.due_on)},
            "wrong" if late else "quiet",
            row.get_absolute_url(),
            row.due_on,
        )


def _unpublished(viewer: Viewer) -> Iterator[Duty]:
    paths = viewer.paths(Role.SERVICE_MANAGER)
    if not paths:
        return
    own = Q(pk__in=())
    for path in paths:
        own |= Q(unit__path__startswith=path)
    rows = SurveyPeriod.objects.filter(own, unit__agency_id=viewer.agency_id, results=None, ends_on__lte=viewer.today)
    for row in rows.filter(ends_on__gt=viewer.today - LONG_AGO).select_related("unit")[:MOST_SHOWN]:
        title = gettext("Hasil survei %(period)s belum diumumkan") % {"period": period_name(row.kind, row.starts_on)}
        yield Duty(title, row.unit.name, "attention", row.get_absolute_url())
