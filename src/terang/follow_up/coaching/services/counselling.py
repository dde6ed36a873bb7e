"""A counselling, verb by verb. Each opens the sheet, changes it, and seals it again.

Nothing is told to the journal: the minute of an entry beside who was signed in would name both. Only how many talks
took place is ever counted, in whole groups (`count_told`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.http import Http404
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.keys import destroy_key, has_key, make_key
from terang.follow_up.coaching.models import Counselling, CounsellingTally
from terang.follow_up.coaching.sealing import Content, Finder, Step, Talk, seal, unseal
from terang.follow_up.coaching.services.behaviour import is_counsellor
from terang.follow_up.coaching.services.recording import worded
from terang.follow_up.coaching.states import require_version
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.improvement import months_after
from terang.rules.regulations.guidance import counselling_rule, told_number
from terang.web.errors import NotAllowed, NotNow

PROPOSED, RUNNING, ENDED = "diusulkan", "berjalan", "selesai"
AGREED, DONE = "disepakati", "selesai"
MOST_STEPS = 30


@dataclass(frozen=True)
class Opened:
    """A row with what it says."""

    row: Counselling
    content: Content


def counsellings_of(viewer: Viewer) -> list[Opened]:
    """Every counselling of the viewer that can be read, the open ones first. One query, and that of the agency."""
    found = _found(viewer)
    readable = [Opened(row, unseal(row.pk, row.sealed)) for row in found if has_key(row.pk)]
    return sorted(readable, key=lambda each: (each.content.state == ENDED, each.content.ended, str(each.row.pk)))


def _found(viewer: Viewer) -> list[Counselling]:
    marks = Finder(viewer.employee.agency).marks(viewer.employee.pk)
    return list(Counselling.objects.filter(_marked(marks), agency=viewer.agency_id)) if marks else []


def _marked(marks: list[str]) -> Q:
    return Q(client_mark__in=marks) | Q(counsellor_mark__in=marks)


def counselling_for(viewer: Viewer | None, pk: UUID) -> Opened:
    """One of the viewer's. For everybody else it does not exist: raises Http404. NotNow where its key is gone."""
    viewer = require_viewer(viewer)
    marks = Finder(viewer.employee.agency).marks(viewer.employee.pk)
    row = Counselling.objects.filter(_marked(marks), pk=pk, agency=viewer.agency_id).first() if marks else None
    if row is None:
        raise Http404
    return Opened(row, unseal(row.pk, row.sealed))


def open_counselling(
    *, actor: Viewer | None, other: Employee, counsels: bool, goal: str, form_key: UUID
) -> Counselling:
    """The employee asks a counsellor, or a counsellor (`counsels`) invites an employee; the other answers. The same
    form sent twice makes one. Raises NotAllowed, ValidationError, Http404."""
    viewer = require_viewer(actor)
    client, counsellor = (other, viewer.employee) if counsels else (viewer.employee, other)
    _require_pair(viewer, client, counsellor)
    goal = worded("goal", goal, gettext("Tulis apa yang ingin dibicarakan."))
    content = Content(client.pk, counsellor.pk, viewer.employee.pk, goal)
    finder = Finder(viewer.employee.agency)
    finder.ready()
    with transaction.atomic():
        if Counselling.objects.filter(pk=form_key).exists():
            return counselling_for(viewer, form_key).row
        marks = [_free_mark(finder.marks(each.pk)) for each in (client, counsellor)]
        if not has_key(form_key):
            make_key(form_key)
        return Counselling.objects.create(
            id=form_key,
            agency=viewer.employee.agency,
            client_mark=marks[0],
            counsellor_mark=marks[1],
            sealed=seal(form_key, content),
        )


def _require_pair(viewer: Viewer, client: Employee, counsellor: Employee) -> None:
    if client.agency_id != viewer.agency_id or counsellor.agency_id != viewer.agency_id:
        raise NotAllowed(gettext("Konseling hanya dengan orang dari pemerintah daerah Anda."))
    if client.pk == counsellor.pk:
        raise ValidationError({"other": gettext("Pilih orang lain.")})
    if not is_counsellor(counsellor, viewer.today):
        raise NotAllowed(gettext("Konseling hanya dengan orang dari daftar konselor."))


