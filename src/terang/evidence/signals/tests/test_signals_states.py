"""What may follow what: every verb from every state; nobody is referred unheard; every end has a reason."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.signals import services
from terang.evidence.signals.duties import waiting_for
from terang.evidence.signals.models import Path, Signal, SignalState
from terang.evidence.signals.states import MOVES
from terang.web.errors import NotAllowed, NotNow, Stale

VERBS = {
    "ask": lambda viewer, row, v: services.ask_signal(actor=viewer, signal=row, question="Apa?", days=5, version=v),
    "explain": lambda viewer, row, v: services.explain_signal(actor=viewer, signal=row, answer="Begini", version=v),
    "share": lambda viewer, row, v: services.share_signal(actor=viewer, signal=row, version=v),
    "dismiss": lambda viewer, row, v: services.dismiss_signal(actor=viewer, signal=row, reason="Cukup", version=v),
    "refer": lambda viewer, row, v: services.refer_signal(
        actor=viewer, signal=row, path=Path.VISIT, reason="Perlu dilihat", version=v
    ),
}
TOLD = {
    "ask": "signals.asked",
    "explain": "signals.explained",
    "share": "signals.shared",
    "dismiss": "signals.dismissed",
    "refer": "signals.referred",
}
HEARD = {"refer": (SignalState.EXPLAINED,)}
"""States that let a verb through while the last day of an answer lies ahead, where they are fewer than its sources."""


def test_every_verb_has_a_test():
    assert VERBS.keys() == MOVES.keys()


@pytest.mark.parametrize("state", SignalState)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_from_every_state(verb, state, office, agus, budi, ask_about):
    known = {"asked_at": timezone.now(), "due_on": office.moment(timezone.localdate()).date()}
    row = ask_about(budi, state=state, **(known if state == SignalState.DISMISSED else {}))
    viewer = office.viewer(budi if verb == "explain" else agus)
    if state not in HEARD.get(verb, MOVES[verb].sources):
        unasked = verb == "explain" and state == SignalState.NEW
        with pytest.raises(NotAllowed if unasked else NotNow):
            VERBS[verb](viewer, row, 0)
        row.refresh_from_db()
        assert (row.state, row.version) == (state, 0)
        return
    after = VERBS[verb](viewer, row, 0)
    assert after.state == (MOVES[verb].target or state)
    entry = JournalEntry.objects.get(verb=TOLD[verb])
    assert entry.changes.keys() == {"kind", "state"}, "no word of it stands in the journal"
    assert entry.reason == ""


def test_nobody_is_referred_before_they_were_heard_or_let_the_days_pass(office, agus, budi, ask_about, today):
    row = ask_about(budi, state=SignalState.ASKED)
    with pytest.raises(NotNow):
        VERBS["refer"](office.viewer(agus), row, 0)
    Signal.objects.filter(pk=row.pk).update(due_on=today)
    with pytest.raises(NotNow):
        VERBS["refer"](office.viewer(agus), row, 0)
    Signal.objects.filter(pk=row.pk).update(due_on=today - timedelta(days=1))
    assert VERBS["refer"](office.viewer(agus), row, 0).state == SignalState.REFERRED


def test_the_last_day_is_counted_in_working_days(office, agus, budi, ask_about, today):
    asked = services.ask_signal(actor=office.viewer(agus), signal=ask_about(budi), question="Apa?", days=5, version=0)
    assert asked.due_on == today + timedelta(days=7), "a weekend lies between"
    late = services.explain_signal(actor=office.viewer(budi), signal=asked, answer=" Begini ", version=1)
    assert (late.answer, late.answered_by) == ("Begini", budi)


def test_an_answer_after_the_last_day_is_still_heard(office, agus, budi, ask_about, today):
    row = ask_about(budi, state=SignalState.ASKED, due_on=today - timedelta(days=3))
    assert VERBS["explain"](office.viewer(budi), row, 0).state == SignalState.EXPLAINED


@pytest.mark.parametrize("days", [0, 1, 21])
def test_too_few_or_too_many_days_are_refused_beside_the_field(days, office, agus, budi, ask_about):
    with pytest.raises(ValidationError) as refused:
        services.ask_signal(actor=office.viewer(agus), signal=ask_about(budi), question="Apa?", days=days, version=0)
    assert "days" in refused.value.message_dict


@pytest.mark.parametrize("verb", ["dismiss", "refer"])
def test_an_end_without_a_reason_is_refused(verb, office, agus, budi, ask_about):
    row, viewer = ask_about(budi, state=SignalState.EXPLAINED), office.viewer(agus)
    ends = {"dismiss": services.dismiss_signal, "refer": partial(services.refer_signal, path=Path.VISIT)}
    with pytest.raises(ValidationError):
        ends[verb](actor=viewer, signal=row, reason="  ", version=0)
    row.refresh_from_db()
    assert row.state == SignalState.EXPLAINED


def test_a_stale_page_changes_nothing(office, agus, budi, ask_about):
    row = ask_about(budi)
    VERBS["ask"](office.viewer(agus), row, 0)
    with pytest.raises(Stale):
        VERBS["dismiss"](office.viewer(agus), row, 0)
    with pytest.raises(Stale):
        VERBS["ask"](office.viewer(agus), row, 0)


def test_a_question_about_a_unit_is_answered_by_its_head_and_not_shared(office, agus, ask_about):
    row = ask_about(None)
    asked = VERBS["ask"](office.viewer(agus), row, 0)
    with pytest.raises(ValidationError):
        VERBS["share"](office.viewer(agus), asked, 1)
    assert VERBS["explain"](office.viewer(office.head), asked, 1).answered_by == office.head


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "ditanyakan"},
        {"state": "diteruskan", "reason": "Ada", "path": "kunjungan"},
        {"state": "ditutup", "reason": ""},
    ],
)
def test_the_database_refuses_what_the_states_forbid(wrong, budi, ask_about):
    row = ask_about(budi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=row.pk).update(**wrong)


def test_a_referral_reaches_the_team_of_the_area_with_the_way_to_a_visit(client, office, agus, budi, ask_about):
    row = ask_about(budi, state=SignalState.REFERRED)
    (duty,) = waiting_for(office.viewer(agus))
    assert (duty.title, duty.url) == ("1 pertanyaan diteruskan", f"{reverse('signals:list')}?status=diteruskan")
    client.force_login(agus.user)
    address = f"{reverse('oversight:open')}?unit={office.unit.pk}"
    assert address in client.get(row.get_absolute_url()).content.decode()
    assert client.get(address).context["form"]["unit"].value() == office.unit.pk
    Signal.objects.update(decided_at=row.decided_at - timedelta(days=15))
    assert waiting_for(office.viewer(agus)) == []
