"""Forms of training. They read what was typed; the services decide."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evaluation.drafts.fields import PercentField
from terang.follow_up.training.models import Attempt, Course, CourseKind, CourseTest, Form, TrainingSession
from terang.follow_up.training.services import CourseWords, Learned, Schedule, Wish
from terang.registry.organization.calendars import AgencyCalendar, days_between
from terang.registry.people.models import Employee
from terang.rules.training_tests import written
from terang.web.forms import DateInput, FileField, FormKeyMixin, TimeInput, VersionMixin

AIMS = range(1, 5)
"""A course names so many things it helps with."""
USUAL_LEAST_BP = 8_000
USUAL_SEATS = 30
USUAL_BEGIN = time(8, 0)
USUAL_HOURS = 8
USUAL_OPEN_DAYS = 7


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CourseForm(FormKeyMixin, VersionMixin):
    title = forms.CharField(label=_("Nama pelatihan"), max_length=150)
    summary = forms.CharField(
        label=_("Yang dipelajari"),
        max_length=1000,
        widget=_area(4),
        help_text=_("Apa yang dapat dilakukan sesudahnya."),
    )
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=CourseKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Sosialisasi menjelaskan Terang; tampil juga di Penjelasan dan tidak dihitung sebagai JP."),
    )
    form = forms.ChoiceField(label=_("Bentuk"), choices=Form.choices, widget=forms.RadioSelect)
    hours = forms.IntegerField(label=_("Jam pelajaran (JP)"), min_value=1, max_value=1000)
    provider = forms.CharField(label=_("Penyelenggara"), max_length=150)

    def __init__(self, *args: Any, subjects: list[Any], course: Course | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _course_initial(course), **kwargs})
        choices = [("", _("Tidak ada")), *subjects]
        for number in AIMS:
            self.fields[f"aim_{number}"] = forms.ChoiceField(
                label=_("Membantu (%(number)s)") % {"number": number},
                choices=choices,
                required=False,
                help_text=_("Disarankan kepada yang nilainya lemah di sini.") if number == 1 else "",
            )
            self.fields[f"below_{number}"] = PercentField(
                label=_("Disarankan bila nilainya di bawah (%(number)s)") % {"number": number},
                help_text=_("Dari 100; kosongkan untuk rating resmi.") if number == 1 else "",
            )

    def words(self) -> CourseWords:
        told = self.cleaned_data
        aims = [(told[f"aim_{n}"], told[f"below_{n}"]) for n in AIMS if told[f"aim_{n}"]]
        return CourseWords(
            told["title"], told["summary"], told["form"], told["hours"], told["provider"], aims, told["kind"]
        )


def _course_initial(course: Course | None) -> dict[str, Any]:
    if course is None:
        return {"version": 0, "form": Form.CLASSROOM, "kind": CourseKind.TRAINING}
    names = ("title", "summary", "kind", "form", "hours", "provider", "version", "form_key")
    known: dict[str, Any] = {name: getattr(course, name) for name in names}
    for number, aim in zip(AIMS, course.aims.all(), strict=False):
        known[f"aim_{number}"], known[f"below_{number}"] = aim.subject, aim.below_bp
    return known


class SessionForm(FormKeyMixin, VersionMixin):
    """When and where: the working days from the first to the last, or every day of them."""

    starts_on = forms.DateField(label=_("Hari pertama"), widget=DateInput)
    ends_on = forms.DateField(label=_("Hari terakhir"), widget=DateInput)
    every_day = forms.BooleanField(label=_("Termasuk hari libur"), required=False)
    begins = forms.TimeField(label=_("Mulai pukul"), widget=TimeInput)
    hours = forms.IntegerField(label=_("Jam pelajaran sehari (JP)"), min_value=1, max_value=12)
    place = forms.CharField(
        label=_("Tempat"), max_length=200, help_text=_("Ruang dan alamat, atau tautan ruang daring.")
    )
    trainer = forms.CharField(label=_("Pengajar"), max_length=150, required=False)
    seats = forms.IntegerField(label=_("Kursi"), min_value=1, max_value=5000)
    enrol_until = forms.DateField(label=_("Pendaftaran sampai"), widget=DateInput)
    least = forms.IntegerField(label=_("Kehadiran paling sedikit untuk sertifikat (%)"), min_value=1, max_value=100)

    def __init__(
        self, *args: Any, calendar: AgencyCalendar, session: TrainingSession | None = None, **kwargs: Any
    ) -> None:
        self.calendar = calendar
        super().__init__(*args, **{"initial": _session_initial(session), **kwargs})

    def schedule(self) -> Schedule:
        told = self.cleaned_data
        days = [(day, told["begins"], told["hours"]) for day in self._days()]
        return Schedule(told["place"], told["trainer"], told["seats"], told["enrol_until"], told["least"] * 100, days)

    def _days(self) -> Iterator[date]:
        told = self.cleaned_data
        for day in days_between(told["starts_on"], told["ends_on"] + timedelta(days=1)):
            if told["every_day"] or self.calendar.is_working_day(day):
                yield day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Hari terakhir tidak boleh sebelum hari pertama."))
        elif first and last and (last - first).days > 120:
            self.add_error("ends_on", _("Satu sesi paling lama empat bulan."))
        elif first and last and not list(self._days()):
            self.add_error("every_day", _("Tidak ada hari kerja di antaranya. Centang bila diadakan pada hari libur."))
        return told


def _session_initial(session: TrainingSession | None) -> dict[str, Any]:
    if session is None:
        return {
            "version": 0,
            "seats": USUAL_SEATS,
            "least": USUAL_LEAST_BP // 100,
            "begins": USUAL_BEGIN,
            "hours": USUAL_HOURS,
        }
    names = ("starts_on", "ends_on", "place", "trainer", "seats", "enrol_until", "version", "form_key")
    first = session.days.first()
    known: dict[str, Any] = {name: getattr(session, name) for name in names}
    if first:
        known |= {"begins": first.starts_at, "hours": first.hours}
    return known | {"least": session.least_bp // 100}


class WishForm(FormKeyMixin):
    """A course for the plan: until when, and why."""

    due_on = forms.DateField(label=_("Selambatnya diikuti"), widget=DateInput)
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(4))

    def wish(self, course: Course) -> Wish:
        return Wish(course, self.cleaned_data["due_on"], self.cleaned_data["reason"])


class AnswerForm(VersionMixin):
    word = forms.CharField(label=_("Tanggapan"), max_length=500, widget=_area(3), required=False)


class DeclineForm(VersionMixin):
    word = forms.CharField(
        label=_("Alasan"), max_length=500, widget=_area(3), help_text=_("Dibaca oleh yang mengusulkan.")
    )


class WordForm(VersionMixin):
    word = forms.CharField(label=_("Alasan"), max_length=300, widget=_area(3))


class VersionForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""


class InviteForm(forms.Form):
    """Whom of one's own people to invite."""

    people = forms.MultipleChoiceField(label=_("Siapa yang diundang"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Iterable[Employee], marked: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (each.pk, f"{each.name} · {marked[each.pk]}" if each.pk in marked else each.name) for each in people
        ]

    def chosen(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["people"]]


class RosterForm(VersionMixin):
    """Who was there on one day; ticked is present."""

    present = forms.MultipleChoiceField(label=_("Hadir"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = list(people)  # type: ignore[attr-defined]

    def present_ids(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["present"]]


class LearnedForm(FormKeyMixin):
    """A training of one's own that was held elsewhere, with its certificate."""

    title = forms.CharField(label=_("Nama pelatihan"), max_length=150)
    form = forms.ChoiceField(label=_("Bentuk"), choices=Form.choices, widget=forms.RadioSelect)
    provider = forms.CharField(label=_("Penyelenggara"), max_length=150)
    starts_on = forms.DateField(label=_("Hari pertama"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Hari terakhir"), widget=DateInput, help_text=_("JP dihitung pada tahun hari terakhir.")
    )
    hours = forms.IntegerField(label=_("Jam pelajaran (JP)"), min_value=1, max_value=1000)
    certificate = forms.CharField(label=_("Nomor sertifikat"), max_length=80)
    proof = FileField(label=_("Sertifikat"), types=("pdf", "jpg", "jpeg", "png", "webp"))

    def learned(self) -> Learned:
        names = ("title", "form", "provider", "starts_on", "ends_on", "hours", "certificate")
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return Learned(**told)


class SheetForm(FormKeyMixin):
    file = FileField(label=_("Berkas pelatihan"), types=("xlsx", "csv"))


class DigestForm(forms.Form):
    """Which comparison the page showed."""

    digest = forms.CharField(max_length=64)


class WaitingForm(forms.Form):
    """How many the page showed."""

    waiting = forms.IntegerField(min_value=1)


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(4))


class ContestAnswerForm(VersionMixin):
    upholds = forms.TypedChoiceField(
        label=_("Hasil"),
        choices=[("ya", _("Pelatihan ini benar dan dihitung")), ("tidak", _("Pelatihan ini dicabut"))],
        coerce=lambda each: each == "ya",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Jawaban"), max_length=500, widget=_area(4))


class WriteTestForm(FormKeyMixin):
    """The test of a course as plain text."""

    text = forms.CharField(
        label=_("Pertanyaan"),
        max_length=40_000,
        strip=False,
        widget=_area(18),
        help_text=_(
            "Satu blok satu pertanyaan, dipisah baris kosong: pertanyaannya, lalu setiap pilihan diawali “- ”, yang "
            "benar diawali “* ”, dan penjelasan jawabannya diawali “= ”."
        ),
    )
    pass_bp = PercentField(
        label=_("Nilai lulus uji akhir"),
        help_text=_(
            "Dari 100. Bila diisi, sertifikat mensyaratkannya dan penyelenggara melihat nilai akhir setiap peserta. "
            "Bila kosong, nilai hanya untuk peserta sendiri."
        ),
    )
    open_days = forms.IntegerField(label=_("Uji akhir terbuka berapa hari sesudah selesai"), min_value=0, max_value=60)

    def __init__(self, *args: Any, test: CourseTest | None = None, **kwargs: Any) -> None:
        known: dict[str, Any] = {"open_days": USUAL_OPEN_DAYS}
        if test:
            known = {"text": written(test.asked), "pass_bp": test.pass_bp, "open_days": test.open_days}
        super().__init__(*args, **{"initial": known, **kwargs})


class AnswersForm(forms.Form):
    """The questions of one attempt in its own order; each field is `q` and the question's place."""

    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        kept = {f"q{place}": str(choice) for place, choice in attempt.answers.items()}
        super().__init__(*args, **{"initial": kept, **kwargs})
        asked = attempt.test.asked
        for number, (place, choices) in enumerate(attempt.order, 1):
            self.fields[f"q{place}"] = forms.ChoiceField(
                label=f"{number}. {asked[place].text}",
                choices=[(str(each), asked[place].choices[each]) for each in choices],
                widget=forms.RadioSelect,
                required=False,
            )

    def answers(self) -> dict[int, int]:
        return {int(name[1:]): int(each) for name, each in self.cleaned_data.items() if each}
