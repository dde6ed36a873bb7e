"""The tables of people, roles and mismatches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from terang.registry.people.mismatches import KINDS, Mismatch
from terang.registry.people.models import AssignmentKind, EmploymentStatus, PostKind, Role, RoleGrant
from terang.registry.people.structure import coarse_units
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate, whole
from terang.web.tables import ChoiceFilter, Column, Rows, Table, TextFilter
from terang.web.templatetags.terang import badge

PREFIX = {AssignmentKind.ACTING: "Plt. ", AssignmentKind.STAND_IN: "Plh. "}


@dataclass(frozen=True)
class BelowFilter:
    """People whose main post is in the chosen unit or below it; the value is the unit's path."""

    name: str
    label: Any
    units: tuple[tuple[str, str], ...]
    kind: str = "choice"

    def options(self) -> list[tuple[str, Any]]:
        return list(self.units)

    def narrow(self, rows: Any, value: str) -> Rows:
        return rows.filter(unit_path__startswith=value) if value in dict(self.units) else rows


@dataclass(frozen=True)
class ThereFilter:
    """People who are there, or who have left."""

    name: str
    label: Any
    today: date
    kind: str = "choice"

    def options(self) -> list[tuple[str, Any]]:
        return [("aktif", _("Masih bekerja")), ("keluar", _("Sudah keluar"))]

    def narrow(self, rows: Any, value: str) -> Rows:
        gone = {"left_on__lte": self.today}
        return rows.filter(**gone) if value == "keluar" else rows.exclude(**gone)


def people_table(viewer: Viewer, chosen: tuple[tuple[str, str], ...] = ()) -> Table:
    """The list of people with filters of the viewer's agency. One query for the units to choose from."""
    units = {unit.path: f"{'– ' * (unit.path.count('/') - 2)}{unit.name}" for unit in coarse_units(viewer.agency_id)}
    options = (*units.items(), *((path, name) for path, name in chosen if path not in units))
    return Table(
        name="pegawai",
        caption=_("Pegawai"),
        order="name",
        columns=[
            Column("nama", _("Nama"), lambda p: p.name, sort="name", head=True, link=_person_url),
            Column("jabatan", _("Jabatan"), _post, sort="post_title"),
            Column("unit", _("Unit"), lambda p: p.unit_name or "–", sort="unit_name"),
            Column("status", _("Status"), lambda p: p.get_status_display(), sort="status"),
            Column("nip", _("NIP"), lambda p: p.nip, sort="nip"),
        ],
        filters=[
            TextFilter("q", _("Cari nama atau NIP"), ["name", "nip"]),
            BelowFilter("unit", _("Unit"), options),  # type: ignore[list-item]
            ChoiceFilter("status", _("Status"), EmploymentStatus.choices, "status"),
            ChoiceFilter("jenis", _("Jenis jabatan"), PostKind.choices, "post_kind"),
            ThereFilter("keadaan", _("Keadaan"), viewer.today),  # type: ignore[list-item]
        ],
        empty=(_("Belum ada pegawai yang dapat Anda lihat"), _("Bawahan dan unit yang Anda pimpin muncul di sini.")),
    )


def _person_url(person: Any) -> str:
    return reverse("people:person", args=[person.pk])


def _post(person: Any) -> str:
    if not person.post_title:
        return "–"
    return f"{PREFIX.get(person.assignment_kind, '')}{person.post_title}"


def roles_table(viewer: Viewer, keeps: bool) -> Table:
    """Who holds what, since when, by which document; with the way to end it for who keeps the registry."""
    columns = [
        Column("nama", _("Nama"), lambda g: g.employee.name, sort="employee__name", head=True, link=_holder_url),
        Column("peran", _("Peran"), lambda g: g.get_role_display(), sort="role"),
        Column("wilayah", _("Wilayah"), lambda g: g.unit.name if g.unit else _("Seluruh pemerintah daerah")),
        Column("sejak", _("Sejak"), lambda g: longdate(g.starts_on), sort="starts_on", raw=lambda g: g.starts_on),
        Column("keadaan", _("Keadaan"), lambda g: _state(g, viewer.today), raw=lambda g: _state_word(g, viewer.today)),
        Column("dasar", _("Dasar penunjukan"), lambda g: g.document or "–"),
    ]
    if keeps:
        columns.append(
            Column(
                "tindakan",
                _("Tindakan"),
                lambda g: _("Akhiri") if _runs(g, viewer.today) else "",
                link=_end_url(viewer.today),
            )
        )
    return Table(
        name="peran",
        caption=_("Peran yang ditunjuk"),
        order="employee__name",
        columns=columns,
        filters=[
            TextFilter("q", _("Cari nama"), ["employee__name"]),
            ChoiceFilter("peran", _("Peran"), Role.choices, "role"),
        ],
        empty=(_("Belum ada peran"), _("Beri peran pertama dengan surat penunjukannya.")),
        exports=not keeps,
    )


def _holder_url(grant: RoleGrant) -> str:
    return reverse("people:person", args=[grant.employee_id])


def _runs(grant: RoleGrant, today: date) -> bool:
    return grant.ends_on is None or grant.ends_on > today


def _end_url(today: date) -> Any:
    return lambda grant: reverse("people:role_end", args=[grant.pk]) if _runs(grant, today) else ""


def _state_word(grant: RoleGrant, today: date) -> str:
    if not _runs(grant, today):
        return str(_("Sampai sebelum %s") % longdate(grant.ends_on))
    return str(_("Berlaku") if grant.starts_on <= today else _("Akan berlaku"))


def _state(grant: RoleGrant, today: date) -> Any:
    kind = "quiet" if not _runs(grant, today) else "ok" if grant.starts_on <= today else "attention"
    return badge(_state_word(grant, today), kind)


def mismatch_table(found: Iterable[Mismatch]) -> Table:
    """What does not fit, with its owner, its age and the way to mend it."""
    kinds = {each.kind for each in found}
    return Table(
        name="ketidakcocokan",
        caption=_("Ketidakcocokan data pegawai"),
        columns=[
            Column("hal", _("Hal"), lambda m: m.subject, head=True, link=mending_url, sort="subject"),
            Column("jenis", _("Masalah"), lambda m: m.label, sort="label"),
            Column("rincian", _("Rincian"), lambda m: m.detail),
            Column("umur", _("Umur"), _age, raw=lambda m: m.days, sort="days"),
            Column("pemilik", _("Pemilik"), lambda m: m.owner, sort="owner"),
            Column("tindakan", _("Yang perlu dilakukan"), lambda m: m.advice),
        ],
        filters=[
            TextFilter("q", _("Cari"), ["subject", "detail"]),
            ChoiceFilter("jenis", _("Masalah"), [(k, label) for k, label in KINDS.items() if k in kinds], "kind"),
        ],
        empty=(_("Semua cocok"), _("Setiap pegawai punya jabatan dan penilai, setiap unit punya pimpinan.")),
    )


def _age(mismatch: Mismatch) -> Any:
    if mismatch.days is None:
        return "–"
    return format_html('<span class="nowrap">{} {}</span>', whole(mismatch.days), _("hari"))


def mending_url(mismatch: Mismatch) -> str:
    """Where a mismatch is mended: the person's page, or the unit's."""
    if mismatch.employee_id:
        return reverse("people:person", args=[mismatch.employee_id])
    return reverse("people:unit", args=[mismatch.unit_id])
