"""What is asked: the question in the address, with everything that may be asked to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period, PolicyVersion
from terang.registry.organization.models import Unit

TOTAL, WORK, BEHAVIOUR = "nilai", "hasil_kerja", "perilaku"
ASPECT, MEASURE = "aspek:", "ukuran:"
FIELDS = {TOTAL: "total_bp", WORK: "work_result_bp", BEHAVIOUR: "behaviour_bp"}
"""Figures that stand on the score itself."""
MOST_PERIODS, USUAL_PERIODS = 13, 6


class How(models.TextChoices):
    COMPARE = "banding", _("Bandingkan")
    TREND = "tren", _("Tren")
    SPREAD = "sebaran", _("Sebaran")
    COHORT = "kohort", _("Kohort")


class By(models.TextChoices):
    UNIT = "unit", _("unit di bawahnya")
    FAMILY = "rumpun", _("rumpun jabatan")
    NOTHING = "semua", _("tidak dibagi")


class Cohort(models.TextChoices):
    """People of whom something happened in the time that is looked at."""

    NEW = "baru", _("mulai bekerja di sini")
    MOVED = "pindah", _("pindah jabatan")
    TRAINED = "latih", _("menyelesaikan pelatihan")
    HELPED = "perbaikan", _("mulai tindakan perbaikan")


@dataclass(frozen=True)
class Question:
    """One question. `unit` is the top of the units asked about, `family` a family of posts (empty: all of them),
    `first` and `last` the periods by number. `cohort` counts only where `how` asks for it, `by` only where it does not.
    `follows` names what was left open, so that a saved question is asked anew: the unit follows who asks, the periods
    follow the newest scores.
    """

    subject: str
    unit: int
    family: str
    first: int
    last: int
    how: str
    by: str
    cohort: str
    follows: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[str, str]:
        """As the form names them."""
        told = {
            "cara": self.how,
            "apa": self.subject,
            "unit": str(self.unit),
            "rumpun": self.family,
            "dari": str(self.first),
            "sampai": str(self.last),
            "menurut": self.by,
            "kohort": self.cohort,
        }
        return {name: value for name, value in told.items() if value and name not in self.follows}

    @property
    def query(self) -> str:
        return urlencode(self.values)


@dataclass(frozen=True)
class Menu:
    """Everything this viewer may ask about: units by path, periods that have begun (newest first), subjects and
    families as (code, label) pairs, policy versions by number; `scored` are the periods with scores, newest first."""

    units: Mapping[int, Unit]
    periods: Mapping[int, Period]
    subjects: Sequence[tuple[str, str]]
    families: Sequence[tuple[str, str]]
    policies: Mapping[int, PolicyVersion]
    scored: Sequence[Period]

    def begin(self, last: int, how: str) -> int:
        """The first period where none is asked for: the last one itself, for a course or a cohort up to five earlier
        ones with scores."""
        end = self.periods[last]
        if how not in (How.TREND, How.COHORT):
            return last
        before = [each for each in self.scored if each.kind == end.kind and each.starts_on <= end.starts_on]
        return before[:USUAL_PERIODS][-1].pk if before else last

    @property
    def newest(self) -> Period | None:
        """The newest period with scores."""
        return self.scored[0] if self.scored else None

    @property
    def top(self) -> Unit | None:
        """The widest unit; of equal ones the first."""
        return min(self.units.values(), key=lambda unit: (unit.path.count("/"), unit.path), default=None)

    def span(self, question: Question) -> list[Period]:
        """The periods asked about, oldest first."""
        first, last = self.periods[question.first], self.periods[question.last]
        return sorted(
            (
                each
                for each in self.periods.values()
                if each.kind == last.kind and first.starts_on <= each.starts_on <= last.starts_on
            ),
            key=lambda each: each.starts_on,
        )

    def subject_label(self, code: str) -> str:
        return dict(self.subjects)[code]

    def family_label(self, code: str) -> str:
        return dict(self.families).get(code, code)
