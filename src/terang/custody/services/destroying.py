"""Retention: destroys the bytes of files whose every use is past its years. The row stays and tells that they were."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import ForeignObjectRel, Q
from django.utils import timezone

from terang.audit.services import Event, record_many
from terang.custody.models import Fingerprint, Resemblance, ResemblanceState, RetentionRule, StoredFile
from terang.custody.terms import kept_until, rules_on
from terang.custody.uses import FileUse, uses_of
from terang.custody.vault import discard
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

BATCH = 100
MOST_BATCHES = 20
"""Looked at in one turn of an hour; the rest waits for the next."""
LATER = timedelta(days=30)
"""When a file is looked at again that something holds."""


def destroy_due() -> int:
    """Looks at what may be past retention, in small batches, agency by agency; returns how many files were destroyed.
    Twice is as good as once."""
    destroyed = 0
    for agency in Agency.objects.filter(retention_rules__isnull=False).distinct():
        today = local_today(agency)
        rules = rules_on(agency.pk, today)
        for _ in range(MOST_BATCHES if any(rule.years for rule in rules.values()) else 0):
            looked, gone = _batch(agency, rules, today)
            destroyed += gone
            if looked < BATCH:
                break
    empty_destroyed()
    return destroyed


@transaction.atomic
def _batch(agency: Agency, rules: Mapping[str, RetentionRule], today: date) -> tuple[int, int]:
    """One batch: (looked at, destroyed)."""
    shortest = min(rule.years for rule in rules.values() if rule.years)
    waiting = Q(look_again_on=None) | Q(look_again_on__lte=today)
    old = timezone.now() - timedelta(days=365 * shortest)
    rows = StoredFile.objects.select_for_update().filter(
        waiting, agency_id=agency.pk, destroyed_on=None, uploaded_at__lt=old
    )
    files = list(rows.order_by("pk")[:BATCH])
    again = _when_again(files, rules, today)
    due = [stored for stored in files if again[stored.pk] is None]
    for stored in files:
        stored.look_again_on = again[stored.pk]
    StoredFile.objects.bulk_update([stored for stored in files if stored.look_again_on], ["look_again_on"])
    basis = "; ".join(sorted({rule.basis for rule in rules.values() if rule.years}))
    _destroy(agency, due, basis, today)
    return len(files), len(due)


@transaction.atomic
def destroy_files(file_ids: Collection[int], *, agency_id: int, basis: str) -> None:
    """Destroys files at once that their room has let go of, such as those of a citizen whose time is over; their names
    go too. The bytes follow within the hour."""
    agency = Agency.objects.get(pk=agency_id)
    files = list(StoredFile.objects.filter(pk__in=file_ids, agency_id=agency_id, destroyed_on=None))
    StoredFile.objects.filter(pk__in=[stored.pk for stored in files]).update(name="-")
    _destroy(agency, files, basis, local_today(agency))


def _when_again(files: Sequence[StoredFile], rules: Mapping[str, RetentionRule], today: date) -> dict[int, date | None]:
    """When to look at each file again; None where it is to be destroyed now."""
    ids = [stored.pk for stored in files]
    uses, referrers, questioned = uses_of(ids), _referrers(ids), _questioned(ids)
    return {
        pk: _held_until(uses.get(pk, []), referrers.get(pk, set()), rules, today, asked=pk in questioned) for pk in ids
    }


def _held_until(
    uses: Sequence[FileUse], referrers: set[str], rules: Mapping[str, RetentionRule], today: date, *, asked: bool
) -> date | None:
    """What nobody tells of, what is undecided, and what has no rule is kept."""
    if not uses or asked or referrers - {use.source for use in uses} or any(use.is_open for use in uses):
        return today + LATER
    years = [rules[use.kind].years if use.kind in rules else None for use in uses]
    if None in years:
        return today + LATER
    last = max(kept_until(use.day, count) for use, count in zip(uses, years, strict=True) if count)
    return last if last > today else None


def _referrers(ids: Sequence[int]) -> dict[int, set[str]]:
    """The tables outside custody whose rows refer to each file. One query a table."""
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model, name = relation.related_model, relation.field.name
        if model._meta.app_label == StoredFile._meta.app_label:
            continue
        for pk in model._base_manager.filter(**{f"{name}__in": ids}).values_list(f"{name}_id", flat=True):
            found[pk].add(model._meta.label_lower)
    return found


def _questioned(ids: Sequence[int]) -> set[int]:
    """Files of a question that is not closed."""
    open_ = Resemblance.objects.exclude(state=ResemblanceState.CLOSED)
    pairs = open_.filter(Q(file_id__in=ids) | Q(earlier_id__in=ids)).values_list("file_id", "earlier_id")
    return {pk for pair in pairs for pk in pair}


def _destroy(agency: Agency, files: Sequence[StoredFile], basis: str, today: date) -> None:
    ids = [stored.pk for stored in files]
    bare = {"taken_at": "", "latitude_micro": None, "longitude_micro": None, "look_again_on": None}
    StoredFile.objects.filter(pk__in=ids).update(destroyed_on=today, **bare)
    Fingerprint.objects.filter(pk__in=ids).delete()
    events = [
        Event("custody.file_destroyed", stored, changes={"sha256": stored.sha256, "size_bytes": stored.size_bytes})
        for stored in files
    ]
    record_many(events, actor=None, agency_id=agency.pk, reason=basis)


def empty_destroyed() -> None:
    """Takes the bytes of destroyed files away, unless a living row shares them. What could not be taken waits for the
    next turn."""
    for stored in StoredFile.objects.filter(destroyed_on__isnull=False, bytes_gone=False).order_by("pk")[: BATCH * 10]:
        digests = [name for name in (stored.sha256, stored.shown_sha256, stored.small_sha256) if name]
        gone = [_is_shared(name) or discard(name) for name in digests]
        if all(gone):
            StoredFile.objects.filter(pk=stored.pk).update(bytes_gone=True)


def _is_shared(sha256: str) -> bool:
    same = Q(sha256=sha256) | Q(shown_sha256=sha256) | Q(small_sha256=sha256)
    return StoredFile.objects.filter(same, destroyed_on=None).exists()
