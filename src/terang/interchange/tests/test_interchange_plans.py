"""Plans from a spreadsheet: read row by row, previewed, then drafts for all or for nobody."""

import uuid
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY

from terang.interchange.models import ImportState, PlanImport
from terang.interchange.plans.drafting import drafts_of, make_drafts
from terang.interchange.plans.rows import parse_plans
from terang.interchange.plans.tasks import apply_plans, read_plans
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.services import open_plan
from terang.rules.plans import PlanDocument, from_json
from terang.web.errors import NotNow
from terang.web.sheets import SpreadsheetError, read_sheet

HEAD = "NIP;Hasil kerja;Jenis;Indikator;Aspek;Target;Satuan;Arah;Pengumpulan"

pytestmark = pytest.mark.django_db


def lines(cast, *more):
    andi, rina = cast.andi.nip, cast.rina.nip
    rows = [
        f"{andi};KTP terbit tepat waktu;utama;KTP terbit;kuantitas;1.200;dokumen;;",
        f"{andi};KTP terbit tepat waktu;utama;Selesai dalam sehari;kualitas, waktu;80-90;%;;",
        f"{andi};Arsip tertata;tambahan;Berkas ditemukan;kualitas;Lima menit;;turun;terakhir",
        f"{rina};Antrean singkat;;Lama antre;waktu;30;menit;turun;terakhir",
    ]
    return "\n".join([HEAD, *rows, *more]).encode()


def test_rows_of_one_result_come_together_and_targets_are_read_as_written(cast):
    people, problems = parse_plans(read_sheet(lines(cast), "a.csv"))
    assert problems == []
    first, second = people[0].document.results
    assert [(each.text, each.main) for each in (first, second)] == [
        ("KTP terbit tepat waktu", True),
        ("Arsip tertata", False),
    ]
    count, share = first.indicators
    assert (count.target_milli, count.gathering, count.direction) == (1_200_000, "sum", "higher")
    assert (share.target_milli, share.target_max_milli, share.direction) == (80_000, 90_000, "range")
    assert share.aspects == ("kualitas", "waktu")
    assert (second.indicators[0].target_milli, second.indicators[0].target_text) == (None, "Lima menit")


def test_every_wrong_row_is_told_with_what_to_do(cast):
    wrong = (
        "123;Hasil;utama;Indikator;kuantitas;1;x;;",
        f"{cast.joko.nip};;utama;Indikator;kuantitas;1;x;;",
        f"{cast.joko.nip};Hasil;penting;Indikator;rasa;1;x;miring;",
        f"{cast.mayor.nip};Hasil;utama;Indikator;kuantitas;1;x;;",
        "199001012015041071;Hasil;utama;Indikator;kuantitas;1;x;;",
    )
    found = drafts_of(lines(cast, *wrong), "a.csv", agency=cast.agency, day=TODAY)
    told = [(each.row, each.column) for each in found.problems]
    expected = [(6, "NIP"), (7, "Hasil kerja"), (8, "Jenis"), (8, "Arah"), (8, "Aspek"), (9, "NIP"), (10, "NIP")]
    assert told == expected
    with pytest.raises(NotNow):
        make_drafts(found, actor=None, day=TODAY, origin="a.csv")
    assert not Plan.objects.exists()
    with pytest.raises(SpreadsheetError, match="tidak ditemukan"):
        drafts_of(b"NIP;Target\n1;2", "a.csv", agency=cast.agency, day=TODAY)


def test_who_has_a_plan_is_not_written_over_and_then_nobody_gets_one(cast):
    found = drafts_of(lines(cast), "a.csv", agency=cast.agency, day=TODAY)
    open_plan(
        actor=cast.viewer("rina"),
        employee=cast.rina,
        period_start=date(2026, 1, 1),
        period_end=date(2027, 1, 1),
        document=PlanDocument(),
    )
    with pytest.raises(NotNow, match="Rina Marlina"):
        make_drafts(found, actor=None, day=TODAY, origin="a.csv")
    assert [plan.employee for plan in Plan.objects.all()] == [cast.rina], "all or none"
    again = drafts_of(lines(cast), "a.csv", agency=cast.agency, day=TODAY)
    assert [each.name for each in again.problems] == ["Rina Marlina"]


@pytest.mark.parametrize("many", [1, 50])
def test_reading_costs_the_same_for_one_and_for_fifty(cast, many, django_assert_num_queries):
    rows = (f"{cast.joko.nip};Hasil {n};utama;Indikator;kuantitas;1;x;;" for n in range(many))
    data = lines(cast, *rows)
    with django_assert_num_queries(3):
        assert drafts_of(data, "a.csv", agency=cast.agency, day=TODAY).counts()["results"] == 3 + many


@pytest.fixture
def stored(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }


def keeper(cast, name="maya"):
    client = Client()
    client.force_login(cast.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_upload_preview_and_drafts(cast, stored):
    client, key = keeper(cast), str(uuid.uuid4())
    asked = {"year": timezone.localdate().year, "form_key": key}
    for _twice in range(2):
        answer = client.post(reverse("interchange:plans"), asked | {"file": ContentFile(lines(cast), "skp.csv")})
    job = PlanImport.objects.get()
    preview = reverse("interchange:plan_preview", args=[job.pk])
    assert answer.headers["Location"] == preview
    read_plans.call(job.pk)
    page = client.get(preview).content.decode()
    assert "Buat draf SKP" in page
    assert "2 hasil kerja, 3 indikator" in page
    confirm = reverse("interchange:plan_confirm", args=[job.pk])
    assert keeper(cast, "hendra").post(confirm).status_code == 403
    assert client.post(confirm).status_code == 302
    for _twice in range(2):
        apply_plans.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.counts["plans"]) == (ImportState.DONE, 2)
    versions = PlanVersion.objects.order_by("plan__employee__name")
    assert [(each.state, each.opened_by) for each in versions] == [(VersionState.DRAFT, cast.maya)] * 2
    assert len(from_json(versions[0].document).results) == 2


def test_a_preview_with_wrong_rows_cannot_be_applied(cast, stored):
    path = default_storage.save("imports/x", ContentFile(lines(cast, ";Hasil;;I;;1;x;;")))
    job = PlanImport.objects.create(
        agency=cast.agency,
        uploaded_by=cast.maya,
        form_key=uuid.uuid4(),
        file_name="a.csv",
        file_path=path,
        day=TODAY,
    )
    client = keeper(cast)
    read_plans.call(job.pk)
    assert client.post(reverse("interchange:plan_confirm", args=[job.pk])).status_code == 409
    assert "Buat draf SKP" not in client.get(reverse("interchange:plan_preview", args=[job.pk])).content.decode()
    told = client.get(reverse("interchange:plan_problems", args=[job.pk])).content.decode()
    assert "NIP: belum diisi." in told
    apply_plans.call(job.pk)
    assert not Plan.objects.exists()
