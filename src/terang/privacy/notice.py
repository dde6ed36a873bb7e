"""What a notice says, and what it still lacks (UU 27/2022 Pasal 46 ayat (2))."""

from collections.abc import Iterable
from datetime import UTC

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.privacy.models import BreachFacts
from terang.rules.regulations.breach import missing_parts

PARTS = {
    "data": _("data yang terungkap"),
    "when": _("kapan terjadi"),
    "how": _("bagaimana terjadi"),
    "measures": _("penanganan dan pemulihan"),
}


def missing_of(facts: BreachFacts) -> tuple[str, ...]:
    """The parts the law asks for that these facts do not tell yet."""
    told = {
        "data": bool(facts.data_kinds and facts.exposed),
        "when": bool(facts.happened_at or facts.happened_note),
        "how": bool(facts.how),
        "measures": bool(facts.handling and facts.recovery),
    }
    return missing_parts([part for part, is_told in told.items() if is_told], facts.known_at.astimezone(UTC).date())


def names_of_parts(parts: Iterable[str]) -> list[str]:
    """The parts as a person reads them."""
    return [gettext(str(PARTS[part])) for part in parts]
