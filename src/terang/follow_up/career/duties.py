"""What careers ask of a person today: to say whether a post is wanted, to decide a proposal, to check what was given,
to answer a contest."""

from collections.abc import Iterator

from django.utils.translation import gettext

from terang.follow_up.career.access import decides, keeps
from terang.follow_up.career.models import DeclarationState
from terang.follow_up.career.selectors import memberships, proposals_to_decide, waiting_rows
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query for everybody, two more for who is considered for a post, one more for who decides and one for the
    personnel agency."""
    found = list(_to_answer(viewer))
    if decides(viewer):
        found += _to_decide(viewer)
    if keeps(viewer):
        found += _to_check(viewer)
    return found


def _to_answer(viewer: Viewer) -> Iterator[Duty]:
    for each in memberships(viewer):
        if not each.answer and not each.missing:
            title = gettext("Nyatakan minat: %(post)s") % {"post": each.pool.post.title}
            yield Duty(title, each.pool.post.unit.name, "quiet", each.pool.get_absolute_url(), each.pool.needed_on)


def _to_decide(viewer: Viewer) -> Iterator[Duty]:
    for row in proposals_to_decide(viewer)[:MOST_SHOWN]:
        title = gettext("Putuskan usulan %(name)s") % {"name": row.employee.name}
        yield Duty(title, row.aim, "attention", row.get_absolute_url(), row.period)


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
