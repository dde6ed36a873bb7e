"""GeoReport v2 as public clients and validators ask for it: fields, formats, headers, statuses; what never shows."""

import json
import uuid
from datetime import datetime, time, timedelta
from io import BytesIO
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache, caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.evidence.complaints.models import (
    Channel,
    ClosedBy,
    Complaint,
    ComplaintCategory,
    ComplaintClass,
    ComplaintState,
    Reporter,
)
from terang.evidence.complaints.services.reporting import Report, submit_complaint
from terang.interchange.models import ApiSubmission
from terang.interchange.open311 import limits, published, views
from terang.interchange.open311.keys import issue_key, revoke_key
from terang.interchange.open311.published import DETAILS
from terang.web.errors import NotAllowed, NotNow

V2 = "/open311/v2"
NAMES = ("Budi Santoso", "081234567890", "budi@contoh.id")
SENT = {
    "service_code": "jalan-rusak",
    "lat": "-5.147665",
    "long": "119.432732",
    "address_string": "Jalan Melati 5",
    "description": "Lubang besar di depan pasar. Dua motor sudah jatuh.",
    "first_name": "Budi",
    "last_name": "Santoso",
    "phone": "081234567890",
    "email": "budi@contoh.id",
}


@pytest.fixture(autouse=True)
def empty_caches(db):
    for each in (cache, caches["pages"], caches["near"], caches["counts"]):
        each.clear()


@pytest.fixture
def category(cast):
    return ComplaintCategory.objects.create(
        agency=cast.agency, code="jalan-rusak", name="Jalan rusak", group="Jalan", keywords="lubang,aspal"
    )


@pytest.fixture
def key(cast, category):
    return issue_key(
        actor=cast.viewer("tono"), name="Aplikasi warga", contact="Tim", by_token=False, form_key=uuid.uuid4()
    )[1]


@pytest.fixture
def report(cast, category):
    """`report(title, published=…, …)`: a complaint that somebody sent."""

    def send(title="Lampu mati", *, published=True, state=None, received=None, kept=None, **more):
        told = {"name": NAMES[0], "contact": NAMES[1], "category": category, **more}
        found = submit_complaint(
            agency=cast.agency, report=Report(title=title, body=f"Isi {title}", form_key=uuid.uuid4(), **told)
        ).complaint
        changes = {"is_published": published, **(kept or {})}
        changes |= {"state": state} if state else {}
        changes |= {"received_at": received} if received else {}
        Complaint.objects.filter(pk=found.pk).update(**changes)
        found.refresh_from_db()
        return found

    return send


def photo(name="foto.jpg"):
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")


def errors_of(response):
    """The errors of a refusal, each with the code of the status."""
    told = response.json()
    assert all(each["code"] == response.status_code for each in told)
    return [each["description"] for each in told]


# What validators look at


