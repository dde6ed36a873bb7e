"""Questions about careers. Each states its queries; who may ask is decided by `access`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.shortcuts import get_object_or_404

from terang.follow_up.career.access import candidate_paths, reads_all, require_candidate, require_fact_reader
from terang.follow_up.career.gathering import Profile, profiles_of
from terang.follow_up.career.models import (
    Contention,
    Declaration,
    DeclarationState,
    Pool,
    PoolAnswer,
    PoolState,
    Proposal,
    ProposalState,
    Readiness,
    Standing,
)
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post, PostKind
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.regulations.asn_index import DIMENSIONS, Mean, mean_of


def profile_of(employee: Employee, today: date) -> Profile:
    """One person with credit points. At most eight queries."""
    return profiles_of([employee], today, credit=True)[0]


def declarations_of(employee: Employee) -> QuerySet[Declaration]:
    """Everything that was declared, also what was returned or withdrawn. One query when read."""
    return employee.career_declarations.select_related("given_by", "checked_by", "answered_by")


def declaration_for(viewer: Viewer | None, pk: int) -> Declaration:
    """One declared fact, for who may read the person's career, or what it proves. Raises Http404 and NotAllowed."""
    rows = Declaration.objects.select_related("employee__agency", "given_by", "checked_by", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    require_fact_reader(viewer, found)
    return found


def waiting_rows(viewer: Viewer) -> QuerySet[Declaration]:
    """What the personnel agency has to check or to answer, without what the viewer may not: one's own, and what one
    gave. One query when read."""
    open_states = (DeclarationState.GIVEN, DeclarationState.CONTESTED)
    rows = Declaration.objects.filter(employee__agency_id=viewer.agency_id, state__in=open_states)
    rows = rows.exclude(Q(given_by=viewer.employee) | Q(employee=viewer.employee))
    return rows.select_related("employee", "given_by").order_by("given_on", "pk")


def standings_read(viewer: Viewer) -> QuerySet[Standing]:
    """Whose careers the viewer reads besides their own, as stored: everybody, or who they appraise. State officials are
    in neither. No query for who reads all, else those of `direct_report_ids`, before the one that reads."""
    rows = Standing.objects.filter(agency_id=viewer.agency_id)
    if reads_all(viewer):
        return rows
    return rows.filter(employee__in=direct_report_ids(viewer.employee, viewer.today))


def not_computed(viewer: Viewer) -> int:
    """How many people of the government the worker has not come to yet. Two queries."""
    there = Employee.objects.filter(agency_id=viewer.agency_id, joined_on__lte=viewer.today)
    elected = Assignment.objects.filter(in_force(viewer.today), post__kind=PostKind.ELECTED)
    there = there.filter(Q(left_on=None) | Q(left_on__gt=viewer.today)).exclude(pk__in=elected.values("employee"))
    return max(there.count() - Standing.objects.filter(agency_id=viewer.agency_id).count(), 0)


def index_of(rows: QuerySet[Standing]) -> Mean:
    """The mean of who is complete. One query."""
    sums = {name: Sum(name, filter=Q(total__isnull=False)) for name in DIMENSIONS}
    found = rows.aggregate(people=Count("pk"), counted=Count("total"), points=Sum("total"), **sums)
    parts = {name: Decimal(found[name] or 0) / 100 for name in DIMENSIONS}
    counted: int = found["counted"]
    return mean_of(counted, found["people"] - counted, Decimal(found["points"] or 0) / 100, parts)


def _below(viewer: Viewer, field: str = "unit_path") -> Q:
    """Within the units over which the viewer reads candidates."""
    found = Q(pk__in=())
    for path in candidate_paths(viewer):
        found |= Q(**{f"{field}__startswith": path}) if path else Q()
    return Q() if "" in candidate_paths(viewer) else found


def candidates(viewer: Viewer) -> QuerySet[Standing]:
    """Who has a next rank, within the viewer's units, with the `proposed` state of a proposal for it (missing without
    one). One query when read."""
    said = Proposal.objects.filter(employee=OuterRef("pk"), rank=OuterRef("next_rank"), state__in=NOT_REFUSED)
    rows = Standing.objects.filter(_below(viewer), agency_id=viewer.agency_id)
    rows = rows.exclude(readiness=Readiness.NONE).select_related("employee")
    return rows.annotate(proposed=Subquery(said.values("state")[:1]))


def candidate_units(viewer: Viewer) -> list[tuple[str, str]]:
    """Units to narrow the candidates by, as (path, name): the viewer's own, and those right below. One query."""
    rows = Unit.objects.filter(_below(viewer, "path"), in_force(viewer.today, "valid_from", "valid_to"))
    found = list(rows.filter(agency_id=viewer.agency_id).order_by("name").values_list("path", "name"))
    top = min((path.count("/") for path, _name in found), default=0)
    return [(path, name) for path, name in found if path.count("/") <= top + 1]


NOT_REFUSED = (ProposalState.PROPOSED, ProposalState.DECIDED)


def proposals_read(viewer: Viewer) -> QuerySet[Proposal]:
    """Every proposal within the viewer's units, with who and what for. One query when read."""
    rows = _proposals().filter(employee__agency_id=viewer.agency_id)
    return rows.filter(_below(viewer, "employee__career_standing__unit_path"))


def proposals_of(employee: Employee) -> QuerySet[Proposal]:
    """One query when read."""
    return _proposals().filter(employee=employee)


def _proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("employee", "pool__post__unit", "proposed_by", "decided_by").defer("known")


def proposal_for(viewer: Viewer | None, pk: int) -> Proposal:
    """For the person and who oversees them. Raises Http404 and NotAllowed."""
    rows = Proposal.objects.select_related("employee__agency", "pool__post__unit", "proposed_by", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    require_candidate(viewer, found.employee)
    return found


def proposals_to_decide(viewer: Viewer) -> QuerySet[Proposal]:
    """What waits for the viewer's decision. One query when read."""
    rows = _proposals().filter(employee__agency_id=viewer.agency_id, state=ProposalState.PROPOSED)
    return rows.exclude(Q(proposed_by=viewer.employee) | Q(employee=viewer.employee)).order_by("proposed_on", "pk")


def pool_for(viewer: Viewer | None, pk: int) -> Pool:
    """A pool of the viewer's government; who may read what of it is another question. Raises Http404, NotAllowed."""
    rows = Pool.objects.select_related("post__unit__agency", "opened_by")
    found = get_object_or_404(rows, pk=pk)
    require_agency(viewer, found.post.unit.agency_id)
    return found


def post_for(viewer: Viewer | None, pk: int) -> Post:
    """Raises Http404, NotAllowed."""
    found = get_object_or_404(Post.objects.select_related("unit__agency"), pk=pk)
    require_agency(viewer, found.unit.agency_id)
    return found


@dataclass(frozen=True)
class Membership:
    """A pool in which somebody is considered; `answer` is empty where nothing was said."""

    pool: Pool
    missing: int
    answer: str


def memberships(viewer: Viewer) -> list[Membership]:
    """The open pools that tell the viewer to be in them. One query for who is considered for nothing, else three."""
    gaps = dict(Contention.objects.filter(employee=viewer.employee).values_list("target", "missing"))
    if not gaps:
        return []
    rows = Pool.objects.filter(state=PoolState.OPEN, told=True, post__unit__agency_id=viewer.agency_id)
    held = Assignment.objects.filter(in_force(viewer.today), employee=viewer.employee, kind=AssignmentKind.DEFINITIVE)
    rows = rows.filter(post__kind__in=gaps).exclude(post__in=held.values("post"))
    said = dict(PoolAnswer.objects.filter(employee=viewer.employee).values_list("pool_id", "answer"))
    return [Membership(row, gaps[row.post.kind], said.get(row.pk, "")) for row in rows.select_related("post__unit")]


def readiness_counts(rows: QuerySet[Standing]) -> dict[str, int]:
    """How many of each readiness. One query."""
    return dict(rows.order_by().values_list("readiness").annotate(people=Count("pk")))


def past_pools(viewer: Viewer) -> list[Pool]:
    """The latest pools that are not open any more, ten at most. One query."""
    rows = Pool.objects.filter(post__unit__agency_id=viewer.agency_id).exclude(state=PoolState.OPEN)
    return list(rows.select_related("post__unit")[:10])


def proposals_in(pool: Pool, *, known: bool = False) -> QuerySet[Proposal]:
    """Those for one post, the newest first; with `known` what was known then too. One query when read."""
    rows = Proposal.objects.filter(pool=pool).select_related("employee", "pool__post", "proposed_by", "decided_by")
    return rows if known else rows.defer("known")


def note_of(pool: Pool, employee: Employee) -> str:
    """What somebody wrote beside the answer. One query."""
    return PoolAnswer.objects.filter(pool=pool, employee=employee).values_list("note", flat=True).first() or ""
