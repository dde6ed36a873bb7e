"""Service medals: exact, dated, with proof and what is missing; read by few."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY

from terang.evidence.attendance.models import Leave
from terang.follow_up.awards.medals import candidates
from terang.follow_up.awards.selectors import medal_of
from terang.web.errors import NotAllowed


def grades(giving) -> dict[str, tuple[str, str]]:
    return {each.employee.name: (each.grade, each.state) for each in candidates(giving.viewer("maya"))}


def test_whose_years_are_complete_or_nobody_knows_since_when(giving):
    """Siti joined in 2018; Joko's NIP says 2014, and nobody has declared it."""
    found = grades(giving)
    assert "Siti Rahma" not in found
    assert found["Joko Susilo"] == ("x", "tmt")
    assert "Rina Marlina" not in found, "a PPPK has none"
    assert "Ratna Dewanti" not in found, "the mayor is elected"


def test_a_complete_file_is_told_to_the_day(giving):
    giving.fact("tmt_asn", "", date(2006, 11, 24), "joko")
    found = {each.employee.name: each for each in candidates(giving.viewer("maya"))}["Joko Susilo"]
    assert (found.grade, found.reached_on, found.state) == ("xx", TODAY, "belum")
    assert "Predikat 2025 paling rendah Baik" in found.missing
    for subject, value, day in (
        ("tmt_pangkat", "", date(2020, 4, 1)),
        ("disiplin", "none", date(2026, 5, 1)),
        ("cltn", "tidak", date(2026, 5, 1)),
        ("predikat", "baik", date(2025, 12, 31)),
        ("predikat", "baik", date(2024, 12, 31)),
    ):
        giving.fact(subject, value, day, "joko")
    giving.cast.joko.assignments.update(document="SK 821/2020")
    found = {each.employee.name: each for each in candidates(giving.viewer("maya"))}["Joko Susilo"]
    assert (found.state, found.missing) == ("lengkap", [])


def test_who_holds_it_is_shown_the_next_one_only_when_it_comes(giving):
    giving.fact("tmt_asn", "", date(2014, 2, 1), "joko")
    assert grades(giving)["Joko Susilo"] == ("x", "belum")
    giving.fact("satyalancana", "x", date(2024, 8, 17), "joko")
    assert "Joko Susilo" not in grades(giving)


def test_unpaid_leave_in_terang_begins_the_count_anew(giving):
    giving.fact("tmt_asn", "", date(2014, 2, 1), "joko")
    Leave.objects.create(
        employee=giving.cast.joko,
        kind="cltn",
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
        working_days=250,
        reason="Mendampingi",
        state="disetujui",
        requested_at=giving.cast.now,
        form_key="00000000-0000-0000-0000-000000000001",
    )
    found = medal_of(giving.viewer("joko"), giving.cast.joko)
    assert (found.medal.counted_from, found.medal.broken_by) == (date(2021, 1, 1), "leave")
    assert found.reached_on == date(2031, 1, 1)
    assert "Joko Susilo" not in grades(giving)


def test_who_reads_it(giving, sign_in):
    with pytest.raises(NotAllowed):
        medal_of(giving.viewer("rina"), giving.cast.joko)
    assert sign_in("rina").get(reverse("awards:medals")).status_code == 403
    page = sign_in("maya").get(reverse("awards:medals")).content.decode()
    assert "Joko Susilo" in page
    assert "TMT belum tercatat" in page
    assert sign_in("maya").get(reverse("awards:medals"), {"ekspor": "csv"}).status_code == 200
    assert (
        "Serahkan SK CPNS" in sign_in("joko").get(reverse("awards:medal", args=[giving.cast.joko.pk])).content.decode()
    )


def test_the_list_asks_as_often_for_many_as_for_one(giving):
    giving.fact("tmt_asn", "", date(2014, 2, 1), "joko")
    viewer = giving.viewer("maya")
    with CaptureQueriesContext(
        connection,
    ) as few:
        candidates(viewer)
    for name in ("hendra", "dewi", "sri"):
        giving.fact("tmt_asn", "", date(2005, 1, 1), name)
    with CaptureQueriesContext(connection) as many:
        candidates(viewer)
    assert len(few) == len(many) <= 9
