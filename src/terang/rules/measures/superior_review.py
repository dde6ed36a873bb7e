"""Review by the superior: see `terang.rules.measures.review`."""

from terang.rules.measures.review import review_measure

MEASURE = review_measure("superior_review", "superior")
