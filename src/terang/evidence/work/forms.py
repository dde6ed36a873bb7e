"""What a person types about an activity, read into what the services take."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.kinds import EXTENSIONS
from terang.evidence.work.desk import SHOWN, Desk
from terang.evidence.work.drafts import Offer
from terang.evidence.work.models import Entry, Favourite
from terang.evidence.work.purposes import Purpose, purpose_of
from terang.rules.work.hints import doubt
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin
from terang.web.numbers import duration, longdate, quantity
from terang.web.quantities import QuantityField
from terang.web.sentences import said

MOST_FILES = 5
OTHER = "lain"
"""The chip that opens a field of its own."""
QUICK_MINUTES = (15, 30, 60, 120, 240)
DAY_MINUTES = 24 * 60


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(FileField):
    """Files of one entry, each as `FileField` takes it; cleans to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            text = gettext("Paling banyak %(most)s berkas untuk satu kegiatan. Pilih yang paling jelas.")
            raise forms.ValidationError(text % {"most": MOST_FILES}, code="many")
        if not files:
            super().clean(None, initial)
        return [super(FilesField, self).clean(file, initial) for file in files]

    def hint(self) -> str:
        return gettext("Sampai %(most)s berkas. %(each)s") % {"most": MOST_FILES, "each": super().hint()}


class ProofForm(forms.Form):
    """What an entry says and shows. `sure` is the quantity, in milli-units, that was asked about and is confirmed."""

    text = forms.CharField(
        label=_("Apa yang dikerjakan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tuliskan hasilnya, bukan hanya kegiatannya."),
    )
    quantity = QuantityField(label=_("Jumlah"), required=False)
    sure = forms.CharField(required=False, max_length=20)
    proof = FilesField(label=_("Bukti: foto atau berkas"), types=EXTENSIONS, required=False)
    unsure_milli: int | None = None
    """The quantity that was not taken because it is far outside the usual, until `sure` brings the same one."""

    def ask_about(self, desk: Desk, purpose: Purpose) -> None:
        """Asks once about a quantity far outside the usual; what is confirmed is the very quantity asked about."""
        milli = self.cleaned_data.get("quantity")
        asked = doubt(milli, desk.usual_milli(purpose.key), purpose.target_milli) if milli else None
        if asked and self.cleaned_data.get("sure") != str(milli):
            self.unsure_milli = milli
            self.add_error("quantity", forms.ValidationError(said(asked), code="unsure"))


