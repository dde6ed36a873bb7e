"""Plans: written by the person, agreed by the appraiser."""

from datetime import date

import pytest
from tests.cast import TODAY, make_cast

from terang.audit.models import JournalEntry
from terang.planning.models import Plan, PlanState
from terang.planning.selectors import agreed_plan
from terang.planning.services import IndicatorDraft, ResultDraft, agree_plan, create_plan
from terang.web.errors import NotAllowed, NotNow, Stale

DRAFT = ResultDraft("KTP terbit tepat waktu", [IndicatorDraft("Jumlah KTP", "dokumen", 960_000)])
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def plan(cast):
    return create_plan(actor=cast.viewer("andi"), employee=cast.andi, results=[DRAFT], **YEAR)


def test_a_plan_is_written_and_agreed(cast, plan):
    assert agreed_plan(cast.andi.pk, TODAY) is None
    agreed = agree_plan(actor=cast.viewer("hendra"), plan=plan, version=1)
    assert (agreed.state, agreed.agreed_on, agreed.version) == (PlanState.AGREED, TODAY, 2)
    found = agreed_plan(cast.andi.pk, TODAY)
    assert [i.target_milli for result in found.results.all() for i in result.indicators.all()] == [960_000]
    told = [(entry.verb, entry.subject_employee_id, entry.unit_id) for entry in JournalEntry.objects.order_by("id")]
    unit = cast.units["register"].pk
    assert told == [("planning.plan_created", cast.andi.pk, unit), ("planning.plan_agreed", cast.andi.pk, unit)]


def test_only_the_appraiser_agrees_once_and_to_what_was_read(cast, plan):
    for name in ("andi", "sri", "rina"):
        with pytest.raises(NotAllowed):
            agree_plan(actor=cast.viewer(name), plan=plan, version=1)
    with pytest.raises(Stale):
        agree_plan(actor=cast.viewer("hendra"), plan=plan, version=2)
    agree_plan(actor=cast.viewer("hendra"), plan=plan, version=1)
    with pytest.raises(NotNow):
        agree_plan(actor=cast.viewer("hendra"), plan=plan, version=2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"results": []},
        {"results": [ResultDraft("Tanpa indikator")]},
        {"period_start": date(2027, 1, 1)},
    ],
)
def test_a_plan_without_sense_is_refused_whole(cast, wrong):
    with pytest.raises(NotNow):
        create_plan(**({"actor": cast.viewer("andi"), "employee": cast.andi, "results": [DRAFT], **YEAR} | wrong))
    assert not Plan.objects.exists()


def test_one_plan_for_a_time_and_nobody_writes_anothers(cast, plan):
    with pytest.raises(NotNow, match="sudah ada"):
        create_plan(actor=cast.viewer("andi"), employee=cast.andi, results=[DRAFT], **YEAR)
    with pytest.raises(NotAllowed):
        create_plan(actor=cast.viewer("hendra"), employee=cast.rina, results=[DRAFT], **YEAR)
