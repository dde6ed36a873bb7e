"""Several hands on one request at the same moment: one reopening, one end."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from terang.evidence.citizens import services
from terang.evidence.citizens.models import RequestPause, Service, ServiceRequest
from terang.web.errors import NotNow

TABS = 4


def at_once(verbs):
    """Runs all at the same moment; the results, of a refusal its kind."""
    together = Barrier(len(verbs))

    def run(verb):
        together.wait()
        try:
            return verb()
        except NotNow as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as tabs:
        return list(tabs.map(run, verbs))


def make(cast, state, **fields):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite takes one writer at a time anyway")
    service = Service.objects.create(unit=cast.units["puskesmas"], code="imun", name="Imunisasi", standard_minutes=60)
    now = timezone.now()
    return ServiceRequest.objects.create(
        service=service, officer=cast.siti, tracking_code="K-1", received_at=now, state=state, **fields
    )


@pytest.mark.django_db(transaction=True)
def test_four_tabs_at_once_reopen_once(cast):
    request = make(cast, "siap", completed_at=timezone.now(), actual_minutes=10)
    results = at_once([lambda: services.reopen_request(request=request, reason="Salah")] * TABS)
    assert results.count(NotNow) == TABS - 1
    assert request.reopenings.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_end_it_once(cast):
    request = make(cast, "dikembalikan")
    now = timezone.now()
    RequestPause.objects.create(
        request=request, officer=cast.siti, reason="KK", started_at=now, until=now.date().replace(year=now.year - 1)
    )
    assert sorted(at_once([services.lapse_due] * TABS)) == [0, 0, 0, 1]
    request.refresh_from_db()
    assert (request.state, request.version) == ("batal", 1)
