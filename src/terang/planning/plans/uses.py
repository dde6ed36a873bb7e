"""In how many plans in force an entry of the dictionary stands (`planning.dictionary.hooks`)."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count

from terang.planning.plans.models import Indicator, PlanState


def entry_uses(agency_id: int, entry_ids: Collection[int], day: date) -> Mapping[int, int]:
    """Plans agreed and running on a day by the id of the entry; entries that no plan uses are left out. One query."""
    rows = Indicator.objects.filter(
        entry_id__in=entry_ids,
        retired_on=None,
        result__retired_on=None,
        result__plan__employee__agency_id=agency_id,
        result__plan__state=PlanState.AGREED,
        result__plan__period_start__lte=day,
        result__plan__period_end__gt=day,
    )
    counts = rows.order_by().values_list("entry").annotate(n=Count("result__plan", distinct=True))
    return dict(counts)
