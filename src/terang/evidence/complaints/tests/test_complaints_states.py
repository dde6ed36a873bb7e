"""Every state × every verb × who may; and the way through them with its due days."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from terang.audit.models import JournalEntry
from terang.evidence.complaints.ladder import still_to_tell
from terang.evidence.complaints.models import (
    ClosedBy,
    Complaint,
    ComplaintClass,
    ComplaintState,
    Escalation,
    EscalationStep,
    MessageKind,
    TakenBack,
)
from terang.evidence.complaints.selectors import waiting_on
from terang.evidence.complaints.services import citizen, guarding, publishing, verifying, working
from terang.evidence.complaints.services import time as times
from terang.evidence.complaints.states import MOVES, OPEN
from terang.web.errors import NotAllowed, NotNow, Stale

S = ComplaintState
TODAY = date(2026, 11, 24)
STAFF = ("mayor", "head", "budi", "cici", "ines", "agus", "sandi", "kokom", "dodi", "lala", "maya", "lina")


def finding(house, found, unit="service", kind=ComplaintClass.SERVICE):
    return verifying.Finding(kind, found.category, house.units[unit])


def do(house, verb, found, who):
    """Does a verb as somebody; citizens' verbs need nobody."""
    viewer = house.viewer(who) if who else None
    told = {"actor": viewer, "complaint": found}
    seen = told | {"version": found.version}
    acts = {
        "verify": lambda: verifying.start_verification(**seen),
        "ask_completion": lambda: verifying.ask_completion(**seen, question="Di loket mana?"),
        "route": lambda: verifying.route_complaint(**seen, finding=finding(house, found)),
        "guard": lambda: guarding.guard_complaint(**seen, about=None, reason="Menyangkut pungutan."),
        "merge": lambda: verifying.merge_duplicate(**seen, main=Complaint.objects.get(title="Utama")),
        "reject": lambda: verifying.reject_complaint(**seen, reason="Tidak jelas."),
        "refer": lambda: verifying.refer_complaint(**seen, institution="PLN", reason="Wewenang PLN."),
        "reroute": lambda: working.reroute_complaint(**seen, unit=house.units["other"], reason="Bukan kami."),
        "take": lambda: working.take_complaint(**seen),
        "assign": lambda: working.assign_complaint(**seen, handler=house.people["cici"]),
        "tell": lambda: working.tell_citizen(**told, text="Kami cek.", asks=False, form_key=uuid4()),
        "answer": lambda: working.answer_complaint(**seen, text="Beres.", form_key=uuid4()),
        "publish": lambda: publishing.publish_complaint(**_shown(seen, False), photos=()),
        "unpublish": lambda: publishing.take_back(**_shown(seen, True), why=TakenBack.WRONG),
        "note": lambda: verifying.note_privately(**told, text="Catatan."),
        "complete": lambda: citizen.reply_to(complaint=found, text="Loket 2.", form_key=uuid4()),
        "reply": lambda: citizen.reply_to(complaint=found, text="Satu lagi.", form_key=uuid4()),
        "confirm": lambda: citizen.confirm_done(complaint=found),
        "reopen": lambda: citizen.reopen(complaint=found, text="Belum.", form_key=uuid4()),
        "rate": lambda: citizen.rate(complaint=found, rating=3, reason=""),
    }
    return acts[verb]()


def _shown(seen, is_published):
    """As if it stood on public pages, or did not."""
    Complaint.objects.filter(pk=seen["complaint"].pk).update(is_published=is_published)
    return seen


def bring(house, state):
    """A complaint in a state, by its own way."""
    ways = {
        S.RECEIVED: house.report,
        S.VERIFYING: house.verifying,
        S.INCOMPLETE: lambda: do(house, "ask_completion", house.verifying(), "kokom"),
        S.ROUTED: house.routed,
        S.IN_HAND: house.in_hand,
        S.ANSWERED: house.answered,
        S.REOPENED: house.reopened,
        S.CLOSED: house.closed,
        S.REJECTED: lambda: do(house, "reject", house.verifying(), "kokom"),
        S.REFERRED: lambda: do(house, "refer", house.verifying(), "kokom"),
        S.LAPSED: lambda: _lapsed(house),
    }
    return ways[state]()


