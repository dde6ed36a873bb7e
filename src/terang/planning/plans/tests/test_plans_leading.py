"""What the leader decided, said, or opened stays; whose word counts, and until when."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.cast import TODAY, ZONE, make_cast

from terang.audit.models import JournalEntry
from terang.planning.plans.access import require_answer
from terang.planning.plans.models import PlanVersion, VersionState
from terang.planning.plans.queue import late_below
from terang.planning.plans.seats import seat_of
from terang.planning.plans.services import (
    Decision,
    agree,
    answer_assignment,
    comment,
    decide,
    discard_version,
    give_back,
    open_change,
    open_plan,
    submit,
    withdraw,
    write_document,
)
from terang.registry.people.models import Assignment, AssignmentKind
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, from_json
from terang.web.errors import NotAllowed, NotNow, Stale

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
CARD = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
FILES = PlannedResult("r2", "Arsip tertata", indicators=(replace(CARDS, key="i2"),))
DOCUMENT = PlanDocument(results=(CARD, FILES))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}
RULED = Decision(main={"r2": False}, behaviour={"AK": "Datang tepat waktu", "BP": ""}, approach="kualitatif")


@pytest.fixture
def cast(db):
    return make_cast()


def begun(cast, document=DOCUMENT):
    return open_plan(actor=cast.viewer("andi"), employee=cast.andi, document=document, **YEAR)


def submitted(cast, document=DOCUMENT):
    return handed_in(cast, begun(cast, document))


def handed_in(cast, version, now=None):
    andi = cast.viewer("andi", now) if now else cast.viewer("andi")
    return submit(actor=andi, version=version, seen=version.version)


def agreed(cast):
    version = submitted(cast)
    return agree(actor=cast.viewer("hendra"), version=version, seen=version.version)


def decided(cast):
    version = submitted(cast)
    return decide(actor=cast.viewer("hendra"), version=version, seen=version.version, decision=RULED)


def written(cast, version, document):
    return write_document(actor=cast.viewer("andi"), version=version, seen=version.version, document=document)


@pytest.mark.parametrize(
    "back",
    [
        lambda it: replace(it, results=(it.results[0], replace(it.results[1], main=True))),
        lambda it: replace(it, approach="kuantitatif"),
        lambda it: replace(it, behaviour={}),
        lambda it: replace(it, behaviour={**it.behaviour, "BP": "Tidak perlu"}),
    ],
)
def test_the_person_cannot_write_a_decision_back(cast, back):
    """Main and additional, approach and special expectation are the leader's (p. 49–50; Pasal 10)."""
    version = decided(cast)
    document = from_json(version.document)
    with pytest.raises(NotNow, match="sudah memutuskan"):
        written(cast, version, back(document))
    version.refresh_from_db()
    assert from_json(version.document) == document


def test_the_person_goes_on_writing_what_was_not_decided(cast):
    version = decided(cast)
    document = from_json(version.document)
    more = replace(CARD, key="r3", text="Loket tertib", indicators=(replace(CARDS, key="i3"),))
    change = replace(
        document,
        results=(replace(document.results[0], text="KTP terbit dalam satu hari"), more),
        behaviour={**document.behaviour, "HA": "Rukun"},
    )
    version = written(cast, version, change)
    assert [each.key for each in from_json(version.document).results] == ["r1", "r3"]
    told = JournalEntry.objects.filter(verb="plans.plan_written").order_by("id").last().changes
    assert told["changed"] == "behaviour, row_added, row_removed, text", "names only"


def test_what_the_leader_only_rewords_leaves_the_rest_to_the_person(cast):
    version = submitted(cast)
    hendra = cast.viewer("hendra")
    other = replace(DOCUMENT, results=(replace(CARD, text="KTP terbit dalam satu hari"), FILES))
    version = write_document(actor=hendra, version=version, seen=version.version, document=other)
    version = written(cast, version, replace(other, approach="kualitatif"))
    assert from_json(version.document).approach == "kualitatif"


def test_a_draft_the_leader_wrote_in_is_not_thrown_away(cast):
    version = submitted(cast)
    hendra = cast.viewer("hendra")
    version = write_document(
        actor=hendra, version=version, seen=version.version, document=replace(DOCUMENT, approach="kualitatif")
    )
    version = handed_in(cast, version)
    version = withdraw(actor=cast.viewer("andi"), version=version, seen=version.version)
    with pytest.raises(NotNow, match="sudah dibahas"):
        discard_version(actor=cast.viewer("andi"), version=version, seen=version.version)


def test_decided_fields_are_shown_as_locked(cast, sign_in):
    version = decided(cast)
    client = sign_in("andi")
    page = client.get(reverse("plans:result", args=[version.pk, "r2"])).content.decode()
    assert "Sudah diputuskan penilai" in page
    assert "disabled" in page
    page = client.get(reverse("plans:behaviour", args=[version.pk])).content.decode()
    assert page.count("Sudah diputuskan penilai") == 2
    page = client.get(reverse("plans:own")).content.decode()
    assert reverse("plans:approach", args=[version.pk]) not in page


