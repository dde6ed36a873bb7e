"""Who is in the pool for a post, in which order, and why: read from what is stored, and as kept with a decision."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from terang.follow_up.career.checks import Kept, rank_checks
from terang.follow_up.career.gathering import profiles_of
from terang.follow_up.career.models import Contention, Pool, PoolAnswer, Proposal, Willingness
from terang.registry.people.models import Assignment, AssignmentKind, Employee
from terang.registry.people.viewer import in_force


def contenders(pool: Pool, today: date) -> QuerySet[Contention]:
    """Everybody considered for the post, with person and `answer`; who holds it now is not. Who meets every criterion
    comes first, in the declared order. Two queries when read."""
    holders = Assignment.objects.filter(in_force(today), post=pool.post, kind=AssignmentKind.DEFINITIVE)
    rows = Contention.objects.filter(agency_id=pool.post.unit.agency_id, target=pool.post.kind)
    rows = rows.exclude(employee__in=list(holders.values_list("employee_id", flat=True)))
    said = PoolAnswer.objects.filter(pool=pool, employee=OuterRef("employee")).values("answer")
    return rows.annotate(answer=Subquery(said[:1])).select_related("employee").order_by("missing", "order", "pk")


@dataclass(frozen=True)
class Places:
    """The place of everybody who meets all criteria. Equal ones share it, and the next place is left out."""

    orders: Sequence[str]

    def of(self, row: Contention) -> int | None:
        """None where a criterion is not met or not known."""
        return None if row.missing else bisect_left(self.orders, row.order) + 1

    @property
    def count(self) -> int:
        return len(self.orders)


def places_in(rows: QuerySet[Contention]) -> Places:
    """One query."""
    return Places(sorted(rows.filter(missing=0).order_by().values_list("order", flat=True)))


def known_of_pool(pool: Pool, employee: Employee, today: date) -> dict[str, Any]:
    """Everybody who meets all criteria, and the chosen one, as the list says it now; `others` is how many more are
    considered. Three queries."""
    rows = list(contenders(pool, today))
    places = Places(sorted(row.order for row in rows if not row.missing))
    lines = [_line(row, places) for row in rows if not row.missing or row.employee_id == employee.pk]
    return {"as_of": today.isoformat(), "lines": lines, "others": len(rows) - len(lines)}


def _line(row: Any, places: Places) -> dict[str, Any]:
    return {
        "employee": row.employee_id,
        "name": row.employee.name,
        "place": places.of(row),
        "order": row.order,
        "answer": row.answer or "",
        "conditions": row.conditions,
    }


def known_of_rank(employee: Employee, today: date) -> dict[str, Any]:
    """The person's own checklist as it is now. The queries of `profiles_of`."""
    profile = profiles_of([employee], today, credit=True)[0]
    return {
        "as_of": today.isoformat(),
        "rank": profile.next_rank.rank or "",
        "period": profile.period.isoformat(),
        "article": profile.next_rank.article,
        "conditions": rank_checks(profile),
    }


def known_now(proposal: Proposal, today: date) -> dict[str, Any]:
    """What the list says today about a proposal."""
    if proposal.pool is None:
        return known_of_rank(proposal.employee, today)
    return known_of_pool(proposal.pool, proposal.employee, today)


def line_of(known: dict[str, Any], employee_id: int) -> dict[str, Any] | None:
    """The line of one person in a pool as it was kept; None where the person was not in it."""
    return next((each for each in known.get("lines", ()) if each["employee"] == employee_id), None)


def checks_of(known: dict[str, Any], employee_id: int) -> list[Kept]:
    """The conditions of one person, of a rank or in a pool."""
    if "conditions" in known:
        return list(known["conditions"])
    line = line_of(known, employee_id)
    return list(line["conditions"]) if line else []


def ahead_of(known: dict[str, Any], employee_id: int) -> list[dict[str, Any]]:
    """Who meets all criteria, stands before the person, and has not declined."""
    chosen = line_of(known, employee_id)
    rows: Iterable[dict[str, Any]] = known.get("lines", ())
    open_rows = [each for each in rows if each["place"] is not None and each["answer"] != Willingness.DECLINED]
    if chosen is None or chosen["place"] is None:
        return [each for each in open_rows if each["employee"] != employee_id]
    return [each for each in open_rows if each["place"] < chosen["place"]]


def digest_of(known: dict[str, Any]) -> str:
    """SHA-256 of what the list says: a form drawn from it is stale once it says something else."""
    return hashlib.sha256(json.dumps(known, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
