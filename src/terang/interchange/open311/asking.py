"""What clients ask with: parameters read carefully, the government meant, and moments."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from terang.interchange.open311.dialect import Open311Error
from terang.registry.organization.models import Agency

LONGEST = timedelta(days=90)
"""The widest range of one list, and the usual one."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def text(asked: Mapping[str, str], name: str, most: int) -> str:
    """One parameter without blanks around it; empty where it is missing. Raises Open311Error (400)."""
    found = (asked.get(name) or "").strip()
    if "\x00" in found or len(found) > most:
        raise Open311Error(400, f"{name} is longer than {most} characters or has characters that are not text")
    return found


def words(asked: Mapping[str, str], name: str, most: int = 4000) -> list[str]:
    """The parts of a comma-separated parameter."""
    return [part for each in text(asked, name, most).split(",") if (part := each.strip())]


def jurisdiction(asked: Mapping[str, str]) -> Agency:
    """The government meant by its region code. It may be left out only where one government lives here.

    Raises Open311Error: 400 where it is missing, 404 where it is unknown. At most 1 query.
    """
    code = text(asked, "jurisdiction_id", 100)
    found = list(Agency.objects.filter(code=code) if code else Agency.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    if code:
        raise Open311Error(404, "jurisdiction_id not found")
    raise Open311Error(400, "jurisdiction_id required")


def moment(asked: Mapping[str, str], name: str) -> datetime | None:
    """A moment with its offset (ISO 8601), None where it is missing. Raises Open311Error (400)."""
    given = text(asked, name, 40)
    if not given:
        return None
    try:
        found = parse_datetime(given.replace(" ", "+") if "T" in given else given)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not EARLIEST <= found <= LATEST:
        raise Open311Error(400, f"{name} must be a date and time with an offset, like 2026-01-31T08:00:00Z")
    return found


def window(asked: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    """From when to when, at most 90 days; one end given gives the other. Raises Open311Error (400)."""
    start, end = moment(asked, "start_date"), moment(asked, "end_date")
    if start is None:
        return (end or now) - LONGEST, end or now
    end = end or min(max(start, now), start + LONGEST)
    if end < start:
        raise Open311Error(400, "start_date must not be after end_date")
    if end - start > LONGEST:
        raise Open311Error(400, "start_date and end_date may not span more than 90 days")
    return start, end


def whole(asked: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """A whole number from 1; larger ones are taken for `most`. Raises Open311Error (400)."""
    given = text(asked, name, 20)
    if not given:
        return usual
    if not (given.isascii() and given.isdigit()) or int(given) < 1:
        raise Open311Error(400, f"{name} must be a whole number from 1")
    return min(int(given), most)


def micro_degrees(asked: QueryDict, name: str, highest: int) -> int | None:
    """Millionths of a degree; None where it is missing. Raises Open311Error (400)."""
    given = text(asked, name, 30)
    if not given:
        return None
    try:
        value = float(given)
    except ValueError:
        value = highest + 1.0
    if not -highest <= value <= highest:
        raise Open311Error(400, f"{name} must be a number between -{highest} and {highest}")
    return round(value * 1_000_000)
