"""The roster on the spot: what is known, what was seen, and what is asked of whom."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from terang.evidence.oversight import services
from terang.evidence.oversight.evidence import facts
from terang.evidence.oversight.models import CheckState, InspectionCheck, RosterLine
from terang.evidence.oversight.roster_page import roster_of, roster_summary
from terang.evidence.oversight.services import Marked
from terang.evidence.whereabouts import Whereabouts
from terang.registry.people.models import Employee, Role
from terang.rules.oversight.roster import Away, Mark
from terang.web.errors import NotAllowed, Stale


@pytest.fixture
def visit(office, agus, today):
    told = {"unit": office.unit, "day": today, "purpose": "Sidak", "letter": "1", "reply_days": 3}
    return services.open_inspection(actor=office.viewer(agus), form_key=uuid4(), **told)


@pytest.fixture
def known(monkeypatch):
    """What the room of presence would tell, by name of the person."""
    told = {
        "Budi": Whereabouts("07.28"),
        "Sari": Whereabouts("", Away.SICK, "cuti sakit"),
        "Tono": Whereabouts("", Away.DUTY, "dinas luar"),
    }

    def source(agency, employee_ids, day):
        names = dict(Employee.objects.filter(pk__in=employee_ids).values_list("pk", "name"))
        return {pk: told[name] for pk, name in names.items() if name in told}

    monkeypatch.setattr("terang.evidence.oversight.hooks.import_string", lambda path: source)
    return told


@pytest.fixture
def people(office, known):
    """Budi punched, Sari is on sick leave, Tono has a duty letter, of Wati nothing is known."""
    return {name: office.employee(name) for name in ("Budi", "Sari", "Tono", "Wati")}


@pytest.fixture
def save(office, agus, visit, people):
    def save(**marks):
        visit.refresh_from_db()
        told = {people[name].pk: mark for name, mark in marks.items()}
        lines = services.save_roster(
            actor=office.viewer(agus), inspection=visit, marks=told, version=visit.roster_version
        )
        return {line.employee.name: line for line in lines}

    return save


def test_the_page_knows_what_the_records_know(visit, people):
    rows = {row.person.name: row for row in roster_of(visit).rows}
    assert rows["Budi"].known.punched_at == "07.28"
    assert (rows["Sari"].known.away, rows["Sari"].known.label) == (Away.SICK, "cuti sakit")
    assert rows["Tono"].known.away == Away.DUTY
    assert (rows["Wati"].known.punched_at, rows["Wati"].known.away) == ("", None)
    assert (rows["Sari"].mark, rows["Wati"].mark) == (Mark.ABSENT, "")
    assert "Agus" not in rows, "works elsewhere"


def test_what_was_seen_is_reconciled(save, people, visit):
    lines = save(
        Budi=Marked(Mark.ABSENT, note="Kursi kosong"),
        Sari=Marked(Mark.ABSENT),
        Tono=Marked(Mark.SEEN),
        Wati=Marked(Mark.ABSENT),
    )
    assert {name: line.outcome for name, line in lines.items()} == {
        "Budi": "pertanyaan",
        "Sari": "sesuai",
        "Tono": "catatan",
        "Wati": "temuan",
    }
    question, finding = lines["Budi"].check_row, lines["Wati"].check_row
    assert question.note == (
        "Rekaman hadir pukul 07.28, tetapi tidak terlihat pukul 12.00. Di mana Anda saat itu? Kursi kosong"
    )
    assert (finding.state, finding.reply_due_on is not None, finding.employee) == (
        CheckState.OPEN,
        True,
        people["Wati"],
    )
    assert InspectionCheck.objects.count() == 2


def test_nobody_is_counted_absent_before_being_heard(save, people, today):
    save(Wati=Marked(Mark.ABSENT))
    month = (today.replace(day=1), today + timedelta(days=7))
    assert facts([people["Wati"].pk], *month)["inspections"] == []


def test_the_share_is_missing_while_somebody_is_not_marked(save, visit, people):
    assert roster_summary(visit) is None
    save(Wati=Marked(Mark.SEEN))
    told = roster_summary(visit)
    assert (told.expected, told.present, told.unmarked, told.presence_bp) == (5, 1, 4, None), "the head is expected too"


def test_a_corrected_mark_takes_its_finding_back(save, people):
    finding = save(Wati=Marked(Mark.ABSENT))["Wati"].check_row
    assert save(Wati=Marked(Mark.ABSENT)) == {}
    assert RosterLine.objects.get().check_row == finding, "saved twice is one finding"
    seen = save(Wati=Marked(Mark.SEEN))["Wati"]
    finding.refresh_from_db()
    assert (seen.check_row, finding.state) == (None, CheckState.WITHDRAWN)
    assert finding.decide_reason == "Daftar hadir diperbaiki pemeriksa."


def test_a_line_that_was_replied_to_stands(save, people, office):
    finding = save(Wati=Marked(Mark.ABSENT))["Wati"].check_row
    services.reply_check(actor=office.viewer(people["Wati"]), check=finding, text="Ke bank", version=0)
    assert save(Wati=Marked(Mark.SEEN), Budi=Marked(Mark.SEEN)).keys() == {"Budi"}
    finding.refresh_from_db()
    assert finding.state == CheckState.OPEN
    assert RosterLine.objects.get(employee=people["Wati"]).mark == Mark.ABSENT


def test_strangers_and_empty_excuses_are_refused_and_nothing_is_saved(save, office, agus, visit, people):
    for marks, field in (
        ({"Wati": Marked(Mark.EXCUSED), "Budi": Marked(Mark.SEEN)}, f"told-{people['Wati'].pk}"),
        ({"Wati": Marked(Mark.EXCUSED, Away.OTHER)}, f"note-{people['Wati'].pk}"),
    ):
        with pytest.raises(ValidationError) as refused:
            save(**marks)
        assert field in refused.value.message_dict
    elsewhere = {office.employee("Orang Lain", unit=office.root).pk: Marked(Mark.SEEN)}
    with pytest.raises(ValidationError, match="tidak bekerja"):
        services.save_roster(actor=office.viewer(agus), inspection=visit, marks=elsewhere, version=0)
    with pytest.raises(Stale):
        services.save_roster(actor=office.viewer(agus), inspection=visit, marks={}, version=7)
    with pytest.raises(NotAllowed):
        services.save_roster(actor=office.viewer(office.head), inspection=visit, marks={}, version=0)
    assert not RosterLine.objects.exists()


def test_nobody_marks_themselves(client, office, visit, people):
    office.grant(people["Wati"], Role.OVERSIGHT)
    marks = {people["Wati"].pk: Marked(Mark.SEEN)}
    with pytest.raises(NotAllowed, match="anggota tim lain"):
        services.save_roster(actor=office.viewer(people["Wati"]), inspection=visit, marks=marks, version=0)
    client.force_login(people["Wati"].user)
    url = reverse("oversight:roster", args=[visit.pk])
    page = client.get(url).content.decode()
    assert f"mark-{people['Wati'].pk}" not in page
    assert "Kehadiran Anda dicatat oleh anggota tim lain." in page
    sent = {"version": 0} | {f"mark-{people[name].pk}": "terlihat" for name in ("Wati", "Budi")}
    assert client.post(url, sent).status_code == 302
    assert [line.employee.name for line in RosterLine.objects.all()] == ["Budi"]


def test_correcting_one_line_leaves_the_others_as_they_were_found(save, visit, people, known, monkeypatch):
    marks = {"Wati": Marked(Mark.ABSENT), "Budi": Marked(Mark.SEEN), "Sari": Marked(Mark.ABSENT)}
    finding = save(**marks)["Wati"].check_row
    known["Wati"], known["Budi"] = Whereabouts("13.40"), Whereabouts("", Away.SICK, "cuti sakit")
    moment = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert save(**marks | {"Sari": Marked(Mark.SEEN)}).keys() == {"Sari"}
    lines = {line.employee.name: line for line in RosterLine.objects.all()}
    finding.refresh_from_db()
    assert (lines["Wati"].check_row, lines["Wati"].outcome, lines["Wati"].punched_at) == (finding, "temuan", "")
    assert (finding.state, "pukul 12.00" in finding.note) == (CheckState.OPEN, True)
    assert (lines["Budi"].recorded, lines["Budi"].punched_at) == ("", "07.28")
    assert (lines["Wati"].seen_at, lines["Sari"].seen_at) == (time(12), time(14))


def test_a_punch_after_the_look_is_none_and_more_words_are_the_same_look(save, people, known, monkeypatch):
    save(Wati=Marked(Mark.ABSENT))
    known["Wati"] = Whereabouts("12.01")
    moment = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    line = save(Wati=Marked(Mark.ABSENT, note="Kursi kosong"))["Wati"]
    assert (line.seen_at, line.punched_at, line.outcome) == (time(12), "", "temuan")


def test_on_a_later_day_the_time_of_the_look_is_asked(client, visit, agus, people, monkeypatch):
    moment = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    client.force_login(agus.user)
    url = reverse("oversight:roster", args=[visit.pk])
    sent = {"version": 0, f"mark-{people['Wati'].pk}": "tidak_terlihat"}
    for wrong in ({}, {"seen_at": "25:99"}):
        refused = client.post(url, sent | wrong)
        assert refused.status_code == 422
        assert "Isi pukul berapa Anda melihatnya." in refused.content.decode()
    assert not RosterLine.objects.exists()
    assert client.post(url, sent | {"seen_at": "10:15"}).status_code == 302
    assert "pukul 10.15" in RosterLine.objects.get().check_row.note
    assert client.post(url, sent | {"version": 1}).status_code == 302, "nothing new, nothing asked"


def test_a_saved_line_keeps_what_was_known_then(save, visit, people, known):
    save(Wati=Marked(Mark.ABSENT))
    known["Wati"] = Whereabouts("12.01")
    [row] = [row for row in roster_of(visit).rows if row.person == people["Wati"]]
    assert row.known.punched_at == ""
    assert save(Wati=Marked(Mark.ABSENT)) == {}, "said again, nothing changes"


def test_through_the_page_on_a_phone(client, visit, people, agus, office):
    url = reverse("oversight:roster", args=[visit.pk])
    wati, budi = people["Wati"].pk, people["Budi"].pk
    client.force_login(agus.user)
    page = client.get(url).content.decode()
    assert "rekaman hadir 07.28" in page
    assert "cuti sakit" in page
    form = {"version": 0, f"mark-{wati}": "beralasan", f"mark-{budi}": "terlihat"}
    wrong = client.post(url, form)
    assert wrong.status_code == 422
    assert "Pilih alasannya." in wrong.content.decode()
    assert not RosterLine.objects.exists()
    assert client.post(url, form | {f"told-{wati}": "izin"}).status_code == 302
    assert client.post(url, form | {f"told-{wati}": "izin"}).status_code == 409, "the page is old now"
    client.force_login(office.head.user)
    page = client.get(url).content.decode()
    assert "Simpan kehadiran" not in page
    assert "Tidak ada, beralasan" in page
    client.force_login(people["Wati"].user)
    assert client.get(url).status_code == 403


def test_the_page_costs_the_same_whatever_the_length(
    client, agus, visit, people, office, save, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(agus.user)
    url = reverse("oversight:roster", args=[visit.pk])
    save(Budi=Marked(Mark.SEEN))
    InspectionCheck.objects.create(inspection=visit, employee=people["Wati"], criterion="Butir", met=True)
    with django_assert_max_num_queries(25) as one:
        client.get(url)
    with django_assert_max_num_queries(25) as whole:
        client.get(visit.get_absolute_url())
    for number in range(30):
        office.employee(f"Pegawai {number}")
        InspectionCheck.objects.create(inspection=visit, employee=people["Wati"], criterion=f"Butir {number}", met=True)
    with django_assert_num_queries(len(one)):
        client.get(url)
    with django_assert_num_queries(len(whole)):
        client.get(visit.get_absolute_url())
