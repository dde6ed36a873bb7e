"""The ratings a policy's thresholds suggest. A person decides; where evidence is thin there is none.

Columns in: `work_result_bp` and `behaviour_bp`, missing where less than the policy's least coverage of the measures
behind the rating has evidence. Those two numbers and the policy's thresholds are the reason shown beside a suggestion.
"""

import narwhals as nw

from terang.rules.policies.model import Policy


def work_result_rating(policy: Policy) -> nw.Expr:
    """Suggested rating of work results (hasil kerja): above | meets | below | none."""
    return rating("work_result_bp", policy.work_rating.above_bp, policy.work_rating.meets_bp)


def behaviour_rating(policy: Policy) -> nw.Expr:
    """Suggested rating of work behaviour (perilaku kerja): above | meets | below | none."""
    return rating("behaviour_bp", policy.behaviour_rating.above_bp, policy.behaviour_rating.meets_bp)


def rating(column: str, above_bp: int, meets_bp: int) -> nw.Expr:
    """Three levels by two thresholds, both included upwards; "none" where the score is missing."""
    score = nw.col(column)
    return (
        nw.when(score.is_null())
        .then(nw.lit("none"))
        .when(score >= above_bp)
        .then(nw.lit("above"))
        .when(score >= meets_bp)
        .then(nw.lit("meets"))
        .otherwise(nw.lit("below"))
    )
