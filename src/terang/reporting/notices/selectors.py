"""What is new for a person, read from the journal with its own rules of secrecy."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Count,
    Expression,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.reporting.journal.selectors import TOLD_BY_DAY, entries_visible
from terang.reporting.notices.models import Choice
from terang.reporting.notices.news import GROUPS, OWN_VERBS, VERBS, verbs_without
from terang.web.secrets import token_hash

NEWS_DAYS = 60
"""Older ones stay in the journal."""
_BY_DAY = Case(When(TOLD_BY_DAY, then=Value(True)), default=Value(False), output_field=BooleanField())
"""Never negated as it is: most entries have no cause, and what is missing is neither in a list nor out of it."""


def choice_of(viewer: Viewer) -> Choice:
    """What the person chose; a row not saved yet for who never did. One query."""
    return Choice.objects.filter(employee=viewer.employee).first() or Choice(employee=viewer.employee)


def news_of(viewer: Viewer) -> QuerySet[JournalEntry]:
    """The news of the last 60 days, newest first, as `entries_visible` tells them: about the person or their account,
    by somebody else; what happened to the account whoever did it. No query before the one that reads."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = entries_visible(viewer).filter(_mine(viewer)).alias(by_day=_BY_DAY)
    return rows.filter(Q(by_day=False) | Q(at__lt=today))


def unread(viewer: Viewer, choice: Choice) -> QuerySet[JournalEntry]:
    """Sealed news after what was read, without what is told by its day and what the person silenced: a mark that
    appears at once must not tell the minute."""
    return _fresh(viewer, Value(choice.read_until), Value(choice.silent, output_field=CharField()))


def unread_number(viewer: Viewer) -> Expression:
    """How many `unread` there are, as part of a query over the viewer's own employee row."""
    read_until = Coalesce(OuterRef("notice_choice__read_until"), Value(0), output_field=BigIntegerField())
    silent = Coalesce(OuterRef("notice_choice__silent"), Value(""), output_field=CharField())
    return number_of(_fresh(viewer, read_until, silent))


def number_of(rows: QuerySet[Any]) -> Expression:
    """The number of rows, as part of another query."""
    counted = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def counts_since(viewer: Viewer, choice: Choice) -> dict[str, int]:
    """How many news of each verb no letter has summed up yet, without silenced groups. One query."""
    rows = news_of(viewer).filter(verb__in=verbs_without(choice.silent_codes), position__gt=choice.told_until)
    return dict(Counter(rows.order_by().values_list("verb", flat=True)))


def owner_of_calendar(token: str) -> Employee:
    """The person behind the secret address of a calendar. Raises Http404 where there is none, or no longer."""
    rows = Choice.objects.select_related("employee__user").exclude(calendar_hash="")
    return get_object_or_404(rows, calendar_hash=token_hash(token)).employee


def _fresh(viewer: Viewer, read_until: Expression, silent: Expression) -> QuerySet[JournalEntry]:
    rows = JournalEntry.objects.filter(_mine(viewer), position__gt=read_until)
    rows = rows.alias(by_day=_BY_DAY, silent=silent).filter(by_day=False)
    for group in GROUPS:
        rows = rows.exclude(silent__contains=f",{group.code},", verb__in=group.verbs)
    return rows


def _mine(viewer: Viewer) -> Q:
    account = Q(object_type="accounts.user", object_id=viewer.user.pk)
    about = Q(subject_employee_id=viewer.employee.pk) | account
    by_others = Q(actor_id=None) | ~Q(actor_id=viewer.user.pk)
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    return about & Q(verb__in=VERBS, at__gte=since) & (by_others | Q(verb__in=OWN_VERBS))
