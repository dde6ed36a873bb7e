"""Forms of guidance, reports and counselling. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.dialogue.models import Feedback
from terang.follow_up.coaching.models import BehaviourReport, Counsellor, CounsellorKind, Guidance, GuidanceKind
from terang.follow_up.coaching.services import Agreed, Meeting, Problem, Review, Wish, Word
from terang.follow_up.coaching.telling import parts_of
from terang.follow_up.growth.models import DueAction
from terang.registry.people.models import Employee
from terang.rules.regulations.guidance import MANAGERIAL, SOCIOCULTURAL, TECHNICAL, guidance_forms
from terang.web.forms import DateInput, FormKeyMixin, TimeInput, VersionMixin
from terang.web.numbers import longdate
from terang.web.sentences import said


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class OpenForm(FormKeyMixin):
    """A guidance that is opened or asked for."""

    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[
            (GuidanceKind.COACHING, _("Coaching: bertanya, sehingga pegawai menemukan caranya sendiri")),
            (GuidanceKind.MENTORING, _("Mentoring: berbagi pengetahuan dan pengalaman")),
        ],
        widget=forms.RadioSelect,
    )
    goal = forms.CharField(label=_("Apa yang ingin dicapai"), max_length=300, widget=_area(2))
    due = forms.ChoiceField(
        label=_("Dibuka karena"),
        required=False,
        help_text=_("Indikator pada catatan itu dilihat lagi sesudahnya."),
    )

    nip = forms.CharField(
        label=_("NIP pembimbing lain"),
        max_length=21,
        required=False,
        help_text=_("Kosongkan bila Anda sendiri yang membimbing."),
    )

    field_order = ("kind", "goal", "due", "nip")

    def __init__(self, *args: Any, guide: Employee, asks: bool, causes: list[DueAction], **kwargs: Any) -> None:
        """`guide` is the appraiser; `asks`: whether the employee asks them."""
        super().__init__(*args, **kwargs)
        self._guide, self._causes = guide, {str(each.pk): each for each in causes}
        words = [(pk, f"{row.get_kind_display()}: {said(row.reason)}"[:120]) for pk, row in self._causes.items()]
        _choices(self, "due", [("", gettext("Tidak ada catatan khusus")), *words])
        if not causes:
            del self.fields["due"]
        if asks:
            del self.fields["nip"]

    def clean_nip(self) -> Employee | None:
        return found_by_nip(self.cleaned_data["nip"], self._guide.agency_id)

    def wish(self) -> Wish:
        told = self.cleaned_data
        guide = told.get("nip") or self._guide
        return Wish(told["kind"], guide, told["goal"], self._causes.get(told.get("due", "")))


def found_by_nip(typed: str, agency_id: int) -> Employee | None:
    """Whose NIP was typed, with or without blanks; None where nothing was. Raises ValidationError where unknown."""
    nip = "".join(typed.split())
    found = Employee.objects.filter(nip=nip, agency_id=agency_id).first() if nip else None
    if nip and found is None:
        raise forms.ValidationError(gettext("NIP ini tidak ada di pemerintah daerah ini."))
    return found


class PartForm(VersionMixin):
    """The employee's own part, by the kind of guidance."""

    def __init__(self, *args: Any, guidance: Guidance, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"version": guidance.version, **guidance.told}, **kwargs})
        self._codes = []
        for code, label in parts_of(guidance.kind):
            self.fields[code] = forms.CharField(label=label, max_length=1000, required=False, widget=_area(2))  # type: ignore[arg-type]
            self._codes.append(code)

    def told(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self._codes}


class KeyForm(VersionMixin):
    """Turns a key: nothing is asked."""


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(3))


class OutcomeForm(VersionMixin):
    outcome = forms.CharField(
        label=_("Hasilnya"),
        max_length=1000,
        help_text=_("Tujuan dan hasil dibaca juga oleh atasan Anda; isi sesi tidak."),
        widget=_area(4),
    )


class MeetingForm(forms.Form):
    """The day of a session."""

    day = forms.DateField(label=_("Hari"), widget=DateInput)
    clock = forms.TimeField(label=_("Pukul"), widget=TimeInput)
    place = forms.CharField(label=_("Tempat"), max_length=120, help_text=_("“Daring” boleh."))
    minutes = forms.IntegerField(label=_("Lama, dalam menit"), initial=60)

    def meeting(self) -> Meeting:
        told = self.cleaned_data
        return Meeting(told["day"], told["clock"], told["place"], told["minutes"])


