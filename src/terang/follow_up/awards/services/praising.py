"""Thanks in the moment."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.work.models import Entry
from terang.follow_up.awards.access import require_giver, require_thanker
from terang.follow_up.awards.models import Praise, Value
from terang.follow_up.awards.services.recording import tell, worded
from terang.planning.plans.models import PlanResult
from terang.registry.people.access import may_see_performance
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.awards import Limit, praise_limit
from terang.web.errors import NotAllowed, NotNow
from terang.web.numbers import longdate

LOOKED_BACK = timedelta(days=31)
"""Farther back no limit looks."""


@dataclass(frozen=True)
class Bound:
    """What praise is for: a value, a result of the plan, or an entry; the last two only by who may see them."""

    value: str = ""
    result: PlanResult | None = None
    entry: Entry | None = None


def praise(*, actor: Viewer | None, receiver: Employee, text: str, bound: Bound, form_key: UUID) -> Praise:
    """A short thanks, seen by the person at once and counted into nothing. The same form sent twice thanks once.

    Raises NotAllowed, NotNow where the limits of the week or against swapping stand against it, ValidationError.
    """
    viewer = require_thanker(actor, receiver)
    text = worded(text, gettext("Tulis apa yang Anda hargai."), "text")
    _require_bound(viewer, receiver, bound)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=viewer.employee.pk)
        if known := Praise.objects.filter(form_key=form_key, giver=viewer.employee).first():
            return known
        if limit := limit_of(viewer, receiver):
            raise NotNow(_told(limit, receiver))
        row = Praise.objects.create(
            giver=viewer.employee,
            receiver=receiver,
            text=text,
            value=bound.value,
            result=bound.result,
            entry=bound.entry,
            day=viewer.today,
            given_at=timezone.now(),
            form_key=form_key,
        )
        tell("praised", row, viewer, subject_id=receiver.pk, changes={"value": bound.value})
    return row


def _require_bound(viewer: Viewer, receiver: Employee, bound: Bound) -> None:
    if bound.value and bound.value not in Value.values:
        raise ValidationError({"value": gettext("Pilih salah satu nilai.")})
    if not (bound.value or bound.result or bound.entry):
        raise ValidationError({"value": gettext("Pilih nilai BerAKHLAK, hasil, atau kegiatan yang Anda hargai.")})
    owners = [bound.result.plan.employee_id] if bound.result else []
    owners += [bound.entry.employee_id] if bound.entry else []
    if not owners:
        return
    if set(owners) != {receiver.pk}:
        raise ValidationError({"value": gettext("Hasil atau kegiatan itu bukan miliknya.")})
    if not may_see_performance(viewer, receiver):
        raise NotAllowed(gettext("Hasil dan kegiatannya tidak dapat Anda lihat. Pilih nilai BerAKHLAK."))


def limit_of(viewer: Viewer, receiver: Employee) -> Limit | None:
    """What stands against one more praise today. What was taken back counts too. Two queries."""
    since = viewer.today - LOOKED_BACK
    given = Praise.objects.filter(giver=viewer.employee, day__gte=since).values_list("receiver_id", "day")
    returned = Praise.objects.filter(giver=receiver, receiver=viewer.employee, day__gte=since)
    return praise_limit(list(given), receiver.pk, list(returned.values_list("day", flat=True)), viewer.today)


def _told(limit: Limit, receiver: Employee) -> str:
    words = {
        "week": gettext("Ucapan Anda minggu ini sudah cukup. Berikutnya mulai %(day)s."),
        "same": gettext("Anda sudah berterima kasih kepada %(name)s minggu ini. Berikutnya mulai %(day)s."),
        "swap": gettext(
            "%(name)s baru saja berterima kasih kepada Anda. Supaya ucapan tidak saling ditukar, tunggu sampai %(day)s."
        ),
    }
    return words[limit.code] % {"name": receiver.name, "day": longdate(limit.on)}


def take_back(*, actor: Viewer | None, row: Praise) -> Praise:
    """The giver takes it back; nobody reads its words any more. Twice is as good as once. Raises NotAllowed."""
    viewer = require_giver(actor, row)
    with transaction.atomic():
        held = Praise.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.taken_back_on is None:
            held.taken_back_on = viewer.today
            held.save(update_fields=["taken_back_on"])
            tell("praise_taken_back", held, viewer, subject_id=held.receiver_id)
    return held
