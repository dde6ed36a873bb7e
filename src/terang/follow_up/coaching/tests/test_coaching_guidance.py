"""Coaching and mentoring: both keys, sessions, steps that return, and facts alone for who stands above."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.models import Period, Score
from terang.follow_up.coaching import selectors, services
from terang.follow_up.coaching.duties import waiting_for
from terang.follow_up.coaching.effect import effect_of
from terang.follow_up.coaching.models import Guidance, GuidanceSession, GuidanceState, SessionState
from terang.follow_up.coaching.tests.conftest import SECRET
from terang.follow_up.growth.models import DueAction
from terang.web.errors import NotAllowed, NotNow, Stale


def test_the_whole_way_of_a_guidance(room):
    row = room.open()
    assert (row.state, bool(row.guide_at), bool(row.employee_at)) == (GuidanceState.PROPOSED, True, False)
    row = room.do("accept", "andi", row)
    session = room.held(row)
    assert (session.state, session.minutes) == (SessionState.DONE, 50)
    row = room.do("conclude", "hendra", row, outcome="Antrean lebih pendek.")
    row = room.do("confirm_end", "andi", row)
    assert (row.state, row.ended_on) == (GuidanceState.ENDED, TODAY)


def test_only_the_appraiser_or_the_person_opens_and_who_asks_asks_the_appraiser(room):
    for name in ("sri", "maya", "rina"):
        with pytest.raises(NotAllowed):
            room.open(by=name)
    with pytest.raises(NotAllowed, match="pejabat penilai"):
        room.open(by="andi", guide="rina")
    with pytest.raises(ValidationError):
        room.open(guide="andi")
    asked = room.open(by="andi")
    assert room.do("accept", "hendra", asked).state == GuidanceState.RUNNING


def test_somebody_given_the_task_answers_for_themselves(room):
    row = room.open(guide="rina")
    assert not row.guide_at
    assert not row.employee_at
    assert room.do("accept", "andi", row).state == GuidanceState.PROPOSED
    assert room.do("accept", "rina", row).state == GuidanceState.RUNNING


def test_the_same_form_makes_one_and_a_key_turned_twice_is_turned_once(room):
    key = uuid4()
    assert room.open(form_key=key).pk == room.open(form_key=key).pk
    row = Guidance.objects.get()
    room.do("accept", "andi", row)
    version = Guidance.objects.get().version
    room.do("accept", "andi", row)
    assert Guidance.objects.get().version == version


def test_each_key_is_turned_by_its_own_and_an_old_page_is_told(room):
    row = room.running()
    for verb, wrong, words in (("conclude", "andi", {"outcome": "x"}), ("differ", "hendra", {"reason": "x"})):
        with pytest.raises(NotAllowed):
            room.do(verb, wrong, row, **words)
    with pytest.raises(NotNow, match="satu sesi"):
        room.do("conclude", "hendra", row, outcome="x")
    session = room.propose(row)
    with pytest.raises(NotAllowed):
        room.meet("agree_session", "hendra", session)
    with pytest.raises(NotAllowed):
        room.meet("agree_session", "sri", session)
    with pytest.raises(Stale):
        services.agree_session(actor=room.viewer("andi"), session=session, version=9)


def test_what_is_changed_after_a_key_opens_both_keys_again(room):
    session = room.meet("agree_session", "andi", room.propose(room.running()))
    with pytest.raises(NotNow, match="Tulis dahulu"):
        room.meet("confirm_session", "andi", session)
    room.meet("write_session", "hendra", session, notes="Satu", minutes=30)
    room.meet("confirm_session", "andi", session)
    session = room.meet("write_session", "hendra", session, notes="Dua", minutes=30)
    assert session.employee_at is None


def test_a_session_is_written_from_its_day_on(room):
    session = room.meet("agree_session", "andi", room.propose(room.running(), days=3))
    with pytest.raises(NotNow, match="mulai harinya"):
        room.meet("write_session", "andi", session, notes="x", minutes=30)
    room.day += timedelta(days=3)
    room.meet("write_session", "andi", session, notes="x", minutes=30)


def test_an_agreed_step_returns_until_its_owner_did_it(room):
    row = room.running()
    room.held(row)
    room.day += timedelta(days=2)
    room.held(row, step="Menulis jawaban baku")
    assert [each.text for each in selectors.open_steps(row)] == ["Bertanya lebih dulu", "Menulis jawaban baku"]
    step = selectors.step_for(room.viewer("andi"), selectors.open_steps(row)[0].pk)
    with pytest.raises(NotAllowed):
        services.settle_step(actor=room.viewer("hendra"), step=step, outcome="")
    services.settle_step(actor=room.viewer("andi"), step=step, outcome="Berhasil")
    assert [each.text for each in selectors.open_steps(row)] == ["Menulis jawaban baku"]


def test_who_stands_above_reads_facts_and_nobody_else_anything(room, sign_in):
    row = room.running()
    room.held(row)
    room.do("conclude", "hendra", row, outcome="Antrean lebih pendek.")
    address = reverse("coaching:guidance", args=[row.pk])
    for name in ("andi", "hendra"):
        assert SECRET in sign_in(name).get(address).content.decode()
    facts = sign_in("sri").get(address).content.decode()
    assert "Antrean lebih pendek." in facts
    assert "1 sesi sudah berlangsung" in facts
    assert SECRET not in facts
    assert "Bertanya lebih dulu" not in facts
    for name in ("rina", "maya", "agus", "lina", "tono", "mayor", "bambang"):
        assert sign_in(name).get(address).status_code == 403, name
    with pytest.raises(Http404):
        selectors.session_for(None or room.viewer("andi"), 987)


def test_the_journal_has_no_word_of_it(room):
    row = room.running()
    room.held(row)
    room.do("tell_part", "andi", row, told={"problem": SECRET})
    told = "".join(f"{each.changes}{each.reason}" for each in JournalEntry.objects.filter(verb__startswith="coaching."))
    assert SECRET not in told
    assert "antre" not in told


def test_the_word_on_the_guide_reaches_the_superior_and_not_the_guide(room, sign_in):
    row = room.running()
    room.held(row)
    word = services.Word("Didengar", "Terlalu cepat menyimpulkan", "Tahu langkahnya")
    with pytest.raises(NotNow):
        services.give_feedback(actor=room.viewer("andi"), guidance=row, word=word)
    row = room.do("conclude", "hendra", row, outcome="Baik.")
    services.give_feedback(actor=room.viewer("andi"), guidance=row, word=word)
    address = row.get_absolute_url()
    for name, reads in (("andi", True), ("sri", True), ("hendra", False)):
        assert ("Terlalu cepat menyimpulkan" in sign_in(name).get(address).content.decode()) is reads, name


def test_every_mark_of_competence_has_its_reason(room):
    row = room.running()
    room.held(row)
    row = room.do("conclude", "hendra", row, outcome="Baik.")
    mark = {"group": "managerial", "name": "Integritas", "mark": 4, "reason": " "}
    with pytest.raises(ValidationError, match="Integritas"):
        services.give_review(actor=room.viewer("hendra"), guidance=row, review=services.Review((mark,), "Lanjut"))
    good = {**mark, "reason": "Jujur melapor"}
    made = services.give_review(actor=room.viewer("hendra"), guidance=row, review=services.Review((good,), "Lanjut"))
    assert made.marks == [good]


def test_a_near_session_is_told_to_both_once_and_waits_for_both(room):
    row = room.running()
    room.meet("agree_session", "andi", room.propose(row, days=1))
    services.every_hour()
    services.every_hour()
    near = JournalEntry.objects.filter(verb="coaching.session_near").values_list("subject_employee_id", flat=True)
    assert sorted(near) == sorted([room.cast.andi.pk, room.cast.hendra.pk])
    for name in ("andi", "hendra"):
        [duty] = waiting_for(room.viewer(name))
        assert duty.due == TODAY + timedelta(days=1)


def _score(room, period, total):
    Score.objects.create(
        employee=room.cast.andi,
        period=period,
        unit=room.cast.units["register"],
        policy=room.version,
        total_bp=total,
        coverage_bp=10_000,
        status="complete",
        ruleset="terang-3",
        input_digest="d" * 64,
        computed_at=room.cast.now,
    )


def test_the_same_figure_before_and_after_and_no_claim(room, monkeypatch, settings):
    from tests.rating import make_city

    room.version = make_city(room.cast, monkeypatch, settings).version
    periods = [
        Period.objects.get_or_create(
            agency=room.cast.agency,
            kind="month",
            starts_on=first,
            ends_on=last,
            defaults={"name": f"{first:%m}"},
        )[0]
        for first, last in ((TODAY.replace(day=1), TODAY.replace(month=12, day=1)),)
    ]
    later = Period.objects.create(
        agency=room.cast.agency,
        kind="month",
        name="Desember",
        starts_on=TODAY.replace(month=12, day=1),
        ends_on=TODAY.replace(year=2027, month=1, day=1),
    )
    due = DueAction.objects.create(
        employee=room.cast.andi,
        kind="coaching",
        cause="floor:1",
        reason={"text": "Rendah", "params": {}},
        period=periods[0],
        assigned_to=room.cast.hendra,
        opened_on=TODAY,
        due_on=TODAY,
        escalate_on=TODAY,
    )
    _score(room, periods[0], 5200)
    row = room.running(due=due)
    due.refresh_from_db()
    assert (due.state, due.outcome) == ("selesai", "Coaching dibuka bersama Hendra Saputra.")
    assert effect_of(row).after is None
    room.held(row)
    _score(room, later, 6100)
    told = effect_of(selectors.guidance_for(room.viewer("andi"), row.pk))
    assert (told.gain_bp, told.sentence) == (900, "Nilai naik 9,0 poin.")
    with pytest.raises(NotNow):
        room.open(due=due)


def test_the_load_of_a_leader_counts_people_sessions_and_time(room, sign_in):
    row = room.running()
    room.held(row)
    room.propose(row, days=4)
    [load] = selectors.loads_of([room.cast.hendra], TODAY)
    assert (load.people, load.done, load.minutes_done, load.ahead, load.minutes_ahead) == (1, 1, 50, 1, 45)
    assert "Hendra Saputra" in sign_in("sri").get(reverse("coaching:load")).content.decode()
    assert sign_in("andi").get(reverse("coaching:load")).status_code == 403


def test_pages_have_a_constant_number_of_queries(room, sign_in, django_assert_max_num_queries):
    row = room.running()
    for _number in range(3):
        room.held(row)
    client = sign_in("andi")
    with django_assert_max_num_queries(60):
        client.get(row.get_absolute_url())
    assert GuidanceSession.objects.count() == 3
