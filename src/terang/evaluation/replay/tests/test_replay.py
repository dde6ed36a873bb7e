"""Replays: equal to official scores, nothing written about people, told once, and only to those who may know."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, TODAY
from tests.policy import policy_of

from terang.audit.models import JournalEntry
from terang.engine.replay import compare
from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.drafts.services import begin_draft
from terang.evaluation.models import Score, ScoreComponent
from terang.evaluation.policies import rules_of
from terang.evaluation.replay import folders, picture, preparing, selectors
from terang.evaluation.replay.models import CopyState, EvidenceCopy, Opening, Replay, Source
from terang.evaluation.replay.services import drop_unused, open_replay, prepare, prepare_again, start_replay
from terang.evaluation.replay.spans import Stretch, stretches
from terang.evaluation.replay.tasks import prepare_copy
from terang.evaluation.services import RULESET, close_period, open_periods, publish_policy, recompute_agency
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.people.models import Assignment, Employee, RoleGrant
from terang.rules.policies import digest, document_of, load_policy, load_preset
from terang.rules.policies.knobs import turned
from terang.web.errors import NotAllowed, NotNow

POLICY = policy_of(
    "disiplin",
    """
[[aspects]]
code = "disiplin"
label = "Disiplin"
label_en = "Discipline"
weight_bp = 6000
measures = [{ code = "attendance_rate", share_bp = 10000 }]

[[aspects]]
code = "tepat"
label = "Tepat waktu"
label_en = "Punctuality"
weight_bp = 4000
measures = [{ code = "punctuality", share_bp = 10000 }]
""",
)
DAYS = {"andi": (10, 0, 0), "rina": (9, 1, 0), "hendra": (8, 2, 4), "siti": (5, 5, 1), "dewi": (10, 0, 10)}
"""Present, absent, late of the present, in the first working days of November."""


@pytest.fixture
def city(cast, monkeypatch):
    """Five people with attendance in November, scored officially."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cast.version = publish_policy(agency=cast.agency, text=POLICY)
    [cast.period] = open_periods(agency=cast.agency, start=date(2026, 11, 1), end=date(2026, 12, 1))
    for name, (present, absent, late) in DAYS.items():
        attend(cast.people[name], present, absent, late)
    recompute_agency(agency=cast.agency, period=cast.period)
    return cast


def attend(employee, present, absent=0, late=0):
    for number in range(present + absent):
        here = number < present
        AttendanceDay.objects.create(
            employee=employee,
            day=date(2026, 11, 2) + timedelta(days=number),
            status="hadir" if here else "tanpa_keterangan",
            late_minutes=20 if number < late else 0,
        )


def november(city):
    return next(each for each in stretches(city.agency, TODAY) if each.period == city.period)


def start(city, name="maya", policy=None, **more):
    said = {"stretch": november(city), "source": Source.VERSION, "form_key": uuid4()} | more
    actor = city.viewer(name) if name else None
    return start_replay(actor=actor, agency=city.agency, policy=policy or rules_of(city.version), **said)


@pytest.fixture
def replay(city):
    """The policy in force tried on November, its evidence copied."""
    made = start(city)
    prepare_copy.func(made.copy_id)
    return Replay.objects.select_related("copy__policy", "copy__period", "copy__agency").get(pk=made.pk)


def tried(replay, **wanted):
    base = rules_of(replay.copy.policy)
    return compare(folders.folder_of(replay.copy), base, turned(base, wanted), RULESET)


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def page(replay, **query):
    return reverse("replay:page", args=[replay.pk], query=query)


# ── The same as official scores ──────────────────────────────────────────────────────────────────────────────────────