def _free_mark(marks: list[str]) -> str:
    """The first mark of a person that no row has. Raises NotNow where all are taken."""
    rows = Counselling.objects.filter(_marked(marks)).values_list("client_mark", "counsellor_mark")
    taken = {mark for pair in rows for mark in pair}
    free = next((mark for mark in marks if mark not in taken), None)
    if free is None:
        raise NotNow(gettext("Konselor ini sedang tidak dapat menerima yang baru. Pilih konselor lain."))
    return free


def _change(actor: Viewer | None, pk: UUID, version: int, change: Callable[[Viewer, Content], None]) -> Counselling:
    """Opens, changes and seals in one transaction. Raises Http404, Stale, and what the change raises."""
    viewer = require_viewer(actor)
    counselling_for(viewer, pk)
    with transaction.atomic():
        row = Counselling.objects.select_for_update().get(pk=pk)
        require_version(row, version)
        content = unseal(row.pk, row.sealed)
        change(viewer, content)
        row.sealed, row.version = seal(row.pk, content), row.version + 1
        row.save(update_fields=["sealed", "version"])
    return row


def accept(*, actor: Viewer | None, pk: UUID, version: int) -> Counselling:
    """The other agrees to talk."""

    def change(viewer: Viewer, content: Content) -> None:
        _require_asked(viewer, content)
        content.state = RUNNING

    return _change(actor, pk, version, change)


def decline(*, actor: Viewer | None, pk: UUID, version: int) -> None:
    """The other does not want to, or who asked takes it back: nothing of it is left."""
    viewer = require_viewer(actor)
    found = counselling_for(viewer, pk)
    require_version(found.row, version)
    if found.content.state != PROPOSED:
        raise NotNow(gettext("Konseling ini sudah berjalan; Anda dapat mengakhirinya."))
    _destroy(found.row)


def _require_asked(viewer: Viewer, content: Content) -> None:
    if content.state != PROPOSED:
        raise NotNow(gettext("Konseling ini sudah dijawab."))
    if viewer.employee.pk == content.opened_by:
        raise NotNow(gettext("Jawaban yang lain ditunggu."))


def name_day(*, actor: Viewer | None, pk: UUID, day: date, clock: time, place: str, version: int) -> Counselling:
    """Either names a day, or another one; the other answers. Raises ValidationError by field."""
    place = worded("place", place, gettext("Tulis tempatnya; “daring” boleh."))

    def change(viewer: Viewer, content: Content) -> None:
        _require_running(content)
        if day < viewer.today:
            raise ValidationError({"day": gettext("Pilih hari ini atau sesudahnya.")})
        content.talks = [each for each in content.talks if each.state == DONE]
        content.talks.append(Talk(day.isoformat(), clock.isoformat("minutes"), place, viewer.employee.pk))

    return _change(actor, pk, version, change)


def agree_day(*, actor: Viewer | None, pk: UUID, version: int) -> Counselling:
    """The other agrees to the day."""

    def change(viewer: Viewer, content: Content) -> None:
        talk = _talk(content, PROPOSED)
        if talk.by == viewer.employee.pk:
            raise NotNow(gettext("Hari yang Anda usulkan dijawab yang lain."))
        talk.state = AGREED

    return _change(actor, pk, version, change)


def write(*, actor: Viewer | None, pk: UUID, notes: str, version: int) -> Counselling:
    """Either writes what was talked about, from the day on; both keys are open again."""
    notes = worded("notes", notes, gettext("Tulis apa yang dibicarakan."))

    def change(viewer: Viewer, content: Content) -> None:
        talk = _being_written(viewer, content)
        talk.notes, talk.keys = notes, []

    return _change(actor, pk, version, change)


def add_step(*, actor: Viewer | None, pk: UUID, own: bool, text: str, due_on: date, version: int) -> Counselling:
    """Either adds what was agreed: a step of their own, or of the other. Both keys are open again."""
    text = worded("text", text, gettext("Tulis langkahnya."))

    def change(viewer: Viewer, content: Content) -> None:
        talk = _being_written(viewer, content)
        if len(content.steps) >= MOST_STEPS:
            raise NotNow(gettext("Langkahnya sudah banyak. Pilih yang terpenting."))
        owner = viewer.employee.pk if own else next(each for each in content.people if each != viewer.employee.pk)
        content.steps.append(Step(owner, text, due_on.isoformat()))
        talk.keys = []

    return _change(actor, pk, version, change)


