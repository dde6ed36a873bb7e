"""What answers ask of a person today: late ones of one's own, and those below that were passed on. Constant queries."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.unanswered import last_reminder, news_since, unanswered_below
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate


def waiting_for(viewer: Viewer) -> list[Duty]:
    """At most 4 queries for who leads nobody, otherwise at most 16."""
    return [*_late(viewer), *_below(viewer)]


def _late(viewer: Viewer) -> Iterator[Duty]:
    team = direct_report_ids(viewer.employee, viewer.today)
    if not team:
        return
    late = Entry.objects.filter(state=EntryState.SUBMITTED, answer_due_on__lt=viewer.today, employee_id__in=team)
    number, first = late.count(), late.order_by("answer_due_on").values_list("answer_due_on", flat=True).first()
    if not number:
        return
    title = ngettext("%(n)s kegiatan lewat batas jawab", "%(n)s kegiatan lewat batas jawab", number) % {"n": number}
    reminder = last_reminder(viewer.employee.pk, news_since())
    since = gettext("Yang paling lama sejak %(day)s") % {"day": longdate(first)}
    detail = gettext("Atasan Anda mengingatkan. %(since)s") % {"since": since} if reminder else since
    yield Duty(title, detail, "wrong" if reminder else "attention", reverse("work:queue"))


def _below(viewer: Viewer) -> Iterator[Duty]:
    rows = unanswered_below(viewer)
    if number := rows.count():
        title = ngettext(
            "%(n)s kegiatan belum dijawab penilainya", "%(n)s kegiatan belum dijawab penilainya", number
        ) % {"n": number}
        detail = gettext("Diteruskan kepada Anda; sementara tetap dihitung bagi pegawainya")
        yield Duty(title, detail, "attention", reverse("work:unanswered"))
