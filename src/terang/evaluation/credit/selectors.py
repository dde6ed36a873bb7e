"""Accounts of credit points, of one person or of a page of people with the same number of queries."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.appraisals.states import TOLD
from terang.evaluation.credit.access import require_reader
from terang.evaluation.credit.account import Account, account_of
from terang.evaluation.credit.models import CreditDecision, CreditGrant
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind
from terang.registry.people.selectors import direct_report_ids, visible_employees
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.regulations.credit import converts


class _OfPerson(Protocol):
    employee_id: int


_Row = TypeVar("_Row", bound=_OfPerson)


def accounts_of(people: Sequence[Employee], today: date) -> dict[int, Account]:
    """The accounts by employee id; of who does not earn credit points (another status) none. Four queries."""
    earning = {each.pk: each for each in people if converts(each.status, today)}
    posts = _by_person(_functional().filter(employee__in=earning))
    grants = _by_person(CreditGrant.objects.filter(employee__in=earning))
    told = Appraisal.objects.filter(employee__in=earning, state__in=TOLD).select_related("window__period")
    rows = told.select_related("window__period__agency", "objection", "adjustment").order_by("window__period__ends_on")
    appraisals = _by_person(rows)
    decisions = _by_person(CreditDecision.objects.filter(employee__in=earning).select_related("set_by"))
    return {
        pk: account_of(each, posts[pk], grants[pk], appraisals[pk], decisions[pk], today)
        for pk, each in earning.items()
    }


def _by_person(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.employee_id].append(row)
    return found


def _functional() -> QuerySet[Assignment]:
    """Functional posts held by right, the latest first; who stands in on one earns nothing by it."""
    rows = Assignment.objects.filter(post__kind=PostKind.FUNCTIONAL, kind=AssignmentKind.DEFINITIVE)
    return rows.select_related("post__unit").order_by("-starts_on", "-pk")


def account_for(viewer: Viewer | None, pk: int) -> tuple[Employee, Account | None]:
    """A person with the account, None where the status earns no credit points. Raises Http404, NotAllowed."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=pk)
    viewer = require_reader(viewer, employee)
    return employee, accounts_of([employee], viewer.today).get(pk)


def officials_visible(viewer: Viewer) -> QuerySet[Employee]:
    """Everybody else on a functional post whose performance the viewer may see. At most six queries before the one
    that reads."""
    now = _functional().filter(in_force(viewer.today))
    return visible_employees(viewer).filter(pk__in=now.order_by().values("employee_id")).exclude(pk=viewer.employee.pk)


def accounts_to_decide(viewer: Viewer) -> list[Account]:
    """Accounts of people the viewer appraises that say more than was laid down. Seven queries for who appraises nobody
    on a functional post, eleven otherwise."""
    reports = direct_report_ids(viewer.employee, viewer.today)
    if not reports:
        return []
    now = _functional().filter(in_force(viewer.today), employee__in=reports)
    people = list(Employee.objects.filter(pk__in=now.order_by().values("employee_id")).order_by("name", "pk"))
    return [each for each in accounts_of(people, viewer.today).values() if each.is_ahead] if people else []


def grant_for(viewer: Viewer | None, pk: int) -> CreditGrant:
    """Raises Http404, NotAllowed."""
    grant = get_object_or_404(CreditGrant.objects.select_related("employee__agency"), pk=pk)
    require_reader(viewer, grant.employee)
    return grant


def decisions_with_people() -> QuerySet[CreditDecision]:
    return CreditDecision.objects.select_related("employee__agency", "unit", "set_by", "withdrawn_by")


def decision_for(viewer: Viewer | None, pk: int) -> CreditDecision:
    """Raises Http404, NotAllowed."""
    decision = get_object_or_404(decisions_with_people(), pk=pk)
    require_reader(viewer, decision.employee)
    return decision


def counts(decision: CreditDecision) -> bool:
    """Whether a decision holds: neither taken back nor replaced. One query."""
    if decision.withdrawn_on:
        return False
    rows = CreditDecision.objects.filter(employee=decision.employee_id, withdrawn_on=None)
    return not rows.filter(number__gt=decision.number).exists()


def digest_of(account: Account) -> str:
    """SHA-256 of what the account says: a form drawn from it is stale once it says something else."""
    told = [line.frozen() for line in [*account.lines, *account.early]]
    latest = account.latest.pk if account.latest else 0
    return hashlib.sha256(json.dumps([account.level, latest, told], sort_keys=True).encode()).hexdigest()