def _xml(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 (our own answer)


def test_discovery_is_as_validators_want_it(cast, client):
    for form, media_type in (("json", "application/json"), ("xml", "text/xml")):
        response = client.get(f"{V2}/discovery.{form}")
        assert response["Content-Type"] == media_type
    told = client.get(f"{V2}/discovery.json").json()
    assert told["contact"]
    assert told["key_service"]
    assert timezone.datetime.fromisoformat(told["changeset"]) <= timezone.now()
    assert {each["type"] for each in told["endpoints"]} == {"production", "test"}
    for endpoint in told["endpoints"]:
        assert endpoint["specification"].endswith("GeoReport_v2")
        assert "text/xml" in endpoint["formats"]
    plain = client.get(f"{V2}/discovery")
    root = _xml(plain.content)
    assert len(root.findall("endpoints/endpoint")) >= 2
    assert all(len(each.findall("formats/format")) >= 2 for each in root.findall("endpoints/endpoint"))


def test_discovered_addresses_answer(cast, category, client):
    for endpoint in client.get(f"{V2}/discovery.json").json()["endpoints"]:
        place = endpoint["url"].removeprefix("http://testserver")
        assert client.get(f"{place}/services.json").status_code == 200


@pytest.mark.parametrize("path", ["services", "services/jalan-rusak", "requests"])
def test_the_rest_says_its_charset(cast, category, client, path):
    assert client.get(f"{V2}/{path}.xml")["Content-Type"] == "text/xml; charset=utf-8"
    assert client.get(f"{V2}/{path}.json")["Content-Type"] == "application/json; charset=utf-8"


def test_services_have_every_field_with_its_type(cast, category, client):
    rows = client.get(f"{V2}/services.json").json()
    assert [row["service_code"] for row in rows] == ["jalan-rusak", "lainnya"]
    for row in rows:
        assert isinstance(row["metadata"], bool)
        assert row["type"] in {"realtime", "batch", "blackbox"}
        assert all(isinstance(row[name], str) for name in ("service_code", "service_name", "description", "keywords"))
    root = _xml(client.get(f"{V2}/services.xml").content)
    assert root.tag == "services"
    assert [each.findtext("service_code") for each in root.findall("service")] == ["jalan-rusak", "lainnya"]
    assert root.find("service").findtext("metadata") == "true"


def test_misconduct_is_no_service_here(cast, category, key, client):
    ComplaintCategory.objects.create(
        agency=cast.agency, code="pungli", name="Pungli", usual_class=ComplaintClass.MISCONDUCT
    )
    ComplaintCategory.objects.create(agency=cast.agency, code="lama", name="Lama", active=False)
    codes = {row["service_code"] for row in client.get(f"{V2}/services.json").json()}
    assert codes == {"jalan-rusak", "lainnya"}
    for code in ("pungli", "lama"):
        assert client.get(f"{V2}/services/{code}.json").status_code == 404
        assert client.post(f"{V2}/requests.json", {**SENT, "service_code": code, "api_key": key}).status_code == 404
    assert not Complaint.objects.exists()


def test_a_definition_is_an_object_with_attributes(cast, category, client):
    told = client.get(f"{V2}/services/jalan-rusak.json").json()
    assert told["service_code"] == "jalan-rusak"
    kinds = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
    for place, each in enumerate(told["attributes"], 1):
        assert each["order"] == place
        assert each["datatype"] in kinds
        assert isinstance(each["required"], bool)
        assert isinstance(each["variable"], bool)
        assert bool(each["values"]) == each["datatype"].endswith("valuelist")
    root = _xml(client.get(f"{V2}/services/jalan-rusak.xml").content)
    assert root.tag == "service_definition"
    assert [each.text for each in root.findall("attributes/attribute/values/value/key")] == ["ya", "tidak"]


def test_an_unknown_service_has_no_definition(cast, category, client):
    response = client.get(f"{V2}/services/tidak-ada.json")
    assert response.status_code == 404
    assert errors_of(response) == ["service_code not found"]


# Which government


def test_the_jurisdiction_is_needed_where_two_governments_live(cast, category, client):
    assert client.get(f"{V2}/services.json").status_code == 200
    make_cast("11.02", "Kabupaten Lain")
    missing = client.get(f"{V2}/services.json")
    assert missing.status_code == 400
    assert errors_of(missing) == ["jurisdiction_id required"]
    assert client.get(f"{V2}/services.json?jurisdiction_id=99.71").status_code == 200
    unknown = client.get(f"{V2}/services.xml?jurisdiction_id=12.34")
    assert unknown.status_code == 404
    assert _xml(unknown.content).findtext("error/code") == "404"


# Sending


def test_a_report_becomes_a_complaint_with_its_reporter_apart(cast, category, key, client):
    response = client.post(f"{V2}/requests.json", {**SENT, "api_key": key, "attribute[judul]": "Lubang di pasar"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    (row,) = response.json()
    complaint = Complaint.objects.get()
    assert row["service_request_id"] == complaint.tracking_code
    assert "token" not in row
    assert complaint.tracking_code in row["service_notice"]
    assert (complaint.channel, complaint.category) == (Channel.OPEN311, category)
    assert (complaint.latitude_micro, complaint.longitude_micro) == (-5147665, 119432732)
    assert (complaint.title, complaint.body) == ("Lubang di pasar", SENT["description"])
    assert not complaint.is_published
    reporter = Reporter.objects.get()
    assert reporter.name == "Budi Santoso"
    assert {"081234567890", "budi@contoh.id"} <= set(reporter.contact.split(", "))
    assert ApiSubmission.objects.get().complaint == complaint
    assert not any(name in str(JournalEntry.objects.values_list("changes", flat=True)) for name in ("Budi", "0812"))


def test_names_of_one_and_of_three_words_arrive(cast, category, key, client):
    for first, last, whole in (("Budi", "", "Budi"), ("Muhammad", "Nur Hidayat", "Muhammad Nur Hidayat")):
        client.post(f"{V2}/requests.json", {**SENT, "first_name": first, "last_name": last, "api_key": key})
        assert Reporter.objects.filter(name=whole).exists()


def test_xml_answers_a_report_too(cast, category, key, client):
    response = client.post(f"{V2}/requests.xml", {**SENT, "api_key": key})
    root = _xml(response.content)
    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id") == Complaint.objects.get().tracking_code


def test_anonymous_and_the_day_are_asked_as_attributes(cast, category, key, client):
    more = {"attribute[anonim]": "ya", "attribute[tanggal_kejadian]": "2026-01-05"}
    client.post(f"{V2}/requests.json", {**SENT, **more, "api_key": key})
    complaint = Complaint.objects.get()
    assert complaint.is_anonymous
    assert str(complaint.event_on) == "2026-01-05"


def test_a_photo_comes_as_a_part_named_media(cast, category, key, client, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    response = client.post(f"{V2}/requests.json", {**SENT, "api_key": key, "media": photo("IMG_Budi.jpg")})
    assert response.status_code == 200
    kept = Complaint.objects.get().photos.get()
    assert "Budi" not in kept.file.name
    refused = client.post(
        f"{V2}/requests.json", {**SENT, "api_key": key, "media": SimpleUploadedFile("foto.jpg", b"bukan foto")}
    )
    assert refused.status_code == 400
    assert Complaint.objects.count() == 1


def test_addresses_of_photos_are_noted_and_never_fetched(cast, category, key, client):
    sent = {**SENT, "api_key": key, "description": "", "media_url": "https://contoh.id/a.jpg"}
    assert client.post(f"{V2}/requests.json", sent).status_code == 200
    assert "https://contoh.id/a.jpg" in Complaint.objects.get().body
    odd = client.post(f"{V2}/requests.json", {**sent, "media_url": "file:///etc/passwd"})
    assert odd.status_code == 400


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (["service_code"], "service_code required"),
        (["description"], "description required"),
        (["lat", "long", "address_string"], "location required"),
        (["long"], "lat and long are needed together"),
    ],
)
def test_what_is_missing_is_said(cast, category, key, client, left_out, said):
    sent = {name: value for name, value in SENT.items() if name not in left_out}
    response = client.post(f"{V2}/requests.json", {**sent, "api_key": key})
    assert response.status_code == 400
    assert any(said in each for each in errors_of(response))
    assert not Complaint.objects.exists()


def test_every_mistake_is_told_at_once(cast, category, key, client):
    sent = {"service_code": "jalan-rusak", "lat": "200", "long": "abc", "description": "x" * 4001, "api_key": key}
    assert len(errors_of(client.post(f"{V2}/requests.json", sent))) == 3 + 1


def test_an_address_alone_is_a_place(cast, category, key, client):
    sent = {name: value for name, value in SENT.items() if name not in {"lat", "long"}}
    assert client.post(f"{V2}/requests.json", {**sent, "api_key": key}).status_code == 200


def test_without_a_valid_key_nothing_is_taken(cast, category, key, client):
    for sent, said in (({}, "api_key required"), ({"api_key": "salah"}, "api_key is not valid")):
        response = client.post(f"{V2}/requests.json", {**SENT, **sent})
        assert response.status_code == 403
        assert errors_of(response) == [said]
    revoke_key(actor=cast.viewer("maya"), key_id=cast.agency.api_keys.get().pk, reason="Bocor")
    assert client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).status_code == 403
    assert not Complaint.objects.exists()


def test_a_key_is_good_for_its_own_government_only(cast, category, key, client):
    make_cast("11.02", "Kabupaten Lain")
    assert client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).status_code == 400
    foreign = client.post(f"{V2}/requests.json", {**SENT, "api_key": key, "jurisdiction_id": "11.02"})
    assert foreign.status_code == 403
    own = client.post(f"{V2}/requests.json", {**SENT, "api_key": key, "jurisdiction_id": "99.71"})
    assert own.status_code == 200


