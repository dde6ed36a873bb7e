"""Forms of awards. They read what was typed; the services decide."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Predicate
from terang.evidence.work.models import Entry
from terang.follow_up.awards.models import Call, Category, Nomination, Value
from terang.follow_up.awards.services import Bound, Plan, Proposal
from terang.planning.plans.models import PlanResult
from terang.registry.people.forms import PersonField
from terang.registry.people.models import Employee
from terang.rules.awards import Terms
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin
from terang.web.numbers import longdate

MOST_LINES = 20


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PeopleField(forms.CharField):
    """People of the agency by NIP or name, one a line. Cleans to a list of employees without anybody twice."""

    def __init__(self, **kwargs: Any) -> None:
        self.person = PersonField()
        kwargs.setdefault("help_text", _("NIP atau nama, satu orang tiap baris."))
        super().__init__(max_length=3000, widget=_area(4), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(gettext("Paling banyak %(n)s orang.") % {"n": MOST_LINES})
        found: dict[int, Employee] = {}
        problems = []
        for line in lines:
            try:
                person = self.person.clean(line[:150])
                found[person.pk] = person
            except forms.ValidationError as error:
                problems += [f"{line[:60]}: {told}" for told in error.messages]
        if problems:
            raise forms.ValidationError(problems)
        return list(found.values())


class PraiseForm(FormKeyMixin):
    text = forms.CharField(
        label=_("Terima kasih untuk apa?"),
        max_length=280,
        widget=_area(3),
        help_text=_("Sebut yang dilakukan dan apa gunanya."),
    )
    value = forms.ChoiceField(label=_("Nilai BerAKHLAK"), choices=[("", "–"), *Value.choices], required=False)
    about = forms.ChoiceField(label=_("Hasil atau kegiatan"), required=False)

    def __init__(self, *args: Any, results: Sequence[PlanResult], entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results = {f"hasil-{each.pk}": each for each in results}
        self.entries = {f"kegiatan-{each.pk}": each for each in entries}
        if not self.results and not self.entries:
            del self.fields["about"]
            self.fields["value"].required = True
            return
        told = [(key, each.text[:80]) for key, each in self.results.items()]
        told += [(key, f"{longdate(each.day)}: {each.text[:80]}") for key, each in self.entries.items()]
        self.fields["about"] = forms.ChoiceField(
            label=_("Hasil atau kegiatan"),
            choices=[("", "–"), *told],
            required=False,
            help_text=_("Pilih salah satu dari keduanya."),
        )

    def bound(self) -> Bound:
        about = self.cleaned_data.get("about", "")
        return Bound(self.cleaned_data["value"], self.results.get(about), self.entries.get(about))


class CommitteeForm(VersionMixin):
    chair = PersonField(label=_("Ketua panitia"))
    others = PeopleField(label=_("Anggota panitia"))

    def __init__(self, *args: Any, agency_id: int, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _seats(call), **kwargs})
        _look_in(self, agency_id)


def _look_in(form: forms.Form, agency_id: int) -> None:
    """Where the people of a form are looked for."""
    for each in form.fields.values():
        if isinstance(each, PersonField):
            each.agency_id = agency_id
        elif isinstance(each, PeopleField):
            each.person.agency_id = agency_id


def _seats(call: Call | None) -> dict[str, Any]:
    if call is None:
        return {"version": 0}
    members = list(call.members.all())
    chair = next((each.employee.nip for each in members if each.chairs), "")
    others = "\n".join(each.employee.nip for each in members if not each.chairs)
    return {"chair": chair, "others": others, "version": call.version}


class CallForm(FormKeyMixin, CommitteeForm):
    title = forms.CharField(label=_("Nama penghargaan"), max_length=150)
    category = forms.ChoiceField(label=_("Kategori"), choices=Category.choices, widget=forms.RadioSelect)
    criteria = forms.CharField(label=_("Yang dinilai"), max_length=1000, widget=_area(4))
    period_start = forms.DateField(label=_("Prestasi sejak"), widget=DateInput)
    period_end = forms.DateField(label=_("Prestasi sampai (tidak termasuk)"), widget=DateInput)
    nominate_until = forms.DateField(label=_("Usulan sampai"), widget=DateInput)
    vote_until = forms.DateField(label=_("Suara sampai"), widget=DateInput)
    tenure_years = forms.IntegerField(label=_("Masa kerja paling sedikit (tahun)"), min_value=0, max_value=40)
    least_predicate = forms.ChoiceField(
        label=_("Predikat paling rendah"), choices=[("", _("Tidak disyaratkan")), *Predicate.choices], required=False
    )
    predicate_years = forms.IntegerField(label=_("dalam berapa tahun terakhir"), min_value=0, max_value=10)
    clean_years = forms.IntegerField(label=_("Tanpa hukuman disiplin selama (tahun)"), min_value=0, max_value=40)
    bonus_idr = forms.IntegerField(
        label=_("Bonus tiap orang (rupiah)"),
        min_value=1,
        required=False,
        help_text=_("Kosongkan bila tidak ada. Dicatat orang kedua dalam tunjangan, bila aturannya membaca bonus."),
    )
    document = forms.CharField(label=_("Dasar"), max_length=150, help_text=_("Keputusan tentang penghargaan."))
    field_order = (
        "title", "category", "criteria", "period_start", "period_end", "nominate_until", "vote_until", "tenure_years",
        "least_predicate", "predicate_years", "clean_years", "bonus_idr", "document", "chair", "others",
    )  # fmt: skip

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, agency_id=agency_id, **kwargs)
        usual = {"category": Category.MODEL, "tenure_years": 0, "predicate_years": 0, "clean_years": 0, "version": 0}
        self.initial = {**usual, **self.initial}

    def plan(self) -> Plan:
        told = self.cleaned_data
        names = ("tenure_years", "least_predicate", "predicate_years", "clean_years")
        return Plan(
            title=told["title"],
            category=told["category"],
            criteria=told["criteria"],
            period_start=told["period_start"],
            period_end=told["period_end"],
            nominate_until=told["nominate_until"],
            vote_until=told["vote_until"],
            terms=Terms(**{name: told[name] for name in names}),
            document=told["document"],
            chair=told["chair"],
            others=told["others"],
            bonus_idr=told["bonus_idr"],
        )


class PeopleForm(forms.Form):
    """Whom to nominate, before what they did is asked."""

    people = PeopleField(label=_("Yang diusulkan"))

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _look_in(self, agency_id)


class NominateForm(FormKeyMixin):
    team = forms.CharField(label=_("Nama tim"), max_length=120)
    reason = forms.CharField(
        label=_("Apa yang dicapai"),
        max_length=1000,
        widget=_area(5),
        help_text=_("Apa yang berubah, bagi siapa, dan dari mana diketahui."),
    )
    entries = forms.MultipleChoiceField(
        label=_("Kegiatan yang sudah diterima"), required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = forms.CharField(
        label=_("Dokumen"),
        max_length=2000,
        required=False,
        widget=_area(3),
        help_text=_("Jenis, nomor, dan tanggalnya; satu tiap baris."),
    )

    def __init__(
        self, *args: Any, call: Call, people: Sequence[Employee], entries: Iterable[Entry], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.offered = {str(each.pk): each for each in entries}
        if call.category != Category.TEAM:
            del self.fields["team"]
        several = len(people) > 1
        self.fields["entries"].choices = [  # type: ignore[attr-defined]
            (key, f"{longdate(each.day)}: {each.text[:90]}" + (f" ({each.employee.name})" if several else ""))
            for key, each in self.offered.items()
        ]
        if not self.offered:
            del self.fields["entries"]

    def proposal(self) -> Proposal:
        told = self.cleaned_data
        return Proposal(
            self.people,
            told["reason"],
            [self.offered[key] for key in told.get("entries", [])],
            told["documents"].splitlines(),
            told.get("team", ""),
        )


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(4))


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label=_("Hubungan Anda"),
        max_length=300,
        widget=_area(3),
        help_text=_("Misalnya keluarga, atau bekerja bersama. Dibaca panitia dan kepegawaian."),
    )


class ChoiceForm(forms.Form):
    """One of some nominations, with a reason."""

    nomination = forms.ChoiceField(label=_("Usulan"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(4))

    def __init__(self, *args: Any, rows: Sequence[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["nomination"].choices = [  # type: ignore[attr-defined]
            (key, row.names) for key, row in self.rows.items()
        ]

    def chosen(self) -> Nomination:
        return self.rows[self.cleaned_data["nomination"]]


class TieForm(VersionMixin, ChoiceForm):
    """The same for the chair, from one version of the call."""


class AnnounceForm(VersionMixin):
    citation = forms.CharField(
        label=_("Alasan untuk semua pegawai"),
        max_length=1000,
        widget=_area(5),
        help_text=_("Dibaca semua pegawai di halaman penerima, dan tertulis di piagam."),
    )


class BonusForm(VersionMixin):
    month = forms.ChoiceField(label=_("Tunjangan bulan"))

    def __init__(self, *args: Any, months: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = list(months)  # type: ignore[attr-defined]

    def chosen(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])


class VersionForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""
