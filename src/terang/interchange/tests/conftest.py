"""What tests of the API share: a known day, tokens, questions, and what a problem looks like."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.cache import cache, caches
from django.utils import timezone
from tests.cast import NOW, TODAY
from tests.policy import DISCIPLINE

from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.evidence.citizens.models import Service, ServiceRequest
from terang.evidence.work.models import Entry
from terang.interchange.api.applications import Loan, lend
from terang.interchange.api.scopes import BY_CODE
from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState


@pytest.fixture
def known_day(cast, monkeypatch):
    """It is `tests.cast.NOW`, and nobody has asked anything yet."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    caches["counts"].clear()


@pytest.fixture
def token_of(cast, known_day):
    """`token_of("andi", "profil")`: a token lent by somebody, for all scopes where none is named."""

    def lent(name, *scopes, place=cast, last_day=TODAY + timedelta(days=30)):
        loan = Loan("Aplikasi dinas", "Uji", scopes or tuple(BY_CODE), last_day)
        return lend(actor=place.viewer(name), loan=loan, form_key=uuid.uuid4())[1]

    return lent


@pytest.fixture
def ask(client, known_day):
    """`ask(token, "me")`: the answer to a GET, with its `told` JSON."""

    def asked(token, path, query=None, **headers):
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        answer = client.get(f"/api/v1/{path}", query or {}, headers={**sent, **headers})
        answer.told = answer.json() if answer.content else None
        return answer

    return asked


@pytest.fixture
def send(client, known_day):
    """`send(token, "entries", {…}, key="…")`: the answer to a POST, with its `told` JSON."""

    def sent(token, path, body, key=None, **more):
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        told = {"content_type": "application/json", "headers": headers, **more}
        answer = client.post(f"/api/v1/{path}", body, **told)
        answer.told = answer.json() if answer.content else None
        return answer

    return sent


@pytest.fixture
def problem():
    """`problem(answer, 404, "not-found")`: it is this problem, whole; gives what it tells."""

    def checked(answer, status, code):
        assert answer.status_code == status, answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert (told["status"], told["type"]) == (status, f"/api/#{code}")
        assert told["title"]
        assert told["detail"]
        return told

    return checked


@pytest.fixture
def andi_at_work(cast, known_day):
    """Andi's agreed plan with one indicator, and an entry that waits for Hendra."""
    plan = Plan.objects.create(
        employee=cast.andi,
        post=cast.posts["register_officer"],
        unit=cast.units["register"],
        period_start=date(2026, 1, 1),
        period_end=date(2027, 1, 1),
        state=PlanState.AGREED,
    )
    result = PlanResult.objects.create(plan=plan, number=1, text="KTP terbit")
    Indicator.objects.create(result=result, text="KTP diterbitkan", unit_label="KTP", target_milli=900_000)
    return Entry.objects.create(
        employee=cast.andi,
        day=TODAY,
        result=result,
        text="Mencetak KTP",
        submitted_at=NOW,
        form_key=uuid.uuid4(),
    )


@pytest.fixture
def scored(cast, known_day, settings):
    """Andi's score of November: nine of ten days present, all of them on time."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    publish_policy(agency=cast.agency, text=DISCIPLINE)
    [period] = open_periods(agency=cast.agency, start=date(2026, 11, 1), end=date(2026, 12, 1))
    for number in range(10):
        day, status = date(2026, 11, 2) + timedelta(days=number), "tanpa_keterangan" if number == 9 else "hadir"
        AttendanceDay.objects.create(employee=cast.andi, day=day, status=status)
    recompute(employee_ids=[cast.andi.pk], period=period)
    return period


@pytest.fixture
def iku(cast):
    """An indicator of Dukcapil with its target and a value."""
    goal = Goal.objects.create(
        agency=cast.agency,
        unit=cast.units["dukcapil"],
        kind="sasaran_renstra",
        code="S1",
        text="Layanan cepat",
        year_start=2025,
        year_end=2029,
    )
    indicator = KeyIndicator.objects.create(goal=goal, number=1, text="KTP sehari jadi", unit_label="%")
    YearTarget.objects.create(indicator=indicator, year=2026, target_milli=90_000)
    told = {"source": "SIAK", "reported_at": NOW, "form_key": uuid.uuid4()}
    Reading.objects.create(indicator=indicator, day=TODAY, value_milli=84_500, **told)
    return indicator


@pytest.fixture
def at_the_desk(cast):
    """A request that Andi has in hand at the registration desk."""
    service = Service.objects.create(unit=cast.units["register"], code="KTP", name="KTP-el", standard_minutes=60)
    return ServiceRequest.objects.create(service=service, officer=cast.andi, received_at=NOW, tracking_code="KTP-1")
