"""The mean of a group's answers that no single rater can drag away. Pure."""

from collections.abc import Sequence

FROM = 4
"""From so many answers on the outermost are pulled in; three or fewer are too few to call one of them an outlier."""
TRIMMED_OF_TEN = 2
"""Of ten answers so many at each end are pulled in (a winsorised mean of 20 %), and at least one."""


def robust_mean_milli(answers: Sequence[int]) -> int:
    """Winsorised mean in thousandths, rounded half-up. The lowest and the highest answers are replaced by their nearest
    neighbours that stay, so that from four answers on no rater alone can move the mean outside what the others said.

    Answers are whole and not negative. The order does not matter. Raises ValueError without answers.
    """
    if not answers:
        raise ValueError("no answers")
    ordered, count = sorted(answers), len(answers)
    pulled = max(1, count * TRIMMED_OF_TEN // 10) if count >= FROM else 0
    low, high = ordered[pulled], ordered[count - 1 - pulled]
    total = sum(min(max(answer, low), high) for answer in ordered)
    return (2 * 1000 * total + count) // (2 * count)
