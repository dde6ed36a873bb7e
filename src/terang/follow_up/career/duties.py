"""What careers ask of a person today: to check what a colleague gave, to answer a contest."""

from collections.abc import Iterator

from django.utils.translation import gettext

from terang.follow_up.career.access import keeps
from terang.follow_up.career.models import DeclarationState
from terang.follow_up.career.selectors import waiting_rows
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query for the personnel agency, none for others."""
    return list(_to_check(viewer)) if keeps(viewer) else []


def _to_check(viewer: Viewer) -> Iterator[Duty]:
    for row in waiting_rows(viewer)[:MOST_SHOWN]:
        contested = row.state == DeclarationState.CONTESTED
        title = gettext("Jawab sanggahan %(name)s") if contested else gettext("Periksa data karier %(name)s")
        yield Duty(
            title % {"name": row.employee.name},
            str(row.get_subject_display()),
            "attention" if contested else "quiet",
            row.get_absolute_url(),
        )
