"""The survey as a form, and the officer's choice of a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import Service
from terang.evidence.citizens.questionnaire import QUESTIONS
from terang.evidence.citizens.services import REMARK_LENGTH
from terang.rules.tables import ELEMENTS
from terang.web.forms import ScaleField


class SurveyForm(forms.Form):
    """Nine questions, each may stay empty, and a remark. `answers()` gives element → 1 to 4 or None."""

    remark = forms.CharField(
        label=_("Saran atau kritik"),
        max_length=REMARK_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jangan menulis nama atau nomor telepon."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for element, question in QUESTIONS.items():
            self.fields[element] = ScaleField(label=question.text, choices=question.choices, required=False)
        self.order_fields([*ELEMENTS, "remark"])

    def scales(self) -> list[tuple[int, forms.BoundField]]:
        """The nine questions with their numbers, in order."""
        return [(number, self[element]) for number, element in enumerate(ELEMENTS, 1)]

    def answers(self) -> dict[str, int | None]:
        return {element: self.cleaned_data[element] for element in ELEMENTS}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and all(data.get(element) is None for element in ELEMENTS):
            raise forms.ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
        return data


class ReceiveForm(forms.Form):
    """Which service a citizen asks for."""

    service = forms.ModelChoiceField(Service.objects.none(), label=_("Layanan"), empty_label=None)

    def __init__(self, *args: Any, services: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
