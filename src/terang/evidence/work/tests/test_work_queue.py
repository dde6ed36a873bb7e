"""The appraiser's queue: the unusual first with questions, batches with drawn samples, phrases for giving back."""

import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.audit.models import JournalEntry
from terang.custody.models import Resemblance, StoredFile
from terang.evidence.attendance.models import AttendanceDay
from terang.evidence.work import services
from terang.evidence.work.draw import drawn
from terang.evidence.work.models import Entry, EntryFile, EntryOpening, EntryState, Task
from terang.evidence.work.phrases import PHRASES, own_phrases
from terang.evidence.work.queue import PAGE_SIZE, queue_of
from terang.evidence.work.shares import Share, shares_of
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow

HTMX = {"HTTP_HX_REQUEST": "true"}
LONG = "Memutakhirkan data penduduk pindah datang Kelurahan Melati bersama ketua lingkungan"


@pytest.fixture
def write(office, budi, indicator, today):
    numbers = iter(range(1, 100_000))

    def write(employee=None, **fields):
        number = next(numbers)
        own = indicator if employee in (None, budi) else office.indicator(office.plan(employee))
        day = fields.get("day", today)
        values = {
            "employee": employee or budi,
            "day": day,
            "result": own.result,
            "indicator": own,
            "text": f"Kegiatan nomor {number}",
            "quantity_milli": 1000,
            "submitted_at": office.moment(day) + timedelta(minutes=20 * number),
            "form_key": uuid.uuid4(),
        }
        return Entry.objects.create(**(values | fields))

    return write


def versions(*entries):
    return {entry.pk: entry.version for entry in entries}


def seconds_for(call):
    started = time.process_time()
    call()
    return time.process_time() - started


def unusual(queue):
    return [line.entry for line in queue.unusual]


def routine(queue):
    return [line.entry for group in queue.routine for line in group.lines]


def test_the_unusual_comes_first_with_its_question_and_the_routine_last(office, write):
    plain = write()
    first = write(text=LONG)
    copy = write(text=LONG + ".")
    queue = queue_of(office.viewer(office.head))
    assert unusual(queue) == [copy]
    assert routine(queue) == [plain, first]
    [asked, remark] = queue.unusual[0].asked
    assert (asked.question.code, asked.compared, remark.question.code) == ("double", first, "no_proof")


def test_the_heavier_question_stands_above(office, budi, write, today):
    late = write(lag_days=9)
    AttendanceDay.objects.create(employee=budi, day=today - timedelta(days=1), status="cuti", source="uji")
    away = write(day=today - timedelta(days=1))
    queue = queue_of(office.viewer(office.head))
    assert unusual(queue) == [away, late]
    assert "tercatat cuti" in queue.unusual[0].asked[0].question.sentence


def test_a_colleagues_text_is_compared_only_under_the_same_appraiser(office, write):
    elsewhere = office.employee("Wati", unit=office.root)
    write(employee=elsewhere, text=LONG, state=EntryState.ACCEPTED)
    entry = write(text=LONG)
    assert unusual(queue_of(office.viewer(office.head))) == []
    colleague = write(employee=office.employee("Sari"), text=LONG, state=EntryState.ACCEPTED)
    Entry.objects.filter(pk=colleague.pk).update(submitted_at=entry.submitted_at - timedelta(hours=1))
    [line] = queue_of(office.viewer(office.head)).unusual
    assert (line.entry, line.asked[0].compared) == (entry, colleague)


