"""What nobody may find: misconduct for anybody in line with the accused unit, secret reports, and who reported."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.complaints import duties, evidence
from terang.evidence.complaints.access import complaints_visible, possible_handlers
from terang.evidence.complaints.acts import ACTS
from terang.evidence.complaints.models import ComplaintClass, Disclosure, Escalation, EscalationStep
from terang.evidence.complaints.publication import published_complaints
from terang.evidence.complaints.selectors import similar_complaints, waiting_on
from terang.evidence.complaints.services import citizen, disclosing, verifying
from terang.registry.people.models import Assignment, Post, Role
from terang.reporting.journal.selectors import entries_visible
from terang.reporting.live.topics import topics_of
from terang.web.errors import NotAllowed, NotNow

WORDS = ("Minta-Uang-Rahasia", "Wati Warga", "0812 5500 1234")
EVERYBODY = ("mayor", "head", "budi", "cici", "sandi", "kokom", "dodi", "lala", "maya", "lina")


@pytest.fixture
def accused(house):
    """A report of misconduct about Bagian Layanan, in an auditor's hands."""
    return house.in_hand(
        title="Minta-Uang-Rahasia", is_misconduct=True, is_anonymous=True, about_unit=house.units["service"]
    )


def sees(house, who, found):
    return complaints_visible(house.viewer(who)).filter(pk=found.pk).exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_but_the_oversight_team_finds_a_report_of_misconduct_by_any_road(house, accused, client, who):
    viewer = house.viewer(who)
    client.force_login(house.people[who].user)
    assert not sees(house, who, accused)
    assert not waiting_on(viewer).exists()
    assert duties.waiting_for(viewer) == []
    number = accused.tracking_code
    gets = [
        reverse("complaints:desk"), reverse("complaints:all"), reverse("complaints:board"),
        reverse("complaints:all") + "?ekspor=csv", reverse("complaints:all") + "?q=Minta-Uang",
        reverse("complaints:complaint", args=[number]), reverse("complaints:photo", args=[number, 1]),
        reverse("audit:journal"), reverse("audit:history", args=["complaints.complaint", accused.pk]),
    ]  # fmt: skip
    for url in gets:
        answer = client.get(url)
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = page.decode("utf-8", "replace")
        assert number not in text.replace(url, ""), url
        assert not any(word in text for word in WORDS if word not in url), url
    posts = [reverse("complaints:act", args=[number, act.slug]) for act in ACTS]
    for url in posts:
        assert client.post(url, {"version": accused.version, "text": "x", "form_key": str(uuid4())}).status_code == 404
    known = client.post(reverse("complaints:act", args=["ADU-2222-2222", "periksa"]), {"version": 1})
    assert known.status_code == 404  # the same answer as for a number nobody has


def test_the_oversight_team_finds_it(house, accused, client):
    for who in ("ines", "agus"):
        assert sees(house, who, accused)
        client.force_login(house.people[who].user)
        assert "Minta-Uang-Rahasia" in client.get(reverse("complaints:all")).content.decode()


def test_counts_on_a_board_do_not_tell_of_it(house, accused, client):
    client.force_login(house.people["head"].user)
    page = client.get(reverse("complaints:board")).content.decode()
    assert "Belum ada laporan" in page


def test_whoever_works_in_line_with_the_accused_unit_is_kept_away_even_with_a_role(house, accused):
    house.office.grant(house.people["cici"], Role.OVERSIGHT)
    house.office.grant(house.people["head"], Role.OVERSIGHT)
    assert not sees(house, "cici", accused)
    assert not sees(house, "head", accused)
    assert not possible_handlers(accused, house.viewer("ines")).filter(pk=house.people["cici"].pk).exists()
    post = Post.objects.create(unit=house.units["service"], title="Plt", kind="pelaksana", valid_from="2020-01-01")
    Assignment.objects.create(employee=house.people["agus"], post=post, starts_on="2020-01-01", kind="plt")
    assert not sees(house, "agus", accused)
    assert sees(house, "ines", accused)


def test_a_report_about_the_inspectorate_goes_to_the_regional_head(house):
    found = house.report(title="Minta-Uang-Rahasia", is_misconduct=True, about_unit=house.units["inspectorate"])
    assert not sees(house, "ines", found)
    assert not sees(house, "agus", found)
    assert sees(house, "mayor", found)
    assert not sees(house, "kokom", found)


