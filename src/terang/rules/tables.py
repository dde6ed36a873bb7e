"""The tables that travel between evidence rooms, rules and engine: their columns, units and what missing means.

Every identifier and number is a 64-bit integer. Quantities are in milli-units (1,000 = one document), ratios in basis
points (10,000 = 100 %), time in minutes or whole days. `None` means "not known", never zero.

An evidence table has one row per employee and record, or per employee and month where the records are many; `record_id`
leads from a score back to the record that caused it (missing where the row sums up a month).
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["int", "text", "bool"]


@dataclass(frozen=True)
class Column:
    """One column: its name, type, meaning with unit, and whether it may be missing."""

    name: str
    type: ColumnType
    meaning: str
    nullable: bool = False
    absent: str | None = None
    """What the column holds where a source does not deliver it; None: the source must deliver it."""


@dataclass(frozen=True)
class Table:
    """One declared table. `grain` says in words what one row stands for."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _int(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, "int", meaning, nullable)


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


def _bool(name: str, meaning: str) -> Column:
    return Column(name, "bool", meaning)


_EMPLOYEE = _int("employee_id", "whose evidence this is")
_RECORD = _int("record_id", "the record behind the row; missing where the row sums up a month", nullable=True)
_MONTH = _int("month", "year and month as yyyymm")

PEOPLE = Table(
    "people",
    "one row per employee to evaluate in the period",
    (
        _EMPLOYEE,
        _int("unit_id", "the unit on the last day of the period"),
        _bool("serves_citizens", "works at a service"),
        Column(
            "variant", "text", "code of the policy's variant for the post; empty for the ordinary aspects", absent=""
        ),
    ),
)

PLAN_RESULTS = Table(
    "plan_results",
    "one row per employee and indicator (IKI) of the agreed SKP in the period",
    (
        _EMPLOYEE,
        _RECORD,
        _text("direction", "higher | lower | range | yes_no | impact"),
        _bool("main", "belongs to a main result (hasil kerja utama)"),
        _int("baseline_milli", "starting point of an impact indicator", nullable=True),
        _int("target_milli", "target due by the end of the period; lower limit of a range", nullable=True),
        _int("target_max_milli", "upper limit of a range", nullable=True),
        _int(
            "actual_milli",
            "what was reached, from accepted evidence; missing where nothing was reported",
            nullable=True,
        ),
        _int("share_bp", "the employee's stated share of a community indicator; 10,000 = all of it"),
    ),
)

TASKS = Table(
    "tasks",
    "one row per employee and task due in the period",
    (
        _EMPLOYEE,
        _RECORD,
        _int("planned_milli", "quantity agreed"),
        _int("accepted_milli", "quantity in accepted work entries; zero is a fact here, not a gap"),
        _bool("for_programme", "the task belongs to a government programme"),
    ),
)

REPORTING = Table(
    "reporting",
    "one row per employee and month",
    (
        _EMPLOYEE,
        _MONTH,
        _int("required_days", "days on which the job's rhythm asks for a report, outages and leave taken out"),
        _int("reported_days", "of those, days with a work entry in time"),
    ),
)

REPORT_RATINGS = Table(
    "report_ratings",
    "one row per employee and reader of the performance report",
    (_EMPLOYEE, _RECORD, _text("reader", "superior | oversight"), _int("rating_bp", "the reader's rating")),
)

ATTENDANCE = Table(
    "attendance",
    "one row per employee and month",
    (
        _EMPLOYEE,
        _MONTH,
        _int("required_days", "working days less leave, duty elsewhere and outages"),
        _int("present_days", "of those, days present"),
        _int("punctual_days", "of the days present, days without lateness or leaving early"),
    ),
)

SERVICES = Table(
    "services",
    "one row per employee and month, over the service requests the employee completed",
    (
        _EMPLOYEE,
        _MONTH,
        _int("completed", "requests completed"),
        _int("expected", "requests the workload norm expects; missing where no norm is set", nullable=True),
        _int("timely", "completed within the published standard; the clock stops while the applicant must act"),
        _int("standard_minutes", "sum of the published standards of the completed requests"),
        _int("actual_minutes", "sum of the time taken, stopped clock taken out"),
        _int("reopened", "completed requests that were opened again (guard of speed and volume)"),
    ),
)

