"""Rating of the performance report by its two readers, weighed by the policy's shares (60 and 40 % by default).

Several ratings by one kind of reader are averaged first. Where only one kind of reader has rated, that rating stands
alone and the denominator shows it: 6,000 instead of 10,000.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import count_where, half_up, whole
from terang.rules.measures.measure import Facts, Formula, Measure, Setting

_TABLE = "report_ratings"
_READERS = ("superior", "oversight")


def _facts(setting: Setting) -> tuple[Facts, ...]:
    sums: dict[str, nw.Expr] = {}
    for reader in _READERS:
        by_reader = nw.col("reader") == reader
        sums[setting.fact(f"{reader}_sum")] = nw.when(by_reader).then(nw.col("rating_bp"))
        sums[setting.fact(f"{reader}_n")] = count_where(by_reader)
    return (Facts(_TABLE, sums),)


def _formula(setting: Setting) -> Formula:
    above, below, n = whole(0), whole(0), whole(0)
    for reader in _READERS:
        rated = nw.col(setting.fact(f"{reader}_n"))
        share = int(setting.parameters[f"{reader}_share_bp"])
        mean = half_up(nw.col(setting.fact(f"{reader}_sum")), rated)
        above = above + nw.when(rated > 0).then(mean * share).otherwise(whole(0))
        below = below + nw.when(rated > 0).then(whole(share)).otherwise(whole(0))
        n = n + rated
    return Formula(above, below, n, half_up(above, below))


MEASURE = Measure("report_rating", _facts, _formula, scale=1)
