"""Two public clients of Open311, unmodified, against a running server: `georeport` reads, `three` reads and sends."""

import itertools
import uuid

import pytest
import requests
from django.core.cache import cache, caches
from django.utils import timezone
from tests.cast import make_cast

from terang.evidence.complaints.models import Complaint, ComplaintCategory, Reporter
from terang.interchange.open311.keys import issue_key

itertools.ifilter = filter
"""`three` 0.8.0 asks for a name that Python 3 dropped."""


@pytest.fixture
def place(transactional_db, live_server, settings, tmp_path):
    """A government with one category and a key; the address of the server, and the key."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    cache.clear()
    caches["counts"].clear()
    cast = make_cast()
    make_cast("11.02", "Kabupaten Lain")
    ComplaintCategory.objects.create(agency=cast.agency, code="jalan-rusak", name="Jalan rusak", keywords="lubang")
    key = issue_key(actor=cast.viewer("tono"), name="Klien", contact="x", by_token=False, form_key=uuid.uuid4())[1]
    return f"{live_server.url}/open311/v2", key


def sent_with_three(place, **more):
    from three.core import Three

    client = Three(place[0], jurisdiction="99.71", api_key=place[1])
    told = {"address": "Jalan Melati 5", "lat": "-5.1", "long": "119.4", "description": "Lubang besar", **more}
    return client, client.post("jalan-rusak", **told)


def test_three_sends_and_reads(place):
    client, answered = sent_with_three(place, name="Budi Santoso", phone="0812")
    number = answered[0]["service_request_id"]
    assert Complaint.objects.get().tracking_code == number
    assert Reporter.objects.get().name == "Budi Santoso"
    assert client.requests() == []
    assert client.request(number)[0]["code"] == 404
    Complaint.objects.update(is_published=True)
    assert [row["service_request_id"] for row in client.requests("jalan-rusak", status="open", count=5)] == [number]
    assert client.request(number)[0]["description"] == "Lubang besar"
    today = timezone.now()
    start = (today - timezone.timedelta(days=2)).strftime("%m-%d-%Y")
    end = (today + timezone.timedelta(days=2)).strftime("%m-%d-%Y")
    assert [row["service_request_id"] for row in client.requests(between=[start, end])] == [number]


def test_three_finds_its_way_around(place):
    from three.core import Three

    client = Three(place[0], jurisdiction="99.71")
    assert client.discovery()["endpoints"][0]["url"] == place[0]
    assert [row["service_code"] for row in client.services()] == ["jalan-rusak", "lainnya"]
    assert client.services("jalan-rusak")["attributes"]
    assert client.token("tidak-ada")[0]["code"] == 404


def test_three_sends_a_photo_as_multipart(place, tmp_path):
    from PIL import Image

    path = tmp_path / "lubang.png"
    Image.new("RGB", (60, 40), "teal").save(path)
    with path.open("rb") as media:
        _, answered = sent_with_three(place, media=media, first_name="Siti", last_name="")
    assert answered[0]["service_request_id"]
    assert Complaint.objects.get().photos.count() == 1


def test_three_is_told_what_is_wrong(place):
    _, answered = sent_with_three((place[0], ""))
    assert answered == [{"code": 403, "description": "api_key required"}]
    _, answered = sent_with_three(place, description="")
    assert answered == [{"code": 400, "description": "description required"}]
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_everything(place, form):
    from georeport import GeoReport

    for words in ("Lubang satu", "Lubang dua"):
        sent_with_three(place, description=words)
    Complaint.objects.update(is_published=True)
    client = GeoReport(place[0], jurisdiction="99.71", output_format=form)
    assert [row["service_code"] for row in client.get_service_list()] == ["jalan-rusak", "lainnya"]
    assert client.get_service_definition("jalan-rusak")["service_code"] == "jalan-rusak"
    rows = client.get_service_requests(status="open", service_code="jalan-rusak")
    assert {row["description"] for row in rows} == {"Lubang satu", "Lubang dua"}
    number = rows[0]["service_request_id"]
    assert client.get_service_request(number)["service_request_id"] == number
    with pytest.raises(requests.HTTPError):
        client.get_service_request("ADU-0000-0000")
