"""What stands in public can leave again, the report or one photo, on every public road and out of what was kept."""

import io

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from terang.audit.models import JournalEntry
from terang.evidence.complaints.models import Complaint, ComplaintClass, MessageKind, TakenBack
from terang.evidence.complaints.services import publishing, verifying
from terang.web.errors import NotAllowed, NotNow, Stale

TITLE = "Lampu jalan padam"


@pytest.fixture(autouse=True)
def stores(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    settings.CACHES |= {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("near", "counts")
    }
    for each in settings.CACHES:
        caches[each].clear()


def picture(color):
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(kept, "JPEG")
    return SimpleUploadedFile("x.jpg", kept.getvalue(), "image/jpeg")


@pytest.fixture
def shown(house):
    """A published report with two published photos."""
    found = house.verifying(title=TITLE, photos=[picture("navy"), picture("red")])
    finding = verifying.Finding(
        ComplaintClass.SERVICE, found.category, house.units["service"], is_published=True, publishes_photos=True
    )
    return verifying.route_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, finding=finding
    )


@pytest.fixture
def public(house, client):
    """Where a report can be read in public now, two seconds after the last look: names of roads."""
    code = house.office.agency.code

    def read(found):
        caches["near"].clear()
        number = found.tracking_code
        roads = {
            "list": reverse("public:reports", args=[code]),
            "page": reverse("public:report", args=[code, number]),
            "csv": reverse("public:table", args=[code, "laporan-warga", "csv"]),
            "json": reverse("public:table", args=[code, "laporan-warga", "json"]),
            "open311": reverse("open311:requests", args=["json"]) + f"?jurisdiction_id={code}",
            "open311 one": reverse("open311:request", args=[number, "json"]) + f"?jurisdiction_id={code}",
        }
        roads |= {f"photo {n}": reverse("public:photo", args=[code, number, n]) for n in (1, 2)}
        answers = {name: client.get(address) for name, address in roads.items()}
        found_in = {name for name, got in answers.items() if got.status_code == 200 and _tells(name, got, number)}
        return found_in, answers

    return read


def _tells(name, answer, number):
    return name.startswith("photo") or number in answer.content.decode()


def back(house, found, who="kokom", **told):
    told = {"why": TakenBack.PERSON} | told
    return publishing.take_back(actor=house.viewer(who), complaint=found, version=found.version, **told)


ALL = {"list", "page", "csv", "json", "open311", "open311 one", "photo 1", "photo 2"}


@pytest.mark.parametrize("who", ["kokom", "ines"])
def test_what_is_taken_back_leaves_every_public_road_also_what_was_kept(house, shown, public, who):
    assert public(shown)[0] == ALL
    shown = back(house, shown, who)
    assert public(shown)[0] == set()
    assert not shown.photos.filter(is_published=True).exists()


def test_one_photo_leaves_and_the_report_stays(house, shown, public):
    assert "/foto/1/" in public(shown)[1]["page"].content.decode()
    shown = back(house, shown, photo=1)
    roads, answers = public(shown)
    assert roads == ALL - {"photo 1"}
    page = answers["page"].content.decode()
    assert "/foto/1/" not in page
    assert "/foto/2/" in page
    assert "/foto/1/" not in answers["open311 one"].content.decode()


def test_caches_before_us_keep_reports_no_longer_than_they_are_fresh(house, shown, public):
    for name in ("list", "page", "csv", "photo 1"):
        assert public(shown)[1][name]["Cache-Control"] == "public, max-age=60", name


def test_it_appears_again_with_the_photos_somebody_looked_at(house, shown, public):
    shown = back(house, shown)
    shown = publishing.publish_complaint(
        actor=house.viewer("kokom"), complaint=shown, version=shown.version, photos=[2]
    )
    assert public(shown)[0] == ALL - {"photo 1"}
    with pytest.raises(NotNow, match="sudah tampil"):
        publishing.publish_complaint(actor=house.viewer("kokom"), complaint=shown, version=shown.version, photos=[])
    shown = publishing.publish_complaint(
        actor=house.viewer("kokom"), complaint=shown, version=shown.version, photos=[1]
    )
    assert public(shown)[0] == ALL


