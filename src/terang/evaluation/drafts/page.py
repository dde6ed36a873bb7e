"""What the page of a draft says: its steps, what is still wrong, what is different from the version it replaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from terang.evaluation import plain
from terang.evaluation.access import may_publish
from terang.evaluation.drafts.editor import unplaced
from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.drafts.plainly import named, plainly
from terang.evaluation.drafts.steps import Step, steps_of
from terang.evaluation.drafts.validity import consequences, problems_with_day
from terang.evaluation.models import PolicyVersion
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import newest_begun
from terang.registry.people.viewer import Viewer
from terang.rules.policies import (
    Change,
    Document,
    Policy,
    PolicyError,
    Problem,
    changes,
    load_document,
    problems_of,
    read_toml,
)
from terang.web.numbers import english


@dataclass(frozen=True)
class ToldStep:
    """A step with how much is wrong in it, and what, in plain words."""

    step: Step
    count: int
    lines: list[str]


@dataclass(frozen=True)
class ToldDraft:
    """A draft as it stands. `words`, `consequences` and `changes` only where nothing is wrong with it; `compared` is
    the version it would replace, missing for a first policy."""

    steps: list[ToldStep]
    other: list[str]
    day: list[str]
    words: plain.PolicyWords | None
    consequences: list[str]
    compared: PolicyVersion | None
    changes: tuple[Change, ...]

    @property
    def is_sound(self) -> bool:
        return self.words is not None and not self.day

    @property
    def problem_count(self) -> int:
        return sum(each.count for each in self.steps) + len(self.other) + len(self.day)


def told_steps(document: Document, problems: Sequence[Problem] | None = None) -> list[ToldStep]:
    """The steps of a document with their problems."""
    found = problems_of(document) if problems is None else problems
    return [_told_step(step, [each for each in found if step.holds(each.path)]) for step in steps_of(document)]


def _told_step(step: Step, problems: Sequence[Problem]) -> ToldStep:
    return ToldStep(step, len(problems), named(problems))


def problems_for(document: Document, versions: Sequence[PolicyVersion], today: date) -> Sequence[Problem]:
    """What is wrong with a document; once nothing else is, also with the day it holds from."""
    return problems_of(document) or problems_with_day(load_document(document), versions, today)


def told(draft: PolicyDraft, versions: Sequence[PolicyVersion], today: date) -> ToldDraft:
    """All that the page says about a draft. `versions` newest first, those of its government. No query."""
    document = read_toml(draft.text)
    others = [each for each in versions if each.pk != draft.published_id]
    try:
        policy = load_document(document)
    except PolicyError as error:
        steps = told_steps(document, error.problems)
        return ToldDraft(steps, unplaced(error.problems, steps_of(document)), [], None, [], None, ())
    return _told_sound(draft, document, policy, others, today)


def _told_sound(
    draft: PolicyDraft, document: Document, policy: Policy, others: Sequence[PolicyVersion], today: date
) -> ToldDraft:
    compared = newest_begun(others, policy.valid_from)
    decided = draft.published_id is not None
    return ToldDraft(
        steps=told_steps(document, ()),
        other=[],
        day=[] if decided else [plainly(each) for each in problems_with_day(policy, others, today)],
        words=plain.words(policy),
        consequences=consequences(policy, others, today),
        compared=compared,
        changes=changes(rules_of(compared), policy, english=english()) if compared else (),
    )


def may_write(viewer: Viewer) -> bool:
    return may_publish(viewer)
