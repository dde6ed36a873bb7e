"""Compliance at inspections: points met / points checked, over all confirmed inspections of the period.

Findings count only after the person could reply. No point checked: missing.
"""

from terang.rules.measures.measure import ratio_measure

MEASURE = ratio_measure("inspection_compliance", "inspections", "met", "checked")
