"""The OpenAPI document is kept word by word: schemathesis asks every address with what fits and what does not."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from terang.evaluation.models import ScoreComponent
from terang.interchange.api import limits
from terang.interchange.api.examples import EXAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DJANGO = get_wsgi_application()


def app(environ, start_response):
    """As behind a server, which always knows who is at the other end."""
    return DJANGO({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
AT_RANDOM = 12
"""Asked at random of each address, beside those that schemathesis derives from the document."""


@pytest.fixture
def headers(token_of, monkeypatch):
    """Of a head of a unit, who may see people, entries and requests, and asks as often as the test wants."""
    monkeypatch.setattr(limits, "READS", 100_000)
    monkeypatch.setattr(limits, "WRITES", 100_000)
    monkeypatch.setattr("terang.interchange.api.tokens.WRONG_TOKENS", limits.Limit("api-token", 100_000))
    return {"Authorization": f"Bearer {token_of('hendra')}", "Accept-Encoding": "identity"}


@schema.parametrize()
@settings(max_examples=AT_RANDOM, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_document_is_kept(case, headers):
    case.call_and_validate(headers=headers)


@pytest.fixture
def places(cast, andi_at_work, scored, iku, at_the_desk):
    """What stands in the addresses: rows that are there."""
    person, measure = {"pk": cast.andi.pk}, ScoreComponent.objects.get(measure="attendance_rate")
    return {
        "/units/{pk}": {"pk": cast.units["register"].pk},
        "/people/{pk}": person,
        "/people/{pk}/scores": person,
        "/people/{pk}/scores/{period}": {**person, "period": scored.pk},
        "/people/{pk}/scores/{period}/{aspect}/{measure}": {
            **person,
            "period": scored.pk,
            "aspect": measure.aspect,
            "measure": measure.measure,
        },
        "/entries/{pk}": {"pk": andi_at_work.pk},
        "/requests/{pk}": {"pk": at_the_desk.pk},
    }


def test_what_is_told_of_rows_that_are_there_follows_the_document(headers, places):
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.method.upper() != "GET":
            continue
        path = operation.path.removeprefix("/api/v1")
        case = operation.Case(path_parameters=places.get(path, {}))
        answer = case.call_and_validate(headers=headers)
        assert answer.status_code == 200, (path, answer.text)
        assert answer.json().get("items") != [] or path == "/purposes", path
        assert set(answer.json()) == set(EXAMPLES[operation.definition.raw["operationId"]]["answer"]), path


def test_every_answer_of_an_address_is_in_the_document_with_an_example():
    for path, operations in schema.raw_schema["paths"].items():
        for method, operation in operations.items():
            told = operation["responses"]
            assert {"401", "403", "422", "429", "500"} <= set(told), (method, path)
            assert operation["summary"]
            assert operation["security"][0]["token"], path
            for status, response in told.items():
                [content] = response["content"].values()
                assert "example" in content, (method, path, status)
