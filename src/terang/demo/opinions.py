"""Makes what colleagues say and overseers see."""

from datetime import timedelta

from terang.demo.scene import MONTHS, Month, Person, Scene, steered
from terang.evidence.colleagues.models import RaterKind, ReviewRound, ReviewTally, ReviewTicket
from terang.evidence.colleagues.services import aspects_of
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.rules.policies import Policy
from terang.web.writing import write

CRITERIA = (
    "Loket terisi pada jam layanan",
    "Standar pelayanan terpasang",
    "Antrean tercatat",
    "Ruang tunggu bersih dan layak",
    "Petugas memakai tanda pengenal",
    "Pengaduan ditanggapi",
)
QUARTERS = (2, 5, 8, MONTHS - 1)


def review(scene: Scene, policy: Policy, months: list[Month]) -> None:
    """A round in each quarter of `months`, the last one open now, on the policy's instrument. Sums only, as in use."""
    instrument = next(iter(policy.instruments))
    for number, month in enumerate((month for month in months if month.index in QUARTERS), 1):
        opening = ReviewRound.objects.create(
            agency=scene.agency,
            name=f"Penilaian sejawat ke-{number}",
            instrument=instrument.code,
            aspects=aspects_of(instrument),
            scale_min=instrument.scale_min,
            scale_max=instrument.scale_max,
            opens_on=month.start,
            closes_on=month.end,
        )
        tallies = [
            tally for person in scene.people.values() for tally in _tallies(scene, opening, person, policy, month)
        ]
        write(tallies)
    write(_tickets(scene, opening))


def _tallies(scene: Scene, opening: ReviewRound, person: Person, policy: Policy, month: Month) -> list[ReviewTally]:
    instrument = next(iter(policy.instruments))
    dice = scene.dice(f"review:{person.slot}:{month.index}")
    span = instrument.scale_max - instrument.scale_min
    tallies = []
    for kind, raters in (
        (RaterKind.SUPERIOR, 1),
        (RaterKind.PEER, dice.randint(2, 5)),
        (RaterKind.SUBORDINATE, dice.randint(3, 5) if person.post.is_head else 0),
    ):
        for aspect in instrument.aspects:
            target = instrument.scale_min + span * (
                person.diligence[month.index] / 100 - 0.08 + dice.uniform(-0.06, 0.06)
            )
            answers = steered(target, raters, instrument.scale_min, instrument.scale_max, dice)
            if answers:
                tallies.append(
                    ReviewTally(
                        round=opening,
                        subject=person.employee,
                        kind=kind,
                        aspect=aspect.code,
                        answers=len(answers),
                        sum_milli=sum(answers) * 1000,
                    )
                )
    return tallies


def _tickets(scene: Scene, opening: ReviewRound) -> list[ReviewTicket]:
    """Each is asked about the next two colleagues of the same unit."""
    tickets = []
    for spec in scene.specs:
        staff = list(scene.staff_of(spec.key))
        for n, rater in enumerate(staff):
            for step in (1, 2):
                subject = staff[(n + step) % len(staff)]
                if len(staff) > step and subject is not rater:
                    tickets.append(
                        ReviewTicket(round=opening, rater=rater.employee, subject=subject.employee, kind=RaterKind.PEER)
                    )
    return tickets


def inspect(scene: Scene) -> None:
    """Visits to every unit that serves the public, spread over the year, and those the story tells."""
    lead = scene.people["inspectorate/staff1"]
    for n, spec in enumerate(spec for spec in scene.specs if spec.services):
        for index in (n % 6, 6 + n % 6):
            _visit(scene, lead, spec.key, scene.months[index])
    for story in scene.facts.get("inspections", []):
        month = scene.months[story["month"]]
        visit = Inspection.objects.create(
            unit=scene.units[story["unit"]],
            day=month.working_days[8],
            lead=lead.employee,
            purpose="Inspeksi mendadak: keterisian loket",
        )
        InspectionCheck.objects.bulk_create(
            [
                InspectionCheck(
                    inspection=visit,
                    employee=scene.people[row["slot"]].employee,
                    **{key: value for key, value in row.items() if key != "slot"},
                )
                for row in story["checks"]
            ]
        )


def _visit(scene: Scene, lead: Person, unit_key: str, month: Month) -> None:
    if not month.working_days:
        return
    dice = scene.dice(f"inspection:{unit_key}:{month.index}")
    day = month.working_days[min(6, len(month.working_days) - 1)]
    visit = Inspection.objects.create(
        unit=scene.units[unit_key],
        day=min(day, scene.today - timedelta(days=1)),
        lead=lead.employee,
        purpose="Pemeriksaan kepatuhan standar pelayanan",
    )
    checks = []
    for person in scene.people.values():
        if person.unit.key == unit_key:
            for criterion in CRITERIA[:4]:
                met = dice.random() * 100 < person.diligence[month.index] + 4
                checks.append(
                    InspectionCheck(
                        inspection=visit,
                        employee=person.employee,
                        criterion=criterion,
                        met=met,
                        state=CheckState.CONFIRMED,
                        note="" if met else "Tidak sesuai saat kunjungan.",
                    )
                )
    write(checks)
