"""Look-alikes: found in the background, explained by the person first, closed by the appraiser, hidden before."""

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageDraw
from tests.cast import TODAY, make_cast

from terang.audit.models import JournalEntry
from terang.custody import chores
from terang.custody.duties import waiting_for
from terang.custody.models import CustodyTerms, Resemblance, ResemblanceState, StoredFile, Verdict
from terang.custody.selectors import resemblances_of, resemblances_visible
from terang.custody.services import ask_about, close_resemblance, explain_resemblance, store_upload
from terang.custody.vault import path_of
from terang.evidence.work.models import Entry, EntryFile
from terang.planning.plans.models import Plan, PlanResult, PlanState
from terang.web.errors import NotAllowed, NotNow, Stale

PDF = b"%PDF-1.7\n1 0 obj\n"
EARLIER = TODAY - timedelta(days=40)


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day of the cast, for what looks at the clock."""
    monkeypatch.setattr("terang.custody.services.resemblances.local_today", lambda agency: TODAY)


def photo(seed=1, size=(640, 480), quality=90):
    image = Image.effect_mandelbrot((320, 240), (-2 + seed / 50, -1.2, 1, 1.2), 60).convert("RGB").resize((640, 480))
    draw = ImageDraw.Draw(image)
    for n in range(25):
        x, y = (seed * 97 + n * 131) % 560, (seed * 61 + n * 89) % 400
        draw.rectangle([x, y, x + 20 + n * 5, y + 60 - n], ((n * 50 + seed * 9) % 255, n * 9 % 255, (seed * 40) % 255))
    out = io.BytesIO()
    image.resize(size).save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.fixture
def use(cast):
    """`use("siti", content)`: somebody proves an entry of a day with a file, and the worker looks at it."""
    return lambda *words, **more: prove(cast, *words, **more)


def prove(cast, who, content, day=TODAY, name="foto.jpg", entry=None):
    viewer = cast.viewer(who)
    entry = entry or entry_of(viewer.employee, day)
    stored = store_upload(SimpleUploadedFile(name, content), actor=viewer)
    EntryFile.objects.create(entry=entry, file=stored)
    ask_about(file_id=stored.pk)
    return stored


def entry_of(employee, day):
    span = {"period_start": day.replace(month=1, day=1), "period_end": day.replace(year=day.year + 1, month=1, day=1)}
    plan, _ = Plan.objects.get_or_create(employee=employee, state=PlanState.AGREED, **span)
    result, _ = PlanResult.objects.get_or_create(plan=plan, number=1, defaults={"text": "Hasil"})
    told = {"text": f"Kegiatan {employee.name}", "submitted_at": "2026-11-24T01:00:00Z", "form_key": uuid.uuid4()}
    return Entry.objects.create(employee=employee, day=day, result=result, **told)


@pytest.fixture
def asked(use):
    """Siti uses a photo that her head used forty days before."""
    use("dewi", photo(), EARLIER)
    return Resemblance.objects.get(file=use("siti", photo(size=(320, 240), quality=60)))


def explain(cast, row, text="Kegiatan yang sama", version=1, who="siti", key=None):
    said = {"version": version, "text": text, "form_key": key or uuid.uuid4()}
    return explain_resemblance(actor=cast.viewer(who), resemblance=row, **said)


def close(cast, row, verdict=Verdict.CLEAR, note="", version=2, who="dewi"):
    said = {"version": version, "verdict": verdict, "note": note}
    return close_resemblance(actor=cast.viewer(who), resemblance=row, **said)


def test_nearly_the_same_photo_is_asked_about_with_five_working_days(asked, cast):
    assert (asked.employee, asked.earlier_employee) == (cast.siti, cast.dewi)
    assert (asked.day, asked.earlier_day) == (TODAY, EARLIER)
    assert (asked.state, asked.same_bytes) == (ResemblanceState.ASKED, False)
    assert asked.due_on == TODAY + timedelta(days=7)


def test_the_same_bytes_of_a_letter_are_asked_about_too(use):
    use("dewi", PDF, EARLIER, "a.pdf")
    row = Resemblance.objects.get(file=use("siti", PDF, TODAY, "b.pdf"))
    assert (row.same_bytes, row.distance) == (True, 0)


def test_one_who_uses_an_own_photo_for_another_day_is_asked(use, cast):
    use("siti", photo(), EARLIER)
    assert Resemblance.objects.get(file=use("siti", photo())).earlier_employee == cast.siti


def test_no_question_about_other_photos_the_same_entry_or_a_blank_wall(use, cast):
    use("dewi", photo(), EARLIER)
    use("siti", photo(seed=30))
    entry = entry_of(cast.siti, TODAY)
    for _ in range(2):
        use("siti", photo(seed=12), entry=entry)
    for shade in ("white", "#fefefe"):
        blank = io.BytesIO()
        Image.new("RGB", (400, 300), shade).save(blank, "PNG")
        use("siti", blank.getvalue(), name="dinding.png")
    assert not Resemblance.objects.exists()


def test_another_government_is_another_world(use, cast):
    prove(make_cast("99.73", "Pemerintah Kota Lain"), "siti", photo(), EARLIER)
    use("siti", photo())
    assert not Resemblance.objects.exists()


def test_a_shared_photo_of_the_same_day_is_asked_about_unless_the_government_says_no(use, cast):
    use("dewi", photo(), TODAY)
    use("siti", photo(), TODAY)
    assert Resemblance.objects.count() == 1
    told = {"agency": cast.agency, "answer_days": 3, "asks_same_day": False}
    CustodyTerms.objects.create(valid_from=TODAY, **told)
    use("dewi", photo(seed=30), TODAY)
    use("siti", photo(seed=30), TODAY)
    assert Resemblance.objects.count() == 1
    use("siti", photo(seed=30), TODAY - timedelta(days=1))
    assert Resemblance.objects.latest("pk").due_on == TODAY + timedelta(days=3)


def test_the_upload_queues_the_work_and_twice_is_as_good_as_once(asked, cast):
    assert DBTaskResult.objects.filter(task_path__endswith="custody.tasks.compare").count() == 2
    assert ask_about(file_id=asked.file_id) is None
    StoredFile.objects.update(compared_at=None, uploaded_at=asked.found_at - timedelta(hours=1))
    Resemblance.objects.all().delete()
    chores.compare_waiting()
    chores.compare_waiting()
    assert Resemblance.objects.count() == 1


def test_a_file_nobody_uses_yet_waits_for_its_use(cast, use):
    use("dewi", photo(), EARLIER)
    stored = store_upload(SimpleUploadedFile("foto.jpg", photo()), actor=cast.viewer("siti"))
    assert ask_about(file_id=stored.pk) is None
    EntryFile.objects.create(entry=entry_of(cast.siti, TODAY), file=stored)
    StoredFile.objects.filter(pk=stored.pk).update(uploaded_at=stored.uploaded_at - timedelta(hours=1))
    chores.compare_waiting()
    assert Resemblance.objects.get().file == stored


def sees(cast, name, day=TODAY):
    from dataclasses import replace

    return resemblances_visible(replace(cast.viewer(name), today=day)).exists()


def test_until_the_person_has_answered_only_the_person_sees_it(asked, cast):
    assert [name for name in ("siti", "dewi", "bambang", "maya", "agus", "andi") if sees(cast, name)] == ["siti"]
    explain(cast, asked)
    seeing = [name for name in ("siti", "dewi", "bambang", "maya", "agus", "andi") if sees(cast, name)]
    assert seeing == ["siti", "dewi", "bambang", "maya", "agus"]


def test_when_the_days_have_passed_it_is_seen_as_not_explained(asked, cast):
    assert not sees(cast, "dewi", asked.due_on)
    assert sees(cast, "dewi", asked.due_on + timedelta(days=1))
    assert not sees(cast, "andi", asked.due_on + timedelta(days=1))


def test_the_journal_knows_that_it_was_answered_but_not_what_was_said(asked, cast):
    explain(cast, asked, "Foto dari rekan saya")
    close(cast, asked, Verdict.TALK, "Pakai foto sendiri")
    found, explained, closed = JournalEntry.objects.filter(verb__startswith="custody.resemblance").order_by("id")
    assert found.subject_employee_id is None
    assert {explained.subject_employee_id, closed.subject_employee_id} == {cast.siti.pk}
    assert closed.changes["verdict"] == "bicarakan"
    kept = f"{explained.changes} {explained.reason} {closed.changes} {closed.reason}"
    assert "rekan" not in kept
    assert "sendiri" not in kept
    assert "hmac" in kept


def test_who_may_answer_and_close_and_when(asked, cast):
    with pytest.raises(NotAllowed):
        explain(cast, asked, who="dewi")
    with pytest.raises(NotNow):
        close(cast, asked, version=1)
    with pytest.raises(NotNow):
        explain(cast, asked, text="  ")
    with pytest.raises(Stale):
        explain(cast, asked, version=7)
    explain(cast, asked)
    with pytest.raises(NotNow):
        explain(cast, asked, version=2)
    with pytest.raises(NotAllowed):
        close(cast, asked, who="bambang")
    with pytest.raises(NotNow):
        close(cast, asked, Verdict.TALK)
    assert close(cast, asked).state == ResemblanceState.CLOSED
    with pytest.raises(NotNow, match="sudah selesai"):
        close(cast, asked, version=3)


def test_the_same_form_sent_twice_is_one_answer(asked, cast):
    key = uuid.uuid4()
    assert explain(cast, asked, key=key).version == explain(cast, asked, key=key).version == 2
    assert JournalEntry.objects.filter(verb="custody.resemblance_explained").count() == 1


def test_a_late_answer_still_counts(asked, cast):
    Resemblance.objects.update(due_on=TODAY - timedelta(days=1))
    assert explain(cast, asked).state == ResemblanceState.EXPLAINED


def test_the_name_behind_the_earlier_photo_is_told_only_to_who_may_know(use, cast):
    use("andi", photo(), EARLIER)
    stored = use("siti", photo())
    [own] = resemblances_of(cast.viewer("siti"), [stored.pk])
    assert "pegawai lain" in own.sentence
    assert "Andi" not in own.sentence
    explain(cast, own.row)
    assert "Andi Pratama" in resemblances_of(cast.viewer("maya"), [stored.pk])[0].sentence
    assert "pegawai lain" in resemblances_of(cast.viewer("dewi"), [stored.pk])[0].sentence


def test_it_waits_for_the_person_first_and_then_for_the_appraiser(asked, cast):
    [duty] = waiting_for(cast.viewer("siti"))
    assert "Boleh dijelaskan?" in duty.detail
    assert waiting_for(cast.viewer("dewi")) == []
    explain(cast, asked)
    assert waiting_for(cast.viewer("siti")) == []
    assert [duty.url for duty in waiting_for(cast.viewer("dewi"))] == [asked.get_absolute_url()]
    close(cast, asked)
    assert waiting_for(cast.viewer("dewi")) == []


def test_answered_and_closed_on_screen(asked, sign_in, cast):
    url = asked.get_absolute_url()
    assert sign_in("dewi").get(url).status_code == 404
    page = sign_in("siti").get(url).content.decode()
    assert "Boleh dijelaskan?" in page
    assert "Dewi Anggraini" not in page
    assert "pegawai lain" in page
    key = str(uuid.uuid4())
    typed = {"form_key": key, "version": "1", "text": ""}
    assert sign_in("siti").post(f"{url}jelaskan/", typed).status_code == 422
    assert sign_in("siti").post(f"{url}jelaskan/", typed | {"text": "Kegiatan <b>rekan</b>"}).status_code == 303
    assert "Kegiatan &lt;b&gt;rekan&lt;/b&gt;" in sign_in("siti").get(url).content.decode()
    assert "rekan&lt;/b&gt;" in sign_in("dewi").get(url).content.decode()
    assert sign_in("dewi").post(f"{url}tutup/", {"version": "2", "verdict": "bicarakan"}).status_code == 422
    assert sign_in("siti").post(f"{url}tutup/", {"version": "2", "verdict": "jelas"}).status_code == 403
    assert sign_in("dewi").post(f"{url}tutup/", {"version": "2", "verdict": "jelas"}).status_code == 303
    assert "Kesimpulan penilai" in sign_in("siti").get(url).content.decode()


def test_where_a_photo_was_taken_is_told_to_who_judges_it_and_to_nobody_else(asked, sign_in, cast):
    StoredFile.objects.filter(pk=asked.file_id).update(latitude_micro=-5_140_000, longitude_micro=119_420_000)
    explain(cast, asked)
    told = {name: "5,14000° LS" in sign_in(name).get(asked.get_absolute_url()).content.decode()
            for name in ("siti", "dewi", "bambang", "agus", "maya")}  # fmt: skip
    assert told == {"siti": True, "dewi": True, "bambang": False, "agus": False, "maya": False}


def test_a_file_whose_bytes_are_gone_keeps_no_other_waiting(use, cast, caplog):
    use("dewi", photo(), EARLIER)
    lost, other = (
        store_upload(SimpleUploadedFile("foto.jpg", photo(seed=seed)), actor=cast.viewer("siti")) for seed in (12, 1)
    )
    for stored in (lost, other):
        EntryFile.objects.create(entry=entry_of(cast.siti, TODAY), file=stored)
    StoredFile.objects.update(uploaded_at=lost.uploaded_at - timedelta(hours=1))
    path_of(lost.small_sha256).unlink()
    chores.compare_waiting()
    assert Resemblance.objects.get().file == other
    assert f"Isi berkas {lost.pk} tidak dapat dibaca" in caplog.text


def test_found_in_the_night_it_was_found_on_the_local_day(asked, sign_in, cast):
    Resemblance.objects.update(found_at=datetime(2026, 11, 2, 20, tzinfo=UTC))
    page = sign_in("siti").get("/berkas/kemiripan/").content.decode()
    assert "3 November 2026" in page
    assert "2 November 2026" not in page


def test_the_small_picture_is_for_who_may_see_the_work(asked, sign_in):
    url = reverse("custody:small", args=[asked.file_id])
    for name in ("siti", "dewi", "agus"):
        answer = sign_in(name).get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert "private" in answer["Cache-Control"]
    assert sign_in("andi").get(url).status_code == 404


def test_a_page_of_many_costs_as_much_as_one_of_one(use, cast, django_assert_max_num_queries):
    files = []
    for n in range(8):
        use("andi", photo(seed=n * 5), EARLIER - timedelta(days=n))
        files.append(use("siti", photo(seed=n * 5), TODAY - timedelta(days=n)).pk)
    Resemblance.objects.update(due_on=EARLIER)
    viewer = cast.viewer("dewi")
    for count in (1, 8):
        with django_assert_max_num_queries(15):
            assert len(resemblances_of(viewer, files[:count])) == count
    with django_assert_max_num_queries(1):
        assert resemblances_of(viewer, [10**9]) == []


def test_finding_costs_as_much_among_many_as_among_few(cast, use, django_assert_max_num_queries):
    for n in range(6):
        use("andi", photo(seed=n * 5), EARLIER - timedelta(days=n))
    stored = store_upload(SimpleUploadedFile("foto.jpg", photo(seed=10, quality=50)), actor=cast.viewer("siti"))
    EntryFile.objects.create(entry=entry_of(cast.siti, TODAY), file=stored)
    with django_assert_max_num_queries(40):
        assert ask_about(file_id=stored.pk) is not None
