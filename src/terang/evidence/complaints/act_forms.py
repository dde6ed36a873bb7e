"""What staff type for each verb. Every form carries the version of the page it was drawn from."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.photos import PhotosField
from terang.evidence.complaints.access import possible_handlers
from terang.evidence.complaints.forms import area
from terang.evidence.complaints.models import (
    Complaint,
    ComplaintCategory,
    ComplaintClass,
)
from terang.evidence.complaints.photos import MOST_PHOTOS
from terang.evidence.complaints.selectors import categories_of, units_of
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.forms import FormKeyMixin, VersionMixin


class ActForm(VersionMixin):
    """A form about one complaint; needs nothing but its version. `when_asked`: its choices are long, so the page draws
    it only for who opens that act."""

    when_asked = False

    def __init__(self, *args: Any, complaint: Complaint, viewer: Viewer, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": complaint.version, **self.first(complaint)}
        super().__init__(*args, **kwargs)
        self.complaint, self.viewer = complaint, viewer

    @staticmethod
    def first(complaint: Complaint) -> dict[str, Any]:
        """What is filled in when the form is drawn."""
        return {}


class RouteForm(ActForm):
    """What the check found, and where it goes: a unit, unless it alleges misconduct."""

    use_required_attribute = False

    complaint_class = forms.ChoiceField(
        label=_("Kelas"),
        choices=ComplaintClass.choices,
        help_text=_("Kelas menentukan batas waktu. Berkadar pengawasan langsung diserahkan kepada tim pengawas."),
    )
    category = forms.ModelChoiceField(
        ComplaintCategory.objects.none(), label=_("Kategori"), required=False, empty_label=_("Tanpa kategori")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Unit yang menjawab"),
        empty_label=_("Pilih unit"),
        error_messages={"required": _("Pilih unit yang menjawab.")},
    )
    note = forms.CharField(label=_("Catatan untuk unit dan pelapor"), max_length=1000, required=False, widget=area(2))
    is_published = forms.BooleanField(
        label=_("Boleh tampil di halaman publik"),
        required=False,
        help_text=_("Hanya bila judul dan isinya tidak menyebut nama orang."),
    )
    publishes_photos = forms.BooleanField(label=_("Fotonya juga"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency_id = self.complaint.agency_id
        self.fields["category"].queryset = categories_of(agency_id)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_of(agency_id, self.viewer.today)  # type: ignore[attr-defined]
        self.fields["unit"].required = self.data.get("complaint_class") != ComplaintClass.MISCONDUCT
        if self.complaint.is_guarded:
            del self.fields["is_published"], self.fields["publishes_photos"]

    @staticmethod
    def first(complaint: Complaint) -> dict[str, Any]:
        usual = complaint.category.unit_id if complaint.category else None
        return {
            "complaint_class": complaint.complaint_class,
            "category": complaint.category_id,
            "unit": complaint.about_unit_id or usual,
        }


JOINED_READ = _("Pelapor laporan yang digabungkan ikut membacanya; nama dan nomor dihapus dari salinannya.")


class KeepForm(ActForm):
    """A report of misconduct was checked: it stays with the oversight team, and there is nothing to choose."""

    note = forms.CharField(
        label=_("Catatan untuk pelapor"),
        max_length=1000,
        required=False,
        widget=area(2),
        help_text=_("Laporan ini tidak diteruskan ke unit mana pun."),
    )

    def clean_note(self) -> str:
        """What the reporter reads in any case."""
        return self.cleaned_data["note"] or gettext("Laporan ditangani oleh tim pengawas.")


class TextForm(ActForm):
    """One text; the verb says its label. `goes_along`: reports joined to this one get a copy."""

    label: Any = _("Isi")
    rows = 4
    most = 1000
    help: Any = ""
    goes_along = False

    text = forms.CharField(max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=self.label, max_length=self.most, widget=area(self.rows), help_text=self._hint()
        )

    def _hint(self) -> str:
        told = [self.help] if self.help else []
        if self.goes_along and self.complaint.is_joined_to:
            told.append(JOINED_READ)
        return " ".join(str(each) for each in told)


class AskForm(TextForm):
    label = _("Apa yang perlu dilengkapi?")
    help = _("Pelapor membacanya. Selama menunggu, waktu berhenti.")


class RejectForm(TextForm):
    label = _("Mengapa tidak dapat diproses?")
    help = _("Pelapor membacanya.")
    most = 500


class NoteForm(TextForm):
    label = _("Catatan internal")
    help = _("Hanya dibaca oleh yang menangani.")
    rows = 2


class DiscloseForm(TextForm):
    label = _("Mengapa identitas pelapor perlu dibuka?")
    help = _("Orang kedua dari tim pengawas menyetujuinya. Pelapor membaca alasannya.")
    most = 500


class TellForm(TextForm, FormKeyMixin):
    label = _("Kabar untuk pelapor")
    goes_along = True
    asks = forms.BooleanField(label=_("Ini pertanyaan kepada pelapor"), required=False)


class AnswerForm(TextForm, FormKeyMixin):
    label = _("Jawaban akhir")
    help = _("Apa yang sudah dilakukan dan hasilnya. Pelapor mengonfirmasi atau membuka kembali.")
    rows = 6
    most = 4000
    goes_along = True
    photos = PhotosField(
        label=_("Foto hasilnya"),
        required=False,
        most=MOST_PHOTOS,
        help_text=_("Paling banyak tiga; pelapor melihatnya. Catatan tempat dan kamera di dalam foto dihapus."),
    )
    field_order = ("text", "photos")


class ReferForm(TextForm):
    institution = forms.CharField(label=_("Instansi yang dituju"), max_length=150)
    label = _("Alasan")
    help = _("Pelapor membacanya.")
    most = 500
    goes_along = True
    field_order = ("institution", "text")


class GuardForm(TextForm):
    """Hands the report to the oversight team."""

    when_asked = True
    about_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Kantor yang dimaksud"),
        required=False,
        empty_label=_("Tidak diketahui"),
        help_text=_(
            "Tidak seorang pun dari kantor ini, dari unit di bawahnya, dan di atasnya melihat laporan ini lagi."
        ),
    )
    label = _("Mengapa ini urusan tim pengawas?")
    help = _("Catatan internal, hanya dibaca tim pengawas.")
    rows = 3
    field_order = ("about_unit", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_unit"].queryset = units_of(  # type: ignore[attr-defined]
            self.complaint.agency_id, self.viewer.today
        )

    @staticmethod
    def first(complaint: Complaint) -> dict[str, Any]:
        return {"about_unit": complaint.about_unit_id or complaint.unit_id}


class MergeForm(ActForm):
    main = forms.CharField(
        label=_("Nomor laporan utama"),
        max_length=24,
        help_text=_("Laporan yang lebih dahulu dan sedang ditangani tentang hal yang sama."),
    )


class AssignForm(ActForm):
    when_asked = True
    handler = forms.ModelChoiceField(Employee.objects.none(), label=_("Petugas"), empty_label=_("Pilih pegawai"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: QuerySet[Employee] = possible_handlers(self.complaint, self.viewer)
        self.fields["handler"].queryset = people  # type: ignore[attr-defined]


class RerouteForm(TextForm):
    when_asked = True
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit yang seharusnya menjawab"))
    label = _("Mengapa diteruskan?")
    help = _("Pelapor membacanya. Batas jawaban akhir tetap.")
    field_order = ("unit", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_of(self.complaint.agency_id, self.viewer.today).exclude(pk=self.complaint.unit_id or 0)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
