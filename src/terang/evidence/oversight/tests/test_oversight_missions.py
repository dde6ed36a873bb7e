"""Missions: drawn so that anybody can repeat it, and known to nobody outside the team until the last visit."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import Batch, JournalEntry
from terang.audit.sealing import seal
from terang.audit.services import record
from terang.evidence.oversight import services
from terang.evidence.oversight.models import Inspection, Mission, MissionState
from terang.evidence.oversight.services import Brief
from terang.evidence.oversight.states import MOVES, may_move
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role
from terang.rules.oversight.lots import digest_of, drawn, seed_of
from terang.web.errors import NotAllowed, NotNow, Stale

VERBS = {
    "revise": lambda told: services.revise_mission(brief=brief_of(told["mission"], letter="094/13"), **told),
    "list": lambda told: services.list_units(units=Unit.objects.filter(code__startswith="9."), **told),
    "freeze": lambda told: services.freeze_mission(**told),
    "draw": lambda told: services.draw_mission(**told),
    "cancel": lambda told: services.cancel_mission(reason="Surat dicabut", **told),
}


def brief_of(mission, **changed):
    told = {name: getattr(mission, name) for name in Brief.__annotations__ if name != "members"}
    return Brief(members=list(mission.members.all()), **(told | changed))


@pytest.fixture
def others(office):
    """Who must not know: another overseer, an auditor, the personnel agency, and who leads a unit."""
    found = {}
    for name, role in (("Lain", Role.OVERSIGHT), ("Auditor", Role.AUDITOR), ("Kepegawaian", Role.PERSONNEL)):
        found[name] = office.employee(name, unit=office.root)
        office.grant(found[name], role)
    return found | {"Kepala": office.head}


@pytest.fixture
def units(office):
    made = [
        Unit(
            agency=office.agency,
            parent=office.root,
            kind="puskesmas",
            code=f"9.{number}",
            name=f"Puskesmas {name}",
            serves_public=True,
            valid_from=date(2020, 1, 1),
        )
        for number, name in enumerate(("Anggrek", "Bakung", "Cempaka", "Dahlia", "Edelweis", "Flamboyan"))
    ]
    for unit in made:
        unit.save()
        unit.path = f"{office.root.path}{unit.pk}/"
        unit.save(update_fields=["path"])
    return made


@pytest.fixture
def prepare(office, agus, today):
    def prepare(**fields):
        told = {
            "purpose": "Sidak keterisian loket",
            "letter": "094/12",
            "letter_day": today,
            "starts_on": today,
            "last_day": today + timedelta(days=4),
            "lead": agus,
            "members": [],
            "reply_days": 3,
            "lots": 2,
        } | fields
        return services.prepare_mission(actor=office.viewer(agus), brief=Brief(**told), form_key=uuid4())

    return prepare


@pytest.fixture
def act(office, agus):
    """Does something with a mission as Agus, at its current version."""

    def act(verb, mission, **told):
        mission.refresh_from_db()
        return verb(actor=office.viewer(agus), mission=mission, version=mission.version, **told)

    return act


@pytest.fixture
def listed(prepare, act, units):
    mission = prepare()
    act(services.list_units, mission, units=units)
    risky = mission.listed.get(name="Puskesmas Dahlia")
    act(services.set_risk, mission, listed=risky, reason="Tujuh pengaduan sebulan")
    return mission


def something_happens(office):
    with transaction.atomic():
        record("demo.filled", actor=None, obj=office.agency, agency_id=office.agency.pk)


@pytest.fixture
def draw(office, act):
    def draw(mission):
        act(services.freeze_mission, mission)
        seal()
        something_happens(office)
        seal()
        return act(services.draw_mission, mission)

    return draw


def test_the_draw_is_what_anybody_gets_from_the_published_seed(listed, draw):
    mission = draw(listed)
    assert mission.state == MissionState.DRAWN
    assert digest_of(mission.list_text) == mission.list_sha256
    pool = [line.removeprefix("undi: ") for line in mission.list_text.splitlines() if line.startswith("undi: ")]
    assert len(pool) == 5
    assert "9.3" not in pool, "who is visited for risk takes no part"
    expected = drawn(seed_of(mission.salt, Batch.objects.get(pk=mission.beacon_batch).digest), pool, 2)
    chosen = mission.listed.filter(chosen=True)
    assert [row.code for row in chosen.filter(reason="").order_by("rank")] == expected
    assert [row.code for row in chosen.exclude(reason="")] == ["9.3"]


def test_the_digest_was_in_the_journal_before_the_seed_existed(listed, draw):
    mission = draw(listed)
    frozen = JournalEntry.objects.get(verb="oversight.mission_frozen")
    assert frozen.changes["digest"] == mission.list_sha256
    first = Batch.objects.get(pk=mission.beacon_batch).first_position
    assert frozen.position < first
    assert not Batch.objects.filter(first_position__gt=frozen.position, first_position__lt=first).exists()


def test_there_is_no_draw_before_the_seal_and_no_second_one(listed, act, office):
    act(services.freeze_mission, listed)
    with pytest.raises(NotNow, match="belum disegel"):
        act(services.draw_mission, listed)
    seal()
    waiting = act(services.draw_mission, listed)
    assert waiting.state == MissionState.FROZEN, "no later seal yet: the call itself will bring one"
    seal()
    first = act(services.draw_mission, listed)
    assert first.state == MissionState.DRAWN
    with pytest.raises(NotNow, match="satu kali"):
        act(services.draw_mission, listed)


def test_a_frozen_list_cannot_be_changed(listed, act, units):
    act(services.freeze_mission, listed)
    for verb, told in (
        (services.list_units, {"units": units[:3]}),
        (services.set_risk, {"listed": listed.listed.first(), "reason": "Sekarang"}),
        (services.freeze_mission, {}),
    ):
        with pytest.raises(NotNow):
            act(verb, listed, **told)


def test_a_draw_without_a_choice_is_refused(prepare, act, units):
    mission = prepare(lots=3)
    act(services.list_units, mission, units=units[:3])
    with pytest.raises(NotNow, match="lebih sedikit"):
        act(services.freeze_mission, mission)
    idle = prepare(lots=0)
    act(services.list_units, idle, units=units)
    with pytest.raises(NotNow, match="Tidak ada yang dikunjungi"):
        act(services.freeze_mission, idle)


@pytest.mark.parametrize("state", MissionState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_the_table_of_states_is_what_the_verbs_do(listed, act, office, state, verb):
    if state in (MissionState.FROZEN, MissionState.DRAWN):
        act(services.freeze_mission, listed)
        seal()
        something_happens(office)
        seal()
    if state == MissionState.DRAWN:
        act(services.draw_mission, listed)
    if state == MissionState.CANCELLED:
        act(services.cancel_mission, listed, reason="Surat dicabut")
    assert Mission.objects.get(pk=listed.pk).state == state

    def do():
        return act(lambda **told: VERBS[verb](told), listed)

    if state in MOVES[verb]:
        assert do().state == MOVES[verb][state]
    else:
        assert not may_move(Mission.objects.get(pk=listed.pk), verb)
        with pytest.raises(NotNow):
            do()


def test_nothing_is_frozen_or_drawn_after_the_last_day(client, listed, act, office, agus, monkeypatch):
    act(services.freeze_mission, listed)
    seal()
    something_happens(office)
    seal()
    draft = Mission.objects.create(
        **dict.fromkeys(("purpose", "letter"), "Lama"),
        **{name: getattr(listed, name) for name in ("agency", "letter_day", "starts_on", "last_day", "lead", "lots")},
    )
    draft.members.add(agus)
    act(services.list_units, draft, units=Unit.objects.filter(code__startswith="9."))
    moment = timezone.now() + timedelta(days=5)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for verb, mission in ((services.draw_mission, listed), (services.freeze_mission, draft)):
        with pytest.raises(NotNow, match="sudah lewat"):
            act(verb, mission)
    client.force_login(agus.user)
    assert "Undi sekarang" not in client.get(listed.get_absolute_url()).content.decode()
    assert "Bekukan daftar" not in client.get(draft.get_absolute_url()).content.decode()
    later = brief_of(draft, last_day=office.viewer(agus).today)
    act(services.revise_mission, draft, brief=later)
    assert act(services.freeze_mission, draft).state == MissionState.FROZEN


def test_a_letter_is_changed_until_the_list_is_frozen(client, listed, act, office, agus, others):
    url = reverse("oversight:mission_revise", args=[listed.pk])
    client.force_login(others["Lain"].user)
    assert client.get(url).status_code == 403
    client.force_login(agus.user)
    assert url in client.get(listed.get_absolute_url()).content.decode()
    listed.refresh_from_db()
    told = {
        "purpose": "Sidak antrean",
        "letter": "094/13",
        "letter_day": listed.letter_day.isoformat(),
        "starts_on": listed.starts_on.isoformat(),
        "last_day": (listed.starts_on - timedelta(days=1)).isoformat(),
        "lots": 1,
        "reply_days": 5,
        "lead": agus.pk,
        "members": [others["Lain"].pk],
        "version": listed.version,
    }
    refused = client.post(url, told)
    assert refused.status_code == 422
    assert "Sidak antrean" in refused.content.decode(), "nothing typed is lost"
    assert client.post(url, told | {"last_day": listed.last_day.isoformat()}).status_code == 302
    revised = Mission.objects.get(pk=listed.pk)
    assert (revised.letter, revised.lots, revised.reply_days) == ("094/13", 1, 5)
    assert set(revised.members.all()) == {agus, others["Lain"]}
    assert revised.listed.filter(reason="Tujuh pengaduan sebulan").exists(), "the list stays"
    assert JournalEntry.objects.filter(verb="oversight.mission_revised").count() == 1
    with pytest.raises(Stale):
        services.revise_mission(
            actor=office.viewer(agus), mission=revised, brief=brief_of(revised), version=listed.version
        )
    act(services.freeze_mission, revised)
    assert "094/13" in Mission.objects.get(pk=listed.pk).list_text


def test_odd_letters_and_people_are_refused(prepare, office, today):
    stranger = office.employee("Bukan Pengawas")
    for fields, field in (
        ({"last_day": today - timedelta(days=1)}, "last_day"),
        ({"lots": -1}, "lots"),
        ({"reply_days": 0}, "reply_days"),
        ({"members": [stranger]}, "members"),
    ):
        with pytest.raises(ValidationError) as refused:
            prepare(**fields)
        assert field in refused.value.message_dict
    assert not Mission.objects.exists()


def test_a_stale_page_and_a_stranger_are_refused(listed, office, others):
    with pytest.raises(Stale):
        services.freeze_mission(actor=office.viewer(listed.lead), mission=listed, version=0)
    for person in others.values():
        listed.refresh_from_db()
        with pytest.raises(NotAllowed):
            services.freeze_mission(actor=office.viewer(person), mission=listed, version=listed.version)


def texts(client, person, mission):
    """What somebody reads of a mission, wherever it could stand."""
    client.force_login(person.user)
    urls = [
        mission.get_absolute_url(),
        reverse("oversight:mission_list", args=[mission.pk]),
        reverse("oversight:missions"),
        reverse("boards:missions"),
        reverse("boards:today"),
        reverse("audit:journal"),
        reverse("audit:history", args=["oversight.mission", mission.pk]),
    ]
    answers = [client.get(url) for url in urls]
    return "\n".join(answer.content.decode() for answer in answers if answer.status_code == 200)


def test_nobody_outside_the_team_learns_a_unit_before_the_last_visit(client, listed, draw, others, agus, office):
    mission = draw(listed)
    for person in others.values():
        told = texts(client, person, mission)
        assert "Puskesmas" not in told
        assert "9.1" not in told
        assert mission.salt not in told
        assert "Tujuh pengaduan" not in told
        assert "keterisian loket" not in told
    told = texts(client, agus, mission)
    assert "Puskesmas Dahlia" in told
    assert mission.salt in told
    client.force_login(others["Lain"].user)
    assert mission.list_sha256 in client.get(mission.get_absolute_url()).content.decode(), "the seal is public"
    client.force_login(office.head.user)
    assert client.get(mission.get_absolute_url()).status_code == 403
    entries = JournalEntry.objects.filter(verb__startswith="oversight.mission")
    assert not entries.exclude(unit_id=None).exists()
    assert "9.3" not in str(list(entries.values_list("changes", "reason")))


def test_everything_is_open_after_the_last_visit(client, listed, draw, act, agus, office, others):
    mission = draw(listed)
    for row in mission.listed.filter(chosen=True):
        visit = services.visit_unit(actor=office.viewer(agus), mission=mission, unit=row.unit, form_key=uuid4())
        again = services.visit_unit(actor=office.viewer(agus), mission=mission, unit=row.unit, form_key=uuid4())
        assert visit == again
        assert (visit.letter, visit.mission_id) == ("094/12", mission.pk)
    assert Inspection.objects.count() == 3
    client.force_login(office.head.user)
    page = client.get(mission.get_absolute_url()).content.decode()
    assert mission.salt in page
    assert "Puskesmas Dahlia" in page
    listing = client.get(reverse("oversight:mission_list", args=[mission.pk])).content.decode()
    assert digest_of(listing) == mission.list_sha256
    assert mission.get_absolute_url() in client.get(reverse("oversight:missions")).content.decode()


def test_it_is_open_after_its_last_day_and_when_cancelled(client, listed, draw, act, office, monkeypatch):
    mission = draw(listed)
    client.force_login(office.head.user)
    assert client.get(mission.get_absolute_url()).status_code == 403
    act(services.cancel_mission, mission, reason="Hasil undian tidak disukai")
    assert "Hasil undian tidak disukai" in client.get(mission.get_absolute_url()).content.decode()
    Mission.objects.filter(pk=mission.pk).update(state=MissionState.DRAWN)
    assert client.get(mission.get_absolute_url()).status_code == 403
    moment = timezone.now() + timedelta(days=5)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    client.force_login(office.head.user)
    assert client.get(mission.get_absolute_url()).status_code == 200


def test_a_frozen_list_that_was_never_drawn_opens_with_the_lots_it_would_have_given(
    client, listed, act, agus, office, monkeypatch
):
    mission = act(services.freeze_mission, listed)
    seal()
    something_happens(office)
    seal()
    listing = reverse("oversight:mission_list", args=[mission.pk])
    client.force_login(agus.user)
    told = client.get(mission.get_absolute_url()).content.decode()
    assert mission.list_sha256 in told
    assert mission.salt not in told, "who knows the salt knows the lots before they are drawn"
    assert client.get(listing).status_code == 403
    client.force_login(office.head.user)
    assert client.get(mission.get_absolute_url()).status_code == 403
    moment = timezone.now() + timedelta(days=5)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    client.force_login(office.head.user)
    page = client.get(mission.get_absolute_url()).content.decode()
    frozen = JournalEntry.objects.get(verb="oversight.mission_frozen")
    seed = seed_of(mission.salt, Batch.objects.filter(first_position__gt=frozen.position).first().digest)
    assert seed in page
    assert "lalu tidak diundi" in page
    pool = [f"9.{number}" for number in range(6) if number != 3]
    places = [page.index(f">{code} ") for code in drawn(seed, pool, 5)]
    assert places == sorted(places)
    assert digest_of(client.get(listing).content.decode()) == mission.list_sha256
    assert mission.get_absolute_url() in client.get(reverse("oversight:missions")).content.decode()


def test_who_left_the_oversight_team_reads_no_sealed_mission(client, listed, draw, agus, office):
    mission = draw(listed)
    agus.role_grants.all().delete()
    client.force_login(agus.user)
    assert client.get(mission.get_absolute_url()).status_code == 403
    assert client.get(reverse("oversight:mission_list", args=[mission.pk])).status_code == 403
    assert mission.purpose not in client.get(reverse("oversight:missions")).content.decode()


def test_only_chosen_units_are_visited_on_the_days_of_the_mission(
    listed, draw, agus, office, units, monkeypatch, others
):
    told = {"actor": office.viewer(agus), "form_key": uuid4()}
    risky = listed.listed.get(code="9.3").unit
    with pytest.raises(NotNow, match="diundi"):
        services.visit_unit(mission=listed, unit=risky, **told)
    mission = draw(listed)
    spared = mission.listed.filter(chosen=False).first().unit
    with pytest.raises(NotNow, match="tidak terpilih"):
        services.visit_unit(mission=mission, unit=spared, **told)
    with pytest.raises(NotAllowed):
        services.visit_unit(actor=office.viewer(others["Lain"]), mission=mission, unit=risky, form_key=uuid4())
    moment = timezone.now() + timedelta(days=5)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with pytest.raises(NotNow, match="hari-hari misi"):
        services.visit_unit(actor=office.viewer(agus), mission=mission, unit=risky, form_key=uuid4())


def test_through_the_pages_from_the_letter_to_the_door(client, agus, units, today, office):
    client.force_login(agus.user)
    form = {
        "purpose": "Sidak loket",
        "letter": "094/13",
        "letter_day": today.isoformat(),
        "starts_on": today.isoformat(),
        "last_day": today.isoformat(),
        "lots": "2",
        "reply_days": "3",
        "lead": agus.pk,
        "form_key": str(uuid4()),
    }
    assert client.post(reverse("oversight:mission_new"), form | {"reply_days": "90"}).status_code == 422
    client.post(reverse("oversight:mission_new"), form)
    mission = Mission.objects.get()

    def post(name, *more, **told):
        mission.refresh_from_db()
        url = reverse(f"oversight:mission_{name}", args=[mission.pk, *more])
        answer = client.post(url, {"version": mission.version} | told)
        mission.refresh_from_db()
        return answer

    assert post("units").status_code == 422
    assert post("units", units=[unit.pk for unit in units]).status_code == 302
    assert post("risk", listed=mission.listed.first().pk, reason="Pengaduan").status_code == 302
    post("freeze")
    seal()
    assert "Panggilan undian masuk jejak" in client.get(post("draw")["Location"]).content.decode()
    seal()
    post("draw")
    assert mission.state == MissionState.DRAWN
    door = mission.listed.filter(chosen=True).first()
    opened = post("visit", door.pk, form_key=str(uuid4()))
    visit = Inspection.objects.get()
    assert opened["Location"] == visit.get_absolute_url()
    assert mission.get_absolute_url() in client.get(visit.get_absolute_url()).content.decode()


def test_the_pages_cost_the_same_whatever_the_length(
    client, agus, listed, draw, office, django_assert_num_queries, django_assert_max_num_queries, prepare
):
    mission = draw(listed)
    client.force_login(agus.user)
    with django_assert_max_num_queries(16) as one:
        client.get(mission.get_absolute_url())
    many = [
        Unit(
            agency=office.agency,
            parent=office.root,
            kind="seksi",
            code=f"8.{n}",
            name=f"Seksi {n}",
            valid_from=date(2020, 1, 1),
            path="/0/",
        )
        for n in range(50)
    ]
    for unit in Unit.objects.bulk_create(many):
        mission.listed.create(unit=unit, code=unit.code, name=unit.name)
    with django_assert_num_queries(len(one)):
        client.get(mission.get_absolute_url())
    with django_assert_max_num_queries(16) as few:
        client.get(reverse("oversight:missions"))
    for number in range(30):
        prepare(letter=f"0{number}")
    with django_assert_num_queries(len(few)):
        page = client.get(reverse("oversight:missions")).content.decode()
    assert "Halaman 1 dari 2" in page
