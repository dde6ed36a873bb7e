"""Complaint response: answered in time and not contradicted by the citizen / answers that fell due.

No answer fell due: missing. Guard: complaints opened again.
"""

from terang.rules.measures.measure import ratio_measure

MEASURE = ratio_measure("complaint_response", "complaints", "in_time_confirmed", "due", citizens=True)
