"""Review by colleagues: see `terang.rules.measures.review`."""

from terang.rules.measures.review import review_measure

MEASURE = review_measure("peer_review", "peer")
