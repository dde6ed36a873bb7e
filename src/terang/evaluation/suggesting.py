"""Why evidence suggests a rating: which scores it is drawn from, and from where on it is which rating."""

from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.rules.policies import Policy
from terang.rules.policies.model import BehaviourRating, WorkRating
from terang.web.numbers import percent, score


def why_work_result(policy: Policy, variant: str) -> str:
    """The aspects behind the suggested rating of work results, with its thresholds."""
    used = [each for each in policy.aspects_for(variant) if each.code in policy.work_rating.aspects]
    names = ", ".join(wording.label(each) for each in used)
    return (
        f"{_('Rata-rata tertimbang bagian: %(names)s.') % {'names': names}} {_thresholds(policy, policy.work_rating)}"
    )


def why_behaviour(policy: Policy) -> str:
    """The measures behind the suggested rating of behaviour with their shares, and its thresholds."""
    rule = policy.behaviour_rating
    names = ", ".join(f"{wording.measure_label(each.code)} {percent(each.share_bp)}" for each in rule.measures)
    return f"{_('Rata-rata tertimbang ukuran: %(names)s.') % {'names': names}} {_thresholds(policy, rule)}"


def _thresholds(policy: Policy, rule: WorkRating | BehaviourRating) -> str:
    words = {
        "above": score(rule.above_bp),
        "meets": score(rule.meets_bp),
        "coverage": percent(policy.least_coverage_bp),
    }
    return (
        _(
            "Di atas ekspektasi mulai %(above)s, sesuai ekspektasi mulai %(meets)s. "
            "Bila bukti kurang dari %(coverage)s bobotnya, tidak ada saran."
        )
        % words
    )
