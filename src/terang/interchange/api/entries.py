"""Daily entries: those of the lender and the team, and writing, correcting and withdrawing one's own."""

from datetime import date
from typing import Annotated, Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Field, Header, Query, Router, Status

from terang.audit.services import acting_through
from terang.evidence.work.desk import Desk, desk_of
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.purposes import Purpose
from terang.evidence.work.selectors import entry_for
from terang.evidence.work.services import resubmit_entry, submit_entry, withdraw_entry
from terang.evidence.work.states import may_move
from terang.interchange.api.paging import page_of
from terang.interchange.api.problems import IDEMPOTENCY, NOT_NOW, Problem
from terang.interchange.api.repeats import once
from terang.interchange.api.scopes import READ_ENTRIES, WRITE_ENTRIES
from terang.interchange.api.shapes import (
    LARGEST,
    CorrectionIn,
    Day,
    EntryIn,
    EntryOut,
    EntryPage,
    Number,
    Paged,
    PurposeList,
    PurposeOut,
    VersionIn,
    coded,
    is_known,
    named,
    worded,
)
from terang.interchange.api.tokens import Token, caller_of, viewer_of
from terang.registry.people.access import require_sight_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import assignments_below, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.rules.sentences import mark as _
from terang.rules.work.hints import doubt
from terang.web.sentences import said

router = Router(tags=["kegiatan"])
MOVES = ("resubmit", "withdraw")
RepeatKey = Annotated[
    str,
    Header(
        alias=IDEMPOTENCY,
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9._-]+$",
        description=_("Kunci permintaan ini; kunci dan isi yang sama mendapat jawaban yang sama."),
    ),
]


class EntriesAsked(Paged):
    since: Day | None = Field(None, alias="from", description=_("Sejak hari ini, termasuk."))
    until: Day | None = Field(None, alias="to", description=_("Sampai hari ini, termasuk."))
    person: int | None = Field(
        None, ge=1, le=LARGEST, description=_("Pegawai ini saja; tanpa ini Anda sendiri dan tim Anda.")
    )
    state: EntryState | None = None


@router.get(
    "entries",
    url_name="entries",
    operation_id="entries",
    response=EntryPage,
    auth=Token(READ_ENTRIES),
    summary=_("Kegiatan Anda dan tim Anda, hari terbaru dahulu"),
)
def entries(request: HttpRequest, asked: Query[EntriesAsked]) -> EntryPage:
    viewer = viewer_of(request)
    within = _within(viewer, asked.person)
    rows = within
    if asked.since:
        rows = rows.filter(day__gte=asked.since)
    if asked.until:
        rows = rows.filter(day__lte=asked.until)
    if asked.state:
        rows = rows.filter(state=asked.state)
    found, following = page_of(request, asked, _listed(rows), within, ("-day", "-pk"))
    return EntryPage(items=[_entry(row, viewer) for row in found], next=following)


@router.get(
    "entries/{int:pk}",
    url_name="entry",
    operation_id="entry",
    response=EntryOut,
    auth=Token(READ_ENTRIES),
    summary=_("Satu kegiatan"),
)
def entry(request: HttpRequest, pk: Number) -> EntryOut:
    viewer = viewer_of(request)
    entry_for(viewer, pk)
    return _answer(viewer, pk)


@router.get(
    "purposes",
    url_name="purposes",
    operation_id="purposes",
    response=PurposeList,
    auth=Token(WRITE_ENTRIES),
    summary=_("Untuk apa kegiatan sehari dapat dicatat, menurut SKP Anda"),
)
def purposes(request: HttpRequest, day: Day | None = None) -> PurposeList:
    viewer = viewer_of(request)
    wanted = day or viewer.today
    desk = desk_of(viewer.employee, wanted, drafts=False) if is_known(wanted) else Desk(wanted)
    return PurposeList(day=wanted, items=[_purpose(each) for each in desk.purposes.values()])


@router.post(
    "entries",
    url_name="entries",
    operation_id="submit_entry",
    response={201: EntryOut},
    auth=Token(WRITE_ENTRIES),
    summary=_("Mencatat dan mengajukan satu kegiatan Anda"),
)
def submit(request: HttpRequest, response: HttpResponse, sent: EntryIn, idempotency_key: RepeatKey) -> Status:
    caller = caller_of(request)

    def act() -> EntryOut:
        viewer, application = caller.viewer, caller.application
        desk = _desk(viewer, sent.day)
        purpose = _chosen(desk, sent.purpose)
        _require_sure(desk, purpose, sent.quantity_milli, sent.sure)
        with acting_through(application.label):
            made = submit_entry(
                actor=viewer,
                day=sent.day,
                result=purpose.result,
                text=sent.text.strip(),
                quantity_milli=sent.quantity_milli or 0,
                form_key=uuid5(NAMESPACE_URL, f"terang:application:{application.pk}:{idempotency_key}"),
                task=purpose.task,
                indicator=purpose.indicator if sent.quantity_milli is not None else None,
                minutes=sent.minutes,
            )
        return _answer(viewer, made.pk)

    told = once(request, response, caller.application, idempotency_key, sent, act)
    response["Location"] = reverse("api:entry", args=[told["id"]])
    return Status(201, told)