def test_an_unchanged_policy_gives_every_official_score_to_the_digit(city, replay):
    official = {
        score.employee_id: (score.unit_id, score.total_bp, score.work_result, score.behaviour, score.below_standard)
        for score in Score.objects.filter(period=city.period)
    }
    replayed = {
        move.employee_id: (move.unit_id, move.total_after, move.work_after, move.behaviour_after, move.below_after)
        for move in tried(replay).moves()
    }
    assert replayed == official
    assert sum(total is not None for _, total, *_ in official.values()) == len(DAYS)
    assert (replay.copy.compared, replay.copy.same) == (len(official), len(official))
    assert replay.copy.people == len(official) == len(replayed)


def test_a_turned_policy_gives_what_it_would_have_given_officially(city, replay):
    """By hand for Hendra: present 8 of 10, punctual 4 of 8. 60/40 gives 68.0; 20/80 gives 56.0."""
    assert Score.objects.get(period=city.period, employee=city.hendra).total_bp == 6_800
    found = {move.employee_id: move for move in tried(replay, **{"w..disiplin": 2_000, "w..tepat": 8_000}).moves()}
    assert found[city.hendra.pk].total_before == 6_800
    assert found[city.hendra.pk].total_after == 5_600
    assert found[city.hendra.pk].below_after
    other = POLICY.replace("weight_bp = 6000", "weight_bp = 2000").replace("weight_bp = 4000", "weight_bp = 8000")
    publish_policy(agency=city.agency, text=other.replace("version = 1", "version = 2"))
    recompute_agency(agency=city.agency, period=city.period)
    stored = dict(Score.objects.filter(period=city.period).values_list("employee_id", "total_bp"))
    assert stored == {pk: move.total_after for pk, move in found.items()}


def test_evidence_that_came_after_closing_is_told_and_not_hidden(city):
    close_period(period=city.period, actor=city.viewer("maya"))
    attend(city.joko, 4)
    made = start(city)
    prepare_copy.func(made.copy_id)
    copy = EvidenceCopy.objects.get(pk=made.copy_id)
    assert copy.compared - copy.same == 1


def test_a_copy_keeps_what_was_while_evidence_goes_on(city, replay):
    before = tried(replay).whole
    AttendanceDay.objects.filter(employee=city.andi).delete()
    assert tried(replay).whole == before


def test_by_hand_who_moves(city, replay):
    """Attendance alone is the work result: 100, 90, 80, 50, 100. With "meets" from 85, Hendra (80) falls."""
    whole = tried(replay, work_meets=8_500).whole
    assert (whole.up, whole.down, whole.stayed) == (0, 1, whole.people - 1)
    assert [move.employee_id for move in tried(replay, work_meets=8_500).moves("down")] == [city.hendra.pk]


# ── What it leaves behind ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_replay_writes_no_score_and_no_entry_about_a_person(city, client):
    def state():
        return (
            list(Score.objects.order_by("pk").values()),
            list(ScoreComponent.objects.order_by("pk").values()),
            JournalEntry.objects.exclude(verb__startswith="replay.").count(),
        )

    before = state()
    made = start(city)
    prepare_copy.func(made.copy_id)
    client.force_login(city.maya.user)
    for address in ("page", "units", "people", "draft"):
        assert client.get(reverse(f"replay:{address}", args=[made.pk], query={"w..disiplin": "90"})).status_code == 200
    assert state() == before
    assert not JournalEntry.objects.filter(verb__startswith="replay.", subject_employee_id__isnull=False).exists()


def test_starting_is_told_with_what_and_when_and_opening_once_for_each_person(city, replay, client):
    [entry] = JournalEntry.objects.filter(verb="replay.started")
    assert entry.actor_id == city.maya.user_id
    assert entry.changes["start"] == "2026-11-01"
    assert entry.changes["digest"] == digest(rules_of(city.version))
    for _ in range(3):
        client.force_login(city.maya.user)
        client.get(page(replay, **{"w..disiplin": "70"}))
        client.force_login(city.lina.user)
        client.get(page(replay))
    opened = JournalEntry.objects.filter(verb="replay.opened").values_list("actor_id", flat=True)
    assert sorted(opened) == sorted([city.maya.user_id, city.lina.user_id])
    assert Opening.objects.count() == 2