class NewMeetingForm(FormKeyMixin, MeetingForm):
    pass


class MoveForm(VersionMixin, MeetingForm):
    pass


class NotesForm(VersionMixin):
    notes = forms.CharField(
        label=_("Yang dibicarakan"),
        max_length=3000,
        help_text=_("Dibaca Anda berdua saja."),
        widget=_area(8),
    )
    minutes = forms.IntegerField(label=_("Lama, dalam menit"))


class StepForm(forms.Form):
    owner = forms.ChoiceField(label=_("Pemegang"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Langkah"), max_length=300, widget=_area(2))
    due_on = forms.DateField(label=_("Tenggat"), widget=DateInput)
    indicator = forms.CharField(label=_("Indikator kinerja individu"), max_length=300, required=False)
    adjusts = forms.BooleanField(
        label=_("Ukuran keberhasilan dan target disesuaikan"),
        required=False,
        help_text=_("Bila ya, SKP diubah lewat halaman SKP."),
    )

    def __init__(self, *args: Any, guidance: Guidance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each in guidance.people}
        _choices(self, "owner", [(pk, each.name) for pk, each in self._people.items()])
        if guidance.kind == GuidanceKind.MENTORING:
            del self.fields["indicator"], self.fields["adjusts"]

    def step(self) -> Agreed:
        told = self.cleaned_data
        return Agreed(
            self._people[told["owner"]],
            told["text"],
            told["due_on"],
            told.get("indicator", ""),
            told.get("adjusts", False),
        )


class StepDoneForm(forms.Form):
    outcome = forms.CharField(label=_("Hasilnya"), max_length=300, required=False, widget=_area(2))


class FeedbackForm(forms.Form):
    """Format B.1.8: the three thirds, with what is asked in each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in guidance_forms().told:
            self.fields[each.code] = forms.CharField(
                label=each.subject, help_text="; ".join(each.criteria) + ".", max_length=1000, widget=_area(3)
            )

    def word(self) -> Word:
        return Word(**self.cleaned_data)


MARKS = [("", _("Tidak dinilai")), *((str(each.mark), f"{each.mark} · {each.name}") for each in guidance_forms().scale)]
TECHNICAL_ROWS = 3


class ReviewForm(forms.Form):
    """Format B.1.9: a mark and its reason for each competence; technical ones by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows: list[tuple[str, str, str]] = []
        told = guidance_forms()
        for group, names in ((MANAGERIAL, told.managerial), (SOCIOCULTURAL, told.sociocultural)):
            for number, name in enumerate(names):
                self._add(f"{group}_{number}", group, name)
        for number in range(TECHNICAL_ROWS):
            code = f"{TECHNICAL}_{number}"
            self.fields[f"{code}_name"] = forms.CharField(label=_("Kompetensi teknis"), max_length=120, required=False)
            self._add(code, TECHNICAL, "")
        self.fields["recommendation"] = forms.CharField(label=_("Rekomendasi"), max_length=1000, widget=_area(3))

    def _add(self, code: str, group: str, name: str) -> None:
        self._rows.append((code, group, name))
        self.fields[f"{code}_mark"] = forms.ChoiceField(label=name or _("Nilai"), choices=MARKS, required=False)
        self.fields[f"{code}_reason"] = forms.CharField(label=_("Alasan"), max_length=300, required=False)

    def review(self) -> Review:
        told, marks = self.cleaned_data, []
        for code, group, name in self._rows:
            if mark := told[f"{code}_mark"]:
                called = name or told[f"{code}_name"].strip() or gettext("Kompetensi teknis")
                marks.append({"group": group, "name": called, "mark": int(mark), "reason": told[f"{code}_reason"]})
        return Review(tuple(marks), told["recommendation"])


class ReportForm(FormKeyMixin):
    """Format B.1.10."""

    talked_on = forms.DateField(
        label=_("Sudah dibicarakan dengan pegawai pada"),
        help_text=_("Wajib dibicarakan dahulu; laporan dikirim bila tidak ada perubahan."),
        widget=DateInput,
    )
    expectation = forms.CharField(
        label=_("Ekspektasi khusus terhadap yang bersangkutan, bila ada"),
        max_length=1000,
        required=False,
        widget=_area(2),
    )
    problem = forms.CharField(
        label=_("Permasalahan perilaku kerja yang menghambat kinerja individu, unit, atau tim"),
        help_text=_("Menurut nilai dasar ASN: apa yang terlihat, kapan, dan akibatnya. Bukan dugaan tentang orangnya."),
        max_length=2000,
        widget=_area(5),
    )
    others_too = forms.BooleanField(label=_("Permasalahan serupa juga terjadi pada pegawai lain"), required=False)
    tried = forms.CharField(label=_("Yang sudah Anda lakukan untuk perbaikan"), max_length=2000, widget=_area(4))
    proofs = forms.MultipleChoiceField(
        label=_("Umpan balik sebagai bukti"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, feedback: list[Feedback], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(each.pk), f"{longdate(each.day)}: {(each.behaviour or each.about)[:80]}") for each in feedback]
        _choices(self, "proofs", words)

    def problem_told(self) -> Problem:
        told = self.cleaned_data
        return Problem(
            told["talked_on"],
            told["expectation"],
            told["problem"],
            told["others_too"],
            told["tried"],
            [int(pk) for pk in told["proofs"]],
        )


class ReplyForm(VersionMixin):
    reply = forms.CharField(label=_("Pandangan saya"), max_length=2000, widget=_area(5))


class AnswerForm(VersionMixin):
    counsellor = forms.ChoiceField(label=_("Konselor"), required=False)
    answer = forms.CharField(label=_("Pertimbangan"), max_length=1000, widget=_area(3))

    def __init__(self, *args: Any, report: BehaviourReport, counsellors: list[Counsellor], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"version": report.version}, **kwargs})
        others = [each for each in counsellors if each.employee_id != report.employee_id]
        self._people = {str(each.employee_id): each.employee for each in others}
        nobody = [("", gettext("Tanpa konseling"))]
        _choices(self, "counsellor", [*nobody, *((pk, each.name) for pk, each in self._people.items())])

    def chosen(self) -> Employee | None:
        return self._people.get(self.cleaned_data["counsellor"])


