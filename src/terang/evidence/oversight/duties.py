"""What inspections ask of a person today: findings to reply to and to mend, and for overseers what waits for a word."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evidence.oversight.access import may_inspect
from terang.evidence.oversight.heads import heard_about_unit
from terang.evidence.oversight.hearing import to_decide
from terang.evidence.oversight.mission_selectors import running_missions
from terang.evidence.oversight.models import CheckState, InspectionCheck, Mission, MissionState
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 5


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Two queries; for overseers two more."""
    return [*_to_reply(viewer), *_to_mend(viewer), *_to_decide(viewer), *_missions(viewer)]


def _heard_by(viewer: Viewer) -> Q:
    """Of points: those the viewer replies to (`access.require_heard`)."""
    return Q(employee=viewer.employee) | (Q(employee__isnull=True) & heard_about_unit(viewer, "inspection__"))


def _mended_by(viewer: Viewer) -> Q:
    """Of points: those the viewer mends (`access.require_mender`)."""
    return Q(employee=viewer.employee) | Q(employee__isnull=True, inspection__unit_id__in=viewer.headed_unit_ids)


def _points(of: Q) -> QuerySet[InspectionCheck]:
    return InspectionCheck.objects.filter(of).select_related("inspection")


def _to_reply(viewer: Viewer) -> Iterator[Duty]:
    for check in _points(_heard_by(viewer)).filter(state=CheckState.OPEN, met=False, replied_at=None)[:MOST_SHOWN]:
        told = {"day": longdate(check.inspection.day), "due": longdate(check.reply_due_on)}
        detail = (
            gettext("Temuan %(day)s menunggu tanggapan Anda sampai %(due)s")
            if check.reply_due_on
            else gettext("Temuan %(day)s menunggu tanggapan Anda sebelum dihitung")
        )
        yield Duty(check.criterion, detail % told, "attention", check.inspection.get_absolute_url(), check.reply_due_on)


def _to_mend(viewer: Viewer) -> Iterator[Duty]:
    owed = {"state": CheckState.CONFIRMED, "met": False, "mended_on": None, "mend_due_on__isnull": False}
    rows = _points(_mended_by(viewer)).filter(**owed)
    for check in rows.order_by("mend_due_on", "id")[:MOST_SHOWN]:
        late = check.mend_due_on is not None and check.mend_due_on < viewer.today
        words = gettext("Perbaikan lewat tenggat %(day)s") if late else gettext("Diperbaiki paling lambat %(day)s")
        told = words % {"day": longdate(check.mend_due_on)}
        yield Duty(
            check.advice, told, "wrong" if late else "quiet", check.inspection.get_absolute_url(), check.mend_due_on
        )


def _to_decide(viewer: Viewer) -> Iterator[Duty]:
    if not may_inspect(viewer):
        return
    area = Q()
    for path in viewer.paths(Role.OVERSIGHT):
        area |= Q(inspection__unit__path__startswith=path)
    mended = Q(state=CheckState.CONFIRMED, mended_on__isnull=False, verified_on=None)
    rows = InspectionCheck.objects.filter(
        area, to_decide(viewer.today) | mended, inspection__unit__agency_id=viewer.agency_id
    )
    if number := rows.exclude(_heard_by(viewer) | _mended_by(viewer)).count():
        words = ngettext("%(n)s temuan menunggu putusan", "%(n)s temuan menunggu putusan", number)
        detail = gettext("Tanggapan sudah ada, atau waktunya lewat")
        yield Duty(words % {"n": grouped(number)}, detail, "attention", reverse("oversight:overdue"))


def _missions(viewer: Viewer) -> Iterator[Duty]:
    """Of the own team only: a unit not visited yet is nobody else's business."""
    if not may_inspect(viewer):
        return
    for mission in running_missions(viewer):
        yield Duty(mission.purpose, _next_step(mission), "attention", mission.get_absolute_url())


def _next_step(mission: Mission) -> str:
    if mission.state == MissionState.DRAFT:
        return gettext("Misi ini menunggu daftar unitnya dibekukan")
    if mission.state == MissionState.FROZEN:
        return gettext("Misi ini menunggu undian")
    left = mission.chosen - mission.visited  # type: ignore[attr-defined]
    words = ngettext("%(n)s unit belum dikunjungi, sampai %(day)s", "%(n)s unit belum dikunjungi, sampai %(day)s", left)
    return words % {"n": grouped(left), "day": longdate(mission.last_day)}