def test_the_same_form_twice_is_one_replay_and_a_copy_of_today_is_used_again(city):
    key = uuid4()
    first, second = start(city, form_key=key), start(city, form_key=key)
    assert first == second
    prepare_copy.func(first.copy_id)
    third = start(city, policy=load_preset("palu"), source=Source.PRESET)
    assert third.copy_id == first.copy_id
    assert EvidenceCopy.objects.count() == 1


def test_a_copy_whose_folder_is_gone_is_made_anew(city, replay):
    folders.remove(replay.copy.folder)
    assert start(city).copy_id != replay.copy_id


def test_a_killed_worker_is_followed_by_another_and_a_living_one_is_left_alone(city):
    copy = start(city).copy
    EvidenceCopy.objects.filter(pk=copy.pk).update(state=CopyState.MAKING, beaten_at=NOW - timedelta(seconds=5))
    assert prepare(copy=copy).state == CopyState.MAKING
    EvidenceCopy.objects.filter(pk=copy.pk).update(beaten_at=NOW - timedelta(minutes=2))
    assert prepare(copy=copy).state == CopyState.READY


def test_a_copy_that_fails_says_so_and_leaves_no_folder(city, monkeypatch):
    copy = start(city).copy
    with monkeypatch.context() as broken:
        broken.setattr(preparing, "_add", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            prepare(copy=copy)
    copy.refresh_from_db()
    assert (copy.state, copy.folder) == (CopyState.FAILED, "")
    prepare_again(actor=city.viewer("maya"), copy=copy)
    prepare_copy.func(copy.pk)
    copy.refresh_from_db()
    assert copy.state == CopyState.READY


def test_unused_copies_are_deleted_and_strangers_folders_too(city, replay, django_capture_on_commit_callbacks):
    stranger = folders.folder_of(replay.copy).with_name("sisa")
    stranger.mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        drop_unused()
    assert folders.is_there(replay.copy)
    assert not stranger.exists()
    EvidenceCopy.objects.update(used_on=TODAY - timedelta(days=40))
    with django_capture_on_commit_callbacks(execute=True):
        drop_unused()
    assert not folders.is_there(replay.copy)
    replay.copy.refresh_from_db()
    assert replay.copy.state == CopyState.GONE
    assert JournalEntry.objects.filter(verb="replay.copy_deleted").count() == 1


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["maya", "mayor"])
def test_personnel_and_regional_head_start(city, name):
    assert start(city, name).started_by == city.people[name]


@pytest.mark.parametrize("name", ["lina", "agus", "tono", "sri", "andi"])
def test_others_do_not_start(city, name):
    with pytest.raises(NotAllowed):
        start(city, name)


def test_the_auditor_reads_and_prepares_nothing_again(city, replay):
    assert open_replay(actor=city.viewer("lina"), replay=replay)
    folders.remove(replay.copy.folder)
    with pytest.raises(NotAllowed):
        prepare_again(actor=city.viewer("lina"), copy=replay.copy)


def test_a_role_over_some_units_alone_is_not_enough(city, replay, client):
    RoleGrant.objects.filter(employee=city.maya).update(unit=city.units["health"])
    client.force_login(city.maya.user)
    answer = client.get(page(replay))
    assert answer.status_code == 403
    assert "hanya untuk sebagian unit" in text_of(answer)


def test_a_ready_copy_is_not_prepared_again(city, replay):
    with pytest.raises(NotNow):
        prepare_again(actor=city.viewer("maya"), copy=replay.copy)