def test_the_same_report_again_is_the_same_complaint(cast, category, key, client):
    first = client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).json()
    again = client.post(f"{V2}/requests.xml", {**SENT, "api_key": key})
    assert _xml(again.content).findtext("request/service_notice") == first[0]["service_notice"]
    assert Complaint.objects.count() == 1
    client.post(f"{V2}/requests.json", {**SENT, "api_key": key, "description": "Lubang lain"})
    assert Complaint.objects.count() == 2


def test_after_ten_minutes_it_is_another_complaint(cast, category, key, client):
    client.post(f"{V2}/requests.json", {**SENT, "api_key": key})
    cache.clear()
    client.post(f"{V2}/requests.json", {**SENT, "api_key": key})
    assert Complaint.objects.count() == 2


def test_two_keys_never_share_a_report(cast, category, key, client):
    other = issue_key(actor=cast.viewer("maya"), name="Lain", contact="x", by_token=False, form_key=uuid.uuid4())[1]
    for each in (key, other):
        client.post(f"{V2}/requests.json", {**SENT, "api_key": each})
    assert Complaint.objects.count() == 2


def test_the_trial_checks_and_keeps_nothing(cast, category, key, client):
    good = client.post("/open311/uji/v2/requests.json", {**SENT, "api_key": key})
    assert good.status_code == 200
    assert good.json()[0]["service_request_id"].startswith("UJI")
    bad = client.post("/open311/uji/v2/requests.json", {"service_code": "jalan-rusak", "api_key": key})
    assert bad.status_code == 400
    assert not Complaint.objects.exists()


