"""Attendance: days present / days required.

Leave, duty elsewhere and outages are taken out before; no required day at all (a month of leave): missing.
"""

from terang.rules.measures.measure import ratio_measure

MEASURE = ratio_measure("attendance_rate", "attendance", "present_days", "required_days")
