"""That one is asked this month, for Hari ini."""

from django.urls import reverse
from django.utils.translation import gettext

from terang.follow_up.pulse.selectors import invitation_of
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Quiet: one may leave it. At most two queries."""
    found = invitation_of(viewer)
    if found is None or found.answered is not False:
        return []
    detail = gettext("Empat pertanyaan, satu menit, tanpa nama. Sampai %(day)s.") % {
        "day": longdate(found.wave.last_day)
    }
    title = gettext("Bagaimana menurut Anda bulan ini?")
    return [Duty(title, detail, "quiet", reverse("pulse:answer"), found.wave.last_day)]
