"""A finished observation moves the live score, which explains itself; withdrawn it counts no more, and it says so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import SINCE, TODAY
from tests.policy import policy_of

from terang.accounts.models import User
from terang.audit.models import JournalEntry
from terang.evaluation import followers
from terang.evaluation.models import Period, Score
from terang.evaluation.services import open_periods, publish_policy
from terang.evidence.observation import services
from terang.evidence.observation.models import Instrument
from terang.evidence.observation.services import Noted, Planned, Prepared, Told
from terang.registry.people.models import Assignment, Employee, Post
from terang.rules.observations.rubric import as_json, preset

POLICY = policy_of(
    "hasil",
    """
[[aspects]]
code = "hasil"
label = "Hasil"
label_en = "Results"
weight_bp = 10000
measures = [{ code = "observation_score", share_bp = 10000 }]
""",
)


@pytest.fixture
def school(cast, stopped):
    """A teacher of Kota Terang, her head and the instrument for teachers; the policy counts observations."""
    publish_policy(agency=cast.agency, text=POLICY)
    open_periods(agency=cast.agency, start=TODAY.replace(day=1), end=TODAY.replace(month=12, day=1))
    post = Post.objects.create(
        unit=cast.units["register"], title="Guru", kind="fungsional", category="guru", valid_from=SINCE
    )
    user = User.objects.create(nip="199411232018012014", name="Wati Kusuma", password="!")
    teacher = Employee.objects.create(
        agency=cast.agency, user=user, nip=user.nip, name=user.name, status="pns", joined_on=SINCE
    )
    Assignment.objects.create(employee=teacher, post=post, starts_on=SINCE)
    cast.people["wati"] = teacher
    return cast


def instrument(cast, *, formative=False):
    start = preset("pembelajaran")
    return Instrument.objects.create(
        agency=cast.agency,
        code="pembelajaran",
        number=1,
        name=start.name,
        place=start.place,
        categories=["guru"],
        formative=formative,
        valid_from=SINCE,
        rubric=as_json(start.rubric),
        basis="SK 7/2026",
        form_key=uuid4(),
    )


def observed(cast, used):
    """Hendra leads the unit and observes: 2, 1 and 2 of 2 points; told, not yet accepted."""
    hendra, wati = cast.viewer("hendra"), cast.viewer("wati")
    row = services.plan_observation(
        actor=hendra,
        employee=cast.wati,
        instrument=used,
        planned=Planned((cast.hendra,), TODAY, "Kelas 4B"),
        form_key=uuid4(),
    )
    row = services.prepare_observation(
        actor=wati, observation=row, prepared=Prepared("Semua bicara", "", "interaktif"), version=0
    )
    row = services.agree_observation(actor=hendra, observation=row, version=1)
    noted = {"1": Noted(2), "2": Noted(1), "3": Noted(2)}
    row = services.give_sheet(actor=hendra, sheet=row.sheets.get(), noted=noted)
    told = Told("Pertanyaannya terbuka", "Beri waktu", "Separuh kelas bicara", TODAY + timedelta(days=30))
    return services.tell_observation(actor=hendra, observation=row, told=told, version=row.version)


def component(cast):
    """Follows the journal as the worker does, then gives what the score holds of observations."""
    followers.recompute(list(JournalEntry.objects.filter(verb__startswith="observation.")))
    score = Score.objects.get(employee=cast.wati)
    return score, score.components.get(measure="observation_score")


def page_of(client, cast):
    client.force_login(cast.wati.user)
    period = Period.objects.get()
    url = reverse("evaluation:measure", args=[period.pk, cast.wati.pk, "hasil", "observation_score"])
    return client.get(url).content.decode()


def test_finished_it_moves_the_score_which_explains_itself_and_withdrawn_no_more(client, school):
    row = observed(school, instrument(school))
    _score, before = component(school)
    assert (before.value_bp, before.reason) == (None, "no_evidence")
    assert "dihitung sesudah diterima" in page_of(client, school)

    row = services.accept_observation(actor=school.viewer("wati"), observation=row, version=row.version)
    score, found = component(school)
    assert (found.value_bp, found.numerator, found.denominator, found.n) == (8_333, 5_000, 6_000, 1)
    assert (score.total_bp, score.cause) == (8_333, "observation.accepted")
    page = page_of(client, school)
    assert "Dari 6 poin tertinggi, diperoleh 5 poin: 5/6 = 83,3" in page
    assert "dihitung 5 dari 6 poin" in page
    assert "Setiap murid mendapat kesempatan berpendapat atau mencoba: Dilakukan, belum efektif (1 dari 2)" in page
    assert row.get_absolute_url() in page

    services.withdraw_observation(
        actor=school.viewer("sri"), observation=row, reason="Salah jam pelajaran", version=row.version
    )
    _score, after = component(school)
    assert (after.value_bp, after.reason) == (None, "no_evidence")
    assert "dicabut dan tidak dihitung: Salah jam pelajaran" in page_of(client, school)


def test_for_learning_alone_it_never_counts(client, school):
    row = observed(school, instrument(school, formative=True))
    services.accept_observation(actor=school.viewer("wati"), observation=row, version=row.version)
    _score, found = component(school)
    assert found.value_bp is None
    assert "untuk belajar, tidak dinilai" in page_of(client, school)
