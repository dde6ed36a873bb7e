"""Letters that sum up what waits and what is new. They count and point the way; what it is about, and about whom,
stands in Terang alone: a mailbox is read by others too."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from terang.audit.alone import alone
from terang.audit.selectors import head
from terang.registry.organization.calendars import calendar_of
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import viewer_for
from terang.reporting.boards.waiting import waiting_for
from terang.reporting.notices.models import Choice, Letters
from terang.reporting.notices.news import GROUP_OF
from terang.reporting.notices.selectors import counts_since


def every_hour() -> None:
    """Asks for the letters whose hour has come. One government that fails stops no other."""
    now = timezone.now()
    for agency in Agency.objects.filter(pk__in=_wanting().values("employee__agency")):
        alone(_ask, agency, now)


def _wanting() -> QuerySet[Choice]:
    rows = Choice.objects.exclude(letters=Letters.NEVER).exclude(employee__user__email="")
    return rows.filter(Q(employee__left_on=None) | Q(employee__left_on__gt=timezone.localdate()))


def _ask(agency: Agency, now: datetime) -> None:
    here = now.astimezone(ZoneInfo(agency.time_zone))
    today, calendar = here.date(), calendar_of(agency)
    if not calendar.is_working_day(today):
        return
    monday = date.fromordinal(today.toordinal() - today.weekday())
    first = not calendar.working_days(monday, today)
    due = Q(letters=Letters.DAILY) | Q(letters=Letters.WEEKLY) if first else Q(letters=Letters.DAILY)
    rows = _wanting().filter(due, employee__agency=agency, hour__lte=here.hour)
    unsent = Q(told_on=None) | Q(told_on__lt=today)
    for pk in rows.filter(unsent).values_list("pk", flat=True):
        send_letter.enqueue(pk, today.isoformat())


@task()
def send_letter(choice_id: int, day: str) -> None:
    """One letter a day at most; none where there is nothing to say. Sent before the day is kept: a worker that dies in
    between writes twice rather than never."""
    today = date.fromisoformat(day)
    with transaction.atomic():
        rows = _wanting().filter(Q(told_on=None) | Q(told_on__lt=today)).select_related("employee__user")
        choice = rows.select_for_update(of=("self",)).filter(pk=choice_id).first()
        if choice is None:
            return
        until = head()
        letter = letter_for(choice)
        if letter is not None:
            letter.send()
        Choice.objects.filter(pk=choice.pk).update(told_on=today, told_until=until)


def letter_for(choice: Choice) -> EmailMessage | None:
    """The letter as things stand, in the person's language; None where nothing waits and nothing is new."""
    user = choice.employee.user
    viewer = viewer_for(user, timezone.now()) if user else None
    if user is None or viewer is None or not user.is_active:
        return None
    with override(user.language), timezone.override(viewer.employee.agency.time_zone):
        waiting = waiting_for(viewer)
        groups: Counter[str] = Counter()
        for verb, number in counts_since(viewer, choice).items():
            groups[str(GROUP_OF[verb].label)] += number
        if not waiting and not groups:
            return None
        context = {
            "waiting": len(waiting),
            "late": sum(each.kind == "wrong" for each in waiting),
            "news": sum(groups.values()),
            "groups": list(groups.items()),
            "link": f"{settings.SITE_URL}{reverse('boards:today')}",
            "choices": f"{settings.SITE_URL}{reverse('notices:choices')}",
        }
        subject = render_to_string("notices/mail/subject.txt", context).strip()
        body = render_to_string("notices/mail/summary.txt", context)
    return EmailMessage(subject, body, to=[user.email])