def settle_step(*, actor: Viewer | None, pk: UUID, number: int, version: int) -> Counselling:
    """The owner says that a step, counted from 0, is done."""

    def change(viewer: Viewer, content: Content) -> None:
        steps = dict(enumerate(content.steps))
        if number not in steps or steps[number].owner != viewer.employee.pk:
            raise NotAllowed(gettext("Hanya pemegang langkah yang menyatakannya selesai."))
        steps[number].done = viewer.today.isoformat()

    return _change(actor, pk, version, change)


def confirm(*, actor: Viewer | None, pk: UUID, version: int) -> Counselling:
    """A key of one of both for what is written; with the second the talk is done and counted."""

    def change(viewer: Viewer, content: Content) -> None:
        talk = _being_written(viewer, content)
        if not talk.notes:
            raise NotNow(gettext("Tulis dahulu apa yang dibicarakan."))
        talk.keys = sorted({*talk.keys, viewer.employee.pk})
        if set(talk.keys) == set(content.people):
            talk.state = DONE
            _count(viewer.employee.agency)

    return _change(actor, pk, version, change)


def end(*, actor: Viewer | None, pk: UUID, version: int) -> Counselling:
    """Either ends it; both can read it for some months more."""

    def change(viewer: Viewer, content: Content) -> None:
        _require_running(content)
        content.talks = [each for each in content.talks if each.state == DONE]
        content.state, content.ended = ENDED, viewer.today.isoformat()

    return _change(actor, pk, version, change)


def erase(*, actor: Viewer | None, pk: UUID, version: int) -> None:
    """The employee, whom it is about, has an ended one destroyed at once, in every copy."""
    viewer = require_viewer(actor)
    found = counselling_for(viewer, pk)
    require_version(found.row, version)
    if viewer.employee.pk != found.content.client:
        raise NotAllowed(gettext("Hanya yang dikonseling yang dapat menghapusnya."))
    if found.content.state != ENDED:
        raise NotNow(gettext("Akhiri dahulu konselingnya."))
    _destroy(found.row)


def _destroy(row: Counselling) -> None:
    """The row, and after the commit its key. A key that stays behind after a crash opens nothing."""
    pk = row.pk
    with transaction.atomic():
        row.delete()
        transaction.on_commit(lambda: destroy_key(pk))


def _require_running(content: Content) -> None:
    if content.state != RUNNING:
        raise NotNow(gettext("Konseling ini tidak sedang berjalan."))


def _talk(content: Content, state: str) -> Talk:
    _require_running(content)
    talk = content.talk
    if talk is None or talk.state != state:
        raise NotNow(gettext("Sepakati dahulu hari percakapannya."))
    return talk


def _being_written(viewer: Viewer, content: Content) -> Talk:
    talk = _talk(content, AGREED)
    if talk.day > viewer.today.isoformat():
        raise NotNow(gettext("Ditulis mulai hari percakapannya."))
    return talk


def _count(agency: Agency) -> None:
    tally, _made = CounsellingTally.objects.get_or_create(agency=agency)
    CounsellingTally.objects.filter(pk=tally.pk).update(held=F("held") + 1)


def count_told(agency: Agency) -> int:
    """An hourly chore: what may be told of the number, in whole groups; one entry that names nobody. Gives the number
    told."""
    with transaction.atomic():
        tally = CounsellingTally.objects.select_for_update().filter(agency=agency).first()
        if tally is None:
            return 0
        number = told_number(tally.held, counselling_rule(local_today(agency)))
        if number > tally.told:
            tally.told = number
            tally.save(update_fields=["told"])
            record("coaching.counselling_counted", actor=None, agency_id=agency.pk, changes={"number": number})
    return tally.told


def destroy_old(agency: Agency) -> int:
    """An hourly chore: what ended long ago is destroyed with its key; gives how many."""
    today = local_today(agency)
    kept = counselling_rule(today).kept_months
    old = []
    for row in Counselling.objects.filter(agency=agency).iterator():
        ended = unseal(row.pk, row.sealed).ended if has_key(row.pk) else ""
        if ended and months_after(date.fromisoformat(ended), kept) <= today:
            old.append(row)
    for row in old:
        _destroy(row)
    return len(old)