def test_the_journal_tells_why_in_words_of_its_own(house, shown):
    shown = back(house, shown, note="Nama Pak Anu terbaca di foto.", photo=1)
    back(house, shown, why=TakenBack.REPORTER)
    entries = JournalEntry.objects.filter(object_id=shown.pk, verb__contains="unpublished").order_by("id")
    assert [(each.verb, each.reason) for each in entries] == [
        ("complaints.photo_unpublished", "Menyebut atau memperlihatkan orang"),
        ("complaints.unpublished", "Diminta pelapor"),
    ]
    assert [each.changes["photos"] for each in entries] == [[1], [2]]
    assert "Anu" not in str([(each.changes, each.reason) for each in entries])
    notes = shown.messages.filter(kind=MessageKind.NOTE)
    assert "Pak Anu" in notes[0].text
    assert not any(each.is_shown for each in notes)


def test_who_may_not_and_what_cannot(house, shown):
    for who in ("head", "budi", "mayor", "dodi"):
        with pytest.raises(NotAllowed):
            back(house, shown, who)
    with pytest.raises(NotNow, match="sebab"):
        back(house, shown, why=TakenBack.OTHER)
    with pytest.raises(NotNow, match="tidak tampil"):
        back(house, shown, photo=9)
    with pytest.raises(Stale):
        publishing.take_back(
            actor=house.viewer("kokom"), complaint=shown, version=shown.version - 1, why=TakenBack.WRONG
        )
    shown = back(house, shown)
    with pytest.raises(NotNow, match="tidak tampil"):
        back(house, shown)


def test_who_works_in_the_unit_it_is_about_neither_shows_nor_hides_it(house):
    found = house.routed(title=TITLE)
    Complaint.objects.filter(pk=found.pk).update(about_unit=house.units["secretariat"])
    with pytest.raises(NotAllowed):
        back(house, Complaint.objects.get(pk=found.pk))


def test_guarded_reports_never_appear(house):
    for kind in ({"is_secret": True}, {"is_misconduct": True}):
        found = house.routed(**kind)
        who = "ines" if found.is_misconduct else "kokom"
        with pytest.raises(NotNow, match="tidak tampil"):
            publishing.publish_complaint(actor=house.viewer(who), complaint=found, version=found.version, photos=[])


def test_the_page_offers_it_and_says_where_it_stands(house, shown, client):
    client.force_login(house.people["kokom"].user)
    page = client.get(shown.get_absolute_url()).content.decode()
    assert "tampil, dengan foto 1, 2" in page
    assert "Tarik dari halaman publik" in page
    assert "Tampilkan di halaman publik" not in page
    act = lambda slug, **told: client.post(  # noqa: E731
        reverse("complaints:act", args=[shown.tracking_code, slug]),
        {"version": Complaint.objects.get(pk=shown.pk).version, **told},
    )
    empty = act("tarik", why="lain", what="laporan")
    assert empty.status_code == 422
    assert "Tuliskan sebabnya." in empty.content.decode()
    assert act("tarik", why="orang", what="1").status_code == 303
    assert act("tarik", why="orang", what="laporan").status_code == 303
    page = client.get(shown.get_absolute_url()).content.decode()
    assert "ditarik 24 November 2026" in page
    assert act("tampilkan", photos=["2"]).status_code == 422
    assert act("tampilkan", photos=["2"], looked="on").status_code == 303
    assert "tampil, dengan foto 2" in client.get(shown.get_absolute_url()).content.decode()
    client.force_login(house.people["head"].user)
    assert "Tarik dari halaman publik" not in client.get(shown.get_absolute_url()).content.decode()
    assert act("tarik", why="orang", what="laporan").status_code == 403
