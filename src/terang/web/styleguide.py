"""The page `/gaya/` (demo and debug only): every component in every state, to look at and to test."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from terang.web import charts, htmx, icons, numbers, states
from terang.web.errors import NotAllowed, NotNow, Stale
from terang.web.forms import DateInput, FileField, FormKeyMixin, ScaleField, TimeInput, VersionMixin
from terang.web.navigation import NavItem
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@dataclass(frozen=True)
class Sample:
    """A made-up row."""

    pk: int
    name: str
    state: str
    score_bp: int | None


NAMES = (
    "Andi Rahma Sulistyawati", "Budi Santoso", "Cut Nurhaliza", "Dewi Lestari", "Erwin Pasaribu", "Fitriani Dg. Kanang",
    "Gilang Prakoso", "Hasnah Maulida", "Irfan Tadulako", "Johanis Rantetondok",
)  # fmt: skip
STATES = (("ok", "Diterima"), ("attention", "Menunggu"), ("wrong", "Dikembalikan"))
SAMPLES = [Sample(n, NAMES[n % 10], STATES[n % 3][0], None if n % 7 == 6 else 6200 + n * 337 % 3700) for n in range(64)]
TABLE = Table(
    name="contoh",
    caption="Kegiatan contoh",
    columns=[
        Column("name", "Pegawai", lambda row: row.name, sort="name", head=True, link=lambda row: "#tabel"),
        Column("state", "Status", lambda row: badge(dict(STATES)[row.state], row.state), sort="state"),
        Column("score", "Nilai", lambda row: numbers.score(row.score_bp), sort="score_bp", number=True),
    ],
    filters=[TextFilter("q", "Cari nama", ["name"]), ChoiceFilter("status", "Status", STATES, "state")],
    order="name",
    empty=("Belum ada kegiatan", "Catat kegiatan pertama Anda."),
)
LINE = charts.Line(
    title="Lama penerbitan KTP",
    lead="Setelah loket dipisah, warga menunggu seperempat dari sebelumnya.",
    labels=MONTHS,
    series=[charts.Series("Disdukcapil", [14, 13, 15, 14, 12, 7, 5, 4, None, 4, 4, 3])],
    target=charts.Target(5, "Janji layanan"),
    mark=charts.Mark(4, "Loket dipisah"),
)
LINES = charts.Line(
    title="Kepuasan warga menurut layanan",
    labels=MONTHS,
    series=[
        charts.Series("KTP", [7200, 7350, 7400, 7600, 7900, 8100, 8200, 8350, 8300, 8500, 8600, 8700]),
        charts.Series("Izin usaha", [8100, 8050, 8000, 7950, 8000, 7900, 7900, 7850, 8000, 8100, 8200, 8200]),
        charts.Series("Puskesmas", [6800, 6900, None, None, 7100, 7200, 7300, 7350, 7500, 7450, 7600, 7700]),
    ],
    form=numbers.percent,
    from_zero=False,
)
BARS = charts.Bars(
    title="Ketepatan waktu menurut unit",
    bars=[
        charts.Bar("Dinas Kependudukan dan Pencatatan Sipil", 9350, "ok", "di atas standar"),
        charts.Bar("Puskesmas Tamalate", 8420),
        charts.Bar("Kecamatan Rappocini", 7110, "attention", "di bawah standar"),
        charts.Bar("Dinas Perhubungan", None),
    ],
    form=numbers.percent,
    highest=10000,
    target=charts.Target(8000, "Standar"),
)
COLUMNS = charts.Columns(
    title="Sebaran predikat",
    lead="Garis tebal: sebaran yang dianjurkan untuk organisasi berpredikat Baik.",
    columns=[
        charts.Bar("Sangat baik", 9),
        charts.Bar("Baik", 52),
        charts.Bar("Butuh perbaikan", 12, "attention"),
        charts.Bar("Kurang", 5, "wrong"),
        charts.Bar("Sangat kurang", 1, "wrong"),
    ],
    expected=[12, 46, 13, 6, 2],
)
SERVICE_TIME = charts.Months(
    "Waktu penerbitan KTP",
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun"],
    [
        charts.Box(80, 6, 9, 11, 15),
        charts.Box(85, 6, 9, 12, 16),
        None,
        charts.Box(90, 4, 6, 8, 11),
        charts.Box(95, 3, 5, 6, 9),
        charts.Box(97, 3, 4, 5, 8),
    ],
    ("Bulan", "Selesai", "Seperempat", "Tengah", "Tiga perempat", "Sembilan dari sepuluh"),
    name="Hari kerja",
    target=charts.Target(5, "Standar"),
    pins=[charts.Pin(3, "1")],
    panels=[
        charts.Panel("IKM", [7200, 7150, None, 7600, 8000, 8300], numbers.score),
        charts.Panel("Selesai", [80, 85, None, 90, 95, 97], bars=True),
    ],
)
STRIP = charts.Strip(
    title="Waktu layanan setiap permohonan",
    rows=[
        charts.StripRow("Sebelum", [900 + n * 787 % 9200 for n in range(60)]),
        charts.StripRow("Sesudah", [300 + n * 463 % 2700 for n in range(80)]),
    ],
    form=lambda minutes: numbers.duration(None if minutes is None else round(minutes / 60) * 60),
    target=charts.Target(2880, "Standar"),
)


EASE = (("1", "Tidak mudah"), ("2", "Kurang mudah"), ("3", "Mudah"), ("4", "Sangat mudah"))


AGENCY = SimpleNamespace(name="Pemerintah Kota Contoh")
VIEWER = SimpleNamespace(employee=SimpleNamespace(name="Andi Rahma Sulistyawati, S.Sos.", agency=AGENCY))
"""Only what the shell's head reads, so that the page needs neither a database nor a sign-in."""


