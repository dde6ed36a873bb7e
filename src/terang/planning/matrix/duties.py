"""What matrices ask of a person today: other leaders' requests for one's people, and what members dispute or propose;
once the last day has passed, also what a leader below leaves unanswered. Nothing here stops the member."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.planning.matrix.access import is_late
from terang.planning.matrix.models import CellState, MatrixCell, MatrixMember, MemberState
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import AppraiserOverride
from terang.registry.people.selectors import appraisers_on, superiors_on
from terang.registry.people.viewer import Viewer, in_force
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 3
"""Lines of a kind that are shown one by one; the rest is counted."""


@dataclass(frozen=True)
class Requests:
    """Requests for people that wait for the viewer: as appraiser, and as the appraiser's superior once late (each with
    that appraiser, None where there is none any more)."""

    own: tuple[MatrixMember, ...] = ()
    instead: tuple[tuple[MatrixMember, Appraiser | None], ...] = ()


def waiting_for(viewer: Viewer) -> list[Duty]:
    """What waits, requests first. Two queries for who leads nobody, otherwise three, and at most 12 more where anything
    waits in the government."""
    leads = viewer.is_head or _named(viewer)
    asked = requests_of(viewer) if leads else Requests()
    late = late_answers(viewer) if leads else []
    return [
        *_shown([_request(viewer, row) for row in asked.own]),
        *_shown([_request(viewer, *pair) for pair in asked.instead]),
        *_shown([_answer(viewer, cell) for cell in _own_answers(viewer)]),
        *_shown([_answer(viewer, cell, below=True) for cell in late]),
    ]


def _named(viewer: Viewer) -> bool:
    return AppraiserOverride.objects.filter(in_force(viewer.today), appraiser=viewer.employee).exists()


def requests_of(viewer: Viewer) -> Requests:
    """What other leaders ask of the people whom the viewer decides about today, the oldest first. One query where
    nothing is asked in the government, otherwise at most nine."""
    asked = MatrixMember.objects.filter(state=MemberState.ASKED, employee__agency_id=viewer.agency_id)
    related = asked.select_related("employee", "matrix__owner", "matrix__unit", "matrix__parent")
    rows = list(related.order_by("answer_due", "pk"))
    if not rows:
        return Requests()
    appraisers = appraisers_on(viewer.agency_id, viewer.today, {row.employee_id for row in rows})
    own = [row for row in rows if _is(appraisers.get(row.employee_id), viewer)]
    late = [row for row in rows if is_late(row, viewer.today) and not _is(appraisers.get(row.employee_id), viewer)]
    above = superiors_on(viewer.agency_id, viewer.today, {row.employee_id for row in late}) if late else {}
    instead = [row for row in late if _leads(above.get(row.employee_id), viewer)]
    return Requests(tuple(own), tuple((row, appraisers.get(row.employee_id)) for row in instead))


def _is(appraiser: Appraiser | None, viewer: Viewer) -> bool:
    if appraiser is None:
        return False
    return viewer.employee.pk in (appraiser.employee_id, appraiser.stand_in and appraiser.stand_in.pk)


def _leads(superior: Appraiser | None, viewer: Viewer) -> bool:
    return superior is not None and superior.employee_id == viewer.employee.pk


def _own_answers(viewer: Viewer) -> Sequence[MatrixCell]:
    return _unanswered(Q(column__matrix__owner=viewer.employee))


def late_answers(viewer: Viewer) -> Sequence[MatrixCell]:
    """Disputes and proposals that leaders below the viewer let pass the last day, the oldest first. One query where
    there are none in the government, otherwise six."""
    late = Q(answer_due__lt=viewer.today, column__matrix__owner__agency_id=viewer.agency_id)
    owners = set(MatrixCell.objects.filter(late).order_by().values_list("column__matrix__owner", flat=True).distinct())
    if not owners:
        return []
    above = appraisers_on(viewer.agency_id, viewer.today, owners)
    mine = [pk for pk in owners if _is(above.get(pk), viewer)]
    return _unanswered(late & Q(column__matrix__owner__in=mine)) if mine else []


def _unanswered(wanted: Q) -> Sequence[MatrixCell]:
    rows: QuerySet[MatrixCell] = MatrixCell.objects.filter(wanted, answer_due__isnull=False)
    return list(rows.select_related("member__employee", "column__matrix__owner").order_by("asked_on", "pk"))


def _shown(duties: Sequence[Duty]) -> Iterator[Duty]:
    """The first few one by one; the rest as a number, as urgent as the next of them and leading to it."""
    yield from duties[:MOST_SHOWN]
    if rest := duties[MOST_SHOWN:]:
        told = ngettext("%(n)s hal lagi di matriks menunggu", "%(n)s hal lagi di matriks menunggu", len(rest))
        detail = gettext("Yang terlama tampil di atas")
        yield Duty(told % {"n": len(rest)}, detail, rest[0].kind, rest[0].url)


def since(asked: MatrixMember | MatrixCell, viewer: Viewer) -> str:
    """How long something has waited, and its last day: "3 hari lalu; batas jawaban 27 November 2026"."""
    if asked.asked_on is None:
        return ""
    days = (viewer.today - asked.asked_on).days
    told = ngettext("%(n)s hari lalu", "%(n)s hari lalu", days) % {"n": days} if days else gettext("hari ini")
    over = is_late(asked, viewer.today)
    last = gettext("batas jawaban %(day)s sudah lewat") if over else gettext("batas jawaban %(day)s")
    return f"{told}; {last % {'day': longdate(asked.answer_due)}}"


def _request(viewer: Viewer, row: MatrixMember, silent: Appraiser | None = None) -> Duty:
    late = is_late(row, viewer.today)
    title = gettext("Putuskan permintaan untuk %(name)s") % {"name": row.employee.name}
    detail = gettext("Diminta %(leader)s %(since)s") % {"leader": row.matrix.owner.name, "since": since(row, viewer)}
    if silent is not None:
        detail = gettext("Menggantikan %(appraiser)s. %(detail)s") % {
            "appraiser": silent.employee.name,
            "detail": detail,
        }
    return Duty(title, detail, "wrong" if late else "attention", reverse("matrix:requests"))


def _answer(viewer: Viewer, cell: MatrixCell, *, below: bool = False) -> Duty:
    """A dispute or a proposal: to its leader, or to the leader's superior (`below`), who reminds."""
    words = {"name": cell.member.employee.name, "leader": cell.column.matrix.owner.name}
    if below:
        title = gettext("%(leader)s belum menjawab %(name)s") % words
    elif cell.state == CellState.PROPOSED:
        title = gettext("Jawab usulan %(name)s") % words
    else:
        title = gettext("Jawab persoalan %(name)s") % words
    kind = "wrong" if is_late(cell, viewer.today) else "attention"
    url = reverse("matrix:waiting", args=[cell.column.matrix_id])
    return Duty(title, f"“{cell.text}”, {since(cell, viewer)}", kind, url)
