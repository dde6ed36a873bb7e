"""What the three reviews share: the mean over the aspects of the policy's instrument.

Per aspect (mean answer − lowest of the scale) / (highest − lowest) in basis points. An aspect with fewer answers than
the policy's least number is not counted; no aspect left: missing with reason too_few_answers. Aspects that the
instrument does not know are not looked at. Answers carry no link to the rater.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, ratio_bp
from terang.rules.measures.measure import Measure, Setting, mean_measure
from terang.rules.policies.model import Instrument

MILLI = 1_000


def review_measure(code: str, rater: str) -> Measure:
    """The measure for one kind of rater."""
    return mean_measure(
        code,
        "reviews",
        _aspect_bp,
        where=lambda setting: (
            nw.col("rater") == rater,
            nw.col("aspect").is_in([aspect.code for aspect in _instrument(setting).aspects]),
        ),
        n=nw.col("answers"),
        empty="too_few_answers",
    )


def _instrument(setting: Setting) -> Instrument:
    if setting.instrument is None:
        raise ValueError(f"{setting.key}: a review needs the policy's instrument")
    return setting.instrument


def _aspect_bp(setting: Setting, item: str) -> Steps:
    instrument = _instrument(setting)
    answers = nw.col("answers")
    span = (instrument.scale_max - instrument.scale_min) * MILLI
    above_lowest = nw.col("sum_milli") - answers * (instrument.scale_min * MILLI)
    enough = answers >= max(setting.min_answers, 1)
    return ({item: nw.when(enough).then(ratio_bp(above_lowest.clip(0, None), answers * span))},)
