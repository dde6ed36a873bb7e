"""A letter of assignment as typed: who, when, where, what for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.kinds import EXTENSIONS
from terang.evidence.attendance.leave_forms import SpanForm
from terang.evidence.attendance.models import DutyKind
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_reports, find_person
from terang.registry.people.viewer import Viewer
from terang.web.forms import FileField, FormKeyMixin, VersionMixin

MOST_LINES = 100


class PeopleForm(FormKeyMixin, SpanForm):
    """People are ticked from the own team, or named by NIP or name, one a line. `clean` gathers them in `people`."""

    team = forms.TypedMultipleChoiceField(
        label=_("Dari tim Anda"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.CharField(
        label=_("NIP atau nama, satu orang per baris"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency_id = viewer.agency_id
        self.reports = {person.pk: person for person in direct_reports(viewer.employee, viewer.today)}
        self.fields["team"].choices = [(pk, person.name) for pk, person in self.reports.items()]  # type: ignore[attr-defined]

    def clean_others(self) -> list[Employee]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(gettext("Paling banyak %(n)s orang dalam satu surat.") % {"n": MOST_LINES})
        people = {row.nip: row for row in Employee.objects.filter(agency_id=self.agency_id, nip__in=lines)}
        found, problems = [], []
        for line in lines:
            person, problem = (people[line], "") if line in people else self._named(line)
            found += [person] if person else []
            problems += [problem] if problem else []
        if problems:
            raise forms.ValidationError(problems)
        return found

    def _named(self, text: str) -> tuple[Employee | None, str]:
        found = find_person(self.agency_id, text[:150])
        if len(found) == 1:
            return found[0], ""
        if not found:
            return None, gettext("“%(text)s” tidak ditemukan. Periksa ejaan, atau pakai NIP.") % {"text": text}
        names = "; ".join(f"{person.name} ({person.nip})" for person in found[:5])
        return None, gettext("“%(text)s” cocok dengan beberapa orang: %(names)s. Tulis NIP-nya.") % {
            "text": text,
            "names": names,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = [self.reports[pk] for pk in data.get("team") or [] if pk in self.reports]
        people = {person.pk: person for person in (*chosen, *(data.get("others") or []))}
        data["people"] = list(people.values())
        if not people and "others" not in self.errors:
            self.add_error("others", gettext("Pilih paling sedikit satu orang."))
        return data


class DutyForm(PeopleForm):
    """A letter of assignment."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=DutyKind.choices)
    letter = forms.CharField(label=_("Nomor surat tugas"), max_length=100)
    signed_by = forms.CharField(label=_("Penanda tangan"), max_length=150)
    purpose = forms.CharField(label=_("Maksud"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    place = forms.CharField(label=_("Tempat"), max_length=150)
    proof = FileField(label=_("Surat tugas"), types=EXTENSIONS, required=False)

    field_order = (
        "team",
        "others",
        "starts_on",
        "last_day",
        "place",
        "purpose",
        "kind",
        "letter",
        "signed_by",
        "proof",
    )


class CancelForm(VersionMixin):
    """Taking a duty back: the reason is all there is to write."""

    reason = forms.CharField(label=_("Mengapa dibatalkan"), max_length=250)


def shown(form: DutyForm) -> tuple[list[Employee], date | None, date | None]:
    """The people and days of a form that is still being filled; what is missing is None."""
    data = form.cleaned_data
    return data.get("people", []), data.get("starts_on"), data.get("ends_on")
