"""What review asks of rooms above it, which it does not know: the policy in force (`TERANG_REVIEW_POLICY`)."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from terang.rules.catalogue import MEASURES
from terang.rules.policies.model import Instrument
from terang.rules.reviews.terms import Kind, least_of

MEASURE_OF: dict[Kind, str] = {
    "superior": "superior_review",
    "peer": "peer_review",
    "subordinate": "subordinate_review",
}


@dataclass(frozen=True)
class ReviewPolicy:
    """The instruments a round may use, and the least number of answers for each kind of rater."""

    instruments: tuple[Instrument, ...]
    least: dict[Kind, int]


def review_policy(agency_id: int, day: date) -> ReviewPolicy:
    """The policy in force; a kind it does not use takes the catalogue's least number. One query."""
    path = getattr(settings, "TERANG_REVIEW_POLICY", "")
    instruments, told = cast(tuple[tuple[Instrument, ...], dict[str, int]], import_string(path)(agency_id, day))
    return ReviewPolicy(
        instruments, least_of({kind: told.get(code, MEASURES[code].min_answers) for kind, code in MEASURE_OF.items()})
    )
