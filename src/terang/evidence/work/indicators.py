"""The plan's indicators behind a score: what was due, what was reached, each as one record before the entries."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.records import Record
from terang.evidence.work.evidence import plan_results
from terang.planning.plans.models import Indicator
from terang.rules.tables import PLAN_RESULTS
from terang.web.numbers import percent, quantity


class Standing(NamedTuple):
    """An indicator and its row of `PLAN_RESULTS`, by column name."""

    indicator: Indicator
    row: Mapping[str, Any]

    @property
    def facts(self) -> tuple[Any, ...]:
        """The row as the engine takes it."""
        return tuple(self.row[name] for name in PLAN_RESULTS.names)


def standings(measure_code: str, employee_id: int, start: date, end: date, as_of: date) -> list[Standing]:
    """The indicators a measure is made of: those of impact for `outcome_impact`, else the others. Three queries."""
    impact = measure_code == "outcome_impact"
    rows = [dict(zip(PLAN_RESULTS.names, row, strict=True)) for row in plan_results([employee_id], start, end, as_of)]
    concerned = [row for row in rows if (row["direction"] == "impact") == impact]
    known = Indicator.objects.select_related("result").in_bulk([row["record_id"] for row in concerned])
    return [Standing(known[row["record_id"]], row) for row in concerned]


def as_record(standing: Standing, value_bp: int | None) -> Record:
    """One indicator in words; `value_bp` is its achievement by the rules, missing where nothing was reached."""
    words = {"value": percent(value_bp)}
    return Record(
        id=standing.indicator.pk,
        day=None,
        title=standing.indicator.text,
        detail=f"{standing.indicator.result.text}: {_told(standing)}",
        counted=value_bp is not None,
        effect=gettext("capaian %(value)s") % words if value_bp is not None else gettext("belum dihitung"),
        url=f"{reverse('work:plan')}?pegawai={standing.row['employee_id']}",
    )


def _told(standing: Standing) -> str:
    row = standing.row
    words = {name: quantity(row[f"{name}_milli"]) for name in ("baseline", "target", "target_max", "actual")} | {
        "unit": standing.indicator.unit_label
    }
    if row["actual_milli"] is None:
        return gettext("belum ada nilai yang diterima; target %(target)s %(unit)s") % words
    if row["direction"] == "impact":
        return gettext("dari %(baseline)s menjadi %(actual)s %(unit)s; target %(target)s") % words
    if row["direction"] == "range":
        return gettext("tercapai %(actual)s %(unit)s; target %(target)s sampai %(target_max)s") % words
    if row["direction"] == "lower":
        return gettext("tercapai %(actual)s %(unit)s; target paling banyak %(target)s") % words
    return gettext("tercapai %(actual)s dari target %(target)s %(unit)s yang jatuh tempo") % words
