"""Thanks in the moment: seen at once, bound to something, limited, and counted into nothing."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import TODAY

import terang
from terang.audit.models import JournalEntry
from terang.follow_up.awards.models import Praise
from terang.follow_up.awards.services import Bound, take_back
from terang.web.errors import NotAllowed, NotNow


def test_the_person_sees_it_at_once_and_is_told(giving, sign_in):
    giving.thank()
    page = sign_in("siti").get(reverse("awards:mine")).content.decode()
    assert "Antrean pagi tadi" in page
    assert "Dewi Anggraini" in page
    assert "Berorientasi Pelayanan" in page
    entry = JournalEntry.objects.get(verb="awards.praised")
    assert entry.subject_employee_id == giving.cast.siti.pk
    assert "Antrean" not in str(entry.changes)


def test_nobody_else_reads_it(giving, sign_in):
    row = giving.thank()
    for name in ("andi", "maya"):
        assert "Antrean pagi tadi" not in sign_in(name).get(reverse("awards:mine")).content.decode()
    assert sign_in("andi").post(reverse("awards:take_back", args=[row.pk])).status_code == 404


def test_the_same_form_thanks_once(giving):
    key = uuid4()
    assert giving.thank(form_key=key) == giving.thank(form_key=key)
    assert Praise.objects.count() == 1


def test_three_a_week_and_the_next_week_again(giving):
    for who in ("siti", "andi", "rina"):
        giving.thank(who=who)
    with pytest.raises(NotNow, match="30 November 2026"):
        giving.thank(who="joko")
    giving.day = TODAY + timedelta(days=6)
    giving.thank(who="joko")


def test_what_was_taken_back_counts_in_the_limit(giving):
    row = giving.thank()
    take_back(actor=giving.viewer("dewi"), row=row)
    take_back(actor=giving.viewer("dewi"), row=row)
    assert JournalEntry.objects.filter(verb="awards.praise_taken_back").count() == 1
    with pytest.raises(NotNow, match="minggu ini"):
        giving.thank()
    with pytest.raises(NotAllowed):
        take_back(actor=giving.viewer("siti"), row=row)


def test_thanks_are_not_swapped(giving):
    giving.thank(by="andi", who="rina")
    with pytest.raises(NotNow, match="saling ditukar"):
        giving.thank(by="rina", who="andi")
    giving.day = TODAY + timedelta(days=7)
    giving.thank(by="rina", who="andi")


def test_it_is_bound_to_a_value_or_to_what_one_may_see(giving):
    with pytest.raises(ValidationError, match="BerAKHLAK"):
        giving.thank(bound=Bound())
    with pytest.raises(ValidationError):
        giving.thank(value="XX")
    with pytest.raises(ValidationError):
        giving.thank(text="  ")
    with pytest.raises(NotAllowed):
        giving.thank(by="siti")


def test_no_measure_signal_or_evidence_reads_it():
    house = Path(terang.__file__).parent
    readers = [
        path.relative_to(house).as_posix()
        for room in ("engine", "evaluation", "evidence", "rules/measures", "follow_up/allowance", "follow_up/career")
        for path in (house / room).rglob("*.py")
        if "Praise" in path.read_text(encoding="utf-8") or "follow_up.awards" in path.read_text(encoding="utf-8")
    ]
    assert readers == []
