"""Makassar: below the standard, action, recovery. Two keys for the plan and for the end, the same indicator measured
again, the cause between the two."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.models import Period, Score
from terang.follow_up.growth import services
from terang.follow_up.growth.duties import waiting_for
from terang.follow_up.growth.effect import effect_of
from terang.follow_up.growth.models import ActionState, DueAction, DueState, Kind, Measurement
from terang.registry.people.models import AppraiserOverride
from terang.web.errors import NotAllowed, NotNow, Stale

SECRET = "Dua orang mengerjakan kerja tiga orang."


def december(city, low, total=7800, value=8100) -> Score:
    """What is measured when the day has come."""
    period = Period.objects.create(
        agency=city.cast.agency,
        kind="month",
        name="Desember 2026",
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 1, 1),
    )
    found = low(total=total, period=period)
    found.components.filter(measure="attendance_rate").update(score_bp=value, value_bp=value)
    return found


def measured(city, low, steps, **others):
    december(city, low, **others)
    city.day = steps.now.remeasure_on
    services.every_hour()
    return steps.now


def test_the_whole_way_from_below_the_standard_to_recovery(city, low, steps):
    action = steps.run()
    assert (action.state, action.round) == (ActionState.RUNNING, 1)
    assert action.proposed_at
    assert action.agreed_at
    assert DueAction.objects.get(kind=Kind.CORRECTIVE).state == DueState.DONE
    step = action.steps.get()
    services.settle_step(actor=city.viewer("andi"), step=step, outcome="Dua minggu penuh.")
    action = measured(city, low, steps)
    told = effect_of(action)
    assert (told.before.value_bp, told.after.value_bp, told.gain_bp, told.total_gain_bp) == (5200, 8100, 2900, 2280)
    assert told.sentence == "Kehadiran naik 29,0 poin."
    ask = DueAction.objects.get(kind=Kind.CONCLUDE)
    assert (ask.assigned_to, ask.state) == (city.cast.hendra, DueState.OPEN)
    steps.do("conclude", "hendra", reason="Beban sudah merata.")
    action = steps.do("confirm", "andi")
    assert (action.state, action.is_open) == (ActionState.CLOSED, False)
    assert action.concluded_at
    assert action.confirmed_at
    ask.refresh_from_db()
    assert ask.state == DueState.DONE


def test_every_number_of_the_effect_opens_for_both(city, low, steps, sign_in):
    steps.run()
    action = measured(city, low, steps)
    rows = effect_of(action).rows
    assert [row.title for row in rows] == ["Nov 26", "Des 26"]
    for name in ("andi", "hendra"):
        client = sign_in(name)
        for row in rows:
            assert client.get(row.total_url).status_code == client.get(row.value_url).status_code == 200


def test_each_key_is_turned_by_its_own(city, steps):
    steps.plan()
    steps.step()
    for name in ("andi", "sri", "maya", "rina"):
        with pytest.raises(NotAllowed):
            steps.do("propose", name)
    steps.do("propose", "hendra")
    for name in ("hendra", "sri", "maya", "rina"):
        with pytest.raises(NotAllowed):
            steps.do("agree", name)
    steps.do("agree", "andi")
    with pytest.raises(NotNow):
        steps.do("agree", "andi")


def test_a_plan_needs_cause_support_and_a_step(city, steps):
    with pytest.raises(NotNow, match="sebab"):
        steps.do("propose", "hendra")
    steps.plan()
    with pytest.raises(NotNow, match="langkah"):
        steps.do("propose", "hendra")
    with pytest.raises(ValidationError) as refused:
        steps.plan(cause="malas", support=" ", remeasure_on=TODAY, indicator="x/y")
    assert set(refused.value.message_dict) == {"cause", "support", "remeasure_on", "indicator"}


def test_another_indicator_is_chosen_only_before_it_was_agreed(city, low, steps):
    steps.plan(indicator="disiplin/punctuality")
    assert Measurement.objects.get().value_bp == 6000
    steps.step()
    steps.do("propose", "hendra")
    steps.do("agree", "andi")
    measured(city, low, steps)
    steps.do("extend", "hendra", reason="Satu bulan lagi.", remeasure_on=city.day + timedelta(days=30))
    with pytest.raises(ValidationError) as refused:
        steps.plan(indicator="disiplin/attendance_rate", remeasure_on=city.day + timedelta(days=30))
    assert set(refused.value.message_dict) == {"indicator"}


def test_given_back_it_is_written_again(city, steps):
    steps.plan()
    steps.step()
    steps.do("propose", "hendra")
    with pytest.raises(NotNow):
        steps.plan()
    back = steps.do("give_back", "andi", reason="Kasusnya tiga, bukan dua.")
    assert (back.state, back.reason, back.proposed_at) == (ActionState.PLANNED, "Kasusnya tiga, bukan dua.", None)
    steps.plan(support="Tiga kasus dipindahkan.")


def test_nothing_is_concluded_before_it_was_measured_again(city, steps):
    steps.run()
    with pytest.raises(NotNow, match="belum diukur ulang"):
        steps.do("conclude", "hendra", reason="Kelihatannya baik.")
    assert services.measure_again(steps.pk, city.day) is None


def test_it_is_measured_once_a_round_whoever_asks(city, low, steps):
    steps.run()
    measured(city, low, steps)
    services.every_hour()
    assert services.measure_again(steps.pk, city.day) is None
    assert Measurement.objects.filter(round=1).count() == DueAction.objects.filter(kind=Kind.CONCLUDE).count() == 1


def test_without_evidence_it_is_missing_and_not_zero(city, steps):
    steps.run()
    Score.objects.all().delete()
    city.day = steps.now.remeasure_on
    services.every_hour()
    after = Measurement.objects.get(round=1)
    assert (after.total_bp, after.value_bp) == (None, None)
    assert "bukan nol" in effect_of(steps.now).sentence
    with pytest.raises(NotNow, match="Perpanjang"):
        steps.do("conclude", "hendra", reason="Kelihatannya baik.")
    later = city.day + timedelta(days=28)
    assert steps.do("extend", "hendra", reason="Buktinya belum ada.", remeasure_on=later).state == ActionState.PLANNED


def test_extended_it_is_agreed_and_measured_again(city, low, steps):
    steps.run()
    measured(city, low, steps, total=6000, value=5900)
    later = city.day + timedelta(days=30)
    steps.do("extend", "hendra", reason="Naik, belum sampai.", remeasure_on=later)
    steps.step(text="Berangkat lebih awal")
    steps.do("propose", "hendra")
    action = steps.do("agree", "andi")
    assert (action.state, action.round, action.remeasure_on) == (ActionState.RUNNING, 2, later)
    assert not DueAction.objects.filter(state=DueState.OPEN).exists()
    city.day = later
    services.every_hour()
    assert list(Measurement.objects.values_list("round", flat=True)) == [0, 1, 2]


def test_the_employee_may_differ_and_the_leader_is_asked_again(city, low, steps):
    steps.run()
    measured(city, low, steps)
    steps.do("conclude", "hendra", reason="Pulih.")
    action = steps.do("differ", "andi", reason="Beban kembali bertambah.")
    assert (action.state, action.concluded_at) == (ActionState.RUNNING, None)
    assert DueAction.objects.filter(kind=Kind.CONCLUDE, state=DueState.OPEN).count() == 1
    steps.do("conclude", "hendra", reason="Sudah dibagi lagi.")
    assert steps.do("confirm", "andi").state == ActionState.CLOSED


def test_the_leader_may_say_that_none_is_needed_before_anything_was_agreed(city, steps):
    dropped = steps.do("drop", "hendra", reason="Bukti absen terlambat masuk.")
    assert dropped.state == ActionState.DROPPED
    due = DueAction.objects.get()
    assert (due.state, due.outcome, due.settled_by) == (DueState.DROPPED, "", city.cast.hendra)
    services.every_hour()
    assert DueAction.objects.count() == 1


def test_once_agreed_it_is_not_dropped(city, low, steps):
    steps.run()
    with pytest.raises(NotNow):
        steps.do("drop", "hendra", reason="Tidak perlu.")


def test_the_employees_own_word_is_theirs_at_any_time(city, low, steps):
    steps.do("write_view", "andi", view="Loket saya sendirian sejak Mei.")
    with pytest.raises(NotAllowed):
        steps.do("write_view", "hendra", view="Ia terlambat.")
    steps.run()
    steps.do("write_view", "andi", view="Sekarang berdua.")
    assert steps.now.view == "Sekarang berdua."


def test_an_older_page_and_a_double_click_change_nothing(city, steps):
    old = steps.now
    steps.plan()
    with pytest.raises(Stale):
        services.propose(actor=city.viewer("hendra"), action=old, version=old.version)
    first, second = steps.step(), steps.step()
    assert first == second
    assert steps.now.steps.count() == 1


def test_steps_belong_to_one_of_the_two_and_only_the_owner_finishes(city, steps):
    with pytest.raises(ValidationError):
        steps.step(owner="rina")
    with pytest.raises(NotAllowed):
        steps.step(actor="rina")
    steps.run()
    step = steps.now.steps.get()
    for name in ("hendra", "sri"):
        with pytest.raises(NotAllowed):
            services.settle_step(actor=city.viewer(name), step=step, outcome="")
    with pytest.raises(NotNow):
        steps.step(text="Lagi")
    services.settle_step(actor=city.viewer("andi"), step=step, outcome="")
    with pytest.raises(NotNow):
        services.settle_step(actor=city.viewer("andi"), step=step, outcome="")


def test_the_cause_is_read_by_the_two_alone_and_no_word_stands_in_the_journal(city, low, steps, sign_in):
    steps.plan()
    url = steps.now.get_absolute_url()
    for name in ("andi", "hendra"):
        assert SECRET in sign_in(name).get(url).content.decode()
    for name in ("sri", "maya", "lina", "agus"):
        page = sign_in(name).get(url)
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
        assert "Beban kerja terlalu besar" not in page.content.decode()
    assert sign_in("joko").get(url).status_code == 403
    told = str(list(JournalEntry.objects.filter(verb__startswith="growth.").values()))
    for word in (SECRET, "beban", "Dua kasus"):
        assert word not in told


def test_each_page_of_the_action_opens_for_its_own_and_refuses_the_other(city, steps, sign_in):
    pk = steps.pk
    for name, own in (
        ("plan", "hendra"),
        ("step_new", "andi"),
        ("view", "andi"),
        ("propose", "hendra"),
        ("drop", "hendra"),
    ):
        assert sign_in(own).get(reverse(f"growth:{name}", args=[pk])).status_code == 200
        assert sign_in("sri").get(reverse(f"growth:{name}", args=[pk])).status_code == 403
    assert sign_in("andi").get(reverse("growth:agree", args=[pk])).status_code == 409


def test_what_waits_is_told_to_whom_it_waits_for(city, low, steps):
    assert "Andi" in waiting_for(city.viewer("hendra"))[0].title
    steps.plan()
    steps.step(days=1)
    steps.do("propose", "hendra")
    assert "setujui" in waiting_for(city.viewer("andi"))[0].title
    steps.do("agree", "andi")
    assert waiting_for(city.viewer("hendra")) == []
    assert [duty.title for duty in waiting_for(city.viewer("andi"))] == ["Datang bersama tim"]


def test_a_reason_is_read_by_the_two_alone(city, steps, sign_in):
    steps.do("drop", "hendra", reason=f"Ia sakit {SECRET}.")
    pages = (steps.now.get_absolute_url(), steps.now.due.get_absolute_url())
    for name in ("andi", "hendra"):
        assert SECRET in sign_in(name).get(pages[0]).content.decode()
    for name in ("sri", "maya", "lina"):
        for url in pages:
            page = sign_in(name).get(url)
            assert page.status_code == 200
            assert SECRET not in page.content.decode()
    assert "Alasannya dibaca pegawai dan pimpinannya" in sign_in("sri").get(pages[1]).content.decode()


def handed_to_sri(city):
    AppraiserOverride.objects.create(
        employee=city.cast.andi, appraiser=city.cast.sri, starts_on=TODAY, reason="Hendra pindah", document="SK 1"
    )
    services.hand_on(agency=city.cast.agency, day=TODAY)


def test_a_new_leader_goes_on_with_the_steps_and_reads_the_cause_once_the_employee_tells_it(city, steps, sign_in):
    steps.plan()
    step = steps.step(actor="hendra", owner="hendra", text="Membagi kasus")
    steps.step()
    steps.do("propose", "hendra")
    steps.do("give_back", "andi", reason=f"Dokter melarang {SECRET}.")
    steps.do("propose", "hendra")
    steps.do("agree", "andi")
    handed_to_sri(city)
    step.refresh_from_db()
    assert (steps.now.leader, step.owner) == (city.cast.sri, city.cast.sri)
    services.settle_step(actor=city.viewer("sri"), step=step, outcome="Dibagi")
    url, form = steps.now.get_absolute_url(), reverse("growth:tell_cause", args=[steps.pk])
    for name in ("sri", "hendra"):
        page = sign_in(name).get(url).content.decode()
        assert SECRET not in page
        assert "Beban kerja" not in page
    assert sign_in("sri").get(form).status_code == 403
    with pytest.raises(NotAllowed):
        steps.do("tell_cause", "sri")
    assert "Beri tahu pimpinan" in sign_in("andi").get(url).content.decode()
    steps.do("tell_cause", "andi")
    version = steps.do("tell_cause", "andi").version
    assert steps.now.version == version, "twice is as good as once"
    assert "Beban kerja" in sign_in("sri").get(url).content.decode()


def test_a_new_leader_writes_the_cause_anew_without_reading_the_old_one(city, steps, sign_in):
    steps.plan()
    handed_to_sri(city)
    page = sign_in("sri").get(reverse("growth:plan", args=[steps.pk])).content.decode()
    assert SECRET not in page
    assert "checked" not in page.partition('name="cause"')[2].partition("</fieldset>")[0]
    steps.plan(actor="sri", cause="keterampilan", cause_note="Aplikasi baru.")
    assert "Keterampilan belum cukup" in sign_in("sri").get(steps.now.get_absolute_url()).content.decode()


def test_while_the_employees_key_is_missing_the_leader_is_not_reported(city, low, steps):
    steps.plan()
    steps.step()
    steps.do("propose", "hendra")
    due = steps.now.due
    city.day = due.escalate_on
    services.every_hour()
    due.refresh_from_db()
    assert due.escalated_on is None
    steps.do("give_back", "andi", reason="Belum sesuai.")
    services.every_hour()
    due.refresh_from_db()
    assert due.escalated_on == city.day
