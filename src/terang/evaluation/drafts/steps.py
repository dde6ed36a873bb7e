"""The steps of the editor: which table of a policy is asked where, in the order in which they are written."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from terang.evaluation.drafts import forms
from terang.evaluation.drafts.fields import PartForm
from terang.rules.policies import Document

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Piece:
    """A table, or a list of tables (`many`), at a place of the document. `sums` names the field that adds up to 100 %;
    `inner` the step of each row's own parts, with the word for its link."""

    name: str
    where: Where
    form: type[PartForm]
    many: bool = False
    title: str = ""
    lead: str = ""
    sums: str = ""
    inner: str = ""
    inner_label: str = ""
    add: str = ""
    fold: bool = False

    @property
    def path(self) -> str:
        return path_of(self.where)


@dataclass(frozen=True)
class Step:
    """One page of the editor. `places` are patterns of the paths whose problems belong here; `depth` is how far the
    step is set in."""

    slug: str
    title: str
    lead: str
    pieces: tuple[Piece, ...]
    places: tuple[str, ...]
    depth: int = 0

    def holds(self, path: str) -> bool:
        return any(re.fullmatch(place, path) for place in self.places)


def path_of(where: Where) -> str:
    """A place as the check of policies writes it: ("aspects", 0, "measures") → "aspects[0].measures"."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in where]
    return "".join(parts).lstrip(".")


def found_at(document: Document, where: Where, default: Any) -> Any:
    """What stands at a place; `default` where there is nothing yet."""
    here: Any = document
    for part in where:
        known = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if known or (isinstance(here, dict) and part in here):
            here = here[part]
        else:
            return default
    return here


def placed(document: Document, where: Where, value: Any) -> Document:
    """The document with another value at a place; an empty list is left out."""
    if not where:
        return dict(value)
    changed = deepcopy(document)
    here: Any = changed
    for part in where[:-1]:
        here = here[part] if isinstance(part, int) else here.setdefault(part, {})
    if value == []:
        here.pop(where[-1], None)
    else:
        here[where[-1]] = value
    return changed


def steps_of(document: Document) -> list[Step]:
    """Every step of a draft as it stands, with one for the parts of each aspect, variant and instrument."""
    return [
        _basics(),
        _instruments(),
        *_each_instrument(document),
        *_aspects(document, (), "", _("Bagian dan bobot"), 0),
        _variants(),
        *_each_variant(document),
        _ratings(),
        _measures(("ratings", "behaviour"), "perilaku", _("Ukuran perilaku"), 1),
        _follow_up(),
        _reporting(),
    ]


def step_at(document: Document, slug: str) -> Step | None:
    return next((step for step in steps_of(document) if step.slug == slug), None)


def _basics() -> Step:
    lead = _("Apa namanya, sejak kapan berlaku, dan seberapa sering nilai disusun.")
    places = (r"(title|valid_from|period|code|agency_code|version)", r"second_factor_roles.*")
    return Step("dasar", _("Dasar"), lead, (Piece("dasar", (), forms.BasicsForm),), places)


def _instruments() -> Step:
    lead = _("Daftar nilai yang ditanyakan kepada atasan, rekan, atau bawahan, dengan skalanya.")
    piece = Piece(
        "instrumen",
        ("instruments",),
        forms.InstrumentForm,
        many=True,
        inner="instrumen-{0}",
        inner_label=_("Isi nilai yang ditanyakan"),
        add=_("Instrumen baru"),
    )
    return Step("instrumen", _("Instrumen dan skala"), lead, (piece,), (r"instruments(\[\d+\](\.[a-z_]+)?)?",))


def _each_instrument(document: Document) -> Iterator[Step]:
    for number, each in enumerate(document.get("instruments", [])):
        where: Where = ("instruments", number, "aspects")
        piece = Piece("nilai", where, forms.NamedForm, many=True, add=_("Nilai baru"))
        lead = _("Satu baris untuk setiap nilai yang ditanyakan.")
        places = (rf"instruments\[{number}\]\.aspects.*",)
        yield Step(f"instrumen-{number}", _name(each), lead, (piece,), places, 1)


def _aspects(document: Document, above: Where, mark: str, title: str, depth: int) -> Iterator[Step]:
    """The aspects at a place, then the measures of each. `mark` sets the steps of a variant apart."""
    where = (*above, "aspects")
    piece = Piece(
        "bagian",
        where,
        forms.AspectForm,
        many=True,
        sums="weight_bp",
        inner=f"ukuran-{mark}a{{0}}",
        inner_label=_("Isi ukurannya"),
        add=_("Bagian baru"),
    )
    lead = _("Nilai total terdiri dari bagian-bagian ini. Bobotnya berjumlah 100 %.")
    slug = f"bagian-{mark}" if mark else "bagian"
    yield Step(slug, title, lead, (piece,), (re.escape(path_of(where)) + r"(\[\d+\](\.(?!measures)[a-z_]+)?)?",), depth)
    for number, each in enumerate(found_at(document, where, [])):
        yield _measures((*where, number), f"{mark}a{number}", _name(each), depth + 1)


def _measures(above: Where, mark: str, title: str, depth: int) -> Step:
    where = (*above, "measures")
    lead = _("Ukuran yang membentuk bagian ini. Porsinya berjumlah 100 %.")
    piece = Piece(
        "ukuran", where, forms.MeasureForm, many=True, sums="share_bp", add=_("Ukuran baru"), title=_("Ukuran")
    )
    return Step(f"ukuran-{mark}", title, lead, (piece,), (re.escape(path_of(where)) + r".*",), depth)


def _variants() -> Step:
    lead = _("Rumpun jabatan yang dinilai dengan bagian dan bobot sendiri, misalnya guru. Boleh tidak ada.")
    piece = Piece(
        "varian",
        ("variants",),
        forms.VariantForm,
        many=True,
        inner="bagian-v{0}",
        inner_label=_("Isi bagiannya"),
        add=_("Susunan khusus baru"),
    )
    return Step("varian", _("Susunan khusus"), lead, (piece,), (r"variants(\[\d+\](\.(?!aspects)[a-z_]+.*)?)?",))


def _each_variant(document: Document) -> Iterator[Step]:
    for number, each in enumerate(document.get("variants", [])):
        title = _("Bagian untuk %(name)s") % {"name": _name(each)}
        yield from _aspects(document, ("variants", number), f"v{number}", title, 1)


def _ratings() -> Step:
    pieces = (
        Piece("batas", (), forms.LimitsForm, title=_("Nilai total")),
        Piece(
            "hasil",
            ("ratings", "work_result"),
            forms.WorkRatingForm,
            title=_("Saran hasil kerja"),
            lead=_("Pejabat penilai melihatnya sebagai saran dan tetap memutuskan sendiri."),
        ),
        Piece("perilaku", ("ratings", "behaviour"), forms.ThresholdsForm, title=_("Saran perilaku")),
    )
    places = (
        r"standard_bp|least_coverage_bp|ratings",
        r"ratings\.work_result.*",
        r"ratings\.behaviour(\.(above_bp|meets_bp))?",
    )
    return Step("ambang", _("Batas dan saran"), _("Mulai dari nilai berapa sesuatu disebut baik."), pieces, places)


def _follow_up() -> Step:
    lead = _("Apa yang terjadi bila nilai terlalu rendah.")
    pieces = (
        Piece("standar", (), forms.FollowUpForm, title=_("Di bawah standar")),
        Piece(
            "lantai",
            ("floors",),
            forms.FloorForm,
            many=True,
            title=_("Yang tidak pernah ditutup rata-rata"),
            lead=_("Di bawah batas ini tindak lanjut datang, berapa pun nilai totalnya. Boleh tidak ada."),
            add=_("Batas baru"),
        ),
        Piece("batas-waktu", ("follow_up",), forms.FollowUpTermsForm, title=_("Sampai kapan ditindaklanjuti")),
        Piece(
            "berturut",
            ("follow_up", "successive"),
            forms.SuccessiveForm,
            many=True,
            title=_("Predikat yang sama berturut-turut"),
            lead=_("Yang dapat diputuskan orang yang berwenang sesudahnya. Boleh tidak ada."),
            add=_("Aturan baru"),
        ),
    )
    places = (r"(warning_days|action_days)", r"floors.*", r"follow_up.*")
    return Step("tindak-lanjut", _("Tindak lanjut"), lead, pieces, places)


def _reporting() -> Step:
    pieces = (
        Piece("umum", ("reporting",), forms.ReportingForm),
        Piece(
            "jabatan",
            ("reporting", "posts"),
            forms.PostReportingForm,
            many=True,
            title=_("Jabatan dengan irama sendiri"),
            lead=_("Misalnya guru cukup sekali seminggu. Boleh tidak ada."),
            add=_("Irama baru"),
        ),
        Piece(
            "pertanyaan",
            ("reporting", "questions"),
            forms.QuestionsForm,
            title=_("Kapan sebuah kegiatan ditanyakan"),
            lead=_("Pertanyaan tidak mengubah nilai. Yang dikosongkan memakai batas yang lazim."),
            fold=True,
        ),
    )
    return Step("catatan", _("Catatan kegiatan"), _("Seberapa sering dicatat dan dijawab."), pieces, (r"reporting.*",))


def _name(part: Document) -> str:
    return str(part.get("label") or _("Belum bernama"))


def after(steps: Sequence[Step], slug: str) -> str:
    """The step behind this one; empty at the end."""
    slugs = [step.slug for step in steps]
    here = slugs.index(slug)
    return slugs[here + 1] if here + 1 < len(slugs) else ""
