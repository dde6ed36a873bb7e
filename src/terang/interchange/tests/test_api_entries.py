"""Entries by token: who reads them, writing once, correcting and withdrawing; the same rules as on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import NOW, TODAY, make_cast

from terang.audit.models import JournalEntry
from terang.evidence.signals.models import Opening
from terang.evidence.work.models import Entry
from terang.evidence.work.services import return_entry
from terang.interchange.api import limits
from terang.interchange.api.repeats import every_hour
from terang.interchange.models import KeptAnswer

KEY = "kirim-pertama"


@pytest.fixture
def body(andi_at_work):
    """What Andi's program sends."""
    indicator = andi_at_work.result.indicators.get()
    return {
        "day": TODAY.isoformat(),
        "purpose": f"i{indicator.pk}",
        "text": " Memeriksa berkas ",
        "quantity_milli": 12_000,
        "minutes": 60,
    }


@pytest.fixture
def returned(cast, andi_at_work):
    return return_entry(actor=cast.viewer("hendra"), entry=andi_at_work, version=1, note="Kurang jelas")


class TestReading:
    def test_own_ones_and_those_of_the_team(self, cast, andi_at_work, token_of, ask):
        for name, seen in (("andi", 1), ("hendra", 1), ("sri", 1), ("rina", 0), ("maya", 0)):
            assert len(ask(token_of(name), "entries").told["items"]) == seen, name
        [told] = ask(token_of("hendra"), "entries").told["items"]
        assert told["employee"] == {"id": cast.andi.pk, "name": "Andi Pratama"}
        assert told["state"] == {"code": "diajukan", "text": "Menunggu"}
        assert told["moves"] == []

    def test_of_one_person_as_on_the_page(self, cast, andi_at_work, token_of, ask, problem):
        other = make_cast("11.02", "Kabupaten Lain")
        query = {"person": cast.andi.pk}
        assert len(ask(token_of("maya"), "entries", query).told["items"]) == 1
        for name in ("rina", "tono", "dewi"):
            problem(ask(token_of(name), "entries", query), 403, "not-allowed")
        told = problem(ask(token_of("maya", place=other), "entries", query), 403, "not-allowed")
        assert "Andi" not in str(told)

    def test_an_overseer_is_noted(self, cast, andi_at_work, token_of, ask):
        ask(token_of("agus"), "entries", {"person": cast.andi.pk})
        ask(token_of("agus"), f"entries/{andi_at_work.pk}")
        assert set(Opening.objects.values_list("page", flat=True)) == {"api:entries", "api:entry"}

    def test_by_day_and_state(self, andi_at_work, token_of, ask, problem):
        token, tomorrow = token_of("andi"), TODAY + timedelta(days=1)
        for query, seen in (
            ({"from": TODAY}, 1),
            ({"from": tomorrow}, 0),
            ({"to": TODAY}, 1),
            ({"to": TODAY - timedelta(days=1)}, 0),
            ({"state": "diajukan"}, 1),
            ({"state": "diterima"}, 0),
        ):
            assert len(ask(token, "entries", query).told["items"]) == seen, query
        assert set(problem(ask(token, "entries", {"state": "baru"}), 422, "invalid")["errors"]) == {"state"}
        assert set(problem(ask(token, "entries", {"from": "20261124"}), 422, "invalid")["errors"]) == {"from"}

    def test_one(self, cast, andi_at_work, token_of, ask, problem):
        other = make_cast("11.02", "Kabupaten Lain")
        place = f"entries/{andi_at_work.pk}"
        assert ask(token_of("andi"), place).told["receipt"] == andi_at_work.receipt
        for name in ("rina", "tono"):
            problem(ask(token_of(name), place), 403, "not-allowed")
        problem(ask(token_of("hendra", place=other), place), 403, "not-allowed")
        problem(ask(token_of("andi"), "entries/987654"), 404, "not-found")

    def test_the_number_of_queries_does_not_grow(
        self, cast, andi_at_work, token_of, ask, django_assert_max_num_queries
    ):
        token = token_of("hendra")
        ask(token, "entries")
        with django_assert_max_num_queries(30) as one:
            ask(token, "entries")
        for number in range(20):
            Entry.objects.create(
                employee=cast.andi,
                day=TODAY,
                result=andi_at_work.result,
                text="x",
                submitted_at=NOW,
                form_key=f"00000000-0000-0000-0000-{number:012}",
            )
        with django_assert_max_num_queries(len(one)) as many:
            told = ask(token, "entries").told
        assert len(told["items"]) == 21
        assert len(many) == len(one)

    def test_pages_hold_every_row_once(self, cast, andi_at_work, token_of, client):
        for number in range(6):
            Entry.objects.create(
                employee=cast.andi,
                day=TODAY - timedelta(days=number % 2),
                result=andi_at_work.result,
                text="x",
                submitted_at=NOW,
                form_key=f"00000000-0000-0000-0000-{number:012}",
            )
        address, seen = "/api/v1/entries?limit=2&from=2026-11-01", []
        headers = {"Authorization": f"Bearer {token_of('andi')}"}
        while address:
            told = client.get(address, headers=headers).json()
            seen += [row["id"] for row in told["items"]]
            address = told["next"]
        assert seen == list(Entry.objects.values_list("pk", flat=True))


