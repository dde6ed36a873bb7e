"""Makes the allowance: a rule in force, what is given about everybody, the slips of last month, and a dispute that
waits. Where an award pays a bonus (`honouring`), it stands in the slip."""

from datetime import timedelta
from importlib.resources import files
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from terang.demo.honouring import pay_bonus
from terang.demo.scene import Scene
from terang.follow_up.allowance.models import Run, RunState, Slip
from terang.follow_up.allowance.services import (
    Given,
    approve_run,
    compute_run,
    dispute_slip,
    give_facts,
    propose_rule,
    recompute_run,
    start_run,
    start_trial,
    try_out,
)
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import viewer_for

LADDER = ("semarang",)
SALARY_IDR = {"IV": 5_400_000, "III": 4_300_000, "II": 3_300_000, "IX": 3_900_000}
USUAL_IDR = 3_500_000
BASIS = "Daftar gaji rekaan"


def pay(scene: Scene) -> None:
    """Rule, given facts, last month's run, and the dispute of somebody whose slip has a cut."""
    name = "jenjang" if scene.code in LADDER else "pola_40_60"
    text = (files("terang.demo") / "allowance_rules" / f"{name}.toml").read_text(encoding="utf-8")
    year = f"valid_from = {scene.months[0].start.year}-01-01"
    propose_rule(
        actor=None,
        agency=scene.agency,
        text=text.replace("valid_from = 2026-01-01", year),
        form_key=uuid5(NAMESPACE_URL, f"allowance-rule:{scene.code}"),
    )
    give_facts(actor=None, agency_id=scene.agency.pk, rows=_given(scene))
    last = (scene.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    pay_bonus(scene, last)
    _pay_earlier(scene, compute_run(start_run(actor=None, agency=scene.agency, month=before).pk))
    compute_run(start_run(actor=None, agency=scene.agency, month=last).pk)
    _dispute(scene)


def _pay_earlier(scene: Scene, run: Run) -> None:
    """The month before last is paid: what somebody lacks in it is given by a decision. Then a dearer rule is proposed
    and tried on that month."""
    grants = RoleGrant.objects.filter(employee__agency=scene.agency, role=Role.PERSONNEL, employee__user__isnull=False)
    found = grants.select_related("employee__user").order_by("pk").first()
    if found is None or found.employee.user is None:
        return
    keeper = viewer_for(found.employee.user, timezone.now())
    lacking = Slip.objects.filter(run=run).exclude(problem="").select_related("employee")
    end = (run.month + timedelta(days=32)).replace(day=1)
    salary = (("salary_idr", str(USUAL_IDR)), ("salary_insurance_idr", str(USUAL_IDR // 100)))
    rows = [
        Given(each.employee, code, value, run.month, "Keputusan rekaan", end)
        for each in lacking
        for code, value in (("attendance_waived", "ya"), *salary)
    ]
    if rows:
        give_facts(actor=None, agency_id=scene.agency.pk, rows=rows)
        run = compute_run(recompute_run(actor=keeper, run=run, seen=run.version).pk)
    if Slip.objects.filter(run=run, is_current=True).exclude(problem="").exists():
        return
    approve_run(actor=keeper, run=run, seen=run.version)
    version = propose_rule(
        actor=keeper,
        agency=scene.agency,
        text=run.rule.text.replace('"0.45"', '"0.48"'),
        form_key=uuid5(NAMESPACE_URL, f"allowance-rule-tried:{scene.code}"),
    )
    trial = start_trial(
        actor=keeper,
        rule=version,
        first=run.month,
        last=run.month,
        form_key=uuid5(NAMESPACE_URL, f"allowance-trial:{scene.code}"),
    )
    try_out(trial.pk)


def _given(scene: Scene) -> list[Given]:
    since, rows = scene.months[0].start, []
    for person in scene.people.values():
        salary = SALARY_IDR.get((person.employee.rank or "").split("/")[0], USUAL_IDR)
        rows.append(Given(person.employee, "salary_idr", str(salary), since, BASIS))
        rows.append(Given(person.employee, "salary_insurance_idr", str(salary // 100), since, BASIS))
    return rows


def _dispute(scene: Scene) -> None:
    """The first person of the month who was late and can sign in says that it was an assignment."""
    slips = Slip.objects.filter(run__agency=scene.agency, ledger__isnull=False, employee__user__isnull=False)
    slips = slips.filter(run__state=RunState.OPEN)
    for slip in slips.select_related("employee__user").order_by("pk"):
        if (slip.facts.get("late_1") or slip.facts.get("absent_days")) and slip.employee.user:
            rows = slip.ledger["rows"] if slip.ledger else []
            row = next((each["number"] for each in rows if each["step"] in ("discipline", "prestasi")), 0)
            dispute_slip(
                actor=viewer_for(slip.employee.user, timezone.now()),
                slip=slip,
                row=row,
                text="Pagi itu saya bertugas di kelurahan menurut surat tugas; presensinya tidak terekam.",
                form_key=uuid5(NAMESPACE_URL, f"allowance-dispute:{scene.code}"),
            )
            return
