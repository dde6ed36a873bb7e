"""The boards by role: where a day begins, what waits, who is unusual, and who may not look."""

import re
import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY, ZONE

from terang.evaluation.models import Period, Score
from terang.evaluation.services import open_periods, raise_warnings, recompute
from terang.evidence.citizens.models import Service, ServiceRequest
from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.colleagues.services.opening import key_made, make_round
from terang.evidence.oversight.models import Inspection, InspectionCheck
from terang.evidence.work.models import Entry, EntryState, Task
from terang.evidence.work.phrases import PHRASES
from terang.planning.plans.models import Plan, PlanResult, PlanState
from terang.registry.people.models import Assignment, Employee
from terang.reporting.boards.team import team_of
from terang.reporting.boards.times.lines import service_lines
from terang.reporting.boards.waiting import waiting_for
from terang.rules.reviews.draw import Pair
from terang.web.numbers import percent


def result_of(employee):
    plan, _ = Plan.objects.get_or_create(
        employee=employee,
        period_start=date(2026, 1, 1),
        defaults={"period_end": date(2027, 1, 1), "state": PlanState.AGREED},
    )
    result, _ = PlanResult.objects.get_or_create(plan=plan, number=1, defaults={"text": "Dokumen terbit tepat waktu"})
    return result


def enter(employee, text="Menerbitkan KTP", *, day=TODAY, state=EntryState.SUBMITTED, **fields):
    return Entry.objects.create(
        employee=employee,
        day=day,
        result=result_of(employee),
        text=text,
        state=state,
        submitted_at=datetime.combine(day, time(8), ZONE),
        form_key=uuid.uuid4(),
        **fields,
    )


@pytest.fixture
def open_as(client, measured):
    def open_as(name, address, **more):
        client.force_login(measured.cast.people[name].user)
        return client.get(reverse(address), **more)

    return open_as


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("andi", "boards:today"),
        ("tono", "boards:today"),
        ("hendra", "boards:team"),
        ("maya", "people:desk"),
        ("agus", "boards:missions"),
        ("mayor", "boards:city"),
    ],
)
def test_a_day_begins_on_the_page_of_the_role(measured, open_as, name, first):
    assert open_as(name, "boards:home").url == reverse(first)
    assert open_as(name, first).status_code == 200


def test_today_shows_the_live_score_with_its_aspects(measured, open_as):
    page = text_of(open_as("andi", "boards:today"))
    assert "Andi Pratama" in page
    assert "79,0" in page
    assert f'data-live="employee:{measured.cast.andi.pk}"' in page
    assert reverse("boards:card") in page
    assert reverse("evaluation:score", args=[measured.period.pk, measured.cast.andi.pk]) in page


def test_today_without_evidence_says_what_brings_a_score(measured, open_as):
    page = text_of(open_as("rina", "boards:today"))
    assert "Nilai muncul setelah bukti pertama" in page
    assert "Susun SKP" in page, "until there is a plan, planning asks for it"


def test_the_card_tells_what_changed_it_last(measured, open_as):
    measured.attend("andi", present=10, first=date(2026, 11, 12))
    measured.compute("andi")
    page = text_of(open_as("andi", "boards:card"))
    assert "82,1" in page
    [told] = re.findall(r"(?:naik|turun) [0-9,]+</span> <span[^>]*>([^<]+)", page)
    assert told.startswith("sejak ")
    assert "naik 3,1" in page


def test_a_change_that_rounds_to_nothing_is_not_told(measured, open_as):
    """Then the direction is the one since the period before, which is named."""
    found = Score.objects.get(employee=measured.cast.andi)
    kept = {"previous_bp": found.total_bp + 4, "changed_at": timezone.now(), "cause": "work.entry_accepted"}
    Score.objects.filter(pk=found.pk).update(**kept)
    before = Period.objects.create(
        agency=measured.cast.agency, kind=measured.period.kind, ends_on=measured.period.starts_on,
        starts_on=(measured.period.starts_on - timedelta(days=1)).replace(day=1),
    )  # fmt: skip
    page = text_of(open_as("andi", "boards:card"))
    assert "Belum ada pembanding" in page
    found.pk, found.period, found.total_bp = None, before, found.total_bp + 120
    found.save()
    page = text_of(open_as("andi", "boards:card"))
    assert "turun 1,2" in page
    assert f"dibanding {before.title}" in page
    assert "kegiatan diterima" not in page
    Score.objects.filter(pk=found.pk).update(total_bp=found.total_bp - 120 + 4)
    assert "0,0 dibanding" not in text_of(open_as("andi", "boards:card"))
    assert "tetap" in text_of(open_as("andi", "boards:card"))


