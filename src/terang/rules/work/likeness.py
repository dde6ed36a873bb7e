"""How alike two texts are: shared words out of all their words, in basis points. Whole numbers only."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

FULL_BP = 10_000
_WORD = re.compile(r"\w+")

Words = frozenset[str]


def words_of(text: str) -> Words:
    """The different words of a text; capitals, order, signs and repeated words do not matter, numbers are words."""
    return frozenset(_WORD.findall(text.casefold()))


def likeness_bp(one: Words, other: Words) -> int:
    """Shared words out of all words of both, rounded down; two texts without any word are not alike."""
    everything = len(one | other)
    return len(one & other) * FULL_BP // everything if everything else 0


class Index:
    """Texts by their rarest words, so that one text is compared only with the few that can be alike at all.

    Two sets of words that are alike by at least `least_bp` share one of the first n words of either, in any fixed
    order, where n is all but the part that must be shared, plus one (prefix filtering).
    """

    def __init__(self, texts: Iterable[Words], least_bp: int) -> None:
        self._least_bp = least_bp
        unique = set(texts) - {frozenset()}
        self._rank = _rarity(unique)
        self._places: Mapping[str, list[Words]] = defaultdict(list)
        for words in unique:
            for word in self._prefix(words):
                self._places[word].append(words)

    def alike(self, words: Words) -> set[Words]:
        """Every indexed text that is alike by at least the least, the same words included."""
        near = {other for word in self._prefix(words) for other in self._places.get(word, ())}
        return {other for other in near if likeness_bp(words, other) >= self._least_bp}

    def _prefix(self, words: Words) -> Sequence[str]:
        """Rarest first; a word that is in no indexed text comes first of all."""
        shared = -(-len(words) * self._least_bp // FULL_BP)
        ordered = sorted(words, key=lambda word: (self._rank.get(word, 0), word))
        return ordered[: len(words) - shared + 1]


def _rarity(texts: Iterable[Words]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for word in _every(texts):
        counts[word] += 1
    return dict(counts)


def _every(texts: Iterable[Words]) -> Iterator[str]:
    return (word for words in texts for word in words)