def test_pictures_are_asked_about_once_the_person_had_their_say(as_, office, budi, write, today):
    entry = write()
    files = [
        StoredFile.objects.create(
            sha256=str(n), name=f"foto{n}.jpg", media_type="image/jpeg", size_bytes=1, taken_at="2026-11-20T08:00:00"
        )
        for n in range(2)
    ]
    EntryFile.objects.create(entry=entry, file=files[0])
    resemblance = Resemblance.objects.create(
        agency=office.agency,
        file=files[0],
        earlier=files[1],
        employee=budi,
        day=today,
        earlier_employee=budi,
        earlier_day=today - timedelta(days=4),
        same_bytes=True,
        distance=0,
        found_at=office.moment(today),
        due_on=today,
    )
    [line] = queue_of(office.viewer(office.head)).unusual
    assert [each.question.code for each in line.asked] == ["photo_day"]
    Resemblance.objects.update(state="dijelaskan")
    [line] = queue_of(office.viewer(office.head)).unusual
    assert [each.question.code for each in line.asked] == ["picture", "photo_day"]
    page = as_(office.head).get("/kegiatan/antrean/").content.decode()
    assert resemblance.get_absolute_url() in page
    assert "foto0.jpg" in as_(office.head).get(f"/kegiatan/{entry.pk}/lihat/", **HTMX).content.decode()
    alone = as_(office.head).get(entry.get_absolute_url()).content.decode()
    assert alone.count(resemblance.get_absolute_url()) == 1
    assert "Foto ini sama dengan foto" in alone
    assert "hari sebelum kegiatan" in alone
    Resemblance.objects.update(state="selesai", verdict="jelas")
    [line] = queue_of(office.viewer(office.head)).unusual
    assert [each.question.code for each in line.asked] == ["photo_day"]


def test_questions_change_no_figure_and_are_not_shown_to_the_person(as_, office, budi, write):
    write(text=LONG)
    copy = write(text=LONG)
    page = as_(office.head).get(copy.get_absolute_url()).content.decode()
    assert "hari yang sama" in page
    assert "hari yang sama" not in as_(budi).get(copy.get_absolute_url()).content.decode()


def test_a_batch_needs_its_two_drawn_entries_opened(office, write):
    head = office.viewer(office.head)
    entries = [write() for _ in range(6)]
    samples = drawn(office.head.pk, versions(*entries))
    with pytest.raises(services.UnopenedError, match="2 contoh") as refused:
        services.accept_entries(actor=head, versions=versions(*entries))
    assert [entry.pk for entry in refused.value.entries] == samples
    services.open_entry(actor=head, entry=Entry.objects.get(pk=samples[0]))
    with pytest.raises(NotNow, match="Satu contoh"):
        services.accept_entries(actor=head, versions=versions(*entries))
    assert not Entry.objects.filter(state=EntryState.ACCEPTED).exists()
    services.open_entry(actor=head, entry=Entry.objects.get(pk=samples[1]))
    batch = services.accept_entries(actor=head, versions=versions(*entries))
    assert set(batch.accepted) == {entry.pk for entry in entries}


def test_leaving_a_drawn_entry_out_draws_the_next_and_newcomers_keep_the_draw(office, write):
    entries = [write() for _ in range(8)]
    who = office.head.pk
    order = sorted(entries, key=lambda entry: drawn(who, versions(*entries)).count(entry.pk), reverse=True)
    first, second, *rest = order
    assert set(drawn(who, versions(*entries))) == {first.pk, second.pk}
    without = drawn(who, versions(second, *rest))
    assert second.pk in without
    assert len(without) == 2
    for _ in range(10):
        newcomer = write()
        assert set(drawn(who, versions(*entries, newcomer))) - {newcomer.pk} <= {first.pk, second.pk}
    assert drawn(who, versions(first)) == [first.pk]


def test_somebody_elses_opening_and_one_before_a_correction_do_not_count(office, budi, write):
    head = office.viewer(office.head)
    entry = write()
    other = office.employee("Sari")
    EntryOpening.objects.create(entry=entry, opened_by=other, opened_at=office.moment(entry.day))
    with pytest.raises(services.UnopenedError):
        services.accept_entries(actor=head, versions=versions(entry))
    services.open_entry(actor=head, entry=entry)
    services.open_entry(actor=head, entry=entry)
    assert EntryOpening.objects.filter(opened_by=office.head).count() == 1
    services.return_entry(actor=head, entry=entry, version=1, note="Perjelas")
    assert not EntryOpening.objects.exists()


