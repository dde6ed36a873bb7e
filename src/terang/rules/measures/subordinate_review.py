"""Review by subordinates: see `terang.rules.measures.review`."""

from terang.rules.measures.review import review_measure

MEASURE = review_measure("subordinate_review", "subordinate")
