"""What may be listened to, by whom, and what an entry is about."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from terang.audit.models import JournalEntry
from terang.audit.services import record
from terang.reporting.live.topics import RefusedError, admitted, topics_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cookies_of(cast, client, monkeypatch):
    monkeypatch.setattr("terang.reporting.live.topics.timezone.now", lambda: cast.now)

    def cookies(name: str) -> str:
        client.force_login(cast.people[name].user)
        return f"a=b; {settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    return cookies


def employee(cast, name: str) -> str:
    return f"employee:{cast.people[name].pk}"


def unit(cast, name: str) -> str:
    return f"unit:{cast.units[name].pk}"


class TestAdmission:
    @pytest.mark.parametrize(
        ("who", "people", "units"),
        [
            ("andi", {"andi"}, set()),
            ("hendra", {"hendra", "andi"}, {"register"}),
            ("sri", {"andi", "hendra"}, {"dukcapil", "register"}),
            ("maya", {"andi", "hendra", "siti"}, {"dukcapil", "register", "puskesmas"}),
            ("lina", {"andi", "hendra", "siti"}, {"dukcapil", "register", "puskesmas"}),
            ("dewi", {"siti"}, {"puskesmas"}),
        ],
    )
    def test_each_hears_only_what_they_may_see(self, cast, cookies_of, who, people, units):
        asked = [employee(cast, name) for name in ("andi", "hendra", "siti")]
        asked += [unit(cast, name) for name in ("dukcapil", "register", "puskesmas")]
        wanted = {employee(cast, name) for name in people & {"andi", "hendra", "siti"}}
        assert admitted(cookies_of(who), asked) == wanted | {unit(cast, name) for name in units}

    def test_operator_hears_of_nobody(self, cast, cookies_of):
        with pytest.raises(RefusedError) as refusal:
            admitted(cookies_of("tono"), [employee(cast, "andi"), unit(cast, "register")])
        assert refusal.value.status == 403

    def test_whoever_is_not_signed_in_is_refused(self, cast):
        store = SessionStore()
        store.create()
        for cookies in ("", "sessionid=nonsense", f"{settings.SESSION_COOKIE_NAME}={store.session_key}"):
            with pytest.raises(RefusedError) as refusal:
                admitted(cookies, [employee(cast, "andi")])
            assert refusal.value.status == 401

    def test_a_closed_account_is_refused_though_its_session_lives(self, cast, cookies_of):
        cookies = cookies_of("andi")
        cast.andi.user.is_active = False
        cast.andi.user.save()
        with pytest.raises(RefusedError) as refusal:
            admitted(cookies, [employee(cast, "andi")])
        assert refusal.value.status == 401

    @pytest.mark.parametrize("topics", [[], ["x"], ["employee:"], ["employee:-1"], ["agency:1"], ["employee:1e3"]])
    def test_nonsense_is_refused(self, cookies_of, topics):
        with pytest.raises(RefusedError) as refusal:
            admitted(cookies_of("andi"), topics)
        assert refusal.value.status == 400

    def test_too_many_topics_are_refused(self, cookies_of):
        with pytest.raises(RefusedError):
            admitted(cookies_of("andi"), [f"employee:{number}" for number in range(301)])


class TestTopics:
    def test_employee_unit_and_all_above(self, cast):
        entry = record(
            "work.entry_submitted", actor=None, subject_employee_id=cast.andi.pk, unit_id=cast.units["register"].pk
        )
        units = {unit(cast, name) for name in ("root", "dukcapil", "register")}
        assert topics_of([entry]) == {employee(cast, "andi")} | units

    def test_without_a_unit_it_is_where_the_person_works(self, cast):
        entry = record("work.entry_submitted", actor=None, subject_employee_id=cast.andi.pk)
        assert unit(cast, "dukcapil") in topics_of([entry])

    def test_an_answer_of_a_colleague_is_not_announced(self, cast):
        entry = record("colleagues.review_answered", actor=None, subject_employee_id=cast.andi.pk)
        assert topics_of([entry]) == set()

    def test_queries_do_not_grow(self, cast, django_assert_max_num_queries):
        for name in ("andi", "rina", "siti", "joko"):
            record("work.entry_submitted", actor=None, subject_employee_id=cast.people[name].pk)
        entries = list(JournalEntry.objects.all())
        with django_assert_max_num_queries(2):
            assert len(topics_of(entries)) > 4
