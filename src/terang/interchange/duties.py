"""What programs of others ask of who keeps their keys: one that does not answer any more."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from terang.interchange.models import Webhook
from terang.interchange.open311.keys import may_keep_keys
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty


def waiting_for(viewer: Viewer) -> Iterator[Duty]:
    """One query for who keeps keys, none for others."""
    if not may_keep_keys(viewer):
        return
    rows = Webhook.objects.filter(agency_id=viewer.agency_id, ended_at=None, paused_at__isnull=False, paused_by=None)
    for webhook in rows.only("name").order_by("paused_at")[:3]:
        title = gettext("%(name)s tidak menjawab") % {"name": webhook.name}
        address = reverse("interchange:webhook", args=[webhook.pk])
        yield Duty(title, gettext("Hubungi penanggung jawabnya, lalu lanjutkan"), "wrong", address)
