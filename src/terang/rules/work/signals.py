"""What is worth asking about an entry before it is decided: copies, bursts, impossible times, unusual amounts.

A question never says that something is wrong, has no effect on any figure, and names the entry it compares with. All
thresholds are `Limits`, which a government's policy dates and changes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.rules.work.likeness import Index, Words, words_of

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Limits:
    """From where on something is asked about. Counts, minutes, days, basis points; each inclusive.

    `history_days`: how far back entries are compared.
    """

    history_days: int = 45
    alike_bp: int = 8_500
    own_words: int = 10
    """Fewest words for which one's own text may not simply come again: short routine texts do."""
    others_words: int = 8
    """Fewest words for which a colleague's text is asked about: who does the same work says the same in few."""
    common_people: int = 3
    """From so many colleagues on a text is a common way of speaking, and nothing is asked."""
    burst_entries: int = 6
    burst_minutes: int = 10
    burst_days: int = 5
    """Days of work told on one day, beyond those the rhythm of reporting asks for at once."""
    work_minutes: int = 14 * 60
    """The most minutes of one day that go without a question."""
    clock_minutes: int = 10
    """How far the device's clock may be ahead."""
    photo_days: int = 2
    """How many days before the work a photo may have been taken."""
    usual_times: int = 4
    """How many times the person's usual amount (the median)."""
    usual_entries: int = 5
    """Fewest earlier amounts from which something is usual."""
    late_days: int = 5


