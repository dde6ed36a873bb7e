"""When a ticket may be answered: while its round is open, and once."""

from datetime import date

from django.utils.translation import gettext

from terang.evidence.colleagues.models import ReviewRound, ReviewTicket
from terang.web.errors import NotNow
from terang.web.numbers import longdate


def is_open(opening: ReviewRound, today: date) -> bool:
    """Whether answers are taken on a day; `closes_on` is the first day without."""
    return opening.opens_on <= today < opening.closes_on


def require_answerable(ticket: ReviewTicket, today: date) -> None:
    """Raises NotNow where the answer was sent already or the round does not take answers."""
    if ticket.answered:
        raise NotNow(
            gettext("Penilaian ini sudah dikirim. Demi kerahasiaan, jawaban tidak dapat dilihat atau diubah lagi.")
        )
    if not is_open(ticket.round, today):
        text = gettext("Putaran ini menerima jawaban dari %(start)s sampai sebelum %(end)s.")
        raise NotNow(text % {"start": longdate(ticket.round.opens_on), "end": longdate(ticket.round.closes_on)})