class TestWriting:
    def test_what_it_can_count_for(self, cast, andi_at_work, token_of, ask):
        told = ask(token_of("andi"), "purposes").told
        assert told["day"] == TODAY.isoformat()
        [purpose] = told["items"]
        assert (purpose["title"], purpose["unit_label"]) == ("KTP diterbitkan", "KTP")
        assert ask(token_of("rina"), "purposes").told["items"] == []
        assert ask(token_of("andi"), "purposes", {"day": "0001-01-01"}).told["items"] == []

    def test_an_entry_is_the_lenders_and_the_journal_names_the_program(self, cast, body, token_of, send):
        answer = send(token_of("andi"), "entries", body, KEY)
        assert answer.status_code == 201
        made = Entry.objects.get(pk=answer.told["id"])
        assert (made.employee, made.text, made.quantity_milli, made.minutes) == (
            cast.andi,
            "Memeriksa berkas",
            12_000,
            60,
        )
        assert answer.headers["Location"] == f"/api/v1/entries/{made.pk}"
        assert answer.told["amount"] == "12 KTP"
        entry = JournalEntry.objects.get(verb="work.entry_submitted", object_id=made.pk)
        assert entry.actor_id == cast.andi.user.pk
        assert entry.changes["through"].startswith("Aplikasi dinas (trg_")

    def test_the_same_again_gets_the_same_answer(self, body, token_of, send):
        token = token_of("andi")
        first, again = send(token, "entries", body, KEY), send(token, "entries", body, KEY)
        assert (first.status_code, first.told) == (again.status_code, again.told)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert "Idempotent-Replayed" not in first.headers
        assert Entry.objects.count() == 2

    def test_the_same_key_with_other_content(self, body, token_of, send, problem):
        token = token_of("andi")
        send(token, "entries", body, KEY)
        told = problem(send(token, "entries", {**body, "minutes": 30}, KEY), 422, "other-body")
        assert set(told["errors"]) == {"Idempotency-Key"}
        assert Entry.objects.count() == 2

    def test_keys_of_two_programs_do_not_meet(self, body, token_of, send):
        for _ in range(2):
            assert send(token_of("andi"), "entries", body, KEY).status_code == 201
        assert Entry.objects.count() == 3

    def test_a_refused_one_keeps_nothing(self, body, token_of, send, problem):
        token = token_of("andi")
        problem(send(token, "entries", {**body, "purpose": "i987654"}, KEY), 409, "not-now")
        assert KeptAnswer.objects.count() == 0
        assert send(token, "entries", body, KEY).status_code == 201

    def test_answers_are_kept_for_more_than_a_day(self, body, token_of, send, monkeypatch):
        send(token_of("andi"), "entries", body, KEY)
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=47))
        every_hour()
        assert KeptAnswer.objects.count() == 1
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=49))
        every_hour()
        assert KeptAnswer.objects.count() == 0

    def test_the_key_is_required(self, body, token_of, send, problem):
        assert set(problem(send(token_of("andi"), "entries", body), 400, "unreadable")["errors"]) == {"Idempotency-Key"}
        problem(send(token_of("andi"), "entries", body, "kurang"), 422, "invalid")

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": " \n"}, "text"),
            ({"text": "a\x00"}, "text"),
            ({"text": "x" * 501}, "text"),
            ({"minutes": 0}, "minutes"),
            ({"minutes": "60"}, "minutes"),
            ({"quantity_milli": 1.5}, "quantity_milli"),
            ({"day": "24-11-2026"}, "day"),
            ({"purpose": "x1"}, "purpose"),
            ({"state": "diterima"}, "state"),
            ({"sure": "ya"}, "sure"),
        ],
    )
    def test_faults_stand_by_field(self, body, token_of, send, problem, changed, field):
        told = problem(send(token_of("andi"), "entries", {**body, **changed}, KEY), 422, "invalid")
        assert list(told["errors"]) == [field]
        assert "Isian ini tidak dapat dipakai." not in told["errors"][field] or field == "text"

    @pytest.mark.parametrize("sent", [b"", b"{", b"\xff", b"[]", b"null", b'{"minutes": NaN}', b'"\\ud800"'])
    def test_a_body_that_is_none(self, andi_at_work, token_of, client, sent):
        headers = {"Authorization": f"Bearer {token_of('andi')}", "Idempotency-Key": KEY}
        answer = client.generic("POST", "/api/v1/entries", sent, content_type="application/json", headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.headers["Content-Type"] == "application/problem+json"

    def test_another_kind_of_body(self, body, token_of, client, problem):
        headers = {"Authorization": f"Bearer {token_of('andi')}", "Idempotency-Key": KEY}
        problem(client.post("/api/v1/entries", body, headers=headers), 415, "wrong-type")

    def test_a_day_that_does_not_fit(self, body, token_of, send, problem):
        token = token_of("andi")
        for day in (TODAY + timedelta(days=1), "2025-12-31", "0001-01-01", "9999-12-31"):
            problem(send(token, "entries", {**body, "day": str(day)}, KEY), 409, "not-now")

    def test_a_quantity_far_outside_the_usual_is_asked_about(self, body, token_of, send, problem):
        token, many = token_of("andi"), {**body, "quantity_milli": 10**12}
        assert set(problem(send(token, "entries", many, KEY), 409, "not-now")["errors"]) == {"quantity_milli"}
        assert send(token, "entries", {**many, "sure": True}, KEY).status_code == 201

    def test_reading_alone_writes_nothing(self, body, token_of, send, problem):
        problem(send(token_of("andi", "kegiatan:baca"), "entries", body, KEY), 403, "no-scope")
        problem(send(token_of("rina"), "entries", body, KEY), 409, "not-now")

    def test_writes_of_a_token_are_limited(self, body, token_of, send, monkeypatch):
        monkeypatch.setattr(limits, "WRITES", 1)
        token = token_of("andi")
        assert send(token, "entries", body, KEY).status_code == 201
        answer = send(token, "entries", body, "kirim-kedua")
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 3600


class TestCorrecting:
    def test_a_returned_one_is_sent_again(self, cast, returned, token_of, send):
        sent = {"version": returned.version, "text": "Mencetak 12 KTP", "quantity_milli": 12_000}
        answer = send(token_of("andi"), f"entries/{returned.pk}/resubmit", sent)
        assert (answer.status_code, answer.told["state"]["code"]) == (200, "diajukan")
        entry = JournalEntry.objects.get(verb="work.entry_resubmitted")
        assert "through" in entry.changes

    def test_or_withdrawn(self, returned, token_of, send, ask):
        token = token_of("andi")
        assert ask(token, f"entries/{returned.pk}").told["moves"] == ["resubmit", "withdraw"]
        answer = send(token, f"entries/{returned.pk}/withdraw", {"version": returned.version})
        assert answer.told["state"]["code"] == "ditarik"

    @pytest.mark.parametrize("verb", ["resubmit", "withdraw"])
    def test_refusals(self, cast, returned, token_of, send, problem, verb):
        place = f"entries/{returned.pk}/{verb}"
        sent = {"version": returned.version} | ({"text": "x", "quantity_milli": 0} if verb == "resubmit" else {})
        problem(send(token_of("hendra"), place, sent), 403, "not-allowed")
        problem(send(token_of("rina"), place, sent), 403, "not-allowed")
        problem(send(token_of("andi", "kegiatan:baca"), place, sent), 403, "no-scope")
        problem(send(token_of("andi"), place, {**sent, "version": 0}), 409, "stale")
        problem(send(token_of("andi"), f"entries/987654/{verb}", sent), 404, "not-found")
        returned.state = "diterima"
        returned.save()
        problem(send(token_of("andi"), place, sent), 409, "not-now")
