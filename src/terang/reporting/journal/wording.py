"""What an entry says to a person: a sentence, and what changed in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from terang.audit.models import JournalEntry
from terang.audit.personal import PREFIX
from terang.audit.sentences import SENTENCES, is_confidential, sentence
from terang.web.numbers import score


def what_happened(entry: Any) -> str:
    """The sentence of an entry with `actor_name` (missing: the system, or an account that is gone)."""
    return sentence(entry.verb, who(entry))


def who(entry: Any) -> str:
    if is_confidential(entry.verb):
        return _("Seorang rekan kerja")
    if entry.actor_id is None:
        return _("Sistem")
    return entry.actor_name or _("Akun yang sudah dihapus")


def what_changed(entry: JournalEntry) -> str:
    """The changed fields as `nama: lama → baru`. Personal values are not kept, only their digests: "disamarkan"."""
    return "; ".join(f"{name.removesuffix('_bp')}: {_value(name, value)}" for name, value in entry.changes.items())


def verbs() -> list[tuple[str, str]]:
    """All known verbs with their sentence, for the filter."""
    return sorted(((verb, sentence(verb, "…")) for verb in SENTENCES), key=lambda pair: pair[1])


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        shown = [_value(name, item) for item in value]
        return (" → " if len(shown) == 2 else ", ").join(shown)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(str(key), item)}" for key, item in value.items())
    if value is None or value == "":
        return _("kosong")
    if isinstance(value, str) and value.startswith(PREFIX):
        return _("disamarkan")
    return score(value) if name.endswith("_bp") and isinstance(value, int) else str(value)
