"""Who could take the next rank: the same checklist for the person and for the list, and a decision by two."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import SINCE, TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.credit.models import CreditGrant
from terang.follow_up.career.contenders import digest_of, known_now
from terang.follow_up.career.followers import follow
from terang.follow_up.career.models import Proposal, Standing
from terang.follow_up.career.services import every_hour
from terang.registry.people.models import Role, RoleGrant
from terang.reporting.notices.selectors import news_of
from terang.web.errors import NotAllowed, NotNow, Stale


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def standing(desk, name: str = "andi") -> Standing:
    return Standing.objects.get(employee=desk.cast.people[name])


def test_a_checked_document_makes_somebody_ready_at_once(desk):
    assert standing(desk).readiness == "lebih"
    for subject, value, day in (
        ("pendidikan", "s1", SINCE),
        ("tmt_pangkat", "", SINCE),
        ("predikat", "baik", date(2025, 12, 31)),
        ("predikat", "baik", date(2024, 12, 31)),
    ):
        desk.fact(subject, value, day=day, who="andi")
    assert standing(desk).readiness == "satu"
    row = desk.give("disiplin", "none", who="andi", day=date(2026, 1, 1))
    assert standing(desk).readiness == "satu"
    desk.check(row)
    found = standing(desk)
    assert (found.readiness, found.next_rank, found.period) == ("siap", "III/c", date(2026, 12, 1))


def test_years_are_counted_to_the_coming_period(desk):
    desk.complete("andi")
    desk.fact("tmt_pangkat", "", day=date(2022, 12, 1), who="andi")
    assert standing(desk).readiness == "siap"
    desk.fact("tmt_pangkat", "", day=date(2022, 12, 2), who="andi")
    assert standing(desk).readiness == "satu"


def test_the_list_says_the_same_as_the_persons_own_page(desk, sign_in):
    desk.complete("andi", disiplin="light")
    page = words(sign_in("maya").get(reverse("career:candidates")))
    assert "Andi Pratama" in page
    assert "Kurang satu syarat" in page
    own, theirs = (
        words(sign_in(name).get(reverse("career:candidate", args=[desk.cast.andi.pk]))) for name in ("andi", "maya")
    )
    for said in ("Menuju golongan III/c", "1 Desember 2026", "Menunggu sampai masa hukuman berakhir"):
        assert said in own
        assert said in theirs
        assert said in words(sign_in("andi").get(reverse("career:mine")))


def test_filters_pages_and_a_spreadsheet_at_a_fixed_number_of_questions(desk, sign_in):
    client, url = sign_in("maya"), reverse("career:candidates")

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    before = asked()
    desk.complete("andi")
    desk.complete("joko")
    assert asked() == before
    ready = words(client.get(url, {"siap": "siap"}))
    assert "Andi Pratama" in ready
    assert "Sri Wahyuni" not in ready
    below = words(client.get(url, {"unit": desk.cast.units["dukcapil"].path}))
    assert "Andi Pratama" in below
    assert "Siti Rahma" not in below
    file = client.get(url, {"ekspor": "xlsx"})
    assert file["Content-Type"].endswith("spreadsheetml.sheet")


def test_personnel_of_a_unit_and_auditors_read_within_their_area(desk, sign_in):
    RoleGrant.objects.create(
        employee=desk.cast.dewi, role=Role.PERSONNEL, unit=desk.cast.units["puskesmas"], starts_on=SINCE
    )
    page = words(sign_in("dewi").get(reverse("career:candidates")))
    assert "Siti Rahma" in page
    assert "Andi Pratama" not in page
    assert sign_in("dewi").get(reverse("career:candidate", args=[desk.cast.andi.pk])).status_code == 403
    assert sign_in("dewi").get(reverse("career:vacancies")).status_code == 403
    assert "Andi Pratama" in words(sign_in("lina").get(reverse("career:candidates")))
    proof = desk.fact("disiplin", "none", who="andi")
    other = desk.fact("seminar", "ya", who="andi")
    assert sign_in("lina").get(proof.get_absolute_url()).status_code == 200
    assert sign_in("lina").get(other.get_absolute_url()).status_code == 403
    for name in ("hendra", "siti", "agus"):
        assert sign_in(name).get(reverse("career:candidates")).status_code == 403


def test_one_proposes_a_second_decides_and_what_was_known_stays(desk, court):
    desk.complete("andi")
    row = court.raise_()
    with pytest.raises(NotAllowed, match="orang kedua"):
        court.decide(row, by="maya")
    with pytest.raises(NotAllowed):
        court.decide(row, by="dewi")
    done = court.decide(row, by="mayor")
    assert (done.state, done.deviates, done.decree) == ("ditetapkan", False, "SK 821/12/2026")
    assert court.decide(row, by="mayor").pk == done.pk
    assert JournalEntry.objects.filter(verb="career.decided").count() == 1
    desk.fact("disiplin", "heavy", who="andi", day=date(2026, 11, 20))
    kept = Proposal.objects.get(pk=row.pk).known["conditions"]
    assert {each["state"] for each in kept} == {"met"}
    with pytest.raises(NotNow, match="sudah diusulkan"):
        court.raise_()


def test_with_something_missing_a_proposal_needs_a_reason_and_says_so(court):
    with pytest.raises(ValidationError, match="tidak menurut daftar"):
        court.raise_("andi")
    row = court.raise_("andi", reason="Kenaikan pengabdian.")
    assert row.deviates
    assert court.decide(row).deviates


@pytest.mark.parametrize(
    ("ruling", "field"),
    [({"reason": " "}, "reason"), ({"decree": ""}, "decree"), ({"effective_on": None}, "effective_on")],
)
def test_a_decision_names_its_reason_decree_and_day(court, ruling, field):
    row = court.raise_(reason="Sesuai masa kerja.")
    with pytest.raises(ValidationError) as refused:
        court.decide(row, **ruling)
    assert list(refused.value.message_dict) == [field]


def test_a_refusal_needs_no_decree_and_the_person_may_be_proposed_again(court):
    row = court.raise_(reason="Sesuai masa kerja.")
    assert court.decide(row, grants=False, decree="", effective_on=None).state == "ditolak"
    court.raise_(reason="Data sudah lengkap.")


def test_a_list_that_changed_meanwhile_is_read_again(desk, court):
    desk.complete("andi")
    row = court.raise_()
    seen = digest_of(known_now(row, TODAY))
    desk.fact("disiplin", "medium", who="andi", day=date(2026, 11, 20))
    with pytest.raises(Stale, match="sudah berubah"):
        court.decide(row, digest=seen)
    with pytest.raises(Stale):
        court.decide(row, version=7)


def test_nobody_proposes_or_decides_about_themselves(desk, court):
    with pytest.raises(NotAllowed):
        court.raise_("maya", reason="Saya.")
    row = court.raise_("tono", reason="Masa kerja.")
    with pytest.raises(NotAllowed, match="diri sendiri"):
        court.decide(row, by="tono")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(proposed_by=row.employee)


def test_the_way_by_its_pages_to_the_person(desk, court, sign_in):
    desk.complete("andi")
    url = reverse("career:propose_rank", args=[desk.cast.andi.pk])
    maya = sign_in("maya")
    key = maya.get(url).context["form"]["form_key"].value()
    for _ in range(2):
        answer = maya.post(url, {"form_key": key, "reason": ""})
        assert answer.status_code == 302
    row = Proposal.objects.get()
    mayor = sign_in("mayor")
    assert "Putuskan usulan Andi Pratama" in words(mayor.get(reverse("boards:today")))
    page = mayor.get(row.get_absolute_url())
    assert "sesuai daftar" in words(page)
    decide = reverse("career:decide", args=[row.pk])
    form = mayor.get(decide, {"dibaca": page.context["digest"]}).context["form"]
    told = {"version": 0, "digest": form["digest"].value(), "grants": "ya", "effective_on": "2026-12-01"}
    refused = mayor.post(decide, told | {"reason": "Memenuhi syarat."})
    assert refused.status_code == 422
    assert "nomor dan tanggal keputusannya" in words(refused)
    assert mayor.post(decide, told | {"reason": "Memenuhi syarat.", "decree": "SK 823/9"}).status_code == 302
    andi = sign_in("andi")
    assert "Golongan III/c" in words(andi.get(reverse("career:mine")))
    page = words(andi.get(row.get_absolute_url()))
    for said in ("SK 823/9", "Memenuhi syarat.", "Yang diketahui pada 24 November 2026", "Ratna Dewanti"):
        assert said in page
    assert "career.decided" in [entry.verb for entry in news_of(desk.viewer("andi"))]


def test_the_worker_follows_what_changed_and_the_new_day(desk):
    desk.rate("andi", 2025, "baik")
    entry = JournalEntry(
        verb="appraisals.accepted", agency_id=desk.cast.agency.pk, subject_employee_id=desk.cast.andi.pk
    )
    follow([entry])
    assert next(each for each in standing(desk).conditions if each["code"] == "predicate.2025")["state"] == "met"
    Standing.objects.update(computed_on=date(2026, 11, 23))
    desk.cast.joko.left_on = TODAY
    desk.cast.joko.save()
    every_hour()
    assert not Standing.objects.exclude(computed_on=TODAY).exists()
    assert not Standing.objects.filter(employee=desk.cast.joko).exists()


def test_the_wait_for_credit_points_follows_the_account(desk):
    """Ahli Pertama with Baik earns 12.5 a year: of 50 points 25 are missing after two years and a grant."""
    cast = desk.cast
    cast.posts["nurse"].level = "Ahli Pertama"
    cast.posts["nurse"].save()
    CreditGrant.objects.create(
        employee=cast.siti,
        kind="lama",
        level="ahli_pertama",
        points=Decimal("12.5"),
        day=date(2024, 12, 31),
        document="PAK 1/2024",
        recorded_by=cast.maya,
        recorded_on=TODAY,
        form_key=uuid4(),
    )
    desk.rate("siti", 2025, "baik")
    credit = next(each for each in desk.profile().next_rank.conditions if each.code == "credit")
    assert (credit.state, Decimal(credit.has), credit.by) == ("not_met", Decimal(25), date(2028, 1, 1))