class SampleForm(FormKeyMixin, VersionMixin):
    """Every kind of field once."""

    what = forms.CharField(
        label="Kegiatan", max_length=120, help_text="Apa yang dikerjakan dan untuk siapa, satu kalimat."
    )
    result = forms.ChoiceField(
        label="Hasil kerja", choices=[("", "Pilih…"), ("a", "Waktu terbit KTP turun"), ("b", "Arsip tertata")]
    )
    day = forms.DateField(label="Tanggal", widget=DateInput)
    start = forms.TimeField(label="Mulai", widget=TimeInput, required=False)
    volume = forms.IntegerField(label="Banyaknya", min_value=1)
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    proof = FileField(label="Bukti", types=("pdf", "jpg", "png"), required=False)
    place = forms.ChoiceField(label="Tempat", widget=forms.RadioSelect, choices=[("k", "Kantor"), ("l", "Lapangan")])
    sure = forms.BooleanField(label="Saya menyatakan isian ini benar", help_text="Atasan dapat membuka buktinya.")
    u1 = ScaleField(label="Bagaimana kemudahan prosedur layanan ini?", choices=EASE)


def _navigation() -> list[NavItem]:
    here = reverse("styleguide")
    return [
        NavItem("Hari ini", here, "home", current=True),
        NavItem("Tim saya", f"{here}#tim", "people", count=3),
        NavItem("Rencana", f"{here}#rencana", "target"),
        NavItem("Kegiatan", f"{here}#kegiatan", "list"),
        NavItem("Layanan", f"{here}#layanan", "building"),
        NavItem("Nilai", f"{here}#nilai", "chart"),
        NavItem("Jejak", f"{here}#jejak", "history"),
    ]


def _context(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    here = reverse("styleguide")
    return {
        "viewer": VIEWER,
        "navigation": _navigation(),
        "form": form,
        "table": TABLE.bind(request, SAMPLES),
        "empty_table": TABLE.bind(request, []),
        "line": LINE,
        "lines": LINES,
        "bars": BARS,
        "columns": COLUMNS,
        "strip": STRIP,
        "months": SERVICE_TIME,
        "spark": [62, 64, 63, 70, 74, 73, 79, 84],
        "icons": sorted(icons.PATHS),
        "steps": ["Data diri", "Permohonan", "Bukti", "Kirim"],
        "tabs": [
            NavItem("Ringkas", here, current=True),
            NavItem("Bukti", f"{here}#b", count=4),
            NavItem("Jejak", f"{here}#c"),
        ],
        "kinds": ["notallowed", "notnow", "stale"],
        "statuses": [400, 403, 404, 429, 500],
    }


def show(request: HttpRequest) -> HttpResponseBase:
    """The page; a post shows the errors (or a notice), `?ekspor=` downloads the sample table."""
    if download := TABLE.bind(request, SAMPLES).export():
        return download
    initial = {"version": 3, "day": "2026-11-24", "volume": 12}
    form = SampleForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Tersimpan. Atasan Anda sudah melihatnya.")
        return htmx.redirect(request, reverse("styleguide"))
    return render(request, "web/styleguide.html", _context(request, form), status=422 if form.is_bound else 200)


def fragment(request: HttpRequest) -> HttpResponse:
    """A piece of page as htmx fetches it, with a toast."""
    return htmx.toast(render(request, "web/_styleguide_live.html"), "Nilai diperbarui.")


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    """Refuses as a service would."""
    if kind == "notallowed":
        raise NotAllowed("Hanya atasan langsung yang dapat menilai pegawai ini.")
    if kind == "notnow":
        raise NotNow("Periode ini sudah ditutup. Mintalah BKPSDM membukanya kembali.")
    if kind == "stale":
        raise Stale("Data ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")
    raise Http404


def state(request: HttpRequest, status: int) -> HttpResponse:
    """One of the error pages, drawn."""
    if status == 500:
        return states.server_error(request)
    pages = {400: states.bad_request, 403: states.forbidden, 404: states.not_found, 429: states.too_many}
    if status not in pages:
        raise Http404
    return pages[status](request)
