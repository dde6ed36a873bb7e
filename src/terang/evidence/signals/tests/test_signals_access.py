"""Who meets a question, through services and pages: the team without who is concerned, the one asked, the superior once
it was shared; nobody else, whatever their role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.signals import selectors, services
from terang.evidence.signals.access import require_overseer, sight_of
from terang.evidence.signals.duties import waiting_for
from terang.evidence.signals.models import Signal, SignalState, SignalTerms
from terang.evidence.signals.sources import sources
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed

S = SignalState


def names(viewer):
    return [row.subject for row in selectors.signals_for(viewer)]


@pytest.mark.parametrize("role", [Role.PERSONNEL, Role.OPERATOR, Role.AUDITOR, Role.REGIONAL_HEAD, None])
@pytest.mark.parametrize("state", S)
def test_no_other_role_sees_a_question_or_acts_on_it(role, state, office, budi, ask_about, client):
    other = office.employee("Lain", unit=office.root)
    if role:
        office.grant(other, role)
    row = ask_about(budi, state=state)
    with pytest.raises(NotAllowed):
        sight_of(office.viewer(other), row)
    client.force_login(other.user)
    assert client.get(row.get_absolute_url()).status_code == 403
    assert client.get(reverse("signals:list")).status_code == 403
    assert client.get(reverse("signals:terms")).status_code == 403
    for name in ("ask", "share", "dismiss", "refer", "explain"):
        assert client.post(reverse(f"signals:{name}", args=[row.pk]), {"version": 0}).status_code == 403
    assert not waiting_for(office.viewer(other))


def test_the_person_knows_only_once_asked(office, agus, budi, ask_about):
    row = ask_about(budi)
    with pytest.raises(NotAllowed):
        sight_of(office.viewer(budi), row)
    assert not selectors.asked_of(office.viewer(budi))
    services.ask_signal(actor=office.viewer(agus), signal=row, question="Apa?", days=3, version=0)
    row.refresh_from_db()
    assert sight_of(office.viewer(budi), row).asked
    (duty,) = waiting_for(office.viewer(budi))
    assert duty.url == row.get_absolute_url()


def test_one_dismissed_unasked_never_reaches_the_person(office, agus, budi, ask_about):
    row = services.dismiss_signal(actor=office.viewer(agus), signal=ask_about(budi), reason="Salah baca", version=0)
    with pytest.raises(NotAllowed):
        sight_of(office.viewer(budi), row)
    assert JournalEntry.objects.get(verb="signals.dismissed").subject_employee_id is None


def test_the_superior_reads_along_only_once_it_was_shared(office, agus, budi, ask_about):
    row = ask_about(budi, state=S.ASKED)
    with pytest.raises(NotAllowed):
        sight_of(office.viewer(office.head), row)
    shared = services.share_signal(actor=office.viewer(agus), signal=row, version=0)
    sight = sight_of(office.viewer(office.head), shared)
    assert (sight.superior, sight.oversees, sight.asked) == (True, False, False)
    assert [duty.url for duty in waiting_for(office.viewer(office.head))] == [row.get_absolute_url()]
    assert [each.pk for each in selectors.shared_with(office.viewer(office.head))] == [row.pk]
    assert not selectors.shared_with(office.viewer(budi))
    with pytest.raises(NotAllowed):
        services.explain_signal(actor=office.viewer(office.head), signal=shared, answer="Saya tahu", version=1)


def test_a_member_of_the_team_handles_nothing_about_themselves_or_their_line(office, agus, budi, ask_about):
    office.grant(budi, Role.OVERSIGHT)
    office.grant(office.head, Role.OVERSIGHT)
    about_budi, about_head, about_agus = ask_about(budi), ask_about(office.head), ask_about(agus, unit=office.root)
    about_unit = ask_about(None)
    assert names(office.viewer(agus)) == ["Budi", "Rahmawati Kepala", "Bagian Layanan"]
    assert names(office.viewer(budi)) == ["Agus", "Bagian Layanan"], "neither about himself nor about who appraises him"
    assert names(office.viewer(office.head)) == ["Agus"], "nor about herself, her people, her unit"
    for person, row in (
        (budi, about_budi),
        (budi, about_head),
        (office.head, about_budi),
        (office.head, about_unit),
        (agus, about_agus),
    ):
        with pytest.raises(NotAllowed):
            require_overseer(office.viewer(person), row)


def test_the_area_of_a_grant_is_the_end_of_the_sight(office, budi, ask_about):
    narrow = office.employee("Sempit", unit=office.root)
    office.grant(narrow, Role.OVERSIGHT, office.unit)
    outside = office.employee("Luar", unit=office.root)
    ask_about(budi)
    row = ask_about(outside, unit=office.root)
    assert names(office.viewer(narrow)) == ["Budi"]
    with pytest.raises(NotAllowed):
        require_overseer(office.viewer(narrow), row)


def test_from_the_list_to_the_reason_through_the_pages(client, office, agus, budi, ask_about, today):
    row = ask_about(budi)
    client.force_login(agus.user)
    page = client.get(reverse("signals:list")).content.decode()
    assert "Budi" in page
    assert "bukan tuduhan" in page
    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("signals:ask", args=[row.pk]) in page
    assert reverse("signals:refer", args=[row.pk]) not in page, "nobody was heard yet"
    assert client.get(reverse("signals:refer", args=[row.pk])).status_code == 409
    form = {"question": "Apa yang terjadi hari itu?", "days": 99, "version": 0}
    assert client.post(reverse("signals:ask", args=[row.pk]), form).status_code == 422
    assert client.post(reverse("signals:ask", args=[row.pk]), form | {"days": 3}).status_code == 302

    client.force_login(budi.user)
    assert "Apa yang terjadi hari itu?" in client.get(reverse("signals:mine")).content.decode()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Apa yang terjadi hari itu?" in page
    assert "/kegiatan/1/" in page, "the records behind it"
    assert "Tidak ada nilai yang berubah" in page
    assert reverse("signals:dismiss", args=[row.pk]) not in page
    assert client.post(reverse("signals:explain", args=[row.pk]), {"answer": "", "version": 1}).status_code == 422
    assert (
        client.post(reverse("signals:explain", args=[row.pk]), {"answer": "Listrik", "version": 1}).status_code == 302
    )

    client.force_login(agus.user)
    assert "Listrik" in client.get(row.get_absolute_url()).content.decode()
    end = {"path": "inspektorat", "reason": "Perlu dilihat bersama", "version": 2}
    assert client.post(reverse("signals:refer", args=[row.pk]), end).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.path) == (S.REFERRED, "inspektorat")
    client.force_login(budi.user)
    assert "Perlu dilihat bersama" in client.get(row.get_absolute_url()).content.decode()


def test_the_list_filters_by_kind_and_state_with_the_oldest_due_first(client, office, agus, budi, ask_about, today):
    for number, state in enumerate((S.DISMISSED, S.NEW, S.ASKED, S.EXPLAINED)):
        due = {"due_on": today + timedelta(days=9 - number)} if state in (S.ASKED, S.EXPLAINED) else {}
        ask_about(budi, state=state, kind="menit_sama" if state == S.NEW else "nilai_menonjol", **due)
    states = [row.state for row in selectors.signals_for(office.viewer(agus))]
    assert states == [S.EXPLAINED, S.ASKED, S.NEW, S.DISMISSED]
    client.force_login(agus.user)
    assert client.get(reverse("signals:list"), {"status": S.NEW}).context["table"].page.paginator.count == 1
    assert client.get(reverse("signals:list"), {"jenis": "nilai_menonjol"}).context["table"].page.paginator.count == 3
    assert client.get(reverse("signals:list"), {"q": "Bagian"}).context["table"].page.paginator.count == 4
    assert "Tidak ada yang cocok" in client.get(reverse("signals:list"), {"q": "Nihil"}).content.decode()


def test_the_list_costs_the_same_for_one_and_fifty(client, office, agus, budi, ask_about):
    client.force_login(agus.user)
    ask_about(budi)
    client.get(reverse("signals:list"))

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("signals:list"))
        return len(queries)

    before = cost()
    for _ in range(49):
        ask_about(budi)
    assert cost() == before


def test_empty_pages_say_what_will_be_there(client, agus, budi):
    client.force_login(agus.user)
    assert "Belum ada pertanyaan" in client.get(reverse("signals:list")).content.decode()
    client.force_login(budi.user)
    page = client.get(reverse("signals:mine")).content.decode()
    assert "Tidak ada pertanyaan" in page
    assert "Belum ada yang dibuka" in page


def test_the_team_is_told_what_is_new_and_what_waits_for_a_word(office, agus, budi, ask_about, today):
    ask_about(budi)
    ask_about(budi, state=S.EXPLAINED)
    ask_about(budi, state=S.ASKED, due_on=today - timedelta(days=1))
    ask_about(budi, state=S.ASKED)
    assert [duty.title for duty in waiting_for(office.viewer(agus))] == [
        "2 pertanyaan menunggu putusan",
        "1 pertanyaan baru",
    ]


class TestThresholds:
    def form(self, today, **changes):
        told = {"valid_from": today.isoformat(), "answer_days": 4, "basis": "SK 1"}
        for source in sources():
            told[f"{source.kind}.asked"] = "ya"
            told |= {f"{source.kind}.{limit.code}": limit.usual for limit in source.limits}
        return told | changes

    def test_the_team_of_the_whole_government_dates_them(self, client, agus, today):
        client.force_login(agus.user)
        changes = {"nilai_menonjol.selisih": 8, "menit_sama.asked": "tidak"}
        answer = client.post(reverse("signals:terms"), self.form(today, **changes))
        assert answer.status_code == 302
        row = SignalTerms.objects.get()
        assert (row.limits, row.silent, row.answer_days) == ({"nilai_menonjol.selisih": 8}, ["menit_sama"], 4)
        assert JournalEntry.objects.get(verb="signals.terms_set").changes.keys() == {"valid_from"}

    def test_never_backwards_nor_out_of_bounds(self, client, agus, today):
        client.force_login(agus.user)
        past = self.form(today, valid_from="2026-01-01")
        assert client.post(reverse("signals:terms"), past).status_code == 422
        assert client.post(reverse("signals:terms"), self.form(today) | {"menit_sama.hari": 1}).status_code == 422
        assert not SignalTerms.objects.exists()

    def test_a_team_of_one_unit_does_not_and_staff_read_no_threshold(self, client, office, budi, ask_about):
        narrow = office.employee("Sempit", unit=office.root)
        office.grant(narrow, Role.OVERSIGHT, office.unit)
        client.force_login(narrow.user)
        assert client.get(reverse("signals:terms")).status_code == 403
        row = ask_about(budi, state=S.ASKED)
        client.force_login(budi.user)
        page = client.get(row.get_absolute_url()).content.decode()
        assert "Ambang" not in page
        assert "Paling sedikit" not in page


def test_a_question_never_answered_twice_by_a_double_click(client, office, budi, ask_about):
    row = ask_about(budi, state=S.ASKED)
    client.force_login(budi.user)
    told = {"answer": "Begini", "version": 0}
    assert client.post(reverse("signals:explain", args=[row.pk]), told).status_code == 302
    assert client.post(reverse("signals:explain", args=[row.pk]), told).status_code == 409
    assert Signal.objects.get().version == 1
