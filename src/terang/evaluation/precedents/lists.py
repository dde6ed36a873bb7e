"""The lists of decisions and of decided objections."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Objection, Outcome
from terang.evaluation.precedents.models import Precedent, Topic
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def predicates(row: Precedent) -> str:
    """Before and after, or the one that stayed."""
    before, after = row.get_before_display(), row.get_after_display()
    return before if row.before == row.after else f"{before} → {after}"


PRECEDENTS = Table(
    name="putusan",
    caption=_("Putusan keberatan"),
    columns=[
        Column("question", _("Yang dipersoalkan"), str, head=True, link=lambda row: row.get_absolute_url()),
        Column("topic", _("Perihal"), lambda row: row.get_topic_display(), sort="topic"),
        Column("outcome", _("Putusan"), lambda row: row.get_outcome_display(), sort="outcome"),
        Column("predicate", _("Predikat"), predicates),
        Column("year", _("Tahun"), lambda row: str(row.year), sort="year", number=True),
    ],
    filters=[
        TextFilter("q", _("Cari dalam putusan"), ["question", "answer"]),
        ChoiceFilter("perihal", _("Perihal"), Topic.choices, "topic"),
        ChoiceFilter("putusan", _("Putusan"), Outcome.choices, "outcome"),
    ],
    exports=False,
    empty=(
        _("Belum ada putusan yang diterbitkan"),
        _("Putusan keberatan yang dapat dipelajari orang lain tampil di sini, tanpa nama."),
    ),
)


def standing(row: Objection) -> SafeString:
    """Whether a decided objection was told."""
    known = getattr(row, "precedent", None)
    if known is None:
        return badge(gettext("belum diterbitkan"), "attention")
    return badge(gettext("ditarik"), "quiet") if known.withdrawn_on else badge(gettext("terbit"), "ok")


DECIDED = Table(
    name="diputus",
    caption=_("Keberatan yang sudah diputus"),
    columns=[
        Column(
            "who",
            _("Pegawai"),
            lambda row: row.appraisal.employee.name,
            head=True,
            link=lambda row: reverse("precedents:write", args=[row.pk]),
        ),
        Column("period", _("Periode"), lambda row: row.appraisal.window.period.title),
        Column("outcome", _("Putusan"), lambda row: row.get_outcome_display(), sort="outcome"),
        Column("day", _("Diputus"), lambda row: longdate(row.decided_on), sort="decided_on"),
        Column("state", _("Status"), standing),
    ],
    filters=[ChoiceFilter("putusan", _("Putusan"), Outcome.choices, "outcome")],
    exports=False,
    empty=(_("Belum ada keberatan yang diputus"), _("Sesudah diputus, keberatan tampil di sini.")),
)