def test_once_classified_the_coordinator_and_the_unit_lose_it(house):
    found = house.verifying(title="Minta-Uang-Rahasia")
    assert sees(house, "kokom", found)
    finding = verifying.Finding(ComplaintClass.MISCONDUCT, found.category, house.units["service"])
    found = verifying.route_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, finding=finding
    )
    assert (found.about_unit, found.unit, found.is_published) == (house.units["service"], None, False)
    assert not sees(house, "kokom", found)
    assert not sees(house, "head", found)
    assert sees(house, "ines", found)
    Escalation.objects.create(
        complaint=found, step=EscalationStep.VERIFICATION_LATE, due_on=found.verify_due_on, day=found.verify_due_on,
        told=house.people["head"], at=found.received_at,
    )  # fmt: skip
    assert not sees(house, "head", found)


def test_misconduct_is_never_routed_to_a_unit(house):
    found = house.verifying(is_misconduct=True)
    finding = verifying.Finding(ComplaintClass.SERVICE, None, house.units["service"])
    with pytest.raises(NotNow, match="tetap pada tim pengawas"):
        verifying.route_complaint(actor=house.viewer("ines"), complaint=found, version=found.version, finding=finding)


def test_the_journal_names_neither_unit_nor_actor_nor_verb_and_is_read_by_auditors_only(house, accused):
    entries = JournalEntry.objects.filter(object_type="complaints.complaint", object_id=accused.pk)
    assert entries.count() == 4
    assert {entry.verb for entry in entries} == {"complaints.guarded_changed"}
    assert {entry.unit_id for entry in entries} == {None}
    readers = {
        who
        for who in (*EVERYBODY, "ines", "agus")
        if entries_visible(house.viewer(who)).filter(pk__in=entries).exists()
    }
    assert readers == {"lina"}
    assert {entry.actor_name for entry in entries_visible(house.viewer("lina")).filter(pk__in=entries)} == {None}
    told = str([(entry.changes, entry.reason) for entry in entries])
    assert not any(word in told for word in (*WORDS, "Bagian Layanan"))


def test_no_open_page_hears_of_it(house, accused):
    assert topics_of(list(JournalEntry.objects.filter(verb="complaints.guarded_changed"))) == set()


def test_a_secret_report_is_for_who_handles_it(house):
    found = house.in_hand(title="Minta-Uang-Rahasia", is_secret=True)
    readers = {who for who in (*EVERYBODY, "ines", "agus") if sees(house, who, found)}
    assert readers == {"kokom", "head", "budi"}
    assert not published_complaints(house.office.agency).exists()
    verbs = set(JournalEntry.objects.filter(object_id=found.pk).values_list("verb", flat=True))
    assert "complaints.guarded_changed" in verbs
    assert not any(verb.startswith("complaints.") and verb != "complaints.guarded_changed" for verb in verbs)


def test_records_behind_a_score_tell_nothing_of_a_guarded_one(house, accused):
    house.answer(accused)
    citizen.confirm_done(complaint=accused)
    today = house.office.today if hasattr(house.office, "today") else house.viewer("agus").today
    start, end = today - timedelta(days=30), today + timedelta(days=2)
    [record] = evidence.records("complaint_response", house.people["agus"].pk, start, end)
    assert (record.id, record.url, record.title) == (0, "", "Pengaduan yang dilindungi")
    told = str(record)
    assert not any(word in told for word in (*WORDS, accused.tracking_code, "Bagian Layanan"))


def test_public_sets_hold_neither_secret_nor_misconduct_nor_what_nobody_let_through(house, accused):
    shown = house.in_hand(latitude_micro=-5_000_000, longitude_micro=119_000_000)
    house.report(title="Baru")
    secret = house.in_hand(is_secret=True, latitude_micro=-5_000_000, longitude_micro=119_000_000)
    assert list(published_complaints(house.office.agency)) == [shown]
    found = similar_complaints(
        agency=house.office.agency, today=shown.received_on, category_id=None, address="",
        place=(-5_000_900, 119_000_900),
    )  # fmt: skip
    assert found == [shown]
    assert secret not in found
    far = (-5_010_000, 119_000_000)
    assert not similar_complaints(
        agency=house.office.agency, today=shown.received_on, category_id=None, address="", place=far
    )


