"""A decided objection in Kota Terang."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.cast import NOW, TODAY

from terang.evaluation.appraisals.models import Appraisal, Objection, RatingWindow
from terang.evaluation.models import Period
from terang.evaluation.precedents.services import Words

WORDS = Words("kehadiran", "Hari libur daerah dihitung tidak hadir.", "Hari libur bukan ketidakhadiran; rating diubah.")


@pytest.fixture
def objected(cast):
    """Makes decided objections of Andi's, one for each month asked for."""

    def make(month: int = 10, **others) -> Objection:
        start = TODAY.replace(month=month, day=1)
        period = Period.objects.create(
            agency=cast.agency, kind="month", name=f"Bulan {month}", starts_on=start, ends_on=start + timedelta(30)
        )
        window = RatingWindow.objects.create(
            period=period, opens_on=start, closes_on=start, basis="SK", opened_by=cast.maya
        )
        unit = cast.units["register"]
        appraisal = Appraisal.objects.create(
            window=window,
            employee=cast.andi,
            home=unit,
            unit=unit,
            rater=cast.hendra,
            state="selesai",
            predicate="butuh_perbaikan",
            work_result="below",
            behaviour="meets",
            decided_on=TODAY,
        )
        told = {
            "text": "Saya, Andi Pratama, dinilai kurang oleh Pak Hendra di Bidang Pelayanan Pendaftaran Penduduk.",
            "reason": "Andi benar: libur daerah bukan alpa. NIP 199203172019031004.",
            "outcome": "berubah",
            "work_result": "meets",
            "behaviour": "meets",
            "predicate": "baik",
            "decided_by": cast.sri,
            "decided_on": TODAY,
            "answered_at": NOW,
        }
        days = {"filed_on": TODAY, "last_day": TODAY, "decision_due": TODAY}
        return Objection.objects.create(appraisal=appraisal, form_key=uuid4(), **days, **told | others)

    return make
