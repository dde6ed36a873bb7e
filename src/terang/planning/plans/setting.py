"""What the checks of a plan must know beside its document: the post's kind and the unit's yearly promise."""

from terang.planning.plans.models import Plan
from terang.planning.plans.promised import promised_items
from terang.registry.people.models import PostKind
from terang.rules.plans.checks import Setting
from terang.rules.plans.promises import Promised


def setting_of(plan: Plan) -> Setting:
    """The setting of a plan: at most two queries for the head of a unit, none for others."""
    post = plan.post
    if post is None or plan.unit_id is None:
        return Setting()
    return Setting(post_kind=post.kind, promised=promised_to(plan))


def promised_to(plan: Plan) -> tuple[Promised, ...]:
    """What the leading official of a plan must carry; what is not signed yet is marked as a draft."""
    if plan.post is None or plan.post.kind != PostKind.LEADER:
        return ()
    return tuple(
        Promised(
            pk=item.indicator_id,
            text=item.text,
            target_milli=item.target_milli,
            target_max_milli=item.target_max_milli,
            unit_label=item.unit_label,
            direction=item.indicator.direction,
            draft=item.pk is None,
        )
        for item in promised_items(plan)
    )
