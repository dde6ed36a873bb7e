"""The aspects of a round as scales."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.colleagues.models import ReviewRound
from terang.web.forms import ScaleField

FIVE_WORDS = (_("Sangat kurang"), _("Kurang"), _("Cukup"), _("Baik"), _("Sangat baik"))


class ReviewForm(forms.Form):
    """One scale for each aspect; an aspect that cannot be judged stays empty."""

    def __init__(self, *args: Any, opening: ReviewRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in opening.labels.items():
            self.fields[code] = ScaleField(label=label, choices=_steps(opening), required=False)

    def answers(self) -> dict[str, int]:
        return {code: value for code, value in self.cleaned_data.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(gettext("Jawab sekurang-kurangnya satu aspek."), code="empty")
        return data


def _steps(opening: ReviewRound) -> list[tuple[str, Promise | str]]:
    """The steps of the scale; words stand beside a scale of five, other scales name their ends."""
    numbers = range(opening.scale_min, opening.scale_max + 1)
    if len(numbers) == len(FIVE_WORDS):
        return [(str(number), word) for number, word in zip(numbers, FIVE_WORDS, strict=True)]
    ends = {opening.scale_min: FIVE_WORDS[0], opening.scale_max: FIVE_WORDS[-1]}
    return [(str(number), ends.get(number, "")) for number in numbers]
