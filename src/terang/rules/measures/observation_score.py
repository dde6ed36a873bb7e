"""Observation: points given / points possible, over all observations of the period.

No observation: missing.
"""

from terang.rules.measures.measure import ROWS, ratio_measure

MEASURE = ratio_measure("observation_score", "observations", "points_milli", "max_milli", n=ROWS)
