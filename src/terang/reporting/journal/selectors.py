"""Which entries a person may read, with the names that stand behind the numbers."""

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDay, TruncSecond

from terang.accounts.models import User
from terang.audit.models import JournalEntry
from terang.audit.secrecy import CONFIDENTIAL, GUARDED, UNTIMED, UNTOLD
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer

KEEPERS = (Role.AUDITOR, Role.PERSONNEL)
"""Roles that read the whole journal of their area."""
TOLD_BY_DAY = Q(verb__in=(*CONFIDENTIAL, *UNTIMED)) | Q(changes__cause__in=["", *sorted(UNTOLD)])
"""As `audit.secrecy.is_told_by_day`, for a query."""


def reads_all(viewer: Viewer) -> bool:
    """Whether the viewer reads the journal of the whole agency."""
    return "" in viewer.paths(*KEEPERS)


def reads_seals(viewer: Viewer) -> bool:
    """Whether the viewer reads the order in which entries were written, and their numbers under seal: an auditor of the
    whole government. To others either would tell the minute of an entry that is told by its day."""
    return "" in viewer.paths(Role.AUDITOR)


def entries_visible(viewer: Viewer) -> QuerySet[JournalEntry]:
    """The entries a viewer may read: auditor and personnel agency those of their area, everybody those about themselves
    and their own account. Never another government's. Newest first by `place`, in which an entry told by its day stands
    at the beginning of that day unless the viewer `reads_seals`; no query before the one that reads.

    Each has `actor_name`, `subject_name` and `unit_name`; a name is missing where there is nobody, or no longer.
    Confidential entries (answers of colleagues) are read by keepers only, and without their actor; those about guarded
    complaints by auditors of the whole government only: who keeps the journal of a unit may be of the unit reported.
    What overseers did (`_overseers_own`) has no actor, so that no search finds it either, and is `untimed`.
    """
    theirs = _overseers_own(viewer)
    by_day = TOLD_BY_DAY | theirs
    place = F("pk") if reads_seals(viewer) else Case(When(by_day, then=TruncDay("at")), default=TruncSecond("at"))
    entries = JournalEntry.objects.filter(_area(viewer)).annotate(place=place).order_by("-place", "-pk")
    actor = Subquery(User.objects.filter(pk=OuterRef("actor_id")).values("name")[:1])
    return entries.annotate(
        actor_name=Case(When(Q(verb__in=CONFIDENTIAL) | theirs, then=None), default=actor),
        untimed=Case(When(theirs, then=True), default=Value(False), output_field=BooleanField()),
        subject_name=Subquery(Employee.objects.filter(pk=OuterRef("subject_employee_id")).values("name")[:1]),
        unit_name=Subquery(Unit.objects.filter(pk=OuterRef("unit_id")).values("name")[:1]),
    )


def history_of(object_type: str, object_id: int, viewer: Viewer) -> QuerySet[JournalEntry]:
    """What the viewer may read about one object, newest first."""
    return entries_visible(viewer).filter(object_type=object_type, object_id=object_id)


def _overseers_own(viewer: Viewer) -> Q:
    """What overseers did about questions: names and minutes are for auditors of the whole government only (ADR 0019).
    What a person explained is their own."""
    if reads_seals(viewer):
        return Q(pk__in=[])
    return Q(verb__startswith="signals.") & ~Q(verb="signals.explained")


def _area(viewer: Viewer) -> Q:
    account = Q(object_type="accounts.user", object_id=viewer.user.pk)
    own = (Q(subject_employee_id=viewer.employee.pk) | account) & ~Q(verb__in=(*CONFIDENTIAL, *UNTIMED))
    paths = viewer.paths(*KEEPERS)
    if not paths:
        return own
    guarded = Q(verb__in=GUARDED)
    if reads_seals(viewer):
        return own | Q(agency_id=viewer.agency_id)
    if "" in paths:
        return own | Q(Q(agency_id=viewer.agency_id) & ~guarded)
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    units = Unit.objects.filter(below, agency_id=viewer.agency_id)
    return own | Q(Q(agency_id=viewer.agency_id, unit_id__in=units.values("pk")) & ~guarded)
