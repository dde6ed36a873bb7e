"""The chance to improve, verb by verb: planned by the leader, agreed by the employee, checked by both every month,
evaluated at its end; then closed, or prepared by the personnel agency for the official who decides.

Nothing here decides anything by itself: no day that passes moves a case to a later step.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.follow_up.growth.improvement_access import (
    require_decider,
    require_employee,
    require_leader,
    require_preparer,
)
from terang.follow_up.growth.improvement_states import require_move
from terang.follow_up.growth.models import (
    CaseState,
    DueAction,
    ImprovementCase,
    ImprovementCheck,
    ImprovementStep,
)
from terang.follow_up.growth.services.acting import settle_by_case
from terang.follow_up.growth.services.recording import require_current, save, tell
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.models import Assignment, EmploymentStatus, PostKind
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.improvement import (
    Holder,
    ImprovementRule,
    LaterStep,
    check_days,
    improvement_rule,
    later_steps,
    possible_steps,
)
from terang.rules.regulations.working_days import Calendar, deadline
from terang.web.errors import NotNow

S = CaseState


def begin_case(due: DueAction, predicate: str, day: date, calendar: Calendar) -> ImprovementCase:
    """The case behind what is due, with its first term. `day` is the day of opening."""
    rule = rule_on(day)
    post = main_posts([due.employee_id], day).get(due.employee_id)
    return ImprovementCase.objects.create(
        due=due,
        employee_id=due.employee_id,
        leader_id=due.assigned_to_id,
        year=due.period.starts_on.year if due.period else day.year - 1,
        predicate=predicate,
        holder=holder_of(due, post),
        opened_on=day,
        act_by=deadline(day, rule.terms.plan, calendar),
    )


def holder_of(due: DueAction, post: Assignment | None) -> Holder:
    """Whose later steps these are: by status, then by the kind of post."""
    if due.employee.status == EmploymentStatus.PPPK:
        return "pppk"
    return "jpt" if post and post.post.kind == PostKind.LEADER else "others"


def rule_on(day: date) -> ImprovementRule:
    """The rule that a case follows. Raises NotNow before the first: no case is older than its rule."""
    rule = improvement_rule(day)
    if rule is None:
        raise NotNow(gettext("Belum ada aturan tentang kesempatan memperbaiki pada hari itu."))
    return rule


def held_case(case: ImprovementCase, verb: str, version: int | None = None) -> ImprovementCase:
    """The newest row, locked. Raises NotNow where its state does not allow the verb, Stale for an older page."""
    rows = ImprovementCase.objects.select_for_update(of=("self",)).select_related("employee__agency", "leader", "due")
    current = rows.get(pk=case.pk)
    require_current(current, version)
    require_move(current, verb)
    return current


def write_case(
    *, actor: Viewer | None, case: ImprovementCase, target: str, support: str, version: int
) -> ImprovementCase:
    """The leader writes what is to be reached and what is offered for it. Raises NotAllowed, NotNow, Stale,
    ValidationError by field: without help there is no chance."""
    viewer = require_leader(actor, case)
    with transaction.atomic():
        current = held_case(case, "write", version)
        current.target = _worded("target", target, gettext("Tulis yang harus dicapai, terukur, dalam masanya."))
        current.support = _worded("support", support, gettext("Tulis bantuan yang Anda tawarkan."))
        save(current, "target", "support")
        tell("case_written", current, viewer)
    return current


def propose_case(*, actor: Viewer | None, case: ImprovementCase, version: int) -> ImprovementCase:
    """The leader's key for the plan. Raises NotAllowed, NotNow without a plan, Stale."""
    viewer = require_leader(actor, case)
    with transaction.atomic():
        current = held_case(case, "propose", version)
        if not current.target or not current.support:
            raise NotNow(gettext("Tulis dahulu yang harus dicapai dan bantuan yang ditawarkan."))
        current.state, current.proposed_at = S.PROPOSED, timezone.now()
        current.act_by = _after(current, viewer.today, rule_on(current.opened_on).terms.agree)
        save(current, "state", "proposed_at", "act_by")
        tell("case_proposed", current, viewer)
    return current


