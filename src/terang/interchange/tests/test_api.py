"""The API's front door: tokens, who asks, units, people, problems, limits, paging. Same rules as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, TODAY, make_cast

from terang.audit.models import JournalEntry
from terang.evidence.signals.models import Opening
from terang.interchange.api import limits
from terang.interchange.api.applications import revoke
from terang.interchange.models import Application


class TestToken:
    def test_it_acts_as_its_lender(self, cast, token_of, ask):
        answer = ask(token_of("hendra"), "me")
        assert answer.status_code == 200
        assert answer.told["name"] == "Hendra Saputra"
        assert answer.told["leads"] == [cast.units["register"].pk]
        assert answer.told["post"]["unit"]["name"] == "Bidang Pelayanan Pendaftaran Penduduk"
        assert answer.told["roles"] == [{"code": "pengelola_layanan", "text": "Pengelola layanan"}]
        assert answer.told["today"] == TODAY.isoformat()
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Set-Cookie" not in answer.headers

    def test_texts_follow_the_language(self, token_of, ask):
        token = token_of("hendra")
        english = ask(token, "me", **{"Accept-Language": "en-GB,en;q=0.9"})
        assert english.headers["Content-Language"] == "en"
        assert english.told["roles"][0]["text"] != "Pengelola layanan"
        assert ask(token, "me", **{"Accept-Language": "fr, *"}).headers["Content-Language"] == "id"

    def test_only_the_hash_is_kept(self, token_of):
        token = token_of("andi")
        row = Application.objects.get()
        assert token.startswith("trg_")
        assert token.startswith(row.start)
        assert token not in str(Application.objects.values().get())
        assert token not in str(list(JournalEntry.objects.values()))

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer trg_wrong", "Basic YTpi", "trg_wrong"])
    def test_without_a_valid_one_nobody_enters(self, known_day, client, header, problem):
        answer = client.get("/api/v1/me", headers={"Authorization": header} if header else {})
        problem(answer, 401, "no-token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    def test_a_session_opens_nothing(self, known_day, sign_in, problem):
        problem(sign_in("andi").get("/api/v1/me"), 401, "no-token")

    def test_a_scope_that_was_not_lent(self, token_of, ask, problem):
        answer = ask(token_of("andi", "profil"), "units")
        assert "organisasi" in problem(answer, 403, "no-scope")["detail"]
        assert 'error="insufficient_scope", scope="organisasi"' in answer.headers["WWW-Authenticate"]

    def test_it_ends_with_its_last_day(self, token_of, ask, monkeypatch, problem):
        token = token_of("andi", last_day=TODAY)
        assert ask(token, "me").status_code == 200
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=1))
        assert "habis" in problem(ask(token, "me"), 401, "no-token")["detail"]

    def test_it_ends_when_revoked(self, cast, token_of, ask, problem):
        token = token_of("andi")
        revoke(actor=cast.viewer("andi"), application_id=Application.objects.get().pk, reason="Tidak dipakai")
        problem(ask(token, "me"), 401, "no-token")

    def test_it_ends_when_its_lender_leaves(self, cast, token_of, ask, problem):
        token = token_of("andi")
        cast.andi.left_on = TODAY
        cast.andi.save()
        problem(ask(token, "me"), 401, "no-token")

    def test_it_ends_when_the_account_is_locked(self, cast, token_of, ask, problem):
        token = token_of("andi")
        cast.andi.user.is_active = False
        cast.andi.user.save()
        problem(ask(token, "me"), 401, "no-token")

    def test_the_day_of_its_last_use_is_noted_once(self, token_of, ask, django_assert_num_queries):
        token = token_of("andi")
        ask(token, "me")
        assert Application.objects.get().last_used_on == TODAY
        with django_assert_num_queries(5):
            ask(token, "me")


class TestLimits:
    def test_reads_of_a_token(self, token_of, ask, monkeypatch, problem):
        monkeypatch.setattr(limits, "READS", 2)
        token, other = token_of("andi"), token_of("rina")
        assert [ask(token, "me").status_code for _ in range(3)] == [200, 200, 429]
        answer = ask(token, "me")
        problem(answer, 429, "too-many")
        assert 1 <= int(answer.headers["Retry-After"]) <= 600
        assert ask(other, "me").status_code == 200

    def test_wrong_tokens_from_an_address(self, token_of, ask, monkeypatch):
        monkeypatch.setattr("terang.interchange.api.tokens.WRONG_TOKENS", limits.Limit("api-token", 2))
        assert [ask("trg_wrong", "me").status_code for _ in range(3)] == [401, 401, 429]


class TestProblems:
    def test_an_unknown_address(self, cast, ask, problem):
        problem(ask("", "nothing/here"), 404, "not-found")

    def test_another_method(self, token_of, client, problem):
        answer = client.put("/api/v1/units", headers={"Authorization": f"Bearer {token_of('andi')}"})
        problem(answer, 405, "wrong-method")
        assert answer.headers["Allow"] == "GET"

    def test_a_parameter_that_is_not_known(self, token_of, ask, problem):
        assert set(problem(ask(token_of("andi"), "units", {"halaman": 2}), 422, "invalid")["errors"]) == {"halaman"}

    @pytest.mark.parametrize(
        ("name", "value"), [("limit", "0"), ("limit", "101"), ("after", "x"), ("after", "9" * 30), ("q", "\x00")]
    )
    def test_a_value_that_does_not_fit(self, token_of, ask, name, value, problem):
        assert set(problem(ask(token_of("andi"), "units", {name: value}), 422, "invalid")["errors"]) == {name}

    def test_a_fault_of_ours_tells_nothing(self, token_of, ask, monkeypatch, caplog, problem):
        monkeypatch.setattr("terang.interchange.api.organisation.main_posts", lambda *_a: 1 / 0)
        told = problem(ask(token_of("andi"), "me"), 500, "broken")
        assert "division" not in str(told)
        assert "ZeroDivisionError" in caplog.text

    def test_head_answers_without_a_body(self, token_of, client):
        answer = client.head("/api/v1/me", headers={"Authorization": f"Bearer {token_of('andi')}"})
        assert (answer.status_code, answer.content) == (200, b"")


class TestUnits:
    def test_the_tree_of_the_own_government(self, cast, token_of, ask):
        make_cast("11.02", "Kabupaten Lain")
        told = ask(token_of("andi"), "units").told
        assert [row["id"] for row in told["items"]] == [unit.pk for unit in cast.units.values()]
        assert told["next"] is None

    def test_below_one_and_by_word(self, cast, token_of, ask):
        token = token_of("andi")
        below = ask(token, "units", {"parent": cast.units["dukcapil"].pk}).told["items"]
        assert [row["id"] for row in below] == [cast.units["register"].pk, cast.units["civil"].pk]
        assert [row["code"] for row in ask(token, "units", {"q": "melati"}).told["items"]] == ["PUSKESMAS"]

    def test_one_with_its_head(self, cast, token_of, ask):
        token = token_of("andi")
        assert ask(token, f"units/{cast.units['register'].pk}").told["head"]["name"] == "Hendra Saputra"
        assert ask(token, f"units/{cast.units['civil'].pk}").told["head"] is None

    def test_those_of_others_do_not_exist(self, cast, token_of, ask, problem):
        other = make_cast("11.02", "Kabupaten Lain")
        problem(ask(token_of("andi"), f"units/{other.units['root'].pk}"), 404, "not-found")

    def test_pages_hold_every_row_once(self, cast, token_of, ask, client, problem):
        token, address, seen = token_of("andi"), "/api/v1/units?limit=3", []
        while address:
            told = client.get(address, headers={"Authorization": f"Bearer {token}"}).json()
            assert len(told["items"]) <= 3
            seen += [row["id"] for row in told["items"]]
            address = told["next"]
        assert seen == [unit.pk for unit in cast.units.values()]
        problem(ask(token, "units", {"after": 987_654}), 404, "not-found")


class TestPeople:
    def test_those_the_lender_may_open(self, cast, token_of, ask):
        make_cast("11.02", "Kabupaten Lain")
        assert [row["name"] for row in ask(token_of("andi"), "people").told["items"]] == ["Andi Pratama"]
        team = [row["name"] for row in ask(token_of("hendra"), "people").told["items"]]
        assert team == ["Andi Pratama", "Hendra Saputra", "Rina Marlina"]
        assert len(ask(token_of("maya"), "people").told["items"]) == len(cast.people)

    def test_by_unit_and_word(self, cast, token_of, ask):
        token = token_of("maya")
        found = ask(token, "people", {"unit": cast.units["health"].pk}).told["items"]
        assert {row["name"] for row in found} == {"Bambang Nugroho", "Dewi Anggraini", "Siti Rahma"}
        assert [row["name"] for row in ask(token, "people", {"q": cast.siti.nip}).told["items"]] == ["Siti Rahma"]

    def test_one_with_the_appraiser(self, cast, token_of, ask):
        told = ask(token_of("andi"), f"people/{cast.andi.pk}").told
        assert (told["nip"], told["appraiser"]["name"]) == (cast.andi.nip, "Hendra Saputra")
        assert told["page"] == reverse("people:person", args=[cast.andi.pk])

    def test_refused_as_on_the_page(self, cast, token_of, ask, problem):
        other = make_cast("11.02", "Kabupaten Lain")
        token = token_of("andi")
        problem(ask(token, f"people/{cast.rina.pk}"), 403, "not-allowed")
        told = problem(ask(token_of("maya"), f"people/{other.andi.pk}"), 403, "not-allowed")
        assert "Andi" not in str(told)
        problem(ask(token, "people/987654"), 404, "not-found")

    def test_the_number_of_queries_does_not_grow(self, cast, token_of, ask, django_assert_num_queries):
        token = token_of("maya")
        ask(token, "people")
        for limit in (1, 100):
            with django_assert_num_queries(5):
                ask(token, "people", {"limit": limit})
        for limit in (1, 100):
            with django_assert_num_queries(5):
                ask(token, "units", {"limit": limit})

    def test_what_an_overseer_opens_is_noted_with_the_program(self, cast, token_of, ask):
        token = token_of("agus")
        for _ in range(2):
            assert ask(token, f"people/{cast.andi.pk}").status_code == 200
        assert Opening.objects.filter(subject=cast.andi, page="api:person").count() == 1
        entry = JournalEntry.objects.get(verb="signals.record_opened")
        assert entry.changes["through"].startswith("Aplikasi dinas (trg_")
