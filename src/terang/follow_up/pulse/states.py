"""The states of a wave, worked out from its days.

terbuka → menunggu hasil → hasil dibuka
either of the first two → dibatalkan
"""

from datetime import date

from django.utils.translation import gettext

from terang.follow_up.pulse.models import Wave
from terang.web.errors import NotNow


def is_running(wave: Wave) -> bool:
    return wave.released_on is None and wave.dropped_on is None


def is_closed(wave: Wave, today: date) -> bool:
    """Its days are over and its answers wait to be released."""
    return is_running(wave) and today >= wave.closes_on


def require_open(wave: Wave, today: date) -> None:
    """Raises NotNow where the wave takes no answers."""
    if not is_running(wave) or not wave.opens_on <= today < wave.closes_on:
        raise NotNow(gettext("Survei bulan ini sudah ditutup. Jawaban tidak lagi diterima."))
