"""A ticket is answered: its sheet is sealed anew, and one more has come in. Nothing else is written anywhere."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.ballots import Answer, DamagedBallot, Sealer
from terang.evidence.colleagues.round_keys import read_key
from terang.follow_up.pulse.models import PulseRemark, PulseSheet, PulseTicket, Wave
from terang.follow_up.pulse.questions import CODES, HIGHEST, LOWEST
from terang.follow_up.pulse.states import require_open
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

REMARK_LENGTH = PulseRemark._meta.get_field("text").max_length or 0


def answer(*, actor: Viewer | None, wave: Wave, answers: Mapping[str, int], remark: str = "") -> None:
    """Seals what the actor says. Nobody can read it until the wave is released, and then only as part of a group.

    `answers` holds question → 1 to 5; questions left out are not counted. Raises NotAllowed for who is not asked;
    NotNow where it was sent already, the wave is closed or its key is missing; ValidationError for no answer at all, an
    unknown one, or words that are too long.
    """
    viewer = require_viewer(actor)
    told = Answer(_on_scale(answers), _plain(remark))
    with transaction.atomic():
        held = Wave.objects.select_for_update().get(pk=wave.pk)
        require_open(held, viewer.today)
        ticket = PulseTicket.objects.filter(wave=held, employee=viewer.employee).first()
        if ticket is None:
            raise NotAllowed(gettext("Bulan ini undian tidak jatuh pada Anda."))
        sealer = Sealer(read_key(held.key_name))
        if is_answered(sealer, ticket.pk):
            raise NotNow(gettext("Jawaban Anda sudah dikirim. Demi kerahasiaan, jawaban tidak dapat dilihat lagi."))
        locator = sealer.locator(ticket.pk)
        PulseSheet.objects.filter(pk=locator).update(sealed=sealer.seal(locator, told))
        Wave.objects.filter(pk=held.pk).update(answered=F("answered") + 1)
        record("pulse.answered", actor=None, obj=held, agency_id=held.agency_id)


def is_answered(sealer: Sealer, ticket_id: int) -> bool:
    """Raises DamagedBallot where there is no sheet. One query."""
    locator = sealer.locator(ticket_id)
    sealed = PulseSheet.objects.filter(pk=locator).values_list("sealed", flat=True).first()
    if sealed is None:
        raise DamagedBallot
    return sealer.open(locator, sealed) is not None


def _on_scale(answers: Mapping[str, int]) -> Mapping[str, int]:
    if not answers:
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
    if set(answers) - set(CODES) or any(not LOWEST <= value <= HIGHEST for value in answers.values()):
        raise ValidationError(gettext("Ada jawaban yang tidak dikenal. Muat ulang, lalu ulangi."), code="scale")
    return answers


def _plain(remark: str) -> str:
    """Words in one line, without signs that are not seen."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in remark).split())
    if len(words) > REMARK_LENGTH:
        raise ValidationError({"remark": gettext("Catatan ini terlalu panjang. Ringkas, lalu kirim lagi.")})
    return words
