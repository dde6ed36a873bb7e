"""The screens of daily work, as each person meets them."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.evidence.work.models import Entry, EntryState
from terang.web.quantities import QuantityField

HTMX = {"HTTP_HX_REQUEST": "true"}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def typed(indicator, today, **fields):
    values = {
        "form_key": str(uuid.uuid4()),
        "purpose": f"i{indicator.pk}",
        "text": "Menerbitkan kartu",
        "quantity": "2,5",
        "day": today.isoformat(),
    }
    return values | fields


def write(office, employee, indicator, day, **fields):
    values = {"text": "Menerbitkan kartu", "quantity_milli": 1000, "submitted_at": office.moment(day)}
    return Entry.objects.create(
        employee=employee,
        day=day,
        result=indicator.result,
        indicator=indicator,
        form_key=uuid.uuid4(),
        **(values | fields),
    )


def test_the_form_of_the_day_writes_an_entry_with_a_photo(as_, budi, indicator, today):
    page = as_(budi).get("/kegiatan/baru/")
    assert "Jumlah dokumen terbit" in page.content.decode()
    data = typed(indicator, today) | {"proof": SimpleUploadedFile("foto.png", PNG)}
    assert as_(budi).post("/kegiatan/baru/", data).status_code == 302
    entry = Entry.objects.get()
    assert (entry.quantity_milli, entry.indicator, entry.files.count()) == (2500, indicator, 1)
    assert "Menerbitkan kartu" in as_(budi).get("/kegiatan/").content.decode()


def test_sent_with_htmx_it_answers_with_the_fragment_and_a_fresh_form(as_, budi, indicator, today):
    response = as_(budi).post("/kegiatan/baru/", typed(indicator, today), **HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in text
    assert "Tercatat: Menerbitkan kartu" in text
    assert 'id="entry-form"' in text


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"quantity": "dua"}, "Tuliskan angka"),
        ({"text": ""}, "tidak boleh kosong"),
        ({"purpose": "i999999"}, "pilih hasil kerja"),
        ({"proof": SimpleUploadedFile("foto.jpg", b"<html>")}, "bukan PDF"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(as_, budi, indicator, today, change, word):
    response = as_(budi).post("/kegiatan/baru/", typed(indicator, today) | change)
    assert response.status_code == 422
    assert word.lower() in response.content.decode().lower()
    assert not Entry.objects.exists()


def test_a_future_day_is_refused_with_a_reason(as_, budi, indicator, today):
    response = as_(budi).post("/kegiatan/baru/", typed(indicator, today, day="2026-12-24"))
    assert response.status_code == 409
    assert "belum tiba" in response.content.decode()


def test_without_a_quantity_no_figure_is_reported(as_, budi, indicator, today):
    as_(budi).post("/kegiatan/baru/", typed(indicator, today, quantity=""))
    entry = Entry.objects.get()
    assert (entry.result, entry.indicator, entry.quantity_milli) == (indicator.result, None, 0)


def test_like_last_time_fills_the_form(as_, office, budi, indicator, today):
    write(office, budi, indicator, today, text="Mencetak lima kartu", quantity_milli=5000)
    text = as_(budi).get("/kegiatan/isian/?seperti=terakhir", **HTMX).content.decode()
    assert "Mencetak lima kartu" in text
    assert 'value="5"' in text


def test_without_a_plan_the_page_says_what_to_do(as_, budi):
    assert "Belum ada rencana yang disepakati" in as_(budi).get("/kegiatan/baru/").content.decode()
    assert "Belum ada rencana yang disepakati" in as_(budi).get("/kegiatan/rencana/").content.decode()


def test_the_plan_shows_target_due_and_reached(as_, office, budi, indicator, today):
    write(office, budi, indicator, today, quantity_milli=7000, state=EntryState.ACCEPTED)
    text = re.sub(r"<[^>]+>", "", as_(budi).get("/kegiatan/rencana/").content.decode()).replace("\u00a0", " ")
    assert "7 dokumen" in text
    assert "120 dokumen" in text
    assert "107,667 dokumen" in text  # ten months and 23 of 30 days


def test_the_queue_shows_only_ones_own_people_and_accepts_a_batch(as_, office, budi, indicator, today):
    first, second = (write(office, budi, indicator, today, text=f"Berkas {n}") for n in (1, 2))
    text = as_(office.head).get("/kegiatan/antrean/").content.decode()
    assert "Berkas 1" in text
    assert f"employee:{budi.pk}" in text
    assert "Berkas 1" not in as_(office.employee("Sari")).get("/kegiatan/antrean/").content.decode()
    as_(office.head).get(f"/kegiatan/{first.pk}/lihat/")
    data = {"entry": [f"{first.pk}:1", f"{second.pk}:9"]}
    response = as_(office.head).post("/kegiatan/antrean/terima/", data, **HTMX)
    assert "1 dilewati" in response.headers["HX-Trigger"].encode().decode("unicode_escape")
    assert "Berkas 2" in response.content.decode()
    assert Entry.objects.get(pk=first.pk).state == EntryState.ACCEPTED


def test_return_and_correct_on_screen(as_, office, budi, indicator, today):
    entry = write(office, budi, indicator, today)
    url = entry.get_absolute_url()
    assert as_(office.head).post(f"{url}kembalikan/", {"version": 1, "note": ""}).status_code == 422
    assert as_(office.head).post(f"{url}kembalikan/", {"version": 1, "note": "Tulis nomornya"}).status_code == 302
    page = as_(budi).get(url).content.decode()
    assert "Tulis nomornya" in page
    assert "Kirim lagi" in page
    sent = as_(budi).post(f"{url}perbaiki/", {"version": 2, "text": "Kartu 1 sampai 3", "quantity": "3"})
    assert sent.status_code == 303
    assert Entry.objects.get().text == "Kartu 1 sampai 3"


def test_who_may_not_see_the_person_sees_neither_entry_nor_proof(as_, office, budi, indicator, today):
    data = typed(indicator, today) | {"proof": SimpleUploadedFile("foto.png", PNG)}
    as_(budi).post("/kegiatan/baru/", data)
    entry = Entry.objects.get()
    proof = f"{entry.get_absolute_url()}berkas/{entry.files.get().file_id}/"
    sari = office.employee("Sari")
    for url in (
        entry.get_absolute_url(),
        proof,
        f"/kegiatan/?pegawai={budi.pk}",
        f"/kegiatan/rencana/?pegawai={budi.pk}",
    ):
        assert as_(sari).get(url).status_code == 403
        assert as_(office.head).get(url).status_code == 200
    response = as_(office.head).get(proof)
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    client = as_(sari)
    client.logout()
    assert client.get(proof).status_code == 302


@pytest.mark.parametrize("url", ["/kegiatan/antrean/", "/kegiatan/"])
def test_queries_do_not_grow_with_rows(as_, office, budi, indicator, today, url):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    client = as_(office.head if "antrean" in url else budi)
    for _ in range(2):
        write(office, budi, indicator, today)
    client.get(url)
    one = count()
    for _ in range(50):
        write(office, budi, indicator, today)
    assert count() == one


@pytest.mark.parametrize(
    ("text", "milli"),
    [("3", 3000), ("2,5", 2500), ("2.5", 2500), ("1.200", 1_200_000), ("1.200,75", 1_200_750), ("", None)],
)
def test_quantities_are_read_as_people_write_them(text, milli):
    assert QuantityField(required=False).clean(text) == milli


def test_a_figure_of_a_report_leads_to_the_entries_behind_it_and_to_no_others(office, budi, indicator, as_, today):
    write(office, budi, indicator, today, text="Di dalam masa")
    write(office, budi, indicator, today - timedelta(days=3), text="Di luar masa")
    shown = as_(budi).get(
        "/kegiatan/",
        {"indikator": indicator.pk, "sejak": today.isoformat(), "sebelum": f"{today.year + 1}-01-01"},
    )
    assert "Di dalam masa" in shown.content.decode()
    assert "Di luar masa" not in shown.content.decode()
    assert "Di luar masa" in as_(budi).get("/kegiatan/", {"sejak": "kapan", "sebelum": "-"}).content.decode()
