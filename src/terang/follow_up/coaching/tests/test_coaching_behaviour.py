"""A report of behaviour needs a talk and proof; the personnel agency answers, and learns nothing of a counselling."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.cast import TODAY

from terang.evidence.dialogue.models import Feedback
from terang.follow_up.coaching import services
from terang.follow_up.coaching.models import BehaviourReport, ReportState
from terang.web.errors import NotAllowed, NotNow


@pytest.fixture
def proof(room) -> Feedback:
    return Feedback.objects.create(
        subject=room.cast.andi,
        giver=room.cast.hendra,
        giver_kind="pimpinan",
        behaviour="Membentak warga",
        day=TODAY,
        given_at=timezone.now(),
        form_key=uuid4(),
    )


def report(room, proofs, by="hendra", **others):
    told = {"talked_on": TODAY, "expectation": "", "problem": "Membentak", "others_too": False, "tried": "Dibicarakan"}
    problem = services.Problem(proofs=proofs, **told | others)
    return services.report_behaviour(actor=room.viewer(by), employee=room.cast.andi, problem=problem, form_key=uuid4())


def test_without_proof_or_by_others_there_is_no_report(room, proof):
    with pytest.raises(ValidationError) as refused:
        report(room, [])
    assert "proofs" in refused.value.message_dict
    for name in ("sri", "maya", "andi"):
        with pytest.raises(NotAllowed):
            report(room, [proof.pk], by=name)
    report(room, [proof.pk])
    with pytest.raises(NotNow):
        report(room, [proof.pk])


def test_the_person_replies_and_another_answers(room, proof, sign_in):
    room.counsellor()
    row = report(room, [proof.pk])
    row = services.reply_to_report(actor=room.viewer("andi"), report=row, reply="Hari itu sistem mati.", version=0)
    for name in ("hendra", "andi", "agus"):
        with pytest.raises(NotAllowed):
            services.answer_report(
                actor=room.viewer(name), report=row, counsellor=None, answer="x", version=row.version
            )
    with pytest.raises(ValidationError, match="daftar konselor"):
        services.answer_report(
            actor=room.viewer("maya"), report=row, counsellor=room.cast.joko, answer="x", version=row.version
        )
    row = services.answer_report(
        actor=room.viewer("maya"), report=row, counsellor=room.cast.rina, answer="Bicarakan.", version=row.version
    )
    assert row.state == ReportState.COUNSELLOR
    for name, reads in (("andi", 200), ("hendra", 200), ("maya", 200), ("rina", 403), ("sri", 403), ("agus", 403)):
        assert sign_in(name).get(row.get_absolute_url()).status_code == reads, name


def test_a_report_names_no_counselling(room):
    names = {field.name for field in BehaviourReport._meta.get_fields()}
    assert not any("counselling" in name for name in names)
