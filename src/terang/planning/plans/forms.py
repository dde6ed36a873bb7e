"""What a person types about the own plan, read into parts of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from terang.planning.plans.presenting import LEVELS
from terang.planning.plans.sources import LeaderOption
from terang.registry.people.models import Employee
from terang.registry.people.selectors import find_person, main_posts
from terang.rules.plans import (
    LeaderRow,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
    Step,
)
from terang.rules.plans.checks import LEADING_LEVELS
from terang.web.forms import FormKeyMixin, VersionMixin

LEAST_LETTERS = 4
"""A name is looked for from so many letters on: less would list the office."""
KEEP = "tetap"
"""The choice that keeps a leader's row which stands in no plan that can be chosen from."""
DECIDED = _("Sudah diputuskan penilai.")
_PRIORITY = [("1", _("Utama: prioritas tinggi")), ("0", _("Tambahan: prioritas rendah"))]


class Lines(forms.Textarea):
    """A text of a few lines."""

    def __init__(self, rows: int = 2, **attrs: Any) -> None:
        super().__init__(attrs={"rows": rows, **attrs})


class ResultForm(FormKeyMixin, VersionMixin):
    """A result: what is promised, what it serves, and who gave it."""

    text = forms.CharField(
        label=_("Rencana hasil kerja"),
        max_length=300,
        widget=Lines(),
        help_text=_("Tulis apa yang ada atau berubah sesudah dikerjakan, bukan kegiatannya."),
    )
    leader = forms.ChoiceField(label=_("Hasil kerja pimpinan yang didukung"), required=False)
    main = forms.ChoiceField(label=_("Prioritas"), choices=_PRIORITY, widget=forms.RadioSelect, initial="1")
    level = forms.ChoiceField(label=_("Tingkat kendali"), required=False)
    programme = forms.CharField(label=_("Program pemerintah yang didukung"), max_length=150, required=False)
    assigned_by = forms.CharField(
        label=_("Penugasan dari (jabatan atau tim)"),
        max_length=150,
        required=False,
        help_text=_("Kosongkan bila penugasan datang dari penilai Anda."),
    )
    assigner = forms.CharField(
        label=_("Nama atau NIP pimpinan yang menugaskan"),
        max_length=150,
        required=False,
        help_text=_("Hanya bila pimpinan itu bukan penilai Anda; penilai Anda menyetujui penugasan ini dahulu."),
    )
    acting = forms.BooleanField(label=_("Dikerjakan sebagai Plt. atau Plh. (selalu utama)"), required=False)
    vital = forms.CharField(
        label=_("Alasan target mutlak"),
        max_length=200,
        required=False,
        help_text=_("Hanya bila menyangkut nyawa, cedera, keamanan negara, atau kerugian keuangan besar."),
    )
    more = ("level", "programme", "assigned_by", "assigner", "acting", "vital")

    def __init__(
        self,
        *args: Any,
        document: PlanDocument,
        options: Sequence[LeaderOption],
        result: PlannedResult | None,
        agency_id: int,
        assigner: Employee | None = None,
        decided: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {**_result_initial(result, options, assigner), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.result, self.agency_id, self.giver = result, agency_id, assigner
        self.options = {option.value: option.row for option in options}
        self.fields["main"].disabled = decided
        self._offer(document, options)
        self.fields["text"].widget.attrs |= {
            "hx-get": reverse("plans:hint"),
            "hx-trigger": "change",
            "hx-target": "#wording",
        }

    def _offer(self, document: PlanDocument, options: Sequence[LeaderOption]) -> None:
        choices: list[tuple[str, Any]] = [("", pgettext("hasil kerja pimpinan", "Belum ada"))]
        if self.initial.get("leader") == KEEP and self.result and self.result.leader:
            choices.append((KEEP, self.result.leader.text))
        choices += [(option.value, option.label) for option in options]
        levels = LEADING_LEVELS if document.form == "jpt" else tuple(LEVELS)
        self.fields["leader"].choices = choices  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("Belum dipilih")), *((code, LEVELS[code]) for code in levels)]  # type: ignore[attr-defined]

    def clean_assigner(self) -> Employee | None:
        text = self.cleaned_data["assigner"].strip()
        if not text:
            return None
        if self.giver and text == self.giver.name:
            return self.giver
        if sum(letter.isalpha() for letter in text) < LEAST_LETTERS and not text.isdigit():
            raise forms.ValidationError(gettext("Tulis nama lengkap atau NIP."), code="short")
        found = find_person(self.agency_id, text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("Tidak ada pegawai dengan nama atau NIP ini."), code="nobody")
        told = gettext("Ada beberapa orang: %(names)s. Tulis nama lengkap atau NIP-nya.")
        raise forms.ValidationError(told % {"names": _told_apart(found)}, code="several")

    def planned(self, indicators: Iterable[PlannedIndicator], steps: Iterable[Step]) -> PlannedResult:
        """The result as typed; what the form does not ask stays as it was. Work as Plt. or Plh. is always main."""
        data = self.cleaned_data
        before = self.result or PlannedResult(data["form_key"].hex[:12], "")
        giver = data["assigner"]
        given = (data["assigned_by"].strip() or (giver.name if giver else ""), giver.pk if giver else None)
        same = given == (before.assigned_by, before.assigner_id)
        return replace(
            before,
            text=data["text"],
            main=data["main"] == "1" or data["acting"],
            level=data["level"],
            programme=data["programme"],
            assigned_by=given[0],
            assigner_id=given[1],
            approved=before.approved if same else None,
            acting=data["acting"],
            vital=data["vital"],
            leader=self._leader(data["leader"], before),
            indicators=tuple(indicators),
            steps=tuple(steps),
        )

    def _leader(self, value: str, before: PlannedResult) -> LeaderRow | None:
        return before.leader if value == KEEP else self.options.get(value)


def _result_initial(
    result: PlannedResult | None, options: Sequence[LeaderOption], assigner: Employee | None
) -> dict[str, Any]:
    if result is None:
        return {}
    return {
        "text": result.text,
        "leader": _chosen(result.leader, options),
        "main": "1" if result.main else "0",
        "level": result.level,
        "programme": result.programme,
        "assigned_by": result.assigned_by,
        "assigner": assigner.name if assigner else "",
        "acting": result.acting,
        "vital": result.vital,
    }


def _told_apart(people: Sequence[Employee]) -> str:
    """Names with post and unit. Never the NIP: it holds the day of birth."""
    places = main_posts([person.pk for person in people], timezone.localdate())
    posts = {pk: f"{place.post.title}, {place.post.unit.name}" for pk, place in places.items()}
    return "; ".join(f"{person.name} ({posts[person.pk]})" if person.pk in posts else person.name for person in people)


def _chosen(row: LeaderRow | None, options: Sequence[LeaderOption]) -> str:
    if row is None:
        return ""
    same = (
        option.value
        for option in options
        if (option.row.text, option.row.indicator_text) == (row.text, row.indicator_text)
    )
    return next(same, KEEP)
