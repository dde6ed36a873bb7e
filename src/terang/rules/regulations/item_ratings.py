"""What ratings of single results suggest for the whole (PermenPANRB 6/2022, Lampiran IV p. 97–98 and 100–102).

The regulation calls its criteria an example of a guide. "Most" and "a small part" carry no number there; here they
are more and less than half, a reading of low confidence. So this suggests, and the appraiser decides with a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from terang.rules.regulations.words import rating
from terang.rules.sentences import Sentence, mark

_MOST_BELOW = mark("%(below)s dari %(n)s hasil kerja di bawah ekspektasi.")
_MOST_ABOVE = mark("%(above)s dari %(n)s hasil kerja di atas ekspektasi, dan tidak ada hasil utama di bawah.")
_MAIN_BELOW = mark("%(above)s dari %(n)s hasil kerja di atas ekspektasi, tetapi %(main_below)s hasil utama di bawah.")
_MIXED = mark("%(above)s dari %(n)s hasil kerja di atas ekspektasi dan %(below)s di bawahnya; selebihnya sesuai.")


@dataclass(frozen=True)
class ItemRating:
    """How one result (RHK) was rated, in any usual spelling; `main` is False for an additional result."""

    rating: str
    main: bool = True


@dataclass(frozen=True)
class ItemSuggestion:
    """The rating of work results that the single ratings suggest (above | meets | below), and why."""

    rating: str
    reason: Sentence


def suggest_from_items(items: Iterable[ItemRating]) -> ItemSuggestion | None:
    """Above: more than half above and no main result below. Below: more than half below. Otherwise meets.

    None where nothing was rated. Raises RuleInputError for an unknown rating.
    """
    rated = [(rating(item.rating), item.main) for item in items]
    if not rated:
        return None
    total = len(rated)
    above = sum(code == "above" for code, _main in rated)
    below = sum(code == "below" for code, _main in rated)
    main_below = sum(code == "below" and main for code, main in rated)
    told = {"above": above, "below": below, "main_below": main_below, "n": total}
    if 2 * below > total:
        return ItemSuggestion("below", Sentence(_MOST_BELOW, told))
    if 2 * above <= total:
        return ItemSuggestion("meets", Sentence(_MIXED, told))
    if main_below:
        return ItemSuggestion("meets", Sentence(_MAIN_BELOW, told))
    return ItemSuggestion("above", Sentence(_MOST_ABOVE, told))