@router.post(
    "entries/{int:pk}/resubmit",
    url_name="resubmit",
    operation_id="resubmit",
    response=EntryOut,
    auth=Token(WRITE_ENTRIES),
    summary=_("Memperbaiki kegiatan Anda yang dikembalikan, lalu mengajukannya lagi"),
)
def resubmit(request: HttpRequest, pk: Number, sent: CorrectionIn) -> EntryOut:
    caller = caller_of(request)
    viewer, found = caller.viewer, entry_for(caller.viewer, pk)
    purpose = None
    if sent.purpose:
        desk = _desk(viewer, sent.day or found.day)
        purpose = _chosen(desk, sent.purpose)
        _require_sure(desk, purpose, sent.quantity_milli, sent.sure)
    with acting_through(caller.application.label):
        resubmit_entry(
            actor=viewer,
            entry=found,
            version=sent.version,
            text=sent.text.strip(),
            quantity_milli=sent.quantity_milli,
            purpose=purpose,
            day=sent.day,
            minutes=sent.minutes,
        )
    return _answer(viewer, pk)


@router.post(
    "entries/{int:pk}/withdraw",
    url_name="withdraw",
    operation_id="withdraw",
    response=EntryOut,
    auth=Token(WRITE_ENTRIES),
    summary=_("Menarik kegiatan Anda yang dikembalikan"),
)
def withdraw(request: HttpRequest, pk: Number, sent: VersionIn) -> EntryOut:
    caller = caller_of(request)
    found = entry_for(caller.viewer, pk)
    with acting_through(caller.application.label):
        withdraw_entry(actor=caller.viewer, entry=found, version=sent.version)
    return _answer(caller.viewer, pk)


def _within(viewer: Viewer, person_id: int | None) -> QuerySet[Entry]:
    """Of one person whose performance the viewer may see; otherwise the own ones and those of the team: who is
    appraised by the viewer or works in a unit they lead. Records of others are opened one person at a time."""
    if person_id is not None:
        person = get_object_or_404(Employee, pk=person_id)
        require_sight_of(viewer, person)
        return Entry.objects.filter(employee=person)
    team = {viewer.employee.pk, *direct_report_ids(viewer.employee, viewer.today)}
    whose = Q(employee_id__in=team)
    if viewer.headed_paths:
        whose |= Q(employee_id__in=assignments_below(viewer.headed_paths, viewer.today).values("employee_id"))
    return Entry.objects.filter(whose, employee__agency_id=viewer.agency_id)


def _listed(rows: QuerySet[Entry]) -> QuerySet[Any]:
    told = rows.select_related("employee", "result", "task", "indicator", "decided_by")
    return told.annotate(file_count=Count("files"))


def _answer(viewer: Viewer, pk: int) -> EntryOut:
    return _entry(_listed(Entry.objects.filter(pk=pk)).get(), viewer)


def _entry(row: Any, viewer: Viewer) -> EntryOut:
    """Of `_listed`."""
    own = row.employee_id == viewer.employee.pk
    return EntryOut(
        id=row.pk,
        receipt=row.receipt,
        employee=named(row.employee),
        day=row.day,
        text=row.text,
        result=worded(row.result),
        indicator=worded(row.indicator) if row.indicator else None,
        task=worded(row.task) if row.task else None,
        quantity_milli=row.quantity_milli,
        amount=row.amount or None,
        minutes=row.minutes,
        state=coded(EntryState(row.state)),
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        decided_by=named(row.decided_by) if row.decided_by else None,
        note=row.note or None,
        file_count=row.file_count,
        version=row.version,
        moves=[verb for verb in MOVES if own and may_move(row, verb)],
        page=row.get_absolute_url(),
    )


def _purpose(each: Purpose) -> PurposeOut:
    return PurposeOut(key=each.key, title=each.title, unit_label=each.unit_label or None, result=worded(each.result))


def _desk(viewer: Viewer, day: date) -> Desk:
    """The plan of the day. Raises Problem where there is none."""
    desk = desk_of(viewer.employee, day, drafts=False) if is_known(day) else Desk(day)
    if desk.plan is None:
        told = gettext("Pada hari itu Anda tidak mempunyai rencana yang disepakati. Pilih tanggal lain.")
        raise Problem(NOT_NOW, told, {"day": [told]})
    return desk


def _chosen(desk: Desk, key: str) -> Purpose:
    purpose = desk.purposes.get(key)
    if purpose is None:
        told = gettext("Hasil kerja ini tidak ada dalam rencana Anda yang berlaku. Ambil kuncinya dari GET purposes.")
        raise Problem(NOT_NOW, told, {"purpose": [told]})
    return purpose


def _require_sure(desk: Desk, purpose: Purpose, milli: int | None, sure: bool) -> None:
    """Asks about a quantity far outside the usual, as the form does. Raises Problem."""
    asked = doubt(milli, desk.usual_milli(purpose.key), purpose.target_milli) if milli and not sure else None
    if asked:
        told = gettext("Bila jumlahnya memang benar, kirim lagi dengan sure: true.")
        raise Problem(NOT_NOW, told, {"quantity_milli": [said(asked)]})
