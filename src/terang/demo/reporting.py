"""Makes performance reports where a government asks for them: last quarter's, read by both readers and published, and
a few of today in every state. Words are invented; figures come from the demo's own evidence."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from terang.demo.promises import at
from terang.demo.scene import Person, Scene
from terang.evidence.reports.hooks import figures_of, freeze
from terang.evidence.reports.models import (
    Achievement,
    Mark,
    Reading,
    Report,
    ReportReturn,
    ReportState,
    ReportTerms,
    Seat,
)
from terang.evidence.reports.wording import achievement, next_steps
from terang.planning.plans.models import IN_FORCE, PlanResult
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.models import PostKind
from terang.rules.regulations.working_days import deadline
from terang.rules.reports.periods import Span, span_of
from terang.rules.reports.rubric import Rubric, as_json, preset, rating_bp

CHALLENGES = (
    "Jaringan sering terputus pada jam sibuk sehingga antrean memanjang. Sudah dicoba pencatatan sementara di kertas.",
    "Dua rekan mengikuti pelatihan bersamaan, jadi beban loket terpusat. Jadwal pengganti belum saya atur.",
    "Berkas pemohon sering belum lengkap. Daftar syarat di loket belum cukup jelas bagi warga lanjut usia.",
    "Data dari perangkat daerah lain datang terlambat, sehingga laporan bulanan mundur dua hari.",
)
PLANS = (
    "1. Jadwal pengganti loket dipasang setiap Jumat untuk pekan depan.\n2. Waktu tunggu turun ke 20 menit.",
    "1. Syarat layanan ditulis ulang dengan gambar paling lambat akhir Januari.\n2. Berkas kembali turun separuh.",
    "1. Kesepakatan tanggal kirim data dengan empat perangkat daerah.\n2. Laporan selesai pada hari kerja kelima.",
)  # fmt: skip
REMARKS = (
    "Capaiannya terbukti. Sebutkan juga warga yang paling terbantu.",
    "Tantangan ditulis jujur; rencananya dapat ditagih.",
    "Baik. Tambahkan angka sebelum dan sesudah pada laporan berikutnya.",
)
REASONS = ("Sesuai dengan catatan yang saya buka.", "Terlihat dari angka di laporan.", "", "")
NOTE = "Mohon beri ukuran dan waktu pada rencana ke depan."


@dataclass(frozen=True)
class _Today:
    """A report of these days: where it stands, how many working days ago it was handed in, who has rated."""

    slot: str
    state: ReportState
    ago: int = 0
    rated: tuple[Seat, ...] = ()


TODAY = (
    _Today("village1/staff1", ReportState.SUBMITTED, 2),
    _Today("dukcapil.register/staff2", ReportState.SUBMITTED, 4, (Seat.SUPERIOR,)),
    _Today("finance.budget/staff1", ReportState.RETURNED, 5),
    _Today("village1/head", ReportState.SUBMITTED, 14, (Seat.OVERSIGHT,)),
    _Today("dukcapil.register/staff3", ReportState.RATED, 6, (Seat.SUPERIOR, Seat.OVERSIGHT)),
    _Today("dukcapil.register/head", ReportState.DRAFT),
)
"""The readings of `village1/head` were let go by: they wait one level higher."""


def report_results(scene: Scene) -> None:
    """The government's terms, everybody's report of the last whole quarter, and those of today."""
    asked = scene.facts.get("reports")
    if not asked:
        return
    quarter = span_of("triwulan", span_of("triwulan", scene.today).start - timedelta(days=1))
    terms = ReportTerms.objects.create(agency=scene.agency, valid_from=quarter.start, rubric=as_json(preset()), **asked)
    maker = _Maker(scene, terms)
    year = span_of("tahun", scene.today)
    open_year = scene.today >= year.end - timedelta(days=1 + terms.opens_days)
    busy = {each.slot for each in TODAY}
    for slot, person in scene.people.items():
        if person.post.kind != PostKind.ELECTED and (open_year or slot not in busy):
            maker.published(person, quarter)
    for each in TODAY:
        if each.slot in scene.people:
            maker.current(scene.people[each.slot], year if open_year else quarter, each)


class _Maker:
    """Reports under one government's terms."""

    def __init__(self, scene: Scene, terms: ReportTerms) -> None:
        self.scene, self.terms = scene, terms
        self.rubric: Rubric = preset()
        self.calendar = deadline_calendar(scene.agency)
        self.days = [day for month in scene.months for day in month.working_days]

    def _after(self, start: date, days: int) -> date:
        return deadline(start, days, self.calendar)

    def published(self, person: Person, span: Span) -> None:
        """Handed in within ten days, read within ten more, read by the person, published to the unit."""
        dice = self.scene.dice(f"report:{person.slot}")
        handed = self._after(span.end, dice.randint(1, self.terms.due_days - 1))
        read = self._after(handed, dice.randint(2, self.terms.reading_days))
        if read >= self.scene.today:
            return
        report = self._written(person, span, ReportState.PUBLISHED, handed)
        self._readings(person, report, read, (Seat.SUPERIOR, Seat.OVERSIGHT))
        closed = at(self.scene, min(read + timedelta(days=6), self.scene.today - timedelta(days=1)), 14)
        self._settled(report, at(self.scene, read, 11), read)
        report.finished_at = report.published_at = closed
        report.audience = self.terms.audience
        report.save()

    def current(self, person: Person, span: Span, told: _Today) -> None:
        """One that is on its way."""
        handed = self.days[-told.ago] if told.ago else None
        report = self._written(person, span, told.state, handed)
        if handed is None:
            return
        read = min(handed + timedelta(days=2), self.scene.today - timedelta(days=1))
        self._readings(person, report, read, told.rated)
        if told.state == ReportState.RATED:
            self._settled(report, at(self.scene, read, 11), self.days[-1])
        if told.state == ReportState.RETURNED:
            leader = self.scene.appraiser_of(person)
            assert leader is not None
            moment = at(self.scene, read, 15)
            ReportReturn.objects.create(
                report=report, seat=Seat.SUPERIOR, reader=leader.employee, note=NOTE, returned_at=moment
            )

    def _written(self, person: Person, span: Span, state: ReportState, handed: date | None) -> Report:
        dice = self.scene.dice(f"report:{span.kind}:{person.slot}")
        day = handed or self.scene.today
        figures = figures_of(person.employee.pk, span.start, span.end, day)
        begun = at(self.scene, day - timedelta(days=4), 13)
        moment = at(self.scene, handed, dice.randint(8, 15)) if handed else None
        report = Report.objects.create(
            employee=person.employee,
            unit=self.scene.units[person.unit.key],
            post_title=person.post.title,
            kind=span.kind,
            period_start=span.start,
            period_end=span.end,
            terms=self.terms,
            state=state,
            due_on=self._after(span.end - timedelta(days=1), self.terms.due_days),
            challenges=dice.choice(CHALLENGES) if handed else "",
            plans=dice.choice(PLANS) if handed else next_steps(figures),
            figures=freeze(figures) if handed else [],
            figures_at=moment,
            opened_at=begun,
            saved_at=moment or begun,
            submitted_at=moment,
            counts_on=min(span.end - timedelta(days=1), handed) if handed else None,
            version=2,
        )
        results = PlanResult.objects.filter(
            plan__employee=person.employee,
            plan__state__in=IN_FORCE,
            plan__period_start__lt=span.end,
            plan__period_end__gt=span.start,
        ).order_by("plan__period_start", "number")
        Achievement.objects.bulk_create(
            Achievement(
                report=report,
                result=result,
                number=number,
                title=result.text,
                text=achievement(each for each in figures if each.result_id == result.pk),
            )
            for number, result in enumerate(results, 1)
        )
        return report

    def _readings(self, person: Person, report: Report, read: date, rated: tuple[Seat, ...]) -> None:
        assert report.submitted_at is not None
        due = self._after(report.submitted_at.date(), self.terms.reading_days)
        leader, overseer = self.scene.appraiser_of(person), self._overseer(person)
        for seat, reader in ((Seat.SUPERIOR, leader), (Seat.OVERSIGHT, overseer)):
            if reader is None:
                continue
            given = at(self.scene, read, 10) if seat in rated else None
            named = reader.employee if given or seat == Seat.OVERSIGHT else None
            reading = Reading.objects.create(report=report, seat=seat, reader=named, due_on=due)
            if given:
                self._rate(person, reading, given)

    def _overseer(self, person: Person) -> Person | None:
        """One of the two, never the person, the person's leader or somebody the person leads."""
        team = (self.scene.people["inspectorate/staff1"], self.scene.people["inspectorate/head"])
        leader = self.scene.appraiser_of(person)
        free = [each for each in team if each not in (person, leader) and self.scene.appraiser_of(each) is not person]
        return free[0] if free else None

    def _rate(self, person: Person, reading: Reading, given: datetime) -> None:
        dice = self.scene.dice(f"reading:{reading.seat}:{person.slot}:{reading.report.kind}")
        usual = sum(person.diligence[-4:]) / max(1, len(person.diligence[-4:])) / 100
        levels = {
            each.code: min(4, max(1, round(1.2 + 2.4 * usual + dice.uniform(-0.7, 0.7))))
            for each in self.rubric.criteria
        }
        reading.rating_bp, reading.given_at = rating_bp(self.rubric, levels), given
        reading.remark = dice.choice(REMARKS)
        reading.save()
        Mark.objects.bulk_create(
            Mark(reading=reading, criterion=code, level=level, remark=dice.choice(REASONS))
            for code, level in levels.items()
        )

    def _settled(self, report: Report, moment: datetime, last: date) -> None:
        report.rated_at = moment
        report.second_look_until = self._after(last, self.terms.second_look_days)
        report.save()
