"""Periods, the scores of a person in short, and one of them explained down to the records: the same answers as
`explaining`."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Query, Router

from terang.evaluation import wording
from terang.evaluation.access import require_score_of
from terang.evaluation.models import Period, Score
from terang.interchange.api.paging import page_of
from terang.interchange.api.scopes import SCORES
from terang.interchange.api.shapes import (
    Figure,
    Number,
    Paged,
    PeriodOut,
    PeriodPage,
    ScoreOut,
    ScorePage,
    named,
)
from terang.interchange.api.tokens import Token, viewer_of
from terang.interchange.explaining.asked import measure_for, score_for
from terang.interchange.explaining.figures import BASIS_POINTS, POINTS, number, policy_source
from terang.interchange.explaining.measured import page_of as page_on_screen
from terang.registry.people.models import Employee
from terang.rules.sentences import mark as _

router = Router(tags=["nilai"])
Code = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


def answered_by(name: str) -> dict[str, Any]:
    """The answer follows a schema of `explaining/schema.json`."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"responses": {200: {"content": content}}}


@router.get(
    "periods",
    url_name="periods",
    operation_id="periods",
    response=PeriodPage,
    auth=Token(SCORES),
    summary=_("Periode penilaian, yang terbaru dahulu"),
)
def periods(request: HttpRequest, asked: Query[Paged]) -> PeriodPage:
    rows = Period.objects.filter(agency_id=viewer_of(request).agency_id)
    found, following = page_of(request, asked, rows, rows, ("-starts_on", "-pk"))
    return PeriodPage(items=[_period(row) for row in found], next=following)


@router.get(
    "people/{int:pk}/scores",
    url_name="scores",
    operation_id="scores",
    response=ScorePage,
    auth=Token(SCORES),
    summary=_("Nilai seorang pegawai, periode terbaru dahulu"),
)
def scores(request: HttpRequest, pk: Number, asked: Query[Paged]) -> ScorePage:
    person = get_object_or_404(Employee, pk=pk)
    require_score_of(viewer_of(request), person)
    rows: QuerySet[Score] = Score.objects.filter(employee=person).select_related("period", "policy", "unit")
    found, following = page_of(request, asked, rows, rows, ("-period__starts_on", "-pk"))
    return ScorePage(items=[_score(row) for row in found], next=following)


@router.get(
    "people/{int:pk}/scores/{int:period}",
    url_name="score",
    operation_id="score",
    auth=Token(SCORES),
    summary=_("Satu nilai dengan seluruh penjelasannya"),
    openapi_extra=answered_by("score_answer"),
)
def score(request: HttpRequest, pk: Number, period: Number) -> dict[str, Any]:
    told = score_for(viewer_of(request), period, pk)
    for aspect in told["aspects"]:
        for each in aspect["measures"]:
            each["api"] = reverse("api:measure_behind", args=[pk, period, aspect["code"], each["code"]])
    return told


@router.get(
    "people/{int:pk}/scores/{int:period}/{aspect}/{measure}",
    url_name="measure_behind",
    operation_id="measure_behind",
    auth=Token(SCORES),
    summary=_("Satu ukuran dalam sebuah nilai, dengan catatan di baliknya"),
    openapi_extra=answered_by("measure_answer"),
)
def measure_behind(request: HttpRequest, pk: Number, period: Number, aspect: Code, measure: Code) -> dict[str, Any]:
    told = measure_for(viewer_of(request), period, pk, aspect, measure)
    return {**told, "api": request.path}


def _period(row: Period) -> PeriodOut:
    return PeriodOut(
        id=row.pk,
        kind=row.kind,
        name=row.title,
        starts_on=row.starts_on,
        last_day=row.last_day,
        closed_at=row.closed_at,
    )


def _score(row: Score) -> ScoreOut:
    page = page_on_screen(row)
    own = {"source": policy_source(row.policy), "page": page}
    thin = wording.reason("no_evidence") if row.total_bp is None else ""
    return ScoreOut(
        id=row.pk,
        period=_period(row.period),
        unit=named(row.unit),
        total=Figure(**number(row.total_bp, POINTS, missing=thin, **own)),
        coverage=Figure(**number(row.coverage_bp, BASIS_POINTS, **own)),
        below_standard=row.below_standard,
        computed_at=row.computed_at,
        explained=reverse("api:score", args=[row.employee_id, row.period_id]),
        page=page,
    )
