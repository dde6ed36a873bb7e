"""Charts drawn on the server: what they show (here) and how they are drawn (`drawing*`).

Values are the integers of `rules` (basis points, milli-units, minutes, counts); `form` writes one as text. `None` is a
gap, never zero. Text keeps its size at every width: positions across are percentages, heights are pixels. Colours come
from the style sheet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from terang.web import numbers

Form = Callable[[int | None], str]


@dataclass(frozen=True)
class Series:
    """One line; `values` has one entry per label of the chart, and so has `spans`, the ends of how far each could lie
    from what was counted (empty: nothing is said about it)."""

    name: str
    values: Sequence[int | None]
    spans: Sequence[tuple[int, int] | None] = ()


@dataclass(frozen=True)
class Target:
    """A level to compare with, drawn as a broken line: a promise to citizens, a standard."""

    value: int
    label: str


@dataclass(frozen=True)
class Mark:
    """Something that was changed at the label with this index (from 0): what lies before it is drawn quietly."""

    index: int
    label: str


@dataclass(frozen=True)
class Pin:
    """A change on the time axis, and its number. `place`: in `Months` months from the left edge (3.5: middle of the
    fourth), in `Line` labels from the first (3.5: between the fourth and the fifth)."""

    place: float
    label: str


@dataclass(frozen=True)
class Line:
    """A course over time. The axis starts at zero unless `from_zero` is off; `highest` fixes its end."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    form: Form = numbers.whole
    lead: str = ""
    target: Target | None = None
    mark: Mark | None = None
    pins: Sequence[Pin] = ()
    from_zero: bool = True
    highest: int | None = None
    label_head: str = ""


@dataclass(frozen=True)
class Bar:
    """One row: `kind` (ok, attention, wrong or nothing) colours it, and `note` says the same in words."""

    label: str
    value: int | None
    kind: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bars:
    """Amounts side by side, in the order given, from zero; `highest` is the full width (default: the largest value)."""

    title: str
    bars: Sequence[Bar]
    form: Form = numbers.whole
    lead: str = ""
    highest: int | None = None
    target: Target | None = None
    heads: tuple[str, str] = field(default=("", ""))


@dataclass(frozen=True)
class Columns:
    """How many are in each ordered class (a distribution). `expected` draws a level to compare with, class by class."""

    title: str
    columns: Sequence[Bar]
    form: Form = numbers.whole
    lead: str = ""
    expected: Sequence[int] = ()
    heads: tuple[str, str] = field(default=("", ""))


@dataclass(frozen=True)
class Box:
    """How the values of one month are spread: a quarter, half, three quarters and nine tenths of them are not above."""

    count: int
    quarter: int
    median: int
    three_quarters: int
    ninetieth: int


@dataclass(frozen=True)
class Panel:
    """What runs on the same months under the boxes: a line, or with `bars` amounts from zero."""

    name: str
    values: Sequence[int | None]
    form: Form = numbers.whole
    bars: bool = False


@dataclass(frozen=True)
class Months:
    """Month by month the spread of values as boxes, with other courses on the same axis beneath. `boxes` and the values
    of each panel have one entry per label; None is a gap. `form` writes a value and `heads` are the columns of the
    table: the month, how many, the four figures of a box.
    """

    title: str
    labels: Sequence[str]
    boxes: Sequence[Box | None]
    heads: Sequence[str]
    form: Form = numbers.whole
    lead: str = ""
    name: str = ""
    target: Target | None = None
    pins: Sequence[Pin] = ()
    panels: Sequence[Panel] = ()


@dataclass(frozen=True)
class StripRow:
    """One group of single values, such as the service times of one month."""

    label: str
    values: Sequence[int]


@dataclass(frozen=True)
class Strip:
    """Every single value on a common axis, group under group, with the standard as a line."""

    title: str
    rows: Sequence[StripRow]
    form: Form = numbers.duration
    lead: str = ""
    target: Target | None = None


@dataclass(frozen=True)
class Interval:
    """A figure with how sure it is: the value and both ends of its interval."""

    label: str
    value: int
    low: int
    high: int


@dataclass(frozen=True)
class Intervals:
    """Figures as dots on their intervals, row under row. `form` writes a figure; `heads` are the columns of the table.
    With `from_zero` a line stands at zero, otherwise the axis only holds the figures."""

    title: str
    rows: Sequence[Interval]
    form: Form = numbers.whole
    lead: str = ""
    heads: Sequence[str] = ()
    from_zero: bool = True
