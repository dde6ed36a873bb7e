"""The form of a sheet and of the common marks: a level and a note for each behaviour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext

from terang.evidence.observation.models import Mark
from terang.evidence.observation.models.observations import Seen
from terang.evidence.observation.services import Noted
from terang.rules.observations.rubric import Behaviour, Indicator, Rubric

NOTE = 400


@dataclass(frozen=True)
class Choice:
    """One level to choose: its button, its name and how it looks here."""

    control: Any
    name: str
    look: str


@dataclass(frozen=True)
class Asked:
    """One behaviour on the sheet."""

    number: int
    behaviour: Behaviour
    level: forms.BoundField
    choices: list[Choice]
    note: forms.BoundField


class SheetForm(forms.Form):
    """`level_<code>` and `note_<code>` for each behaviour; `allowed` narrows the levels of some. A gap is no error
    here: a sheet is kept as far as it is filled, and the service tells what lacks when it is given. `picked` says
    whose behaviours the page showed: they have the same numbers in every indicator."""

    picked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, *args: Any, rubric: Rubric, indicator: Indicator, allowed: Mapping[str, Iterable[int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rubric, self.indicator = rubric, indicator
        self.fields["picked"].initial = indicator.code
        for each in indicator.behaviours:
            values = [value for value in rubric.values if value in allowed.get(each.code, rubric.values)]
            self.fields[f"level_{each.code}"] = forms.TypedChoiceField(
                label=each.text,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[(value, value) for value in values],
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{each.code}"] = forms.CharField(
                label=gettext("Yang terlihat"),
                max_length=NOTE,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def asked(self) -> list[Asked]:
        """Every behaviour with its levels in words."""
        return [self._asked(number, each) for number, each in enumerate(self.indicator.behaviours, 1)]

    def _asked(self, number: int, behaviour: Behaviour) -> Asked:
        bound = self[f"level_{behaviour.code}"]
        levels = [(control, self.rubric.level(int(control.data["value"]))) for control in bound]
        choices = [
            Choice(control, level.name, self.rubric.look(behaviour, level.value)) for control, level in levels if level
        ]
        return Asked(number, behaviour, bound, choices, self[f"note_{behaviour.code}"])

    def noted(self) -> dict[str, Noted]:
        told = self.cleaned_data
        codes = [each.code for each in self.indicator.behaviours]
        return {code: Noted(told.get(f"level_{code}"), told.get(f"note_{code}", "")) for code in codes}


class SettleForm(SheetForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def kept(marks: Iterable[Seen]) -> dict[str, Any]:
    """Initial values of a form from what was kept."""
    told: dict[str, Any] = {}
    for mark in marks:
        told |= {f"level_{mark.behaviour}": mark.value, f"note_{mark.behaviour}": mark.note}
    return told


def common_start(indicator: Indicator, one: Iterable[Mark], other: Iterable[Mark]) -> dict[str, Any]:
    """Where the two agree the mark is filled in, with both notes; where they differ it waits for a word."""
    first, second = ({mark.behaviour: mark for mark in each} for each in (one, other))
    told: dict[str, Any] = {}
    for each in indicator.behaviours:
        a, b = first.get(each.code), second.get(each.code)
        if a and b and a.value == b.value:
            told[f"level_{each.code}"] = a.value
            notes = " · ".join(dict.fromkeys(note for note in (a.note, b.note) if note))
            told[f"note_{each.code}"] = notes[:NOTE]
    return told
