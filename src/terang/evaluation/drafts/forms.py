"""The forms of the editor, one for each kind of table in a policy. What they clean to is the table itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation import wording
from terang.evaluation.drafts.fields import CountField, PartForm, PercentField, TextField, WordField, WordsField
from terang.evaluation.periods import every_kind
from terang.registry.people.models import PostKind, Role
from terang.rules.catalogue import MEASURES, SIGNALS
from terang.rules.policies import Document
from terang.rules.policies.loading import POST_KINDS, ROLES
from terang.rules.work.signals import Limits
from terang.web.forms import DateInput, VersionMixin

NOT_CHOSEN = _("Belum dipilih")
RHYTHMS = (("daily", _("Setiap hari kerja")), ("weekly", _("Sekali seminggu")), ("monthly", _("Sekali sebulan")))
FOLLOW_UPS = (("talk", _("Pembicaraan")), ("coaching", _("Pendampingan")), ("training", _("Pelatihan")))
MISSING = (
    ("share_out", _("Bobotnya dibagi ke ukuran lain yang ada buktinya")),
    ("hold", _("Bobotnya ditahan dan belum menyumbang")),
)
FALLBACKS = (("none", _("Tidak ada: ditulis belum ada nilai")), ("unit", _("Nilai unit kerja, dan itu disebutkan")))


@dataclass(frozen=True)
class Words:
    """What the choices of a draft are made of: its own parts, and the families of posts of the government."""

    document: Document
    categories: Sequence[str]

    def named(self, items: Iterable[Document]) -> list[tuple[str, str]]:
        """Parts by code with their names, as choices."""
        return [(each["code"], str(each.get("label", each["code"]))) for each in items if each.get("code")]

    def aspects(self) -> list[tuple[str, str]]:
        return self.named(self.document.get("aspects", []))

    def instruments(self) -> list[tuple[str, str]]:
        return self.named(self.document.get("instruments", []))

    def families(self, told: Iterable[str]) -> list[tuple[str, str]]:
        """The families of posts in the registry, and those already named."""
        return [(code, code.replace("_", " ")) for code in sorted({*self.categories, *told})]

    def measures_used(self) -> list[tuple[str, str]]:
        lists = [self.document, *self.document.get("variants", [])]
        rows = [row for each in lists for aspect in each.get("aspects", []) for row in aspect.get("measures", [])]
        rows += self.document.get("ratings", {}).get("behaviour", {}).get("measures", [])
        codes = dict.fromkeys(row["code"] for row in rows if row.get("code") in MEASURES)
        return [(code, wording.measure_label(code)) for code in codes]

    def values(self) -> list[tuple[str, str]]:
        """Every value of every instrument, as a floor names it."""
        return [
            (f"{each['code']}.{code}", name)
            for each in self.document.get("instruments", [])
            if each.get("code")
            for code, name in self.named(each.get("aspects", []))
        ]


class BasicsForm(PartForm):
    title = TextField(label=_("Judul"), max_length=150)
    valid_from = forms.DateField(
        label=_("Berlaku sejak"),
        widget=DateInput,
        required=False,
        help_text=_("Sebaiknya hari pertama sebuah periode."),
    )
    period = WordField(
        label=_("Jenis periode"), empty=NOT_CHOSEN, help_text=_("Seberapa sering nilai disusun dari awal.")
    )
    second_factor_roles = WordsField(
        label=_("Peran yang masuk dengan faktor kedua"),
        choices=[(role, Role(role).label) for role in ROLES],
        help_text=_("Selain kata sandi, mereka memakai kode dari ponsel."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [("", NOT_CHOSEN), *every_kind().items()]  # type: ignore[attr-defined]


class NamedForm(PartForm):
    """A part with a name. Its code is made once from the name and never changes: results are kept under it."""

    label = TextField(label=_("Nama"), max_length=120)
    label_en = TextField(
        label=_("Nama dalam bahasa Inggris"), max_length=120, help_text=_("Kosong: sama dengan nama Indonesianya.")
    )

    def part(self) -> Document:
        said = super().part()
        if said.get("label"):
            said.setdefault("label_en", said["label"])
        return said


class AspectForm(NamedForm):
    weight_bp = PercentField(label=_("Bobot"))


class VariantForm(NamedForm):
    applies_to = WordsField(label=_("Rumpun jabatan"), help_text=_("Pegawai rumpun ini dinilai dengan susunan khusus."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applies_to"].choices = self.words.families(self.told.get("applies_to", []))  # type: ignore[attr-defined]


class InstrumentForm(NamedForm):
    scale_min = CountField(label=_("Skala dari"))
    scale_max = CountField(label=_("Skala sampai"))


class MeasureForm(PartForm):
    """How one measure is used. Which measure it is stands fast once it is added; its parameters follow from it."""

    code = WordField(label=_("Ukuran"), empty=_("Pilih ukuran"))
    share_bp = PercentField(label=_("Porsi"))
    cap_bp = PercentField(
        label=_("Dihitung paling tinggi"), help_text=_("100: hasil di atas target tidak menambah; paling tinggi 120.")
    )
    missing = WordField(label=_("Bila bukti belum ada"), choices=MISSING)
    min_answers = CountField(
        label=_("Jawaban atau catatan paling sedikit"), help_text=_("Kurang dari ini tidak dinilai.")
    )
    guards = WordsField(
        label=_("Penjaga"), help_text=_("Ditampilkan di samping nilai supaya angka ini tidak dikejar sendirian.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = MEASURES.get(self.told.get("code", ""))
        if self.spec is None:
            self._ask_which()
            return
        del self.fields["code"]
        self.initial = {**self._usual(), **self.told, **self.told.get("parameters", {})}
        measures = [(code, wording.measure_label(code)) for code in MEASURES]
        signals = [(code, wording.signal_label(code)) for code in SIGNALS]
        self.fields["guards"].choices = [*signals, *measures]  # type: ignore[attr-defined]
        for parameter in self.spec.parameters:
            self.fields[parameter.name] = self._parameter(parameter.name)

    def _ask_which(self) -> None:
        measures = [(code, wording.measure_label(code)) for code in MEASURES]
        self.fields["code"].choices = [("", gettext("Pilih ukuran")), *measures]  # type: ignore[attr-defined]
        for name in ("cap_bp", "missing", "min_answers", "guards"):
            del self.fields[name]

    def _usual(self) -> Document:
        assert self.spec is not None
        parameters = {each.name: each.default for each in self.spec.parameters}
        return {"cap_bp": 10_000, "missing": "share_out", "min_answers": self.spec.min_answers, **parameters}

    def _parameter(self, name: str) -> forms.Field:
        if name == "instrument":
            return WordField(label=_("Instrumen"), choices=self.words.instruments(), empty=NOT_CHOSEN)
        if name == "fallback":
            return WordField(label=_("Pengganti bila jawaban sendiri terlalu sedikit"), choices=FALLBACKS)
        labels = {"superior_share_bp": _("Porsi atasan langsung"), "oversight_share_bp": _("Porsi tim pengawas")}
        return PercentField(label=labels[name])

    @property
    def title(self) -> str:
        return wording.measure_label(self.spec.code) if self.spec else ""

    @property
    def formula(self) -> str:
        return wording.formula(self.spec.code) if self.spec else ""

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("code", "share_bp") if name in self.fields]

    def more_fields(self) -> list[forms.BoundField]:
        """What most people leave as it is."""
        return [self[name] for name in self.fields if name not in {"code", "share_bp", "DELETE"}]

    def more_open(self) -> bool:
        return any(bound.errors for bound in self.more_fields())

    def _parameter_names(self) -> list[str]:
        return [each.name for each in self.spec.parameters] if self.spec else []

    def part(self) -> Document:
        said = super().part()
        parameters = {name: said.pop(name) for name in self._parameter_names() if name in said}
        return said | ({"parameters": parameters} if parameters else {})

    def merged(self) -> Document:
        kept = {"code": self.spec.code} if self.spec else {}
        return {**kept, **self.part()}

    def place_of(self, name: str) -> str:
        return super().place_of(f"parameters.{name}" if name in self._parameter_names() else name)

    def takes(self, path: str, text: str) -> bool:
        if path == f"{self.path}.parameters":
            self.general.append(text)
            return True
        return super().takes(path, text)


class LimitsForm(PartForm):
    standard_bp = PercentField(label=_("Standar"), help_text=_("Dari 100. Di bawahnya peringatan dimulai."))
    least_coverage_bp = PercentField(
        label=_("Bukti paling sedikit"), help_text=_("Kurang dari ini tidak ada nilai: belum cukup bukti.")
    )


class ThresholdsForm(PartForm):
    above_bp = PercentField(label=_("Di atas ekspektasi mulai"))
    meets_bp = PercentField(label=_("Sesuai ekspektasi mulai"))


class WorkRatingForm(ThresholdsForm):
    aspects = WordsField(label=_("Bagian yang dihitung"))
    field_order = ("aspects", "above_bp", "meets_bp")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aspects"].choices = self.words.aspects()  # type: ignore[attr-defined]


class FollowUpForm(PartForm):
    warning_days = CountField(label=_("Peringatan sesudah"), help_text=_("Hari kerja di bawah standar."))
    action_days = CountField(label=_("Tindakan perbaikan sesudah"), help_text=_("Hari kerja di bawah standar."))


class FloorForm(PartForm):
    subject = WordField(label=_("Yang dijaga"), empty=NOT_CHOSEN)
    floor_bp = PercentField(label=_("Batas bawah"))
    follow_up = WordField(label=_("Tindak lanjut"), choices=FOLLOW_UPS, empty=NOT_CHOSEN)
    message = TextField(label=_("Kalimat bagi pegawai"), max_length=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.words
        groups = [
            (gettext("Bagian"), words.aspects()),
            (gettext("Ukuran"), words.measures_used()),
            (gettext("Nilai pada instrumen"), words.values()),
        ]
        self.fields["subject"].choices = [("", NOT_CHOSEN), *(group for group in groups if group[1])]  # type: ignore[attr-defined]


class FollowUpTermsForm(PartForm):
    act_days = CountField(label=_("Ditindaklanjuti dalam"), help_text=_("Hari kerja. Kosong: 5."))
    escalate_days = CountField(
        label=_("Lalu diberitahukan ke atasannya sesudah"), help_text=_("Hari kerja. Kosong: 5.")
    )
    remeasure_days = CountField(
        label=_("Indikator yang sama diukur ulang sesudah"), help_text=_("Hari kerja. Kosong: 20.")
    )


class SuccessiveForm(PartForm):
    predicate = WordField(
        label=_("Predikat tahunan"),
        choices=[("sangat_baik", _("Sangat Baik")), ("baik", _("Baik"))],
        empty=NOT_CHOSEN,
    )
    years = CountField(label=_("Tahun berturut-turut"))
    action = WordField(
        label=_("Yang dapat diputuskan"),
        choices=[
            ("succession_pool", _("Prioritas masuk kelompok rencana suksesi")),
            ("development_priority", _("Prioritas pengembangan kompetensi")),
        ],
        empty=NOT_CHOSEN,
    )
    message = TextField(label=_("Kalimat bagi pegawai"), max_length=500, rows=2)


class ReportingForm(PartForm):
    rhythm = WordField(label=_("Irama catatan kegiatan"), choices=RHYTHMS, empty=NOT_CHOSEN)
    grace_days = CountField(label=_("Tenggang (hari kerja)"), help_text=_("0: pada hari itu juga."))
    remote_grace_days = CountField(label=_("Tenggang di wilayah tanpa sinyal (hari kerja)"))
    progress = WordField(label=_("Laporan kemajuan rencana"), empty=NOT_CHOSEN)
    answer_days = CountField(label=_("Atasan menjawab dalam (hari kerja)"), help_text=_("Kosong: 2."))
    decide_days = CountField(label=_("Lalu atasannya dapat menjawab sesudah (hari kerja)"), help_text=_("Kosong: 3."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["progress"].choices = [("", NOT_CHOSEN), *every_kind().items()]  # type: ignore[attr-defined]


class PostReportingForm(PartForm):
    rhythm = WordField(label=_("Irama catatan kegiatan"), choices=RHYTHMS, empty=NOT_CHOSEN)
    grace_days = CountField(label=_("Tenggang (hari kerja)"), help_text=_("Kosong: seperti yang umum."))
    remote_grace_days = CountField(
        label=_("Tenggang di wilayah tanpa sinyal (hari kerja)"), help_text=_("Kosong: seperti yang umum.")
    )
    applies_to = WordsField(label=_("Rumpun jabatan"))
    kinds = WordsField(label=_("Jenis jabatan"), choices=[(kind, PostKind(kind).label) for kind in POST_KINDS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applies_to"].choices = self.words.families(self.told.get("applies_to", []))  # type: ignore[attr-defined]


_QUESTIONS: Mapping[str, Any] = {
    "history_days": _("Dibandingkan dengan kegiatan selama (hari)"),
    "alike_bp": _("Ditanyakan bila kemiripannya mencapai"),
    "own_words": _("Tulisan sendiri dibandingkan mulai (kata)"),
    "others_words": _("Tulisan rekan dibandingkan mulai (kata)"),
    "common_people": _("Cara menulis yang lazim mulai (rekan)"),
    "burst_entries": _("Ditulis sekaligus mulai (kegiatan)"),
    "burst_minutes": _("Ditulis sekaligus dalam (menit)"),
    "burst_days": _("Ditulis pada satu hari, kegiatan dari (hari)"),
    "work_minutes": _("Waktu kegiatan sehari mulai (menit)"),
    "clock_minutes": _("Jam perangkat lebih cepat (menit)"),
    "photo_days": _("Foto lebih tua daripada kegiatan (hari)"),
    "usual_times": _("Jumlah sekian kali yang biasa"),
    "usual_entries": _("Ada yang biasa sesudah (laporan)"),
    "late_days": _("Dikirim terlambat (hari kerja)"),
}


class QuestionsForm(PartForm):
    """From where on an entry is asked about; what is left empty is the usual limit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = Limits()
        for each in fields(Limits):
            kind = PercentField if each.name.endswith("_bp") else CountField
            shown = getattr(usual, each.name) // (100 if each.name.endswith("_bp") else 1)
            help_text = gettext("Kosong: %(usual)s.") % {"usual": shown}
            self.fields[each.name] = kind(label=_QUESTIONS[each.name], help_text=help_text)


class SeenForm(VersionMixin):
    """A button that changes where a draft stands."""


class SendBackForm(VersionMixin):
    reason = forms.CharField(
        label=_("Apa yang perlu diubah?"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
