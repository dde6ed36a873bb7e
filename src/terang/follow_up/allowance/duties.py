"""What the allowance asks of a person: to read a slip while it can be disputed, to decide on disputes and months."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.follow_up.allowance.access import may_keep
from terang.follow_up.allowance.models import Dispute, DisputeState, RuleState, RuleVersion, RunState, Slip
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, rupiah


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query; two more for the personnel agency."""
    return [*_own(viewer), *(_of_keeper(viewer) if may_keep(viewer) else ())]


def _own(viewer: Viewer) -> Iterator[Duty]:
    rows = Slip.objects.filter(employee=viewer.employee, is_current=True, run__state=RunState.OPEN)
    for slip in rows.select_related("run").only("net_idr", "problem", "run__month").order_by("run__month")[:2]:
        title = gettext("Slip tunjangan %(month)s") % {"month": f"{slip.run.month:%m/%Y}"}
        detail = gettext("%(net)s; periksa, dan sanggah bila keliru") % {"net": rupiah(slip.net_idr)}
        if slip.problem:
            detail = gettext("belum dapat dihitung; baca sebabnya")
        yield Duty(title, detail, "quiet", slip.get_absolute_url())


def _of_keeper(viewer: Viewer) -> Iterator[Duty]:
    desk = reverse("allowance:desk")
    waiting = Dispute.objects.filter(slip__run__agency_id=viewer.agency_id, state=DisputeState.OPEN)
    if n := waiting.exclude(slip__employee=viewer.employee).count():
        title = ngettext("%(n)s sanggahan slip", "%(n)s sanggahan slip", n) % {"n": grouped(n)}
        yield Duty(title, gettext("Putus sebelum dibayar"), "attention", desk)
    rules = RuleVersion.objects.filter(agency_id=viewer.agency_id, state=RuleState.PROPOSED)
    if rules.exclude(proposed_by=viewer.employee).exists():
        yield Duty(gettext("Aturan tunjangan menunggu orang kedua"), gettext("Baca, lalu putus"), "attention", desk)
