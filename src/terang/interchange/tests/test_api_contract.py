"""The OpenAPI document is kept word by word: schemathesis asks every address with what fits and what does not."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from terang.interchange.api import limits

pytestmark = [pytest.mark.django_db, pytest.mark.once]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
EXAMPLES = 12
"""Asked at random of each address, beside those that schemathesis derives from the document."""


@pytest.fixture
def headers(token_of, monkeypatch):
    """Of a head of a unit, who may see people, entries and requests, and asks as often as the test wants."""
    monkeypatch.setattr(limits, "READS", 100_000)
    monkeypatch.setattr(limits, "WRITES", 100_000)
    monkeypatch.setattr("terang.interchange.api.tokens.WRONG_TOKENS", limits.Limit("api-token", 100_000))
    return {"Authorization": f"Bearer {token_of('hendra')}", "Accept-Encoding": "identity"}


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_document_is_kept(case, headers):
    case.call_and_validate(headers=headers)
