"""Records from the web as pages show them, and those that wait for an answer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext

from terang.evidence.attendance.models import QUESTIONED, Answer, Origin, Placing, Punch, WebPunch
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer

QUEUE_LIMIT = 50


@dataclass(frozen=True)
class WebLine:
    """A record from the web in words. `kind` is the look of its badge."""

    web: WebPunch
    where: str
    badge: str
    kind: str


def web_line(web: WebPunch) -> WebLine:
    """No query where `place` was read along."""
    if web.state == Answer.ACCEPTED:
        return WebLine(web, where_text(web), gettext("diterima penilai"), "ok")
    if web.state == Answer.REFUSED:
        return WebLine(web, where_text(web), gettext("tidak dihitung"), "wrong")
    if web.placing in QUESTIONED:
        label = str(Placing(web.placing).label).lower()
        return WebLine(web, where_text(web), label, "attention")
    return WebLine(web, where_text(web), gettext("tercatat"), "ok")


def where_text(web: WebPunch) -> str:
    """Where the person was, as far as it is known; no coordinates."""
    told = {"place": web.place.name if web.place else "", "n": web.distance_metres}
    match web.placing:
        case Placing.INSIDE:
            return gettext("Di %(place)s") % told
        case Placing.OUTSIDE if web.place:
            return gettext("%(n)s meter dari %(place)s") % told
        case Placing.UNSURE if web.place:
            return gettext("Kira-kira %(n)s meter dari %(place)s; lokasinya kurang teliti") % told
    return str(Placing(web.placing).label)


def own_today(employee: Employee, day: date) -> list[Punch]:
    """The person's records of a day from all origins, earliest first, with what stands behind those from the web. One
    query."""
    start = datetime.combine(day, time.min, ZoneInfo(employee.agency.time_zone))
    rows = Punch.objects.filter(employee=employee, at__gte=start, at__lt=start + timedelta(days=1))
    return list(rows.select_related("web__place", "device").order_by("at"))


def asked_about(viewer: Viewer) -> list[WebPunch]:
    """Records that wait for the viewer's answer, oldest first. One query where none waits, otherwise at most six."""
    waiting = _waiting().filter(punch__agency_id=viewer.agency_id).exclude(punch__employee=viewer.employee)
    if not waiting.exists():
        return []
    if not viewer.has(Role.PERSONNEL):
        waiting = waiting.filter(punch__employee_id__in=direct_report_ids(viewer.employee, viewer.today))
    return list(waiting[:QUEUE_LIMIT])


def _waiting() -> QuerySet[WebPunch]:
    rows = WebPunch.objects.filter(state=Answer.OPEN).select_related("punch__employee", "place")
    return rows.order_by("punch__at", "pk")


def web_punches_between(employee: Employee, start: datetime, end: datetime) -> dict[int, WebPunch]:
    """What stands behind the person's records from the web, by punch. One query."""
    rows = WebPunch.objects.filter(punch__employee=employee, punch__origin=Origin.WEB)
    rows = rows.filter(punch__at__gte=start, punch__at__lt=end).select_related("place")
    return {row.punch_id: row for row in rows}
