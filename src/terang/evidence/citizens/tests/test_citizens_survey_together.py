"""Two tabs and a double click at the same moment: one request, one answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from terang.evidence.citizens import services
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyResponse
from terang.evidence.citizens.services.inviting import invite
from terang.rules.tables import ELEMENTS

TABS = 4


@pytest.mark.django_db(transaction=True)
def test_four_tabs_at_once_keep_one_answer(cast):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite takes one writer at a time anyway")
    service = Service.objects.create(unit=cast.units["puskesmas"], code="imun", name="Imunisasi", standard_minutes=60)
    request = ServiceRequest.objects.create(
        service=service, officer=cast.siti, tracking_code="K-1", received_at=timezone.now()
    )
    with transaction.atomic():
        token = invite(request)
    together = Barrier(TABS)

    def send(_number: int) -> str:
        together.wait()
        try:
            return services.answer_survey(token=token, answers=dict.fromkeys(ELEMENTS, 4))
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as tabs:
        states = list(tabs.map(send, range(TABS)))
    assert sorted(states) == ["open", "used", "used", "used"]
    assert SurveyResponse.objects.count() == 1
