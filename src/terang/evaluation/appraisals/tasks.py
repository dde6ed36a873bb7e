"""Work for the background queue: the scores that a window is judged by, and reminders."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from terang.evaluation.appraisals.days import days_in, others_of
from terang.evaluation.appraisals.models import RatingWindow, Reminder
from terang.evaluation.services import recompute_agency


@task()
def compute_window(window_id: int) -> None:
    """Computes everybody's score of the window's period: the policy's own periods are computed daily, a year is not.
    Twice is as good as once."""
    window = RatingWindow.objects.select_related("period__agency").get(pk=window_id)
    recompute_agency(agency=window.period.agency, period=window.period)


@task()
def send_reminder(reminder_id: int) -> None:
    """One letter to who leads a part of the government; nothing for who has lost their address."""
    rows = Reminder.objects.select_related("window__period", "unit", "owner")
    found = rows.filter(pk=reminder_id).exclude(owner__email="").first()
    if found is None:
        return
    days = days_in(found.window, found.unit, others_of(found.window))
    link = f"{settings.SITE_URL}{reverse('appraisals:desk', args=[found.window_id])}"
    with override("id"):
        context = {"reminder": found, "days": days, "period": found.window.period, "link": link}
        subject = render_to_string("appraisals/mail/subject.txt", context).strip()
        body = render_to_string("appraisals/mail/reminder.txt", context)
    EmailMessage(subject, body, to=[found.owner.email]).send()
