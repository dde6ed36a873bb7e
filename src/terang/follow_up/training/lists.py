"""The lists of courses and of what somebody has learned."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models import Course, Form, TrainingRecord
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
