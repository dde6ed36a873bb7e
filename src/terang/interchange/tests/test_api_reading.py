"""Scores explained, indicators and requests by token: for who may open the pages, with queries that do not grow."""

import pytest
from tests.cast import NOW, TODAY, make_cast

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.signals.models import Opening
from terang.planning.goals.models import KeyIndicator


class TestScores:
    def test_periods(self, scored, token_of, ask):
        [told] = ask(token_of("andi"), "periods").told["items"]
        assert (told["id"], told["starts_on"], told["last_day"]) == (scored.pk, "2026-11-01", "2026-11-30")
        other = make_cast("11.02", "Kabupaten Lain")
        assert ask(token_of("andi", place=other), "periods").told["items"] == []

    def test_in_short_and_explained(self, cast, scored, token_of, ask, client):
        token = token_of("andi")
        [told] = ask(token, f"people/{cast.andi.pk}/scores").told["items"]
        assert (told["total"]["value"], told["total"]["text"]) == (9400, "94,0")
        headers = {"Authorization": f"Bearer {token}"}
        explained = client.get(told["explained"], headers=headers).json()
        assert explained["schema"] == "terang.explanation.score/1"
        assert explained["total"]["value"] == 9400
        measure = explained["aspects"][0]["measures"][0]
        assert measure["api"].startswith("/api/v1/people/")
        behind = client.get(measure["api"], headers=headers).json()
        assert behind["schema"] == "terang.explanation.measure/1"
        assert len(behind["records"]) == 10

    @pytest.mark.parametrize("place", ["scores", "scores/{period}", "scores/{period}/disiplin/attendance_rate"])
    def test_refused_as_on_the_page(self, cast, scored, token_of, ask, problem, place):
        other = make_cast("11.02", "Kabupaten Lain")
        path = f"people/{cast.andi.pk}/{place.format(period=scored.pk)}"
        for name in ("rina", "tono", "dewi"):
            problem(ask(token_of(name), path), 403, "not-allowed")
        problem(ask(token_of("maya", place=other), path), 403, "not-allowed")
        problem(ask(token_of("andi", "profil"), path), 403, "no-scope")
        assert ask(token_of("hendra"), path).status_code in (200, 404)
        assert ask(token_of("agus"), path).status_code in (200, 404)
        problem(ask(token_of("maya"), path.replace(str(cast.andi.pk), "987654")), 404, "not-found")

    def test_what_is_not_there(self, cast, scored, token_of, ask, problem):
        token = token_of("andi")
        problem(ask(token, f"people/{cast.andi.pk}/scores/987654"), 404, "not-found")
        problem(ask(token, f"people/{cast.andi.pk}/scores/{scored.pk}/none/none"), 404, "not-found")

    def test_an_overseer_is_noted(self, cast, scored, token_of, ask):
        ask(token_of("agus"), f"people/{cast.andi.pk}/scores/{scored.pk}")
        assert Opening.objects.get().page == "api:score"

    def test_queries(self, cast, scored, token_of, ask, django_assert_num_queries):
        token = token_of("andi")
        ask(token, "periods")
        with django_assert_num_queries(5):
            ask(token, "periods")
        with django_assert_num_queries(6):
            ask(token, f"people/{cast.andi.pk}/scores")


class TestMeasures:
    def test_everybody_of_the_government_reads_them(self, cast, iku, token_of, ask):
        told = ask(token_of("rina"), "measures").told
        assert told["on"] == TODAY.isoformat()
        [row] = told["items"]
        assert (row["value_milli"], row["target_milli"], row["unit_label"]) == (84_500, 90_000, "%")
        assert row["goal"]["text"] == "Layanan cepat"
        other = make_cast("11.02", "Kabupaten Lain")
        assert ask(token_of("rina", place=other), "measures").told["items"] == []

    def test_on_a_day_of_a_unit_of_a_goal(self, cast, iku, token_of, ask):
        token = token_of("rina")
        for query, seen in (
            ({"on": "2020-01-01"}, 0),
            ({"on": "0001-01-01"}, 0),
            ({"on": "9999-12-31"}, 0),
            ({"unit": cast.units["dukcapil"].pk}, 1),
            ({"unit": cast.units["health"].pk}, 0),
            ({"goal": iku.goal_id}, 1),
        ):
            assert len(ask(token, "measures", query).told["items"]) == seen, query

    def test_pages_and_queries(self, cast, iku, token_of, ask, problem, django_assert_num_queries):
        token = token_of("rina")
        ask(token, "measures")
        with django_assert_num_queries(7):
            ask(token, "measures")
        for number in range(2, 12):
            KeyIndicator.objects.create(goal=iku.goal, number=number, text="x", unit_label="%")
        with django_assert_num_queries(7):
            told = ask(token, "measures", {"limit": 4}).told
        assert [len(told["items"]), "after=" in told["next"]] == [4, True]
        after = told["items"][-1]["id"]
        assert ask(token, "measures", {"after": after}).told["items"][0]["id"] > after
        problem(ask(token, "measures", {"after": 987_654}), 404, "not-found")
        problem(ask(token_of("rina", "nilai"), "measures"), 403, "no-scope")


class TestRequests:
    def test_those_of_the_desk(self, cast, at_the_desk, token_of, ask, problem):
        for name, seen in (("andi", 1), ("hendra", 1), ("rina", 0), ("joko", 0)):
            assert len(ask(token_of(name), "requests").told["items"]) == seen, name
        problem(ask(token_of("siti"), "requests"), 403, "not-allowed")
        problem(ask(token_of("andi", "profil"), "requests"), 403, "no-scope")

    def test_what_nobody_has_yet_is_everybodys(self, at_the_desk, token_of, ask):
        ServiceRequest.objects.update(officer=None, state="diajukan")
        assert len(ask(token_of("rina"), "requests", {"state": "diajukan"}).told["items"]) == 1
        assert ask(token_of("joko"), "requests").told["items"] == []

    def test_one_and_nothing_of_the_applicant(self, cast, at_the_desk, token_of, ask, problem):
        told = ask(token_of("andi"), f"requests/{at_the_desk.pk}").told
        assert (told["number"], told["service"]["name"], told["officer"]["name"]) == ("KTP-1", "KTP-el", "Andi Pratama")
        assert "applicant" not in told
        other = make_cast("11.02", "Kabupaten Lain")
        problem(ask(token_of("rina"), f"requests/{at_the_desk.pk}"), 403, "not-allowed")
        problem(ask(token_of("hendra", place=other), f"requests/{at_the_desk.pk}"), 403, "not-allowed")
        problem(ask(token_of("andi"), "requests/987654"), 404, "not-found")

    def test_queries(self, cast, at_the_desk, token_of, ask, django_assert_num_queries):
        token = token_of("andi")
        ask(token, "requests")
        with django_assert_num_queries(5):
            ask(token, "requests")
        for number in range(9):
            ServiceRequest.objects.create(
                service=at_the_desk.service, officer=cast.andi, received_at=NOW, tracking_code=f"X-{number}"
            )
        with django_assert_num_queries(5):
            assert len(ask(token, "requests", {"limit": 100}).told["items"]) == 10
