"""What scores may be asked about by the oversight team (`terang.evidence.oddities`): a total far from the unit's.

A question about how the figure came about, in either direction. It changes no score (ADR 0019).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from terang.evaluation.models import Period, Score
from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace
from terang.rules.outliers import Outlier, outliers
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.web.sentences import hundredths

MOST_PERIODS = 4
"""Periods one look reads: those that run and those that ended within its days."""


def far_from_the_unit(span: Span, limits: Limits) -> Iterator[Oddity]:
    """People whose total of a period lies far from those of their unit. Two queries, however many periods."""
    begun = Q(starts_on__lt=span.today, ends_on__gt=span.start)
    periods = list(Period.objects.filter(begun, agency=span.agency).order_by("-starts_on")[:MOST_PERIODS])
    ripe = {each.pk: each for each in periods if (span.today - each.starts_on).days >= limits["hari"]}
    groups: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    rows = Score.objects.filter(period__in=ripe, total_bp__isnull=False)
    for period_id, unit_id, employee_id, total in rows.values_list("period_id", "unit_id", "employee_id", "total_bp"):
        groups[period_id, unit_id][employee_id] = total or 0
    for (period_id, unit_id), totals in groups.items():
        found = outliers(
            totals,
            least_others=limits["rekan"],
            deviations_tenths=limits["simpangan"],
            least_gap=limits["selisih"] * 100,
        )
        for each in found:
            if span.is_fresh(_ref(period_id, each)):
                yield _oddity(ripe[period_id], unit_id, each, span)


def _ref(period_id: int, found: Outlier) -> str:
    """A period of a person, not a total: a total that moves on is the same question."""
    return f"evaluation.score:{period_id}:{found.key}"


def _oddity(period: Period, unit_id: int, found: Outlier, span: Span) -> Oddity:
    text = _(
        "Nilainya %(value)s, sedangkan nilai tengah %(others)s orang lain di unit itu %(middle)s. Apa yang berbeda?"
    )
    params: dict[str, str | int] = {
        "value": hundredths(found.value),
        "others": found.others,
        "middle": hundredths(found.middle),
    }
    last = min(period.ends_on, span.today) - timedelta(days=1)
    trace = Trace(
        _ref(period.pk, found),
        Sentence(_("Nilai %(period)s"), {"period": period.name}),
        reverse("evaluation:score", args=[period.pk, found.key]),
    )
    return Oddity(period.starts_on, last, Sentence(text, params), (trace,), employee_id=found.key, unit_id=unit_id)


SOURCES = (
    Source(
        "nilai_menonjol",
        _("Nilai jauh dari unitnya"),
        _("Nilai satu orang jauh di atas atau di bawah rekan seunitnya."),
        45,
        (
            Limit("rekan", _("Paling sedikit rekan seunit"), 4, 3, 100),
            Limit("simpangan", _("Paling sedikit simpangan median (persepuluh)"), 52, 20, 200),
            Limit("selisih", _("Selisih nilai paling sedikit"), 5, 1, 100),
            Limit("hari", _("Periode sudah berjalan paling sedikit (hari)"), 20, 1, 366),
        ),
        far_from_the_unit,
        recalls=366,  # the longest period: its one record is asked about once, while it runs or after
    ),
)
