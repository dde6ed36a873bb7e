"""What a coordinator types: a category, and the government's own terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.models import ComplaintCategory, ComplaintTerms
from terang.evidence.complaints.selectors import units_of
from terang.evidence.complaints.terms import OWN_TERMS
from terang.registry.people.viewer import Viewer
from terang.rules.complaints.deadlines import CITIZENS_OWN, national_terms
from terang.web.forms import DateInput

TERM_LABELS = {
    "verification": _("Verifikasi (hari kerja)"),
    "first_answer": _("Kabar pertama (hari kerja)"),
    "informasi": _("Permintaan informasi (hari kerja)"),
    "aspirasi": _("Aspirasi (hari kerja)"),
    "pelayanan": _("Pengaduan pelayanan (hari kerja)"),
    "pengawasan": _("Berkadar pengawasan (hari kerja)"),
    "response": _("Waktu warga menanggapi jawaban (hari kerja)"),
    "completion": _("Waktu warga melengkapi (hari)"),
}
"""In the order of the form."""


class CategoryForm(forms.ModelForm):
    class Meta:
        model = ComplaintCategory
        fields = ("name", "code", "group", "description", "keywords", "unit", "usual_class", "active")
        labels = {
            "name": _("Nama"),
            "code": _("Kode"),
            "group": _("Kelompok"),
            "description": _("Penjelasan untuk warga"),
            "keywords": _("Kata kunci"),
            "unit": _("Unit yang biasa menjawab"),
            "usual_class": _("Kelas biasa"),
            "active": _("Dipakai pada formulir"),
        }
        help_texts = {
            "code": _("Huruf kecil, angka, dan tanda hubung. Tidak dapat diubah lagi: sistem lain memakainya."),
            "keywords": _("Pisahkan dengan koma."),
        }

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(viewer.agency_id, viewer.today)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["code"]


class TermsForm(forms.ModelForm):
    """Every term may be left empty: then the national one holds."""

    class Meta:
        model = ComplaintTerms
        fields = ("valid_from", *TERM_LABELS, "identity_days", "contact", "basis")
        widgets = {"valid_from": DateInput}
        labels = {
            **TERM_LABELS,
            "valid_from": _("Berlaku sejak"),
            "identity_days": _("Identitas pelapor dihapus setelah (hari)"),
            "contact": _("Penanggung jawab dan alamatnya"),
            "basis": _("Dasar hukum"),
        }
        help_texts = {"contact": _("Diumumkan pada formulir laporan (UU 25/2009 Pasal 36).")}

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        national = national_terms(viewer.today)
        for name in TERM_LABELS:
            days = getattr(national, name)
            words = gettext("Nasional %(days)s. Boleh lebih lama, tidak boleh lebih singkat.")
            if name not in CITIZENS_OWN:
                words = gettext("Nasional %(days)s. Boleh lebih singkat, tidak boleh lebih lama.")
            self.fields[name].help_text = words % {"days": days}

    def own(self) -> dict[str, Any]:
        """What goes to the service beside the day."""
        return {name: self.cleaned_data[name] for name in (*OWN_TERMS, "identity_days", "contact", "basis")}