def test_opening_inside_the_queue_counts_and_is_told(as_, office, budi, write):
    first, second, third = write(), write(), write()
    samples = drawn(office.head.pk, versions(first, second, third))
    page = as_(office.head).get("/kegiatan/antrean/").content.decode()
    assert page.count("contoh: buka dulu") == 2
    data = {"entry": [f"{entry.pk}:1" for entry in (first, second, third)]}
    refused = as_(office.head).post("/kegiatan/antrean/terima/", data, **HTMX)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "2 contoh yang diundi belum dibuka" in text
    assert all(f'href="#kegiatan-{pk}"' in text for pk in samples)
    for pk in samples:
        looked = as_(office.head).get(f"/kegiatan/{pk}/lihat/", **HTMX).content.decode()
        assert "sudah dibuka" in looked
        assert "Kembalikan dengan catatan" in looked
        assert "boleh kosong" not in looked
    assert as_(office.head).post("/kegiatan/antrean/terima/", data, **HTMX).status_code == 200
    assert Entry.objects.filter(state=EntryState.ACCEPTED).count() == 3


@pytest.mark.parametrize("who", ["self", "stranger", "personnel"])
def test_nobody_but_the_appraiser_looks_into_the_queue(as_, office, budi, write, who):
    entry = write()
    stranger = office.employee("Sari")
    if who == "personnel":
        office.grant(stranger, Role.PERSONNEL)
    person = budi if who == "self" else stranger
    assert as_(person).get(f"/kegiatan/{entry.pk}/lihat/").status_code == 403
    assert not EntryOpening.objects.exists()


def test_unusual_entries_are_not_ticked_beforehand(as_, office, write):
    write(text=LONG)
    copy, plain = write(text=LONG), write()
    page = as_(office.head).get("/kegiatan/antrean/").content.decode()
    assert f'value="{copy.pk}:1">' in page
    assert f'value="{plain.pk}:1" checked>' in page


def test_a_phrase_a_note_or_both_come_to_the_person(as_, office, budi, write):
    ready = PHRASES[0]
    first, second, third = write(), write(), write()
    url = "/kegiatan/{}/kembalikan/"
    for entry, data in ((first, {"phrase": ready.code}), (second, {"phrase": ready.code, "note": "Nomor 12"})):
        assert as_(office.head).post(url.format(entry.pk), {"version": 1, **data}).status_code == 302
    notes = dict(Entry.objects.values_list("pk", "note"))
    assert notes[first.pk] == str(ready.text)
    assert notes[second.pk] == f"{ready.text} Nomor 12"
    own = own_phrases(office.head.pk)
    assert list(own.values()) == [f"{ready.text} Nomor 12"]
    page = as_(office.head).get(third.get_absolute_url()).content.decode()
    assert "Nomor 12" in page
    assert as_(office.head).post(url.format(third.pk), {"version": 1, "phrase": next(iter(own))}).status_code == 302
    assert Entry.objects.get(pk=third.pk).note == f"{ready.text} Nomor 12"
    assert "Nomor 12" in as_(budi).get(third.get_absolute_url()).content.decode()


def test_what_a_phrase_asks_for_can_be_done(as_, office, budi, indicator, write, today):
    """Another result, another day, minutes: each can be corrected, and the lag follows the day."""
    task = Task.objects.create(employee=budi, result=indicator.result, text="Rekap", due_on=today)
    entry = write(state=EntryState.RETURNED, lag_days=0)
    page = as_(budi).get(entry.get_absolute_url()).content.decode()
    assert f'<option value="i{indicator.pk}" selected>' in page
    earlier = today - timedelta(days=1)
    data = {"version": 1, "text": "Rekap", "quantity": "2", "purpose": f"t{task.pk}", "day": earlier, "minutes": 30}
    url = f"/kegiatan/{entry.pk}/perbaiki/"
    assert as_(budi).post(url, data | {"purpose": "t0"}).status_code == 422
    assert as_(budi).post(url, data | {"day": today + timedelta(days=1)}).status_code == 409
    assert as_(budi).post(url, data).status_code < 400
    entry.refresh_from_db()
    assert (entry.task, entry.indicator, entry.quantity_milli) == (task, None, 2000)
    assert (entry.day, entry.lag_days, entry.minutes) == (earlier, 1, 30)
    told = JournalEntry.objects.get(verb="work.entry_resubmitted").changes
    assert told["day"] == [today.isoformat(), earlier.isoformat()]
    assert told["task_id"] == [None, task.pk]


