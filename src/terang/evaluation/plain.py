"""A policy in plain words: the sentences of the page that everybody judged by it may read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.evaluation.periods import every
from terang.registry.people.models import PostKind
from terang.rules.policies import Aspect, Floor, MeasureRule, Policy, PostReporting, Reporting
from terang.web.numbers import percent, score


@dataclass(frozen=True)
class MeasureWords:
    """One measure of the policy: what it is, its weight in the total, and what holds for it."""

    label: str
    formula: str
    weight_bp: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class AspectWords:
    label: str
    weight_bp: int
    measures: tuple[MeasureWords, ...]


@dataclass(frozen=True)
class VariantWords:
    """The aspects for some kinds of post; `label` is empty for the ordinary ones."""

    label: str
    aspects: tuple[AspectWords, ...]


@dataclass(frozen=True)
class PolicyWords:
    """All that the page of a policy says (`evaluation/_policy_words.html`)."""

    sentences: list[str]
    reporting: list[str]
    variants: list[VariantWords]
    floors: list[str]


def words(policy: Policy) -> PolicyWords:
    """A whole policy in plain words."""
    floors = [floor_sentence(floor) for floor in policy.floors]
    floors += [each.message for each in policy.follow_up.successive]
    return PolicyWords(sentences(policy), reporting(policy), variants(policy), floors)


def sentences(policy: Policy) -> list[str]:
    """How the total is made and what follows, one sentence each."""
    words = {
        "every": every(policy),
        "standard": score(policy.standard_bp),
        "coverage": percent(policy.least_coverage_bp),
        "warning": wording.working_days(policy.warning_days),
        "action": wording.working_days(policy.action_days),
        "act": wording.working_days(policy.follow_up.act_days),
        "more": wording.working_days(policy.follow_up.escalate_days),
        "remeasure": wording.working_days(policy.follow_up.remeasure_days),
    }
    return [
        _("Nilai dihitung %(every)s, dan selama periode berjalan berubah begitu ada bukti baru.") % words,
        _("Standarnya %(standard)s dari 100. Di bawah itu selama %(warning)s, Anda dan atasan Anda diberi peringatan.")
        % words,
        _("Di bawah standar selama %(action)s, tindakan perbaikan dibuka bersama Anda.") % words,
        _(
            "Tindak lanjut dikerjakan dalam %(act)s; lewat %(more)s lagi, atasannya diberi tahu. "
            "Indikator yang sama diukur ulang kira-kira %(remeasure)s sesudah langkahnya disepakati."
        )
        % words,
        _("Bila bukti kurang dari %(coverage)s bobot, tidak ada nilai: tertulis “belum cukup bukti”.") % words,
        _("Yang belum ada tidak dihitung nol, kecuali tertulis lain di bawah; kelengkapan bukti selalu terlihat."),
        _("Nilai ini menyarankan; pejabat penilai yang memutuskan predikat, dengan alasan yang dapat Anda baca."),
    ]


def reporting(policy: Policy) -> list[str]:
    """How often daily work is written down by whom, until when it is in time, and when it is answered."""
    rule = policy.reporting
    answer = _("Atasan menjawab dalam %(days)s sejak kegiatan dikirim.")
    return [
        _("Kegiatan dicatat %(rhythm)s.") % {"rhythm": _rhythm(rule)},
        *(_("Untuk %(posts)s: %(rhythm)s.") % {"posts": _posts(each), "rhythm": _rhythm(each)} for each in rule.posts),
        answer % {"days": wording.working_days(rule.answer_days)},
    ]


def _rhythm(rule: Reporting | PostReporting) -> str:
    often = {
        "daily": _("setiap hari kerja"),
        "weekly": _("sekali seminggu"),
        "monthly": _("sekali sebulan"),
    }[rule.rhythm]
    days = wording.working_days(rule.grace_days)
    if not rule.grace_days:
        words = _("%(often)s, pada hari itu juga")
    elif rule.remote_grace_days > rule.grace_days:
        words = _("%(often)s, paling lambat %(days)s sesudahnya (di wilayah tanpa sinyal %(remote)s)")
    else:
        words = _("%(often)s, paling lambat %(days)s sesudahnya")
    return words % {"often": often, "days": days, "remote": wording.working_days(rule.remote_grace_days)}


def _posts(rule: PostReporting) -> str:
    """The posts of a rhythm in words; a category by its code, as the registry writes it."""
    kinds = [str(PostKind(kind).label) for kind in rule.kinds]
    return ", ".join([*(category.replace("_", " ") for category in rule.applies_to), *kinds])


def variants(policy: Policy) -> list[VariantWords]:
    """The ordinary aspects, then those of each variant."""
    ordinary = VariantWords("", _aspects(policy.aspects))
    return [ordinary, *(VariantWords(wording.label(each), _aspects(each.aspects)) for each in policy.variants)]


def _aspects(aspects: tuple[Aspect, ...]) -> tuple[AspectWords, ...]:
    return tuple(
        AspectWords(
            wording.label(aspect),
            aspect.weight_bp,
            tuple(
                MeasureWords(wording.measure_label(rule.code), wording.formula(rule.code), weight, _notes(rule))
                for rule, weight in zip(aspect.measures, aspect.measure_weights_bp(), strict=True)
            ),
        )
        for aspect in aspects
    )


def _notes(rule: MeasureRule) -> tuple[str, ...]:
    notes = []
    if rule.missing == "hold":
        notes.append(_("Selama belum ada bukti, bobotnya ditahan dan belum menyumbang."))
    if rule.cap_bp > 10_000:
        notes.append(_("Dihitung paling tinggi %(cap)s.") % {"cap": percent(rule.cap_bp)})
    if rule.min_answers > 1:
        notes.append(_("Mulai %(count)s jawaban.") % {"count": rule.min_answers})
    if rule.parameters.get("fallback") == "unit":
        notes.append(_("Bila jawaban sendiri terlalu sedikit, dipakai nilai unit kerja, dan itu disebutkan."))
    if rule.guards:
        names = ", ".join(wording.signal_label(code).lower() for code in rule.guards)
        notes.append(_("Dilihat bersama: %(guards)s.") % {"guards": names})
    return tuple(notes)


def floor_sentence(floor: Floor) -> str:
    """Something that is never averaged away, as the policy says it."""
    return f"{floor.message} ({percent(floor.floor_bp)})"
