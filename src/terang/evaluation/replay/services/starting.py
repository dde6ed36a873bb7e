"""Starting and opening replays, preparing a copy again, and deleting copies nobody uses."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from terang.audit.alone import alone
from terang.audit.services import record
from terang.evaluation.models import PolicyVersion
from terang.evaluation.replay import folders
from terang.evaluation.replay.access import require_reader_of, require_starter
from terang.evaluation.replay.models import CopyState, EvidenceCopy, Opening, Replay, Source
from terang.evaluation.replay.spans import Stretch
from terang.evaluation.replay.states import KEPT_DAYS, RUNNING, require_gone
from terang.evaluation.replay.tasks import prepare_copy
from terang.evaluation.selectors import policy_on
from terang.evaluation.services import RULESET
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Policy, digest, document_of, toml_text


@transaction.atomic
def start_replay(
    *, actor: Viewer | None, agency: Agency, stretch: Stretch, policy: Policy, source: Source, form_key: uuid.UUID
) -> Replay | None:
    """Tries a policy on a time; the same form twice is one replay. None where the government had no policy then.

    The evidence is copied by the worker, unless a copy of that time is there that still holds. `actor` is None where
    the program itself acts (command line). Raises NotAllowed.
    """
    if actor is not None:
        require_agency(require_starter(actor), agency.pk)
    found = Replay.objects.filter(form_key=form_key, copy__agency=agency).select_related("copy").first()
    if found is not None:
        return found
    version = policy_on(agency.pk, stretch.start)
    if version is None:
        return None
    replay = Replay.objects.create(
        copy=_copy_for(agency, stretch, version),
        source=source,
        title=policy.title,
        text=toml_text(document_of(policy)),
        digest=digest(policy),
        started_by=actor.employee if actor else None,
        form_key=form_key,
    )
    _tell("replay.started", replay, actor)
    return replay


def _copy_for(agency: Agency, stretch: Stretch, version: PolicyVersion) -> EvidenceCopy:
    """The copy of this time as evidence stands today: one that is there, otherwise a new one."""
    today = local_today(agency)
    usable = EvidenceCopy.objects.filter(
        agency=agency, starts_on=stretch.start, ends_on=stretch.end, policy=version, as_of=today
    )
    for copy in usable.filter(state__in=[CopyState.READY, *RUNNING]):
        if copy.state in RUNNING or (copy.ruleset == RULESET and folders.is_there(copy)):
            return copy
    copy = EvidenceCopy.objects.create(
        agency=agency,
        period=stretch.period,
        policy=version,
        starts_on=stretch.start,
        ends_on=stretch.end,
        as_of=today,
        used_on=today,
        asked_at=timezone.now(),
    )
    _queue(copy)
    return copy


def _queue(copy: EvidenceCopy) -> None:
    transaction.on_commit(lambda: prepare_copy.enqueue(copy.pk))


@transaction.atomic
def open_replay(*, actor: Viewer, replay: Replay) -> bool:
    """Notes who reads a replay, once for each person, and that its copy is used. Returns whether it was the first time.

    3 queries the first time, else 1. Raises NotAllowed.
    """
    require_reader_of(actor, replay)
    if replay.copy.used_on != actor.today:
        EvidenceCopy.objects.filter(pk=replay.copy_id).update(used_on=actor.today)
    if Opening.objects.filter(replay=replay, employee=actor.employee).exists():
        return False
    _, first = Opening.objects.get_or_create(replay=replay, employee=actor.employee)
    if first:
        _tell("replay.opened", replay, actor)
    return first


@transaction.atomic
def prepare_again(*, actor: Viewer, copy: EvidenceCopy) -> EvidenceCopy:
    """Queues a copy anew that failed, was deleted, or whose worker is gone; evidence is taken as it stands today.

    Raises NotAllowed, and NotNow while the copy is there or being made.
    """
    require_agency(require_starter(actor), copy.agency_id)
    held = EvidenceCopy.objects.select_for_update().get(pk=copy.pk)
    if held.state == CopyState.READY and not folders.is_there(held):
        held.state = CopyState.GONE
    require_gone(held, timezone.now())
    held.state, held.done, held.asked_at, held.beaten_at = CopyState.WAITING, 0, timezone.now(), None
    held.as_of = held.used_on = actor.today
    held.save(update_fields=["state", "done", "asked_at", "beaten_at", "as_of", "used_on"])
    record("replay.prepared_again", actor=actor.user, obj=held, agency_id=held.agency_id)
    _queue(held)
    return held


def drop_unused() -> None:
    """Deletes copies that nobody has used for a while, and folders that belong to none. For the worker, hourly."""
    unused = EvidenceCopy.objects.filter(state=CopyState.READY).select_related("agency")
    for copy in unused.filter(used_on__lt=timezone.now().date() - timedelta(days=KEPT_DAYS)):
        alone(_drop, copy, local_today(copy.agency) - timedelta(days=KEPT_DAYS))
    known = set(EvidenceCopy.objects.exclude(folder="").values_list("folder", flat=True))
    for name in folders.strangers(known):
        folders.remove(name)


@transaction.atomic
def _drop(copy: EvidenceCopy, before: date) -> None:
    rows = EvidenceCopy.objects.filter(pk=copy.pk, state=CopyState.READY, used_on__lt=before)
    if rows.update(state=CopyState.GONE, folder=""):
        record("replay.copy_deleted", actor=None, obj=copy, agency_id=copy.agency_id)
        transaction.on_commit(lambda: folders.remove(copy.folder))


def _tell(verb: str, replay: Replay, actor: Viewer | None) -> None:
    copy = replay.copy
    record(
        verb,
        actor=actor.user if actor else None,
        obj=replay,
        agency_id=copy.agency_id,
        changes={
            "start": copy.starts_on,
            "end": copy.ends_on,
            "version": copy.policy.version,
            "title": replay.title,
            "digest": replay.digest,
        },
    )
