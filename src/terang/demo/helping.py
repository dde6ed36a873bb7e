"""Makes what follows from scores: what is due today, and the corrective action of a clerk who fell below the standard
and recovered (`recovery` in the government's file)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.evaluation.models import Period
from terang.evaluation.services import recompute
from terang.follow_up.growth import services
from terang.follow_up.growth.models import CorrectiveAction, Kind
from terang.registry.people.viewer import Viewer, viewer_for


def look_early(scene: Scene, period: Period) -> None:
    """In the month of the fall the clerk's score is looked at early too, to know since when it is low."""
    story = scene.facts.get("recovery")
    if story and period.starts_on == scene.months[story["month"]].start:
        clerk, days = scene.people[story["slot"]], scene.months[story["month"]].working_days
        recompute(employee_ids=[clerk.employee.pk], period=period, as_of=days[4])


def help_people(scene: Scene) -> None:
    """The story of the clerk, then whatever is due by today."""
    if "recovery" in scene.facts:
        _recover(scene)
    services.open_due(agency=scene.agency, day=scene.today)
    services.open_after_predicates(agency=scene.agency, day=scene.today)


def _recover(scene: Scene) -> None:
    story = scene.facts["recovery"]
    clerk = scene.people[story["slot"]]
    leader = scene.appraiser_of(clerk)
    fell, better = scene.months[story["month"]], scene.months[story["measured"]]
    opened = fell.working_days[-1]
    found = services.open_due(agency=scene.agency, day=opened, employee_ids=[clerk.employee.pk])
    action = CorrectiveAction.objects.filter(due__in=found, due__kind=Kind.CORRECTIVE).first()
    if action is None or leader is None:
        return
    first, second, last = opened + timedelta(days=3), opened + timedelta(days=4), better.working_days[-1]
    plan = services.Plan(
        story["cause"], story["cause_note"], story["support"], f"{action.aspect}/{action.measure}", last
    )
    head, own = _viewer(scene, leader, first), _viewer(scene, clerk, second)
    services.write_plan(actor=head, action=action, plan=plan, version=action.version)
    for each in story["steps"]:
        owner = leader if each["owner"] == "leader" else clerk
        due_on = opened + timedelta(days=each["days"])
        services.add_step(actor=head, action=action, step=services.Step(owner.employee, each["text"], due_on))
    services.write_view(actor=own, action=action, view=story["view"], version=_version(action))
    services.propose(actor=head, action=action, version=_version(action))
    services.agree(actor=own, action=action, version=_version(action))
    for step, each in zip(action.steps.order_by("pk"), story["steps"], strict=True):
        doer = leader if each["owner"] == "leader" else clerk
        services.settle_step(actor=_viewer(scene, doer, step.due_on), step=step, outcome=each["outcome"])
    services.measure_again(action.pk, last)
    end = last + timedelta(days=3)
    services.conclude(actor=_viewer(scene, leader, end), action=action, reason=story["end"], version=_version(action))
    services.confirm(actor=_viewer(scene, clerk, end), action=action, version=_version(action))
    keys = {"proposed_at": first, "agreed_at": second, "concluded_at": end, "confirmed_at": end}
    CorrectiveAction.objects.filter(pk=action.pk).update(**{name: _at(scene, day) for name, day in keys.items()})


def _version(action: CorrectiveAction) -> int:
    action.refresh_from_db()
    return action.version


def _at(scene: Scene, day: date) -> datetime:
    return datetime.combine(day, time(10), ZoneInfo(scene.agency.time_zone))


def _viewer(scene: Scene, person: Person, day: date) -> Viewer:
    found = viewer_for(person.employee.user, _at(scene, day)) if person.employee.user else None
    assert found is not None
    return found
