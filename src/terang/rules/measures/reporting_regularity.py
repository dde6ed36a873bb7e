"""Regular reporting: days reported in time / days that asked for a report.

Leave, outages and days outside the job's rhythm are taken out before; no required day at all: missing.
"""

from terang.rules.measures.measure import ratio_measure

MEASURE = ratio_measure("reporting_regularity", "reporting", "reported_days", "required_days")
