"""What a session asks of the people in it today: to answer a proposal, to decide one, to close."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from terang.evaluation.calibration.access import is_heard, leads, why_not_confirm
from terang.evaluation.calibration.models import CalibrationSession, Proposal, ProposalState
from terang.evaluation.calibration.selectors import running_seats
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query for who sits in no running session, two otherwise."""
    sessions = {each.pk: each for each in running_seats(viewer)[:MOST_SHOWN]}
    if not sessions:
        return []
    rows = Proposal.objects.filter(placement__session__in=sessions, state=ProposalState.OPEN)
    waiting: dict[int, list[Proposal]] = {pk: [] for pk in sessions}
    for each in rows.select_related("placement__appraisal"):
        each.placement.session = sessions[each.placement.session_id]
        waiting[each.placement.session_id].append(each)
    return [duty for pk, session in sessions.items() for duty in _of(viewer, session, waiting[pk])]


def _of(viewer: Viewer, session: CalibrationSession, waiting: list[Proposal]) -> Iterator[Duty]:
    mine = [each for each in waiting if asks(viewer, each)]
    where = {"unit": session.unit.name}
    if mine:
        number = len(mine)
        words = ngettext("%(n)s usulan penyelarasan menunggu Anda", "%(n)s usulan penyelarasan menunggu Anda", number)
        day = longdate(session.answers_until)
        detail = gettext("%(unit)s; penilai menjawab sampai %(day)s") % {**where, "day": day}
        yield Duty(
            words % {"n": grouped(number)}, detail, "attention", session.get_absolute_url(), session.answers_until
        )
    elif not waiting and leads(viewer, session) and viewer.today > session.answers_until:
        title = gettext("Tutup penyelarasan %(unit)s") % where
        detail = gettext("Tidak ada usulan yang menunggu; penilaian belum dapat diserahkan")
        yield Duty(title, detail, "attention", session.get_absolute_url())


def asks(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether a proposal waits for the viewer: the rater who has not answered, then who decides. No query."""
    own = viewer.employee.pk == proposal.placement.appraisal.rater_id
    if own and is_heard(proposal, viewer.today):
        return False
    return not why_not_confirm(viewer, proposal)
