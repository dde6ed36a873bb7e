"""Lists in pages: each page names the address of the next, and begins after a row that is named by its number."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from terang.interchange.api.problems import NOT_FOUND, Problem

MOST = 100
M = TypeVar("M", bound=Model)


class Numbered(Protocol):
    @property
    def pk(self) -> Any: ...


N = TypeVar("N", bound=Numbered)


class Asked(Protocol):
    """What a list is asked with beside its filters."""

    after: int | None
    limit: int


def page_of(
    request: HttpRequest, asked: Asked, rows: QuerySet[M], within: QuerySet[M], order: Sequence[str]
) -> tuple[list[M], str | None]:
    """A page of `rows` and the address of the next one (None after the last). `order` are fields that are never
    missing, the last one unique; `within` are the rows that `after` may name, whatever the filters. One query, two with
    `after`. Raises Problem where `after` is no row (any more)."""
    if asked.after is not None:
        names = [name.lstrip("-") for name in order]
        place = within.filter(pk=asked.after).values_list(*names).first()
        if place is None:
            raise gone(asked.after)
        rows = rows.filter(_behind(order, place))
    found = list(rows.order_by(*order)[: asked.limit + 1])
    return _cut(request, found, asked.limit)


def page_of_list(request: HttpRequest, asked: Asked, rows: Sequence[N]) -> tuple[list[N], str | None]:
    """As `page_of`, of rows that are read already. No query."""
    start = 0
    if asked.after is not None:
        places = {row.pk: number for number, row in enumerate(rows)}
        if asked.after not in places:
            raise gone(asked.after)
        start = places[asked.after] + 1
    return _cut(request, list(rows[start : start + asked.limit + 1]), asked.limit)


def gone(number: int) -> Problem:
    told = gettext("Baris %(n)s tidak ada (lagi) dalam daftar ini. Mulai lagi tanpa after.") % {"n": number}
    return Problem(NOT_FOUND, told, {"after": [told]})


def _cut(request: HttpRequest, found: list[N], limit: int) -> tuple[list[N], str | None]:
    if len(found) <= limit:
        return found, None
    query = request.GET.copy()
    query["after"] = str(found[limit - 1].pk)
    return found[:limit], request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _behind(order: Sequence[str], place: Sequence[Any]) -> Q:
    """Rows that come after the place: behind in the first field, or level there and behind in the next, and so on."""
    found, level = Q(pk__in=()), Q()
    for name, value in zip(order, place, strict=True):
        field, way = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        found |= level & Q(**{f"{field}__{way}": value})
        level &= Q(**{field: value})
    return found
