"""What the checks of a plan must know beside its document: the post's kind and the unit's yearly promise."""

from terang.planning.goals.models import AgreementItem, AgreementState
from terang.planning.plans.models import Plan
from terang.registry.people.models import PostKind
from terang.rules.plans.checks import Setting


def setting_of(plan: Plan) -> Setting:
    """The setting of a plan: one query for the head of a unit, none for others."""
    post = plan.post
    if post is None or plan.unit_id is None:
        return Setting()
    promised: list[tuple[int, str]] = []
    if post.is_head and post.kind == PostKind.LEADER:
        items = AgreementItem.objects.filter(
            agreement__unit_id=plan.unit_id,
            agreement__year=plan.period_start.year,
            agreement__state=AgreementState.SIGNED,
        )
        promised = list(items.values_list("indicator_id", "indicator__text"))
    return Setting(post_kind=post.kind, promised=tuple(promised))
