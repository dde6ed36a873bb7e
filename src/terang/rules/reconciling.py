"""Two systems about the same people on the same day: what differs, and who must act. Pure; the order of rows says
nothing."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Owner = Literal["person", "superior", "personnel"]
Stage = Literal["", "draft", "submitted", "agreed"]
"""How far a plan is: none, being written, waiting for the superior, agreed."""

STAGES = ("", "draft", "submitted", "agreed")
PLAN_MISSING_THERE, PLAN_MISSING_HERE, PLAN_STATE = "plan_missing_there", "plan_missing_here", "plan_state"
SUPERIOR, POST, UNIT = "superior", "post", "unit"
PREDICATE, EVALUATION_MISSING_THERE = "predicate", "evaluation_missing_there"
EVALUATION_MISSING_HERE, UNKNOWN_HERE, UNKNOWN_THERE = "evaluation_missing_here", "unknown_here", "unknown_there"
LEFT_HERE = "left_here"


@dataclass(frozen=True)
class Here:
    """What Terang says of a person on the reports' days. `plan` is how far the plan is; `predicate` is a code, empty
    where none was handed over. `left` tells who had left by then."""

    nip: str
    post: str = ""
    unit: str = ""
    superior_nip: str = ""
    superior: str = ""
    plan: Stage = ""
    predicate: str = ""
    left: bool = False


@dataclass(frozen=True)
class There:
    """What the national system says. What its reports do not tell is missing (None); `plan` is "unknown" for a word of
    state we do not know."""

    nip: str
    post: str | None = None
    unit: str | None = None
    superior_nip: str | None = None
    superior: str = ""
    plan: str | None = None
    predicate: str | None = None


@dataclass(frozen=True)
class Coverage:
    """Whom the reports of plans and of evaluations are expected to name. Who is not expected is compared only where a
    report names them."""

    plans: frozenset[str] = frozenset()
    evaluations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """One difference: both values as they stand (codes for plans and predicates, words otherwise; empty: none), and
    who must act."""

    nip: str
    kind: str
    owner: Owner
    here: str
    there: str

    @property
    def digest(self) -> str:
        """Changes when the facts do; days are no part of it, so a newer report that says the same changes nothing."""
        told = [self.nip, self.kind, self.owner, self.here, self.there]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def differences(here: Iterable[Here], there: Iterable[There], coverage: Coverage) -> list[Found]:
    """All that differs, by NIP and kind. One row a person on either side."""
    ours = {each.nip: each for each in here}
    theirs = {each.nip: each for each in there}
    found = [
        each
        for nip in sorted(ours.keys() | theirs.keys())
        for each in _of(nip, ours.get(nip), theirs.get(nip), coverage)
    ]
    return sorted(found, key=lambda each: (each.nip, each.kind))


def _of(nip: str, here: Here | None, there: There | None, coverage: Coverage) -> Iterator[Found]:
    if here is None:
        yield Found(nip, UNKNOWN_HERE, "personnel", "", (there.post if there else "") or "")
    elif here.left:
        if there is not None:
            yield Found(nip, LEFT_HERE, "personnel", "", there.post or "")
    elif there is None:
        if nip in coverage.plans:
            yield _absent(here)
    else:
        yield from _plan(here, there, nip in coverage.plans)
        yield from _seat(here, there)
        yield from _evaluation(here, there, nip in coverage.evaluations)


def _absent(here: Here) -> Found:
    if here.plan:
        return Found(here.nip, PLAN_MISSING_THERE, "person", here.plan, "")
    return Found(here.nip, UNKNOWN_THERE, "personnel", here.post, "")


def _plan(here: Here, there: There, expected: bool) -> Iterator[Found]:
    if there.plan is None:
        if expected and here.plan:
            yield Found(here.nip, PLAN_MISSING_THERE, "person", here.plan, "")
    elif not here.plan:
        yield Found(here.nip, PLAN_MISSING_HERE, "person", "", there.plan)
    elif there.plan not in ("unknown", here.plan):
        behind = min(here.plan, there.plan, key=STAGES.index)
        yield Found(here.nip, PLAN_STATE, "superior" if behind == "submitted" else "person", here.plan, there.plan)


def _seat(here: Here, there: There) -> Iterator[Found]:
    if there.superior_nip and there.superior_nip != here.superior_nip:
        yield Found(here.nip, SUPERIOR, "personnel", here.superior, there.superior or there.superior_nip)
    for kind, ours, theirs in ((POST, here.post, there.post), (UNIT, here.unit, there.unit)):
        if theirs and same_words(ours) != same_words(theirs):
            yield Found(here.nip, kind, "personnel", ours, theirs)


def _evaluation(here: Here, there: There, expected: bool) -> Iterator[Found]:
    if there.predicate is None and not expected:
        return
    theirs = there.predicate or ""
    if here.predicate and not theirs:
        yield Found(here.nip, EVALUATION_MISSING_THERE, "superior", here.predicate, "")
    elif theirs and not here.predicate:
        yield Found(here.nip, EVALUATION_MISSING_HERE, "superior", "", theirs)
    elif theirs != here.predicate:
        yield Found(here.nip, PREDICATE, "superior", here.predicate, theirs)


def same_words(text: str) -> str:
    """Names without regard to case, spaces and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))
