"""Figures of a survey in words, for pages and the printed report. Sentences are computed, never typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from terang.evidence.citizens.models.survey import ATTRIBUTES, Channel
from terang.evidence.citizens.models.survey_periods import MONTHS, Published, SurveyKind, WeightMode
from terang.evidence.citizens.survey_repairs import COMPONENTS, REPAIRS
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.satisfaction import ELEMENT_LABELS, grade, grade_label
from terang.rules.regulations.survey_tally import Tally
from terang.web.charts import Bar, Bars, Line, Series
from terang.web.numbers import english, grouped, longdate, missing, percent

KINDS = {"A": "ok", "B": "ok", "C": "attention", "D": "wrong"}


def number(text: str | None) -> str:
    """A decimal of the figures ("85.23") as written in the reader's language; "belum ada" where missing."""
    if text is None:
        return missing()
    return text if english() else text.replace(".", ",")


def hundredths(text: str | None) -> int | None:
    """ "85.23" as 8523, for charts."""
    return None if text is None else int(Decimal(text).scaleb(2))


def ikm_text(value: int | None) -> str:
    """Hundredths as written: 8523 is "85,23"."""
    return number(None if value is None else str(Decimal(value).scaleb(-2)))


def letter_words(letter: str) -> str:
    """ "A, sangat baik"."""
    return f"{letter}, {gettext(grade_label(letter)).lower()}" if letter else ""


