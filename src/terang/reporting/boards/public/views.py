"""Public addresses. No session, no cookie: the language stands in the address (`?bahasa=en`)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from terang.custody.serving import file_response
from terang.evidence.citizens.catalogue_selectors import governments
from terang.evidence.complaints.publication import near_mark, public_due_on, public_words, report_mark
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.viewer import in_force
from terang.reporting.boards.public import complaints, facts, open_data
from terang.reporting.boards.public import wall as walls
from terang.web.kept import FRESH_SECONDS, Drawn, kept, respond

LANGUAGES = ("id", "en")


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("bahasa", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _answer(
    request: HttpRequest,
    key: str,
    draw: Callable[[], Drawn],
    agency: Agency | None = None,
    language: str = "",
    mark: str = "",
) -> HttpResponse:
    """The kept answer in the reader's language and the government's time. With a `mark` of what was taken back the
    answer before that is given no more, neither from here nor, once its minute is over, from caches before us."""
    spoken = language or _language(request)
    zone = agency.time_zone if agency else settings.TIME_ZONE

    def drawn() -> Drawn:
        with translation.override(spoken), timezone.override(zone):
            return draw()

    place = f"{key}:{mark}:{spoken}" if mark else f"{key}:{spoken}"
    return respond(request, kept(place, drawn), can_be_taken_back=bool(mark))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> Drawn:
    """A page of which nothing depends on who reads it, in the time of its government."""
    language = translation.get_language() or LANGUAGES[0]
    shared = {
        "demo": settings.DEMO,
        "here": request.path,
        "bahasa": "?bahasa=en" if language == "en" else "",
        "drawn_at": timezone.now(),
    }
    agency = context.get("agency")
    with timezone.override(agency.time_zone if agency else settings.TIME_ZONE):
        return Drawn(render_to_string(f"boards/public/{template}.html", shared | context), language=language)


def _agency(code: str) -> Agency:
    return get_object_or_404(Agency, code=code)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The governments that serve or listen here."""
    return _answer(request, "index", lambda: _page(request, "index", {"agencies": governments()}))


@require_safe
def government(request: HttpRequest, code: str) -> HttpResponse:
    def draw() -> Drawn:
        agency = _agency(code)
        return _page(request, "government", {"facts": facts.government_facts(agency), "agency": agency})

    return _answer(request, f"government:{code}", draw)


def _unit(agency: Agency, unit_id: int) -> Unit:
    rows = Unit.objects.filter(
        in_force(local_today(agency), "valid_from", "valid_to"), agency=agency, parent__isnull=False
    )
    return get_object_or_404(rows.select_related("agency"), pk=unit_id)


@require_safe
def unit(request: HttpRequest, code: str, unit_id: int) -> HttpResponse:
    def draw() -> Drawn:
        agency = _agency(code)
        shown = _unit(agency, unit_id)
        return _page(request, "unit", {"facts": facts.unit_facts(shown), "agency": agency, "unit": shown})

    return _answer(request, f"unit:{code}:{unit_id}", draw)


@require_safe
def wall(request: HttpRequest, code: str, unit_id: int) -> HttpResponse:
    """The screen on a unit's wall; `?jam=7-17` says when it is awake."""
    hours = walls.hours_of(request.GET.get("jam", ""))

    def draw() -> Drawn:
        agency = _agency(code)
        shown = walls.wall_of(_unit(agency, unit_id), hours, timezone.now())
        return _page(request, "wall", {"wall": shown, "agency": agency, "unit": shown.facts.unit})

    return _answer(request, f"wall:{code}:{unit_id}:{hours[0]}-{hours[1]}", draw)


@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """Published reports of citizens, twenty a page. Past the last page stands the last one, kept once."""
    asked = request.GET.get("halaman", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    last = kept(f"reports-last:{code}", lambda: Drawn(str(complaints.published_pages(_agency(code)))))
    number = max(1, min(number, int(last.body)))

    def draw() -> Drawn:
        agency = _agency(code)
        page = complaints.published_page(agency, number)
        lines = [_line(each) for each in page.object_list]
        return _page(request, "reports", {"agency": agency, "page": page, "lines": lines})

    return _answer(request, f"reports:{code}:{number}", draw, mark=near_mark(code))


def _line(complaint: Any) -> dict[str, Any]:
    return {
        "row": complaint,
        "title": public_words(complaint, complaint.title),
        "address": public_words(complaint, complaint.address),
        "kind": complaints.KINDS[complaint.state],
    }


@require_safe
def report(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One published report with the answers to it. What is not public is not found, whatever it is: that is asked each
    time. 1 query beside drawing."""
    mark = report_mark(code, number)
    if mark is None:
        raise Http404

    def draw() -> Drawn:
        agency = _agency(code)
        found = complaints.published_one(agency, number)
        if found is None:
            raise Http404
        context = _line(found) | {
            "agency": agency,
            "body": public_words(found, found.body),
            "answers": [(each.said_at, public_words(found, each.text)) for each in found.answers],  # type: ignore[attr-defined]
            "photos": found.shown_photos,  # type: ignore[attr-defined]
            "ending": complaints.ending_words(found),
            "due_on": public_due_on(found),
        }
        return _page(request, "report", context)

    return _answer(request, f"report:{code}:{number}", draw, mark=mark)


@require_safe
def photo(request: HttpRequest, code: str, number: str, place: int) -> HttpResponseBase:
    """A published photo, without its metadata. 2 queries."""
    found = complaints.published_photo(_agency(code), number, place)
    if found is None:
        raise Http404
    response = file_response(found.file)
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


@require_safe
def data(request: HttpRequest, code: str) -> HttpResponse:
    """Which tables there are, with the meaning of every column."""

    def draw() -> Drawn:
        context = {"agency": _agency(code), "tables": open_data.TABLES.values(), "licence": open_data.LICENCE_NAME}
        return _page(request, "data", context | {"licence_url": open_data.LICENCE_ADDRESS})

    return _answer(request, f"data:{code}", draw)


@require_safe
def table(request: HttpRequest, code: str, name: str, form: str) -> HttpResponse:
    """One table for machines; the same whatever the language of the page."""
    found = open_data.TABLES.get(name)
    if found is None:
        raise Http404
    draw = open_data.as_csv if form == "csv" else open_data.as_json
    mark = near_mark(code) if found.tells_reports else ""
    return _answer(request, f"table:{code}:{name}:{form}", lambda: draw(found, _agency(code)), language="id", mark=mark)
