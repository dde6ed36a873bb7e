"""Counselling: for its two people alone. An attacker who reads every table of the database learns neither what was
said, nor who talked with whom."""

from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.http import Http404
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.custody import keys
from terang.follow_up.coaching.duties import waiting_for
from terang.follow_up.coaching.models import Counselling, CounsellingTally
from terang.follow_up.coaching.services import counselling as talks
from terang.follow_up.coaching.services import every_hour
from terang.web.errors import NotAllowed, NotNow, Stale

GOAL, NOTES, STEP = "Saya tidak tidur karena loket.", "Anaknya sakit sejak Mei.", "Menghubungi dokter keluarga"


def opened(room, client="andi", key=None) -> Counselling:
    return talks.open_counselling(
        actor=room.viewer(client), other=room.cast.rina, counsels=False, goal=GOAL, form_key=key or uuid4()
    )


def do(room, verb, by, row, **others):
    version = Counselling.objects.get(pk=row.pk).version
    return getattr(talks, verb)(actor=room.viewer(by), pk=row.pk, version=version, **others)


def held(room, row, client="andi"):
    do(room, "name_day", "rina", row, day=room.day, clock=time(10), place="Ruang teduh")
    do(room, "agree_day", client, row)
    do(room, "write", "rina", row, notes=NOTES)
    do(room, "add_step", client, row, own=True, text=STEP, due_on=room.day + timedelta(days=7))
    do(room, "confirm", client, row)
    do(room, "confirm", "rina", row)


def whole(room, client="andi", key=None) -> Counselling:
    row = opened(room, client, key)
    do(room, "accept", "rina", row)
    held(room, row, client)
    return row


@pytest.fixture
def counselled(room):
    room.counsellor()
    return room


