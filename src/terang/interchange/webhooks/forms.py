"""What is filled in about a program that is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.interchange.webhooks.events import GROUPS
from terang.interchange.webhooks.services import Listener
from terang.web.forms import FormKeyMixin, VersionMixin


class ListenerForm(forms.Form):
    name = forms.CharField(
        label=_("Nama program"), max_length=80, help_text=_("Misalnya aplikasi gaji atau situs kota.")
    )
    contact = forms.CharField(
        label=_("Penanggung jawab program"),
        max_length=150,
        help_text=_("Siapa yang dihubungi bila program ini tidak menjawab."),
    )
    address = forms.CharField(
        label=_("Alamat penerima"),
        max_length=300,
        help_text=_("Dimulai dengan https://. Operator server menentukan ke mana saja server ini boleh mengirim."),
        widget=forms.URLInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    groups = forms.MultipleChoiceField(
        label=_("Kabar yang dikirim"),
        choices=[(group.code, group.label) for group in GROUPS],
        widget=forms.CheckboxSelectMultiple,
    )

    def listener(self) -> Listener:
        told = self.cleaned_data
        return Listener(told["name"], told["contact"], told["address"].strip(), told["groups"])


class NewListenerForm(FormKeyMixin, ListenerForm):
    """The first time."""


class ChangedListenerForm(VersionMixin, ListenerForm):
    """Afterwards."""


class WhyForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=200)


class ResumeForm(VersionMixin):
    skip = forms.ChoiceField(
        label=_("Kabar selama jeda"),
        choices=[
            ("semua", _("Kirim semuanya, mulai dari yang tertinggal")),
            ("lewati", _("Lewati; mulai dari yang baru")),
        ],
        widget=forms.RadioSelect,
    )


class PressForm(VersionMixin):
    """A button that asks nothing else."""
