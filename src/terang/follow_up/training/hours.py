"""Hours (JP) of a year beside what the rule of the person's status asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from terang.follow_up.training.models import TrainingRecord
from terang.registry.people.models import Employee
from terang.rules.regulations.training_hours import HoursRule, hours_rule


@dataclass(frozen=True)
class Hours:
    """What one person learned in a year. Only trainings that were finished, with a certificate, count."""

    year: int
    done: int
    rule: HoursRule

    @property
    def missing(self) -> int:
        """Hours still to be learned; 0 where nothing is asked for."""
        return self.rule.missing(self.done)

    @property
    def reached(self) -> bool:
        return self.rule.least is not None and self.missing == 0

    def is_late(self, today: date) -> bool:
        """Whether so little of the year is left that one is reminded."""
        return self.missing > 0 and today.year == self.year and today.month >= self.rule.remind_month


def hours_done(employee_ids: Collection[int], year: int) -> dict[int, int]:
    """Hours by person; who has none is left out. One query."""
    rows = TrainingRecord.objects.filter(employee_id__in=employee_ids, ends_on__year=year).order_by()
    return dict(rows.values_list("employee_id").annotate(total=Sum("hours")))


def hours_of(employee: Employee, year: int) -> Hours:
    """One query."""
    return Hours(year, hours_done([employee.pk], year).get(employee.pk, 0), hours_rule(employee.status, year))
