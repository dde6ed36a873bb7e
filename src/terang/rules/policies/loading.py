"""Builds a `Policy` from TOML and refuses, all at once and precisely, whatever is inconsistent."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import cast

from terang.rules.catalogue import MEASURES, SIGNALS, MeasureSpec, Parameter, ParameterValue
from terang.rules.policies.checking import check_references
from terang.rules.policies.documents import Document, read_json, read_toml
from terang.rules.policies.model import (
    ANSWER_DAYS,
    DECIDE_DAYS,
    FULL_BP,
    Aspect,
    BehaviourRating,
    Floor,
    FollowUp,
    FollowUpTerms,
    Instrument,
    InstrumentAspect,
    MeasureRule,
    MissingRule,
    PeriodKind,
    Policy,
    PostReporting,
    Recognition,
    Reporting,
    Rhythm,
    Successive,
    Variant,
    WorkRating,
)
from terang.rules.policies.problems import PolicyError, Problem, basis_points
from terang.rules.policies.reading import BROKEN, LONGEST_CODE, LONGEST_TITLE, Reader
from terang.rules.sentences import Sentence
from terang.rules.work.signals import Limits

PRESETS = ("makassar", "palu", "aceh_tenggara", "semarang", "mamuju")
"""Codes of the policies that come with the program, starting values that a government edits."""

ROLES = (
    "kepegawaian",
    "pengawasan",
    "petugas_layanan",
    "pengelola_layanan",
    "pengaduan",
    "kepala_daerah",
    "auditor",
    "operator",
)
"""Appointed roles for which a policy may ask for a second factor."""

SUCCESSIVE_PREDICATES = ("sangat_baik", "baik")
"""Predicates of which several years in a row open something (PermenPANRB 6/2022 Pasal 31)."""

RECOGNITIONS = ("succession_pool", "development_priority")
"""What they open, as the regulation names it (`rules/regulations/data/follow_up.toml`)."""

POST_KINDS = ("jpt", "administrator", "pengawas", "pelaksana", "fungsional")
"""Kinds of post (UU 20/2023) that may have a rhythm of their own."""

CAP_LIMIT_BP = 12_000
_RHYTHMS = ("daily", "weekly", "monthly")
_LATER: dict[str, object] = {
    "answer_days": ANSWER_DAYS,
    "posts": (),
    "decide_days": DECIDE_DAYS,
    "questions": asdict(Limits()),
}
"""Fields younger than stored policies, with what their absence means: an absent one leaves the digest as it was."""
_PERIODS = ("month", "quarter", "semester", "year")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_AGENCY = re.compile(r"\d{2}(\.\d{2})?")


def load_policy(source: str | Path) -> Policy:
    """The policy in `source`: TOML text, or the path of a TOML file or a JSON file (`.json`).

    Raises `PolicyError` with every problem found, and OSError where the file cannot be read.
    """
    if isinstance(source, Path):
        text = source.read_text(encoding="utf-8-sig")
        return load_document(read_json(text) if source.suffix.lower() == ".json" else read_toml(text))
    return load_document(read_toml(source))


def load_document(document: Document) -> Policy:
    """The policy a document says. Raises `PolicyError` with every problem found."""
    policy, problems = _judged(document)
    if problems:
        raise PolicyError(problems)
    return policy


def problems_of(document: Document) -> tuple[Problem, ...]:
    """Everything that keeps a document from being a policy, in the order of the file."""
    return tuple(_judged(document)[1])


def _judged(document: Document) -> tuple[Policy, list[Problem]]:
    problems: list[Problem] = []
    reader = Reader(document, "", problems)
    policy = _policy(reader)
    reader.finish()
    check_references(policy, problems)
    return policy, problems


def load_preset(code: str) -> Policy:
    """One of the policies that come with the program. Raises KeyError for an unknown code."""
    return load_policy(preset_text(code))


def preset_text(code: str) -> str:
    """The TOML text of the preset of that code. Raises `KeyError` for any other code."""
    if code not in PRESETS:
        raise KeyError(code)
    return (files("terang.rules.policies") / "presets" / f"{code}.toml").read_text(encoding="utf-8")


def digest(policy: Policy) -> str:
    """SHA-256 of what the policy says, in hexadecimal: comments, spacing and order of keys do not change it."""
    said = asdict(policy)
    said["reporting"] = {key: value for key, value in said["reporting"].items() if value != _LATER.get(key, BROKEN)}
    if policy.follow_up == FollowUpTerms():
        said.pop("follow_up")
    return hashlib.sha256(
        json.dumps(said, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":")).encode()
    ).hexdigest()


def _policy(reader: Reader) -> Policy:
    ratings = reader.table("ratings")
    instruments = reader.tables("instruments", _instrument, required=False)
    policy = Policy(
        code=_code(reader, "code"),
        title=reader.text("title", longest=LONGEST_TITLE),
        agency_code=_agency(reader),
        version=reader.integer("version", 1, 9_999),
        valid_from=reader.day("valid_from"),
        period_kind=cast(PeriodKind, reader.choice("period", _PERIODS)),
        standard_bp=reader.integer("standard_bp", 0, CAP_LIMIT_BP),
        warning_days=reader.integer("warning_days", 1, 365, 5),
        action_days=reader.integer("action_days", 1, 365, 10),
        least_coverage_bp=reader.integer("least_coverage_bp", 0, FULL_BP),
        aspects=_aspects(reader),
        variants=reader.tables("variants", _variant, required=False),
        instruments=instruments,
        work_rating=_work_rating(ratings.table("work_result")),
        behaviour_rating=_behaviour_rating(ratings.table("behaviour")),
        floors=reader.tables("floors", _floor, required=False),
        reporting=_reporting(reader.table("reporting")),
        second_factor_roles=reader.texts("second_factor_roles", ROLES),
        follow_up=_follow_up(reader.table("follow_up", required=False)),
    )
    ratings.finish()
    if policy.action_days != BROKEN and policy.action_days <= policy.warning_days:
        reader.report(
            "action_days",
            Sentence(
                "bernilai %(action)s, tidak lebih lama dari warning_days = %(warning)s.",
                {"action": policy.action_days, "warning": policy.warning_days},
            ),
            Sentence("Tindakan perbaikan harus datang sesudah peringatan."),
            kind="action_before_warning",
        )
    return policy


def _code(reader: Reader, key: str) -> str:
    code = reader.text(key, longest=LONGEST_CODE)
    if code and not _CODE.fullmatch(code):
        message = Sentence("“%(code)s” bukan kode.", {"code": code})
        reader.report(key, message, Sentence("Pakai huruf kecil, angka, dan garis bawah, diawali huruf."))
    return code


def _agency(reader: Reader) -> str:
    code = reader.text("agency_code")
    if code and not _AGENCY.fullmatch(code):
        message = Sentence("“%(code)s” bukan kode wilayah.", {"code": code})
        reader.report("agency_code", message, Sentence("Tulis seperti 73.71 (kabupaten/kota) atau 73."))
    return code


def _aspects(reader: Reader) -> tuple[Aspect, ...]:
    aspects = reader.tables("aspects", _aspect)
    _unique(reader, [(f"aspects[{index}].code", aspect.code) for index, aspect in enumerate(aspects)])
    parts = [(aspect.code, aspect.weight_bp) for aspect in aspects]
    _check_sum(reader, "aspects", Sentence("Bobot aspek"), parts)
    places = [(f"aspects[{index}]", aspect.measures) for index, aspect in enumerate(aspects)]
    _unique(
        reader, [(f"{path}.measures[{n}].code", rule.code) for path, rules in places for n, rule in enumerate(rules)]
    )
    return aspects


def _aspect(reader: Reader) -> Aspect:
    return Aspect(
        code=_code(reader, "code"),
        label=reader.text("label"),
        label_en=reader.text("label_en"),
        weight_bp=reader.integer("weight_bp", 1, FULL_BP),
        measures=_measures(reader),
    )


def _measures(reader: Reader) -> tuple[MeasureRule, ...]:
    measures = reader.tables("measures", _measure)
    parts = [(rule.code, rule.share_bp) for rule in measures]
    _check_sum(reader, "measures", Sentence("Porsi ukuran"), parts)
    return measures


def _measure(reader: Reader) -> MeasureRule:
    code = reader.choice("code", MEASURES)
    spec = MEASURES.get(code)
    return MeasureRule(
        code=code,
        share_bp=reader.integer("share_bp", 1, FULL_BP),
        cap_bp=reader.integer("cap_bp", FULL_BP, CAP_LIMIT_BP, FULL_BP),
        missing=cast(MissingRule, reader.choice("missing", ("share_out", "hold"), "share_out")),
        min_answers=reader.integer("min_answers", 1, 1_000, spec.min_answers if spec else 1),
        guards=reader.texts("guards", (*SIGNALS, *MEASURES)),
        parameters=_parameters(reader.table("parameters", required=False), spec),
    )


def _parameters(reader: Reader, spec: MeasureSpec | None) -> dict[str, ParameterValue]:
    if spec is None:
        return {}
    values = {parameter.name: _parameter(reader, parameter) for parameter in spec.parameters}
    reader.finish()
    return values


def _parameter(reader: Reader, parameter: Parameter) -> ParameterValue:
    if isinstance(parameter.default, int):
        return reader.integer(parameter.name, 0, FULL_BP, parameter.default)
    if parameter.choices:
        return reader.choice(parameter.name, parameter.choices, str(parameter.default))
    return reader.text(parameter.name, str(parameter.default))


def _variant(reader: Reader) -> Variant:
    return Variant(
        code=_code(reader, "code"),
        label=reader.text("label"),
        label_en=reader.text("label_en"),
        applies_to=reader.texts("applies_to", required=True),
        aspects=_aspects(reader),
    )


def _instrument(reader: Reader) -> Instrument:
    instrument = Instrument(
        code=_code(reader, "code"),
        label=reader.text("label"),
        label_en=reader.text("label_en"),
        scale_min=reader.integer("scale_min", 0, 10),
        scale_max=reader.integer("scale_max", 1, 100),
        aspects=reader.tables("aspects", _instrument_aspect),
    )
    if instrument.scale_max != BROKEN and instrument.scale_max <= instrument.scale_min:
        message = Sentence("tidak lebih besar dari scale_min.")
        reader.report("scale_max", message, Sentence("Misalnya skala 1 sampai 5."), kind="scale")
    _unique(reader, [(f"aspects[{index}].code", aspect.code) for index, aspect in enumerate(instrument.aspects)])
    return instrument


def _instrument_aspect(reader: Reader) -> InstrumentAspect:
    return InstrumentAspect(_code(reader, "code"), reader.text("label"), reader.text("label_en"))


def _work_rating(reader: Reader) -> WorkRating:
    above, meets = _thresholds(reader)
    rating = WorkRating(aspects=reader.texts("aspects", required=True), above_bp=above, meets_bp=meets)
    reader.finish()
    return rating


def _behaviour_rating(reader: Reader) -> BehaviourRating:
    above, meets = _thresholds(reader)
    measures = _measures(reader)
    _unique(reader, [(f"measures[{index}].code", rule.code) for index, rule in enumerate(measures)])
    reader.finish()
    return BehaviourRating(measures=measures, above_bp=above, meets_bp=meets)


def _thresholds(reader: Reader) -> tuple[int, int]:
    above = reader.integer("above_bp", 1, CAP_LIMIT_BP)
    meets = reader.integer("meets_bp", 1, CAP_LIMIT_BP)
    if BROKEN not in (above, meets) and meets >= above:
        reader.report(
            "meets_bp",
            Sentence(
                "%(meets)s tidak lebih rendah dari above_bp %(above)s.",
                {"meets": basis_points(meets), "above": basis_points(above)},
            ),
            Sentence("Batas “sesuai ekspektasi” harus di bawah batas “di atas ekspektasi”."),
            kind="thresholds",
        )
    return above, meets


def _floor(reader: Reader) -> Floor:
    return Floor(
        subject=reader.text("subject"),
        floor_bp=reader.integer("floor_bp", 1, FULL_BP),
        follow_up=cast(FollowUp, reader.choice("follow_up", ("talk", "coaching", "training"))),
        message=reader.text("message"),
    )


def _follow_up(reader: Reader) -> FollowUpTerms:
    usual = FollowUpTerms()
    terms = FollowUpTerms(
        act_days=reader.integer("act_days", 1, 60, usual.act_days),
        escalate_days=reader.integer("escalate_days", 1, 60, usual.escalate_days),
        remeasure_days=reader.integer("remeasure_days", 1, 260, usual.remeasure_days),
        successive=reader.tables("successive", _successive, required=False),
    )
    reader.finish()
    return terms


def _successive(reader: Reader) -> Successive:
    return Successive(
        predicate=reader.choice("predicate", SUCCESSIVE_PREDICATES),
        years=reader.integer("years", 2, 5),
        action=cast(Recognition, reader.choice("action", RECOGNITIONS)),
        message=reader.text("message"),
    )


def _reporting(reader: Reader) -> Reporting:
    grace, remote = reader.integer("grace_days", 0, 31), reader.integer("remote_grace_days", 0, 31)
    reporting = Reporting(
        rhythm=cast(Rhythm, reader.choice("rhythm", _RHYTHMS)),
        grace_days=grace,
        remote_grace_days=remote,
        progress=cast(PeriodKind, reader.choice("progress", _PERIODS)),
        answer_days=reader.integer("answer_days", 1, 31, ANSWER_DAYS),
        posts=reader.tables("posts", lambda each: _post_reporting(each, grace, remote), required=False),
        decide_days=reader.integer("decide_days", 1, 31, DECIDE_DAYS),
        questions=_questions(reader.table("questions", required=False)),
    )
    reader.finish()
    return reporting


def _questions(reader: Reader) -> Limits:
    """From where on an entry is asked about; a limit that is left out is the usual one."""
    usual = asdict(Limits())
    limits = Limits(**{name: reader.integer(name, 1, 100_000, default) for name, default in usual.items()})
    reader.finish()
    return limits


def _post_reporting(reader: Reader, grace: int, remote: int) -> PostReporting:
    """The rhythm of some posts; graces left out are the general ones."""
    rule = PostReporting(
        rhythm=cast(Rhythm, reader.choice("rhythm", _RHYTHMS)),
        grace_days=reader.integer("grace_days", 0, 31) if reader.has("grace_days") else grace,
        remote_grace_days=reader.integer("remote_grace_days", 0, 31) if reader.has("remote_grace_days") else remote,
        applies_to=reader.texts("applies_to"),
        kinds=reader.texts("kinds", POST_KINDS),
    )
    if not rule.applies_to and not rule.kinds:
        reader.report(
            "applies_to",
            Sentence("belum diisi."),
            Sentence("Isi applies_to dengan rumpun jabatan, atau kinds dengan jenis jabatan."),
            kind="missing",
        )
    return rule


def _unique(reader: Reader, places: Sequence[tuple[str, str]]) -> None:
    """Reports every code that stands at a second place; `places` are (path, code)."""
    first: dict[str, str] = {}
    for path, code in places:
        if code and code in first:
            message = Sentence("“%(code)s” sudah ada di %(place)s.", {"code": code, "place": reader.at(first[code])})
            reader.report(path, message, Sentence("Gabungkan atau hapus satu."), kind="twice")
        first.setdefault(code, path)


def _check_sum(reader: Reader, key: str, what: Sentence, parts: Iterable[tuple[str, int]]) -> None:
    known = list(parts)
    total = sum(value for _, value in known)
    if not known or total == FULL_BP or any(value == BROKEN for _, value in known):
        return
    gap = FULL_BP - total
    listed = ", ".join(f"{code or '?'} {value}" for code, value in known)
    change = Sentence("kurang %(gap)s", {"gap": gap}) if gap > 0 else Sentence("lebih %(gap)s", {"gap": -gap})
    reader.report(
        key,
        Sentence(
            "%(what)s berjumlah %(sum)s, seharusnya %(full)s: %(change)s.",
            {"what": what, "sum": basis_points(total), "full": basis_points(FULL_BP), "change": change},
        ),
        Sentence("Sekarang: %(listed)s. Ubah agar jumlahnya tepat 10000.", {"listed": listed}),
        kind="sum",
    )
