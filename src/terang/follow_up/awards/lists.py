"""The lists of calls and of service medals."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.awards.medals import Candidate
from terang.follow_up.awards.models import CallState, Category
from terang.follow_up.career.values import MEDALS
from terang.web.numbers import longdate, missing, whole
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter

CALLS = Table(
    name="penjaringan",
    caption=_("Penjaringan penghargaan"),
    columns=[
        Column("title", _("Penghargaan"), str, sort="title", head=True, link=lambda row: row.get_absolute_url()),
        Column("category", _("Kategori"), lambda row: row.get_category_display(), sort="category"),
        Column("state", _("Status"), lambda row: row.get_state_display(), sort="state"),
        Column("until", _("Usulan sampai"), lambda row: longdate(row.nominate_until), sort="nominate_until"),
        Column("nominated", _("Usulan"), lambda row: whole(row.nominated), number=True),
    ],
    filters=[
        TextFilter("q", _("Cari penghargaan"), ["title", "criteria"]),
        ChoiceFilter("kategori", _("Kategori"), Category.choices, "category"),
        ChoiceFilter("status", _("Status"), CallState.choices, "state"),
    ],
    order="-nominate_until",
    empty=(_("Belum ada penjaringan"), _("Kepegawaian membukanya; semua pegawai melihatnya di sini.")),
    exports=False,
)

STATES: dict[str, str | Promise] = {
    "lengkap": _("Lengkap"),
    "belum": _("Berkas belum lengkap"),
    "menjelang": _("Dalam setahun"),
    "tmt": _("TMT belum tercatat"),
}


def _day(row: Candidate) -> str:
    return longdate(row.reached_on) if row.reached_on else missing()


def _missing(row: Candidate) -> str:
    """The first, and how many more; all of them stand on the person's page and in the download."""
    if len(row.missing) < 2:
        return "".join(row.missing)
    return gettext("%(first)s, dan %(n)s lagi") % {"first": row.missing[0], "n": len(row.missing) - 1}


MEDALS_DUE = Table(
    name="satyalancana",
    caption=_("Satyalancana Karya Satya"),
    columns=[
        Column(
            "name",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: reverse("awards:medal", args=[row.employee.pk]),
        ),
        Column("nip", _("NIP"), lambda row: row.employee.nip),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit", wrap=True),
        Column("grade", _("Tanda"), lambda row: MEDALS[row.grade], sort="grade"),
        Column("day", _("Masa kerja genap"), _day, raw=lambda row: row.reached_on),
        Column("state", _("Status"), lambda row: STATES[row.state], sort="state"),
        Column("missing", _("Yang belum ada"), _missing, raw=lambda row: "; ".join(row.missing), wrap=True),
    ],
    filters=[
        TextFilter("q", _("Cari pegawai atau unit"), ["employee__name", "unit"]),
        ChoiceFilter("tanda", _("Tanda"), MEDALS.items(), "grade"),
        ChoiceFilter("status", _("Status"), STATES.items(), "state"),
    ],
    empty=(_("Belum ada yang mendekati"), _("Yang masa kerjanya genap dalam setahun tampil di sini.")),
)
