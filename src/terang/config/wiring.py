"""What rooms do for each other without knowing each other, by dotted path: the same on every machine.

A room that asks names its setting here and calls whoever is named; a room that answers adds itself. Part of
`terang.config.settings`.
"""

from typing import Any

TERANG_JOURNAL_FOLLOWERS: list[str] = [
    "terang.evidence.attendance.followers.follow",
    "terang.evidence.work.followers.follow",
    "terang.planning.plans.followers.follow",
    "terang.planning.matrix.followers.follow",
    "terang.evaluation.followers.recompute",
    "terang.follow_up.growth.followers.follow",
    "terang.interchange.webhooks.pushing.follow",
    "terang.follow_up.career.followers.follow",
]
"""Functions that act on journal entries, by dotted path; the worker calls them in order (`terang.audit.followers`)."""
TERANG_HOURLY_CHORES: list[str] = [
    "terang.evidence.complaints.services.time.sweep",
    "terang.planning.plans.followers.sweep",
    "terang.evidence.reports.services.answering.settle_what_time_settles",
    "terang.custody.chores.every_hour",
    "terang.evidence.work.services.sweep",
    "terang.evidence.attendance.services.web_punches.sweep",
    "terang.evidence.citizens.services.chores.every_hour",
    "terang.evidence.colleagues.services.chores.every_hour",
    "terang.evaluation.appraisals.services.settle_silence",
    "terang.evaluation.appraisals.services.pass_on_objections",
    "terang.evaluation.appraisals.services.compute_open_windows",
    "terang.evaluation.closing.services.take_up",
    "terang.reporting.documents.packets.take_up",
    "terang.evaluation.replay.services.drop_unused",
    "terang.evidence.signals.services.sweep",
    "terang.evidence.observation.services.chores.every_hour",
    "terang.follow_up.growth.services.every_hour",
    "terang.follow_up.coaching.services.every_hour",
    "terang.follow_up.allowance.services.every_hour",
    "terang.follow_up.career.services.every_hour",
    "terang.follow_up.pulse.services.chores.every_hour",
    "terang.follow_up.burden.services.every_hour",
    "terang.reporting.notices.letters.every_hour",
    "terang.interchange.webhooks.pushing.every_hour",
    "terang.interchange.national.comparing.every_hour",
    "terang.interchange.api.repeats.every_hour",
]
"""Functions without arguments that the worker calls every hour, by dotted path: what a new day changes by itself."""
TERANG_CLOSING_DOCUMENTS = {
    "queue": "terang.reporting.documents.closed.queue",
    "bundles": "terang.reporting.documents.closed.bundles",
}
"""Who makes the papers of a closed period (`terang.evaluation.closing.hooks`)."""
TERANG_INDICATOR_VALUES = "terang.evaluation.values.unit_values"
TERANG_GOAL_CARRIERS = "terang.planning.plans.goal_carriers.carriers"
"""What goals ask of rooms above them: values of indicators, and who carries them (`terang.planning.goals.hooks`)."""
TERANG_DUTIES = ["terang.interchange.duties.waiting_for"]
"""What rooms above the boards ask of a person, to be told on the first page (`terang.reporting.boards.waiting`)."""
TERANG_REPORT_FACTS: list[str] = [
    "terang.evidence.work.report_facts.figures",
    "terang.evidence.attendance.report_facts.figures",
    "terang.evidence.citizens.report_facts.figures",
    "terang.evidence.colleagues.report_facts.figures",
    "terang.evidence.oversight.report_facts.figures",
    "terang.evidence.observation.report_facts.figures",
]
"""What a performance report asks of the rooms beside it: figures of a person and a time (`evidence.reports.hooks`)."""
TERANG_TALK_POINTS: list[str] = [
    "terang.evaluation.talk_points.points",
    "terang.evidence.work.talk_points.points",
    "terang.evidence.observation.talk_points.points",
]
"""What rooms put on the table of a performance dialogue (`terang.evidence.dialogue.agenda`)."""
TERANG_SIGNALS: list[str] = [
    "terang.evidence.work.signals.SOURCES",
    "terang.evidence.attendance.signals.SOURCES",
    "terang.evidence.citizens.signals.SOURCES",
    "terang.evidence.complaints.signals.SOURCES",
    "terang.evidence.reports.signals.SOURCES",
    "terang.evaluation.signals.SOURCES",
]
"""What rooms find odd and the oversight team may ask about (`terang.evidence.oddities`)."""
TERANG_TRACE_WITHDRAWAL = "terang.evidence.signals.services.withdraw"
"""Who is told that a record stands behind no question any more (`terang.evidence.oddities`)."""
TERANG_WATCHED: dict[str, str] = {
    "people:person": "people.Employee:pk:pk",
    "interchange:national_difference": "interchange.Difference:pk:employee",
    "evaluation:score": "people.Employee:employee_id:pk",
    "evaluation:measure": "people.Employee:employee_id:pk",
    "explaining:score": "people.Employee:employee_id:pk",
    "explaining:measure": "people.Employee:employee_id:pk",
    "api:person": "people.Employee:pk:pk",
    "api:scores": "people.Employee:pk:pk",
    "api:score": "people.Employee:pk:pk",
    "api:measure_behind": "people.Employee:pk:pk",
    "api:entries": "?person",
    "api:entry": "work.Entry:pk:employee",
    "api:request": "citizens.ServiceRequest:pk:officer",
    "explaining:result": "appraisals.Appraisal:pk:employee",
    "evaluation:plan_values": "plans.Plan:plan_id:employee",
    "reports:report": "reports.Report:pk:employee",
    "reports:judge": "reports.Reading:pk:report__employee",
    "work:entry": "work.Entry:entry_id:employee",
    "work:file": "work.Entry:entry_id:employee",
    "work:entries": "?pegawai",
    "work:plan": "?pegawai",
    "work:behind": "?pegawai",
    "attendance:month": "?pegawai",
    "attendance:web_punch": "attendance.WebPunch:pk:punch__employee",
    "attendance:web_punch_photo": "attendance.WebPunch:pk:punch__employee",
    "citizens:request": "citizens.ServiceRequest:request_id:officer",
    "dialogue:person": "people.Employee:employee_id:pk",
    "dialogue:feedback": "dialogue.Feedback:pk:subject",
    "dialogue:talk": "dialogue.Talk:pk:employee",
    "plans:version": "plans.PlanVersion:pk:plan__employee",
    "plans:compare": "plans.PlanVersion:pk:plan__employee",
    "documents:version": "plans.PlanVersion:pk:plan__employee",
    "documents:plan": "plans.PlanVersion:pk:plan__employee",
    "documents:plan_xlsx": "plans.PlanVersion:pk:plan__employee",
    "documents:report": "reports.Report:pk:employee",
    "documents:explained_score": "people.Employee:employee_id:pk",
    "documents:explained_result": "appraisals.Appraisal:pk:employee",
    "documents:observation": "observation.Observation:pk:employee",
    "documents:record": "plans.Plan:pk:employee",
    "documents:record_of": "people.Employee:employee_id:pk",
    "documents:record_file": "plans.Plan:pk:employee",
    "matrix:person": "matrix.MatrixMember:pk:employee",
    "matrix:offers": "plans.Plan:plan_pk:employee",
    "work:week": "?pegawai",
    "custody:resemblance": "custody.Resemblance:pk:employee",
    "appraisals:result": "appraisals.Appraisal:pk:employee",
    "documents:evaluation": "appraisals.Appraisal:pk:employee",
    "credit:person": "people.Employee:pk:pk",
    "credit:decision": "credit.CreditDecision:pk:employee",
    "documents:credit": "credit.CreditDecision:pk:employee",
    "boards:course": "people.Employee:employee_id:pk",
    "career:person": "people.Employee:employee_id:pk",
    "career:give": "people.Employee:employee_id:pk",
    "career:declaration": "career.Declaration:pk:employee",
    "career:candidate": "people.Employee:employee_id:pk",
    "career:propose_rank": "people.Employee:employee_id:pk",
    "career:contender": "people.Employee:employee_id:pk",
    "career:propose_post": "people.Employee:employee_id:pk",
    "career:proposal": "career.Proposal:pk:employee",
    "career:decide": "career.Proposal:pk:employee",
    "awards:medal": "people.Employee:employee_id:pk",
    "documents:award": "awards.Award:pk:employee",
    "training:person": "people.Employee:employee_id:pk",
    "training:item": "training.PlanItem:pk:employee",
    "training:declared": "training.DeclaredTraining:pk:employee",
    "training:proof": "training.DeclaredTraining:pk:employee",
    "documents:certificate": "training.TrainingRecord:pk:employee",
    "observation:observation": "observation.Observation:pk:employee",
    "growth:due": "growth.DueAction:pk:employee",
    "growth:action": "growth.CorrectiveAction:pk:employee",
    "growth:improvement": "growth.ImprovementCase:pk:employee",
    "coaching:guidance": "coaching.Guidance:pk:employee",
    "documents:guidance": "coaching.Guidance:pk:employee",
    "allowance:slip": "allowance.Slip:pk:employee",
    "allowance:postpone": "allowance.Slip:pk:employee",
    "allowance:raise": "allowance.Slip:pk:employee",
    "allowance:dispute": "allowance.Dispute:pk:slip__employee",
    "allowance:person": "people.Employee:employee_id:pk",
    "allowance:give": "people.Employee:employee_id:pk",
    "allowance:withdraw": "allowance.GivenFact:pk:employee",
    "allowance:arrears": "allowance.Arrears:pk:slip__employee",
    "allowance:settle": "allowance.Arrears:pk:slip__employee",
}
"""Pages with a person's records whose opening by an overseer is noted (`terang.evidence.signals.watching`)."""
TERANG_HELP_PLACES = "terang.follow_up.explainers.selectors.help_of"
"""Who names the places that help, for pages where pressure shows (`{% help_places %}`)."""
TERANG_FILE_USES: list[str] = [
    "terang.evidence.work.file_uses.file_uses",
    "terang.evidence.attendance.file_uses.file_uses",
    "terang.evidence.citizens.file_uses.file_uses",
    "terang.evidence.complaints.file_uses.file_uses",
    "terang.evidence.oversight.file_uses.file_uses",
    "terang.follow_up.training.file_uses.file_uses",
]
"""What custody asks of rooms above it: where files are used (`terang.custody.uses`)."""
TERANG_LEAST_ANSWERS = "terang.evaluation.selectors.least_answers"
"""What surveys ask of the policy in force: from how many answers on a group is shown (`evidence.citizens`)."""
TERANG_REVIEW_POLICY = "terang.evaluation.selectors.review_policy"
"""What review by colleagues asks of the policy in force: instruments, least numbers (`evidence.colleagues.hooks`)."""
TERANG_OBSERVATION_PERIOD = "terang.evaluation.selectors.running_span"
"""What observation asks of the policy in force: the period that runs (`evidence.observation.hooks`)."""
TERANG_ENTRY_USES = "terang.planning.plans.uses.entry_uses"
"""What the dictionary asks of rooms above it: how many plans hold an entry (`terang.planning.dictionary.hooks`)."""
TERANG_WORK_DAYS_AWAY = "terang.evaluation.presence.days_away"
"""What daily work asks of presence: the days people were away (`terang.evidence.work.hooks`)."""
TERANG_WORK_REPORTING = "terang.evaluation.cadence.reporting_of"
"""What daily work asks of the policy in force: rhythm, graces, days to answer (`terang.evidence.work.hooks`)."""
TERANG_OUTBOX: dict[str, Any] = {
    "addresses": {"outbox": "work:outbox", "sender": "work:sender"},
    "kinds": {
        "entry": {"form": "work:offline", "desk": "work:offline_desk", "receive": "work:receive"},
        "point": {"form": "oversight:offline", "desk": "oversight:offline_desk", "receive": "oversight:receive"},
    },
    "pages": ["work:offline", "oversight:offline", "work:outbox"],
    "templates": ["work/offline.html", "oversight/offline.html", "work/outbox.html"],
    "links": ["oversight/_offline_link.html"],
    "files": ["work/offline.js", "oversight/offline.js", "work/outbox_list.js"],
}
"""What a device keeps for when there is no network: pages without people's data (which hold the same for everybody),
their scripts, and for each kind of row where it is written, prepared and sent (`terang.web.pwa`). The first kind is
everybody's; of the others a device knows only what was prepared on it, and then shows their `links`."""
TERANG_WORK_DAYS = "terang.evidence.attendance.work_days.day_notes"
"""Leave, duty and own days of rest, asked by daily work."""
TERANG_INSPECTION_PRESENCE = "terang.evidence.attendance.whereabouts.whereabouts"
"""What overseers on the spot ask of presence: who was recorded, who is away (`terang.evidence.oversight.hooks`)."""
TERANG_INSPECTION_CRITERIA: list[str] = [
    "terang.evidence.citizens.inspection_criteria.criteria",
    "terang.evidence.complaints.inspection_criteria.criteria",
]
"""What rooms want looked at in a unit (`terang.evidence.inspected`)."""
TERANG_INSPECTION_CASES = {
    "codes": "terang.evidence.citizens.inspection_cases.codes",
    "told": "terang.evidence.citizens.inspection_cases.told",
}
"""Real cases for overseers to follow: the numbers of a time, and what the log tells (`terang.evidence.inspected`)."""
TERANG_WORK_DRAFTS: list[str] = [
    "terang.evidence.citizens.work_drafts.drafts",
    "terang.evidence.oversight.work_drafts.drafts",
    "terang.evidence.observation.work_drafts.drafts",
    "terang.evidence.attendance.work_drafts.drafts",
    "terang.evidence.work.own_drafts.drafts",
]
"""What rooms know of a person's day, offered as drafts of entries (`terang.evidence.drafts`)."""
