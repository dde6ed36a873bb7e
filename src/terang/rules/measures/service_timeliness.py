"""Service timeliness: requests completed within the published standard / requests completed.

The clock stops while the applicant must act. Nothing completed: missing. Guard: reopened cases.
"""

from terang.rules.measures.measure import ratio_measure

MEASURE = ratio_measure("service_timeliness", "services", "timely", "completed", citizens=True)
