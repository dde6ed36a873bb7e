"""The screens of the dictionary."""

from datetime import date

import pytest
from django.urls import reverse

from terang.planning.dictionary.loading import preset_text
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.dictionary.services import load_dictionary
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.registry.organization.models import Agency

LIST = "dictionary:entries"
FORM = {
    "text": "Persentase berkas benar",
    "result": "Berkas benar sejak awal",
    "family": "Kepala Sekolah",
    "code": "berkas-benar",
    "definition": "Berkas benar dibagi berkas yang diperiksa.",
    "unit_label": "%",
    "aspect": "kualitas",
    "direction": "higher",
    "gathering": "latest",
    "target_milli": "92,5",
}


@pytest.fixture
def entry(cast):
    load_dictionary(agency=cast.agency, text=preset_text("makassar"), actor=None)
    return DictionaryEntry.objects.get(code="izin-hari")


@pytest.mark.parametrize("name", ["maya", "siti", "tono", "mayor"])
def test_everybody_reads_and_only_the_personnel_agency_keeps(entry, sign_in, name):
    client = sign_in(name)
    assert client.get(reverse(LIST)).status_code == 200
    page = client.get(reverse("dictionary:entry", args=[entry.pk]))
    assert page.status_code == 200
    expected = 200 if name == "maya" else 403
    assert client.get(reverse("dictionary:entry_new")).status_code == expected
    for verb in ("change", "retire", "restore"):
        assert client.get(reverse(f"dictionary:entry_{verb}", args=[entry.pk])).status_code == expected
    assert (reverse("dictionary:entry_change", args=[entry.pk]) in page.content.decode()) == (name == "maya")


def test_an_entry_of_another_government_is_not_found(cast, sign_in):
    other = Agency.objects.create(code="99.99", name="Kota Lain", kind="kota")
    load_dictionary(agency=other, text=preset_text("palu"), actor=None)
    foreign = DictionaryEntry.objects.filter(agency=other).first()
    client = sign_in("maya")
    assert client.get(reverse("dictionary:entry", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("dictionary:entry_retire", args=[foreign.pk]), {"reason": "x"}).status_code == 404
    assert foreign.text not in client.get(reverse(LIST)).content.decode()


def test_the_page_tells_measure_guard_and_who_uses_it(cast, entry, sign_in):
    with_period = {"period_start": date(2020, 1, 2), "period_end": date(2100, 1, 1), "employee": cast.siti}
    plan = Plan.objects.create(**with_period, state=PlanState.AGREED)
    result = PlanResult.objects.create(plan=plan, number=1, text="Hasil")
    Indicator.objects.create(result=result, text="Hari", unit_label="hari", target_milli=1, entry=entry)
    page = sign_in("andi").get(reverse("dictionary:entry", args=[entry.pk])).content.decode()
    for words in (
        "Kecepatan layanan",
        "Dua kali waktu standar",
        "Persentase berkas yang tidak dikembalikan",
        "1 rencana",
    ):
        assert words in page
    guard = DictionaryEntry.objects.get(code="berkas-lengkap")
    page = sign_in("andi").get(reverse("dictionary:entry", args=[guard.pk])).content.decode()
    assert "Entri ini menjaga" in page
    assert entry.text in page


def test_the_list_is_searched_filtered_and_exported(entry, sign_in):
    client = sign_in("andi")
    text = client.get(reverse(LIST), {"q": "demam berdarah"}).content.decode()
    assert "Kasus demam berdarah" in text
    assert entry.text not in text
    assert entry.text in client.get(reverse(LIST), {"rumpun": "perizinan"}).content.decode()
    everybody = client.get(reverse(LIST), {"rumpun": "semua"}).content.decode()
    assert "Persentase kehadiran" in everybody
    assert entry.text not in everybody
    rows = client.get(reverse(LIST), {"ekspor": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + DictionaryEntry.objects.count()


def test_the_list_costs_the_same_at_1_and_50_entries(cast, sign_in, django_assert_num_queries):
    def make(numbers):
        DictionaryEntry.objects.bulk_create(
            DictionaryEntry(
                agency=cast.agency, code=f"e-{n}", text=f"Indikator {n}", unit_label="%", guard="e-0", definition="D"
            )
            for n in numbers
        )

    client = sign_in("andi")
    make(range(1))
    client.get(reverse(LIST))
    with django_assert_num_queries(9):
        client.get(reverse(LIST))
    make(range(1, 50))
    with django_assert_num_queries(9):
        client.get(reverse(LIST))


def test_an_entry_is_added_changed_and_refused_beside_its_field(cast, sign_in):
    client = sign_in("maya")
    assert client.post(reverse("dictionary:entry_new"), FORM).status_code == 302
    entry = DictionaryEntry.objects.get()
    assert (entry.family, entry.target_milli) == ("kepala_sekolah", 92_500)
    assert client.post(reverse("dictionary:entry_new"), FORM).status_code == 302
    assert DictionaryEntry.objects.count() == 1
    change = reverse("dictionary:entry_change", args=[entry.pk])
    assert "92,5" in client.get(change).content.decode()
    refused = client.post(change, {**FORM, "version": 1, "measure": "service_speed"})
    assert refused.status_code == 422
    assert "berbuah tunjangan" in refused.content.decode()
    fine = {**FORM, "version": 1, "measure": "service_speed", "guard": "reopened_cases"}
    assert client.post(change, fine).status_code == 302
    assert client.post(change, {**fine, "text": "Lain"}).status_code == 409
    entry.refresh_from_db()
    assert (entry.measure, entry.version, entry.text) == ("service_speed", 2, FORM["text"])


def test_an_entry_is_retired_with_a_reason_and_taken_up_again(entry, sign_in):
    client = sign_in("maya")
    retire = reverse("dictionary:entry_retire", args=[entry.pk])
    assert client.post(retire, {"version": 1}).status_code == 422
    assert client.post(retire, {"version": 1, "reason": "Diganti"}).status_code == 302
    assert "Tidak dipakai lagi sejak" in client.get(reverse("dictionary:entry", args=[entry.pk])).content.decode()
    assert client.post(reverse("dictionary:entry_restore", args=[entry.pk]), {"version": 2}).status_code == 302
    entry.refresh_from_db()
    assert entry.retired_on is None
