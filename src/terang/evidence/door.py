"""What the doors for rows written without a network have in common: who sends, why a row cannot be taken, clocks.

A device sends `person`, `form_key`, `written_at` and `sent_at` with the fields of its form (`web/outbox.js`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from terang.accounts.requests import SignedInRequest
from terang.evidence.clocks import drift_seconds
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_int
from terang.web.errors import Refusal

View = Callable[[SignedInRequest], HttpResponse]


class OtherPerson(Refusal):
    """The row was written by another person than the one who is signed in (409). Nothing was written."""

    status = 409


class TooMany(Refusal):
    """Too many in an hour (429). It may be sent again later."""

    status = 429


class Unfit(Exception):
    """The row cannot be taken as it is. `reasons` by field of the form, each plain Indonesian; nothing was written.

    `status` is 409 where the world has changed since it was written, 422 where the row itself is at fault.
    `unsure_milli`: the quantity that the person is asked to confirm, missing where none is.
    """

    def __init__(self, status: int, reasons: dict[str, list[str]], unsure_milli: int | None = None) -> None:
        super().__init__(reasons)
        self.status, self.reasons, self.unsure_milli = status, reasons, unsure_milli


@dataclass(frozen=True)
class DeviceClock:
    """The device's time of writing, and how far its clock was ahead of ours (seconds); missing where it told none."""

    written_at: datetime | None = None
    drift_s: int | None = None


def require_author(actor: Viewer, data: Mapping[str, str]) -> None:
    """Raises OtherPerson where the row names anybody but the actor, or nobody."""
    if asked_int(data.get("person")) != actor.employee.pk:
        raise OtherPerson(
            gettext("Catatan ini ditulis orang lain di perangkat ini; hanya penulisnya yang mengirimnya.")
        )


def key_of(data: Mapping[str, str]) -> UUID:
    """The row's own number. Raises Unfit where it carries none."""
    try:
        return UUID(data.get("form_key", ""))
    except ValueError:
        raise Unfit(422, {"": [gettext("Catatan ini tidak membawa nomornya. Catat sekali lagi.")]}) from None


def require_valid(form: Form, unsure_milli: Callable[[], int | None] = lambda: None) -> None:
    """Raises Unfit with the form's own words by field; what is about no field stands under an empty name."""
    if not form.is_valid():
        reasons = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        raise Unfit(422, _loose(reasons), unsure_milli())


def unfit_of(refused: ValidationError, usual: str = "") -> Unfit:
    """A service's refusal by field; under `usual` where it names none."""
    named = hasattr(refused, "error_dict")
    return Unfit(422, _loose(refused.message_dict) if named else {usual: list(refused.messages)})


def _loose(reasons: dict[str, list[str]]) -> dict[str, list[str]]:
    return {"" if name == NON_FIELD_ERRORS else name: said for name, said in reasons.items()}


def device_clock(data: Mapping[str, str]) -> DeviceClock:
    """Nothing where the device does not tell a readable time."""
    written, sent = _moment(data.get("written_at", "")), _moment(data.get("sent_at", ""))
    return DeviceClock(written, drift_seconds(sent, timezone.now()) if sent and written else None)


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo and 2000 <= moment.year <= 2100 else None


def for_scripts(view: View) -> View:
    """Answers a script: without a session it gets 401, never a page to sign in on; an unfit row gets its reasons."""

    @never_cache
    @wraps(view)
    def guarded(request: SignedInRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"kind": "SignedOut", "reason": gettext("Masuk lagi untuk mengirim.")}, status=401)
        try:
            return view(request)
        except Unfit as unfit:
            unsure = "" if unfit.unsure_milli is None else str(unfit.unsure_milli)
            return JsonResponse({"kind": "Unfit", "reasons": unfit.reasons, "unsure": unsure}, status=unfit.status)

    return guarded