ELEMENTS = ("syarat", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
"""The nine elements of the citizen satisfaction survey, by meaning, in the order of PermenPANRB 14/2017."""

SURVEYS = Table(
    "surveys",
    "one row per employee and month, over answers to the satisfaction survey about the employee's own cases",
    (
        _EMPLOYEE,
        _MONTH,
        _int("respondents", "people who answered"),
        _int("invited", "people who were asked (guard: response rate)"),
        *(_int(f"sum_{element}", "sum of the answers, each 1 to 4") for element in ELEMENTS),
        *(_int(f"answered_{element}", "answers that were not blank") for element in ELEMENTS),
    ),
)

UNIT_SURVEYS = Table(
    "unit_surveys",
    "one row per unit and month: the same sums for the whole unit, used where one's own answers are too few",
    (_int("unit_id", "the unit"), *(column for column in SURVEYS.columns if column.name != "employee_id")),
)

REVIEWS = Table(
    "reviews",
    "one row per employee, kind of rater and aspect of the instrument, over released rounds; nothing leads to a rater",
    (
        _EMPLOYEE,
        _text("rater", "superior | peer | subordinate"),
        _text("aspect", "code of the aspect in the policy's instrument"),
        _int("answers", "number of answers"),
        _int("sum_milli", "robust mean of the answers on the instrument's scale times their number, in milli-points"),
    ),
)

INSPECTIONS = Table(
    "inspections",
    "one row per employee and inspection, confirmed findings only",
    (
        _EMPLOYEE,
        _RECORD,
        _int("checked", "points of the checklist that were checked"),
        _int("met", "of those, points met"),
    ),
)

OBSERVATIONS = Table(
    "observations",
    "one row per employee and observation (for example of a lesson)",
    (_EMPLOYEE, _RECORD, _int("points_milli", "points given"), _int("max_milli", "points possible")),
)

COMPLAINTS = Table(
    "complaints",
    "one row per employee and month, over complaints the employee had to answer",
    (
        _EMPLOYEE,
        _MONTH,
        _int("due", "complaints whose answer fell due"),
        _int("in_time_confirmed", "of those, answered in time and not contradicted by the citizen"),
        _int("reopened", "opened again by the citizen (guard)"),
    ),
)

EVIDENCE_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PEOPLE,
        PLAN_RESULTS,
        TASKS,
        REPORTING,
        REPORT_RATINGS,
        ATTENDANCE,
        SERVICES,
        SURVEYS,
        UNIT_SURVEYS,
        REVIEWS,
        INSPECTIONS,
        OBSERVATIONS,
        COMPLAINTS,
    )
}
"""Every evidence table by name. A missing table means that kind of evidence is not kept: its measures are missing."""

MEASURE_VALUES = Table(
    "measure_values",
    "one row per employee and measure of the policy",
    (
        _EMPLOYEE,
        _text("measure", "code of the measure"),
        _int("value_bp", "the measure, before the policy's cap; missing with a reason", nullable=True),
        _int("numerator", "what the value was divided from, in the measure's own unit", nullable=True),
        _int("denominator", "what it was divided by", nullable=True),
        _int("n", "records or answers behind the value"),
        _text("reason", "ok | no_evidence | too_few_answers | no_target | no_source | not_applicable | unit_average"),
    ),
)

COMPONENTS = Table(
    "components",
    "one row per employee, aspect and measure of the policy",
    (
        _EMPLOYEE,
        _text("aspect", "code of the aspect"),
        _text("measure", "code of the measure"),
        _int("value_bp", "the measure before the cap; missing with a reason", nullable=True),
        _int("score_bp", "after cap and floor; missing where its weight is shared out, 0 where held", nullable=True),
        _bool("capped", "the cap or the floor changed the value"),
        _int("weight_bp", "weight of the measure in the total by the policy"),
        _int("effective_weight_bp", "weight after missing ones were shared out; a person's add up to 10,000 or 0"),
        _int("numerator", "see measure_values", nullable=True),
        _int("denominator", "see measure_values", nullable=True),
        _int("n", "records or answers behind the value"),
        _text("reason", "see measure_values"),
    ),
)

TOTALS = Table(
    "totals",
    "one row per employee",
    (
        _EMPLOYEE,
        _int("unit_id", "the unit on the last day of the period"),
        _int("total_bp", "the weighted total; missing below the policy's least coverage", nullable=True),
        _int("coverage_bp", "share of the policy's weight that has evidence"),
        _text("status", "complete | partial | insufficient"),
        _text("work_result", "suggested rating: above | meets | below | none"),
        _text("behaviour", "suggested rating: above | meets | below | none"),
        _bool("below_standard", "the total is under the policy's standard"),
        _int("work_result_bp", "the score the suggested work-result rating comes from", nullable=True),
        _int("behaviour_bp", "the score the suggested behaviour rating comes from", nullable=True),
    ),
)
