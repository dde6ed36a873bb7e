"""Files for the national application: what goes out, in whose hands, and what stays."""

import csv
import io
import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import NOW, TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.evaluation.models import Period
from terang.evidence.work.models import Entry, EntryState
from terang.interchange.national.handing import Span, Whose, evaluations, plans, progress, rows_of
from terang.interchange.national.services import hand_out
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.registry.people.models import Assignment
from terang.rules.regulations.national_handover import EVALUATIONS, PLANS, PROGRESS, hand_over_on
from terang.web.errors import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
LAYOUT = hand_over_on(TODAY)
MONTH = Span(date(2026, 11, 1), date(2026, 11, 30))
ADDRESS = "/impor/nasional/serahkan/"


@pytest.fixture
def promised(cast):
    """Andi's and Rina's plans, each with one result and one indicator; Andi's main result serves that of his head."""
    kept = {}
    for name in ("hendra", "andi", "rina"):
        employee = cast.people[name]
        seat = Assignment.objects.select_related("post__unit").get(employee=employee)
        plan = Plan.objects.create(
            employee=employee,
            post=seat.post,
            unit=seat.post.unit,
            period_start=date(2026, 1, 1),
            period_end=date(2027, 1, 1),
            state=PlanState.AGREED,
            agreed_on=date(2026, 1, 20),
        )
        above = kept["hendra"][0] if name != "hendra" else None
        result = PlanResult.objects.create(plan=plan, number=1, text=f"Hasil {name}", leader_result=above)
        indicator = Indicator.objects.create(
            result=result, text="KTP terbit", unit_label="dokumen", target_milli=1_200_500
        )
        kept[name] = result, indicator
    return kept


def write(cast, promised, name="andi", **other):
    result, indicator = promised[name]
    told = {
        "employee": cast.people[name],
        "day": date(2026, 11, 10),
        "result": result,
        "indicator": indicator,
        "text": "=Cetak KTP",
        "quantity_milli": 4_000,
        "state": EntryState.ACCEPTED,
        "submitted_at": NOW,
        "decided_at": datetime(2026, 11, 11, 6, 30, tzinfo=ZoneInfo("Asia/Makassar")),
        "form_key": uuid.uuid4(),
    }
    return Entry.objects.create(**{**told, **other})


def table(kind, whose, span=MONTH):
    return [dict(zip(LAYOUT.heads[kind], row, strict=True)) for row in rows_of(kind, whose, span, LAYOUT)]


def test_only_accepted_activities_of_the_days_go_out(cast, promised):
    kept = write(cast, promised)
    write(cast, promised, indicator=None, day=date(2026, 11, 30), quantity_milli=1_000)
    write(cast, promised, state=EntryState.SUBMITTED, decided_at=None)
    write(cast, promised, state=EntryState.RETURNED)
    write(cast, promised, day=date(2026, 10, 31))
    write(cast, promised, day=date(2026, 12, 1))
    first, last = table(PROGRESS, Whose(cast.agency.pk, cast.andi.pk))
    assert first["NIP"] == cast.andi.nip
    assert first["Rencana Aksi"] == "Hasil andi"
    assert first["Tanggal Kegiatan"] == date(2026, 11, 10)
    assert (first["Realisasi"], first["Satuan"]) == (4, "dokumen")
    assert (first["Jam Mulai"], first["Jam Selesai"]) == ("", "")
    assert first["Diterima Pimpinan"] == date(2026, 11, 11)
    assert first["Nomor Terang"] == kept.receipt
    assert first["Bukti Dukung"].endswith(kept.get_absolute_url())
    assert (last["Realisasi"], last["Satuan"]) == (1, "kegiatan")


def test_plans_go_out_as_they_stand_on_the_last_day(cast, promised):
    [row] = table(PLANS, Whose(cast.agency.pk, cast.andi.pk))
    assert (row["RHK Pimpinan"], row["RHK"], row["Jenis"]) == ("Hasil hendra", "Hasil andi", "Utama")
    assert (row["Target"], row["Satuan"]) == (1200.5, "dokumen")
    assert (row["Periode Awal"], row["Periode Akhir"]) == (date(2026, 1, 1), date(2026, 12, 31))
    Indicator.objects.filter(result__plan__employee=cast.andi).update(retired_on=date(2026, 11, 15))
    assert table(PLANS, Whose(cast.agency.pk, cast.andi.pk)) == []
    assert len(table(PLANS, Whose(cast.agency.pk, cast.andi.pk), Span(date(2026, 10, 1), date(2026, 10, 31)))) == 1
    Plan.objects.filter(employee=cast.rina).update(state=PlanState.DRAFT, agreed_on=None)
    assert table(PLANS, Whose(cast.agency.pk, cast.rina.pk)) == []


