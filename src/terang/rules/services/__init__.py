"""How long services take: distributions by month, what changed at an intervention, and how sure that is.

Everything is exact or errs to the careful side, and gives the same answer every time: no simulation, no random numbers.
Times are whole working minutes; shares are basis points; missing is None, never zero.
"""

from terang.rules.services.change import LEAST_FINISHED, Change, Verdict, compare
from terang.rules.services.distribution import NOTHING, Summary, Times, quantile, summary_of, together
from terang.rules.services.intervals import Range, median_interval, share_change_interval, share_interval
from terang.rules.services.mix import MixChange, MixRow, compare_mixes
from terang.rules.services.windows import Windows, windows_around

__all__ = [
    "LEAST_FINISHED",
    "NOTHING",
    "Change",
    "MixChange",
    "MixRow",
    "Range",
    "Summary",
    "Times",
    "Verdict",
    "Windows",
    "compare",
    "compare_mixes",
    "median_interval",
    "quantile",
    "share_change_interval",
    "share_interval",
    "summary_of",
    "together",
    "windows_around",
]
