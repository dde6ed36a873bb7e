"""The form that starts a replay: on which time, and which policy is tried."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.models import PolicyVersion
from terang.evaluation.policies import rules_of
from terang.evaluation.replay.models import Source
from terang.evaluation.replay.spans import Stretch
from terang.rules.policies import PRESETS, Policy, PolicyError, Problem, load_policy, load_preset
from terang.web.forms import FormKeyMixin

PASTED = Source.PASTED.value
LONGEST = 200_000


class StartForm(FormKeyMixin):
    """Which time and which policy: published, a draft the viewer may read, an example, or a pasted text. After
    `is_valid`, `tried` and `origin` say what is tried; `problems` lists what is wrong with a draft or a text."""

    stretch = forms.ChoiceField(
        label=_("Waktu yang diputar ulang"), help_text=_("Bukti seluruh pegawai pada waktu itu disalin dulu.")
    )
    policy = forms.ChoiceField(
        label=_("Kebijakan yang dicoba"), help_text=_("Angkanya masih dapat Anda geser pada halaman berikutnya.")
    )
    text = forms.CharField(
        label=_("Teks kebijakan (TOML)"),
        help_text=_("Hanya bila Anda memilih “Tempel teks”."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocapitalize": "off"}),
        required=False,
        max_length=LONGEST,
        strip=False,
    )

    def __init__(
        self,
        *args: Any,
        stretches: Sequence[Stretch],
        versions: Sequence[PolicyVersion],
        drafts: Iterable[PolicyDraft] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._drafts = {f"d-{each.pk}": each for each in drafts}
        self._stretches = {each.code: each for each in stretches}
        self._versions = {f"v{each.version}": each for each in versions}
        self.tried: Policy | None = None
        self.origin = Source.VERSION
        self.problems: tuple[Problem, ...] = ()
        self.fields["stretch"].choices = [(code, each.title) for code, each in self._stretches.items()]  # type: ignore[attr-defined]
        self.fields["policy"].choices = [*self._published(), *self._written(), *self._others()]  # type: ignore[attr-defined]

    def _published(self) -> list[tuple[str, str]]:
        words = gettext("Versi %(number)s yang terbit: %(title)s")
        return [(code, words % {"number": each.version, "title": each.title}) for code, each in self._versions.items()]

    def _written(self) -> list[tuple[str, str]]:
        words = gettext("Draf %(author)s: %(title)s")
        return [(code, words % {"author": d.author.name, "title": d.title}) for code, d in self._drafts.items()]

    def _others(self) -> list[tuple[str, str]]:
        words = gettext("Contoh Terang: %(title)s")
        presets = [(f"c-{code}", words % {"title": load_preset(code).title}) for code in PRESETS]
        return [*presets, (PASTED, gettext("Tempel teks"))]

    @property
    def chosen(self) -> Stretch:
        return self._stretches[self.cleaned_data["stretch"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code = cleaned.get("policy", "")
        if code in self._versions:
            self.tried = rules_of(self._versions[code])
        elif code.startswith("c-"):
            self.tried, self.origin = load_preset(code[2:]), Source.PRESET
        elif code in self._drafts:
            self._read(self._drafts[code].text, Source.DRAFT, "policy")
        elif code == PASTED:
            self._read(cleaned.get("text") or "", Source.PASTED, "text")
        return cleaned

    def _read(self, text: str, origin: Source, field: str) -> None:
        self.origin = origin
        if not text.strip():
            self.add_error(field, gettext("Tempel dulu isi kebijakannya, atau pilih yang lain di atas."))
            return
        try:
            self.tried = load_policy(text)
        except PolicyError as error:
            self.problems = error.problems
            self.add_error(field, gettext("Teks ini belum dapat dipakai. Apa yang salah tertulis di atas."))