def agree_case(*, actor: Viewer | None, case: ImprovementCase, version: int) -> ImprovementCase:
    """The employee's key; the months begin. Raises NotAllowed, NotNow, Stale."""
    viewer = require_employee(actor, case)
    with transaction.atomic():
        current = held_case(case, "agree", version)
        current.agreed_at = timezone.now()
        _run(current, viewer.today)
        tell("case_agreed", current, viewer)
    return current


def begin_without_key(*, actor: Viewer | None, case: ImprovementCase, version: int) -> ImprovementCase:
    """The leader lets the months begin where the employee stayed silent beyond the term: silence is not agreement, and
    the case shows that this key is missing. Raises NotAllowed, NotNow before the term has passed, Stale."""
    viewer = require_leader(actor, case)
    with transaction.atomic():
        current = held_case(case, "begin", version)
        if current.act_by is None or viewer.today <= current.act_by:
            raise NotNow(gettext("Tunggu jawaban pegawai sampai tenggatnya."))
        _run(current, viewer.today)
        tell("case_begun", current, viewer)
    return current


def _run(current: ImprovementCase, today: date) -> None:
    """The months and their checks begin, and what was due is acted on."""
    days = check_days(today, rule_on(current.opened_on))
    current.state, current.starts_on, current.ends_on, current.act_by = S.RUNNING, today, days[-1], None
    save(current, "state", "agreed_at", "starts_on", "ends_on", "act_by")
    ImprovementCheck.objects.bulk_create(ImprovementCheck(case=current, day=day) for day in days)
    settle_by_case(current.due, "")


def return_case(*, actor: Viewer | None, case: ImprovementCase, reason: str, version: int) -> ImprovementCase:
    """The employee says what does not fit. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_employee(actor, case)
    with transaction.atomic():
        current = held_case(case, "return", version)
        current.reason = _worded("reason", reason, gettext("Tulis apa yang tidak sesuai."))
        current.state, current.proposed_at = S.PLANNED, None
        current.act_by = _after(current, viewer.today, rule_on(current.opened_on).terms.plan)
        save(current, "state", "proposed_at", "reason", "act_by")
        tell("case_returned", current, viewer)
    return current


def write_case_view(*, actor: Viewer | None, case: ImprovementCase, view: str, version: int) -> ImprovementCase:
    """The employee's own word, at any time while the case is open. Raises NotAllowed, NotNow, Stale."""
    viewer = require_employee(actor, case)
    with transaction.atomic():
        current = held_case(case, "view", version)
        current.view = view.strip()
        save(current, "view")
        tell("case_view_written", current, viewer)
    return current


def write_check(*, actor: Viewer | None, check: ImprovementCheck, notes: str, offered: str) -> ImprovementCheck:
    """The leader writes how it goes and what was given since, from its day on; that is the leader's key, and opens the
    employee's again. Raises NotAllowed, NotNow, ValidationError by field."""
    viewer = require_leader(actor, check.case)
    with transaction.atomic():
        case, current = _held_check(check, viewer)
        current.notes = _worded("notes", notes, gettext("Tulis keadaannya dengan bukti."))
        current.offered = _worded("offered", offered, gettext("Tulis bantuan yang diberikan sejak pemeriksaan lalu."))
        current.held_on, current.leader_at, current.employee_at = viewer.today, timezone.now(), None
        current.save(update_fields=["notes", "offered", "held_on", "leader_at", "employee_at"])
        save(case)
        tell("check_written", case, viewer)
    return current


def confirm_check(*, actor: Viewer | None, check: ImprovementCheck, word: str) -> ImprovementCheck:
    """The employee's key, with a word of their own where they want. Sent twice it is done once. Raises NotAllowed,
    NotNow before the leader wrote it."""
    viewer = require_employee(actor, check.case)
    with transaction.atomic():
        case, current = _held_check(check, viewer)
        if current.employee_at:
            return current
        if current.leader_at is None:
            raise NotNow(gettext("Pimpinan belum menulis pemeriksaan ini."))
        current.word, current.employee_at = word.strip(), timezone.now()
        current.save(update_fields=["word", "employee_at"])
        save(case)
        tell("check_confirmed", case, viewer)
    return current


def _held_check(check: ImprovementCheck, viewer: Viewer) -> tuple[ImprovementCase, ImprovementCheck]:
    case = held_case(check.case, "check")
    current = ImprovementCheck.objects.get(pk=check.pk)
    if current.day > viewer.today:
        raise NotNow(gettext("Pemeriksaan ini ditulis mulai harinya."))
    return case, current