def test_only_personnel_reads_names_and_small_units(city, replay, client):
    client.force_login(city.maya.user)
    assert "Hendra Saputra" in text_of(client.get(reverse("replay:people", args=[replay.pk])))
    assert "Puskesmas Melati" in text_of(client.get(reverse("replay:units", args=[replay.pk])))
    for name in ("mayor", "lina"):
        client.force_login(city.people[name].user)
        assert client.get(reverse("replay:people", args=[replay.pk])).status_code == 403
        shown = text_of(client.get(reverse("replay:units", args=[replay.pk])))
        assert "kelompok kecil" in shown
        assert "Puskesmas Melati" not in shown
        for person in ("Hendra Saputra", "Siti Rahma"):
            assert person not in text_of(client.get(page(replay)))


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sliding_answers_with_the_picture_alone_and_an_address_to_share(city, replay, client):
    client.force_login(city.maya.user)
    answer = client.get(page(replay, **{"w..disiplin": "60", "w..tepat": "60"}), headers={"HX-Request": "true"})
    told = text_of(answer)
    assert "<html" not in told
    assert "dipakai 50 % · berlaku 60 %" in told
    assert 'hx-swap-oob="innerHTML:#kabar">Tidak ada dari 12 orang yang berpindah kelas' in told
    assert answer.headers["HX-Replace-Url"] == f"/putar-ulang/{replay.pk}/?w..tepat=60"
    whole = text_of(client.get(answer.headers["HX-Replace-Url"]))
    assert "dipakai 50 % · berlaku 60 %" in whole
    assert 'value="60"' in whole


def test_a_locked_weight_stays(city, replay, client):
    client.force_login(city.maya.user)
    told = text_of(client.get(page(replay, **{"w..disiplin": "90", "kunci": "w..disiplin"})))
    assert "dipakai 90 % · berlaku 60 %" in told
    assert "dipakai 10 % · berlaku 40 %" in told


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"w..disiplin": "banyak"}, "Tulis angka antara 0,01 dan 100"),
        ({"w..disiplin": "0"}, "Tulis angka antara 0,01 dan 100"),
        ({"standard": "121"}, "Tulis angka antara 0 dan 120"),
        ({"work_meets": "95"}, "harus di bawah batas"),
        ({"w..disiplin": "90", "w..tepat": "90", "kunci": ["w..disiplin", "w..tepat"]}, "Bobot yang dikunci"),
        ({"pagu": "banyak", "cara": "score", "bayar_none": "0"}, "Tulis rupiah tanpa desimal"),
        ({"pagu": "3.000.000", "bayar_none": "0"}, "Pilih cara membayarnya."),
        ({"pagu": "3.000.000", "cara": "score"}, "Tulis berapa persen yang dibayar"),
        ({"pagu": "1", "cara": "ladder", "bayar_none": "0", "tangga": "90-100"}, "Tulis tangga sebagai nilai:persen"),
        ({"pagu": "1", "cara": "ladder", "bayar_none": "0", "tangga": "9:1 9:2"}, "tiap nilai sekali"),
    ],
)
def test_what_cannot_be_reckoned_with_is_told_beside_it_and_stays_typed(city, replay, client, query, said):
    client.force_login(city.maya.user)
    answer = client.get(page(replay, **query))
    told = text_of(answer)
    assert answer.status_code == 200
    assert said in told
    assert "berpindah kelas" not in told.split('id="hasil"')[1]
    for value in query.values():
        assert isinstance(value, list) or f'value="{value}"' in told or f'value="{value}" selected' in told


def test_money_is_only_told_by_an_assumption_and_is_that_of_the_hand(city, replay, client):
    """Paid by the score, and nothing to who has none: the sum of all totals, of a million each."""
    client.force_login(city.maya.user)
    assert "Rp" not in text_of(client.get(page(replay))).split('id="hasil"')[1]
    told = text_of(client.get(page(replay, pagu="1.000.000", cara="score", bayar_none="0")))
    totals = sum(score.total_bp or 0 for score in Score.objects.filter(period=city.period))
    assert f"Rp{totals * 100:,}".replace(",", ".") in told
    assert "Bukan TPP yang akan dibayar." in told


def test_a_download_has_every_unit_and_adds_up(city, replay, client):
    client.force_login(city.maya.user)
    answer = client.get(reverse("replay:units", args=[replay.pk], query={"work_meets": "85", "ekspor": "csv"}))
    text = b"".join(answer).decode("utf-8-sig")
    mark = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=mark))
    assert sum(int(row["Orang"]) for row in rows) == replay.copy.people
    assert sum(int(row["Turun kelas"]) for row in rows) == 1