def _lapsed(house):
    found = bring(house, S.INCOMPLETE)
    house.go_to(found.completion_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    house.go_to(TODAY)
    found.refresh_from_db()
    return found


VERIFIERS = {"kokom", "ines", "agus"}
UNIT = {"head", "budi"}
OWNERS = {
    "verify": VERIFIERS, "ask_completion": VERIFIERS, "route": VERIFIERS, "guard": VERIFIERS, "merge": VERIFIERS,
    "reject": VERIFIERS, "refer": VERIFIERS, "reroute": UNIT, "take": UNIT, "assign": {"head"}, "tell": UNIT,
    "answer": UNIT, "note": VERIFIERS | UNIT, "publish": VERIFIERS, "unpublish": VERIFIERS,
}  # fmt: skip
CITIZENS = ("complete", "reply", "confirm", "reopen", "rate")


@pytest.mark.parametrize("state", list(S))
def test_a_verb_works_in_its_states_for_its_owners_and_nowhere_else(house, state):
    house.in_hand(title="Utama")
    found = bring(house, state)
    assert found.state == state
    for verb, owners in OWNERS.items():
        for who in STAFF:
            _try(house, verb, found, who, who in _known(owners, found))
    for verb in CITIZENS:
        _try(house, verb, found, "", allowed=True)


def _known(owners, found):
    """The unit has a part once it has the report; beside its head who has it in hand."""
    return owners - (set() if found.unit_id else {"head"}) - (set() if found.handler_id else {"budi"})


def _try(house, verb, found, who, allowed):
    sid = transaction.savepoint()
    verb_state = "complete" if verb == "reply" and found.state == S.INCOMPLETE else verb
    before = found.state
    try:
        do(house, verb, Complaint.objects.get(pk=found.pk), who)
    except NotAllowed:
        assert not allowed, (verb, who, before)
    except NotNow:
        assert allowed, (verb, who, before)
        assert before not in MOVES[verb_state].sources, (verb, who, before)
    else:
        assert allowed, (verb, who, before)
        may = before in MOVES[verb_state].sources or _repeats(verb, before) or (verb == "complete" and before in OPEN)
        assert may, (verb, who, before)
        target = MOVES[verb_state].target
        if target and verb != "complete":
            assert Complaint.objects.get(pk=found.pk).state == target, (verb, who, before)
    finally:
        transaction.savepoint_rollback(sid)


def _repeats(verb, before):
    """A second click on what is done already changes nothing."""
    return (verb, before) in (("confirm", S.CLOSED), ("assign", S.IN_HAND), ("take", S.IN_HAND))


def test_the_table_names_every_state_and_ends_where_nothing_leads_on():
    reached = {move.target for move in MOVES.values() if move.target}
    assert reached == set(S)
    moving = {state for move in MOVES.values() if move.target for state in move.sources}
    assert set(S) - moving == {S.CLOSED, S.REJECTED, S.REFERRED, S.LAPSED}


def test_due_days_follow_the_way(house):
    house.go_to(date(2026, 3, 13))
    found = house.report()
    assert (found.verify_due_on, found.finish_due_on) == (date(2026, 3, 25), date(2026, 4, 10))
    house.go_to(date(2026, 3, 16))
    found = do(house, "verify", found, "kokom")
    found = do(house, "ask_completion", found, "kokom")
    assert found.due_on is None
    house.go_to(date(2026, 3, 30))
    found = do(house, "complete", found, "")
    assert found.state == S.VERIFYING
    assert found.complete_on == date(2026, 3, 30)  # every term counts from the complete file
    assert found.verify_due_on == date(2026, 4, 2)
    house.go_to(date(2026, 3, 31))
    found = do(house, "route", found, "kokom")
    assert found.first_answer_due_on == date(2026, 4, 8)  # Friday 3 April is a day off
    assert found.due_on == date(2026, 4, 8)


def test_two_keys_close_and_silence_is_said_so(house):
    found = house.answered()
    assert found.state == S.ANSWERED
    closed = citizen.confirm_done(complaint=found)
    assert (closed.state, closed.closed_by) == (S.CLOSED, ClosedBy.CITIZEN)
    silent = house.answered()
    assert silent.response_due_on == date(2026, 12, 8)
    house.go_to(silent.response_due_on)
    times.settle(agency=house.office.agency)
    silent.refresh_from_db()
    assert silent.state == S.ANSWERED
    house.go_to(silent.response_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    silent.refresh_from_db()
    assert (silent.state, silent.closed_by) == (S.CLOSED, ClosedBy.TIME)
    assert "tidak ada tanggapan" in silent.messages.filter(kind=MessageKind.NOTICE).last().text


def test_silence_never_closes_over_an_unanswered_message_and_the_clock_begins_anew(house):
    found = house.answered()
    citizen.reply_to(complaint=found, text="Loket mana?", form_key=uuid4())
    house.go_to(date(2027, 1, 20))
    times.settle(agency=house.office.agency)
    found.refresh_from_db()
    assert found.state == S.ANSWERED
    assert found.citizen_waits
    found = house.answer(found, "Loket dua.")
    assert found.response_due_on > date(2027, 1, 20)
    times.settle(agency=house.office.agency)
    found.refresh_from_db()
    assert found.state == S.ANSWERED


def test_the_database_itself_never_closes_without_an_answer(house):
    found = house.in_hand()
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=found.pk).update(state=S.CLOSED)


def test_reopened_goes_back_with_new_days_and_remembers(house):
    found = house.answered()
    first = found.answered_on
    house.go_to(TODAY + timedelta(days=2))
    again = citizen.reopen(complaint=found, text="Masih satu loket.", form_key=uuid4())
    assert (again.state, again.reopened_count, again.answered_on) == (S.REOPENED, 1, first)
    assert again.again_due_on > again.finish_due_on or again.again_due_on > TODAY
    found = do(house, "take", again, "budi")
    found = house.answer(found, "Kini tiga loket.")
    assert (found.state, found.answered_on) == (S.ANSWERED, first)


def test_after_the_last_day_it_can_no_longer_be_opened_again(house):
    found = house.answered()
    house.go_to(found.response_due_on + timedelta(days=1))
    with pytest.raises(NotNow, match="sudah lewat"):
        citizen.reopen(complaint=found, text="Belum.", form_key=uuid4())


def test_a_joined_report_gets_the_answer_and_keeps_its_own_key(house):
    main = house.in_hand(title="Utama")
    twin = do(house, "merge", house.verifying(), "kokom")
    assert (twin.duplicate_of_id, twin.unit_id) == (main.pk, main.unit_id)
    with pytest.raises(NotNow, match="digabungkan"):
        do(house, "take", twin, "head")
    main.refresh_from_db()
    house.answer(main, "Sudah dibereskan.")
    twin.refresh_from_db()
    assert twin.state == S.ANSWERED
    assert twin.messages.filter(kind=MessageKind.ANSWER).get().text == "Sudah dibereskan."
    citizen.confirm_done(complaint=main)
    twin.refresh_from_db()
    assert twin.state == S.ANSWERED
    opened = citizen.reopen(complaint=twin, text="Di sini belum.", form_key=uuid4())
    assert (opened.state, opened.duplicate_of_id) == (S.REOPENED, None)


def test_guarded_reports_are_not_joined(house):
    house.in_hand(title="Utama")
    with pytest.raises(NotNow, match="tidak digabungkan"):
        do(house, "merge", house.verifying(is_secret=True), "kokom")


def test_twice_is_once_and_an_old_page_is_refused(house):
    key = uuid4()
    first = house.report(form_key=key)
    assert house.report(form_key=key).pk == first.pk
    found = house.in_hand()
    told = {"actor": house.viewer("budi"), "complaint": found, "text": "Kami cek.", "asks": False, "form_key": key}
    working.tell_citizen(**told)
    working.tell_citizen(**told)
    assert found.messages.filter(text="Kami cek.").count() == 1
    with pytest.raises(Stale):
        working.answer_complaint(
            actor=house.viewer("budi"), complaint=found, version=found.version - 1, text="Beres.", form_key=uuid4()
        )


def test_no_wrong_door_and_the_final_day_stays(house):
    found = house.in_hand()
    due = found.finish_due_on
    moved = do(house, "reroute", found, "budi")
    assert (moved.unit, moved.handler, moved.finish_due_on) == (house.units["other"], None, due)
    assert do(house, "take", moved, "lala").handler == house.people["lala"]
    with pytest.raises(NotNow):
        working.reroute_complaint(
            actor=house.viewer("lala"),
            complaint=moved,
            version=moved.version + 1,
            unit=house.units["service"],
            reason="",
        )


def test_only_people_of_the_unit_can_be_given_it(house):
    found = house.routed()
    with pytest.raises(NotNow, match="dari unit"):
        working.assign_complaint(
            actor=house.viewer("head"), complaint=found, version=found.version, handler=house.people["dodi"]
        )


def test_one_entry_for_each_act_without_a_citizens_word(house):
    found = house.reopened()
    entries = list(JournalEntry.objects.filter(object_type="complaints.complaint", object_id=found.pk).order_by("id"))
    verbs = [entry.verb.partition(".")[2] for entry in entries]
    assert verbs == ["received", "verification_started", "routed", "assigned", "answered", "reopened"]
    assert entries[-1].subject_employee_id == house.people["budi"].pk
    assert entries[-1].changes["day"] == TODAY.isoformat()
    told = str([(entry.changes, entry.reason) for entry in entries])
    assert not any(word in told for word in ("Wati", "0812", "loket", "Antre", found.title))


def steps(found):
    return list(found.escalations.order_by("pk").values_list("step", "day", "told__name"))


def test_the_ladder_reminds_and_passes_upwards_once(house):
    found = house.report()
    house.go_to(found.verify_due_on)
    times.settle(agency=house.office.agency)
    times.settle(agency=house.office.agency)
    assert [step for step, _, _ in steps(found)] == [EscalationStep.REMINDER]
    house.go_to(found.verify_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert steps(found)[-1] == (EscalationStep.VERIFICATION_LATE, found.verify_due_on, "Sandi Sekretaris")
    assert do(house, "verify", found, "sandi").state == S.VERIFYING  # whoever was told may act


def test_a_late_unit_is_told_upwards_and_at_the_end_the_regional_head(house):
    found = house.in_hand()
    house.go_to(found.first_answer_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert (EscalationStep.FIRST_ANSWER_LATE, "Bupati Uji") in {(step, who) for step, _, who in steps(found)}
    house.go_to(found.finish_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert (EscalationStep.FINISH_LATE, "Bupati Uji") in {(step, who) for step, _, who in steps(found)}
    house.go_to(found.ombudsman_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert "Ombudsman" in found.messages.filter(kind=MessageKind.NOTICE).last().text


def test_misconduct_is_passed_up_to_nobody(house):
    found = house.in_hand(is_misconduct=True, about_unit=house.units["service"])
    house.go_to(found.finish_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert Escalation.objects.filter(complaint=found, step=EscalationStep.FINISH_LATE, told=None).exists()
    assert not Escalation.objects.filter(complaint=found).exclude(told=None).exists()


def test_a_reply_to_an_answer_is_due_passed_up_and_may_be_opened_again(house):
    found = citizen.reply_to(complaint=house.answered(), text="Loket mana?", form_key=uuid4())
    due = found.due_on
    assert due == date(2026, 12, 1)
    assert found in waiting_on(house.viewer("head"))
    house.go_to(TODAY + timedelta(days=1))
    assert citizen.reply_to(complaint=found, text="Halo?", form_key=uuid4()).due_on == due
    house.go_to(due + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert steps(found)[-1] == (EscalationStep.FINISH_LATE, due, "Bupati Uji")
    house.go_to(found.response_due_on + timedelta(days=1))
    assert citizen.reopen(complaint=found, text="Belum.", form_key=uuid4()).state == S.REOPENED


def test_those_whose_citizen_waits_do_not_keep_others_from_closing(house, monkeypatch):
    monkeypatch.setattr(times, "BATCH", 1)
    before, silent, after = house.answered(), house.answered(), house.answered()
    for waits in (before, after):  # in whichever order they are looked at, one that waits comes first
        citizen.reply_to(complaint=waits, text="Loket mana?", form_key=uuid4())
    house.go_to(silent.response_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    silent.refresh_from_db()
    assert silent.state == S.CLOSED


def test_reports_with_nothing_left_to_tell_do_not_keep_others_from_the_ladder(house, monkeypatch):
    monkeypatch.setattr(times, "BATCH", 1)
    for _ in range(11):
        house.report()
    house.go_to(TODAY + timedelta(days=20))
    times.settle(agency=house.office.agency)
    late = house.report()
    Complaint.objects.filter(pk=late.pk).update(finish_due_on=TODAY + timedelta(days=200))
    house.go_to(late.verify_due_on + timedelta(days=1))
    times.settle(agency=house.office.agency)
    assert [step for step, _, _ in steps(late)] == [EscalationStep.VERIFICATION_LATE]


def test_who_has_nothing_left_to_tell_is_not_asked_until_the_ombudsman(house):
    found = house.in_hand()
    agency = house.office.agency
    for day in (found.first_answer_due_on, found.finish_due_on):
        assert still_to_tell(agency, day + timedelta(days=1)).exists()
        house.go_to(day + timedelta(days=1))
        times.settle(agency=agency)
    assert not still_to_tell(agency, found.ombudsman_on).exists()
    house.go_to(found.ombudsman_on + timedelta(days=1))
    times.settle(agency=agency)
    assert not still_to_tell(agency, found.ombudsman_on + timedelta(days=1)).exists()
    assert EscalationStep.OMBUDSMAN in {step for step, _, _ in steps(found)}


def test_what_was_answered_while_the_ladder_is_climbed_is_passed_up_no_more(house, monkeypatch):
    found = house.in_hand()
    house.go_to(found.finish_due_on + timedelta(days=1))
    read = times.recipients_in

    def answered_meanwhile(*asked):
        house.answer(Complaint.objects.get(pk=found.pk))
        return read(*asked)

    monkeypatch.setattr(times, "recipients_in", answered_meanwhile)
    times.settle(agency=house.office.agency)
    assert steps(found) == []