def extend_case(
    *, actor: Viewer | None, case: ImprovementCase, ends_on: date, reason: str, version: int
) -> ImprovementCase:
    """More time, with a reason: force majeure, a long illness (the regulation judges normal conditions only). Raises
    NotAllowed, NotNow, Stale, ValidationError by field."""
    viewer = require_leader(actor, case)
    with transaction.atomic():
        current = held_case(case, "extend", version)
        if current.ends_on is None or ends_on <= max(current.ends_on, viewer.today):
            raise ValidationError({"ends_on": gettext("Pilih hari sesudah hari terakhir yang sekarang.")})
        current.reason = _worded("reason", reason, gettext("Tulis keadaan yang tidak normal itu."))
        current.ends_on = ends_on
        save(current, "ends_on", "reason")
        ImprovementCheck.objects.get_or_create(case=current, day=ends_on)
        tell("case_extended", current, viewer)
    return current


def evaluate_case(
    *, actor: Viewer | None, case: ImprovementCase, recovered: bool, finding: str, version: int
) -> ImprovementCase:
    """The leader says whether it is better, and by what, once the months have passed; better may be said earlier.
    Where a check was never written, only better can be said: who got no help has had no chance. Raises NotAllowed,
    NotNow, Stale, ValidationError."""
    viewer = require_leader(actor, case)
    with transaction.atomic():
        current = held_case(case, "evaluate", version)
        if not recovered:
            _require_chance(current, viewer.today)
        current.finding = _worded("finding", finding, gettext("Tulis buktinya: yang dicapai dan yang tidak."))
        current.state, current.recovered, current.evaluated_at = S.EVALUATED, recovered, timezone.now()
        current.act_by = _after(current, viewer.today, rule_on(current.opened_on).terms.answer)
        save(current, "state", "recovered", "finding", "evaluated_at", "act_by")
        tell("case_evaluated", current, viewer)
    return current


def _require_chance(case: ImprovementCase, today: date) -> None:
    if case.ends_on is None or today <= case.ends_on:
        raise NotNow(gettext("Masa perbaikan belum lewat. Sebelum itu hanya “membaik” yang dapat dinyatakan."))
    if case.checks.filter(leader_at=None).exists():
        raise NotNow(
            gettext("Ada pemeriksaan bersama yang belum pernah ditulis. Tulis dahulu, atau perpanjang masanya.")
        )


def answer_case(
    *, actor: Viewer | None, case: ImprovementCase, agrees: bool, answer: str, version: int
) -> ImprovementCase:
    """The employee's word on the end evaluation. Better and agreed closes it; better and not agreed goes on; not better
    goes to the personnel agency with the employee's word beside it, whether agreed or not. Raises NotAllowed, NotNow,
    Stale, ValidationError without words where they do not agree."""
    viewer = require_employee(actor, case)
    with transaction.atomic():
        current = held_case(case, "answer", version)
        current.answer = answer.strip() if agrees else _worded("answer", answer, gettext("Tulis alasan Anda."))
        current.answered_at = timezone.now()
        if current.recovered and not agrees:
            current.state, current.recovered, current.evaluated_at, current.act_by = S.RUNNING, None, None, None
        else:
            _conclude(current, viewer.today)
        save(current, "state", "recovered", "evaluated_at", "answer", "answered_at", "closed_on", "act_by")
        tell("case_answered", current, viewer)
    return current


def pass_on(*, actor: Viewer | None, case: ImprovementCase, version: int) -> ImprovementCase:
    """The leader passes the end evaluation on where the employee stayed silent beyond the term; the case shows that
    this key is missing. Raises NotAllowed, NotNow before the term has passed, Stale."""
    viewer = require_leader(actor, case)
    with transaction.atomic():
        current = held_case(case, "pass_on", version)
        if current.act_by is None or viewer.today <= current.act_by:
            raise NotNow(gettext("Tunggu tanggapan pegawai sampai tenggatnya."))
        _conclude(current, viewer.today)
        save(current, "state", "closed_on", "act_by")
        tell("case_passed_on", current, viewer)
    return current