def test_below_the_standard_the_person_reads_since_when_why_and_what_helps(city, client):
    city.attend("andi", present=1, absent=9)
    city.serve("andi", timely=0, late=3)
    city.compute("andi", as_of=date(2026, 11, 12))
    city.compute("andi")
    client.force_login(city.cast.andi.user)
    page = text_of(client.get(reverse("boards:today")))
    assert "Di bawah standar 65,0 sejak 12 November 2026." in page
    assert "Belum menjadi peringatan" in page
    assert "Lihat permohonan yang lewat standar" in page
    raise_warnings(agency=city.cast.agency, day=TODAY)
    assert "Peringatan sudah disampaikan" in text_of(client.get(reverse("boards:today")))


def test_what_waits_for_a_person_is_listed_with_its_reason(measured):
    andi = measured.cast.andi
    enter(andi, "Rekap pemohon", state=EntryState.RETURNED, note="Lampirkan daftar")
    enter(andi, "Sudah beres", state=EntryState.ACCEPTED)
    for text, due in (("Laporan lewat", TODAY - timedelta(days=2)), ("Laporan nanti", TODAY + timedelta(days=20))):
        Task.objects.create(employee=andi, result=result_of(andi), text=text, due_on=due)
    visit = Inspection.objects.create(
        unit=measured.cast.units["register"], day=TODAY, lead=measured.cast.agus, purpose="Sidak"
    )
    InspectionCheck.objects.create(
        inspection=visit, employee=andi, criterion="Loket terisi", met=False, state="menunggu_tanggapan"
    )
    opening = ReviewRound(
        agency=measured.cast.agency, name="Putaran 1", instrument="x", opens_on=TODAY, closes_on=date(2026, 12, 1)
    )
    with key_made(opening) as key:
        make_round(opening, [Pair(andi.pk, measured.cast.rina.pk, "peer")], key)
    found = [(item.title, item.kind) for item in waiting_for(measured.cast.viewer("andi"))]
    assert found == [
        ("Rekap pemohon", "attention"),
        ("Loket terisi", "attention"),
        ("Laporan lewat", "wrong"),
        ("Nilai rekan: Rina Marlina", "quiet"),
    ]


def test_the_appraiser_sees_direct_reports_the_unusual_first(measured):
    enter(measured.cast.rina, day=date(2026, 11, 9))
    enter(measured.cast.andi, state=EntryState.ACCEPTED)
    board = team_of(measured.cast.viewer("hendra"))
    assert [member.employee.name for member in board.members] == ["Rina Marlina", "Andi Pratama"]
    rina, andi = board.members
    assert [text for _kind, text in rina.reasons] == [
        "1 laporan menunggu Anda",
        "Laporan terakhir 9 November 2026",
        "Belum cukup bukti",
    ]
    assert (andi.reasons, andi.score.total_bp) == ((), 7904)


def test_a_fall_since_the_last_period_is_unusual(measured):
    [october] = open_periods(agency=measured.cast.agency, start=date(2026, 10, 1), end=date(2026, 10, 2))
    measured.attend("andi", present=5, first=date(2026, 10, 5))
    measured.serve("andi", timely=2, day=date(2026, 10, 5))
    recompute(employee_ids=[measured.cast.andi.pk], period=october)
    enter(measured.cast.andi, state=EntryState.ACCEPTED)
    [andi] = [m for m in team_of(measured.cast.viewer("hendra")).members if m.employee == measured.cast.andi]
    assert [text for _kind, text in andi.reasons] == ["Turun 21,0 dari periode lalu"]


def test_who_appraises_nobody_reads_that_and_sees_nobody(measured, open_as):
    page = text_of(open_as("andi", "boards:team"))
    assert "Anda belum menilai siapa pun" in page
    assert "Rina Marlina" not in page


