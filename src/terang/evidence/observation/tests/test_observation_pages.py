"""The pages: own ones, the ones one gives, who was observed, one observation, the sheet, instruments."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.evidence.observation import services
from terang.evidence.observation.models import Instrument, Mark, Observation, ObservationState
from terang.evidence.observation.services import Wanted
from terang.rules.observations.rubric import Rubric
from terang.web.errors import NotAllowed


@pytest.fixture
def as_(ward, client):
    def as_(name):
        client.force_login(ward.cast.people[name].user)
        return client

    return as_


def test_lists_tell_what_to_do_where_there_is_nothing(as_):
    assert "Belum ada observasi" in as_("andi").get(reverse("observation:mine")).content.decode()
    assert "Anda belum ditunjuk" in as_("andi").get(reverse("observation:given")).content.decode()
    assert "Tidak ada pegawai" in as_("hendra").get(reverse("observation:covered")).content.decode()
    assert as_("andi").get(reverse("observation:covered")).status_code == 403


def test_heads_see_who_was_observed_and_who_was_not(ward, as_, django_assert_max_num_queries):
    ward.finished()
    client = as_("dewi")
    page = client.get(reverse("observation:covered")).content.decode()
    assert page.index("Wati Kusuma") < page.index("Siti Rahma"), "who was not stands first"
    assert reverse("observation:plan", args=[ward.wati.pk]) in page
    assert reverse("observation:plan", args=[ward.cast.siti.pk]) not in page
    only = client.get(reverse("observation:covered"), {"status": "selesai"}).content.decode()
    assert "Siti Rahma" in only
    assert "Wati Kusuma" not in only.partition("obs-counts")[2]
    with django_assert_max_num_queries(40):
        client.get(reverse("observation:covered"))


def test_a_list_asks_the_same_whether_long_or_short(ward, as_, django_assert_num_queries):
    ward.finished()
    client = as_("siti")
    with CaptureQueriesContext(connection) as short:
        client.get(reverse("observation:mine"))
    row = Observation.objects.get()
    for _number in range(1, 15):
        row.pk, row.form_key = None, uuid4()
        row.save(force_insert=True)
    with django_assert_num_queries(len(short)):
        page = client.get(reverse("observation:mine")).content.decode()
    assert page.count("Menjelaskan kepada pasien") == 15


def test_one_page_says_what_comes_next_to_each(ward, as_):
    row = ward.agreed()
    url = row.get_absolute_url()
    assert "Isi lembar pengamatan" in as_("dewi").get(url).content.decode()
    assert "Menunggu lembar dari pengamat" in as_("siti").get(url).content.decode()
    ward.give(row, "dewi", 2, 1, 0)
    assert "Menunggu pengamat lain" in as_("dewi").get(url).content.decode()
    ward.give(row, "wati", 2, 2, 1)
    assert "Tetapkan nilai bersama" in as_("wati").get(url).content.decode()
    row.refresh_from_db()
    row = ward.settle(row, 2, 1, 1)
    ward.at(1)
    assert "Umpan balik sudah terlambat sejak 24 November 2026" in as_("dewi").get(url).content.decode()
    row = ward.tell(row)
    page = as_("siti").get(url).content.decode()
    for words in ("Saya terima", "Minta pengamat lain", "umpan balik terlambat 1 hari", "4 dari 6 poin", "1 dari 3"):
        assert words in page, words
    assert "Saya terima" not in as_("dewi").get(url).content.decode()


def test_through_the_pages_from_plan_to_acceptance(ward, as_):
    siti = ward.cast.siti
    form = {
        "instrument": ward.instrument.pk,
        "day": ward.today.isoformat(),
        "place": "Poli anak",
        "second": "",
        "nip": "",
    }
    url = reverse("observation:plan", args=[siti.pk])
    nobody = as_("dewi").post(url, form | {"observers": "", "form_key": str(uuid4())})
    assert nobody.status_code == 422
    assert "Pilih pengamat, atau tulis NIP-nya." in nobody.content.decode()
    wrong = as_("dewi").post(url, form | {"observers": "", "nip": "123", "form_key": str(uuid4())})
    assert "NIP ini tidak ada" in wrong.content.decode()
    form |= {"observers": ward.cast.dewi.pk, "nip": ward.cast.agus.nip, "form_key": str(uuid4())}
    made = as_("dewi").post(url, form)
    row = Observation.objects.get()
    assert made["Location"] == row.get_absolute_url()
    assert [sheet.observer for sheet in row.sheets.all()] == [ward.cast.dewi, ward.cast.agus]

    prepare = {"version": 0, "goal": "Lebih jelas", "look_for": "", "indicator": "penjelasan"}
    as_("siti").post(reverse("observation:prepare", args=[row.pk]), prepare)
    as_("agus").post(reverse("observation:agree", args=[row.pk]), {"version": 1})
    sheets = {sheet.observer.name: sheet for sheet in row.sheets.all()}
    for name, person in (("dewi", ward.cast.dewi), ("agus", ward.cast.agus)):
        address = reverse("observation:sheet", args=[sheets[person.name].pk])
        client = as_(name)
        kept = client.post(address, {"level_1": "2", "note_1": "Ditulis"}, headers={"HX-Request": "true"})
        assert "Tersimpan pukul" in kept.content.decode()
        gap = client.post(address, {"level_1": "2", "note_1": "Tetap ada", "action": "serahkan"})
        assert gap.status_code == 422
        assert "Pilih satu tingkat." in gap.content.decode()
        assert "Tetap ada" in gap.content.decode()
        client.post(address, {"level_1": "2", "level_2": "1", "level_3": "0", "action": "serahkan"})
        late = client.post(address, {"level_1": "0"}, headers={"HX-Request": "true"})
        assert late.status_code == 200
    assert Mark.objects.filter(value=2).count() == 2, "what comes by itself afterwards changes nothing"

    row.refresh_from_db()
    common = {"version": row.version, "level_1": "2", "level_2": "1", "level_3": "0"}
    as_("dewi").post(reverse("observation:settle", args=[row.pk]), common)
    told = {"went_well": "Tenang", "to_try": "Ulangi", "aim": "Mengulang"}
    told |= {"version": row.version + 1, "aim_due_on": ward.today.isoformat()}
    url = reverse("observation:tell", args=[row.pk])
    assert as_("agus").post(url, told).status_code == 422
    as_("agus").post(url, told | {"aim_due_on": "2026-12-20"})
    as_("siti").post(reverse("observation:accept", args=[row.pk]), {"version": row.version + 2})
    row.refresh_from_db()
    assert row.state == ObservationState.FINISHED


def test_instruments_are_kept_by_personnel_and_by_who_leads_the_unit_that_holds_them(ward):
    rubric = ward.instrument.content
    wanted = Wanted("Observasi poli", "Poli", ward.today, "SK 8/2026", rubric, ("perawat",))

    def keep(name, before=ward.instrument, told=wanted, key=None):
        return services.set_instrument(actor=ward.viewer(name), before=before, wanted=told, form_key=key or uuid4())

    for other in ("siti", "dewi", "agus", "lina", "tono", "sri", "mayor"):
        with pytest.raises(NotAllowed):
            keep(other)
    with pytest.raises(NotAllowed):
        keep("bambang", before=None)
    key = uuid4()
    assert keep("bambang", key=key) == keep("bambang", key=key)
    with pytest.raises(ValidationError, match="sudah ada versinya"):
        keep("maya")
    assert keep("maya", before=None).code == "observasi-poli"
    assert keep("maya", before=None).code == "observasi-poli-2"
    for broken, field in (
        ({"valid_from": ward.today.replace(year=2020)}, "valid_from"),
        ({"basis": " "}, "basis"),
        ({"contest_days": 0}, "contest_days"),
        ({"rubric": Rubric((), ())}, None),
    ):
        with pytest.raises(ValidationError) as refused:
            keep("maya", before=None, told=Wanted(**(vars(wanted) | broken)))
        assert field is None or field in refused.value.message_dict


def test_a_version_is_written_on_the_page(ward, as_):
    client, url = as_("maya"), reverse("observation:version_new", args=[ward.instrument.pk])
    page = client.get(url)
    form = _filled(page.context["form"], page.context["parts"])
    form |= {"valid_from": "2027-01-04", "identitas-name": "", "penjelasan-4-text": "Pasien boleh bertanya"}
    client.post(url, form | {"kebersihan-1-looks": "Hanya satu baris"})
    assert Instrument.objects.count() == 1, "levels must be told whole"
    assert client.post(url, form).status_code == 302
    made = Instrument.objects.get(number=2)
    assert [each.code for each in made.content.indicators] == ["penjelasan", "kebersihan"]
    assert made.content.indicators[0].behaviours[3].text == "Pasien boleh bertanya"
    assert made.content.indicators[1].behaviours == ward.instrument.content.indicators[2].behaviours


def _filled(form, parts):
    """What the page would send back untouched."""
    rows = [form, *parts.levels, *parts.indicators]
    rows += [behaviour for each in parts.indicators for _number, behaviour in each.rows]
    told = {}
    for each in rows:
        for bound in each:
            value = bound.value()
            told[bound.html_name] = "" if value is None or value is False else getattr(value, "pk", value)
    return told
