"""The lists of courses and of what somebody has learned."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models import Course, DeclaredTraining, Form, TrainingRecord
from terang.follow_up.training.wording import subject_label
from terang.rules.policies import Policy
from terang.web.numbers import longdate, whole
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter


def courses_table(policy: Policy | None) -> Table:
    """The catalogue; what each course helps with is named as the policy names it."""
    return Table(
        name="katalog-pelatihan",
        caption=_("Katalog pelatihan"),
        columns=[
            Column("title", _("Pelatihan"), str, sort="title", head=True, link=lambda row: row.get_absolute_url()),
            Column("helps", _("Membantu"), lambda row: helps(row, policy), wrap=True),
            Column("form", _("Bentuk"), lambda row: row.get_form_display(), sort="form"),
            Column("hours", _("JP"), lambda row: whole(row.hours), sort="hours", number=True),
            Column("provider", _("Penyelenggara"), lambda row: row.provider, sort="provider"),
        ],
        filters=[
            TextFilter("q", _("Cari pelatihan"), ["title", "summary", "provider"]),
            ChoiceFilter("bentuk", _("Bentuk"), Form.choices, "form"),
        ],
        order="title",
        empty=(_("Belum ada pelatihan"), _("Kepegawaian menambahkan pelatihan ke katalog.")),
    )


def helps(course: Course, policy: Policy | None) -> str:
    """The names of what a course helps with."""
    return ", ".join(subject_label(aim.subject, policy) for aim in course.aims.all())


def _paper(row: TrainingRecord) -> str:
    declared = getattr(row, "declared", None)
    if declared is not None:
        mark = f" ({declared.get_state_display()})" if declared.contest and not declared.answer else ""
        return format_html('<a href="{}">{}</a>{}', declared.get_absolute_url(), row.certificate, mark)
    if row.enrolment_id is None:
        return row.certificate
    return format_html('<a href="{}">{}</a>', reverse("documents:certificate", args=[row.pk]), row.certificate)


RECORDS = Table(
    name="riwayat-pelatihan",
    caption=_("Riwayat pelatihan"),
    columns=[
        Column("title", _("Pelatihan"), lambda row: row.title, sort="title", head=True),
        Column("ends_on", _("Selesai"), lambda row: longdate(row.ends_on), sort="ends_on", raw=lambda row: row.ends_on),
        Column("hours", _("JP"), lambda row: whole(row.hours), sort="hours", raw=lambda row: row.hours, number=True),
        Column("form", _("Bentuk"), lambda row: row.get_form_display(), sort="form"),
        Column("provider", _("Penyelenggara"), lambda row: row.provider, sort="provider"),
        Column("certificate", _("Sertifikat"), _paper, raw=lambda row: row.certificate),
    ],
    order="-ends_on",
    empty=(_("Belum ada pelatihan yang selesai"), _("Sesudah sesi selesai, sertifikat dan JP tampil di sini.")),
)


def _by(row: DeclaredTraining) -> str:
    return row.given_by.name


WAITING = Table(
    name="pemeriksaan-pelatihan",
    caption=_("Pelatihan yang menunggu pemeriksaan"),
    columns=[
        Column(
            "name",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("title", _("Pelatihan"), lambda row: row.title, sort="title", wrap=True),
        Column("ends_on", _("Selesai"), lambda row: longdate(row.ends_on), sort="ends_on"),
        Column("hours", _("JP"), lambda row: whole(row.hours), sort="hours", number=True),
        Column("state", _("Status"), lambda row: row.get_state_display(), sort="state"),
        Column("by", _("Oleh"), _by),
    ],
    filters=[TextFilter("q", _("Cari nama atau pelatihan"), ["employee__name", "title"])],
    order="-state",
    empty=(
        _("Tidak ada yang menunggu"),
        _("Yang dinyatakan pegawai, yang diimpor rekan, dan sanggahan tampil di sini."),
    ),
    exports=False,
)
