"""Personal data in the journal: kept as salted digests, so that a change can be proven and a person can be forgotten.

The salt lies outside the journal, in `TERANG_JOURNAL_SALT` or in a file of the data folder. Whoever holds it can check
whether a name once stood in an entry; without it a digest says nothing. Backups keep salt and journal apart.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

PERSONAL_FIELDS = frozenset({
    "name", "nama", "nip", "nik", "email", "surel", "phone", "telepon", "address", "alamat",
    "birth_date", "birthplace", "respondent", "reporter", "applicant", "text", "note", "comment", "message",
})  # fmt: skip
"""Names of fields whose values never stand in the journal in clear, wherever in `changes` they appear."""

PREFIX = "hmac-sha256:"


def digest_of(value: object) -> str:
    """The salted digest of a value, 64 hexadecimal digits. The same value gives the same digest within one journal."""
    return hmac.new(_salt(), str(value).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def without_personal_data(changes: Mapping[str, Any]) -> dict[str, Any]:
    """`changes` with every value below a personal field replaced by its digest. Missing (None) and empty stay as they
    are.
    """
    return {
        str(name): _digested(value) if str(name).lower() in PERSONAL_FIELDS else _searched(value)
        for name, value in changes.items()
    }


def _searched(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_personal_data(value)
    if isinstance(value, list | tuple):
        return [_searched(item) for item in value]
    return value


def _digested(value: Any) -> Any:
    if value is None or value == "":
        return value
    if isinstance(value, Mapping):
        return {str(name): _digested(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_digested(item) for item in value]
    return f"{PREFIX}{digest_of(value)}"


def _salt() -> bytes:
    given = getattr(settings, "JOURNAL_SALT", "")
    return given.encode() if given else _salt_file(Path(settings.DATA) / "journal.salt")


@cache
def _salt_file(path: Path) -> bytes:
    """Reads the salt, or makes it once. Of several processes that come first together, one wins and all read its
    salt.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
