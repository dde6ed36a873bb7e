"""An answer in words: lines of a table, a chart, how it was made and what to mind. What a file and a page share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terang.evaluation.models import Period
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis import wording
from terang.reporting.analysis.answers import EVERYBODY, INSIDE, OUTSIDE, Answer, Cell, periods_of
from terang.reporting.analysis.asked import MEASURE, By, Cohort, How, Menu, Question
from terang.rules.spreads import CLASS_WIDTH, CLASSES, LEAST_PEOPLE, Spread
from terang.web.charts import Bar, Columns, Interval, Intervals, Line, Pin, Series
from terang.web.numbers import longtime, score, shows_change

MOST_DRAWN = 25
"""Groups in a picture; the table has all of them."""
MOST_LETTERS = 38
MOST_COURSES = 3
"""Groups beside everybody in a course: four lines can be told apart."""
GROUP_UNIT, GROUP_FAMILY = "u:", "r:"


def signed(value: int | None) -> str:
    """A change in points: "+2,5", "−1,0", "0,0"."""
    text = score(value)
    return f"+{text}" if value is not None and value > 0 and shows_change(value) else text


@dataclass(frozen=True)
class Row:
    """One line of the table: a group in a period."""

    label: str
    period: Period
    cell: Cell
    shown: "Shown"

    @property
    def url(self) -> str:
        """Where the people of the cell are."""
        asked = {**self.shown.question.values, "kelompok": self.cell.group, "saat": str(self.period.pk)}
        return f"{reverse('analysis:people')}?{urlencode(asked)}"

    @property
    def spread(self) -> Spread | None:
        return self.cell.spread

    @property
    def quartiles(self) -> str:
        spread = self.spread
        return f"{score(spread.quarter)} – {score(spread.three_quarters)}" if spread else ""

    @property
    def interval(self) -> str:
        found = self.spread.interval if self.spread else None
        return f"{score(found.low)} – {score(found.high)}" if found else ""

    @property
    def missing(self) -> str:
        """How many have no value, and why."""
        told = sorted(self.cell.missing.items(), key=lambda each: (-each[1], each[0]))
        return "; ".join(f"{count} {wording.reason(code)}" for code, count in told)

    @property
    def hidden(self) -> str:
        """How many are too few to be told of; empty where nobody is."""
        count = self.cell.left_out
        if not count:
            return ""
        words = ngettext(
            "%(count)s orang yang tidak lagi di unit Anda: terlalu sedikit untuk ditampilkan",
            "%(count)s orang yang tidak lagi di unit Anda: terlalu sedikit untuk ditampilkan",
            count,
        )
        return words % {"count": count}


@dataclass(frozen=True)
class Shift:
    """How people of a cohort changed, in words."""

    label: str
    spread: Spread | None

    @property
    def told(self) -> str:
        if self.spread is None:
            return _("belum ada orang dengan nilai pada kedua periode")
        words = {"n": wording.people(self.spread.n), "change": signed(self.spread.median)}
        if self.spread.interval is None:
            return _("%(change)s poin pada %(n)s; terlalu sedikit untuk selang") % words
        low, high = signed(self.spread.interval.low), signed(self.spread.interval.high)
        return _("%(change)s poin pada %(n)s (selang 95 persen %(low)s sampai %(high)s)") % (
            words | {"low": low, "high": high}
        )


@dataclass(frozen=True)
class Shown:
    """An answer ready to be read, by this viewer, now."""

    viewer: Viewer
    menu: Menu
    question: Question
    answer: Answer

    @cached_property
    def periods(self) -> list[Period]:
        return periods_of(self.menu, self.question)

    @property
    def subject(self) -> str:
        return self.menu.subject_label(self.question.subject)

    @property
    def span(self) -> str:
        """The periods in words."""
        first, last = self.menu.periods[self.question.first], self.menu.periods[self.question.last]
        return last.title if first.pk == last.pk or self.question.how == How.SPREAD else f"{first.title} – {last.title}"

    @property
    def title(self) -> str:
        return f"{self.subject}, {self.span}"

    @property
    def name(self) -> str:
        """What a saved view may be called: without a time, for it may follow the newest scores."""
        return f"{How(self.question.how).label}: {self.subject}"

    @property
    def whom(self) -> str:
        unit = self.menu.units[self.question.unit].name
        if not self.question.family:
            return unit
        return f"{unit}, {self.menu.family_label(self.question.family)}"

    @property
    def method(self) -> str:
        return wording.method(self.question.how, self.question.subject, self.subject)

    @property
    def is_empty(self) -> bool:
        return not any(cell.people or cell.left_out for cell in self.answer.cells)

    def label(self, group: str) -> str:
        """The name of a group."""
        if group == INSIDE:
            return str(Cohort(self.question.cohort).label).capitalize()
        if group == OUTSIDE:
            return _("Yang lain")
        if group.startswith(GROUP_UNIT):
            return self._unit_label(int(group.removeprefix(GROUP_UNIT)))
        if group.startswith(GROUP_FAMILY):
            code = group.removeprefix(GROUP_FAMILY)
            return self.menu.family_label(code) if code else wording.family("", "")[1]
        return _("Semua yang dipilih")

    def _unit_label(self, pk: int) -> str:
        unit = self.menu.units[pk]
        return _("Langsung di %(unit)s") % {"unit": unit.name} if pk == self.question.unit else unit.name

    @cached_property
    def groups(self) -> list[str]:
        """In the order of the tree, of names, or cohort first; everybody before all. Never by how high they stand."""
        first = {EVERYBODY: 0, INSIDE: 1, OUTSIDE: 2}

        def place(group: str) -> tuple[int, str]:
            if group.startswith(GROUP_UNIT):
                return 3, self.menu.units[int(group.removeprefix(GROUP_UNIT))].path
            return first.get(group, 3), self.label(group)

        return sorted(self.answer.groups, key=place)

    @cached_property
    def rows(self) -> list[Row]:
        """Group by group, the newest period last."""
        found = []
        for group in self.groups:
            for period in self.periods:
                cell = self.answer.cell(group, period.pk)
                if cell and (cell.people or cell.left_out):
                    found.append(Row(self.label(group), period, cell, self))
        return found

    @property
    def shows_periods(self) -> bool:
        return len(self.periods) > 1

    @property
    def shifts(self) -> list[Shift]:
        return [
            Shift(self.label(group), self.answer.shifts[group]) for group in self.groups if group in self.answer.shifts
        ]

    # How it was made

    @property
    def computed_at(self) -> datetime | None:
        return max((stamp.computed_at for stamp in self.answer.stamps), default=None)

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What every file carries: the facts, and what to mind."""
        return [*self.facts, *((_("Perhatikan"), warning) for warning in self.warnings)]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was asked, how it was made, of which day and by which rules."""
        policies = [self.menu.policies[pk] for pk in self.answer.policies]
        return [
            (_("Pertanyaan"), f"{How(self.question.how).label}: {self.subject}"),
            (_("Siapa"), self.whom),
            (_("Periode"), self.span),
            (_("Dibagi menurut"), self._divided),
            (_("Cara menghitung"), self.method),
            (_("Data per"), longtime(self.computed_at)),
            (
                _("Kebijakan"),
                "; ".join(
                    _("%(title)s, versi %(number)s") % {"title": each.title, "number": each.version}
                    for each in policies
                ),
            ),
            (
                _("Himpunan aturan"),
                ", ".join(sorted({rules for stamp in self.answer.stamps for rules in stamp.rulesets})),
            ),
        ]

    @property
    def _divided(self) -> str:
        if self.question.how == How.COHORT:
            return str(Cohort(self.question.cohort).label)
        return str(By(self.question.by).label)

    @cached_property
    def warnings(self) -> list[str]:
        return [warning for warning in self._warnings() if warning]

    def _warnings(self) -> Iterable[str]:
        yield self._changed_policy()
        yield self._different_measures()
        if self.question.how == How.TREND and len(self.periods) == 1:
            yield _("Satu periode belum menunjukkan arah. Pilih periode awal yang lebih dulu.")
        last = self.periods[-1]
        if last.ends_on > self.viewer.today:
            yield _("%(period)s masih berjalan; angkanya masih bergerak.") % {"period": last.title}
        if any(cell.left_out for cell in self.answer.cells):
            yield _(
                "Orang yang sudah pindah dari unit Anda hanya ikut dihitung bersama sedikitnya %(least)s orang lain; "
                "yang lebih sedikit tidak ditampilkan."
            ) % {"least": LEAST_PEOPLE}
        if self.question.how == How.COHORT and INSIDE not in self.answer.groups:
            words = _("Pada waktu ini tidak ada orang yang %(what)s di antara yang Anda pilih.")
            yield words % {"what": Cohort(self.question.cohort).label}
        elif self.question.how == How.COHORT:
            yield _(
                "Berbeda belum berarti karena itu. Yang dipilih karena nilainya rendah biasanya naik juga tanpa "
                "tindakan."
            )

    def _changed_policy(self) -> str:
        if len(self.answer.policies) < 2:
            return ""
        return _(
            "Kebijakan berganti di antara periode ini. Selisihnya dapat berasal dari aturan yang berubah, bukan dari "
            "pekerjaan; jangan dibandingkan begitu saja."
        )

    def _different_measures(self) -> str:
        if self.question.subject.startswith(MEASURE):
            return ""
        if len({variant for cell in self.answer.cells for variant in cell.variants}) < 2:
            return ""
        return _(
            "Sebagian orang dinilai dengan ukuran lain karena jabatannya. Nilai mereka tidak sebanding; pilih satu "
            "ukuran atau satu rumpun jabatan."
        )

    # Pictures

    @property
    def chart(self) -> Intervals | Line | Columns | None:
        """The picture of the answer; None where there is nothing to draw."""
        if self.is_empty:
            return None
        draw = {
            How.COMPARE: self._compared,
            How.TREND: self._course,
            How.SPREAD: self._classes,
            How.COHORT: self._shifted,
        }
        return draw[How(self.question.how)]()

    def _compared(self) -> Intervals | None:
        last = self.periods[-1].pk
        known = [row for row in self.rows if row.period.pk == last and row.spread][:MOST_DRAWN]
        rows = [
            Interval(f"{shorten(row.label)} ({row.cell.people})", spread.median, spread.quarter, spread.three_quarters)
            for row in known
            if (spread := row.spread)
        ]
        if not rows:
            return None
        lead = _("Titik: nilai tengah. Garis: dari kuartil pertama sampai ketiga. Dalam kurung: banyaknya orang.")
        heads = (_("Kelompok"), _("Nilai tengah"), _("Kuartil pertama"), _("Kuartil ketiga"))
        return Intervals(self._picture_title(), rows, score, lead, heads=heads, from_zero=False)

    def _picture_title(self) -> str:
        return f"{self.subject}, {self.periods[-1].title}"

    def _course(self) -> Line | None:
        groups = self.groups[: MOST_COURSES + 1]
        series = [self._series(group) for group in groups]
        known = [value for each in series for value in each.values if value is not None]
        if not known:
            return None
        lead = _("Nilai tengah tiap periode; garis tebal pudar: selang 95 persen.")
        if len(self.groups) > len(groups):
            lead += " " + _("Digambar tiga kelompok pertama; tabel memuat semuanya.")
        return Line(
            f"{self.subject}, {self.whom}",
            [each.short_title for each in self.periods],
            series,
            score,
            lead,
            pins=self.pins,
            from_zero=False,
            label_head=_("Periode"),
        )

    def _series(self, group: str) -> Series:
        cells = [self.answer.cell(group, period.pk) for period in self.periods]
        spreads = [cell.spread if cell else None for cell in cells]
        spans = [
            (s.interval.low, s.interval.high) if s and s.interval and group == EVERYBODY else None for s in spreads
        ]
        return Series(self.label(group), [s.median if s else None for s in spreads], spans)

    @property
    def pins(self) -> list[Pin]:
        """Where the policy changed, between two periods of a course."""
        return [Pin(place - 0.5, str(number)) for number, (place, _words) in enumerate(self._switches, 1)]

    @property
    def pin_words(self) -> list[tuple[str, str]]:
        return [(str(number), words) for number, (_place, words) in enumerate(self._switches, 1)]

    @cached_property
    def _switches(self) -> list[tuple[int, str]]:
        if self.question.how != How.TREND:
            return []
        policies = {stamp.period: stamp.policies for stamp in self.answer.stamps}
        found, before = [], None
        for place, period in enumerate(self.periods):
            now = policies.get(period.pk)
            if now and before and now != before:
                words = _("sejak %(period)s berlaku %(policy)s, versi %(number)s")
                policy = self.menu.policies[now[-1]]
                told = {"period": period.title, "policy": policy.title, "number": policy.version}
                found.append((place, words % told))
            before = now or before
        return found

    def _classes(self) -> Columns | None:
        whole = self.answer.cell(EVERYBODY, self.periods[-1].pk)
        if whole is None or whole.spread is None:
            return None
        columns = [Bar(class_label(number), count) for number, count in enumerate(whole.classes)]
        lead = _("%(n)s dengan nilai; %(without)s tanpa nilai tidak digambar.") % {
            "n": wording.people(whole.spread.n),
            "without": wording.people(whole.without),
        }
        return Columns(self._picture_title(), columns, lead=lead, heads=(_("Kelas nilai"), _("Jumlah orang")))

    def _shifted(self) -> Intervals | None:
        rows = [
            Interval(f"{each.label} ({each.spread.n})", each.spread.median, *_ends(each.spread))
            for each in self.shifts
            if each.spread
        ]
        if not rows:
            return None
        lead = _(
            "Titik: nilai tengah perubahan orang yang sama. Garis: selang 95 persen, di bawah enam orang rentangnya."
        )
        heads = (_("Kelompok"), _("Perubahan"), _("Terendah"), _("Tertinggi"))
        return Intervals(f"{self.subject}: {self.span}", rows, signed, lead, heads=heads)


def _ends(spread: Spread) -> tuple[int, int]:
    return (spread.interval.low, spread.interval.high) if spread.interval else (spread.low, spread.high)


def shorten(label: str) -> str:
    """A label that fits into a picture on a phone; the table has the whole."""
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1].rstrip()}…"


def class_label(number: int) -> str:
    """A class of a distribution in points: "60–70"; the last, "≥90", has no end, for values may exceed 100."""
    low = number * CLASS_WIDTH // 100
    return f"≥{low}" if number == CLASSES - 1 else f"{low}–{low + CLASS_WIDTH // 100}"


def heads_of(shown: Shown) -> list[str]:
    """Columns of a file."""
    heads = [
        _("Kelompok"),
        _("Periode"),
        _("Jumlah orang"),
        _("Dengan nilai"),
        _("Tanpa nilai"),
        _("Sebab tanpa nilai"),
        _("Tidak ditampilkan"),
        _("Kuartil pertama"),
        _("Nilai tengah"),
        _("Kuartil ketiga"),
        _("Selang 95 persen, bawah"),
        _("Selang 95 persen, atas"),
    ]
    if shown.question.how == How.SPREAD:
        heads += [_("Orang, kelas %(label)s") % {"label": class_label(number)} for number in range(CLASSES)]
    if shown.shifts:
        heads += [_("Orang pada kedua periode"), _("Perubahan, nilai tengah")]
    return heads


def table_of(shown: Shown) -> list[list[str | int | float | None]]:
    """Rows of a file, in the order of `heads_of`. Values in points; what is missing is empty, never 0."""
    return [_filed(shown, row) for row in shown.rows]


def _filed(shown: Shown, row: Row) -> list[str | int | float | None]:
    spread, cell = row.spread, row.cell
    interval = spread.interval if spread else None
    told: list[str | int | float | None] = [
        row.label,
        row.period.title,
        cell.people,
        spread.n if spread else 0,
        cell.without,
        row.missing,
        cell.left_out,
        points(spread.quarter if spread else None),
        points(spread.median if spread else None),
        points(spread.three_quarters if spread else None),
        points(interval.low if interval else None),
        points(interval.high if interval else None),
    ]
    if shown.question.how == How.SPREAD:
        told += cell.classes
    if shown.shifts:
        shift = shown.answer.shifts.get(cell.group)
        told += [shift.n if shift else 0, points(shift.median if shift else None)]
    return told


def points(value_bp: int | None) -> float | None:
    """Basis points as points of 100."""
    return None if value_bp is None else value_bp / 100
