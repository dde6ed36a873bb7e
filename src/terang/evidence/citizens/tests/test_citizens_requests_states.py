"""Every state of a request with every verb and everybody who might try; and what the clock makes of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.citizens import services
from terang.evidence.citizens.evidence import facts
from terang.evidence.citizens.models import RequestState, SurveyInvitation
from terang.evidence.citizens.services.clock import current_step
from terang.evidence.citizens.states import MOVES, Who
from terang.rules.tables import EVIDENCE_TABLES
from terang.web.errors import NotAllowed, NotNow, Stale

PARTS = {
    "budi": {Who.OFFICER, Who.UNIT},
    "sari": {Who.UNIT},
    "dewi": {Who.UNIT, Who.MANAGER},
    "tono": set(),
}
"""In which part each meets a request that Budi has; where nobody has it he is an officer of the unit."""
BY_NO_OFFICER = ("cancel", "forget", "lapse")


def do(counter, verb, actor, request):
    """The verb as somebody calls it."""
    calls = {
        "take": services.take_request,
        "assign": lambda **k: services.hand_over(**k, to=counter.people["sari"]),
        "accept": services.accept_request,
        "return": lambda **k: services.return_request(**k, reason="KK buram"),
        "supply": services.supply_at_counter,
        "finish_step": services.finish_step,
        "hand_over": lambda **k: services.hand_over(**k, to=counter.people["sari"]),
        "attach_result": lambda **k: services.attach_result(**k, file=counter.file()),
        "complete": services.complete_request,
        "deliver": services.deliver_request,
        "refuse": lambda **k: services.refuse_request(**k, reason="Di luar wilayah"),
        "reopen": lambda **k: services.reopen_at_counter(**k, reason="Nama salah tulis"),
    }
    return calls[verb](actor=counter.viewer(actor), request=request)


@pytest.mark.parametrize("state", RequestState.values)
@pytest.mark.parametrize("verb", [verb for verb in MOVES if verb not in BY_NO_OFFICER])
def test_every_state_with_every_verb_and_everybody(counter, state, verb):
    """Who may not is refused whatever the state; who may, only where the table says, and it leads where it says."""
    move = MOVES[verb]
    for actor, parts in PARTS.items():
        unassigned = state == RequestState.SUBMITTED
        request = counter.request(state, officer=None if unassigned else "budi")
        if (verb == "assign" and not unassigned) or (verb == "hand_over" and unassigned):
            continue  # one button, two verbs: which it is depends on whether somebody has the request
        mine = parts - {Who.OFFICER} if unassigned else parts
        entries = JournalEntry.objects.count()
        if not mine & move.by:
            wanted = NotAllowed
        elif state not in move.before:
            wanted = NotNow
        else:
            wanted = None
        if wanted:
            with pytest.raises(wanted):
                do(counter, verb, actor, request)
        else:
            do(counter, verb, actor, request)
        request.refresh_from_db()
        assert request.state == (state if wanted or move.after is None else move.after), (actor, verb, state)
        assert request.version == (0 if wanted else 1)
        assert JournalEntry.objects.count() == entries + (0 if wanted else 1)


@pytest.mark.parametrize("state", RequestState.values)
def test_the_applicant_in_every_state(counter, state):
    calls = {
        "supply": lambda row: services.supply_missing(request=row, files={None: counter.file()}),
        "cancel": lambda row: services.cancel_request(request=row),
        "reopen": lambda row: services.reopen_request(request=row, reason="Nama salah tulis"),
        "forget": lambda row: services.forget_me(request=row),
    }
    for verb, call in calls.items():
        request = counter.request(state, officer=None if state == RequestState.SUBMITTED else "budi")
        if state in MOVES[verb].before:
            call(request)
        else:
            with pytest.raises(NotNow):
                call(request)
        request.refresh_from_db()
        wanted = MOVES[verb].after if state in MOVES[verb].before and MOVES[verb].after else state
        assert request.state == wanted


@pytest.mark.parametrize("state", RequestState.values)
def test_time_alone_ends_only_what_was_sent_back(counter, monkeypatch, state):
    request = counter.request(state, officer=None if state == RequestState.SUBMITTED else "budi")
    moment = timezone.now() + timedelta(days=90)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    due = state in MOVES["lapse"].before
    assert services.lapse_due() == due
    request.refresh_from_db()
    assert request.state == (RequestState.CANCELLED if due else state)
    assert not MOVES["lapse"].by, "nobody may do it"


def test_only_a_wrong_result_leads_out_of_an_end():
    ends = {RequestState.DELIVERED, RequestState.REFUSED, RequestState.CANCELLED}
    out = {verb: move for verb, move in MOVES.items() if move.after and move.before & ends}
    assert set(out) == {"reopen"}
    assert out["reopen"].before & ends == {RequestState.DELIVERED}
    reached = {move.after for move in MOVES.values() if move.after}
    assert reached == set(RequestState) - {RequestState.SUBMITTED}


def at(monkeypatch, office, day, hour, minute=0):
    moment = office.moment(date(2026, 11, day), hour, minute)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def test_the_clock_runs_from_when_the_papers_were_complete_not_from_when_somebody_looked(counter, monkeypatch):
    office = counter.office
    came = at(monkeypatch, office, 24, 10)
    request = counter.apply().request
    assert (request.state, request.due_at, request.officer) == (RequestState.SUBMITTED, None, None)
    at(monkeypatch, office, 26, 9)
    services.take_request(actor=counter.viewer("budi"), request=request)
    done = services.accept_request(actor=counter.viewer("budi"), request=request)
    assert (done.started_at, done.standard_minutes) == (came, 2250)
    assert done.due_at == office.moment(date(2026, 12, 1), 10)


def test_what_waits_for_the_applicant_is_given_back(counter, monkeypatch):
    """Returned before the clock: it starts when the rest comes. Returned while it runs: the promise moves as far."""
    office, budi = counter.office, counter.viewer("budi")
    at(monkeypatch, office, 23, 8)
    request = counter.apply().request
    services.take_request(actor=budi, request=request)
    services.return_request(actor=budi, request=request, reason="KK buram")
    supplied = at(monkeypatch, office, 24, 9)
    request.refresh_from_db()
    services.supply_missing(request=request, files={None: counter.file()})
    started = services.accept_request(actor=budi, request=request)
    assert (started.started_at, started.waiting_minutes) == (supplied, 0)
    assert started.due_at == office.moment(date(2026, 12, 1), 9)
    at(monkeypatch, office, 24, 10)
    services.return_request(actor=budi, request=request, reason="Akta kurang")
    at(monkeypatch, office, 24, 15)
    again = services.supply_at_counter(actor=budi, request=request)
    assert again.waiting_minutes == 240  # 10.00–15.00 without the break
    assert again.due_at == office.moment(date(2026, 12, 1), 14)
    services.accept_request(actor=budi, request=request)
    at(monkeypatch, office, 24, 15, 30)
    finished = services.complete_request(actor=budi, request=request).request
    assert finished.actual_minutes == 60 + 30
    assert [step.minutes for step in finished.steps.all()] == [60, 30]


def test_time_of_each_step_stays_with_who_spent_it(counter, monkeypatch):
    office = counter.office
    at(monkeypatch, office, 24, 8)
    request = services.receive_request(actor=counter.viewer("budi"), service=counter.service)
    at(monkeypatch, office, 24, 9)
    services.hand_over(actor=counter.viewer("budi"), request=request, to=counter.people["sari"])
    at(monkeypatch, office, 24, 11)
    services.finish_step(actor=counter.viewer("sari"), request=request)
    request.refresh_from_db()
    assert current_step(request) == (2, "Cetak")
    with pytest.raises(NotNow):
        services.finish_step(actor=counter.viewer("sari"), request=request)
    at(monkeypatch, office, 24, 14)
    services.complete_request(actor=counter.viewer("sari"), request=request, delivered=True)
    spent = [(s.officer.name, s.name, s.minutes, s.finished) for s in request.steps.select_related("officer")]
    assert spent == [
        ("Budi", "Periksa", 60, False),
        ("Sari", "Periksa", 120, True),
        ("Sari", "Cetak", 120, True),
    ]
    request.refresh_from_db()
    assert (request.state, request.actual_minutes, request.ended_at) == ("diserahkan", 300, request.completed_at)


def test_a_walk_in_that_is_finished_at_once_takes_two_calls(counter):
    received = services.receive_request(actor=counter.viewer("budi"), service=counter.service)
    assert (str(received.ticket), received.state) == ("A-001", RequestState.PROCESSING)
    finished = services.complete_request(actor=counter.viewer("budi"), request=received, delivered=True)
    assert (finished.request.state, bool(finished.token)) == (RequestState.DELIVERED, True)


def test_queue_numbers_count_by_unit_letter_and_day(counter, monkeypatch):
    def receive(service=counter.service):
        return str(services.receive_request(actor=counter.viewer("budi"), service=service).ticket)

    def other(letter):
        made = services.add_service(
            actor=counter.viewer("dewi"),
            unit=counter.office.unit,
            code=f"kk{letter}",
            name="KK",
            queue_letter=letter,
        )
        made.active = True
        made.save()
        return made

    assert [receive(), receive()] == ["A-001", "A-002"]
    family, same = other(""), other("A")
    assert family.queue_letter == "B", "the first its unit does not use"
    assert [receive(family), receive(same), receive(family)] == ["B-001", "A-003", "B-002"]
    at(monkeypatch, counter.office, 25, 8)
    assert receive() == "A-001"


def test_a_later_version_never_changes_the_past(counter, monkeypatch):
    """A finished request keeps the standard its clock started under, in the facts too."""
    office, budi = counter.office, counter.people["budi"]
    old = counter.request("diserahkan", completed_at=office.moment(date(2026, 11, 24), 9), actual_minutes=2000)
    values = counter.texts | {"valid_from": date(2026, 11, 24), "limit": 1, "decree": "SK 9/2026"}
    services.publish_standard(
        actor=counter.viewer("dewi"), service=counter.service, based_on=1, values=values, requirements=[], steps=[]
    )
    counter.service.refresh_from_db()
    assert counter.service.standard_minutes == 450
    new = services.receive_request(actor=counter.viewer("budi"), service=counter.service)
    assert (old.standard_minutes, new.standard_minutes, new.standard.number) == (2250, 450, 2)
    [row] = facts([budi.pk], [], date(2026, 11, 1), date(2026, 12, 1))["services"]
    told = dict(zip(EVIDENCE_TABLES["services"].names, row, strict=True))
    assert (told["completed"], told["timely"], told["standard_minutes"]) == (1, 1, 2250)


def test_a_refused_request_counts_as_no_finished_service_but_is_asked(counter):
    request = counter.request("diproses")
    found, token = services.refuse_request(actor=counter.viewer("budi"), request=request, reason="Di luar wilayah")
    assert (found.state, found.completed_at, found.note) == ("ditolak", None, "Di luar wilayah")
    assert token
    assert SurveyInvitation.objects.filter(request=request).exists()
    assert facts([counter.people["budi"].pk], [], date(2026, 11, 1), date(2026, 12, 1))["services"] == []


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed_for_who_reads_it(counter, reason):
    request = counter.request("diperiksa")
    for verb in (services.return_request, services.refuse_request):
        with pytest.raises(ValidationError):
            verb(actor=counter.viewer("budi"), request=request, reason=reason)
    request.refresh_from_db()
    assert request.state == "diperiksa"


def test_a_page_from_before_is_refused(counter):
    request = counter.request("diperiksa")
    services.accept_request(actor=counter.viewer("budi"), request=request, version=0)
    with pytest.raises(Stale):
        services.complete_request(actor=counter.viewer("budi"), request=request, version=0)


def test_a_request_goes_only_to_officers_of_its_unit(counter):
    request = counter.request("diproses")
    for person in ("tono", "budi"):
        with pytest.raises(ValidationError):
            services.hand_over(actor=counter.viewer("dewi"), request=request, to=counter.people[person])
    moved = services.hand_over(actor=counter.viewer("dewi"), request=request, to=counter.people["sari"])
    assert moved.officer == counter.people["sari"]


def test_the_journal_names_the_officer_and_never_the_applicant(counter):
    received = counter.apply(email="ani@contoh.example", phone="081234567890")
    services.take_request(actor=counter.viewer("budi"), request=received.request)
    services.return_request(actor=counter.viewer("budi"), request=received.request, reason="Ani, KK buram")
    entries = list(JournalEntry.objects.order_by("id"))
    assert [entry.verb for entry in entries if entry.verb.startswith("citizens.request")] == [
        "citizens.request_applied",
        "citizens.request_taken",
        "citizens.request_returned",
    ]
    assert entries[-1].subject_employee_id == counter.people["budi"].pk
    told = repr([(entry.changes, entry.reason) for entry in entries])
    assert not [word for word in ("Ani", "0812", "buram", "contoh") if word in told]