def period_name(kind: str, start: date) -> str:
    """ "Triwulan III 2026", "Semester II 2026", "Tahun 2026"."""
    told = {"year": start.year, "number": ("I", "II", "III", "IV")[(start.month - 1) // MONTHS[SurveyKind(kind)]]}
    if kind == SurveyKind.YEAR:
        return gettext("Tahun %(year)s") % told
    if kind == SurveyKind.HALF:
        return gettext("Semester %(number)s %(year)s") % told
    return gettext("Triwulan %(number)s %(year)s") % told


@dataclass(frozen=True)
class ElementRow:
    """One element as shown; texts are "belum ada" where too few answered."""

    code: str
    label: str
    answered: int
    blank: int
    total: str
    nrr: str
    weighted: str
    ikm: str
    grade: str
    words: str
    kind: str
    rank: str
    weak: bool
    component: str


@dataclass(frozen=True)
class GroupRow:
    """A unit or service: `hidden` has too few answers, or would give away a group that has."""

    name: str
    detail: str
    respondents: str
    ikm: str
    words: str
    kind: str
    hidden: bool


@dataclass(frozen=True)
class Presented:
    """The figures of a survey with everything a page or a report says about them."""

    name: str
    unit: str
    agency: str
    government: bool
    first: date
    last: date
    respondents: int
    ikm: str
    skm: str
    grade: str
    words: str
    kind: str
    elements: tuple[ElementRow, ...]
    units: tuple[GroupRow, ...]
    services: tuple[GroupRow, ...]
    profile: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    method: tuple[tuple[str, str], ...]
    both: tuple[tuple[str, str, bool], ...]
    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    weakest: tuple[str, ...]
    bars: Bars
    trend: Line | None
    target: int | None
    population: int | None


def present(figures: Mapping[str, Any]) -> Presented:
    """`survey_figures.figures_of`, live or frozen, in the reader's language. No query."""
    index, method = figures["index"], figures["method"]
    first = date.fromisoformat(figures["starts_on"])
    letter = index["grade"] if index else ""
    elements = tuple(_element(each, figures["weakest"]) for each in figures["elements"])
    return Presented(
        name=period_name(figures["kind"], first),
        unit=figures["unit"]["name"],
        agency=figures["agency"],
        government=figures["unit"]["government"],
        first=first,
        last=date.fromisoformat(figures["ends_on"]) - timedelta(days=1),
        respondents=figures["respondents"],
        ikm=number(index["ikm"] if index else None),
        skm=number(index["skm"] if index else None),
        grade=letter,
        words=letter_words(letter),
        kind=KINDS.get(letter, "quiet"),
        elements=elements,
        units=tuple(_group(line, "") for line in figures["units"]),
        services=tuple(_group(line, line["unit"]) for line in figures["services"]),
        profile=_profile(figures["profile"]),
        method=tuple(_method(figures)),
        both=_both(figures),
        sentences=tuple(_sentences(figures)),
        cautions=tuple(_cautions(figures)),
        weakest=tuple(figures["weakest"]),
        bars=_bars(elements, figures),
        trend=_trend(figures),
        target=method["target"],
        population=method["population"],
    )


def label_of(element: str) -> str:
    """An element as the regulation names it, in the reader's language."""
    return gettext(ELEMENT_LABELS[element])


def _element(each: Mapping[str, Any], weak: Iterable[str]) -> ElementRow:
    code = each["code"]
    return ElementRow(
        code=code,
        label=label_of(code),
        answered=each["answered"],
        blank=each["blank"],
        total=grouped(each["total"]) if each["total"] is not None else missing(),
        nrr=number(each["nrr"]),
        weighted=number(each["weighted"]),
        ikm=number(each["ikm"]),
        grade=each["grade"],
        words=letter_words(each["grade"]),
        kind=KINDS.get(each["grade"], "quiet"),
        rank=str(each["rank"] or "–"),
        weak=code in weak,
        component=str(COMPONENTS[REPAIRS[code]]),
    )


def _group(line: Mapping[str, Any], detail: str) -> GroupRow:
    hidden = line["hidden"]
    return GroupRow(
        name=line["name"],
        detail=detail,
        respondents=gettext("dirahasiakan") if hidden else grouped(line["respondents"]),
        ikm=number(line["ikm"]),
        words=letter_words(line["grade"]),
        kind=KINDS.get(line["grade"], "quiet"),
        hidden=hidden,
    )


def _profile(profile: Mapping[str, Mapping[str, int | None]]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    heads = {
        "sex": gettext("Jenis kelamin"),
        "education": gettext("Pendidikan"),
        "occupation": gettext("Pekerjaan"),
        "slot": gettext("Jam survei"),
        "channel": gettext("Cara menjawab"),
    }
    labels = {name: dict(kinds.choices) for name, kinds in {**ATTRIBUTES, "channel": Channel}.items()}
    told = []
    for name, head in heads.items():
        rows = tuple(
            (str(labels[name].get(key, gettext("tidak diisi"))), _few(size))
            for key, size in profile[name].items()
            if size != 0
        )
        told.append((head, rows))
    return tuple(told)


def _few(size: int | None) -> str:
    return gettext("dirahasiakan") if size is None else grouped(size)


def _both(figures: Mapping[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    """Where there are several units: both ways to sum up, and which of them is the headline."""
    if figures["mean_of_units"] is None:
        return ()
    chosen = figures["method"]["headline"]
    pairs = ((Published.POOLED, figures["pooled"]), (Published.UNITS, figures["mean_of_units"]))
    return tuple((str(kind.label), number(value["ikm"] if value else None), kind == chosen) for kind, value in pairs)


def _method(figures: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    method, n = figures["method"], figures["respondents"]
    yield (
        gettext("Cara"),
        gettext(
            "Setiap jawaban terikat pada satu permohonan layanan nyata; satu permohonan, satu jawaban, tanpa nama."
        ),
    )
    if method["population"]:
        told = {"n": grouped(method["population"])}
        source = (
            method["population_note"] if method["population_given"] else gettext("permohonan selesai pada periode ini")
        )
        yield gettext("Penerima layanan"), gettext("%(n)s orang") % told + f" ({source})"
    if method["target"]:
        told = {"target": grouped(method["target"]), "n": grouped(n)}
        yield (
            gettext("Sampel"),
            gettext("target %(target)s responden menurut Krejcie dan Morgan; tercapai %(n)s") % told,
        )
    if method["margin_bp"] is not None:
        yield (
            gettext("Batas galat"),
            gettext("± %(margin)s untuk proporsi pada taraf kepercayaan 95 %%; bukan galat nilai IKM")
            % {"margin": percent(method["margin_bp"])},
        )
    yield gettext("Bobot unsur"), str(WeightMode(method["weights"]).label)
    blanks = grouped(figures["blanks"])
    yield (
        gettext("Jawaban kosong"),
        gettext("%(n)s; tidak diisi sendiri, rata-rata dihitung dari jawaban yang ada") % {"n": blanks},
    )
    if figures["short"]:
        yield (
            gettext("Survei singkat"),
            gettext("%(n)s responden hanya ditanya tiga unsur") % {"n": grouped(figures["short"])},
        )
    yield (
        gettext("Jawaban seragam"),
        gettext("%(n)s responden memberi nilai sama pada sembilan unsur; ditandai, tidak dibuang")
        % {"n": grouped(figures["straight"])},
    )
    yield (
        gettext("Kelompok kecil"),
        gettext("kelompok dengan kurang dari %(n)s jawaban, dan kelompok yang membuatnya tertebak, dirahasiakan")
        % {"n": method["least"]},
    )
    yield gettext("Keadaan data"), longdate(date.fromisoformat(method["until"]))
    yield gettext("Aturan"), f"{method['rule_set']}, {method['sample_rule_set']}"


def _sentences(figures: Mapping[str, Any]) -> Iterable[str]:
    """The analysis: headline, strong and weak elements, services, course."""
    index = figures["index"]
    if index is None:
        return
    known = sorted((each for each in figures["elements"] if each["rank"]), key=lambda each: each["rank"])
    told = {"unit": figures["unit"]["name"], "ikm": number(index["ikm"]), "grade": letter_words(index["grade"])}
    yield gettext("IKM %(unit)s adalah %(ikm)s, mutu %(grade)s.") % told
    best = known[0]
    yield gettext("Unsur tertinggi adalah %(label)s (%(ikm)s).") % {
        "label": label_of(best["code"]).lower(),
        "ikm": number(best["ikm"]),
    }
    low = [next(each for each in figures["elements"] if each["code"] == code) for code in figures["weakest"]]
    listed = "; ".join(f"{label_of(each['code']).lower()} ({number(each['ikm'])})" for each in low)
    yield gettext("Tiga unsur terendah adalah %(list)s.") % {"list": listed}
    if best["code"] == "biaya":
        yield gettext("Nilai biaya tinggi karena layanan gratis; ini bukan ukuran kerja petugas.")
    yield from _courses(figures)


def _courses(figures: Mapping[str, Any]) -> Iterable[str]:
    services = [each for each in figures["services"] if each["ikm"] is not None]
    if len(services) > 1:
        low = min(services, key=lambda each: Decimal(each["ikm"]))
        yield gettext("Layanan dengan nilai terendah adalah %(name)s di %(unit)s (%(ikm)s).") % {
            "name": low["name"],
            "unit": low["unit"],
            "ikm": number(low["ikm"]),
        }
    if figures["trend"]:
        before = figures["trend"][-1]
        change = Decimal(figures["index"]["ikm"]) - Decimal(before["ikm"])
        told = {
            "change": number(str(abs(change))),
            "before": period_name(figures["kind"], date.fromisoformat(before["starts_on"])),
        }
        words = {
            1: gettext("Naik %(change)s dari %(before)s."),
            -1: gettext("Turun %(change)s dari %(before)s."),
            0: gettext("Sama dengan %(before)s."),
        }
        yield words[(change > 0) - (change < 0)] % told


def _cautions(figures: Mapping[str, Any]) -> Iterable[str]:
    n, method = figures["respondents"], figures["method"]
    if figures["index"] is None:
        yield gettext("IKM belum dihitung: setiap unsur perlu sekurang-kurangnya %(n)s jawaban.") % {
            "n": method["least"]
        }
    if method["target"] and n < method["target"]:
        rest = method["target"] - n
        yield ngettext(
            "Masih kurang %(n)s responden dari target.", "Masih kurang %(n)s responden dari target.", rest
        ) % {"n": grouped(rest)}
    if n and figures["straight"] * 2 > n:
        yield gettext(
            "Lebih dari separuh responden memberi nilai sama pada semua unsur. Periksa cara survei ditawarkan."
        )
    if method["weights"] != WeightMode.EXACT:
        yield gettext(
            "Bobot ini menurunkan IKM dan dapat mengubah kelasnya; pakai hanya untuk mencocokkan laporan lama."
        )


def _bars(elements: tuple[ElementRow, ...], figures: Mapping[str, Any]) -> Bars:
    values = {each["code"]: hundredths(each["ikm"]) for each in figures["elements"]}
    return Bars(
        gettext("Nilai per unsur"),
        [Bar(row.label, values[row.code], row.kind, row.words) for row in elements],
        form=ikm_text,
        highest=10_000,
        heads=(gettext("Unsur"), "IKM"),
    )


def _short_name(kind: str, start: date) -> str:
    """A period below a chart: "TW III/26", "S II/26", "2026"."""
    number = ("I", "II", "III", "IV")[(start.month - 1) // MONTHS[SurveyKind(kind)]]
    told = {"number": number, "year": f"{start.year % 100:02d}"}
    if kind == SurveyKind.YEAR:
        return str(start.year)
    return (gettext("S %(number)s/%(year)s") if kind == SurveyKind.HALF else gettext("TW %(number)s/%(year)s")) % told


def _trend(figures: Mapping[str, Any]) -> Line | None:
    if not figures["trend"] or figures["index"] is None:
        return None
    rows = [*figures["trend"], {"starts_on": figures["starts_on"], "ikm": figures["index"]["ikm"]}]
    return Line(
        gettext("IKM dari periode ke periode"),
        [_short_name(figures["kind"], date.fromisoformat(row["starts_on"])) for row in rows],
        [Series("IKM", [hundredths(row["ikm"]) for row in rows])],
        form=ikm_text,
        highest=10_000,
        label_head=gettext("Periode"),
    )


def present_voice(tally: Tally | None) -> Bars | None:
    """An officer's own means by element; None where too few answered."""
    if tally is None:
        return None
    bars = []
    for code, mean in tally.means().items():
        value = half_up(mean * 25, 2)
        letter = grade(value)
        bars.append(Bar(label_of(code), int(value.scaleb(2)), KINDS[letter], letter_words(letter)))
    return Bars(
        gettext("Nilai per unsur"), bars, form=ikm_text, highest=10_000, heads=(gettext("Unsur"), gettext("Nilai"))
    )
