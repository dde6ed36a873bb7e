"""Mass work for the background queue: a template given as drafts to a whole unit."""

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from terang.planning.plans.models import TemplateRun
from terang.planning.plans.services.templates import give_draft
from terang.planning.plans.years import plan_span
from terang.registry.people.models import Assignment, AssignmentKind, PostKind
from terang.registry.people.selectors import assignments_below
from terang.rules.plans import PlanDocument, from_json
from terang.rules.sentences import Sentence, mark

TOLD_EVERY = 10
HAS_PLAN = Sentence(mark("sudah punya rencana untuk masa ini"))


@task()
def give_template(run_id: int) -> None:
    """Gives the template to each person in turn, telling how far it is. May be repeated after a worker was killed:
    who has a plan by then is passed over."""
    run = TemplateRun.objects.select_related("template", "unit").get(pk=run_id)
    if run.finished_at:
        return
    people, document = _meant(run), from_json(run.template.document)
    made, skipped = 0, []
    TemplateRun.objects.filter(pk=run.pk).update(total=len(people))
    for done, held in enumerate(people, 1):
        if _gave(run, held, document):
            made += 1
        else:
            skipped.append([held.employee.name, HAS_PLAN.stored()])
        if done % TOLD_EVERY == 0:
            TemplateRun.objects.filter(pk=run.pk).update(done=done, made=made)
    TemplateRun.objects.filter(pk=run.pk).update(
        done=len(people), made=made, skipped=skipped, finished_at=timezone.now()
    )


def _gave(run: TemplateRun, held: Assignment, document: PlanDocument) -> bool:
    given = give_draft(
        actor=None,
        employee=held.employee,
        post=held.post,
        period=plan_span(held, run.day),
        document=document,
        origin=run.template.name,
    )
    return given is not None


def _meant(run: TemplateRun) -> list[Assignment]:
    """The definitive posts below the unit, elected heads left out. One query."""
    rows = assignments_below([run.unit.path], run.day).filter(
        Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=run.day), kind=AssignmentKind.DEFINITIVE
    )
    if run.post_title:
        rows = rows.filter(post__title=run.post_title)
    elected = rows.exclude(post__kind=PostKind.ELECTED)
    return list(elected.select_related("employee", "post__unit").order_by("employee__name", "employee_id"))
