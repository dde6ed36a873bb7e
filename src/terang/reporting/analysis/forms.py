"""The question as a form, and the forms of a saved view."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.reporting.analysis.asked import MOST_PERIODS, TOTAL, By, Cohort, How, Menu, Question
from terang.reporting.analysis.models import SavedView, Sharing
from terang.web.forms import FormKeyMixin, VersionMixin

INDENT = "\u2003"
ELSEWHERE = _("Unit ini di luar yang boleh Anda lihat, atau tidak ada. Pilih unit dari daftar.")
GONE = _("Pilihan ini tidak ada lagi. Pilih dari daftar.")


USUAL = {
    "cara": How.COMPARE.value,
    "apa": TOTAL,
    "unit": "",
    "rumpun": "",
    "dari": "",
    "sampai": "",
    "menurut": By.UNIT.value,
    "kohort": Cohort.NEW.value,
}
"""What is asked where nothing is: the total of one's widest unit in the newest period with scores."""


class Choices(forms.Select):
    """A list of hundreds of units, written at once: a template for each of them takes longer than the answer."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        told = {str(each) for each in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if str(key) in told else "", label) for key, label in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt({**self.build_attrs(attrs or {}), "name": name}), options)


class AskForm(forms.Form):
    """What, for whom, when and how. Everything has an answer to begin with, so that an empty address is a question."""

    cara = forms.ChoiceField(label=_("Cara melihat"), choices=How.choices, error_messages={"invalid_choice": GONE})
    apa = forms.ChoiceField(label=_("Yang dilihat"), error_messages={"invalid_choice": GONE})
    unit = forms.ChoiceField(
        label=_("Unit, dengan semua di bawahnya"),
        required=False,
        widget=Choices,
        error_messages={"invalid_choice": ELSEWHERE},
    )
    rumpun = forms.ChoiceField(label=_("Rumpun jabatan"), required=False, error_messages={"invalid_choice": GONE})
    dari = forms.ChoiceField(label=_("Dari periode"), required=False, error_messages={"invalid_choice": GONE})
    sampai = forms.ChoiceField(label=_("Sampai periode"), required=False, error_messages={"invalid_choice": GONE})
    menurut = forms.ChoiceField(label=_("Dibagi menurut"), choices=By.choices, error_messages={"invalid_choice": GONE})
    kohort = forms.ChoiceField(
        label=_("Kohort: orang yang"), choices=Cohort.choices, error_messages={"invalid_choice": GONE}
    )

    def __init__(self, asked: Mapping[str, str], *, menu: Menu) -> None:
        """`asked` is the address's query; what it does not say is filled in."""
        self.menu = menu
        super().__init__({**USUAL, **{name: asked[name] for name in self.base_fields if name in asked}})
        choices = {
            "apa": menu.subjects,
            "unit": [
                ("", gettext("yang teratas bagi saya")),
                *((unit.pk, f"{INDENT * self._depth(unit.path)}{unit.name}") for unit in menu.units.values()),
            ],
            "rumpun": [("", gettext("semua rumpun")), *menu.families],
            "dari": [("", gettext("menurut cara melihat")), *self._periods()],
            "sampai": [("", gettext("yang terbaru")), *self._periods()],
        }
        for name, told in choices.items():
            self.fields[name].choices = told  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.use_required_attribute = lambda initial: False  # type: ignore[method-assign]

    def _depth(self, path: str) -> int:
        top = self.menu.top
        return max(path.count("/") - (top.path.count("/") if top else 0), 0)

    def _periods(self) -> list[tuple[int, str]]:
        return [(each.pk, each.title) for each in self.menu.periods.values()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "dari" not in told or "sampai" not in told or self.menu.newest is None:
            return told
        last = self.menu.periods[int(told["sampai"])] if told["sampai"] else self.menu.newest
        first = self.menu.periods[int(told["dari"])] if told["dari"] else last
        if first.kind != last.kind:
            self.add_error("dari", gettext("Pilih dua periode yang sejenis, misalnya dua bulan."))
        elif first.starts_on > last.starts_on:
            self.add_error("dari", gettext("Periode awal tidak boleh sesudah periode akhir."))
        elif told.get("cara") == How.TREND and len(self.menu.span(self._question(told))) > MOST_PERIODS:
            self.add_error("dari", gettext("Paling banyak %(most)s periode. Persempit.") % {"most": MOST_PERIODS})
        return told

    @property
    def question(self) -> Question:
        """What is asked; after `is_valid`."""
        return self._question(self.cleaned_data)

    def _question(self, told: Mapping[str, Any]) -> Question:
        newest, top = self.menu.newest, self.menu.top
        last, how = int(told["sampai"] or (newest.pk if newest else 0)), told.get("cara", How.COMPARE)
        return Question(
            subject=told.get("apa", TOTAL),
            unit=int(told.get("unit") or (top.pk if top else 0)),
            family=told.get("rumpun", ""),
            first=int(told["dari"]) if told["dari"] else self.menu.begin(last, how),
            last=last,
            how=how,
            by=told.get("menurut", By.UNIT),
            cohort=told.get("kohort", Cohort.NEW),
            follows=frozenset(name for name in ("unit", "dari", "sampai") if not told.get(name)),
        )


class _ViewForm(forms.Form):
    name = forms.CharField(
        label=_("Nama tampilan"),
        max_length=80,
        help_text=_("Yang akan dikenali orang lain, misalnya “Disiplin per dinas”."),
    )
    shared = forms.ChoiceField(
        label=_("Dibagikan kepada"),
        choices=Sharing.choices,
        widget=forms.RadioSelect,
        initial=Sharing.ME,
        help_text=_("Yang dibagikan pertanyaannya. Setiap orang hanya melihat yang memang boleh ia lihat."),
    )


class SaveForm(_ViewForm, FormKeyMixin):
    """A new view."""


class ChangeForm(_ViewForm, VersionMixin):
    """Another name, other readers."""

    def __init__(self, *args: Any, view: SavedView, **kwargs: Any) -> None:
        known = {"name": view.name, "shared": view.shared, "version": view.version}
        super().__init__(*args, **{"initial": known, **kwargs})


class RemoveForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""

    def __init__(self, *args: Any, view: SavedView, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"version": view.version}, **kwargs})
