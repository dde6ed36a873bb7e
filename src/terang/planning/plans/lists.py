"""How plans are listed: the appraiser's team, late ones below, units, templates."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from terang.planning.plans.completeness import UnitPlans
from terang.planning.plans.models import PlanTemplate
from terang.planning.plans.standings import KINDS, PersonPlan, Stand, days_left
from terang.registry.organization.models import UnitKind
from terang.registry.people.models import PostKind
from terang.web.numbers import longdate, percent
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def _address(row: PersonPlan) -> str:
    return reverse("plans:version", args=[row.version.pk]) if row.version else ""


def _stand(row: PersonPlan) -> SafeString:
    word = badge(gettext(str(row.stand.label)), KINDS[row.stand])
    if not row.notes:
        return word
    notes = format_html_join("", '<br><small class="muted">{}</small>', ((note,) for note in row.notes))
    return format_html("{}{}", word, notes)


def _since(row: PersonPlan) -> str:
    return longdate(row.since) if row.since else "–"


def _due(row: PersonPlan) -> str:
    if row.due is None or row.stand in (Stand.AGREED, Stand.DRAFT, Stand.DISCUSSED):
        return "–"
    return f"{longdate(row.due)} ({days_left(row.due, row.today)})"


TEAM = Table(
    name="skp-tim",
    caption=_("SKP orang yang Anda nilai"),
    order="rank",
    columns=[
        Column("name", _("Pegawai"), lambda row: row.name, sort="name", head=True, link=_address),
        Column("post", _("Jabatan"), lambda row: row.post_title, sort="post_title"),
        Column("stand", _("Keadaan"), _stand, sort="order", raw=lambda row: str(row.stand.label)),
        Column("since", _("Sejak"), _since, sort="since", raw=lambda row: row.since),
        Column("due", _("Batas"), _due, sort="due", raw=lambda row: row.due),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["name", "post_title"]),
        ChoiceFilter("keadaan", _("Keadaan"), Stand.choices, "stand"),
    ],
    empty=(_("Tidak ada yang cocok"), _("Ubah saringan di atas.")),
)

LATE = Table(
    name="skp-lewat",
    caption=_("Menunggu Anda sebagai atasan penilai"),
    prefix="a-",
    columns=[
        Column(
            "name",
            _("Pegawai"),
            lambda row: row[0].plan.employee.name,
            head=True,
            link=lambda row: reverse("plans:version", args=[row[0].pk]),
        ),
        Column("appraiser", _("Penilai"), lambda row: row[1].employee.name if row[1] else "–"),
        Column("unit", _("Unit"), lambda row: row[0].plan.unit.name if row[0].plan.unit else "–"),
        Column("due", _("Batas jawaban"), lambda row: longdate(row[0].answer_due), raw=lambda row: row[0].answer_due),
    ],
    exports=False,
)


def _unit(row: UnitPlans) -> str:
    return f"{'– ' * row.depth}{row.name}"


def _number(name: str) -> Any:
    return lambda row: getattr(row, name)


UNITS = Table(
    name="kelengkapan-skp",
    caption=_("Kelengkapan SKP per unit, termasuk unit di bawahnya"),
    order="path",
    columns=[
        Column("unit", _("Unit"), _unit, sort="path", head=True, raw=lambda row: row.name),
        Column("people", pgettext_lazy("banyak", "Pegawai"), _number("people"), sort="people", number=True),
        Column("agreed", _("Disepakati"), _number("agreed"), sort="agreed", number=True),
        Column("submitted", _("Diajukan"), _number("submitted"), sort="submitted", number=True),
        Column("late", _("Lewat batas"), _number("late"), sort="late", number=True),
        Column("writing", _("Disusun"), _number("writing"), sort="writing", number=True),
        Column("none", _("Belum"), _number("none"), sort="none", number=True),
        Column(
            "share", pgettext_lazy("andil", "Bagian"), lambda row: percent(row.agreed_bp), sort="agreed_bp", number=True
        ),
    ],
    filters=[TextFilter("q", _("Cari unit"), ["name"]), ChoiceFilter("jenis", _("Jenis"), UnitKind.choices, "kind")],
    empty=(_("Tidak ada unit yang cocok"), _("Ubah saringan di atas.")),
)


def _meant_for(row: PlanTemplate) -> str:
    parts: Iterable[str] = (row.title, row.category, str(PostKind(row.kind).label) if row.kind else "")
    return ", ".join(part for part in parts if part) or gettext("semua jabatan")


def _use(row: PlanTemplate) -> SafeString:
    if row.retired_on:
        return badge(gettext("tidak dipakai sejak %(day)s") % {"day": longdate(row.retired_on)}, "quiet")
    return badge(gettext("dipakai"), "ok")


TEMPLATES = Table(
    name="templat-skp",
    caption=_("Templat SKP"),
    order="name",
    columns=[
        Column(
            "name",
            _("Nama"),
            lambda row: row.name,
            sort="name",
            head=True,
            link=lambda row: reverse("plans:template", args=[row.pk]),
        ),
        Column("for", _("Untuk"), _meant_for),
        Column("use", _("Keadaan"), _use, raw=lambda row: row.retired_on or ""),
    ],
    filters=[TextFilter("q", _("Cari"), ["name", "title", "category"])],
    empty=(_("Belum ada templat"), _("Buka SKP yang sudah disepakati, lalu pilih “Jadikan templat”.")),
)
