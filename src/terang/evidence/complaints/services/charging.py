"""Whose a final answer is, for the measure of answered complaints.

The author of a final answer keeps its due day, and that the citizen opened it again, whoever has the report later. A
due day that passes without an answer is charged to who has the report in hand; where nobody took it to who headed the
unit in which it lies on the due day, however late it is charged. Passing it on afterwards takes nothing away. All of
this within the transaction of the verb, with the report locked.
"""

from datetime import date

from terang.evidence.complaints.models import WITH_UNIT, AnswerDue, Complaint
from terang.registry.people.models import Employee
from terang.registry.people.selectors import heads_on


def due_day(complaint: Complaint) -> date:
    """The last day of the answer that is due now: the first one, or that after the latest opening."""
    again = complaint.again_due_on if complaint.reopened_count else None
    return again or complaint.finish_due_on


def charge_missed(complaint: Complaint, today: date) -> bool:
    """Charges a due day that passed without an answer, once. Returns whether it did. Reports of misconduct that nobody
    of the oversight team took lie in no unit and are charged to nobody. Three queries."""
    late = complaint.state in WITH_UNIT and due_day(complaint) < today
    lies_somewhere = complaint.handler_id or complaint.unit_id
    if not late or not lies_somewhere or complaint.duplicate_of_id:
        return False
    unit_id, due_on = complaint.unit_id or 0, due_day(complaint)
    employee_id = complaint.handler_id or heads_on({(unit_id, due_on)}).get((unit_id, due_on))
    _, is_new = AnswerDue.objects.get_or_create(
        complaint=complaint,
        number=complaint.reopened_count + 1,
        defaults={
            "employee_id": employee_id,
            "due_on": due_on,
            "is_untaken": complaint.handler_id is None,
        },
    )
    return is_new


def charge_answer(complaint: Complaint, author: Employee, today: date) -> None:
    """The first final answer since the report came or was opened again is its author's; where the day was charged to
    somebody else before, it stays theirs. Two queries."""
    due, is_new = AnswerDue.objects.get_or_create(
        complaint=complaint,
        number=complaint.reopened_count + 1,
        defaults={"employee": author, "due_on": due_day(complaint), "answered_on": today},
    )
    if not is_new and due.employee_id == author.pk and due.answered_on is None:
        due.answered_on = today
        due.save(update_fields=["answered_on"])


def charge_reopening(complaint: Complaint, today: date) -> None:
    """The citizen opened the latest answer again: its author's, where they wrote it. Before it is counted as opened.
    One query."""
    answered = complaint.dues.filter(number=complaint.reopened_count + 1, answered_on__isnull=False)
    answered.update(reopened_on=today)


def stand_alone(complaint: Complaint) -> None:
    """A joined report stands alone from here: the answer it got through its main report stays that author's here
    too."""
    if complaint.duplicate_of_id is None:
        return
    shared = AnswerDue.objects.filter(complaint=complaint.duplicate_of_id, answered_on=complaint.answered_on).first()
    if shared and complaint.answered_on:
        AnswerDue.objects.create(
            complaint=complaint,
            number=complaint.reopened_count + 1,
            employee_id=shared.employee_id,
            due_on=complaint.finish_due_on,
            answered_on=complaint.answered_on,
        )
    complaint.duplicate_of = None
