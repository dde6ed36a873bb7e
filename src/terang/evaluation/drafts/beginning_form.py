"""The form a draft begins with, and the document it chose."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.drafts.beginnings import from_file, from_nothing, from_preset, from_version
from terang.evaluation.models import PolicyVersion
from terang.evaluation.selectors import newest_begun
from terang.registry.organization.models import Agency
from terang.rules.policies import PRESETS, Document, load_preset
from terang.web.forms import FileField, FormKeyMixin

LIMIT_MB = 1
NOTHING, FILE = "kosong", "berkas"


def sources_for(versions: Sequence[PolicyVersion], today: date) -> list[tuple[str, str]]:
    """What a draft of this government may begin from, the version in force first."""
    running = newest_begun(versions, today)
    own = (
        [(f"versi-{running.version}", gettext("Versi %(number)s yang berlaku") % {"number": running.version})]
        if running
        else []
    )
    examples = [(code, gettext("Contoh: %(title)s") % {"title": load_preset(code).title}) for code in PRESETS]
    return [*own, (NOTHING, gettext("Dari kosong")), *examples, (FILE, gettext("Berkas TOML atau JSON"))]


class BeginForm(FormKeyMixin):
    """What a draft begins from, and the file where it is one."""

    source = forms.ChoiceField(label=_("Mulai dari"), widget=forms.RadioSelect)
    file = FileField(label=_("Berkas kebijakan"), types=("toml", "json"), limit_mb=LIMIT_MB, required=False)

    def __init__(self, *args: Any, sources: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        self.fields["source"].initial = sources[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            cleaned["source"] = FILE
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", gettext("Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8."))
        elif cleaned.get("source") == FILE and "file" not in self.errors:
            self.add_error("file", gettext("Pilih berkasnya."))
        return cleaned


def begun_from(
    form: BeginForm, agency: Agency, versions: Sequence[PolicyVersion]
) -> tuple[Document, PolicyVersion | None]:
    """What a valid form chose, with the version it came from. Raises PolicyError for a file that is no policy."""
    source = form.cleaned_data["source"]
    if source == FILE:
        return from_file(form.cleaned_data["file"].name, form.cleaned_data["text"]), None
    if source == NOTHING:
        return from_nothing(agency), None
    if source in PRESETS:
        return from_preset(source, agency), None
    base = next(each for each in versions if source == f"versi-{each.version}")
    return from_version(base), base
