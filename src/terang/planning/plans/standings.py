"""Where the plan of each person stands, for lists: constant queries, whatever the number of people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from terang.planning.plans.models import OPEN, Plan, PlanState, PlanVersion, VersionState
from terang.planning.plans.years import plan_due, year_of
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Assignment, AssignmentKind, Employee
from terang.registry.people.selectors import appraisers_on, direct_report_ids, main_posts
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.plans import from_json
from terang.web.numbers import longdate


class Stand(TextChoices):
    """One word for a person's plan of a year. `LATE`: submitted, and the last day for an answer has passed."""

    LATE = "lewat", _("Jawaban lewat batas")
    SUBMITTED = "diajukan", _("Menunggu jawaban")
    DISCUSSED = "dibahas", _("Dibahas")
    DRAFT = "draf", _("Sedang disusun")
    NONE = "belum", _("Belum disusun")
    AGREED = "disepakati", _("Disepakati")


KINDS = {
    Stand.LATE: "wrong",
    Stand.SUBMITTED: "attention",
    Stand.DISCUSSED: "attention",
    Stand.DRAFT: "quiet",
    Stand.NONE: "attention",
    Stand.AGREED: "ok",
}


@dataclass(frozen=True)
class PersonPlan:
    """A person with the plan of a year: the one running last, its open version and the one agreed last; None where
    there is none. `day` is a day of that year, `acting` a post led as Plt. that the plan says nothing of yet."""

    employee: Employee
    post: Assignment | None
    plan: Plan | None
    open: PlanVersion | None
    agreed: PlanVersion | None
    today: date
    day: date
    appraiser: Appraiser | None = None
    acting: Assignment | None = None

    @property
    def name(self) -> str:
        return self.employee.name

    @property
    def post_title(self) -> str:
        return self.post.post.title if self.post else ""

    @property
    def unit_name(self) -> str:
        return self.post.post.unit.name if self.post else ""

    @property
    def stand(self) -> Stand:
        return stand_of(self.plan, self.open, self.today)

    @property
    def rank(self) -> tuple[int, str]:
        """What waits for an answer first, agreed ones last."""
        return list(Stand).index(self.stand), self.employee.name

    @property
    def order(self) -> int:
        return self.rank[0]

    @property
    def version(self) -> PlanVersion | None:
        """What to read: the open version, else the agreed one."""
        return self.open or self.agreed

    @property
    def since(self) -> date | None:
        """Since when it stands so; None where there is no plan."""
        if self.open:
            moment = self.open.submitted_at if self.open.state == VersionState.SUBMITTED else self.open.opened_at
            return timezone.localtime(moment or self.open.opened_at).date()
        return self.plan.agreed_on if self.plan else None

    @property
    def due(self) -> date | None:
        """The last day for the answer, or for having a plan at all; None where nothing is due."""
        if self.open:
            return self.open.answer_due
        return plan_due(self.day) if self.stand == Stand.NONE and not self.closed else None

    @property
    def closed(self) -> bool:
        return bool(self.plan and self.plan.state == PlanState.CLOSED and self.stand == Stand.NONE)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is special: a change of an agreed plan, a move, a new appraiser, a post led as Plt."""
        found = []
        if self.closed and self.plan:
            day = longdate(self.plan.period_end)
            found.append(gettext("SKP jabatan lama ditutup %(day)s; perlu SKP baru.") % {"day": day})
        if self.open and self.open.number > 1:
            found.append(gettext("Perubahan: %(reason)s") % {"reason": self.open.reason})
        if self.agreed and new_appraiser(self.agreed, self.appraiser):
            found.append(gettext("Penilai berganti sejak disepakati; perlu dialog baru."))
        if self.acting:
            found.append(gettext("Plt. %(post)s: tambahkan hasil kerja Plt.") % {"post": self.acting.post.title})
        return tuple(found)


def stand_of(plan: Plan | None, open_version: PlanVersion | None, today: date) -> Stand:
    """One word for a plan with its open version."""
    if plan is None:
        return Stand.NONE
    due = open_version.answer_due if open_version else None
    talk = open_version.state if open_version else None
    return standing(plan.state, plan.period_end <= today, talk, bool(due and due < today))


def standing(state: str, over: bool, talk: str | None, late: bool) -> Stand:
    """One word for a plan's state, whether its time is over, the state of its open version, and whether the day for an
    answer to that has passed. A closed one whose time is over leaves its person without a plan."""
    if state == PlanState.CLOSED and over:
        return Stand.NONE
    if talk is None:
        return Stand.AGREED if state in (PlanState.AGREED, PlanState.CLOSED) else Stand.DRAFT
    if talk == VersionState.SUBMITTED:
        return Stand.LATE if late else Stand.SUBMITTED
    if talk == VersionState.DISCUSSED:
        return Stand.DISCUSSED
    return Stand.AGREED if state == PlanState.AGREED else Stand.DRAFT


def new_appraiser(agreed: PlanVersion, appraiser: Appraiser | None) -> bool:
    """Whether another person appraises since the plan was agreed: then a new dialogue is due (Lampiran II.C.7 p. 65).

    Whoever took the seat before the day of agreement was there already (a Plh. may have agreed).
    """
    if appraiser is None or agreed.instead or agreed.agreed_at is None or agreed.agreed_by_id is None:
        return False
    later = appraiser.since > timezone.localtime(agreed.agreed_at).date()
    return later and appraiser.employee_id != agreed.agreed_by_id


def days_left(due: date, today: date) -> str:
    """How long there is to answer, in plain words (calendar days)."""
    left = (due - today).days
    if left < 0:
        return ngettext("lewat %(n)s hari", "lewat %(n)s hari", -left) % {"n": -left}
    if left == 0:
        return gettext("hari ini")
    return ngettext("%(n)s hari lagi", "%(n)s hari lagi", left) % {"n": left}


def team_plans(viewer: Viewer, day: date | None = None) -> list[PersonPlan]:
    """Everybody the viewer appraises today with the plan of the year of `day` (today where missing), what waits first.

    At most 17 queries.
    """
    ids = direct_report_ids(viewer.employee, viewer.today)
    if not ids:
        return []
    people = Employee.objects.filter(pk__in=ids)
    found = person_plans(people, viewer, day or viewer.today, appraisers_on(viewer.agency_id, viewer.today, ids))
    return sorted(found, key=lambda row: row.rank)


def person_plans(
    people: QuerySet[Employee], viewer: Viewer, day: date, appraisers: Mapping[int, Appraiser]
) -> list[PersonPlan]:
    """The plans of a year of these people. Six queries, and one more where somebody leads as Plt."""
    rows = list(people)
    ids = [person.pk for person in rows]
    plans = plans_of_year(ids, day)
    posts = main_posts(ids, viewer.today)
    opened, agreed = _versions([plan.pk for plan in plans.values()])
    acting = unplanned_acting(ids, viewer.today, plans, opened, agreed)
    return [
        PersonPlan(
            employee=person,
            post=posts.get(person.pk),
            plan=plan,
            open=opened.get(plan.pk) if plan else None,
            agreed=agreed.get(plan.pk) if plan else None,
            today=viewer.today,
            day=day,
            appraiser=appraisers.get(person.pk),
            acting=acting.get(person.pk),
        )
        for person in rows
        for plan in [plans.get(person.pk)]
    ]


def plans_of_year(employee_ids: Collection[int], day: date) -> dict[int, Plan]:
    """The last plan of each person that touches the year of a day. One query."""
    start, end = year_of(day)
    rows = Plan.objects.filter(employee_id__in=employee_ids, period_start__lt=end, period_end__gt=start)
    return {plan.employee_id: plan for plan in rows.order_by("period_start")}


def _versions(plan_ids: Collection[int]) -> tuple[dict[int, PlanVersion], dict[int, PlanVersion]]:
    """Open and last agreed versions by plan, without their documents. One query."""
    rows = PlanVersion.objects.filter(plan_id__in=plan_ids, state__in=(*OPEN, VersionState.AGREED))
    found = list(rows.defer("document").order_by("number"))
    opened = {row.plan_id: row for row in found if row.state in OPEN}
    return opened, {row.plan_id: row for row in found if row.state == VersionState.AGREED}


def unplanned_acting(
    ids: Collection[int],
    today: date,
    plans: Mapping[int, Plan],
    opened: Mapping[int, PlanVersion],
    agreed: Mapping[int, PlanVersion],
) -> dict[int, Assignment]:
    """Posts led as Plt. beside the own one, where the plan has no result for it. One or two queries."""
    rows = Assignment.objects.filter(in_force(today), employee_id__in=ids, kind=AssignmentKind.ACTING)
    acting = {row.employee_id: row for row in rows.select_related("post")}
    wanted = {}
    for person in acting:
        plan = plans.get(person)
        version = (opened.get(plan.pk) or agreed.get(plan.pk)) if plan else None
        if plan and version and plan.post_id != acting[person].post_id:
            wanted[version.pk] = person
    if not wanted:
        return {}
    documents = PlanVersion.objects.filter(pk__in=wanted).values_list("pk", "document")
    return {
        wanted[pk]: acting[wanted[pk]]
        for pk, document in documents
        if not any(result.acting for result in from_json(document).results)
    }