@dataclass(frozen=True)
class Told:
    """An entry as far as questions go. Missing means not known: no question is made of it.

    `figure` names the indicator or task it reports to (empty: none), with `quantity_milli`. `written_at` is the
    device's time. `taken_on` are the days of its photos, `seen_before` tells that a picture like one of them was used
    before. `target_milli` is the whole target of the figure where amounts add up. `rhythm_days` are the working days
    one report covers (1 daily, 5 weekly).
    """

    id: int
    employee_id: int
    day: date
    sent_at: datetime
    text: str
    figure: str = ""
    quantity_milli: int | None = None
    target_milli: int | None = None
    minutes: int | None = None
    written_at: datetime | None = None
    proofs: int = 0
    taken_on: tuple[date, ...] = ()
    seen_before: int | None = None
    lag_days: int = 0
    rhythm_days: int = 1
    away: str = ""
    words: Words = field(init=False, compare=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", words_of(self.text))

    @property
    def made_at(self) -> datetime:
        """When it was written: by the device where it was offline, else when it came."""
        return self.written_at or self.sent_at


@dataclass(frozen=True)
class Question:
    """One question. `weight` sorts, 0 is a remark that makes nothing unusual; `compared_id` is the entry it compares
    with (missing where there is none)."""

    code: str
    sentence: Sentence
    weight: int
    compared_id: int | None = None


WEIGHTS = {
    "double": 90,
    "picture": 85,
    "minutes": 80,
    "clock": 75,
    "away": 70,
    "colleague_copy": 65,
    "target": 60,
    "amount": 55,
    "photo_day": 50,
    "burst": 40,
    "many_days": 35,
    "own_copy": 30,
    "late": 20,
    "no_proof": 0,
}
"""What comes first in a queue: the higher, the sooner."""


def questions(
    waiting: Sequence[Told], earlier: Sequence[Told], limits: Limits | None = None
) -> dict[int, tuple[Question, ...]]:
    """The questions about each waiting entry, heaviest first; who has none is left out.

    `earlier` are other entries of these people and of colleagues under the same appraiser, in any state and order.
    """
    limits = limits or Limits()
    known = _Known(waiting, earlier, limits)
    found = {entry.id: tuple(sorted(_asked(entry, known), key=lambda each: -each.weight)) for entry in waiting}
    return {pk: asked for pk, asked in found.items() if asked}


class _Known:
    """Everything about the people that the questions look up, gathered in one pass."""

    def __init__(self, waiting: Iterable[Told], earlier: Iterable[Told], limits: Limits) -> None:
        self.limits = limits
        unique = {entry.id: entry for entry in (*earlier, *waiting)}
        self.entries = sorted(unique.values(), key=lambda each: (each.sent_at, each.id))
        self.texts: dict[Words, list[Told]] = defaultdict(list)
        self.minutes: Counter[tuple[int, date]] = Counter()
        self.amounts: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        self.days: dict[tuple[int, date], set[date]] = defaultdict(set)
        for entry in self.entries:
            self.texts[entry.words].append(entry)
            self.minutes[entry.employee_id, entry.day] += entry.minutes or 0
            self.days[entry.employee_id, entry.made_at.date()].add(entry.day)
            if entry.figure and entry.quantity_milli:
                self.amounts[entry.employee_id, entry.figure].append((entry.id, entry.quantity_milli))
        self.index = Index(self.texts, limits.alike_bp)
        self.bursts = _bursts(self.entries, limits)

    def alike(self, entry: Told) -> Iterator[Told]:
        """Entries sent before this one with nearly its text, latest first."""
        near = (other for words in self.index.alike(entry.words) for other in self.texts[words])
        order = (entry.sent_at, entry.id)
        before = [other for other in near if (other.sent_at, other.id) < order]
        return iter(sorted(before, key=lambda each: (each.sent_at, each.id), reverse=True))


def _bursts(entries: Sequence[Told], limits: Limits) -> dict[int, int]:
    """How many entries the person made within the minutes around each, where those are many."""
    span = timedelta(minutes=limits.burst_minutes)
    found: dict[int, int] = {}
    by_person = sorted(entries, key=lambda each: (each.employee_id, each.made_at))
    for _person, group in groupby(by_person, key=lambda each: each.employee_id):
        rows, first = list(group), 0
        for last, entry in enumerate(rows):
            while entry.made_at - rows[first].made_at > span:
                first += 1
            if (count := last - first + 1) >= limits.burst_entries:
                for each in rows[first : last + 1]:
                    found[each.id] = max(found.get(each.id, 0), count)
    return found


def _asked(entry: Told, known: _Known) -> Iterator[Question]:
    yield from _copies(entry, known)
    yield from _times(entry, known)
    yield from _amounts(entry, known)
    yield from _sending(entry, known)
    yield from _proofs(entry, known.limits)


def _copies(entry: Told, known: _Known) -> Iterator[Question]:
    """At most one question: the same thing told twice, a colleague's text, one's own long text again."""
    found = list(known.alike(entry))
    own = [other for other in found if other.employee_id == entry.employee_id]
    same_day = [other for other in own if other.day == entry.day and other.figure == entry.figure]
    others = [other for other in found if other.employee_id != entry.employee_id]
    people = len({other.employee_id for other in others})
    if same_day:
        text = _("Kegiatan ini hampir sama dengan kegiatan lain pada hari yang sama. Apakah tercatat dua kali?")
        yield _question("double", text, {}, same_day[0])
    elif others and len(entry.words) >= known.limits.others_words and people < known.limits.common_people:
        text = _("Isinya hampir sama dengan kegiatan rekan. Apakah dikerjakan bersama?")
        yield _question("colleague_copy", text, {}, others[0])
    elif own and len(entry.words) >= known.limits.own_words:
        text = _("Isinya hampir sama dengan %(count)s kegiatan sebelumnya. Apa yang berbeda kali ini?")
        yield _question("own_copy", text, {"count": len(own)}, own[0])


def _times(entry: Told, known: _Known) -> Iterator[Question]:
    total, limits = known.minutes[entry.employee_id, entry.day], known.limits
    hours = {"hours": total // 60, "minutes": total % 60}
    if entry.minutes and total > DAY_MINUTES:
        text = _("Waktu kegiatan pada hari ini berjumlah %(hours)s jam %(minutes)s menit, lebih dari sehari semalam.")
        yield _question("minutes", text, hours)
    elif entry.minutes and total >= limits.work_minutes:
        text = _("Waktu kegiatan pada hari ini berjumlah %(hours)s jam %(minutes)s menit. Apakah benar selama itu?")
        yield _question("minutes", text, hours)
    if entry.written_at and entry.written_at - entry.sent_at >= timedelta(minutes=limits.clock_minutes):
        yield _question("clock", _("Jam perangkat menunjukkan waktu sesudah kegiatan ini diterima Terang."))
    if entry.away:
        text = _("Pada hari itu tercatat %(status)s. Apakah tanggal kegiatannya benar?")
        yield _question("away", text, {"status": Sentence(entry.away)})


def _amounts(entry: Told, known: _Known) -> Iterator[Question]:
    milli = entry.quantity_milli
    if not entry.figure or not milli:
        return
    if entry.target_milli is not None and milli > entry.target_milli > 0:
        text = _("Jumlahnya lebih besar daripada seluruh target. Apakah satuannya benar?")
        yield _question("target", text)
        return
    others = sorted(amount for pk, amount in known.amounts[entry.employee_id, entry.figure] if pk != entry.id)
    if len(others) < known.limits.usual_entries:
        return
    usual = others[(len(others) - 1) // 2]
    if milli >= usual * known.limits.usual_times:
        text = _("Jumlahnya %(times)s kali yang biasa dilaporkan. Apa yang membuatnya sebanyak ini?")
        yield _question("amount", text, {"times": milli // usual})


def _sending(entry: Told, known: _Known) -> Iterator[Question]:
    limits = known.limits
    if count := known.bursts.get(entry.id):
        text = _("%(count)s kegiatan ditulis dalam %(minutes)s menit. Apakah ditulis sekaligus dari catatan?")
        yield _question("burst", text, {"count": count, "minutes": limits.burst_minutes})
    days = len(known.days[entry.employee_id, entry.made_at.date()])
    if days >= limits.burst_days + entry.rhythm_days:
        text = _("Kegiatan dari %(days)s hari ditulis pada hari yang sama.")
        yield _question("many_days", text, {"days": days})
    if entry.lag_days >= limits.late_days + entry.rhythm_days:
        text = _("Dikirim %(days)s hari kerja setelah kegiatan. Apakah ada kendala saat mencatat?")
        yield _question("late", text, {"days": entry.lag_days})


def _proofs(entry: Told, limits: Limits) -> Iterator[Question]:
    if entry.seen_before is not None:
        text = _("Gambar yang serupa pernah dipakai sebagai bukti. Apakah berkasnya tertukar?")
        yield Question("picture", Sentence(text), WEIGHTS["picture"], entry.seen_before or None)
    oldest = max(((entry.day - taken).days for taken in entry.taken_on), default=0)
    if oldest >= limits.photo_days:
        text = _("Foto diambil %(days)s hari sebelum kegiatan. Apakah ini bukti yang dimaksud?")
        yield _question("photo_day", text, {"days": oldest})
    if entry.figure and entry.quantity_milli and not entry.proofs:
        yield _question("no_proof", _("Melaporkan jumlah tanpa berkas bukti."))


def _question(
    code: str, text: str, params: Mapping[str, int | Sentence] | None = None, compared: Told | None = None
) -> Question:
    return Question(code, Sentence(text, params), WEIGHTS[code], compared.id if compared else None)


def unusual(asked: Collection[Question]) -> bool:
    """Whether an entry is looked at singly; remarks alone leave it routine."""
    return any(question.weight for question in asked)


def order(asked: Collection[Question]) -> tuple[int, int]:
    """A key that sorts the most unusual first: the heaviest question, then how many."""
    weights = [question.weight for question in asked if question.weight]
    return (-max(weights, default=0), -len(weights))


def bursting(entries: Sequence[Told], limits: Limits) -> set[int]:
    """Entries written together with many others within minutes, or for many days on one day, beyond those the rhythm of
    reporting asks for at once."""
    days: dict[tuple[int, date], set[date]] = defaultdict(set)
    for entry in entries:
        days[entry.employee_id, entry.made_at.date()].add(entry.day)
    many = {
        entry.id
        for entry in entries
        if len(days[entry.employee_id, entry.made_at.date()]) >= limits.burst_days + entry.rhythm_days
    }
    return many | set(_bursts(entries, limits))


def repeating(entries: Sequence[Told], limits: Limits) -> set[int]:
    """Entries that say nearly what the same person said before, on the same day or in many words on another, and those
    with a picture that was used before."""
    found = {entry.id for entry in entries if entry.seen_before is not None}
    by_person: dict[int, list[Told]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: (each.sent_at, each.id)):
        by_person[entry.employee_id].append(entry)
    for rows in by_person.values():
        index = Index((row.words for row in rows), limits.alike_bp)
        before: dict[Words, list[Told]] = defaultdict(list)
        for row in rows:
            near = [other for words in index.alike(row.words) for other in before[words]]
            long = len(row.words) >= limits.own_words
            if any(long or (other.day == row.day and other.figure == row.figure) for other in near):
                found.add(row.id)
            before[row.words].append(row)
    return found