def test_what_is_tried_becomes_text_that_may_be_published_next(city, replay, client):
    client.force_login(city.maya.user)
    query = {"w..disiplin": "90", "kunci": "w..disiplin", "standard": "70", "unduh": "1"}
    text = client.get(reverse("replay:draft", args=[replay.pk], query=query)).content.decode()
    policy = load_policy(text)
    assert [aspect.weight_bp for aspect in policy.aspects] == [9_000, 1_000]
    assert policy.standard_bp == 7_000
    page = client.get(reverse("replay:draft", args=[replay.pk], query={"w..disiplin": "90", "kunci": "w..disiplin"}))
    key = {"form_key": str(page.context["form"]["form_key"].value())}
    address = reverse("replay:take", args=[replay.pk], query={"w..disiplin": "90", "kunci": "w..disiplin"})
    made = [client.post(address, key).url for _twice in range(2)]
    draft = PolicyDraft.objects.get()
    assert made == [draft.get_absolute_url()] * 2
    assert [aspect.weight_bp for aspect in load_policy(draft.text).aspects] == [9_000, 1_000]


def test_a_draft_is_tried_before_it_is_approved(city, client):
    client.force_login(city.maya.user)
    draft = begin_draft(
        actor=city.viewer("maya"), form_key=uuid4(), document=document_of(load_preset("palu")), base=None
    )
    page = client.get(reverse("replay:start", query={"draf": draft.pk}))
    assert page.context["form"]["policy"].value() == f"d-{draft.pk}"
    said = {"stretch": november(city).code, "policy": f"d-{draft.pk}", "form_key": str(uuid4())}
    client.post(reverse("replay:start"), said)
    assert Replay.objects.get(source=Source.DRAFT).title == draft.title
    PolicyDraft.objects.update(text="judul")
    refused = client.post(reverse("replay:start"), said | {"form_key": str(uuid4())})
    assert refused.status_code == 422


def test_a_preset_becomes_text_of_this_government(city, client):
    made = start(city, policy=load_preset("palu"), source=Source.PRESET)
    prepare_copy.func(made.copy_id)
    client.force_login(city.maya.user)
    text = client.get(reverse("replay:draft", args=[made.pk], query={"unduh": "1"})).content.decode()
    assert load_policy(text).agency_code == city.agency.code


def test_starting_from_the_form_with_a_pasted_text(city, client):
    client.force_login(city.maya.user)
    address = reverse("replay:start")
    said = {"stretch": november(city).code, "policy": "tempel", "form_key": str(uuid4())}
    empty = client.post(address, said | {"text": ""})
    assert empty.status_code == 422
    assert "Tempel dulu isi kebijakannya" in text_of(empty)
    wrong = client.post(address, said | {"text": POLICY.replace("6000", "7000")})
    assert wrong.status_code == 422
    assert "seharusnya" in text_of(wrong)
    assert "weight_bp = 7000" in text_of(wrong)
    right = client.post(address, said | {"text": POLICY.replace("standard_bp = 6500", "standard_bp = 6000")})
    made = Replay.objects.get()
    assert right.url == made.get_absolute_url()
    assert (made.source, selectors.tried_policy(made).standard_bp) == (Source.PASTED, 6_000)


