"""What look-alikes ask of a person today: one's own to explain, and those of one's direct reports to close."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext

from terang.custody.models import Resemblance, ResemblanceState
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 5


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One's own first. Two queries where nothing waits in the government, otherwise at most nine."""
    return [*_to_explain(viewer), *_to_close(viewer)]


def _to_explain(viewer: Viewer) -> Iterator[Duty]:
    rows = Resemblance.objects.filter(employee=viewer.employee, state=ResemblanceState.ASKED).select_related("file")
    for row in rows.order_by("due_on", "pk")[:MOST_SHOWN]:
        thing = gettext("Foto ini mirip dengan foto yang pernah dipakai")
        title = thing if row.file.is_image else gettext("Berkas ini sama dengan berkas yang pernah dipakai")
        late = row.due_on < viewer.today
        detail = gettext("Boleh dijelaskan?") if late else gettext("Boleh dijelaskan? Sampai %s") % longdate(row.due_on)
        yield Duty(title, detail, "attention", row.get_absolute_url(), row.due_on)


def _to_close(viewer: Viewer) -> Iterator[Duty]:
    told = Q(state=ResemblanceState.EXPLAINED) | Q(state=ResemblanceState.ASKED, due_on__lt=viewer.today)
    rows = Resemblance.objects.filter(told, agency_id=viewer.agency_id)
    if not rows.exists():
        return
    own = rows.filter(employee_id__in=direct_report_ids(viewer.employee, viewer.today)).select_related("employee")
    for row in own.order_by("due_on", "pk")[:MOST_SHOWN]:
        explained = row.state == ResemblanceState.EXPLAINED
        detail = gettext("Sudah dijelaskan, menunggu jawaban Anda") if explained else gettext("Belum dijelaskan")
        title = gettext("Foto atau berkas yang mirip: %(name)s") % {"name": row.employee.name}
        yield Duty(title, detail, "quiet", row.get_absolute_url())
