"""Forms of the registry. They read what was typed and find the people and posts meant; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.models import (
    AssignmentKind,
    Employee,
    EmploymentStatus,
    Post,
    PostKind,
    Role,
)
from terang.registry.people.selectors import find_person
from terang.web.forms import DateInput


class PersonField(forms.CharField):
    """A person of the agency by NIP or name; says which NIPs fit where several people do. Cleans to an Employee."""

    def __init__(self, **kwargs: Any) -> None:
        self.agency_id = 0
        kwargs.setdefault("help_text", _("NIP, atau nama bila hanya satu orang yang cocok."))
        super().__init__(max_length=150, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        found = find_person(self.agency_id, text)
        if not found:
            raise forms.ValidationError(gettext("Tidak ada pegawai dengan NIP atau nama ini. Periksa ejaannya."))
        if len(found) > 1:
            names = "; ".join(f"{person.name} ({person.nip})" for person in found[:5])
            raise forms.ValidationError(gettext("Beberapa orang cocok. Isi NIP salah satu: %s.") % names)
        return found[0]


class VersionedForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class EmployeeForm(forms.Form):
    nip = forms.CharField(label=_("NIP"), max_length=18, help_text=_("18 angka tanpa spasi."))
    name = forms.CharField(label=_("Nama lengkap"), max_length=150)
    status = forms.ChoiceField(label=_("Status"), choices=EmploymentStatus.choices)
    rank = forms.CharField(label=_("Golongan"), max_length=8, required=False)
    email = forms.EmailField(label=_("Surel"), required=False, help_text=_("Untuk membuat dan memulihkan kata sandi."))
    joined_on = forms.DateField(label=_("Masuk sejak"), widget=DateInput)


class CorrectionForm(VersionedForm, EmployeeForm):
    """The NIP is the identity of the account and is not corrected here."""

    nip = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("Alasan perubahan"), max_length=250)


class DepartureForm(VersionedForm):
    on = forms.DateField(label=_("Tidak lagi bekerja sejak"), widget=DateInput)
    reason = forms.CharField(
        label=_("Alasan"), max_length=250, help_text=_("Misalnya pensiun, pindah instansi, wafat.")
    )


class AssignmentForm(VersionedForm):
    """A person onto a post of one unit."""

    post = forms.ModelChoiceField(label=_("Jabatan"), queryset=Post.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Sifat"), choices=AssignmentKind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Mulai"), widget=DateInput)
    until = forms.DateField(
        label=_("Berakhir"), widget=DateInput, required=False, help_text=_("Hari pertama tidak lagi menduduki jabatan.")
    )
    document = forms.CharField(
        label=_("Dasar penugasan"), max_length=150, help_text=_("Nomor dan tanggal surat keputusan.")
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(unit=unit, valid_to__isnull=True).order_by("-is_head", "title")
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]


class EndForm(forms.Form):
    on = forms.DateField(label=_("Tidak berlaku lagi sejak"), widget=DateInput)
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class EndAssignmentForm(VersionedForm, EndForm):
    """Ends an assignment; the version is the person's."""


class AppraiserForm(forms.Form):
    appraiser = PersonField(label=_("Pejabat penilai"))
    on = forms.DateField(label=_("Mulai"), widget=DateInput)
    until = forms.DateField(
        label=_("Berakhir"), widget=DateInput, required=False, help_text=_("Kosongkan bila belum diketahui.")
    )
    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Dibaca juga oleh pegawai yang dinilai."))
    document = forms.CharField(label=_("Dokumen"), max_length=150, help_text=_("Surat pendelegasian atau penetapan."))

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appraiser"].agency_id = agency_id  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    employee = PersonField(label=_("Pegawai"))
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=_("Wilayah"), queryset=Unit.objects.none(), required=False, empty_label=_("Seluruh pemerintah daerah")
    )
    on = forms.DateField(label=_("Mulai"), widget=DateInput)
    until = forms.DateField(
        label=_("Berakhir"), widget=DateInput, required=False, help_text=_("Kosongkan bila belum diketahui.")
    )
    document = forms.CharField(label=_("Dasar penunjukan"), max_length=150)

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].agency_id = agency_id  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(agency_id=agency_id)  # type: ignore[attr-defined]


class PostForm(forms.Form):
    title = forms.CharField(label=_("Nama jabatan"), max_length=150)
    kind = forms.ChoiceField(label=_("Jenis jabatan"), choices=PostKind.choices)
    level = forms.CharField(label=_("Jenjang"), max_length=40, required=False)
    category = forms.CharField(
        label=_("Rumpun"),
        max_length=40,
        required=False,
        help_text=_("Memilih varian kebijakan, misalnya guru atau perawat."),
    )
    grade = forms.IntegerField(
        label=_("Kelas jabatan"),
        min_value=1,
        max_value=17,
        required=False,
        help_text=_("1 sampai 17 menurut evaluasi jabatan; dasar besaran tunjangan."),
    )
    seats = forms.IntegerField(label=_("Formasi"), min_value=1, max_value=1000, initial=1)


class NewPostForm(PostForm):
    is_head = forms.BooleanField(label=_("Memimpin unit ini"), required=False)
    on = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)


class PostCorrectionForm(VersionedForm, PostForm):
    """A post with the version it was drawn from."""


class UnitChoiceForm(forms.Form):
    """Which unit the post is in: the first of two steps, by address."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("Pilih unit"))

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency_id=employee.agency_id, valid_to__isnull=True).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=[c for c in UnitKind.choices if c[0] != UnitKind.ROOT])
    name = forms.CharField(label=_("Nama unit"), max_length=150)
    code = forms.CharField(label=_("Kode"), max_length=30, help_text=_("Kode unik, dipakai juga saat impor."))
    serves_public = forms.BooleanField(label=_("Melayani masyarakat"), required=False)
    on = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)


class CloseForm(forms.Form):
    on = forms.DateField(label=_("Tidak berlaku lagi sejak"), widget=DateInput)
    reason = forms.CharField(label=_("Alasan"), max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput)