def test_too_much_is_refused(cast, category, key, client, monkeypatch):
    monkeypatch.setattr(views, "LARGEST", 100)
    assert client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).status_code == 413


def test_keys_cannot_be_tried_out(cast, category, key, client):
    for _ in range(limits.WRONG_KEYS.most):
        client.post(f"{V2}/requests.json", {**SENT, "api_key": "salah"})
    assert client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).status_code == 429


def test_a_key_sends_only_so_much(cast, category, key, client, monkeypatch):
    monkeypatch.setattr(limits, "REPORTS_OF_A_KEY", 1)
    assert client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).status_code == 200
    assert client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).status_code == 429


def test_reading_is_limited_too(cast, category, client, monkeypatch):
    monkeypatch.setattr(views, "READS", limits.ReadLimit("open311-test", 1))
    assert client.get(f"{V2}/services.json").status_code == 200
    assert client.get(f"{V2}/services.json").status_code == 429


# Tokens


def test_a_token_gets_its_number_once_the_report_is_public(cast, category, client):
    key = issue_key(actor=cast.viewer("tono"), name="Lama", contact="x", by_token=True, form_key=uuid.uuid4())[1]
    (row,) = client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).json()
    assert "service_request_id" not in row
    place = f"{V2}/tokens/{row['token']}.json"
    assert client.get(place).json() == [{"token": row["token"]}]
    Complaint.objects.update(is_published=True)
    number = Complaint.objects.get().tracking_code
    assert client.get(place).json() == [{"service_request_id": number, "token": row["token"]}]
    Complaint.objects.update(is_secret=True)
    assert client.get(place).json() == [{"token": row["token"]}]
    assert client.get(f"{V2}/tokens/tidak-ada.json").status_code == 404


# Reading


def test_a_published_report_has_every_field(cast, report, client):
    complaint = report(address="Jalan Melati", latitude_micro=-5_000_000, longitude_micro=119_000_000)
    (row,) = client.get(f"{V2}/requests.json").json()
    assert row["service_request_id"] == complaint.tracking_code
    assert row["status"] in {"open", "closed"}
    assert (row["service_code"], row["service_name"]) == ("jalan-rusak", "Jalan rusak")
    assert (row["lat"], row["long"]) == (-5.0, 119.0)
    assert row["agency_responsible"] == cast.agency.name
    assert row["expected_datetime"] == f"{complaint.finish_due_on}T23:59:59+08:00"
    for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
        assert timezone.datetime.fromisoformat(row[name]).tzinfo
    assert row["media_url"] is None
    assert "extended_attributes" not in row
    assert client.get(f"{V2}/requests/{complaint.tracking_code}.json").json() == [row]