def test_the_team_follows_its_people_live(measured, open_as):
    page = text_of(open_as("hendra", "boards:team"))
    assert f'data-live="employee:{measured.cast.andi.pk} employee:{measured.cast.rina.pk}"' in page
    part = open_as("hendra", "boards:team", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="papan-tim"')


def test_the_appraiser_accepts_from_the_board(measured, client):
    entry = enter(measured.cast.andi)
    client.force_login(measured.cast.hendra.user)
    response = client.post(
        reverse("boards:decide", args=[entry.pk]),
        {"decision": "accept", "version": entry.version},
        headers={"HX-Request": "true"},
    )
    entry.refresh_from_db()
    assert (entry.state, entry.decided_by) == (EntryState.ACCEPTED, measured.cast.hendra)
    assert "Menerbitkan KTP" not in text_of(response)
    assert "diterima" in response.headers["HX-Trigger"]


def test_the_appraiser_returns_with_a_note(measured, client):
    entry = enter(measured.cast.andi)
    client.force_login(measured.cast.hendra.user)
    told = {"decision": "return", "version": entry.version, "note": "Lampirkan foto"}
    assert client.post(reverse("boards:decide", args=[entry.pk]), told).status_code in (302, 303)
    entry.refresh_from_db()
    assert (entry.state, entry.note) == (EntryState.RETURNED, "Lampirkan foto")


def test_a_ready_sentence_is_chosen_on_the_board(measured, client):
    first, second = enter(measured.cast.andi), enter(measured.cast.andi, "Rekap pemohon")
    client.force_login(measured.cast.hendra.user)
    page = client.get(reverse("boards:queue")).content.decode()
    assert page.count(str(PHRASES[0].text)) == 2
    told = {"decision": "return", "version": first.version, "phrase": PHRASES[0].code, "note": "Nomor 12"}
    client.post(reverse("boards:decide", args=[first.pk]), told)
    first.refresh_from_db()
    assert first.note == f"{PHRASES[0].text} Nomor 12"
    wrong = {"decision": "return", "version": second.version, "phrase": "tidak-ada"}
    assert client.post(reverse("boards:decide", args=[second.pk]), wrong).status_code == 409


@pytest.mark.parametrize(
    ("name", "told", "status"),
    [
        ("dewi", {"decision": "accept", "version": 1}, 403),
        ("andi", {"decision": "accept", "version": 1}, 403),
        ("hendra", {"decision": "accept", "version": 7}, 409),
        ("hendra", {"decision": "return", "version": 1, "note": " "}, 409),
        ("hendra", {"decision": "hapus", "version": 1}, 400),
    ],
)
def test_a_wrong_decision_changes_nothing(measured, client, name, told, status):
    entry = enter(measured.cast.andi)
    client.force_login(measured.cast.people[name].user)
    assert client.post(reverse("boards:decide", args=[entry.pk]), told).status_code == status
    entry.refresh_from_db()
    assert entry.state == EntryState.SUBMITTED


def test_the_oversight_team_sees_visits_those_with_open_replies_first(measured, open_as):
    for day, state in ((TODAY, "terkonfirmasi"), (TODAY - timedelta(days=9), "menunggu_tanggapan")):
        visit = Inspection.objects.create(
            unit=measured.cast.units["register"], day=day, lead=measured.cast.agus, purpose=f"Sidak {state}"
        )
        met = state == "terkonfirmasi"
        told = {"criterion": "Loket terisi", "met": met, "state": state}
        InspectionCheck.objects.create(inspection=visit, reply_due_on=TODAY, **told)
    InspectionCheck.objects.create(inspection=visit, replied_at=timezone.now(), **told)
    page = text_of(open_as("agus", "boards:missions"))
    assert page.index("Sidak menunggu_tanggapan") < page.index("Sidak terkonfirmasi")
    assert "1 menunggu tanggapan" in page
    assert "1 menunggu putusan" in page
    assert "0 dari 0" not in page


def test_the_regional_head_sees_services_answers_and_the_spread_without_names(measured, open_as):
    page = text_of(open_as("mayor", "boards:city"))
    assert "1 layanan" in page
    assert "KTP elektronik" in text_of(open_as("mayor", "boards:times_services"))
    assert "75,0" in page
    assert "Sebaran nilai pegawai" in page
    assert "Andi Pratama" not in page


@pytest.mark.parametrize(
    ("standard", "actual", "words", "share"),
    [
        (1350, 1351, "3 hari kerja 15 menit", "0 %"),
        (1350, 1349, "3 hari kerja", "100 %"),
        (1342, 1341, "2 hari kerja 7 jam 22 menit", "100 %"),
        (60, 61, "1 jam 1 menit kerja", "0 %"),
        (60, 12, "12 menit kerja", "100 %"),
    ],
)
def test_service_times_on_the_regional_page_never_contradict_the_promise(city, standard, actual, words, share):
    city.serve("andi", timely=3, day=TODAY)
    Service.objects.update(standard_minutes=standard)
    ServiceRequest.objects.update(actual_minutes=actual)
    [line] = service_lines(city.cast.agency, TODAY)
    assert (line.median_text, percent(line.timely_bp).replace("\u00a0", " ")) == (words, share)


def test_few_answers_give_no_index_on_the_regional_page(city, client):
    city.answer("andi", 4, times=4)
    client.force_login(city.cast.mayor.user)
    page = text_of(client.get(reverse("boards:city")))
    assert "jawaban belum cukup" in page
    assert "100,0" not in page


@pytest.mark.parametrize("name", ["andi", "hendra", "tono", "maya"])
def test_the_boards_of_others_are_refused(measured, open_as, name):
    assert open_as(name, "boards:city").status_code == 403
    assert open_as(name, "boards:missions").status_code == 403


@pytest.mark.parametrize(
    ("name", "sees", "not_"),
    [
        ("andi", {"Hari ini", "Kegiatan", "Nilai saya", "Kebijakan"}, {"Tim saya", "Meja kerja", "Misi", "Kota kami"}),
        ("hendra", {"Tim saya", "Pegawai"}, {"Meja kerja", "Misi", "Kota kami"}),
        ("maya", {"Meja kerja", "Pegawai"}, {"Misi", "Kota kami"}),
        ("agus", {"Misi", "Pegawai"}, {"Meja kerja", "Kota kami"}),
        ("mayor", {"Kota kami"}, {"Meja kerja", "Misi"}),
    ],
)
def test_the_navigation_holds_what_the_role_opens(measured, open_as, name, sees, not_):
    labels = {item.label for item in open_as(name, "boards:today").context["navigation"]}
    assert sees <= labels
    assert not not_ & labels


def test_the_navigation_marks_the_page_and_counts_what_came_back(measured, open_as):
    enter(measured.cast.andi, state=EntryState.RETURNED)
    items = {item.label: item for item in open_as("andi", "boards:today").context["navigation"]}
    assert items["Hari ini"].current
    assert [item.label for item in items.values() if item.current] == ["Hari ini"]
    assert items["Kegiatan"].count == 1


@pytest.mark.parametrize("page", ["citizens:requests", "citizens:queue", "citizens:managed", "citizens:voice"])
def test_every_page_of_services_stands_below_its_door(measured, open_as, page):
    items = open_as("hendra", page).context["navigation"]
    assert [item.url for item in items if item.current] == [reverse("citizens:requests")]


def test_a_team_of_fifty_takes_as_many_queries_as_one_of_five(measured, open_as):
    def grow(first, last):
        for number in range(first, last):
            employee = Employee.objects.create(
                agency=measured.cast.agency,
                nip=f"1985010120100110{number:02}",
                name=f"Pegawai {number}",
                joined_on=TODAY,
            )
            Assignment.objects.create(
                employee=employee, post=measured.cast.posts["register_officer"], starts_on=date(2026, 1, 2)
            )
            measured.cast.people[f"p{number}"] = employee
            measured.attend(f"p{number}", present=3, absent=1)
            measured.serve(f"p{number}", timely=1)
            enter(employee)
        measured.compute(*(f"p{number}" for number in range(first, last)))

    grow(0, 3)
    open_as("hendra", "boards:team")
    with CaptureQueriesContext(connection) as five:
        open_as("hendra", "boards:team")
    grow(3, 48)
    with CaptureQueriesContext(connection) as fifty:
        page = open_as("hendra", "boards:team")
    assert len(page.context["team"].members) == 50
    assert len(five) == len(fifty) <= 36, (len(five), len(fifty))