def test_results_go_out_once_they_were_handed_over(cast):
    period = Period.objects.create(
        agency=cast.agency, kind="month", starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1)
    )
    window = RatingWindow.objects.create(
        period=period, opens_on=date(2026, 11, 1), closes_on=date(2026, 11, 10), basis="Perkada", opened_by=cast.maya
    )
    seat = Assignment.objects.select_related("post__unit").get(employee=cast.andi)
    held = Appraisal.objects.create(
        window=window,
        employee=cast.andi,
        home=seat.post.unit,
        unit=seat.post.unit,
        post_title=seat.post.title,
        rater=cast.hendra,
        state=AppraisalState.DECIDED,
        work_result="above",
        behaviour="meets",
        predicate="baik",
    )
    october = Span(date(2026, 10, 31), date(2026, 10, 31))
    assert table(EVALUATIONS, Whose(cast.agency.pk), october) == []
    held.state, held.handed_on = AppraisalState.HANDED, date(2026, 11, 5)
    held.save()
    [row] = table(EVALUATIONS, Whose(cast.agency.pk), october)
    assert (row["Hasil Akhir"], row["NIP Penilai"], row["Periode Akhir"]) == (
        "Baik",
        cast.hendra.nip,
        date(2026, 10, 31),
    )
    assert table(EVALUATIONS, Whose(cast.agency.pk), MONTH) == []


def test_a_unit_takes_along_what_lies_below_it_and_nothing_else(cast, promised, django_assert_num_queries):
    for name in ("andi", "rina"):
        write(cast, promised, name)
    dukcapil, health = cast.units["dukcapil"], cast.units["health"]
    assert progress(Whose(cast.agency.pk, unit=dukcapil), MONTH).count() == 2
    assert progress(Whose(cast.agency.pk, unit=health), MONTH).count() == 0
    with django_assert_num_queries(1):
        assert len(table(PROGRESS, Whose(cast.agency.pk))) == 2
    with django_assert_num_queries(1):
        assert len(table(PLANS, Whose(cast.agency.pk))) == 3
    assert plans(Whose(cast.agency.pk + 1), MONTH).count() == 0
    assert evaluations(Whose(cast.agency.pk + 1), MONTH).count() == 0


def test_others_are_handed_out_by_the_personnel_agency_alone_and_it_is_journalled(cast, promised, viewer_of):
    write(cast, promised)
    for actor in ("andi", "hendra", "agus"):
        with pytest.raises(NotAllowed):
            hand_out(actor=viewer_of(actor), kind=PROGRESS, span=MONTH, own=False)
    assert not JournalEntry.objects.exists()
    file = hand_out(actor=viewer_of("maya"), kind=PROGRESS, span=MONTH, own=False, unit=cast.units["register"])
    assert (file.count, len(list(file.rows))) == (1, 1)
    entry = JournalEntry.objects.get(verb="interchange.national_handed_out")
    assert (entry.changes["kind"], entry.changes["rows"], entry.changes["own"]) == ("progress", 1, False)
    with pytest.raises(NotNow):
        hand_out(actor=viewer_of("maya"), kind=EVALUATIONS, span=MONTH, own=False)


def post(client: Client, **other):
    told = {"kind": "progress", "first": "2026-11-01", "last": "2026-11-30", "whose": "saya", "shape": "csv"}
    return client.post(ADDRESS, {**told, **other})


def test_everybody_takes_their_own_along(cast, promised, sign_in):
    write(cast, promised)
    write(cast, promised, "rina")
    client = sign_in("andi")
    page = client.get(ADDRESS).content.decode()
    assert "Saya sendiri" not in page
    answer = post(client, whose="unit")  # not offered to him, so not heard
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert tuple(rows[0]) == LAYOUT.heads["progress"]
    assert [row[0] for row in rows[1:]] == [cast.andi.nip]
    assert rows[1][6] == "'=Cetak KTP"
    assert "progres-harian-2026-11-01-2026-11-30" in answer.headers["Content-Disposition"]


def test_a_spreadsheet_for_the_personnel_agency(cast, promised, sign_in):
    write(cast, promised)
    client = sign_in("maya")
    assert "Seluruh pemerintah daerah" in client.get(ADDRESS).content.decode()
    answer = post(client, whose="unit", shape="xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"last": "2026-10-30"}, "tidak boleh sebelum tanggal awal"),
        ({"first": "2026-01-01"}, "Paling lama 31 hari"),
        ({"kind": "evaluations"}, "Tidak ada yang dapat diserahkan"),
        ({"first": ""}, "tidak boleh kosong"),
    ],
)
def test_what_cannot_be_made_is_said_beside_the_field(cast, promised, sign_in, told, words):
    write(cast, promised)
    answer = post(sign_in("andi"), **told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not JournalEntry.objects.exists()


def test_a_unit_of_another_government_is_not_offered(cast, promised, sign_in):
    answer = post(sign_in("maya"), whose="unit", unit="999999")
    assert answer.status_code == 422


def test_yesterday_is_what_the_form_begins_with(sign_in):
    page = sign_in("andi").get(ADDRESS).content.decode()
    assert f'value="{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"' in page
