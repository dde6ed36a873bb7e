"""Makes what colleagues say and overseers see."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from terang.demo.scene import MONTHS, Month, Person, Scene, steered
from terang.evidence.colleagues.ballots import Answer, Sealer
from terang.evidence.colleagues.drawing import groups_on
from terang.evidence.colleagues.hooks import MEASURE_OF
from terang.evidence.colleagues.models import Ballot, ReviewRemark, ReviewRound
from terang.evidence.colleagues.services import aspects_of, make_round
from terang.evidence.colleagues.services.filling import key_made, spares_of
from terang.evidence.colleagues.services.releasing import keep
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.rules.policies import Policy
from terang.rules.policies.model import Instrument
from terang.rules.reviews.draw import Numbers, draw
from terang.rules.reviews.tallying import Sheet, tally
from terang.rules.reviews.terms import Kind, least_of
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
CAP, ANSWERED, REMARKED = 8, 0.45, 0.4


REMARKS = (
    (75, "Selalu siap membantu ketika antrean panjang."),
    (75, "Penjelasannya mudah dimengerti, juga oleh pegawai baru."),
    (60, "Pekerjaannya rapi, tetapi sebaiknya lebih cepat membalas pesan."),
    (0, "Lebih sering memberi kabar bila pekerjaan terlambat."),
    (0, "Sering tidak di tempat pada jam layanan."),
)
"""What is said to people whose diligence is at least so much; the last ones to the others."""


def review(scene: Scene, policy: Policy, months: list[Month]) -> None:
    """A round in each quarter of `months` on the policy's instrument: earlier ones released, the last one open now with
    sealed ballots and its key, as in use."""
    instrument, least = policy.instruments[0], _least(policy)
    quarters = [month for month in months if month.index in QUARTERS]
    for number, month in enumerate(quarters, 1):
        opening = ReviewRound(
            agency=scene.agency,
            name=f"Penilaian sejawat ke-{number}",
            instrument=instrument.code,
            aspects=aspects_of(instrument),
            scale_min=instrument.scale_min,
            scale_max=instrument.scale_max,
            least=dict(least),
            cap=CAP,
            opens_on=month.start,
            closes_on=month.end,
        )
        if month is quarters[-1]:
            _open(scene, opening, instrument, least, month)
        else:
            _released(scene, opening, instrument, least, month)


def _least(policy: Policy) -> dict[Kind, int]:
    said = {use.code: use.min_answers for use in policy.behaviour_rating.measures}
    said |= {use.code: use.min_answers for aspect in policy.aspects for use in aspect.measures}
    return least_of({kind: said.get(code) for kind, code in MEASURE_OF.items()})


def _released(scene: Scene, opening: ReviewRound, instrument: Instrument, least: dict[Kind, int], month: Month) -> None:
    people = list(scene.people.values())
    sheets = [sheet for person in people for sheet in _sheets(scene, person, instrument, month)]
    opening.asked, opening.answered = len(sheets), sum(sheet.values is not None for sheet in sheets)
    opening.released_on = month.end
    opening.save()
    told = tally(sheets, least)
    keep(opening, told)
    dice = scene.dice(f"remarks:{month.index}")
    heard = [person for person in people if told.groups.get((person.employee.pk, "peer"))]
    words = [
        ReviewRemark(round=opening, subject=person.employee, text=_remark(person, month, dice))
        for person in heard
        if dice.random() < REMARKED
    ]
    write(words)


def _remark(person: Person, month: Month, dice: Random) -> str:
    """Praise for the diligent, advice for the others."""
    diligence = person.diligence[month.index]
    fitting = [text for least, text in REMARKS if (least <= diligence if least else diligence < 60)]
    return dice.choice(fitting)


def _sheets(scene: Scene, person: Person, instrument: Instrument, month: Month) -> Iterator[Sheet]:
    """What superior, colleagues and subordinates said of a person in a month, one sheet each."""
    dice = scene.dice(f"review:{person.slot}:{month.index}")
    raters: dict[Kind, int] = {"superior": 1, "peer": dice.randint(2, 5)}
    if person.post.is_head:
        raters["subordinate"] = dice.randint(3, 5)
    for kind, count in raters.items():
        columns = [(each.code, _answers(person, instrument, month, count, dice)) for each in instrument.aspects]
        for place in range(count):
            yield Sheet(person.employee.pk, kind, {code: answers[place] for code, answers in columns})


def _answers(person: Person, instrument: Instrument, month: Month, count: int, dice: Random) -> list[int]:
    span = instrument.scale_max - instrument.scale_min
    share = person.diligence[month.index] / 100 - 0.08 + dice.uniform(-0.06, 0.06)
    return steered(instrument.scale_min + span * share, count, instrument.scale_min, instrument.scale_max, dice)


def _open(scene: Scene, opening: ReviewRound, instrument: Instrument, least: dict[Kind, int], month: Month) -> None:
    """Drawn as in use; somewhat fewer than half have answered."""
    dice = scene.dice("review:draw")
    wanted: dict[Kind, int] = {
        "superior": 1,
        "peer": max(4, least["peer"]),
        "subordinate": max(4, least["subordinate"]),
    }
    drawn = draw(groups_on(scene.agency.pk, scene.today, least), Numbers(wanted, least, CAP), dice)
    people = {person.employee.pk: person for person in scene.people.values()}
    opening.drawn_on = scene.today
    with key_made(opening) as key:
        sealer = Sealer(key)
        tickets = make_round(opening, drawn.pairs, key, spares_of(drawn.pairs))
        done = [ticket for ticket in tickets if ticket.subject_id in people and dice.random() < ANSWERED]
        for ticket in done:
            person = people[ticket.subject_id]
            values = [_answers(person, instrument, month, 1, dice)[0] for _ in instrument.aspects]
            told = Answer(dict(zip(opening.labels, values, strict=True)))
            locator = sealer.locator(ticket.pk)
            Ballot.objects.filter(pk=locator).update(sealed=sealer.seal(locator, told))
        ReviewRound.objects.filter(pk=opening.pk).update(answered=len(done))


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
