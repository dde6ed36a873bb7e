"""A record may stand behind no question any more (its report went to the oversight team): the question forgets it and
is told anew over what is left; with nothing left it is closed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.signals.models import Signal, SignalState, SignalTrace
from terang.evidence.signals.sources import source_of
from terang.rules.sentences import Sentence, mark

NOTHING_LEFT = mark("Catatan di balik pertanyaan ini tidak berlaku lagi.")


@transaction.atomic
def withdraw(*, agency_id: int, kind: str, prefix: str) -> int:
    """Takes every trace whose `ref` begins so away from the questions of a kind, ended ones too; returns how many
    questions that changed. A page drawn before is stale then. One query where none is concerned."""
    traces = SignalTrace.objects.filter(agency_id=agency_id, kind=kind, ref__startswith=prefix)
    rows = Signal.objects.select_for_update(of=("self",)).filter(pk__in=traces.values("signal_id")).order_by("pk")
    found = list(rows)
    for signal in found:
        signal.traces.filter(ref__startswith=prefix).delete()
        _tell_anew(signal)
    return len(found)


def _tell_anew(signal: Signal) -> None:
    """The journal names neither the record nor why, as it names nothing of a question."""
    for name, value in _over_what_is_left(signal).items():
        setattr(signal, name, value)
    signal.version += 1
    signal.save()
    changes = {"kind": signal.kind, "state": str(signal.state)}
    record("signals.recounted", actor=None, obj=signal, agency_id=signal.agency_id, changes=changes)


def _over_what_is_left(signal: Signal) -> dict[str, Any]:
    left, source = list(signal.traces.values_list("ref", "day")), source_of(signal.kind)
    if left and source and source.retell:
        days = [day for _, day in left if day] or [signal.first_day, signal.last_day]
        told = source.retell([ref for ref, _ in left])
        return {"sentence": told.stored(), "first_day": min(days), "last_day": max(days)}
    gone = {"sentence": Sentence(NOTHING_LEFT).stored()}
    if left or signal.has_ended:
        return gone
    closed = {"state": SignalState.DISMISSED, "decided_at": timezone.now()}
    return (
        gone | closed | {"reason": gettext("Ditutup oleh Terang: catatan di balik pertanyaan ini tidak berlaku lagi.")}
    )
