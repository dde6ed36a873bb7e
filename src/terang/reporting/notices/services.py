"""Choosing how to be told, reading news, and the secret address of one's calendar. Everybody for themselves."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.selectors import head
from terang.audit.services import record
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.reporting.notices.models import Choice, Letters
from terang.web.errors import NotNow, Stale
from terang.web.secrets import new_token, token_hash


@dataclass(frozen=True)
class Wish:
    """What the form says; `version` is that of the row it was drawn from."""

    letters: str
    hour: int
    silent: list[str]
    version: int


def choose(*, actor: Viewer | None, wish: Wish) -> Choice:
    """Keeps how the person wants to be told; news from before are not summed up in the first letter.

    Raises NotAllowed, NotNow for letters without an e-mail address, Stale where another page chose meanwhile.
    """
    viewer = require_viewer(actor)
    if wish.letters != Letters.NEVER and not viewer.user.email:
        raise NotNow(gettext("Surat ringkasan memerlukan alamat surel. Isi dahulu pada halaman akun."))
    with transaction.atomic():
        held = _held(viewer.employee)
        if held.version != wish.version:
            raise Stale(gettext("Pilihan ini sudah diubah di halaman lain. Muat ulang, lalu pilih lagi."))
        before = {"letters": held.letters, "hour": held.hour, "silent": held.silent}
        now = {"letters": wish.letters, "hour": wish.hour, "silent": _joined(wish.silent)}
        if before == now:
            return held
        if held.letters == Letters.NEVER:
            held.told_until = head()
        held.letters, held.hour, held.silent = wish.letters, wish.hour, _joined(wish.silent)
        held.version += 1
        held.save()
        _tell("choice_changed", viewer, held, {key: [before[key], now[key]] for key in now if before[key] != now[key]})
    return held


def _joined(codes: list[str]) -> str:
    return f",{','.join(sorted(codes))}," if codes else ""


def read_all(*, actor: Viewer | None) -> None:
    """Marks all news up to now as read. A mark for the reader alone: no entry in the journal."""
    viewer = require_viewer(actor)
    with transaction.atomic():
        held = _held(viewer.employee)
        Choice.objects.filter(pk=held.pk, read_until__lt=head()).update(read_until=head())


def make_calendar(*, actor: Viewer | None) -> str:
    """A new secret for the address of the calendar; the one before stops to work. It is kept nowhere."""
    viewer = require_viewer(actor)
    token = new_token()
    with transaction.atomic():
        held = _held(viewer.employee)
        held.calendar_hash, held.calendar_made_at = token_hash(token), timezone.now()
        held.save(update_fields=["calendar_hash", "calendar_made_at"])
        _tell("calendar_made", viewer, held, {})
    return token


def drop_calendar(*, actor: Viewer | None) -> None:
    """The address stops to work. Twice is as good as once."""
    viewer = require_viewer(actor)
    with transaction.atomic():
        held = _held(viewer.employee)
        if not held.calendar_hash:
            return
        held.calendar_hash, held.calendar_made_at = "", None
        held.save(update_fields=["calendar_hash", "calendar_made_at"])
        _tell("calendar_dropped", viewer, held, {})


def _held(employee: Employee) -> Choice:
    """The person's row, made where it is missing, held until the transaction ends."""
    Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    held, _made = Choice.objects.get_or_create(employee=employee)
    return held


def _tell(verb: str, viewer: Viewer, held: Choice, changes: dict[str, object]) -> None:
    record(
        f"notices.{verb}",
        actor=viewer.user,
        obj=held,
        agency_id=viewer.agency_id,
        subject_employee_id=viewer.employee.pk,
        changes=changes,
    )
