"""How messages get out: a follower of the journal asks, the worker sends in order, and tries again later and later.

What is still to be told is read from the journal from the webhook's position on, so nothing is stored twice and a
killed worker loses nothing; a message may arrive twice, with the same `webhook-id`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override
from django_tasks import task

from terang.audit.alone import alone
from terang.audit.models import JournalEntry
from terang.audit.selectors import head
from terang.audit.services import record
from terang.interchange.models import Webhook, WebhookAttempt
from terang.interchange.webhooks.events import VERBS, body_of, codes_of_units, message_of, verbs_of
from terang.interchange.webhooks.sending import GONE, Answer, send, shown

WAITS = tuple(
    timedelta(seconds=each) for each in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)  # fmt: skip
"""After the first failure, the second, and so on; after the last it is paused: three days in all."""
AT_ONCE = 50
"""Messages that one task sends before it hands on to the next: nobody else's work waits for long."""
BUSY = timedelta(minutes=10)
KEPT = timedelta(days=30)
GAVE_UP = gettext_noop("Penerima tidak menjawab dengan benar berkali-kali selama lebih dari tiga hari.")
WANTS_NONE = gettext_noop("Penerima menjawab bahwa alamat ini tidak dipakai lagi (410).")


def follow(entries: Sequence[JournalEntry]) -> None:
    """Asks the worker to tell who listens to any of the entries."""
    told = [(entry.agency_id, VERBS[entry.verb]) for entry in entries if entry.verb in VERBS]
    if not told:
        return
    rows = (
        _listening().filter(agency_id__in={agency for agency, _group in told}).values_list("pk", "agency_id", "groups")
    )
    for pk, agency_id, groups in rows:
        if any(agency == agency_id and group in groups for agency, group in told):
            push.enqueue(pk)


def _listening() -> QuerySet[Webhook]:
    now = timezone.now()
    rows = Webhook.objects.filter(paused_at=None, ended_at=None)
    return rows.filter(Q(next_at=None) | Q(next_at__lte=now))


def every_hour() -> None:
    """Takes up what a lost task left, and forgets attempts after thirty days."""
    for pk in _listening().filter(position__lt=head()).values_list("pk", flat=True):
        alone(push.enqueue, pk)
    WebhookAttempt.objects.filter(at__lt=timezone.now() - KEPT).delete()


@task()
def push(webhook_id: int) -> None:
    """Sends what waits, oldest first, until nothing waits or one fails. Of two workers one does it."""
    webhook = _claimed(webhook_id)
    if webhook is None:
        return
    try:
        more = _send_waiting(webhook)
    finally:
        Webhook.objects.filter(pk=webhook_id).update(busy_until=None)
    if more or (webhook.failures == 0 and _waiting(webhook).exists()):
        push.enqueue(webhook_id)


def _claimed(webhook_id: int) -> Webhook | None:
    now = timezone.now()
    free = _listening().filter(Q(busy_until=None) | Q(busy_until__lt=now), pk=webhook_id)
    if not free.update(busy_until=now + BUSY):
        return None
    return Webhook.objects.select_related("agency").get(pk=webhook_id)


def _waiting(webhook: Webhook) -> QuerySet[JournalEntry]:
    rows = JournalEntry.objects.filter(agency_id=webhook.agency_id, position__gt=webhook.position)
    return rows.filter(verb__in=verbs_of(webhook.groups)).order_by("position")


def _send_waiting(webhook: Webhook) -> bool:
    """True where more waits than one task sends."""
    last = head()
    entries = list(_waiting(webhook).filter(position__lte=last)[:AT_ONCE])
    codes, secret = codes_of_units(entries), shown(webhook.secret)
    for entry in entries:
        message = message_of(entry, webhook.agency.code, codes.get(entry.unit_id or 0))
        now = timezone.now()
        answer = send(webhook.address, secret, id_of(webhook, entry.position or 0), body_of(message), now)
        note(webhook, entry.position or 0, entry.verb, answer, now)
        if not _settled(webhook, entry.position or 0, answer, now):
            return False
    full = len(entries) == AT_ONCE
    if not full:
        Webhook.objects.filter(pk=webhook.pk, position__lt=last).update(position=last)
        webhook.position = max(webhook.position, last)
    return full


def id_of(webhook: Webhook, position: int) -> str:
    """What a receiver knows a message again by."""
    return f"terang-{webhook.agency.code}-{position}"


def note(webhook: Webhook, position: int, event: str, answer: Answer, now: datetime) -> WebhookAttempt:
    return WebhookAttempt.objects.create(
        webhook=webhook,
        position=position,
        event=event,
        at=now,
        status=answer.status,
        error=answer.error,
        took_ms=answer.took_ms,
    )


def _settled(webhook: Webhook, position: int, answer: Answer, now: datetime) -> bool:
    """Moves on after a message that arrived; otherwise waits longer each time, and at last pauses."""
    if answer.arrived:
        webhook.position, webhook.failures = position, 0
        rows = Webhook.objects.filter(pk=webhook.pk, position__lt=position)
        rows.update(position=position, failures=0, next_at=None)
        return True
    webhook.failures += 1
    if answer.status == GONE or webhook.failures > len(WAITS):
        _give_up(webhook, WANTS_NONE if answer.status == GONE else GAVE_UP, now)
        return False
    at = now + WAITS[webhook.failures - 1]
    Webhook.objects.filter(pk=webhook.pk).update(failures=webhook.failures, next_at=at)
    push.using(run_after=at).enqueue(webhook.pk)
    return False


@transaction.atomic
def _give_up(webhook: Webhook, why: str, now: datetime) -> None:
    paused = Webhook.objects.filter(pk=webhook.pk, paused_at=None)
    if not paused.update(paused_at=now, paused_because=why, failures=0, next_at=None):
        return
    with override("id"):
        reason = gettext(why)
    record("interchange.webhook_given_up", actor=None, obj=webhook, agency_id=webhook.agency_id, reason=reason)