def test_returning_without_a_word_is_refused_where_it_was_tried(as_, office, write):
    entry = write()
    url = f"/kegiatan/{entry.pk}/kembalikan/"
    page = as_(office.head).post(url, {"version": 1})
    assert page.status_code == 422
    assert "Pilih atau tuliskan" in page.content.decode()
    inside = as_(office.head).post(url, {"version": 1}, HTTP_HX_TARGET="queue", **HTMX)
    assert (inside.status_code, inside["HX-Retarget"]) == (422, f"#rincian-{entry.pk}")
    assert as_(office.head).post(url, {"version": 1, "phrase": "tidak_ada"}).status_code == 422
    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_the_share_of_answers_in_time_is_shown_to_the_leader(as_, office, write, today):
    for days in (0, 2, 3):
        entry = write(answer_due_on=today - timedelta(days=1), state=EntryState.ACCEPTED, decided_by=office.head)
        Entry.objects.filter(pk=entry.pk).update(decided_at=office.moment(today - timedelta(days=days)))
    assert shares_of([office.head.pk], office.agency, today) == {office.head.pk: Share(2, 3)}
    boss, past = office.employee("Kepala Dinas", is_head=True, unit=office.root), office.moment(today)
    for who in (boss, office.head):  # answered late: by the superior instead, by the appraiser
        fields = {"decided_by": who, "decided_at": past, "escalated_at": past, "state": EntryState.ACCEPTED}
        write(answer_due_on=today - timedelta(days=5), **fields)
    assert shares_of([office.head.pk, boss.pk], office.agency, today) == {office.head.pk: Share(2, 4)}
    write()
    assert "2 dari 4" in as_(office.head).get("/kegiatan/antrean/").content.decode()


def test_two_hundred_entries_cost_no_more_queries_and_come_in_pages(as_, office, budi, indicator, write, today):
    def seen():
        with CaptureQueriesContext(connection) as queries:
            client.get("/kegiatan/antrean/")
        return len(queries)

    client = as_(office.head)
    write()
    client.get("/kegiatan/antrean/")
    one = seen()
    moment = office.moment(today)
    Entry.objects.bulk_create(
        Entry(
            employee=budi,
            day=today - timedelta(days=number % 40),
            result=indicator.result,
            indicator=indicator,
            text=f"{LONG} kelompok {number % 90} dengan berkas {number}",
            quantity_milli=1000 + number,
            submitted_at=moment + timedelta(minutes=number),
            form_key=uuid.uuid4(),
        )
        for number in range(250)
    )
    assert seen() <= one + 1  # the entries that questions compare with
    queue = queue_of(office.viewer(office.head))
    assert len(queue.page.object_list) == PAGE_SIZE
    assert queue.page.paginator.num_pages == -(-251 // PAGE_SIZE)
    assert min(seconds_for(lambda: client.get("/kegiatan/antrean/")) for _ in range(5)) < 0.25
    last = queue_of(office.viewer(office.head), queue.page.paginator.num_pages).page
    assert len(last.object_list) == 251 % PAGE_SIZE


def test_a_foreign_entry_in_a_batch_accepts_nothing(office, write):
    mine = write()
    with pytest.raises(NotAllowed):
        services.accept_entries(actor=office.viewer(office.employee("Sari")), versions=versions(mine))
