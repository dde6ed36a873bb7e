"""Punctuality: punctual days / days present.

Somebody who was never present is not unpunctual: missing. Absence counts in attendance_rate, and only there.
"""

from terang.rules.measures.measure import ratio_measure

MEASURE = ratio_measure("punctuality", "attendance", "punctual_days", "present_days")
