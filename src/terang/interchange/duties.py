"""What programs of others ask of who keeps their keys: one that does not answer any more; and what differs from the
national system on which somebody must act."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.interchange.models import Webhook
from terang.interchange.national.selectors import waiting_for_me
from terang.interchange.open311.keys import may_keep_keys
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty


def waiting_for(viewer: Viewer) -> Iterator[Duty]:
    """One query, and one more for who keeps keys."""
    if number := waiting_for_me(viewer):
        told = ngettext("%(n)s perbedaan dengan e-Kinerja", "%(n)s perbedaan dengan e-Kinerja", number)
        address = reverse("interchange:national")
        yield Duty(told % {"n": number}, gettext("Perbaiki, atau jelaskan mengapa berbeda"), "attention", address)
    if not may_keep_keys(viewer):
        return
    rows = Webhook.objects.filter(agency_id=viewer.agency_id, ended_at=None, paused_at__isnull=False, paused_by=None)
    for webhook in rows.only("name").order_by("paused_at")[:3]:
        title = gettext("%(name)s tidak menjawab") % {"name": webhook.name}
        address = reverse("interchange:webhook", args=[webhook.pk])
        yield Duty(title, gettext("Hubungi penanggung jawabnya, lalu lanjutkan"), "wrong", address)
