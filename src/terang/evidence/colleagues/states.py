"""The states of a round, worked out from its days, and what each allows.

disiapkan → akan dibuka → terbuka → menunggu hasil → hasil dibuka
any of the first four → dibatalkan
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.colleagues.models import ReviewRound
from terang.web.errors import NotNow
from terang.web.numbers import longdate


class RoundState(models.TextChoices):
    PREPARING = "disiapkan", _("sedang disiapkan")
    COMING = "akan_dibuka", _("akan dibuka")
    OPEN = "terbuka", _("terbuka")
    CLOSED = "ditutup", _("menunggu hasil")
    RELEASED = "hasil_dibuka", _("hasil dibuka")
    CANCELLED = "dibatalkan", _("dibatalkan")


def state_of(opening: ReviewRound, today: date) -> RoundState:
    """`closes_on` is the first day without answers."""
    if opening.cancelled_on:
        return RoundState.CANCELLED
    if opening.released_on:
        return RoundState.RELEASED
    if not opening.prepared:
        return RoundState.PREPARING
    if today < opening.opens_on:
        return RoundState.COMING
    return RoundState.OPEN if today < opening.closes_on else RoundState.CLOSED


def require_open(opening: ReviewRound, today: date) -> None:
    """Raises NotNow where the round takes no answers."""
    if opening.cancelled_on:
        raise NotNow(gettext("Putaran ini dibatalkan. Jawaban tidak lagi diterima."))
    if state_of(opening, today) != RoundState.OPEN:
        text = gettext("Putaran ini menerima jawaban dari %(start)s sampai sebelum %(end)s.")
        raise NotNow(text % {"start": longdate(opening.opens_on), "end": longdate(opening.closes_on)})


def require_unanswered(is_answered: bool) -> None:
    """Raises NotNow where the answer was sent already."""
    if is_answered:
        raise NotNow(
            gettext("Penilaian ini sudah dikirim. Demi kerahasiaan, jawaban tidak dapat dilihat atau diubah lagi.")
        )


def require_running(opening: ReviewRound) -> None:
    """Raises NotNow where the round has ended."""
    if opening.released_on or opening.cancelled_on:
        raise NotNow(gettext("Putaran ini sudah selesai dan tidak dapat dibatalkan."))