def test_a_comment_is_never_written_past_an_agreement(cast):
    version = submitted(cast)
    old = PlanVersion.objects.select_related("plan__employee").get(pk=version.pk)
    agree(actor=cast.viewer("hendra"), version=version, seen=version.version)
    with pytest.raises(NotNow):
        comment(actor=cast.viewer("andi"), version=old, row_key="", text="Tunggu", form_key=uuid.uuid4())
    assert old.comments.count() == 0


def test_nobody_agrees_past_what_the_person_said_meanwhile(cast):
    version, key = submitted(cast), uuid.uuid4()
    seen = version.version
    for _twice in range(2):
        comment(actor=cast.viewer("andi"), version=version, row_key="", text="Jangan dahulu", form_key=key)
    with pytest.raises(Stale, match="dikomentari"):
        agree(actor=cast.viewer("hendra"), version=version, seen=seen)
    assert agree(actor=cast.viewer("hendra"), version=version, seen=seen + 1).state == VersionState.AGREED


def test_work_that_names_another_giver_in_words_waits_too(cast):
    """A3 p. 46: who gives it need not be found in the registry."""
    version = submitted(cast, replace(DOCUMENT, results=(CARD, replace(FILES, assigned_by="Kepala Dinas Kesehatan"))))
    hendra = cast.viewer("hendra")
    with pytest.raises(NotNow, match="penugasan"):
        agree(actor=hendra, version=version, seen=version.version)
    version = answer_assignment(actor=hendra, version=version, seen=version.version, row_key="r2", approved=True)
    assert agree(actor=hendra, version=version, seen=version.version).state == VersionState.AGREED


def late_with_stand_in(cast, name):
    version = submitted(cast)
    PlanVersion.objects.update(answer_due=TODAY - timedelta(days=1))
    version.refresh_from_db()
    Assignment.objects.create(
        employee=cast.people[name],
        post=cast.posts["dukcapil_head"],
        kind=AssignmentKind.STAND_IN,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=5),
        document="SPT 3",
    )
    return version


def test_the_stand_in_of_the_superior_is_asked_sees_and_answers(cast):
    version = late_with_stand_in(cast, "maya")
    maya = cast.viewer("maya")
    assert [row.pk for row, _silent in late_below(maya)] == [version.pk]
    assert seat_of(maya, version).instead
    assert require_answer(maya, version) is True
    assert agree(actor=maya, version=version, seen=version.version).instead


def test_nobody_answers_the_own_plan_as_stand_in_of_the_superior(cast):
    version = late_with_stand_in(cast, "andi")
    andi = cast.viewer("andi")
    assert list(late_below(andi)) == []
    assert not seat_of(andi, version).answers
    with pytest.raises(NotAllowed):
        agree(actor=andi, version=version, seen=version.version)


def test_a_change_the_leader_opened_is_given_up_only_with_a_reason(cast, sign_in):
    plan = agreed(cast).plan
    change = open_change(actor=cast.viewer("hendra"), plan=plan, reason="Sumber daya tidak terpenuhi")
    with pytest.raises(NotNow, match="alasan"):
        discard_version(actor=cast.viewer("andi"), version=change, seen=change.version)
    client = sign_in("andi")
    assert "alasan Anda disampaikan kepadanya" in client.get(reverse("plans:own")).content.decode()
    sent = {"version": change.version, "reason": "Sumber daya sudah tiba"}
    assert client.post(reverse("plans:discard", args=[change.pk]), sent).status_code == 302
    change.refresh_from_db()
    assert (change.state, change.comments.get().text) == (VersionState.DISCARDED, "Sumber daya sudah tiba")
    assert JournalEntry.objects.get(verb="plans.change_discarded").reason == "Sumber daya sudah tiba"


def test_ones_own_change_is_given_up_without_a_word(cast):
    change = open_change(actor=cast.viewer("andi"), plan=agreed(cast).plan, reason="Blangko berkurang")
    done = discard_version(actor=cast.viewer("andi"), version=change, seen=change.version)
    assert done.state == VersionState.DISCARDED


def test_a_second_click_finds_the_change_open(cast, sign_in):
    version = agreed(cast)
    client = sign_in("hendra")
    for _twice in range(2):
        answer = client.post(reverse("plans:reopen", args=[version.pk]), {"reason": "Tugas bertambah"})
        assert answer.status_code == 302
    assert client.post(reverse("plans:reopen", args=[version.pk]), {"reason": "Lain"}).status_code == 409
    assert version.plan.versions.count() == 2


def given_back(cast, version, now):
    hendra = cast.viewer("hendra", now)
    return give_back(actor=hendra, version=version, seen=version.version, text="Targetnya?", form_key=uuid.uuid4())


def test_giving_back_stretches_the_time_for_an_answer_once(cast):
    """Otherwise who never agrees keeps the superior out for ever (Lampiran II.C.5 p. 65)."""
    version = submitted(cast)
    assert version.answer_due == date(2026, 12, 1)
    dues = []
    for day in (1, 8, 15):
        now = datetime(2026, 12, day, 9, tzinfo=ZONE)
        version = handed_in(cast, given_back(cast, version, now), now)
        dues.append(version.answer_due)
    assert dues == [date(2026, 12, 8), date(2026, 12, 8), date(2026, 12, 15)], "the day itself is always left"
    version = withdraw(actor=cast.viewer("andi"), version=version, seen=version.version)
    assert handed_in(cast, version).answer_due == date(2026, 12, 1), "who takes it back begins anew"