class CorrectionForm(VersionMixin, ProofForm):
    """A returned entry, corrected: also what it counts for, its day and its minutes. What is left empty stays."""

    purpose = forms.ChoiceField(label=_("Untuk hasil kerja"), required=False)
    day = forms.DateField(label=_("Tanggal"), widget=DateInput, required=False)
    minutes = forms.IntegerField(label=_("Lama dalam menit"), required=False, min_value=1, max_value=DAY_MINUTES)

    def __init__(self, *args: Any, desk: Desk, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk, self.entry = desk, entry
        choices = [(key, each.label) for key, each in desk.purposes.items()]
        self.fields["purpose"].choices = [("", gettext("Tetap seperti semula")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        stays = purpose_of(self.entry, self.desk.purposes)
        if purpose := self.desk.purposes.get(data.get("purpose", "")) or stays:
            self.ask_about(self.desk, purpose)
        return data

    def chosen(self) -> Purpose | None:
        """What it counts for from now on; without a quantity it reports to no figure. None where that stays."""
        found = self.desk.purposes.get(self.cleaned_data["purpose"])
        without = found is not None and self.cleaned_data["quantity"] is None
        return replace(found, indicator=None) if found and without else found


@dataclass(frozen=True)
class Chip:
    """One quick choice of a row of radio buttons, drawn as a chip."""

    id: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Card:
    """One purpose, drawn as a card to choose."""

    id: str
    purpose: Purpose
    checked: bool
    detail: str


class EntryForm(FormKeyMixin, ProofForm):
    """An activity. `purpose` is one list of all it can count for: indicators and open tasks of one's own plan.

    `day` and `minutes` take a value of their chips, or `lain` with the field beside it; `day` is always an ISO day, so
    that a form left open over midnight still means the day that was on screen. `favourite`: a name to keep it under.
    """

    day = forms.CharField(label=_("Tanggal"), max_length=10)
    day_other = forms.DateField(label=_("Tanggal lain"), widget=DateInput, required=False)
    minutes = forms.CharField(label=_("Lama"), required=False, max_length=6)
    minutes_other = forms.IntegerField(label=_("Lama dalam menit"), required=False, min_value=1, max_value=DAY_MINUTES)
    purpose = forms.ChoiceField(
        label=_("Untuk hasil kerja"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih hasil kerja dari rencana Anda.")},
    )
    source = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    favourite = forms.CharField(
        label=_("Simpan juga sebagai favorit, dengan nama"),
        required=False,
        max_length=60,
        help_text=_("Nama pendek, paling panjang 60 huruf."),
    )

    field_order = ("purpose", "text", "quantity", "minutes", "proof", "day")

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk, self.purposes = desk, desk.purposes
        choices = [(key, each.label) for key, each in desk.purposes.items()]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]

    def clean_day(self) -> date | None:
        """The day of the chip; None where another day is asked for and told beside it."""
        value = self.cleaned_data["day"]
        if value == OTHER:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise forms.ValidationError(gettext("Pilih tanggal kegiatan."), code="day") from None

    def clean_minutes(self) -> int | None:
        value = self.cleaned_data["minutes"]
        if value in ("", OTHER):
            return None
        if not value.isdecimal() or not 1 <= int(value) <= DAY_MINUTES:
            raise forms.ValidationError(gettext("Isi lama dengan menit, paling banyak 1.440."), code="minutes")
        return int(value)

    def clean(self) -> dict[str, Any]:
        """Adds result, indicator, task and quantity_milli. Without a quantity nothing is reported to a figure."""
        data = super().clean() or self.cleaned_data
        if "day" in data and data["day"] is None:
            data["day"] = data.get("day_other")
            if data["day"] is None and "day_other" not in self.errors:
                self.add_error("day_other", gettext("Pilih tanggal kegiatan."))
        if data.get("minutes") is None and self.data.get("minutes") == OTHER:
            data["minutes"] = data.get("minutes_other")
        if purpose := self.desk.purposes.get(data.get("purpose", "")):
            milli = data.get("quantity")
            data |= {"result": purpose.result, "task": purpose.task}
            data |= {"indicator": purpose.indicator if milli is not None else None, "quantity_milli": milli or 0}
            self.ask_about(self.desk, purpose)
        return data

    @property
    def is_begun(self) -> bool:
        """Whether the form as drawn begins from something: a draft, a favourite, an earlier entry."""
        return bool(self.initial.get("text"))

    @property
    def purpose_shown(self) -> Purpose | None:
        """The purpose that is chosen in the form as drawn."""
        return self.desk.purposes.get(self["purpose"].value() or "")

    def cards(self) -> list[Card]:
        """The purposes used last, and the chosen one."""
        return list(self._cards())[: self._cut]

    def more_cards(self) -> list[Card]:
        return list(self._cards())[self._cut :]

    @property
    def _cut(self) -> int:
        """How many cards stand open: the usual few, none hidden for a single one, and never the chosen one."""
        keys = list(self.desk.purposes)
        chosen = self["purpose"].value()
        needed = keys.index(chosen) + 1 if chosen in keys else 0
        return max(SHOWN, needed) if len(keys) > SHOWN + 1 else len(keys)

    def _cards(self) -> Iterator[Card]:
        chosen = self["purpose"].value()
        for number, (key, each) in enumerate(self.desk.purposes.items()):
            yield Card(f"{self['purpose'].auto_id}_{number}", each, key == chosen, _detail(each))

    def day_chips(self) -> list[Chip]:
        """Today, yesterday, another day."""
        today = self.desk.day
        shown = self["day"].value()
        iso = shown.isoformat() if isinstance(shown, date) else str(shown or "")
        near = {today.isoformat(): gettext("Hari ini"), (today - timedelta(days=1)).isoformat(): gettext("Kemarin")}
        chosen = iso if iso in near else OTHER if iso else ""
        rows = [*near.items(), (OTHER, gettext("Tanggal lain"))]
        return [Chip(f"id_day_{n}", value, label, value == chosen) for n, (value, label) in enumerate(rows)]

    def day_other_value(self) -> str:
        """What stands in the field of another day: what was typed, or a day that has no chip."""
        if typed := self["day_other"].value():
            return typed.isoformat() if isinstance(typed, date) else str(typed)
        shown = self["day"].value()
        return shown.isoformat() if isinstance(shown, date) else "" if shown == OTHER else str(shown or "")

    def minute_chips(self) -> list[Chip]:
        shown = str(self["minutes"].value() or "")
        quick = {str(each): duration(each) for each in QUICK_MINUTES}
        chosen = shown if shown in quick else OTHER if shown else ""
        rows = [*quick.items(), (OTHER, gettext("Lama lain"))]
        return [Chip(f"id_minutes_{n}", value, label, value == chosen) for n, (value, label) in enumerate(rows)]

    def minutes_other_value(self) -> str:
        shown = str(self["minutes"].value() or "")
        return str(self["minutes_other"].value() or ("" if shown == OTHER else shown))


def _detail(purpose: Purpose) -> str:
    """The second line of a card: what it is part of."""
    if purpose.task:
        return gettext("Tugas, tenggat %(due)s") % {"due": longdate(purpose.task.due_on)}
    return purpose.result.text if purpose.indicator else ""


def like(row: Entry | Favourite, desk: Desk | None = None) -> dict[str, Any]:
    """The start of a form that repeats an entry or a favourite: purpose, text, quantity and minutes, no proof. The
    purpose is missing where it is no longer in the plan; without a desk only what is said is repeated."""
    purpose = purpose_of(row, desk.purposes) if desk else None
    counted = row.indicator_id or getattr(row, "task_id", None)
    start: dict[str, Any] = {"text": row.text, "quantity": quantity(row.quantity_milli) if counted else ""}
    start["minutes"] = row.minutes
    return start | ({"purpose": purpose.key} if purpose else {})


def from_offer(offer: Offer) -> dict[str, Any]:
    """The start of a form that takes over a draft."""
    draft = offer.draft
    start: dict[str, Any] = {"text": draft.text, "day": draft.day, "source": draft.source, "minutes": draft.minutes}
    if draft.quantity_milli is not None:
        start["quantity"] = quantity(draft.quantity_milli)
    return start | ({"purpose": offer.purpose.key} if offer.purpose else {})


class FavouriteForm(forms.Form):
    """The name of a favourite."""

    name = forms.CharField(label=_("Nama"), max_length=60, help_text=_("Nama pendek, paling panjang 60 huruf."))


class PointForm(forms.Form):
    """What a favourite counts for from now on."""

    purpose = forms.ChoiceField(label=_("Untuk hasil kerja"))

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(key, each.label) for key, each in desk.purposes.items()]  # type: ignore[attr-defined]