@pytest.mark.parametrize("anonymous", [True, False])
def test_who_handles_an_anonymous_report_never_reads_the_name(house, client, anonymous):
    found = house.in_hand(is_anonymous=anonymous)
    for who in ("kokom", "head", "budi"):
        client.force_login(house.people[who].user)
        page = client.get(found.get_absolute_url()).content.decode()
        assert ("Wati Warga" in page) is not anonymous, who
    for who in ("mayor", "lina"):
        client.force_login(house.people[who].user)
        assert "Wati Warga" not in client.get(found.get_absolute_url()).content.decode(), who


def test_no_list_and_no_export_ever_holds_a_name_or_number(house, client):
    house.in_hand()
    house.report()
    for who in ("kokom", "head", "budi", "ines", "mayor", "lina"):
        client.force_login(house.people[who].user)
        for name in ("desk", "all", "board"):
            for query in ("", "?ekspor=csv"):
                answer = client.get(reverse(f"complaints:{name}") + query)
                page = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert b"Wati" not in page
                assert b"0812" not in page


def test_an_identity_is_opened_by_two_people_once_and_the_reporter_is_told(house, accused, client):
    asked = disclosing.ask_disclosure(actor=house.viewer("agus"), complaint=accused, reason="Perlu keterangan saksi.")
    assert disclosing.ask_disclosure(actor=house.viewer("agus"), complaint=accused, reason="Lagi.").pk == asked.pk
    with pytest.raises(NotNow, match="belum disetujui"):
        disclosing.show_identity(actor=house.viewer("agus"), disclosure=asked)
    with pytest.raises(NotAllowed, match="Orang lain"):
        disclosing.decide_disclosure(actor=house.viewer("agus"), disclosure=asked, approves=True)
    for who in EVERYBODY:
        with pytest.raises(NotAllowed):
            disclosing.decide_disclosure(actor=house.viewer(who), disclosure=asked, approves=True)
        with pytest.raises(NotAllowed):
            disclosing.ask_disclosure(actor=house.viewer(who), complaint=accused, reason="Ingin tahu.")
    assert [duty.title for duty in duties.waiting_for(house.viewer("ines"))] == [
        f"Pembukaan identitas pelapor {accused.tracking_code}"
    ]
    disclosing.decide_disclosure(actor=house.viewer("ines"), disclosure=asked, approves=True)
    with pytest.raises(NotAllowed, match="yang memintanya"):
        disclosing.show_identity(actor=house.viewer("ines"), disclosure=asked)
    client.force_login(house.people["agus"].user)
    page = client.post(reverse("complaints:identity", args=[accused.tracking_code, asked.pk]))
    assert "Wati Warga" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    again = client.post(reverse("complaints:identity", args=[accused.tracking_code, asked.pk]))
    assert again.status_code == 409
    assert "Perlu keterangan saksi." in accused.messages.last().text
    acts = [entry.changes["act"] for entry in JournalEntry.objects.filter(object_id=accused.pk).order_by("id")]
    assert acts[-3:] == ["disclosure_asked", "disclosure_approved", "identity_disclosed"]


def test_a_refused_disclosure_shows_nothing(house, accused):
    asked = disclosing.ask_disclosure(actor=house.viewer("agus"), complaint=accused, reason="Perlu.")
    disclosing.decide_disclosure(actor=house.viewer("ines"), disclosure=asked, approves=False)
    with pytest.raises(NotNow):
        disclosing.show_identity(actor=house.viewer("agus"), disclosure=asked)
    assert not Disclosure.objects.exclude(shown_at=None).exists()


def test_addresses_do_not_count_up(house, accused):
    numbers = {house.report().tracking_code for _ in range(4)} | {accused.tracking_code}
    assert len(numbers) == 5
    assert all(re.fullmatch(r"ADU-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number) for number in numbers)
    assert str(accused.pk) not in re.findall(r"\d+", accused.get_absolute_url().replace(accused.tracking_code, ""))


def test_staff_read_days_and_never_minutes(house, client):
    house.go_to(house.viewer("head").today, 10)
    found = house.in_hand()
    client.force_login(house.people["budi"].user)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "10.00" not in page
    assert "10:00" not in page
