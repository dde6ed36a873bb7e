"""Siti as a nurse with a level, rated year by year in Kota Terang."""

from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from tests.cast import TODAY

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.credit.selectors import accounts_of, digest_of
from terang.evaluation.credit.services import Brought, lay_down, record_grant
from terang.evaluation.models import Period
from terang.registry.people.models import Assignment, Post


class Clinic:
    """`siti` is Ahli Pertama III/a; Dewi appraises her, Maya keeps the registry."""

    def __init__(self, cast) -> None:
        self.cast, self.siti, self._numbers = cast, cast.siti, count(1)
        Post.objects.filter(pk=cast.posts["nurse"].pk).update(level="ahli_pertama")
        cast.siti.rank = "III/a"
        cast.siti.save(update_fields=["rank"])

    def rate(
        self, year: int, predicate: str = "baik", *, months=None, state: str = "selesai", person=None
    ) -> Appraisal:
        """An evaluation of a whole year, or of the months from first to last of one."""
        first, last = months or (1, 12)
        start, end = date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
        kind = {12: "year", 3: "quarter", 1: "month", 6: "semester"}[last - first + 1]
        period, _made = Period.objects.get_or_create(
            agency=self.cast.agency, kind=kind, starts_on=start, defaults={"name": f"{kind} {start}", "ends_on": end}
        )
        window, _made = RatingWindow.objects.get_or_create(
            period=period, defaults={"opens_on": end, "closes_on": end, "basis": "SK", "opened_by": self.cast.maya}
        )
        unit = self.cast.units["puskesmas"]
        return Appraisal.objects.create(
            window=window,
            employee=self.siti,
            home=unit,
            unit=unit,
            rater=self.cast.dewi,
            state=state,
            predicate=predicate,
            work_result="meets",
            behaviour="meets",
            decided_on=TODAY,
        )

    def posts(self, *levels: tuple[str, date, date | None]) -> None:
        """Siti's posts instead of the one she holds: level, from, to before."""
        Assignment.objects.filter(employee=self.siti).delete()
        for level, start, end in levels:
            post = Post.objects.create(
                unit=self.cast.units["puskesmas"], title="Perawat", kind="fungsional", level=level, valid_from=start
            )
            Assignment.objects.create(employee=self.siti, post=post, starts_on=start, ends_on=end)

    def grant(self, kind="lama", points=None, day=date(2022, 12, 31), *, level="ahli_pertama", actor="maya", key=None):
        told = Brought(kind, level, points, day, "PAK 12/2022")
        return record_grant(actor=self.cast.viewer(actor), employee=self.siti, told=told, form_key=key or uuid4())

    @property
    def account(self):
        return accounts_of([self.siti], TODAY)[self.siti.pk]

    def lay_down(self, until: date, *, actor: str = "dewi", seen=None, key=None, letter=None):
        return lay_down(
            actor=self.cast.viewer(actor),
            employee=self.siti,
            until=until,
            letter=letter or f"800/{next(self._numbers)}/2026",
            seen=seen or digest_of(self.account),
            form_key=key or uuid4(),
        )


@pytest.fixture
def clinic(cast) -> Clinic:
    return Clinic(cast)
