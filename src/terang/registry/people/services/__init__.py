"""Verbs that change people, posts, assignments, appraisers and roles: keyword-only, one transaction, one journal entry
each.

`actor` is the Viewer who acts (the personnel agency). Wrong input raises Django's ValidationError with messages by
field.
"""

from terang.registry.people.services.appraisers import end_appraiser, set_appraiser
from terang.registry.people.services.assignments import end_assignment, move_employee, start_assignment
from terang.registry.people.services.employees import add_employee, correct_employee, record_departure
from terang.registry.people.services.posts import add_post, close_post, correct_post
from terang.registry.people.services.roles import end_role, grant_role

__all__ = [
    "add_employee",
    "add_post",
    "close_post",
    "correct_employee",
    "correct_post",
    "end_appraiser",
    "end_assignment",
    "end_role",
    "grant_role",
    "move_employee",
    "record_departure",
    "set_appraiser",
    "start_assignment",
]
