"""What is known of people's service, from where: declared facts with two keys, final yearly predicates, leave.

The number of queries does not depend on the number of people. Nothing missing is filled in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from terang.evidence.attendance.models import Leave, LeaveState
from terang.follow_up.career.gathering import Known, known_of, profiles_of
from terang.follow_up.career.models import COUNTING, Declaration, Subject
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.rules.awards import ServiceFacts, Span

UNPAID = "cltn"
NONE = "none"
GRANTED = (LeaveState.APPROVED, LeaveState.CHANGED)
YEARS = 10
"""So many past years' predicates are looked up: more than any rule or call asks."""
_SUBJECTS = (Subject.DISCIPLINE, Subject.UNPAID_LEAVE, Subject.SERVICE_SINCE, Subject.MEDAL)


@dataclass
class Service:
    """One person's service. `proofs` are where each fact opens: by subject, `predicate.<year>`, and `post`."""

    employee: Employee
    post: Assignment | None
    facts: ServiceFacts
    proofs: dict[str, Known] = field(default_factory=dict)

    @property
    def is_elected(self) -> bool:
        """State officials (the regional head) are in no list."""
        return self.post is not None and self.post.post.kind == PostKind.ELECTED


@dataclass
class _Found:
    """What declarations and leave say of one person."""

    since: date | None = None
    sanctions: list[Span] = field(default_factory=list)
    clean_on: date | None = None
    leaves: list[Span] = field(default_factory=list)
    present_on: date | None = None
    medals: set[str] = field(default_factory=set)
    proofs: dict[str, Known] = field(default_factory=dict)


def services_of(people: Sequence[Employee], today: date) -> list[Service]:
    """In the order of the people. At most six queries."""
    ids = [each.pk for each in people]
    found = {pk: _Found() for pk in ids}
    _declared(found, ids, today)
    _on_leave(found, ids, today)
    made = []
    for profile in profiles_of(people, today):
        told, post = found[profile.employee.pk], profile.post
        years = range(profile.last_year, profile.last_year - YEARS, -1)
        rank = profile.facts.get(Subject.RANK_SINCE)
        facts = ServiceFacts(
            profile.employee.status,
            told.since,
            tuple((year, profile.predicates[year].value if year in profile.predicates else None) for year in years),
            tuple(told.sanctions),
            told.clean_on,
            tuple(told.leaves),
            told.present_on,
            frozenset(told.medals),
            {"rank": rank is not None, "post": bool(post and post.document)},
        )
        told.proofs |= {f"predicate.{year}": known for year, known in profile.predicates.items()}
        if rank:
            told.proofs[Subject.RANK_SINCE] = rank
        if post and post.document:
            told.proofs["post"] = Known("", post.document, "", post.starts_on)
        made.append(Service(profile.employee, post, facts, told.proofs))
    return made


def service_of(employee: Employee, today: date) -> Service:
    return services_of([employee], today)[0]


def _declared(found: dict[int, _Found], ids: Collection[int], today: date) -> None:
    rows = Declaration.objects.filter(employee_id__in=ids, subject__in=_SUBJECTS, state__in=COUNTING, day__lte=today)
    for row in rows.order_by("day", "pk"):
        _take(found[row.employee_id], row)


def _take(told: _Found, row: Declaration) -> None:
    """The newest statement counts, every sanction and every leave does."""
    told.proofs[row.subject] = known_of(row)
    if row.subject == Subject.SERVICE_SINCE:
        told.since = row.day
    elif row.subject == Subject.MEDAL:
        told.medals.add(row.value)
    elif row.subject == Subject.UNPAID_LEAVE:
        if row.value == "ya":
            told.leaves.append(Span(row.value, row.day, row.until))
        else:
            told.present_on = row.day
    elif row.value == NONE:
        told.clean_on = row.day
    else:
        told.sanctions.append(Span(row.value, row.day, row.until))


def _on_leave(found: dict[int, _Found], ids: Collection[int], today: date) -> None:
    """Unpaid leave that was approved in Terang counts without being declared."""
    rows = Leave.objects.filter(employee_id__in=ids, kind=UNPAID, state__in=GRANTED, starts_on__lte=today)
    for row in rows.order_by("starts_on", "pk"):
        found[row.employee_id].leaves.append(Span("ya", row.starts_on, row.ends_on))