def test_a_day_is_told_and_never_an_hour(cast, report, client):
    """Neither the answer nor a filter nor the order tells when somebody stood there or what a citizen did when."""
    zone = ZoneInfo(cast.agency.time_zone)
    noon = datetime.combine(timezone.now().astimezone(zone).date() - timedelta(days=2), time(12, 34, 56), zone)
    for hour in (9, 15, 11):
        at = noon.replace(hour=hour)
        report(f"Jam {hour}", received=at, kept={"received_on": at.date(), "updated_at": at})
    rows = client.get(f"{V2}/requests.json").json()
    midnight = noon.replace(hour=0, minute=0, second=0).isoformat()
    assert {row[name] for row in rows for name in ("requested_datetime", "updated_datetime")} == {midnight}
    assert [row["service_request_id"] for row in rows] == sorted(row["service_request_id"] for row in rows)

    def found(**query):
        return len(client.get(f"{V2}/requests.json", {name: at.isoformat() for name, at in query.items()}).json())

    late, early = noon.replace(hour=23), noon.replace(hour=1)
    assert found(updated_after=late) == found(updated_before=early) == 3
    assert found(start_date=late) == found(start_date=early, end_date=early) == 3
    day = timedelta(days=1)
    assert found(updated_after=noon + day) == found(updated_before=noon - day) == 0
    assert found(start_date=noon + day) == found(end_date=noon - day) == 0


