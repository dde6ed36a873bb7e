"""The form of an entry. It reads what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.dictionary.drafts import LONGEST, EntryDraft
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.dictionary.wording import label
from terang.planning.measuring import Aspect, Direction, Gathering, Perspective
from terang.rules.catalogue import MEASURES, SIGNALS
from terang.web.forms import VersionMixin
from terang.web.quantities import QuantityField


def _text(name: str, shown: Any, *, rows: int = 0, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=shown, max_length=LONGEST[name], widget=widget, **options)


class EntryForm(forms.Form):
    """Everything an entry says. The guards to choose from are the catalogue's and the entries in `others`."""

    text = _text("text", _("Indikator"), help_text=_("Apa yang diukur, misalnya “Persentase KTP selesai tepat waktu”."))
    result = _text("result", _("Contoh hasil kerja"), help_text=_("Hasil, bukan kegiatan."))
    family = _text(
        "family",
        _("Rumpun jabatan"),
        required=False,
        help_text=_("Seperti pada data jabatan, misalnya guru. Kosongkan bila berlaku untuk semua jabatan."),
    )
    code = _text("code", _("Kode"), help_text=_("Pendek dan tetap, misalnya ktp-tepat-waktu."))
    definition = _text("definition", _("Definisi"), rows=3, help_text=_("Apa yang dihitung dan apa yang tidak."))
    formula = _text("formula", _("Rumus"), rows=2, required=False)
    source = _text("source", _("Sumber data"), required=False)
    unit_label = _text("unit_label", _("Satuan"), help_text=_("Misalnya dokumen, %, atau hari kerja."))
    aspect = forms.ChoiceField(label=_("Aspek"), choices=Aspect.choices)
    perspective = forms.ChoiceField(
        label=_("Perspektif"),
        choices=[("", _("Tidak ditentukan")), *Perspective.choices],
        required=False,
        help_text=_("Hanya dipakai pada SKP pimpinan."),
    )
    direction = forms.ChoiceField(label=_("Arah"), choices=Direction.choices)
    gathering = forms.ChoiceField(label=_("Pengumpulan"), choices=Gathering.choices)
    target_milli = QuantityField(label=_("Target lazim"), required=False, help_text=_("Setahun penuh."))
    target_max_milli = QuantityField(label=_("Batas atas lazim"), required=False, help_text=_("Hanya untuk rentang."))
    example = _text("example", _("Contoh target"), required=False, help_text=_("Seperti tertulis di SKP."))
    measure = forms.ChoiceField(
        label=_("Ukuran Terang"),
        required=False,
        help_text=_("Bila dipilih, nilainya dibaca langsung dari bukti dan tampil di samping target."),
    )
    guard = forms.ChoiceField(
        label=_("Penjaga"),
        required=False,
        help_text=_(
            "Ditampilkan di sampingnya supaya angka ini tidak dikejar sendirian. Wajib bila ada ukuran Terang."
        ),
    )

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = [(code, label(spec)) for code, spec in MEASURES.items()]
        signals = [(code, label(signal)) for code, signal in SIGNALS.items()]
        self.fields["measure"].choices = [("", gettext("Tidak ada: nilainya dari catatan kegiatan")), *measures]  # type: ignore[attr-defined]
        self.fields["guard"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Tidak ada")),
            (gettext("Tanda di samping nilai"), signals),
            (gettext("Ukuran Terang"), measures),
            *([(gettext("Entri kamus"), others)] if others else []),
        ]

    @property
    def draft(self) -> EntryDraft:
        """What was typed, as a draft; the family and code as they are written elsewhere."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        values["family"] = values["family"].lower().replace(" ", "_")
        values["code"] = values["code"].lower()
        return EntryDraft(**values)


class EntryChangeForm(VersionMixin, EntryForm):
    """The same for an entry that is kept; its code stands fast."""

    def __init__(self, *args: Any, entry: DictionaryEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = True
        self.fields["code"].initial = entry.code
        self.fields["code"].help_text = _("Tidak dapat diubah; rencana dan penjaga mengacu kepadanya.")


class RetireForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class RestoreForm(VersionMixin):
    pass