def test_until_the_evidence_is_there_the_page_says_how_far_it_is(city, client):
    made = start(city)
    EvidenceCopy.objects.filter(pk=made.copy_id).update(state=CopyState.MAKING, total=13, done=5, beaten_at=NOW)
    client.force_login(city.maya.user)
    told = text_of(client.get(page(made)))
    assert "5 dari 13" in told
    assert "hx-trigger" in told
    EvidenceCopy.objects.filter(pk=made.copy_id).update(state=CopyState.WAITING)
    prepare_copy.func(made.copy_id)
    answer = client.get(reverse("replay:progress", args=[made.pk]), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == made.get_absolute_url()
    EvidenceCopy.objects.filter(pk=made.copy_id).update(state=CopyState.GONE)
    answer = client.get(page(made, standard="70"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == made.get_absolute_url()
    assert "sudah dihapus karena lama tidak dipakai" in text_of(client.get(page(made)))


def test_without_a_policy_there_is_nothing_to_replay(cast, client):
    client.force_login(cast.maya.user)
    assert "Belum ada kebijakan" in text_of(client.get(reverse("replay:start")))


def test_a_time_in_which_nobody_worked_says_so(city, client):
    before = Stretch("lama", "Tahun 2018", date(2018, 1, 1), date(2019, 1, 1))
    made = start(city, stretch=before)
    prepare_copy.func(made.copy_id)
    client.force_login(city.maya.user)
    answer = client.get(page(made))
    assert answer.status_code == 200
    assert "Pada waktu ini tidak ada orang yang dinilai." in text_of(answer)
    assert client.get(reverse("replay:units", args=[made.pk])).status_code == 409


def test_the_pages_ask_the_same_however_many_people_there_are(city, client):
    def queries(name, made, **query):
        address = reverse(f"replay:{name}", args=[made.pk], query=query)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    client.force_login(city.maya.user)
    few = start(city)
    prepare_copy.func(few.copy_id)
    counts = [queries(name, few, standard="70") for name in ("page", "units", "people")]
    for number in range(50):
        person = Employee.objects.create(
            agency=city.agency,
            nip=f"{199301012018010000 + number}",
            name=f"Orang {number}",
            status="pns",
            joined_on=TODAY,
        )
        Assignment.objects.create(employee=person, post=city.posts["nurse"], starts_on=date(2026, 11, 1))
        attend(person, 5)
    EvidenceCopy.objects.update(as_of=TODAY - timedelta(days=1))
    many = start(city)
    prepare_copy.func(many.copy_id)
    assert EvidenceCopy.objects.get(pk=many.copy_id).people >= 60
    assert [queries(name, many, standard="70") for name in ("page", "units", "people")] == counts
    assert max(counts) <= 16


def test_small_groups_are_put_together_until_nobody_can_be_counted_out():
    tallies = {label: picture.Tally(people=people, up=1) for label, people in [("a", 9), ("b", 2), ("c", 6), ("d", 1)]}
    rows = picture.lines(tallies, 5)
    assert [(row.few, row.tally.people) for row in rows] == [(False, 9), (True, 9)]
    assert sum((row.tally for row in rows), picture.Tally()) == sum(tallies.values(), picture.Tally())
    assert [row.few for row in picture.lines(tallies)] == [False] * 4


def test_no_small_unit_can_be_reckoned_from_the_row_of_its_office():
    def of(people):
        return picture.Tally(people=people, down=people)

    offices = {"A": {"A1": of(6), "A2": of(2)}, "B": {"B1": of(3)}, "C": {"C1": of(7), "C2": of(2), "C3": of(4)}}
    totals = {office: sum(units.values(), picture.Tally()) for office, units in offices.items()}
    shown = [(row.label, row.tally.people) for row in picture.lines(totals, 5)]
    assert shown == [("C", 13), ("2 kelompok kecil digabung", 11)]
    found = {row.label: row.tally.people for row in picture.unit_lines(offices, 5)}
    assert found == {"C · C1": 7, "C · 2 kelompok kecil digabung": 6, "2 kelompok kecil digabung": 11}
    everything = picture.unit_lines(offices)
    assert len(everything) == 6
    assert sum(row.tally.people for row in everything) == 24


def test_the_page_speaks_english(city, replay, client):
    client.force_login(city.maya.user)
    client.cookies["django_language"] = "en"
    told = text_of(client.get(page(replay, work_meets="85")))
    assert "1 of 12 people changes class" in told
    assert "berpindah" not in told
