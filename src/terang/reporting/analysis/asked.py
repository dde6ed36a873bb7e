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
MOST_PERIODS = 13


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
    """

    subject: str
    unit: int
    family: str
    first: int
    last: int
    how: str
    by: str
    cohort: str

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
        return {name: value for name, value in told.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.values)


@dataclass(frozen=True)
class Menu:
    """Everything this viewer may ask about: units by path, periods that have begun (newest first), subjects and
    families as (code, label) pairs, policy versions by number."""

    units: Mapping[int, Unit]
    periods: Mapping[int, Period]
    subjects: Sequence[tuple[str, str]]
    families: Sequence[tuple[str, str]]
    policies: Mapping[int, PolicyVersion]
    newest: Period | None

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
