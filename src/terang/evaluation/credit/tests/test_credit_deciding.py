"""Laying credit points down: who, when, once, and what changed since."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Objection
from terang.evaluation.credit.duties import waiting_for
from terang.evaluation.credit.models import CreditDecision, CreditGrant
from terang.evaluation.credit.selectors import counts, digest_of
from terang.evaluation.credit.services import withdraw_decision, withdraw_grant
from terang.registry.people.models import Post
from terang.web.errors import NotAllowed, NotNow, Stale

YEAR_END = date(2026, 1, 1)


def test_the_appraiser_lays_down_what_the_account_says(clinic, cast):
    clinic.grant(points=Decimal("40"))
    clinic.rate(2025)
    made = clinic.lay_down(YEAR_END)
    assert (str(made.total), made.level, made.post_title, made.number) == ("52.50", "ahli_pertama", "Perawat", 1)
    account = clinic.account
    assert not account.is_ahead
    assert account.latest == made
    entry = JournalEntry.objects.get(verb="credit.decided")
    assert (entry.subject_employee_id, entry.changes["total"]) == (clinic.siti.pk, "52.50")


@pytest.mark.parametrize("name", ["siti", "maya", "andi", "bambang", "agus", "tono", "mayor"])
def test_nobody_else_lays_down(clinic, name):
    clinic.rate(2025)
    with pytest.raises(NotAllowed):
        clinic.lay_down(YEAR_END, actor=name)
    assert not CreditDecision.objects.exists()


def test_a_stale_page_is_told_and_twice_is_once(clinic):
    clinic.rate(2024)
    seen, key = digest_of(clinic.account), uuid4()
    clinic.rate(2025)
    with pytest.raises(Stale):
        clinic.lay_down(date(2025, 1, 1), seen=seen)
    first = clinic.lay_down(YEAR_END, key=key)
    assert clinic.lay_down(YEAR_END, key=key).pk == first.pk
    with pytest.raises(NotNow):
        clinic.lay_down(YEAR_END)
    assert CreditDecision.objects.count() == 1


def test_only_an_end_that_was_offered_and_with_a_letter(clinic):
    clinic.rate(2025)
    with pytest.raises(ValidationError) as refused:
        clinic.lay_down(date(2025, 7, 1))
    assert list(refused.value.message_dict) == ["until"]
    with pytest.raises(ValidationError) as refused:
        clinic.lay_down(YEAR_END, letter="  ")
    assert list(refused.value.message_dict) == ["letter"]


def test_months_laid_down_early_are_not_converted_again_by_the_year(clinic):
    clinic.rate(2025, "sangat_baik", months=(1, 3))
    first = clinic.lay_down(date(2025, 4, 1))
    assert str(first.total) == "4.69"
    clinic.rate(2025, "baik")
    account = clinic.account
    assert [(line.span, str(line.points)) for line in account.lines] == [
        ("Januari–Maret 2025", "4.69"),
        ("April–Desember 2025", "9.38"),
    ]
    second = clinic.lay_down(YEAR_END)
    assert (second.number, second.before) == (2, first.lines)
    assert not counts(first)


def test_an_objection_won_later_asks_for_a_new_decision(clinic, cast):
    row = clinic.rate(2025, "butuh_perbaikan")
    clinic.lay_down(YEAR_END)
    assert waiting_for(cast.viewer("dewi")) == []
    days = {"filed_on": TODAY, "last_day": TODAY, "decision_due": TODAY}
    Objection.objects.create(
        appraisal=row,
        text="…",
        outcome="berubah",
        predicate="baik",
        work_result="meets",
        behaviour="meets",
        form_key=uuid4(),
        **days,
    )
    assert clinic.account.is_ahead
    assert [duty.title for duty in waiting_for(cast.viewer("dewi"))] == ["Tetapkan angka kredit Siti Rahma"]
    assert str(clinic.lay_down(YEAR_END).total) == "12.50"


def test_what_is_taken_back_lets_the_one_before_count_and_only_the_last_goes(clinic, cast):
    clinic.rate(2024)
    first = clinic.lay_down(date(2025, 1, 1))
    clinic.rate(2025)
    second = clinic.lay_down(YEAR_END)
    dewi = cast.viewer("dewi")
    with pytest.raises(NotNow):
        withdraw_decision(actor=dewi, decision=first, reason="Keliru")
    with pytest.raises(ValidationError):
        withdraw_decision(actor=dewi, decision=second, reason=" ")
    with pytest.raises(NotAllowed):
        withdraw_decision(actor=cast.viewer("maya"), decision=second, reason="Keliru")
    withdraw_decision(actor=dewi, decision=second, reason="Nomor surat keliru")
    withdraw_decision(actor=dewi, decision=second, reason="Lagi")
    assert CreditDecision.objects.get(pk=second.pk).reason == "Nomor surat keliru"
    assert clinic.account.latest == first
    assert clinic.lay_down(YEAR_END).number == 3


def test_only_personnel_records_and_never_for_oneself(clinic, cast):
    for name in ("siti", "dewi", "andi", "tono"):
        with pytest.raises(NotAllowed):
            clinic.grant(points=Decimal("40"), actor=name)
    clinic.siti = cast.maya
    with pytest.raises(NotAllowed):
        clinic.grant(points=Decimal("40"))
    assert not CreditGrant.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "hadiah"}, "kind"),
        ({"points": None}, "points"),
        ({"points": Decimal("0")}, "points"),
        ({"points": Decimal("2000.01")}, "points"),
        ({"level": "ahli super"}, "level"),
        ({"day": date(2026, 11, 25)}, "day"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(clinic, told, field):
    with pytest.raises(ValidationError) as refused:
        clinic.grant(**{"points": Decimal("40")} | told)
    assert list(refused.value.message_dict) == [field]


def test_one_of_a_kind_per_level_and_taken_back_it_may_be_recorded_anew(clinic, cast):
    key = uuid4()
    first = clinic.grant(points=Decimal("40"), key=key)
    assert clinic.grant(points=Decimal("40"), key=key).pk == first.pk
    with pytest.raises(ValidationError) as refused:
        clinic.grant(points=Decimal("41"))
    assert list(refused.value.message_dict) == ["kind"]
    withdraw_grant(actor=cast.viewer("maya"), grant=first, reason="Salah ketik")
    clinic.grant(points=Decimal("41"))
    clinic.rate(2025)
    assert str(clinic.account.total) == "53.50"


def test_the_pages_lead_from_the_account_to_the_paper(clinic, cast, sign_in):
    clinic.rate(2025)
    page = sign_in("dewi").get(reverse("credit:people"))
    assert "perlu ditetapkan" in page.content.decode()
    client = sign_in("dewi")
    address = reverse("credit:decide", args=[clinic.siti.pk])
    form = client.get(address).context["form"]
    told = {
        "until": "2026-01-01",
        "letter": "",
        "seen": form["seen"].value(),
        "form_key": str(form["form_key"].value()),
    }
    refused = client.post(address, told)
    assert refused.status_code == 422
    done = client.post(address, told | {"letter": "800/12/2026"}, follow=True)
    assert "800/12/2026" in done.content.decode()
    paper = client.get(reverse("documents:credit", args=[CreditDecision.objects.get().pk]))
    assert paper.content[:5] == b"%PDF-"
    own = sign_in("siti").get(reverse("credit:mine")).content.decode()
    assert "12,50" in own
    assert "12/12 × 100\u00a0% × 12,5 = 12,50" in own


def test_pages_without_anything_say_why(clinic, cast, sign_in):
    assert "status Anda PPPK" in sign_in("rina").get(reverse("credit:mine")).content.decode()
    assert "Tidak pada jabatan fungsional" in sign_in("andi").get(reverse("credit:mine")).content.decode()
    assert "belum tercatat" in sign_in("lina").get(reverse("credit:mine")).content.decode()
    assert "Belum ada angka kredit" in sign_in("siti").get(reverse("credit:mine")).content.decode()


def test_the_list_costs_the_same_for_many(clinic, cast, sign_in, django_assert_max_num_queries):
    for name in ("andi", "joko", "tono"):
        cast.people[name].assignments.update(post=cast.posts["nurse"])
    Post.objects.filter(pk=cast.posts["nurse"].pk).update(seats=9)
    clinic.rate(2025)
    client = sign_in("maya")
    with django_assert_max_num_queries(40) as many:
        client.get(reverse("credit:people"))
    few_people = sign_in("dewi")
    with django_assert_max_num_queries(60) as few:
        few_people.get(reverse("credit:people"))
    assert len(many.captured_queries) <= len(few.captured_queries) + 3
