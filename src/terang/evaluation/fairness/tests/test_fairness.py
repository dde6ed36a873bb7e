"""The lens: who sees what, what is said of few and of many, and what the database is asked."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, ItemRating, RatingWindow
from terang.evaluation.fairness.reading import rated_in
from terang.evaluation.models import Period
from terang.planning.plans.models import Plan, PlanResult, PlanState
from terang.registry.people.models import Employee

WORDS = ("below", "meets", "above")
WORDS_OF_SEX = ("Laki-laki", "Perempuan")


@pytest.fixture
def window(cast) -> RatingWindow:
    period = Period.objects.create(
        agency=cast.agency, kind="month", name="2026-10", starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1)
    )
    days = {"opens_on": date(2026, 10, 28), "closes_on": date(2026, 11, 10), "basis": "SE 1", "opened_by": cast.maya}
    return RatingWindow.objects.create(period=period, **days)


def rate(cast, window: RatingWindow, rater: Employee, people: int, lower: int = 0, state: str = "selesai") -> None:
    """People with evidence of two levels in turn, rated as it suggests or `lower` by so many levels of work."""
    begun = Employee.objects.count()
    for number in range(begun, begun + people):
        sex = "12"[number % 2]
        person = Employee.objects.create(
            agency=cast.agency,
            nip=f"198501012010011{'0'}{number:02d}"[:14] + sex + f"{number + 1:03d}",
            name=f"Pegawai {number}",
            status="pns",
            joined_on=date(2010, 1, 1),
        )
        level = 1 + number // 2 % 2
        work = WORDS[max(0, level - lower)]
        Appraisal.objects.create(
            window=window,
            employee=person,
            home=cast.units["register"],
            unit=cast.units["register"],
            rater=rater,
            state=state,
            work_result=work,
            behaviour=WORDS[level],
            suggested_work=WORDS[level],
            suggested_behaviour=WORDS[level],
            frozen={"work_result_bp": 6000 + 1500 * level, "behaviour_bp": 6000 + 1500 * level},
            predicate="baik",
        )


def lens(window: RatingWindow) -> str:
    return reverse("fairness:lens", args=[window.pk])


def test_a_severe_appraiser_is_pointed_at_in_plain_words(cast, window, sign_in) -> None:
    rate(cast, window, cast.people["hendra"], 14, lower=1)
    for name in ("sri", "dewi", "bambang"):
        rate(cast, window, cast.people[name], 14)
    page = sign_in("maya").get(lens(window)).content.decode()
    assert "Lihat di sini" in page
    assert "Rating lebih rendah daripada penilai lain" in page
    assert "Bisa jadi wajar:" in page
    assert "Mungkin" not in page
    assert "Searah bukti" in page
    own = sign_in("hendra").get(reverse("fairness:mirror", args=[window.pk, cast.people["hendra"].pk]))
    assert "Cermin saya" in own.content.decode()
    assert "Rating lebih rendah daripada penilai lain" in own.content.decode()


def test_the_ratio_says_which_group_it_compares_with(cast, window, sign_in) -> None:
    rate(cast, window, cast.people["hendra"], 24)
    women = Appraisal.objects.filter(employee__nip__regex=r"^.{14}2").values_list("pk", flat=True)
    Appraisal.objects.filter(pk__in=list(women)[:6]).update(predicate="sangat_baik")
    page = sign_in("maya").get(lens(window)).content.decode()
    assert "rasionya terhadap kelompok dengan bagian tertinggi" in page
    row = {name: page.partition(f"Jenis kelamin: {name}</th>")[2].partition("</tr>")[0] for name in WORDS_OF_SEX}
    assert "kelompok ini sendiri" in row["Perempuan"]
    assert "Perempuan" in row["Laki-laki"]


def test_the_superior_of_appraisers_finds_the_lens_from_the_desk(cast, window, sign_in) -> None:
    rate(cast, window, cast.people["hendra"], 3)
    desk = reverse("appraisals:desk", args=[window.pk])
    link = f'href="{lens(window)}"'
    assert link in sign_in("sri").get(desk).content.decode()
    assert link not in sign_in("hendra").get(desk).content.decode()


def test_results_rated_one_by_one_are_read(cast, window) -> None:
    rate(cast, window, cast.people["hendra"], 3)
    for marks, row in zip(("AA", "AB", ""), Appraisal.objects.order_by("employee_id"), strict=True):
        plan = Plan.objects.create(
            employee=row.employee, period_start=date(2026, 1, 1), period_end=date(2027, 1, 1), state=PlanState.AGREED
        )
        for number, mark in enumerate(marks, 1):
            result = PlanResult.objects.create(plan=plan, number=number, text=f"Hasil {number}")
            rating = {"A": "above", "B": "below"}[mark]
            ItemRating.objects.create(appraisal=row, result=result, number=number, title=result.text, rating=rating)
    assert [(each.items, each.are_items_alike) for each in rated_in(window)] == [(2, True), (2, False), (0, False)]


def test_where_all_rate_alike_nothing_is_said(cast, window, sign_in) -> None:
    for name in ("hendra", "sri", "dewi"):
        rate(cast, window, cast.people[name], 12)
    page = sign_in("maya").get(lens(window)).content.decode()
    assert "Lihat di sini" not in page
    assert "Tidak ada yang perlu dilihat lebih dekat" in page


def test_an_empty_window_says_so(window, sign_in) -> None:
    assert "Belum ada penilaian yang ditetapkan" in sign_in("maya").get(lens(window)).content.decode()


def test_few_people_show_no_figure(cast, window, sign_in) -> None:
    rate(cast, window, cast.people["hendra"], 4)
    page = sign_in("maya").get(lens(window)).content.decode()
    assert "belum cukup untuk dibandingkan" in page
    assert "terlalu kecil untuk dibandingkan" in page


def test_the_regional_head_sees_how_many_and_no_strangers_name(cast, window, sign_in) -> None:
    rate(cast, window, cast.people["hendra"], 14, lower=1)
    for name in ("joko", "dewi", "tono"):
        rate(cast, window, cast.people[name], 14)
    page = sign_in("mayor").get(lens(window)).content.decode()
    assert "1 penilai perlu dilihat bersama pengelola kepegawaian" in page
    assert cast.people["hendra"].name not in page
    mirror = reverse("fairness:mirror", args=[window.pk, cast.people["hendra"].pk])
    assert sign_in("mayor").get(mirror).status_code == 403


def test_a_superior_sees_the_appraisers_right_below_and_nobody_else(cast, window, sign_in) -> None:
    for name in ("hendra", "dewi"):
        rate(cast, window, cast.people[name], 12)
    page = sign_in("sri").get(lens(window)).content.decode()
    assert cast.people["hendra"].name in page
    assert cast.people["dewi"].name not in page
    assert "Jenis kelamin" not in page
    stranger = reverse("fairness:mirror", args=[window.pk, cast.people["dewi"].pk])
    assert sign_in("sri").get(stranger).status_code == 403
    assert sign_in("andi").get(lens(window)).status_code == 403


def test_what_was_not_handed_over_is_not_linked_for_others(cast, window, sign_in) -> None:
    rate(cast, window, cast.people["hendra"], 6, state=AppraisalState.DECIDED)
    mirror = reverse("fairness:mirror", args=[window.pk, cast.people["hendra"].pk])
    assert "Catatan di baliknya" not in sign_in("maya").get(mirror).content.decode()
    assert "Catatan di baliknya" in sign_in("hendra").get(mirror).content.decode()


def test_missing_evidence_and_drafts_are_left_out(cast, window) -> None:
    rate(cast, window, cast.people["hendra"], 2)
    first, second = Appraisal.objects.order_by("pk")
    Appraisal.objects.filter(pk=first.pk).update(suggested_work="", frozen={})
    Appraisal.objects.filter(pk=second.pk).update(state=AppraisalState.DRAFT)
    [row] = rated_in(window)
    assert not row.has_evidence
    assert row.groups["sex"] in ("man", "woman")
    assert (row.groups["age"], row.groups["place"], row.groups["status"]) == ("middle", "town", "pns")
    assert "post" not in row.groups


def test_the_number_of_queries_does_not_grow(cast, window, sign_in) -> None:
    def asked() -> int:
        client = sign_in("maya")
        client.get(lens(window))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(lens(window)).status_code == 200
        return len(queries)

    rate(cast, window, cast.people["hendra"], 1)
    one = asked()
    rate(cast, window, cast.people["dewi"], 49)
    window.closes_on += timedelta(days=1)
    assert asked() == one
