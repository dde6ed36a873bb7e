"""The lists of the index, of boxes, of candidates, posts, pools and proposals, and of what waits."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from terang.follow_up.career.contenders import Places
from terang.follow_up.career.models import Pool, Proposal, ProposalState, Readiness, Standing, Willingness
from terang.follow_up.career.steps import in_words, met, of_all, short
from terang.follow_up.career.vacancies import Vacancy
from terang.follow_up.career.values import shown_value
from terang.follow_up.career.wording import (
    DIMENSION_LABELS,
    PERFORMANCE_LABELS,
    POTENTIAL_LABELS,
    band_label,
    plain,
)
from terang.rules.regulations.asn_index import DIMENSIONS
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter


def _address(row: Standing) -> str:
    return reverse("career:person", args=[row.pk])


def _hundredths(value: int) -> str:
    return plain(Decimal(value) / 100)


def _dimension(name: str) -> Callable[[Standing], str]:
    def cell(row: Standing) -> str:
        value = getattr(row, name)
        return gettext("belum") if value is None else _hundredths(value)

    return cell


def _total(row: Standing) -> str:
    if row.total is not None:
        return _hundredths(row.total)
    return gettext("%(least)s sampai %(most)s") % {"least": _hundredths(row.least), "most": _hundredths(row.most)}


def _band(row: Standing) -> str:
    if row.total is not None:
        return band_label(Decimal(row.total) / 100, row.computed_on)
    return ngettext("%(n)s bagian belum ada", "%(n)s bagian belum ada", row.gaps) % {"n": row.gaps}


_SEARCH = TextFilter("q", _("Cari pegawai atau unit"), ["name", "unit_name", "title"])
_NAME = Column("name", _("Pegawai"), lambda row: row.name, sort="name", head=True, link=_address)
_UNIT = Column("unit", _("Unit"), lambda row: row.unit_name, sort="unit_name", wrap=True)
INDEX = Table(
    name="indeks-profesionalitas",
    caption=_("Indeks profesionalitas pegawai"),
    columns=[
        _NAME,
        _UNIT,
        *(Column(name, _(DIMENSION_LABELS[name]), _dimension(name), number=True) for name in DIMENSIONS),
        Column("total", _("Indeks"), _total, sort="total", number=True),
        Column("band", _("Kategori"), _band, wrap=True),
    ],
    filters=[_SEARCH],
    order="name",
    empty=(_("Belum ada pegawai"), _("Pegawai tampil di sini setelah tercatat di kepegawaian.")),
)


def _box(row: Standing) -> str:
    return gettext("belum") if row.box is None else str(row.box)


def _performance(row: Standing) -> str:
    known = row.box_performance
    return gettext(PERFORMANCE_LABELS[known]) if known else gettext("belum ada predikat")


def _potential(row: Standing) -> str:
    known = row.box_potential
    return gettext(POTENTIAL_LABELS[known]) if known else gettext("belum ada asesmen")


BOXES = Table(
    name="kotak-talenta",
    caption=_("Kotak talenta sebagai daftar"),
    columns=[
        _NAME,
        Column("title", _("Jabatan"), lambda row: row.title, sort="title", wrap=True),
        _UNIT,
        Column("box", _("Kotak"), _box, sort="box"),
        Column("performance", _("Kinerja"), _performance),
        Column("potential", _("Potensi"), _potential),
    ],
    filters=[_SEARCH],
    order="name",
    empty=(_("Tidak ada pegawai"), _("Yang Anda nilai, atau seluruh pegawai bagi pengelola, tampil di sini.")),
)

WAITING = Table(
    name="pemeriksaan-data",
    caption=_("Data karier yang menunggu"),
    columns=[
        Column(
            "name",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("subject", _("Data"), lambda row: row.get_subject_display(), sort="subject", wrap=True),
        Column("value", _("Isi"), lambda row: shown_value(row.subject, row.value, row.day), wrap=True),
        Column("state", _("Status"), lambda row: row.get_state_display(), sort="state"),
        Column("given", _("Dicatat"), lambda row: longdate(row.given_on), sort="given_on"),
        Column("by", _("Oleh"), lambda row: row.given_by.name),
    ],
    order="given_on",
    empty=(_("Tidak ada yang menunggu"), _("Data yang dicatat rekan dan sanggahan pegawai tampil di sini.")),
    exports=False,
)


def _readiness(row: Any) -> str:
    """What was decided or proposed stands before what is still missing."""
    return str(ProposalState(row.proposed).label if row.proposed else row.get_readiness_display())


_MISSING = Column(
    "missing",
    _("Yang kurang"),
    lambda row: in_words(row.conditions),
    raw=lambda row: short(row.conditions),
    wrap=True,
)
_MET = Column(
    "met", _("Terpenuhi"), lambda row: of_all(row.conditions), raw=lambda row: met(row.conditions), number=True
)
"""A word on the screen; a spreadsheet has every condition with what proves it."""


def candidates_table(units: Sequence[tuple[str, str]]) -> Table:
    """`units` are those the reader may narrow by."""
    return Table(
        name="calon-kenaikan-pangkat",
        caption=_("Calon kenaikan pangkat"),
        columns=[
            Column(
                "name",
                _("Pegawai"),
                lambda row: row.name,
                sort="name",
                head=True,
                link=lambda row: reverse("career:candidate", args=[row.pk]),
            ),
            Column("title", _("Jabatan"), lambda row: row.title, sort="title", wrap=True),
            _UNIT,
            Column("rank", _("Golongan"), lambda row: row.employee.rank),
            Column("next", _("Menuju"), lambda row: row.next_rank or gettext("belum diketahui"), sort="next_rank"),
            Column("readiness", _("Keadaan"), _readiness, wrap=True),
            _MISSING,
            _MET,
        ],
        filters=[
            TextFilter("q", _("Cari pegawai atau jabatan"), ["name", "title", "unit_name"]),
            ChoiceFilter("siap", _("Keadaan"), _STATES, "readiness"),
            ChoiceFilter("unit", _("Unit"), units, "unit_path__startswith"),
        ],
        order="name",
        empty=(_("Tidak ada calon"), _("Ubah saringannya, atau tunggu sampai datanya dihitung.")),
    )


_STATES = [(each.value, each.label) for each in Readiness if each != Readiness.NONE]


def _since(row: Vacancy) -> str:
    if row.day is None:
        return gettext("kosong sekarang")
    return gettext("kosong mulai %(day)s") % {"day": longdate(row.day)}


def _vacancy_address(row: Vacancy) -> str:
    return row.pool.get_absolute_url() if row.pool else reverse("career:open_pool", args=[row.post.pk])


VACANCIES = Table(
    name="jabatan-kosong",
    caption=_("Jabatan yang kosong atau akan kosong"),
    columns=[
        Column("title", _("Jabatan"), lambda row: row.title, sort="title", head=True, wrap=True),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit", wrap=True),
        Column("kind", _("Jenis"), lambda row: row.post.get_kind_display()),
        Column("holder", _("Pejabat sekarang"), lambda row: row.holder.name if row.holder else ""),
        Column("when", _("Kapan"), _since, sort="when", wrap=True),
        Column(
            "pool",
            _("Kelompok"),
            lambda row: gettext("terbuka") if row.pool else gettext("buka kelompok"),
            link=_vacancy_address,
        ),
    ],
    filters=[
        TextFilter("q", _("Cari jabatan atau unit"), ["title", "unit"]),
        ChoiceFilter("kapan", _("Kapan"), [("kosong", _("Kosong sekarang")), ("akan", _("Akan kosong"))], "state"),
    ],
    empty=(_("Tidak ada jabatan yang kosong"), _("Yang kosong, dan yang akan ditinggal pensiun, tampil di sini.")),
)


def _answered(row: Any) -> str:
    return str(Willingness(row.answer).label) if row.answer else gettext("belum menjawab")


def pool_table(pool: Pool, places: Places, *, proposes: bool) -> Table:
    """Who is considered for a post; the place is of who meets every criterion. With `proposes` each row leads to the
    form of a proposal."""

    def person(row: Any) -> str:
        return reverse("career:contender", args=[pool.pk, row.employee_id])

    columns = [
        Column("place", _("Tempat"), lambda row: places.of(row) or "–", number=True),
        Column("name", _("Pegawai"), lambda row: row.employee.name, sort="employee__name", head=True, link=person),
        Column("rank", _("Golongan"), lambda row: row.employee.rank),
        Column("answer", _("Jawaban"), _answered),
        _MISSING,
        _MET,
    ]
    if proposes:
        link = Column(
            "act",
            _("Langkah"),
            lambda row: gettext("usulkan"),
            link=lambda row: reverse("career:propose_post", args=[pool.pk, row.employee_id]),
        )
        columns.append(link)
    return Table(
        name="kelompok-suksesi",
        caption=_("Yang dipertimbangkan"),
        columns=columns,
        filters=[
            TextFilter("q", _("Cari pegawai"), ["employee__name"]),
            ChoiceFilter("syarat", _("Syarat"), [("0", _("Semua terpenuhi")), ("1", _("Kurang satu"))], "missing"),
        ],
        empty=(_("Belum ada calon"), _("Tidak ada pegawai pada kotak asal dengan jabatan asal yang sesuai.")),
    )


def _aim(row: Proposal) -> str:
    if row.pool is None:
        return gettext("Golongan %(rank)s") % {"rank": row.rank}
    return f"{row.pool.post.title}, {row.pool.post.unit.name}"


PROPOSALS = Table(
    name="usulan-karier",
    caption=_("Usulan dan keputusan"),
    columns=[
        Column(
            "name",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("aim", _("Untuk"), _aim, wrap=True),
        Column("state", _("Status"), lambda row: row.get_state_display(), sort="state"),
        Column("proposed", _("Diusulkan"), lambda row: longdate(row.proposed_on), sort="proposed_on"),
        Column("decree", pgettext_lazy("surat", "Keputusan"), lambda row: row.decree, wrap=True),
        Column("effective", _("Berlaku sejak"), lambda row: longdate(row.effective_on) if row.effective_on else ""),
        Column("order", _("Daftar"), lambda row: gettext("menyimpang") if row.deviates else gettext("sesuai")),
    ],
    filters=[
        TextFilter("q", _("Cari pegawai"), ["employee__name"]),
        ChoiceFilter("status", _("Status"), ProposalState.choices, "state"),
    ],
    order="-proposed_on",
    empty=(_("Belum ada usulan"), _("Usulan kenaikan pangkat dan pengisian jabatan tampil di sini.")),
)
