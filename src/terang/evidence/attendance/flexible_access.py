"""Who may decide and see flexible work: the personnel agency; heads for their own people where the rule lets them."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext

from terang.evidence.attendance.duty_access import require_recorder_for
from terang.evidence.attendance.models import Decider, FlexibleWork
from terang.evidence.attendance.schedules import chain_of
from terang.evidence.attendance.web_rules import WebRules
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import main_posts, visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_decide_flexible_work(viewer: Viewer) -> bool:
    """Whether the viewer may decide for anybody today: the personnel agency, and who heads a unit whose rule gives it
    to heads. Five queries at most."""
    if viewer.has(Role.PERSONNEL):
        return True
    rules, units = WebRules(viewer.employee.agency), Unit.objects.filter(pk__in=viewer.headed_unit_ids)
    found = [rules.rule_of(chain_of(unit), viewer.today) for unit in units]
    return any(rule is not None and rule.flexible_by == Decider.HEAD for rule in found)


def require_flexible_decider(viewer: Viewer | None) -> Viewer:
    """Only who may decide flexible work at all."""
    viewer = require_viewer(viewer)
    if not may_decide_flexible_work(viewer):
        raise NotAllowed(gettext("Kerja fleksibel di unit Anda ditetapkan oleh pengelola kepegawaian."))
    return viewer


def require_flexible_decider_for(viewer: Viewer | None, people: Collection[Employee], on: date) -> Viewer:
    """The personnel agency for everybody else; a head for people of the own units whose rule gives it to heads. Nobody
    for oneself."""
    viewer = require_flexible_decider(viewer)
    for person in people:
        require_agency(viewer, person.agency_id)
    keeps = viewer.has(Role.PERSONNEL)
    if any(person.pk == viewer.employee.pk for person in people):
        raise NotAllowed(
            gettext("Kerja fleksibel Anda sendiri ditetapkan oleh pengelola kepegawaian yang lain.")
            if keeps
            else gettext("Kerja fleksibel Anda sendiri ditetapkan oleh pengelola kepegawaian.")
        )
    if keeps:
        return viewer
    require_recorder_for(viewer, people)
    rules, posts = WebRules(viewer.employee.agency), main_posts([person.pk for person in people], on)
    for person in people:
        post = posts.get(person.pk)
        rule = rules.rule_of(chain_of(post.post.unit) if post else (), on)
        if rule is None or rule.flexible_by != Decider.HEAD:
            raise NotAllowed(
                gettext("Kerja fleksibel %(name)s ditetapkan oleh pengelola kepegawaian.") % {"name": person.name}
            )
    return viewer


def visible_flexible_work(viewer: Viewer) -> QuerySet[FlexibleWork]:
    """Decisions about oneself, about people one may see, and what one recorded. At most six queries before the one that
    reads."""
    rows = FlexibleWork.objects.filter(agency_id=viewer.agency_id)
    theirs = FlexibleWork.people.through.objects.filter(employee__in=visible_employees(viewer)).values(
        "flexiblework_id"
    )
    return rows.filter(pk__in=theirs) | rows.filter(recorded_by=viewer.employee)


def require_sight_of_flexible_work(viewer: Viewer | None, work: FlexibleWork) -> Viewer:
    """Only who may see somebody of it, and who recorded it."""
    viewer = require_viewer(viewer)
    require_agency(viewer, work.agency_id)
    if work.recorded_by_id != viewer.employee.pk and not visible_flexible_work(viewer).filter(pk=work.pk).exists():
        raise NotAllowed(
            gettext("Keputusan ini dilihat oleh yang bekerja fleksibel, atasannya, dan pengelola kepegawaian.")
        )
    return viewer


def may_cancel_flexible_work(viewer: Viewer, work: FlexibleWork) -> bool:
    """The personnel agency, and who recorded it while heading a unit still."""
    if viewer.agency_id != work.agency_id:
        return False
    return viewer.has(Role.PERSONNEL) or (viewer.is_head and work.recorded_by_id == viewer.employee.pk)


def require_flexible_canceller(viewer: Viewer | None, work: FlexibleWork) -> Viewer:
    """Only who may take the decision back."""
    viewer = require_sight_of_flexible_work(viewer, work)
    if not may_cancel_flexible_work(viewer, work):
        raise NotAllowed(gettext("Keputusan ini dibatalkan oleh yang mencatatnya atau pengelola kepegawaian."))
    return viewer
