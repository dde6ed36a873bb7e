"""Pages of the allowance: the own slip, and the desk of the personnel agency."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.models import Predicate
from terang.follow_up.allowance import selectors
from terang.follow_up.allowance.access import (
    may_decide_rule,
    may_keep,
    may_read_all,
    require_about,
    require_decider,
    require_keeper,
    require_owner,
    require_reader,
    require_second,
    why_not_approve,
)
from terang.follow_up.allowance.differences import Difference, Shown, between_slips, rows_between, shown
from terang.follow_up.allowance.forms import (
    ArrearsForm,
    DisputeForm,
    FactForm,
    MonthForm,
    PostponeForm,
    PressForm,
    ReasonForm,
    RuleDecisionForm,
    RuleForm,
    TrialForm,
    VerdictForm,
)
from terang.follow_up.allowance.gathering import givable, next_month
from terang.follow_up.allowance.lists import DRAFT, PEOPLE_TRIED, SLIPS, UNITS_TRIED
from terang.follow_up.allowance.models import (
    ArrearsState,
    Dispute,
    DisputeState,
    RuleState,
    Run,
    RunState,
    Slip,
    TrialState,
)
from terang.follow_up.allowance.page import page_of
from terang.follow_up.allowance.services import (
    Preview,
    approve_run,
    decide_arrears,
    decide_dispute,
    decide_rule,
    dispute_slip,
    give_facts,
    postpone_slip,
    preview_dispute,
    propose_rule,
    recompute_run,
    start_run,
    start_trial,
    withdraw_fact,
)
from terang.follow_up.allowance.services.facts import sanction_codes
from terang.follow_up.allowance.services.runs import NAMED, is_stalled
from terang.follow_up.allowance.services.trials import is_stalled as trial_stalled
from terang.follow_up.allowance.services.trials import retry_trial
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import FACTS, AllowanceRule, FactSpec, load_rule, rule_preset_text
from terang.rules.allowance.facts import label_of
from terang.web import htmx
from terang.web.numbers import longdate, rupiah
from terang.web.sentences import said

SHOWN = 13
MONTHS_BACK = 12
MOST_GIVEN = 60
PER_PAGE = 25


def month_title(month: date) -> str:
    """Month and year in the reader's language."""
    return longdate(month).split(" ", 1)[1]


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The newest own slip opened, and the earlier ones."""
    viewer = require_viewer(request.viewer)
    slips = list(selectors.own_slips(viewer)[:SHOWN])
    told = [(each, month_title(each.run.month)) for each in slips]
    return render(request, "allowance/mine.html", {"slips": told, "keeps": may_read_all(viewer)})


@require_safe
@login_required
def slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """One slip; every row opens to its reason and to its records."""
    viewer = require_viewer(request.viewer)
    found = selectors.slip_for(viewer, pk)
    disputes = list(selectors.disputes_of(found))
    own = found.employee_id == viewer.employee.pk
    waiting = any(each.state == DisputeState.OPEN for each in disputes)
    rule = load_rule(found.run.rule.text)
    told = {
        "slip": found,
        "page": page_of(found),
        "month": month_title(found.run.month),
        "own": own,
        "keeps": may_keep(viewer),
        "disputes": [(each, _changes(each, rule)) for each in disputes],
        "former": between_slips(selectors.former_of(found), found, rule),
        "may_postpone": _may_postpone(viewer, found),
        "may_dispute": own and found.is_current and found.run.state == RunState.OPEN and not waiting,
    }
    return render(request, "allowance/slip.html", told)


def _may_postpone(viewer: Viewer, slip: Slip) -> bool:
    waits = slip.is_current and slip.problem and not slip.postponed_by_id and slip.run.state == RunState.OPEN
    return bool(waits and may_keep(viewer) and slip.employee_id != viewer.employee.pk)


@require_http_methods(["GET", "POST"])
@login_required
def postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leaves a slip that cannot be computed out of its month, with a reason."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    found = selectors.slip_for(viewer, pk)
    require_about(viewer, found.employee_id)
    page = Page(
        title=_("Menunda slip"),
        back=found.get_absolute_url(),
        submit=_("Tunda"),
        done=_("Ditunda. Pegawai membaca alasannya; begitu datanya lengkap, bulan ini dibayar sebagai rapel."),
        lead=f"{found.employee.name}, {month_title(found.run.month)}: {found.problem}",
        crumbs=((_("Slip bulan ini"), found.run.get_absolute_url()),),
    )
    return edit(
        request,
        PostponeForm(request.POST or None, initial={"version": found.run.version}),
        page,
        lambda told: postpone_slip(actor=viewer, slip=found, reason=told["reason"], seen=told["version"]),
    )


def _changes(dispute: Dispute, rule: AllowanceRule) -> list[Shown]:
    return shown([Difference(**each) for each in dispute.changes], rule)


@require_http_methods(["GET", "POST"])
@login_required
def raise_dispute(request: SignedInRequest, pk: int) -> HttpResponse:
    """The owner holds something against a slip."""
    found = selectors.slip_for(request.viewer, pk)
    require_owner(request.viewer, found)
    initial = {"row": request.GET.get("baris", "0")}
    form = DisputeForm(request.POST or None, slip=found, initial=initial)
    page = Page(
        title=_("Menyanggah slip %(month)s") % {"month": month_title(found.run.month)},
        back=found.get_absolute_url(),
        submit=_("Ajukan sanggahan"),
        done=_("Sanggahan terkirim. Slip tidak dibayar sebelum diputus."),
        lead=_("Sebelum dibayar, setiap langkah dapat disanggah. Pengelola kepegawaian memutus dengan alasan."),
        crumbs=((_("Tunjangan"), reverse("allowance:mine")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: dispute_slip(
            actor=request.viewer, slip=found, row=int(told["row"]), text=told["text"], form_key=told["form_key"]
        ),
    )


@require_safe
@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """Months, disputes that wait, and versions of the rule."""
    viewer = require_reader(request.viewer)
    told = {
        "runs": [(each, month_title(each.month)) for each in selectors.runs_of(viewer)[:SHOWN]],
        "disputes": [(each, month_title(each.slip.run.month)) for each in selectors.open_disputes(viewer)[:50]],
        "rules": selectors.rules_of(viewer)[:SHOWN],
        "keeps": may_keep(viewer),
        "arrears": [
            (each, month_title(each.slip.run.month)) for each in selectors.arrears_of(viewer).filter(run=None)[:50]
        ],
        "months": MonthForm(months=_months(viewer.today)),
    }
    return render(request, "allowance/desk.html", told)


def _months(today: date) -> list[tuple[str, str]]:
    """The months that are over, the last first."""
    months, first = [], today.replace(day=1)
    for _number in range(MONTHS_BACK):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append((f"{first:%Y-%m}", month_title(first)))
    return months


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest) -> HttpResponse:
    """A new version of the rule, begun from the newest."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    newest = selectors.rules_of(viewer).first()
    form = RuleForm(request.POST or None, initial={"text": newest.text if newest else rule_preset_text("lubuklinggau")})
    page = Page(
        title=_("Mengusulkan aturan tunjangan"),
        back=reverse("allowance:desk"),
        submit=_("Usulkan"),
        done=_("Usul tersimpan. Orang kedua menyetujui atau mengembalikannya."),
        lead=_("Bulan yang sudah dihitung tetap memakai versinya sendiri."),
        crumbs=((_("Kelola tunjangan"), reverse("allowance:desk")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: propose_rule(
            actor=viewer, agency=viewer.employee.agency, text=told["text"], form_key=told["form_key"]
        ),
    )


@require_safe
@login_required
def rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version: its steps in words and its text."""
    viewer = require_viewer(request.viewer)
    found = selectors.rule_seen(viewer, pk)
    told = {
        "rule": found,
        "said": load_rule(found.text),
        "reads": may_read_all(viewer),
        "decides": found.state == RuleState.PROPOSED and may_decide_rule(viewer, found),
    }
    return render(request, "allowance/rule.html", told)


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person decides on a version."""
    viewer = require_viewer(request.viewer)
    found = selectors.rule_seen(viewer, pk)
    require_second(viewer, found.proposed_by, viewer.agency_id)
    form = RuleDecisionForm(request.POST or None, initial={"version": found.version})
    page = Page(
        title=_("Memutus aturan tunjangan"),
        back=found.get_absolute_url(),
        submit=_("Simpan putusan"),
        done=_("Putusan tersimpan."),
        lead=found.title,
        crumbs=((_("Kelola tunjangan"), reverse("allowance:desk")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: decide_rule(
            actor=viewer,
            rule=found,
            approve=told["decision"] == "setuju",
            reason=told["reason"],
            seen=told["version"],
        ),
    )


@require_POST
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """Begins the slips of a month; the worker computes them."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    form = MonthForm(request.POST, months=_months(viewer.today))
    if not form.is_valid():
        messages.error(request, _("Pilih bulan dari daftar."))
        return redirect("allowance:desk")
    return redirect(start_run(actor=viewer, agency=viewer.employee.agency, month=form.day()).get_absolute_url())


@require_safe
@login_required
def run(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One month: sums, the slips by unit (the payment file once it is approved, a draft before), and the approval."""
    viewer = require_viewer(request.viewer)
    found = selectors.run_for(viewer, pk)
    is_final = found.state == RunState.APPROVED
    table = (SLIPS if is_final else DRAFT).bind(request, selectors.slips_of(found))
    if exported := table.export():
        return exported
    keeps = may_keep(viewer)
    stalled = is_stalled(found, timezone.now())
    opened = keeps and found.state == RunState.OPEN
    lacking = list(selectors.problems_of(found)[:NAMED])
    told = {
        "run": found,
        "month": month_title(found.month),
        "table": table,
        "keeps": keeps,
        "is_final": is_final,
        "stalled": stalled,
        "lacking": lacking,
        "recomputes": keeps and (found.state in (RunState.OPEN, RunState.FAILED) or stalled),
        "why_not": _why_not(viewer, found) if opened else "",
        "approves": opened and not lacking,
    }
    return render(request, "allowance/run.html", told)


def _why_not(viewer: Viewer, run: Run) -> str:
    """Why this keeper may not approve the month now; empty where they may."""
    why = why_not_approve(viewer, run, selectors.givers_of(run))
    waits = not why and selectors.open_disputes(viewer).filter(slip__run=run).exists()
    return _("Masih ada sanggahan yang menunggu putusan.") if waits else why


@require_POST
@login_required
def recompute(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for a month to be computed again."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    found = selectors.run_for(viewer, pk)
    form = PressForm(request.POST)
    if form.is_valid():
        recompute_run(actor=viewer, run=found, seen=form.cleaned_data["version"])
        messages.success(request, _("Slip dihitung ulang oleh pekerja latar. Muat ulang sebentar lagi."))
    return redirect(found.get_absolute_url())


@require_POST
@login_required
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person approves the month for payment."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    found = selectors.run_for(viewer, pk)
    form = PressForm(request.POST)
    if form.is_valid():
        approve_run(actor=viewer, run=found, seen=form.cleaned_data["version"])
        messages.success(request, _("Slip disetujui untuk dibayar. Isinya tidak berubah lagi."))
    return redirect(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@login_required
def dispute(request: SignedInRequest, pk: int) -> HttpResponse:
    """The personnel agency decides on a dispute: what upholding changes is shown before it is decided."""
    found = selectors.dispute_for(request.viewer, pk)
    viewer = require_decider(request.viewer, found)
    rule = load_rule(found.slip.run.rule.text)
    form = VerdictForm(request.POST or None, rule=rule, initial={"version": found.version})
    preview = _judge(viewer, found, form) if request.method == "POST" and form.is_valid() else None
    if request.method == "POST" and form.is_valid() and preview is None:
        messages.success(request, _("Putusan tersimpan; pegawai membacanya pada slip."))
        return redirect(found.slip.get_absolute_url())
    told = {
        "form": form,
        "dispute": found,
        "preview": preview,
        "taken": [],
        "left": [],
        "digest": preview.slip.digest if preview else "",
    }
    if preview:
        rows = shown(preview.differences, rule)
        told |= {"taken": [each for each in rows if each.taken], "left": [each for each in rows if not each.taken]}
    return render(request, "allowance/dispute.html", told, status=422 if form.errors else 200)


def _judge(viewer: Viewer, found: Dispute, form: VerdictForm) -> Preview | None:
    """Decides; gives what upholding would change where that was not shown yet, or where the records moved on."""
    verdict = form.verdict()
    try:
        if verdict.upheld:
            preview = preview_dispute(actor=viewer, dispute=found, verdict=verdict)
            if preview.slip.digest != verdict.shown:
                return preview
        decide_dispute(actor=viewer, dispute=found, verdict=verdict, seen=form.cleaned_data["version"])
    except ValidationError as error:
        show(form, error)
    return None


@require_safe
@login_required
def person(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """What was given about a person, and what may be given under the rule in force."""
    viewer = require_viewer(request.viewer)
    employee, given = selectors.given_of(viewer, employee_id)
    keeps = may_keep(viewer) and employee.pk != viewer.employee.pk
    rule = _rule_now(viewer)
    specs = givable(rule) if rule and keeps else []
    told = {
        "employee": employee,
        "given": [(each, _label(each.code, rule)) for each in given[:MOST_GIVEN]],
        "groups": [
            (_("Berlaku sampai berakhir"), _options(each for each in specs if each.recurring)),
            (_("Untuk satu bulan"), _options(each for each in specs if not each.recurring)),
        ],
        "own": employee.pk == viewer.employee.pk,
        "keeps": keeps,
        "at_desk": may_read_all(viewer),
    }
    return render(request, "allowance/person.html", told)


def _rule_now(viewer: Viewer) -> AllowanceRule | None:
    version = selectors.rule_now(viewer.agency_id)
    return load_rule(version.text) if version else None


def _options(specs: Iterable[FactSpec]) -> list[tuple[str, str]]:
    return [(each.code, said(label_of(each))) for each in specs]


def _label(code: str, rule: AllowanceRule | None) -> str:
    spec = rule.fact(code) if rule else FACTS.get(code)
    return said(label_of(spec)) if spec else code


@require_http_methods(["GET", "POST"])
@login_required
def give(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """Gives one fact that the rule in force reads."""
    viewer = require_viewer(request.viewer)
    employee = selectors.subject_for(viewer, employee_id)
    rule = _rule_now(viewer)
    spec = next((each for each in (givable(rule) if rule else ()) if each.code == request.GET.get("fakta")), None)
    back = reverse("allowance:person", args=[employee.pk])
    if rule is None or spec is None:
        messages.error(request, _("Pilih fakta dari daftar."))
        return redirect(back)
    months = [*_months_ahead(viewer.today), *_months(viewer.today)]
    form = FactForm(request.POST or None, spec=spec, sanctions=sanction_codes(rule), months=months)
    page = Page(
        title=_("Mencatat %(fact)s") % {"fact": said(label_of(spec))},
        back=back,
        submit=_("Catat"),
        done=_("Tercatat. Dipakai slip yang dihitung sesudah ini; bulan yang terbuka perlu dihitung ulang."),
        lead=employee.name,
        crumbs=((_("Kelola tunjangan"), reverse("allowance:desk")), (_("Data tunjangan"), back)),
    )
    return edit(
        request,
        form,
        page,
        lambda told: give_facts(
            actor=viewer, agency_id=viewer.agency_id, rows=[form.given(employee)], form_key=told["form_key"]
        ),
    )


def _months_ahead(today: date) -> list[tuple[str, str]]:
    """This month and the next."""
    first = today.replace(day=1)
    return [(f"{each:%Y-%m}", month_title(each)) for each in (next_month(first), first)]


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraws a fact that was wrong."""
    found = selectors.fact_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    require_about(viewer, found.employee_id)
    back = reverse("allowance:person", args=[found.employee_id])
    page = Page(
        title=_("Mencabut data"),
        back=back,
        submit=_("Cabut"),
        done=_("Dicabut. Bulan yang masih terbuka perlu dihitung ulang."),
        lead=f"{found.employee.name}: {_label(found.code, _rule_now(viewer))}, {found.value}",
        crumbs=((_("Kelola tunjangan"), reverse("allowance:desk")), (_("Data tunjangan"), back)),
    )
    return edit(
        request,
        ReasonForm(request.POST or None),
        page,
        lambda told: withdraw_fact(actor=viewer, fact=found, reason=told["reason"]),
    )


@require_safe
@login_required
def arrears(request: SignedInRequest, pk: int) -> HttpResponse:
    """One difference: the decision behind it, what was paid and what should have been."""
    viewer = require_viewer(request.viewer)
    found = selectors.arrears_for(viewer, pk)
    own = found.slip.employee_id == viewer.employee.pk
    told = {
        "arrears": found,
        "own": own,
        "month": month_title(found.slip.run.month),
        "carried": month_title(found.run.month) if found.run else "",
        "rows": rows_between(found.slip.ledger, found.ledger),
        "postponed": found.slip.postponed_because,
        "before": Predicate(found.before).label if found.before else _("belum ada"),
        "after": Predicate(found.after).label if found.after else "",
        "decides": may_keep(viewer) and not own and found.state == ArrearsState.PROPOSED,
    }
    return render(request, "allowance/arrears.html", told)


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decides whether what was paid too much is taken back."""
    found = selectors.arrears_for(request.viewer, pk)
    viewer = require_keeper(request.viewer, found.slip.run.agency_id)
    require_about(viewer, found.slip.employee_id)
    page = Page(
        title=_("Memutus kelebihan bayar"),
        back=found.get_absolute_url(),
        submit=_("Simpan putusan"),
        done=_("Putusan tersimpan; pegawai membacanya."),
        lead=f"{found.slip.employee.name}, {month_title(found.slip.run.month)}: {rupiah(found.gross_idr)}",
        crumbs=((_("Kelola tunjangan"), reverse("allowance:desk")),),
    )
    return edit(
        request,
        ArrearsForm(request.POST or None, initial={"version": found.version}),
        page,
        lambda told: decide_arrears(
            actor=viewer,
            arrears=found,
            collect=told["decision"] == "tagih",
            reason=told["reason"],
            seen=told["version"],
        ),
    )


@require_safe
@login_required
def trials(request: SignedInRequest) -> HttpResponse:
    """What was tried, newest first."""
    viewer = require_reader(request.viewer)
    found = Paginator(selectors.trials_of(viewer), PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(each, month_title(each.first_month), month_title(each.last_month)) for each in found]
    return render(request, "allowance/trials.html", {"page": found, "rows": rows, "keeps": may_keep(viewer)})


@require_http_methods(["GET", "POST"])
@login_required
def begin_trial(request: SignedInRequest) -> HttpResponse:
    """Chooses a version and approved months; the worker tries it."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    months = [(f"{each:%Y-%m}", month_title(each)) for each in selectors.approved_months(viewer)]
    form = TrialForm(
        request.POST or None,
        rules=selectors.rules_of(viewer).exclude(state=RuleState.RETURNED),
        months=months,
        initial={"first": months[-1][0], "last": months[0][0]} if months else {},
    )
    page = Page(
        title=_("Mencoba aturan pada bulan lalu"),
        back=reverse("allowance:trials"),
        submit=_("Mulai"),
        done="",
        lead=_("Menghitung ulang bulan yang sudah disetujui dengan aturan lain. Slip siapa pun tidak berubah."),
        crumbs=((_("Kelola tunjangan"), reverse("allowance:desk")), (_("Simulasi"), reverse("allowance:trials"))),
        onward=True,
    )
    return edit(
        request,
        form,
        page,
        lambda told: start_trial(
            actor=viewer, rule=told["rule"], first=form.span()[0], last=form.span()[1], form_key=told["form_key"]
        ),
    )


@require_safe
@login_required
def trial(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One trial: money before and after, who gains and loses by unit; until it is there, how far it is."""
    viewer = require_reader(request.viewer)
    found = selectors.trial_for(viewer, pk)
    span = (month_title(found.first_month), month_title(found.last_month))
    told: dict[str, object] = {"trial": found, "span": span, "keeps": may_keep(viewer)}
    if found.state != TrialState.READY:
        told |= {"failed": found.state == TrialState.FAILED, "stalled": trial_stalled(found, timezone.now())}
        return htmx.render(request, "allowance/trial.html", "allowance/_trial_progress.html", told)
    tallies = selectors.tallies_of(found)
    table = UNITS_TRIED.bind(request, tallies)
    if exported := table.export():
        return exported
    if getattr(request, "htmx", False):
        return htmx.redirect(request, found.get_absolute_url())
    return render(request, "allowance/trial.html", told | {"whole": selectors.whole_of(tallies), "table": table})


@require_POST
@login_required
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for a trial once more."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    found = selectors.trial_for(viewer, pk)
    return redirect(retry_trial(actor=viewer, trial=found).get_absolute_url())


@require_safe
@login_required
def tried(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Everybody in a trial, the largest loss first."""
    viewer = require_reader(request.viewer)
    found = selectors.trial_for(viewer, pk)
    table = PEOPLE_TRIED.bind(request, selectors.tried_of(found))
    return table.export() or render(request, "allowance/tried.html", {"trial": found, "table": table})
