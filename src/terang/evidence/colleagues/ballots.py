"""Sealing and opening ballots. Two keys are derived from the round's: one finds the ballot of a ticket, one seals it.

A sheet is JSON filled up with blanks to `SHEET` bytes, sealed by AES-256-GCM under a nonce of its own and bound to its
locator, so that sheets cannot be exchanged. Empty and filled ones look alike.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from terang.custody.keys import derived
from terang.evidence.colleagues.models import Ballot, ReviewRound, ReviewTicket
from terang.evidence.colleagues.round_keys import has_key, read_key
from terang.web.errors import NotNow

SHEET = 1536
"""Bytes of every sheet: 300 signs of four bytes, their escapes, and forty aspects."""
NONCE = 12


@dataclass(frozen=True)
class Answer:
    """What a rater said: aspect → value for the aspects that were answered, and words (may be empty)."""

    values: Mapping[str, int] = field(default_factory=dict)
    remark: str = ""


class DamagedBallot(NotNow):
    """A ballot that this key did not seal, or that was changed since: restored from elsewhere, or tampered with."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Kertas suara putaran ini tidak utuh atau tidak cocok dengan kuncinya. Tidak ada yang dihitung. "
                "Pengelola kepegawaian perlu membatalkan putaran ini dan memberi tahu tim pengawas."
            )
        )


class Sealer:
    """Works with the ballots of one round."""

    def __init__(self, key: bytes) -> None:
        self._locating = derived(key, b"terang review: locator of a ballot")
        self._cipher = AESGCM(derived(key, b"terang review: sealing a ballot"))

    def locator(self, ticket_id: int) -> str:
        """Where the ballot of a ticket lies, as 64 hexadecimal digits."""
        return hmac.new(self._locating, ticket_id.to_bytes(8, "big"), hashlib.sha256).hexdigest()

    def seal(self, locator: str, answer: Answer | None) -> bytes:
        """A sheet, empty where there is no answer. Raises ValidationError where it does not fit."""
        told = None if answer is None else [dict(answer.values), answer.remark]
        sheet = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        if len(sheet) > SHEET:
            raise ValidationError(gettext("Catatan ini terlalu panjang. Ringkas, lalu kirim lagi."), code="long")
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, sheet.ljust(SHEET), locator.encode())

    def open(self, locator: str, sealed: bytes | memoryview) -> Answer | None:
        """The answer on a sheet; None where it is empty. Raises `DamagedBallot`."""
        content = bytes(sealed)
        try:
            told = json.loads(self._cipher.decrypt(content[:NONCE], content[NONCE:], locator.encode()))
        except (InvalidTag, ValueError) as error:
            raise DamagedBallot from error
        return None if told is None else Answer(*told)


def sealer_of(opening: ReviewRound) -> Sealer:
    """Raises NotNow where the round's key is missing."""
    return Sealer(read_key(opening.key_name))


def answered(tickets: Iterable[ReviewTicket]) -> dict[int, bool | None]:
    """Whether each of these tickets (with `round` read) is answered, found through the keys; None where the key of its
    round is missing. One query."""
    found: dict[int, bool | None] = {}
    sealers: dict[int, Sealer | None] = {}
    places: dict[str, tuple[Sealer, int]] = {}
    for ticket in tickets:
        if ticket.round_id not in sealers:
            sealers[ticket.round_id] = sealer_of(ticket.round) if has_key(ticket.round.key_name) else None
        found[ticket.pk] = None
        if sealer := sealers[ticket.round_id]:
            places[sealer.locator(ticket.pk)] = (sealer, ticket.pk)
    for locator, sealed in Ballot.objects.filter(pk__in=list(places)).values_list("pk", "sealed") if places else ():
        sealer, ticket_id = places[locator]
        found[ticket_id] = sealer.open(locator, sealed) is not None
    return found
