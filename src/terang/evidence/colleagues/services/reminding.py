"""At half time and when two days are left, everybody who is asked gets a letter.

Also who has answered everything: letters to the others only would tell the post office who has not.
"""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.colleagues.states import RoundState, state_of
from terang.registry.people.models import Employee
from terang.rules.reviews.terms import reminder_days


def remind(*, opening: ReviewRound, today: date) -> bool:
    """Asks the worker for the letters of a day that has come, once for each such day; returns whether it did."""
    if state_of(opening, today) != RoundState.OPEN:
        return False
    due = [day for day in reminder_days(opening.opens_on, opening.closes_on) if day <= today]
    if not due or (opening.reminded_on and opening.reminded_on >= due[-1]):
        return False
    with transaction.atomic():
        mine = ReviewRound.objects.filter(pk=opening.pk, reminded_on=opening.reminded_on)
        if not mine.update(reminded_on=today):
            return False
        send_reminders.enqueue(opening.pk)
    return True


@task()
def send_reminders(round_id: int) -> None:
    """One letter to each rater with an address."""
    opening = ReviewRound.objects.filter(pk=round_id, released_on=None, cancelled_on=None).first()
    if opening is None:
        return
    raters = Employee.objects.filter(review_tickets__round=opening).exclude(email="").distinct()
    with override("id"):
        letters = [_letter(opening, person) for person in raters]
    get_connection().send_messages(letters)


def _letter(opening: ReviewRound, person: Employee) -> EmailMessage:
    link = f"{settings.SITE_URL}{reverse('colleagues:tickets')}"
    context = {"round": opening, "name": person.name, "link": link}
    subject = render_to_string("colleagues/mail/subject.txt", context).strip()
    return EmailMessage(subject, render_to_string("colleagues/mail/reminder.txt", context), to=[person.email])
