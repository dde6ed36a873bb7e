"""Fills an empty database with five demo governments: fictional people, a year of evidence, everywhere the same."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from terang.audit.services import record
from terang.demo.aims import strive
from terang.demo.analysing import analyse
from terang.demo.answers import wait_for_answers
from terang.demo.appraising import appraise
from terang.demo.blueprint import CODES, government, units
from terang.demo.breach import suffer
from terang.demo.calibrating import calibrate
from terang.demo.careers import look_ahead
from terang.demo.changes import mark_changes
from terang.demo.complaints import complain
from terang.demo.crediting import credit
from terang.demo.daily import note_down
from terang.demo.dialogues import plan_ahead
from terang.demo.drafting import draft_policy
from terang.demo.exchanging import exchange
from terang.demo.explaining import explain_how
from terang.demo.feedback import converse
from terang.demo.flexible import loosen
from terang.demo.guiding import guide
from terang.demo.helping import help_people, look_early
from terang.demo.honouring import honour
from terang.demo.missions import send_out
from terang.demo.observing import observe
from terang.demo.opinions import inspect, review
from terang.demo.paying import pay
from terang.demo.performance import perform
from terang.demo.presence import attend
from terang.demo.promises import Promise, by_month, promise
from terang.demo.proofs import attach_proofs
from terang.demo.questions import question
from terang.demo.reporting import report_results
from terang.demo.scene import MONTHS, Month, Scene, month_starts
from terang.demo.service import serve
from terang.demo.shifts import roster
from terang.demo.shutting import shut
from terang.demo.staffing import staff
from terang.demo.surveys import survey
from terang.demo.training import train
from terang.demo.voices import listen
from terang.evaluation.models import Period
from terang.evaluation.periods import spans
from terang.evaluation.services import open_periods, publish_policy, raise_warnings, recompute_agency
from terang.planning.dictionary.loading import preset_text as preset_dictionary
from terang.planning.dictionary.selectors import entries_of
from terang.planning.dictionary.services import load_dictionary
from terang.registry.organization.calendars import local_today, working_days
from terang.registry.organization.models import Agency
from terang.rules.policies import Policy, load_policy, preset_text

USUAL_EMPLOYEES = 80
DAILY_EVIDENCE_LIMIT = 1_000
"""Beyond this many people only the last three months carry daily evidence: enough for load work."""

Progress = Callable[[str], None]


def is_filled() -> bool:
    return Agency.objects.exists()


def fill(
    today: date,
    *,
    codes: tuple[str, ...] = CODES,
    employees: int = USUAL_EMPLOYEES,
    progress: Progress = lambda _: None,
) -> None:
    """Make the governments of `codes`, each in one transaction; the first has `employees` people, the others 80.

    Where `today` has not come yet for a government's clocks, its own day counts: Makassar's midnight is an hour before
    Semarang's.

    `progress` is told each step that begins: `steps(codes)` of them.
    """
    for number, code in enumerate(codes):
        with transaction.atomic():
            _fill_one(code, today, employees if number == 0 else USUAL_EMPLOYEES, progress)


STEPS = (
    "pegawai dan unit",
    "sasaran dan rencana",
    "kegiatan",
    "kehadiran",
    "layanan dan survei",
    "penilaian sejawat dan inspeksi",
    "nilai",
)


def steps(codes: tuple[str, ...] = CODES) -> int:
    return len(codes) * len(STEPS)


def _fill_one(code: str, today: date, employees: int, progress: Progress) -> None:
    facts = government(code)
    told = iter(STEPS)

    def step() -> None:
        progress(f"{facts['name']}: {next(told)}")

    step()
    agency = Agency.objects.create(
        code=facts["code"], name=facts["name"], kind=facts["kind"], time_zone=facts["time_zone"]
    )
    today = min(today, local_today(agency))
    scene = Scene(code, agency, today, _months(agency, today), units(facts, employees))
    staff(scene)
    months = scene.months if employees <= DAILY_EVIDENCE_LIMIT else scene.months[-3:]
    step()
    made = _plan(scene, months)
    step()
    perform(scene, months, by_month(scene, made))
    note_down(scene)
    attach_proofs(scene)
    wait_for_answers(scene)
    step()
    attend(scene, months)
    loosen(scene)
    roster(scene)
    step()
    serve(scene, months)
    mark_changes(scene, months)
    complain(scene, months)
    suffer(scene)
    step()
    policy_text = preset_text(facts["policy"])
    policy = load_policy(policy_text)
    review(scene, policy, months)
    converse(scene, months)
    inspect(scene)
    observe(scene)
    send_out(scene)
    report_results(scene)
    step()
    publish_policy(agency=agency, text=policy_text, actor=None)
    survey(scene)
    for period in open_periods(agency=agency, start=_first_whole(policy, months), end=scene.months[-1].end, actor=None):
        look_early(scene, period)
        for day in _looked_at(scene, period):
            recompute_agency(agency=agency, period=period, as_of=day)
    appraise(scene)
    calibrate(scene)
    credit(scene)
    train(scene)
    look_ahead(scene)
    explain_how(scene)
    listen(scene)
    raise_warnings(agency=agency, day=today)
    help_people(scene)
    guide(scene)
    shut(scene)
    question(scene)
    draft_policy(scene)
    honour(scene)
    pay(scene)
    exchange(scene)
    analyse(scene)
    record(
        "demo.filled",
        actor=None,
        obj=agency,
        agency_id=agency.pk,
        changes={"employees": len(scene.people), "months": MONTHS},
    )


def _plan(scene: Scene, months: list[Month]) -> list[Promise]:
    """The dictionary, the goals, everybody's plan, and what is talked about for the next year."""
    load_dictionary(agency=scene.agency, text=preset_dictionary(scene.facts["policy"]), actor=None)
    entries = {entry.code: entry for entry in entries_of(scene.agency.pk)}
    made = promise(scene, months, strive(scene), entries)
    plan_ahead(scene, made, entries)
    return made


def _first_whole(policy: Policy, months: list[Month]) -> date:
    """The start of the first period that has evidence from its first day on; the running period where there is none."""
    known = [span.start for span in spans(policy.period_kind, months[0].start, months[-1].end)]
    return next((start for start in known if start >= months[0].start), known[-1])


def _looked_at(scene: Scene, period: Period) -> list[date]:
    """The days scores are computed on: in the running period also days before, to know since when who is low."""
    if period.ends_on <= scene.today:
        return [scene.today]
    past = scene.months[-1].working_days[-9::4]
    return [*(day for day in past if day >= period.starts_on), scene.today]


def _months(agency: Agency, today: date) -> list[Month]:
    """The twelve months, with working days up to yesterday: today is left for the people who try the demo."""
    starts = month_starts(today)
    ends = [*starts[1:], date(today.year + today.month // 12, today.month % 12 + 1, 1)]
    return [
        Month(index, start, end, tuple(working_days(agency, start, min(end, today))))
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
