"""When a rating needs a reason, and whether the spread of predicates in a unit does."""

from collections import Counter

from django.utils.translation import gettext

from terang.evaluation.appraisals.frozen import Suggestion
from terang.evaluation.appraisals.models import (
    Appraisal,
    OrganisationPredicate,
    Predicate,
    Rating,
    RatingWindow,
)
from terang.registry.organization.models import Unit
from terang.rules.regulations.distribution import DistributionCheck, check_distribution
from terang.rules.regulations.item_ratings import ItemSuggestion

EXTREME = (Predicate.VERY_GOOD, Predicate.POOR, Predicate.VERY_POOR)
"""Predicates that are given with a reason in any case: our rule, so that nobody is praised or blamed in silence."""


def reasons_due(appraisal: Appraisal, suggestion: Suggestion, items: ItemSuggestion | None) -> list[str]:
    """Why this rating needs a word of the appraiser, in the reader's language; empty where it needs none."""
    found = []
    if suggestion.work_result and suggestion.work_result != appraisal.work_result:
        told = {"label": Rating(suggestion.work_result).label}
        found.append(gettext("Bukti mengusulkan hasil kerja “%(label)s”.") % told)
    if suggestion.behaviour and suggestion.behaviour != appraisal.behaviour:
        told = {"label": Rating(suggestion.behaviour).label}
        found.append(gettext("Bukti mengusulkan perilaku kerja “%(label)s”.") % told)
    if items and items.rating != appraisal.work_result:
        told = {"label": Rating(items.rating).label}
        found.append(gettext("Rating Anda per hasil kerja mengarah ke “%(label)s”.") % told)
    if appraisal.predicate in EXTREME:
        told = {"label": Predicate(appraisal.predicate).label}
        found.append(gettext("Predikat %(label)s selalu diberi alasan.") % told)
    return found


def spread_check(
    window: RatingWindow, counts: Counter[str], organisation: OrganisationPredicate | None
) -> DistributionCheck | None:
    """Whether the spread follows the pattern of the unit's own predicate; None where that is not known yet or the
    group is too small to show one. No query."""
    if organisation is None or counts.total() < window.least_people:
        return None
    return check_distribution(organisation.predicate, counts, window.closes_on)


def organisation_of(window: RatingWindow, unit: Unit) -> OrganisationPredicate | None:
    """What the unit achieved; None until it is set. One query."""
    return OrganisationPredicate.objects.filter(window=window, unit=unit).first()
