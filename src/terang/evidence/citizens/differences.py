"""What a new version of a standard changes against the one before, in words, for the person who publishes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from terang.evidence.citizens.catalogue_forms import INTERNAL, PUBLIC, StandardForm
from terang.evidence.citizens.models import ServiceStandard
from terang.evidence.citizens.services import RequirementText, StepText
from terang.evidence.citizens.working_time import limit_words, working_time
from terang.web.numbers import longdate, rupiah


@dataclass(frozen=True)
class Change:
    """One component that differs: the lines that go and the lines that come (none where nothing takes their place)."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


Told = dict[str, tuple[str, ...]]


def differences(
    before: ServiceStandard | None,
    after: ServiceStandard,
    requirements: Sequence[RequirementText] | None = None,
    steps: Sequence[StepText] | None = None,
) -> list[Change]:
    """Every component that differs, in the order of the form; everything where there was no version. Requirements and
    steps of `after` are read from it where they are not given."""
    old: Told = _told(before) if before else {}
    new = _told(after, requirements, steps)
    pairs = ((label, old.get(label, ()), lines) for label, lines in new.items())
    return [_change(label, was, will) for label, was, will in pairs if was != will]


def _change(label: str, was: tuple[str, ...], will: tuple[str, ...]) -> Change:
    """Only the lines that differ; all of them where only their order changed."""
    gone, come = tuple(x for x in was if x not in will), tuple(x for x in will if x not in was)
    return Change(label, gone, come) if gone or come else Change(label, was, will)


def _told(
    standard: ServiceStandard,
    requirements: Sequence[RequirementText] | None = None,
    steps: Sequence[StepText] | None = None,
) -> Told:
    """Each component as lines by its label."""
    labels = StandardForm.Meta.labels
    asked: Sequence[Any] = requirements if requirements is not None else list(standard.requirements.all())
    parts: Sequence[Any] = steps if steps is not None else list(standard.steps.all())
    told = {
        str(labels["decree"]): (standard.decree,),
        str(labels["valid_from"]): (longdate(standard.valid_from),),
        str(labels["online"]): (gettext("ya") if standard.online else gettext("tidak"),),
        gettext("Persyaratan"): tuple(_requirement(each) for each in asked),
        gettext("Jangka waktu"): (limit_words(standard.limit, standard.limit_unit, standard.limit_least),),
        gettext("Langkah"): tuple(f"{each.name} ({each.who}, {working_time(each.minutes)})" for each in parts),
    }
    for name in (*PUBLIC, *INTERNAL):
        value = getattr(standard, name)
        told[str(labels[name])] = tuple(filter(None, [rupiah(value) if name == "fee_idr" else str(value)]))
    return told


def _requirement(each: Any) -> str:
    detail = f", {each.detail}" if each.detail else ""
    kind = "" if each.obligatory else f" ({gettext('tidak wajib')})"
    return f"{each.name}{detail}{kind}"
