"""A policy as a document: read, written and compared without losing or inventing anything."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.policies import (
    PRESETS,
    Policy,
    PolicyError,
    changes,
    digest,
    document_of,
    json_text,
    load_document,
    load_policy,
    load_preset,
    read_json,
    read_toml,
    toml_text,
)
from terang.rules.policies.model import PostReporting
from terang.rules.work.signals import Limits

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.integers(-(2**62), 2**62) | st.booleans() | TEXTS | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=6))
def test_whatever_a_document_holds_toml_gives_it_back(document) -> None:
    assert tomllib.loads(toml_text(document)) == document


@pytest.mark.parametrize("code", PRESETS)
def test_toml_and_json_say_the_same_policy(code: str) -> None:
    policy = load_preset(code)
    document = document_of(policy)
    assert load_policy(toml_text(document)) == policy
    assert load_document(read_json(json_text(document))) == policy
    assert digest(load_document(read_json(json_text(document)))) == digest(policy)


@given(st.text(max_size=60))
def test_any_text_is_a_document_or_a_problem_with_a_place(text: str) -> None:
    for read in (read_toml, read_json):
        found: object = None
        try:
            found = read(text)
        except PolicyError as error:
            found = error.problems
        assert isinstance(found, dict) or all(each.path and each.message and each.unreadable for each in found)


def said(old: Policy, new: Policy) -> list[str]:
    return [change.sentence().replace("\u00a0", " ") for change in changes(old, new)]


def test_a_policy_is_not_different_from_itself_or_its_next_number() -> None:
    policy = load_preset("mamuju")
    assert said(policy, policy) == []
    assert said(policy, replace(policy, version=2, code="lain")) == []


def test_what_came_went_and_changed_is_said() -> None:
    old = load_preset("palu")
    quick = replace(old.aspects[2], measures=(replace(old.aspects[2].measures[0], share_bp=10_000, min_answers=3),))
    new = replace(old, aspects=(*old.aspects[:2], quick, old.aspects[3]), standard_bp=6_550, floors=old.floors[1:])
    new = replace(new, valid_from=date(2027, 5, 1))
    assert said(old, new) == [
        "Umum, berlaku sejak: 1 Januari 2025 → 1 Mei 2027",
        "Umum, standar: 65 % → 65,5 %",
        "Efisiensi waktu › Layanan tepat waktu, porsi dalam bagiannya: 70 % → 100 %",
        "Efisiensi waktu › Layanan tepat waktu, jawaban paling sedikit: 1 → 3",
        "Dihapus: Efisiensi waktu › Kecepatan layanan (porsi dalam bagiannya 30 %)",
        "Dihapus: Batas bawah Berorientasi Pelayanan (batas bawah 60 %)",
    ]
    assert said(new, old)[-1] == "Baru: Batas bawah Berorientasi Pelayanan (batas bawah 60 %)"


def test_names_are_said_in_the_readers_language() -> None:
    old = load_preset("palu")
    new = replace(old, aspects=(replace(old.aspects[0], weight_bp=2_000), *old.aspects[1:]))
    assert [change.place for change in changes(old, new, english=True)] == ["Number of services"]


def _first(policy: Policy, **fields) -> Policy:
    return replace(policy, aspects=(replace(policy.aspects[0], **fields), *policy.aspects[1:]))


def _rule(policy: Policy, **fields) -> Policy:
    rules = policy.aspects[0].measures
    return _first(policy, measures=(replace(rules[0], **fields), *rules[1:]))


CHANGES = {
    "title": lambda p: replace(p, title="Lain"),
    "valid_from": lambda p: replace(p, valid_from=date(2030, 1, 1)),
    "period": lambda p: replace(p, period_kind="year" if p.period_kind != "year" else "month"),
    "warning": lambda p: replace(p, warning_days=7),
    "action": lambda p: replace(p, action_days=70),
    "coverage": lambda p: replace(p, least_coverage_bp=1),
    "roles": lambda p: replace(p, second_factor_roles=()),
    "label": lambda p: _first(p, label="Lain"),
    "label_en": lambda p: _first(p, label_en="Other"),
    "cap": lambda p: _rule(p, cap_bp=11_111),
    "missing": lambda p: _rule(p, missing="hold"),
    "guards": lambda p: _rule(p, guards=()),
    "parameters": lambda p: _rule(p, parameters={"fallback": "unit"}),
    "order": lambda p: replace(p, aspects=p.aspects[::-1]),
    "work": lambda p: replace(p, work_rating=replace(p.work_rating, meets_bp=1)),
    "behaviour": lambda p: replace(p, behaviour_rating=replace(p.behaviour_rating, above_bp=9_999)),
    "instrument": lambda p: replace(p, instruments=(replace(p.instruments[0], scale_max=9),)),
    "rhythm": lambda p: replace(p, reporting=replace(p.reporting, rhythm="monthly")),
    "answer": lambda p: replace(p, reporting=replace(p.reporting, answer_days=9)),
    "posts": lambda p: replace(p, reporting=replace(p.reporting, posts=(PostReporting("monthly", 1, 1, ("bidan",)),))),
    "questions": lambda p: replace(p, reporting=replace(p.reporting, questions=Limits(photo_days=9))),
    "variants": lambda p: replace(p, variants=() if p.variants else p.variants, floors=() if p.floors else p.floors),
}


@given(code=st.sampled_from(PRESETS), names=st.sets(st.sampled_from(sorted(CHANGES)), max_size=4))
def test_no_difference_goes_untold(code: str, names: set[str]) -> None:
    """Whatever makes another digest is said in words, and nothing is said where the policy is the same."""
    old = new = load_preset(code)
    for name in sorted(names):
        new = CHANGES[name](new)
    assert bool(changes(old, new)) is (digest(old) != digest(new))
