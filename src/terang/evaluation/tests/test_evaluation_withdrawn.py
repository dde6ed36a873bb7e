"""A finding that was withdrawn moves the score, and the score says so; one about a unit moves its head's."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.audit.sealing import seal
from terang.evaluation import followers
from terang.evaluation.models import Score
from terang.evaluation.wording import cause
from terang.evidence.oversight import services
from terang.evidence.oversight.models import CheckState, InspectionCheck
from terang.evidence.oversight.services import Seen
from terang.registry.people.viewer import viewer_for


@pytest.mark.parametrize("about", ["andi", ""])
def test_the_score_says_that_a_finding_was_withdrawn(city, about):
    cast = city.cast
    overseer = viewer_for(cast.agus.user, timezone.now())
    unit = cast.units["register"]
    visit = services.open_inspection(
        actor=overseer, unit=unit, day=cast.today, purpose="Sidak", letter="1", reply_days=3, form_key=uuid4()
    )
    seen = Seen("Loket terisi", met=False, employee=cast.people.get(about), note="Kosong")
    finding = services.add_check(actor=overseer, inspection=visit, seen=seen, form_key=uuid4())
    InspectionCheck.objects.update(state=CheckState.CONFIRMED)
    services.withdraw_check(actor=overseer, check=finding, reason="Ada surat tugas", version=0)
    seal()
    entries = list(JournalEntry.objects.filter(verb__startswith="oversight.").order_by("position"))
    assert entries[-1].changes["day"] == date.isoformat(cast.today)
    followers.recompute(entries)
    score = Score.objects.get(employee=cast.people[about or "hendra"])
    assert cause(score.cause) == "temuan dicabut"
