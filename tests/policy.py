"""The policy of Kota Terang (`tests.cast`): the same frame everywhere, and the aspects a test is about."""

FRAME = """
code = "terang"
title = "Kebijakan kinerja Kota Terang"
agency_code = "99.71"
version = 1
valid_from = 2025-01-01
period = "month"
standard_bp = 6500
warning_days = 5
action_days = 10
least_coverage_bp = 5000
second_factor_roles = ["kepegawaian"]

[reporting]
rhythm = "daily"
grace_days = 1
remote_grace_days = 3
progress = "month"

[ratings.work_result]
aspects = ["{work}"]
above_bp = 9000
meets_bp = 7000

[ratings.behaviour]
above_bp = 9000
meets_bp = 7000
measures = [{{ code = "punctuality", share_bp = 10000 }}]
"""


def policy_of(work: str, aspects: str) -> str:
    """The policy as TOML. `aspects` are its `[[aspects]]`; the one with the code `work` suggests the rating of work
    results."""
    return FRAME.format(work=work) + aspects


DISCIPLINE = policy_of(
    "disiplin",
    """
[[aspects]]
code = "disiplin"
label = "Disiplin"
label_en = "Discipline"
weight_bp = 10000
measures = [{ code = "attendance_rate", share_bp = 6000 }, { code = "punctuality", share_bp = 4000 }]
""",
)
"""Presence and nothing else."""
