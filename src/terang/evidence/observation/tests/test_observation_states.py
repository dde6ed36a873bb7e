"""Every verb in every state, and the table against the diagram in the README."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from terang.evidence.observation import services, states
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.services import Noted, Planned, Prepared, Told
from terang.evidence.observation.services.moving import locked
from terang.evidence.observation.services.telling import finish
from terang.web.errors import NotNow

S = ObservationState


@dataclass
class Doing:
    """Does each verb as who may, with sensible words."""

    ward: object

    def do(self, verb: str, row: Observation) -> None:
        ward, version = self.ward, {"observation": row, "version": row.version}
        siti, dewi, bambang = (ward.viewer(name) for name in ("siti", "dewi", "bambang"))
        agus = Planned((ward.cast.agus,), ward.today, "Poli")
        three = {str(place): Noted(2) for place in (1, 2, 3)}
        sheet = {"actor": dewi, "sheet": row.sheets.get(number=1), "noted": three}
        match verb:
            case "prepare":
                services.prepare_observation(actor=siti, prepared=Prepared("A", "B", "penjelasan"), **version)
            case "agree":
                services.agree_observation(actor=dewi, **version)
            case "reschedule":
                services.reschedule_observation(actor=siti, day=ward.today, reason="Rapat", **version)
            case "cancel":
                services.cancel_observation(actor=dewi, reason="Rapat", **version)
            case "save":
                services.save_sheet(**sheet)
            case "give":
                services.give_sheet(**sheet)
            case "settle":
                services.settle_marks(actor=dewi, noted=three, **version)
            case "tell":
                services.tell_observation(
                    actor=dewi, told=Told("A", "B", "C", ward.today + timedelta(days=9)), **version
                )
            case "reply":
                services.reply_observation(actor=siti, text="Ya", **version)
            case "reflect":
                services.reflect_observation(actor=siti, text="Ya", **version)
            case "accept":
                services.accept_observation(actor=siti, **version)
            case "lapse":
                finish(locked(row, "lapse"), None, ward.today, "lapsed")
            case "contest":
                services.contest_observation(actor=siti, reason="Terlambat", **version)
            case "uncontest":
                services.uncontest_observation(actor=siti, **version)
            case "renew":
                services.renew_observation(actor=bambang, planned=agus, form_key=uuid4(), **version)
            case "replace":
                services.replace_observer(actor=bambang, number=2, observer=ward.cast.agus, **version)
            case "withdraw":
                if row.state == S.AGREED:
                    version["version"] = ward.give(row, "wati", 2, 2, 2).version
                services.withdraw_observation(actor=bambang, reason="Keliru", **version)
            case "follow":
                services.follow_observation(actor=dewi, observation=row, planned=agus, form_key=uuid4())
            case _:
                raise AssertionError(verb)


def standing(ward, state) -> Observation:
    """An observation that stands there, with two sheets that agree, so that every verb has what it needs."""
    row = ward.agreed()
    given = state not in (S.PLANNED, S.AGREED, S.CANCELLED)
    told = state in (S.TOLD, S.CONTESTED, S.FINISHED, S.WITHDRAWN)
    if given:
        for name in ("dewi", "wati"):
            ward.give(row, name, 2, 2, 2)
    row.refresh_from_db()
    row.state = state
    if told:
        row.told_at, row.told_on, row.contest_due_on = row.observed_agreed_at, ward.today, ward.today
        row.told_by, row.contest_reason, row.reason = ward.cast.dewi, "Terlambat", "Keliru"
    if state == S.PLANNED:
        row.observer_agreed_at = None
    row.save()
    return row


@pytest.mark.parametrize("state", list(S))
def test_every_verb_in_every_state(ward, state):
    """Where the table does not allow it the verb refuses and nothing moves; where it does, it leads where it says."""
    row = standing(ward, state)
    for verb, move in states.MOVES.items():
        before = Observation.objects.get(pk=row.pk)
        with pytest.raises(_Undo):
            _attempt(ward, verb, move, before)


class _Undo(Exception):
    """Takes back what a verb did, so that the next begins where this one did."""


def _attempt(ward, verb, move, row):
    with transaction.atomic():
        if row.state in move.sources:
            Doing(ward).do(verb, row)
            after = Observation.objects.get(pk=row.pk).state
            assert after in (move.targets or (row.state,)), f"{verb} led from {row.state} to {after}"
        else:
            with pytest.raises(NotNow):
                Doing(ward).do(verb, row)
            assert Observation.objects.get(pk=row.pk).state == row.state
        raise _Undo


def test_the_diagram_of_the_readme_is_the_table():
    text = (Path(states.__file__).parent / "README.md").read_text("utf-8")
    drawn = set()
    for source, target, words in re.findall(r"(\w+) --> (\w+) : ([^\n]+)", text):
        for verb in re.findall(r"[a-z]+", words.partition("(")[0].replace("dengan alasan", "")):
            drawn.add((verb, source, target))
    told = {
        (verb, source.name, target.name)
        for verb, move in states.MOVES.items()
        for source in move.sources
        for target in (move.targets or (source,))
    }
    assert drawn == told


def test_every_state_has_words_for_who_comes_too_late():
    for state in S:
        assert states.why_not(Observation(state=state))
