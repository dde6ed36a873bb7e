"""What is different between two policies, field by field, in words a person judged by them understands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from terang.rules.catalogue import MEASURES, SIGNALS, MeasureSpec, Signal
from terang.rules.policies.model import (
    Aspect,
    Floor,
    FollowUpTerms,
    Instrument,
    InstrumentAspect,
    MeasureRule,
    Policy,
    PostReporting,
    Reporting,
    Variant,
)
from terang.rules.policies.problems import percent
from terang.rules.sentences import Part, Sentence, joined
from terang.rules.sentences import mark as _

Kind = Literal["added", "removed", "changed"]
Fact = tuple[Any, Part]
"""A value to compare, and how it is said."""


@dataclass(frozen=True)
class Change:
    """One difference. `place` names the part in words, `what` the field (empty where a whole part came or went);
    `before` and `after` are said values, empty where there is none."""

    kind: Kind
    path: str
    place: Part
    what: Sentence
    before: Part
    after: Part

    def sentence(self) -> Sentence:
        """The difference in one sentence: "Kehadiran, porsi dalam bagiannya: 60 % → 50 %"."""
        told = {"place": self.place, "what": self.what, "before": self.before, "after": self.after}
        if self.kind == "added":
            return Sentence("Baru: %(place)s (%(after)s)", told) if self.after else Sentence("Baru: %(place)s", told)
        if self.kind == "removed":
            gone = Sentence("Dihapus: %(place)s (%(before)s)", told)
            return gone if self.before else Sentence("Dihapus: %(place)s", told)
        return Sentence("%(place)s, %(what)s: %(before)s → %(after)s", told)


@dataclass
class _Piece:
    """A part of a policy: its name, what it says by field, and how many of its fields tell of it in one line."""

    name: Part
    facts: dict[str, Fact] = field(default_factory=dict)
    brief: str = ""


WHAT = {
    "title": _("judul"),
    "valid_from": _("berlaku sejak"),
    "period": _("jenis periode"),
    "standard_bp": _("standar"),
    "warning_days": _("peringatan sesudah"),
    "action_days": _("tindakan perbaikan sesudah"),
    "least_coverage_bp": _("bukti paling sedikit"),
    "second_factor_roles": _("peran dengan faktor kedua"),
    "order": _("urutan"),
    "label": _("nama"),
    "label_en": _("nama dalam bahasa Inggris"),
    "weight_bp": _("bobot"),
    "share_bp": _("porsi dalam bagiannya"),
    "cap_bp": _("dihitung paling tinggi"),
    "missing": _("bila bukti belum ada"),
    "min_answers": _("jawaban paling sedikit"),
    "guards": _("penjaga"),
    "instrument": _("instrumen"),
    "fallback": _("pengganti bila jawaban terlalu sedikit"),
    "superior_share_bp": _("porsi atasan langsung"),
    "oversight_share_bp": _("porsi tim pengawas"),
    "applies_to": _("rumpun jabatan"),
    "kinds": _("jenis jabatan"),
    "aspects": _("bagian yang dihitung"),
    "above_bp": _("batas di atas ekspektasi"),
    "meets_bp": _("batas sesuai ekspektasi"),
    "scale": _("skala"),
    "floor_bp": _("batas bawah"),
    "follow_up": _("tindak lanjut"),
    "message": _("kalimat"),
    "act_days": _("batas menindaklanjuti"),
    "escalate_days": _("lalu diberitahukan ke atasannya sesudah"),
    "remeasure_days": _("diukur ulang sesudah"),
    "years": _("tahun berturut-turut"),
    "predicate": _("predikat"),
    "action": _("yang dapat diputuskan"),
    "rhythm": _("irama"),
    "grace_days": _("tenggang"),
    "remote_grace_days": _("tenggang wilayah tanpa sinyal"),
    "progress": _("laporan kemajuan"),
    "answer_days": _("batas jawaban atasan"),
    "decide_days": _("batas sebelum atasan di atasnya menjawab"),
    "history_days": _("hari yang dibandingkan"),
    "alike_bp": _("kemiripan yang ditanyakan"),
    "own_words": _("kata paling sedikit, tulisan sendiri"),
    "others_words": _("kata paling sedikit, tulisan rekan"),
    "common_people": _("rekan yang menulis sama"),
    "burst_entries": _("kegiatan sekaligus"),
    "burst_minutes": _("menit untuk kegiatan sekaligus"),
    "burst_days": _("hari yang ditulis sekaligus"),
    "work_minutes": _("menit kegiatan sehari"),
    "clock_minutes": _("menit jam perangkat lebih cepat"),
    "photo_days": _("umur foto"),
    "usual_times": _("kali jumlah yang biasa"),
    "usual_entries": _("laporan sebelum ada yang biasa"),
    "late_days": _("hari terlambat yang ditanyakan"),
}
"""Every field of a policy in words."""

_VALUES = {
    "month": _("setiap bulan"),
    "quarter": _("setiap triwulan"),
    "semester": _("setiap semester"),
    "year": _("setiap tahun"),
    "daily": _("setiap hari kerja"),
    "weekly": _("sekali seminggu"),
    "monthly": _("sekali sebulan"),
    "share_out": _("bobotnya dibagi ke yang lain"),
    "hold": _("bobotnya ditahan"),
    "talk": _("pembicaraan"),
    "coaching": _("pendampingan"),
    "training": _("pelatihan"),
    "succession_pool": _("prioritas kelompok rencana suksesi"),
    "development_priority": _("prioritas pengembangan kompetensi"),
    "sangat_baik": _("Sangat Baik"),
    "baik": _("Baik"),
    "none": _("tidak ada"),
    "unit": _("nilai unit kerja"),
}
_WORDS = frozenset({"period", "rhythm", "progress", "missing", "follow_up", "fallback", "action", "predicate"})
_TERMS = ("act_days", "escalate_days", "remeasure_days")
_DAYS = frozenset(
    {"warning_days", "action_days", "grace_days", "remote_grace_days", "answer_days", "decide_days", *_TERMS}
)
_NONE = Sentence(_("tidak ada"))
_MONTHS = (
    _("Januari"),
    _("Februari"),
    _("Maret"),
    _("April"),
    _("Mei"),
    _("Juni"),
    _("Juli"),
    _("Agustus"),
    _("September"),
    _("Oktober"),
    _("November"),
    _("Desember"),
)


def changes(old: Policy, new: Policy, *, english: bool = False) -> tuple[Change, ...]:
    """Everything that `new` says otherwise than `old`, in the order of the policy; nothing for number and code alone.

    Two policies with nothing between them judge everybody alike. Names are those the policies give, in Indonesian or,
    with `english`, in English; the fixed words are said in the reader's language as always.
    """
    before, after = dict(_pieces(old, english)), dict(_pieces(new, english))
    found = [change for path, piece in after.items() for change in _changed(path, before.get(path), piece)]
    gone = [
        Change("removed", path, piece.name, Sentence(""), _brief(piece), "")
        for path, piece in before.items()
        if path not in after
    ]
    return (*found, *gone, *_reordered(before, after))


def _changed(path: str, before: _Piece | None, after: _Piece) -> Iterator[Change]:
    if before is None:
        yield Change("added", path, after.name, Sentence(""), "", _brief(after))
        return
    for name in dict.fromkeys((*before.facts, *after.facts)):
        old, new = before.facts.get(name, (None, _NONE)), after.facts.get(name, (None, _NONE))
        if old[0] != new[0]:
            yield Change("changed", f"{path}.{name}".lstrip("."), after.name, Sentence(WHAT[name]), old[1], new[1])


def _brief(piece: _Piece) -> Part:
    if not piece.brief:
        return ""
    return Sentence("%(what)s %(value)s", {"what": Sentence(WHAT[piece.brief]), "value": piece.facts[piece.brief][1]})


def _reordered(before: dict[str, _Piece], after: dict[str, _Piece]) -> Iterator[Change]:
    """The order of parts decides how a rest of rounding falls, so it is told too."""
    old, new = [path for path in before if path in after], [path for path in after if path in before]
    if old != new:
        first = next(path for path, other in zip(new, old, strict=True) if path != other)
        place, what = after[first].name, Sentence(WHAT["order"])
        yield Change("changed", f"{first}.order", place, what, Sentence(_("lama")), Sentence(_("baru")))


def _pieces(policy: Policy, english: bool) -> Iterator[tuple[str, _Piece]]:
    say = _Saying(policy, english)
    yield "", say.piece(Sentence(_("Umum")), policy, "title", "valid_from", *_GENERAL)
    yield from say.aspects("", (), policy.aspects)
    for variant in policy.variants:
        yield f"variants.{variant.code}", say.piece(say.name(variant), variant, "label", "label_en", "applies_to")
        yield from say.aspects(f"variants.{variant.code}.", (say.name(variant),), variant.aspects)
    work, behaviour = Sentence(_("Saran hasil kerja")), Sentence(_("Saran perilaku"))
    yield "ratings.work_result", say.piece(work, policy.work_rating, "aspects", "above_bp", "meets_bp")
    yield "ratings.behaviour", say.piece(behaviour, policy.behaviour_rating, "above_bp", "meets_bp")
    yield from say.measures("ratings.behaviour", (behaviour,), policy.behaviour_rating.measures)
    for instrument in policy.instruments:
        yield from say.instrument(instrument)
    yield from say.floors(policy.floors)
    yield from say.follow_up(policy.follow_up)
    yield from say.reporting(policy.reporting)


_GENERAL = (
    "period",
    "standard_bp",
    "warning_days",
    "action_days",
    "least_coverage_bp",
    "second_factor_roles",
)
_REPORTING = ("rhythm", "grace_days", "remote_grace_days", "progress", "answer_days", "decide_days")


class _Saying:
    """One policy in the language its reader has."""

    def __init__(self, policy: Policy, english: bool) -> None:
        self.policy, self.english = policy, english

    def name(self, item: Aspect | Variant | Instrument | InstrumentAspect | MeasureSpec | Signal) -> str:
        return item.label_en if self.english else item.label

    def piece(self, name: Part, item: Any, *names: str, brief: str = "") -> _Piece:
        return _Piece(name, {each: self.fact(each, _value(item, each)) for each in names}, brief)

    def fact(self, name: str, raw: Any) -> Fact:
        return raw, self.said(name, raw)

    def said(self, name: str, raw: Any) -> Part:
        if isinstance(raw, tuple):
            return joined(", ", [self.word(name, each) for each in raw]) if raw else _NONE
        if name.endswith("_bp"):
            return percent(raw)
        if isinstance(raw, date):
            month = Sentence(_MONTHS[raw.month - 1])
            return Sentence("%(day)s %(month)s %(year)s", {"day": raw.day, "month": month, "year": raw.year})
        if name in _DAYS:
            return Sentence("%(count)s hari kerja", {"count": raw})
        if name in _WORDS:
            return Sentence(_VALUES[raw])
        return raw if isinstance(raw, int) else str(raw)

    def word(self, name: str, code: str) -> Part:
        if name == "guards":
            return self.name(SIGNALS.get(code) or MEASURES[code])
        if name == "aspects":
            return next((self.name(each) for each in self.policy.aspects if each.code == code), code)
        return code.replace("_", " ")

    def aspects(self, prefix: str, above: tuple[Part, ...], aspects: Iterable[Aspect]) -> Iterator[tuple[str, _Piece]]:
        for aspect in aspects:
            place = (*above, self.name(aspect))
            path = f"{prefix}aspects.{aspect.code}"
            yield path, self.piece(_placed(place), aspect, "label", "label_en", "weight_bp", brief="weight_bp")
            yield from self.measures(path, place, aspect.measures)

    def measures(
        self, path: str, above: tuple[Part, ...], rules: Iterable[MeasureRule]
    ) -> Iterator[tuple[str, _Piece]]:
        for rule in rules:
            place = _placed((*above, self.name(MEASURES[rule.code])))
            piece = self.piece(place, rule, "share_bp", "cap_bp", "missing", "min_answers", "guards", brief="share_bp")
            piece.facts |= {name: (raw, self.parameter(name, raw)) for name, raw in rule.parameters.items()}
            yield f"{path}.measures.{rule.code}", piece

    def parameter(self, name: str, raw: Any) -> Part:
        if name == "instrument":
            return next((self.name(each) for each in self.policy.instruments if each.code == raw), str(raw))
        return self.said(name, raw)

    def instrument(self, item: Instrument) -> Iterator[tuple[str, _Piece]]:
        path = f"instruments.{item.code}"
        piece = self.piece(self.name(item), item, "label", "label_en", brief="scale")
        low, high = item.scale_min, item.scale_max
        piece.facts["scale"] = (low, high), Sentence("%(low)s sampai %(high)s", {"low": low, "high": high})
        yield path, piece
        for aspect in item.aspects:
            place = _placed((self.name(item), self.name(aspect)))
            yield f"{path}.aspects.{aspect.code}", self.piece(place, aspect, "label", "label_en")

    def floors(self, floors: Iterable[Floor]) -> Iterator[tuple[str, _Piece]]:
        seen: dict[str, int] = {}
        for floor in floors:
            seen[floor.subject] = number = seen.get(floor.subject, 0) + 1
            place = Sentence("Batas bawah %(subject)s", {"subject": self.subject(floor.subject)})
            yield (
                f"floors.{floor.subject}.{number}",
                self.piece(place, floor, "floor_bp", "follow_up", "message", brief="floor_bp"),
            )

    def follow_up(self, terms: FollowUpTerms) -> Iterator[tuple[str, _Piece]]:
        yield "follow_up", self.piece(Sentence(_("Tindak lanjut")), terms, *_TERMS)
        seen: dict[str, int] = {}
        for each in terms.successive:
            seen[each.predicate] = number = seen.get(each.predicate, 0) + 1
            place = Sentence("Predikat berturut-turut %(predicate)s", {"predicate": Sentence(_VALUES[each.predicate])})
            path = f"follow_up.successive.{each.predicate}.{number}"
            yield path, self.piece(place, each, "predicate", "years", "action", "message", brief="years")

    def subject(self, code: str) -> Part:
        """What a floor is about: an aspect, a measure, or one value of an instrument."""
        if code in MEASURES:
            return self.name(MEASURES[code])
        values = {f"{each.code}.{one.code}": self.name(one) for each in self.policy.instruments for one in each.aspects}
        return values.get(code) or self.word("aspects", code)

    def reporting(self, rule: Reporting) -> Iterator[tuple[str, _Piece]]:
        yield "reporting", self.piece(Sentence(_("Catatan kegiatan")), rule, *_REPORTING)
        for each in rule.posts:
            words = [code.replace("_", " ") for code in (*each.applies_to, *each.kinds)]
            yield f"reporting.posts.{'+'.join(words)}", self.posts(each, ", ".join(words))
        names = tuple(vars(rule.questions))
        yield "reporting.questions", self.piece(Sentence(_("Pertanyaan atas kegiatan")), rule.questions, *names)

    def posts(self, rule: PostReporting, posts: str) -> _Piece:
        place = Sentence("Catatan kegiatan %(posts)s", {"posts": posts})
        return self.piece(
            place, rule, "rhythm", "grace_days", "remote_grace_days", "applies_to", "kinds", brief="rhythm"
        )


def _value(item: Any, name: str) -> Any:
    return getattr(item, "period_kind" if name == "period" else name)


def _placed(parts: Iterable[Part]) -> Part:
    return joined(" › ", parts)
