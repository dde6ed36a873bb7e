"""How a counselling is kept so that only its two people read it.

Two kinds of key lie outside the database and its backup (`custody.keys`): one of the government, by which a person's
counsellings are found, and one of each counselling, under which everything of it is sealed (AES-256-GCM, bound to its
row). Every sheet has the same size, whatever it says. A person's marks are `HMAC(key, person:0)`, `person:1`, …: no two
are alike, so that rows of one person cannot be put together without the key. Where the key of a counselling is
destroyed, it is destroyed in every copy.
"""

import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from terang.custody.keys import KeyMissing, derived, has_key, make_key, read_key
from terang.registry.organization.models import Agency
from terang.web.errors import NotNow

SHEET = 32_768
"""Bytes of every sheet."""
NONCE = 12
MOST = 400
"""Counsellings of one person that are looked for."""


@dataclass
class Talk:
    """One talk: its day (ISO), clock, place, who named it last, and what was written. `keys` are the two people who
    have confirmed it."""

    day: str
    clock: str
    place: str
    by: int
    state: str = "diusulkan"
    notes: str = ""
    keys: list[int] = field(default_factory=list)


@dataclass
class Step:
    owner: int
    text: str
    due: str
    done: str = ""


@dataclass
class Content:
    """Everything of one counselling. `state`: diusulkan, berjalan, selesai; `ended` is the ISO day of its end, empty
    before."""

    client: int
    counsellor: int
    opened_by: int
    goal: str
    state: str = "diusulkan"
    ended: str = ""
    talks: list[Talk] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def people(self) -> tuple[int, int]:
        return self.client, self.counsellor

    @property
    def talk(self) -> Talk | None:
        """The one that lies ahead or is being written; None where none does."""
        return next((each for each in self.talks if each.state != "selesai"), None)


class Finder:
    """Finds a person's counsellings of a government."""

    def __init__(self, agency: Agency) -> None:
        self._name = uuid5(NAMESPACE_OID, f"terang counselling {agency.code}")

    @cached_property
    def _key(self) -> bytes:
        return derived(read_key(self._name), b"terang counselling: marks of a person")

    def marks(self, employee_id: int) -> list[str]:
        """The marks of a person in their order; none where nobody was ever counselled, or the key is gone."""
        try:
            return [self._mark(employee_id, number) for number in range(MOST)]
        except KeyMissing:
            return []

    def ready(self) -> None:
        """Makes the key of the government before the first counselling."""
        if not has_key(self._name):
            try:
                make_key(self._name)
            except FileExistsError:
                return

    def _mark(self, employee_id: int, number: int) -> str:
        return hmac.new(self._key, f"{employee_id}:{number}".encode(), hashlib.sha256).hexdigest()


def seal(pk: UUID, content: Content) -> bytes:
    """A sheet. Raises ValidationError where it does not fit, NotNow where the key is gone."""
    sheet = json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()
    if len(sheet) > SHEET:
        raise ValidationError(gettext("Catatan konseling ini sudah terlalu panjang. Ringkas, lalu kirim lagi."))
    nonce = os.urandom(NONCE)
    return nonce + _cipher(pk).encrypt(nonce, sheet.ljust(SHEET), str(pk).encode())


def unseal(pk: UUID, sealed: bytes | memoryview) -> Content:
    """What a sheet says. Raises NotNow where the key is gone or the sheet was changed by somebody else."""
    content = bytes(sealed)
    try:
        told: dict[str, Any] = json.loads(_cipher(pk).decrypt(content[:NONCE], content[NONCE:], str(pk).encode()))
    except (InvalidTag, ValueError):
        raise NotNow(gettext("Catatan konseling ini tidak utuh dan tidak dapat dibuka.")) from None
    talks, steps = told.pop("talks"), told.pop("steps")
    return Content(**told, talks=[Talk(**each) for each in talks], steps=[Step(**each) for each in steps])


def _cipher(pk: UUID) -> AESGCM:
    try:
        return AESGCM(derived(read_key(pk), b"terang counselling: sealing"))
    except KeyMissing:
        told = gettext("Kunci catatan konseling ini tidak ada di server; isinya tidak dapat dibuka oleh siapa pun.")
        raise NotNow(told) from None
