"""What happens to rules, given facts, runs, slips, disputes, arrears and trials. Each verb checks who may, whether it
is allowed now, and writes one journal entry."""

from terang.follow_up.allowance.services.arrears import decide_arrears, find_arrears
from terang.follow_up.allowance.services.disputes import (
    Preview,
    Verdict,
    decide_dispute,
    dispute_slip,
    preview_dispute,
)
from terang.follow_up.allowance.services.facts import Given, give_facts, withdraw_fact
from terang.follow_up.allowance.services.hourly import every_hour
from terang.follow_up.allowance.services.postponing import find_late_pay, postpone_slip
from terang.follow_up.allowance.services.rules import decide_rule, propose_rule
from terang.follow_up.allowance.services.runs import (
    approve_run,
    compute_or_tell,
    compute_run,
    recompute_run,
    start_run,
)
from terang.follow_up.allowance.services.trials import start_trial, try_out

__all__ = [
    "Given",
    "Preview",
    "Verdict",
    "approve_run",
    "compute_or_tell",
    "compute_run",
    "decide_arrears",
    "decide_dispute",
    "decide_rule",
    "dispute_slip",
    "every_hour",
    "find_arrears",
    "find_late_pay",
    "give_facts",
    "postpone_slip",
    "preview_dispute",
    "propose_rule",
    "recompute_run",
    "start_run",
    "start_trial",
    "try_out",
    "withdraw_fact",
]