def _conclude(case: ImprovementCase, today: date) -> None:
    if case.recovered:
        case.state, case.closed_on, case.act_by = S.RECOVERED, today, None
    else:
        case.state = S.FURTHER
        case.act_by = _after(case, today, rule_on(case.opened_on).terms.propose)


def steps_open(case: ImprovementCase) -> tuple[LaterStep, ...]:
    """What may be prepared now or later, by the rule of the day the case was opened. One query."""
    carried = {each.code: each.decided_on for each in case.steps.filter(carried=True)}
    days = {code: day for code, day in carried.items() if day is not None}
    return possible_steps(case.opened_on, _holder(case), days)


def _holder(case: ImprovementCase) -> Holder:
    return "pppk" if case.holder == "pppk" else "jpt" if case.holder == "jpt" else "others"


def steps_ever(case: ImprovementCase) -> tuple[LaterStep, ...]:
    """Everything that may come, in order, so that nobody is surprised."""
    return later_steps(case.opened_on, _holder(case))


def prepare_step(
    *, actor: Viewer | None, case: ImprovementCase, code: str, grounds: str, version: int
) -> ImprovementStep:
    """The personnel agency prepares one step for the official who decides: what speaks for it, and what was offered
    before. Raises NotAllowed, NotNow where one waits or it is too early, Stale, ValidationError by field."""
    viewer = require_preparer(actor, case)
    with transaction.atomic():
        current = held_case(case, "prepare", version)
        if current.steps.filter(carried=None).exists():
            raise NotNow(gettext("Satu langkah sedang menunggu keputusan."))
        step = next((each for each in steps_open(current) if each.code == code), None)
        if step is None:
            raise ValidationError({"code": gettext("Langkah ini belum dapat diusulkan menurut urutannya.")})
        if step.not_before and viewer.today < step.not_before:
            raise ValidationError({"code": gettext("Belum waktunya; langkah sementara sebelumnya masih berjalan.")})
        row = ImprovementStep.objects.create(
            case=current,
            code=step.code,
            label=step.label,
            article=step.article,
            decides=step.decides,
            prepared_by=viewer.employee,
            prepared_on=viewer.today,
            grounds=_worded("grounds", grounds, gettext("Tulis pertimbangannya.")),
        )
        current.act_by = _after(current, viewer.today, rule_on(current.opened_on).terms.decide)
        save(current, "act_by")
        tell("step_prepared", current, viewer)
    return row


@dataclass(frozen=True)
class Decision:
    """What the official decided: `carried` whether the step is taken, `closes` whether the case ends with it."""

    carried: bool
    closes: bool
    day: date
    document: str
    outcome: str


def decide_step(*, actor: Viewer | None, case: ImprovementCase, decision: Decision, version: int) -> ImprovementStep:
    """The decision with its document, entered by the official or by another of the personnel agency than who prepared
    it. Raises NotAllowed, NotNow where none waits, Stale, ValidationError by field."""
    with transaction.atomic():
        current = held_case(case, "decide", version)
        row = current.steps.filter(carried=None).first()
        if row is None:
            raise NotNow(gettext("Tidak ada langkah yang menunggu keputusan."))
        viewer = require_decider(actor, row)
        if not row.prepared_on <= decision.day <= viewer.today:
            raise ValidationError({"day": gettext("Antara hari disiapkan dan hari ini.")})
        row.document = _worded("document", decision.document, gettext("Tulis nomor dan tanggal dokumennya."))
        row.outcome = _worded("outcome", decision.outcome, gettext("Tulis isi keputusannya; pegawai membacanya."))
        row.carried, row.decided_by, row.decided_on = decision.carried, viewer.employee, decision.day
        row.save(update_fields=["carried", "decided_by", "decided_on", "document", "outcome"])
        if decision.closes:
            current.state, current.closed_on, current.act_by = S.DECIDED, viewer.today, None
        else:
            current.act_by = _after(current, viewer.today, rule_on(current.opened_on).terms.propose)
        save(current, "state", "closed_on", "act_by")
        tell("step_decided", current, viewer)
    return row


def _after(case: ImprovementCase, day: date, working_days: int) -> date:
    return deadline(day, working_days, deadline_calendar(case.employee.agency))


def _worded(field: str, text: str, told: str) -> str:
    if not text.strip():
        raise ValidationError({field: told})
    return text.strip()