def everything() -> dict[str, list[tuple]]:
    """Every row of every table, in the order in which it lies there."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608 (our own tables)
            names = [column[0] for column in cursor.description]
            found[model._meta.db_table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def raw(value) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_its_two_people_read_it_whole(counselled):
    row = whole(counselled)
    for name in ("andi", "rina"):
        told = talks.counselling_for(counselled.viewer(name), row.pk).content
        assert (told.goal, told.talks[0].notes, told.steps[0].text) == (GOAL, NOTES, STEP)


def test_for_everybody_else_there_is_nothing(counselled, sign_in):
    row = whole(counselled)
    for name in ("hendra", "sri", "maya", "agus", "lina", "tono", "mayor", "joko"):
        client = sign_in(name)
        assert client.get(row.get_absolute_url()).status_code == 404, name
        for verb in ("tulis", "hapus", "akhiri"):
            address = reverse("coaching:counselling_act", args=[row.pk, verb])
            assert client.post(address, {"version": row.version, "notes": "x"}).status_code == 404
        assert "Andi" not in client.get(reverse("coaching:counsellings")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_attacker_with_the_whole_database_reads_no_word(counselled):
    whole(counselled)
    stored = b"\n".join(raw(value) for rows in everything().values() for row in rows for value in row.values())
    for word in (GOAL, NOTES, STEP, "Ruang teduh"):
        assert word.encode() not in stored
    [row] = Counselling.objects.all()
    for name in ("andi", "rina"):
        employee = counselled.cast.people[name]
        for told in (str(employee.pk), employee.nip, employee.name, str(employee.user_id)):
            assert told not in (row.client_mark, row.counsellor_mark)
        assert employee.nip.encode() not in bytes(row.sealed)


def test_two_worlds_with_another_client_are_equal_in_every_table(counselled, monkeypatch):
    """The same talk at the same moment, once with Andi and once with Joko: only marks and sealed sheets differ, in
    their bytes and not in their length."""
    from django.db import transaction

    CounsellingTally.objects.create(agency=counselled.cast.agency)
    worlds = []
    for client in ("andi", "joko"):
        with transaction.atomic():
            whole(counselled, client, UUID(int=7))
            worlds.append(everything())
            transaction.set_rollback(True)
        keys.destroy_key(UUID(int=7))
    first, second = worlds
    table = Counselling._meta.db_table
    [one], [other] = first.pop(table), second.pop(table)
    assert first == second
    assert len(one["sealed"]) == len(other["sealed"])
    hidden = ("sealed", "client_mark", "counsellor_mark")
    assert {k: v for k, v in one.items() if k not in hidden} == {k: v for k, v in other.items() if k not in hidden}
    assert one["client_mark"] != other["client_mark"]


def test_rows_of_one_person_have_no_mark_in_common(counselled):
    marks = []
    for _number in range(3):
        row = opened(counselled)
        marks += [row.client_mark, row.counsellor_mark]
    assert len(set(marks)) == 6


def test_without_the_key_nobody_reads_it_also_not_the_two(counselled):
    row = whole(counselled)
    keys.destroy_key(row.pk)
    with pytest.raises(NotNow, match="Kunci"):
        talks.counselling_for(counselled.viewer("andi"), row.pk)
    assert talks.counsellings_of(counselled.viewer("andi")) == []


def test_the_journal_says_nothing_until_ten_and_then_a_number_alone(counselled):
    before = JournalEntry.objects.count()
    row = opened(counselled)
    do(counselled, "accept", "rina", row)
    for number in range(10):
        assert not JournalEntry.objects.filter(verb="coaching.counselling_counted").exists(), number
        held(counselled, row)
        assert JournalEntry.objects.count() == before
        every_hour() if number == 9 else talks.count_told(counselled.cast.agency)
    [entry] = JournalEntry.objects.filter(verb="coaching.counselling_counted")
    assert (entry.actor_id, entry.subject_employee_id, entry.object_id) == (None, None, None)
    assert entry.changes == {"number": 10}
    assert CounsellingTally.objects.get().told == 10


def test_a_declined_request_leaves_nothing(counselled):
    row = opened(counselled)
    with pytest.raises(Stale):
        talks.decline(actor=counselled.viewer("rina"), pk=row.pk, version=5)
    talks.decline(actor=counselled.viewer("rina"), pk=row.pk, version=0)
    assert not Counselling.objects.exists()


def test_an_ended_one_is_destroyed_after_its_time_or_when_the_client_says_so(counselled, monkeypatch):
    row = whole(counselled)
    do(counselled, "end", "rina", row)
    with pytest.raises(NotAllowed):
        do(counselled, "erase", "rina", row)
    assert talks.destroy_old(counselled.cast.agency) == 0
    monkeypatch.setattr(talks, "local_today", lambda agency: TODAY.replace(year=TODAY.year + 1))
    assert talks.destroy_old(counselled.cast.agency) == 1
    assert not Counselling.objects.exists()


def test_it_waits_for_its_people_without_a_word_and_in_no_calendar(counselled):
    opened(counselled)
    [duty] = waiting_for(counselled.viewer("rina"))
    assert (duty.title, duty.due) == ("Percakapan pribadi", None)
    assert "Andi" not in duty.detail
    assert waiting_for(counselled.viewer("hendra")) == []


def test_only_with_somebody_of_the_list(room):
    with pytest.raises(NotAllowed):
        opened(room)


def test_the_pages_of_its_two_people(counselled, sign_in):
    client = sign_in("andi")
    sent = client.post(
        reverse("coaching:counselling_ask"),
        {"other": counselled.cast.rina.pk, "goal": GOAL, "form_key": str(uuid4())},
    )
    row = Counselling.objects.get()
    assert sent.url == row.get_absolute_url()
    assert GOAL in client.get(row.get_absolute_url()).content.decode()
    client = sign_in("rina")
    page = client.get(reverse("coaching:counsellings"))
    assert "Andi Pratama" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    address = reverse("coaching:counselling_act", args=[row.pk, "setuju"])
    assert client.post(address, {"version": "0"}).url == row.get_absolute_url()
    with pytest.raises(Http404):
        talks.counselling_for(counselled.viewer("joko"), row.pk)
