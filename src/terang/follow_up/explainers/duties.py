"""Questions of the box that wait for the personnel agency."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.follow_up.explainers.selectors import answer_days, waiting_questions
from terang.registry.people.access import may_keep
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One line for all of them. One query for who keeps, else none."""
    if not may_keep(viewer):
        return []
    days = list(waiting_questions(viewer).order_by("asked_on").values_list("asked_on", flat=True))
    if not days:
        return []
    due = days[0] + timedelta(days=answer_days(viewer.today))
    title = ngettext("%(n)s pertanyaan menunggu jawaban", "%(n)s pertanyaan menunggu jawaban", len(days))
    detail = gettext("Yang lewat tenggat tampil untuk semua pegawai sebagai belum dijawab.")
    kind = "attention" if due <= viewer.today else "quiet"
    return [Duty(title % {"n": len(days)}, detail, kind, reverse("explainers:box"), due)]