def test_a_list_has_pages_and_no_answer_draws_them_all(cast, report, client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(published, "PAGE", 2)
    for number in range(3):
        report(f"Laporan {number}")
    pages = [client.get(f"{V2}/requests.json?page_size=1000&page={page}").json() for page in (1, 2, 3)]
    assert [len(rows) for rows in pages] == [2, 1, 0]
    assert len(client.get(f"{V2}/requests.json").json()) == 2
    with django_assert_num_queries(1):
        assert client.get(f"{V2}/requests.json?page=1000000").json() == []


def test_the_plain_list_is_drawn_once_a_minute_and_a_filtered_one_each_time(cast, report, client, monkeypatch):
    report("Lampu mati")
    drawn, draw = [], published.listed
    monkeypatch.setattr(published, "listed", lambda *asked: drawn.append(1) or draw(*asked))
    first, again = client.get(f"{V2}/requests.json"), client.get(f"{V2}/requests.json?page=1")
    assert first.json() == again.json() != []
    assert first["Content-Type"] == again["Content-Type"] == "application/json; charset=utf-8"
    assert len(drawn) == 1
    asked = ("requests.xml", "requests.json?extensions=true", "requests.json?page=2", "requests.json?status=open")
    for count, each in enumerate((*asked, "requests.json?status=open", "requests.json?page_size=1"), 2):
        assert client.get(f"{V2}/{each}").status_code == 200
        assert len(drawn) == count
    assert "extended_attributes" in client.get(f"{V2}/requests.json?extensions=true").json()[0]
    assert client.get(f"{V2}/requests.json?page=0").status_code == 400


def test_the_spot_of_an_anonymous_reporter_is_rounded(cast, report, client):
    spot = {"latitude_micro": -5_147_665, "longitude_micro": 119_432_732}
    told = {
        anonymous: client.get(f"{V2}/requests/{report(is_anonymous=anonymous, **spot).tracking_code}.json").json()[0]
        for anonymous in (True, False)
    }
    assert (told[True]["lat"], told[True]["long"]) == (-5.148, 119.433)
    assert (told[False]["lat"], told[False]["long"]) == (-5.147665, 119.432732)


def test_xml_says_the_same_as_json(cast, report, client):
    report("Tanda & <aneh> \x07")
    row = client.get(f"{V2}/requests.json").json()[0]
    found = _xml(client.get(f"{V2}/requests.xml").content).find("request")
    assert {each.tag for each in found} == set(row)
    assert found.findtext("description") == "Isi Tanda & <aneh> "
    assert found.findtext("address") == ""


@pytest.mark.parametrize("state", ComplaintState)
def test_states_become_open_or_closed(cast, report, client, state):
    closed = {"selesai", "ditolak", "dialihkan", "dianggap_dicabut"}
    report(
        state=state,
        kept={
            "last_answer_at": timezone.now(),
            "closed_by": ClosedBy.CITIZEN,
            "referred_to": "PLN",
            "ending_reason": "Alasan",
        },
    )
    (row,) = client.get(f"{V2}/requests.json?extensions=true").json()
    assert row["status"] == ("closed" if state in closed else "open")
    details = row["extended_attributes"]
    assert (details["status"], details["detailed_status"]) == DETAILS[state]
    assert row["status_notes"]
    if state == ComplaintState.REFERRED:
        assert row["agency_responsible"] == "PLN"


def test_both_truths_of_an_ending_are_told(cast, report, client):
    answered = {"last_answer_at": timezone.now()}
    report("A", state="selesai", kept={**answered, "closed_by": ClosedBy.CITIZEN})
    report("B", state="selesai", kept={**answered, "closed_by": ClosedBy.TIME})
    notes = {row["description"]: row["status_notes"] for row in client.get(f"{V2}/requests.json").json()}
    assert "dinyatakan selesai oleh pelapor" in notes["Isi A"]
    assert "tidak menanggapi" in notes["Isi B"]


def test_filters_narrow_the_list(cast, report, category, client):
    open_one = report("Satu")
    other = ComplaintCategory.objects.create(agency=cast.agency, code="air", name="Air")
    closed = report("Dua", category=other, state="ditolak")
    none = report("Tiga", category=None)

    def found(query):
        return {row["service_request_id"] for row in client.get(f"{V2}/requests.json?{query}").json()}

    assert found("status=open") == {open_one.tracking_code, none.tracking_code}
    assert found("status=closed") == {closed.tracking_code}
    assert found("status=open,closed&service_code=air,jalan-rusak") == {open_one.tracking_code, closed.tracking_code}
    assert found("service_code=lainnya") == {none.tracking_code}
    both = f"{open_one.tracking_code},{closed.tracking_code}"
    assert found(f"service_request_id={both}&status=open") == set(both.split(","))
    pages = [found(f"page_size=1&page={page}") for page in (1, 2, 3)]
    assert set.union(*pages) == {open_one.tracking_code, closed.tracking_code, none.tracking_code}
    assert client.get(f"{V2}/requests.json?status=buka").status_code == 400
    assert client.get(f"{V2}/requests.json?service_code=tidak").status_code == 404


def test_a_range_is_at_most_ninety_days(cast, report, client):
    now = timezone.now()
    recent = report("Baru")
    old = report("Lama", received=now - timedelta(days=100))

    def found(**query):
        return [row["service_request_id"] for row in client.get(f"{V2}/requests.json", query).json()]

    day = (now - timedelta(days=110)).strftime("%Y-%m-%dT%H:%M:%SZ")
    later = (now - timedelta(days=95)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found() == [recent.tracking_code]
    assert found(start_date=day, end_date=later) == [old.tracking_code]
    assert found(start_date=day) == [old.tracking_code]
    assert found(end_date=later) == [old.tracking_code]
    too_wide = client.get(f"{V2}/requests.json", {"start_date": day, "end_date": now.isoformat()})
    assert too_wide.status_code == 400
    assert "90 days" in errors_of(too_wide)[0]
    assert client.get(f"{V2}/requests.json", {"start_date": "kemarin"}).status_code == 400
    assert client.get(f"{V2}/requests.json", {"start_date": "2026-01-01"}).status_code == 400


def test_guarded_and_unpublished_reports_are_nowhere(cast, report, client):
    hidden = [
        report("Rahasia A", is_secret=True),
        report("Rahasia B", is_misconduct=True),
        report("Rahasia C", published=False),
    ]
    shown = report("Tampil", is_anonymous=True)
    numbers = ",".join(each.tracking_code for each in [*hidden, shown])
    for form in ("json", "xml"):
        wanted = (f"service_request_id={numbers}", "extensions=true", "status=open", "service_code=jalan-rusak")
        for query in ("", *wanted):
            page = client.get(f"{V2}/requests.{form}?{query}").content.decode()
            assert shown.tracking_code in page
            assert "Rahasia" not in page
            assert not any(each.tracking_code in page for each in hidden)
    unknown = client.get(f"{V2}/requests/ADU-0000-0000.json").content
    for each in hidden:
        answer = client.get(f"{V2}/requests/{each.tracking_code}.json")
        assert (answer.status_code, answer.content) == (404, unknown)


def test_no_answer_names_who_reported(cast, report, key, client):
    complaint = report()
    pages = [
        client.get(f"{V2}/{path}").content.decode()
        for path in ("requests.json?extensions=true", "requests.xml", f"requests/{complaint.tracking_code}.json")
    ]
    pages.append(client.post(f"{V2}/requests.json", {**SENT, "api_key": key}).content.decode())
    assert not any(name in page for page in pages for name in NAMES)


def test_another_governments_reports_are_its_own(cast, report, client):
    complaint = report()
    make_cast("11.02", "Kabupaten Lain")
    assert client.get(f"{V2}/requests.json?jurisdiction_id=11.02").json() == []
    there = client.get(f"{V2}/requests/{complaint.tracking_code}.json?jurisdiction_id=11.02")
    assert there.status_code == 404


@pytest.mark.parametrize("many", [1, 50])
def test_a_list_costs_the_same_at_any_length(cast, report, client, many, django_assert_num_queries):
    for number in range(many):
        report(f"Laporan {number}")
    with django_assert_num_queries(3):
        client.get(f"{V2}/requests.json?status=open,closed")
    client.get(f"{V2}/requests.json")
    with django_assert_num_queries(1):  # the government; the list is kept
        client.get(f"{V2}/requests.json")


def test_no_cookie_is_set_and_none_is_read(cast, category, sign_in):
    signed_in = sign_in("siti")
    response = signed_in.get(f"{V2}/services.json")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_other_methods_are_refused_in_the_clients_format(cast, category, client):
    assert errors_of(client.delete(f"{V2}/requests.json")) == ["use GET or HEAD or POST"]
    assert errors_of(client.post(f"{V2}/services.json")) == ["use GET or HEAD"]
    assert client.get(f"{V2}/services.yaml").status_code == 404


# Keys


def test_a_key_is_shown_once_and_only_its_hash_is_kept(cast, sign_in):
    browser = sign_in("tono")
    sent = {"name": "Aplikasi", "contact": "Tim", "form_key": str(uuid.uuid4())}
    first = browser.post("/impor/kunci/", sent)
    key = cast.agency.api_keys.get()
    shown = first.content.decode()
    assert f'<code class="big">{key.start}' in shown
    assert "no-store" in first["Cache-Control"]
    again = browser.post("/impor/kunci/", sent).content.decode()
    assert '<code class="big">' not in again
    assert cast.agency.api_keys.count() == 1
    entry = JournalEntry.objects.get(verb="interchange.key_issued")
    assert key.start not in json.dumps(entry.changes)


def test_who_may_not_keep_keys_is_refused(cast, sign_in):
    assert sign_in("siti").get("/impor/kunci/").status_code == 403
    with pytest.raises(NotAllowed):
        issue_key(actor=cast.viewer("dewi"), name="x", contact="x", by_token=False, form_key=uuid.uuid4())


def test_a_key_is_revoked_with_a_reason(cast, key, sign_in):
    row = cast.agency.api_keys.get()
    with pytest.raises(NotNow):
        revoke_key(actor=cast.viewer("tono"), key_id=row.pk, reason=" ")
    assert sign_in("maya").post(f"/impor/kunci/{row.pk}/cabut/", {"reason": "Bocor"}).status_code == 302
    assert cast.agency.api_keys.get().revoked_at
    assert JournalEntry.objects.filter(verb="interchange.key_revoked").count() == 1