class CounsellorForm(FormKeyMixin):
    nip = forms.CharField(label=_("NIP"), max_length=21)
    kind = forms.ChoiceField(label=_("Sebagai"), choices=CounsellorKind.choices, widget=forms.RadioSelect)
    basis = forms.CharField(label=_("Surat penunjukan atau sertifikat"), max_length=200)
    starts_on = forms.DateField(label=_("Mulai"), widget=DateInput)

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agency_id = agency_id

    def clean_nip(self) -> Employee | None:
        return found_by_nip(self.cleaned_data["nip"], self._agency_id)


class AskForm(FormKeyMixin):
    """Asks a counsellor for a talk."""

    other = forms.ChoiceField(label=_("Konselor"), widget=forms.RadioSelect)
    goal = forms.CharField(
        label=_("Yang ingin saya bicarakan"),
        max_length=1000,
        help_text=_("Hanya dibaca konselor yang Anda pilih."),
        widget=_area(4),
    )

    def __init__(self, *args: Any, counsellors: list[Counsellor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.employee_id): each.employee for each in counsellors}
        _choices(
            self,
            "other",
            [(str(each.employee_id), f"{each.employee.name} · {each.get_kind_display()}") for each in counsellors],
        )

    def chosen(self) -> Employee:
        return self._people[self.cleaned_data["other"]]


class InviteForm(FormKeyMixin):
    """A counsellor invites somebody."""

    nip = forms.CharField(label=_("NIP pegawai"), max_length=21)
    goal = forms.CharField(
        label=_("Yang ingin dibicarakan"),
        max_length=1000,
        help_text=_("Hanya dibaca pegawai itu. Ia boleh menolak tanpa alasan, dan tidak ada yang tahu."),
        widget=_area(4),
    )

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agency_id = agency_id

    def clean_nip(self) -> Employee | None:
        return found_by_nip(self.cleaned_data["nip"], self._agency_id)


class DayForm(VersionMixin):
    day = forms.DateField(label=_("Hari"), widget=DateInput)
    clock = forms.TimeField(label=_("Pukul"), widget=TimeInput)
    place = forms.CharField(label=_("Tempat"), max_length=120, help_text=_("“Daring” boleh."))


class TalkForm(VersionMixin):
    notes = forms.CharField(
        label=_("Yang dibicarakan"), max_length=4000, help_text=_("Dibaca Anda berdua saja."), widget=_area(8)
    )


class TalkStepForm(VersionMixin):
    own = forms.TypedChoiceField(
        label=_("Pemegang"),
        choices=[("ya", _("Saya")), ("tidak", _("Yang lain"))],
        coerce=lambda word: word == "ya",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Langkah"), max_length=300, widget=_area(2))
    due_on = forms.DateField(label=_("Tenggat"), widget=DateInput)


class StepNumberForm(VersionMixin):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
