"""Letters to reporters who left an e-mail address, sent by the worker: a mail server that does not answer fails nobody.

A letter holds the number, what happened and until when something is to be done; never what was reported, nor a link or
code that opens it. Of a secret, anonymous or misconduct report it says only that there is news: whoever reads the
mailbox learns neither what it is about nor how far it is. Nothing of a letter is kept, and none is written once the
reporter's contact is deleted.
"""

import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from terang.accounts.letters import has_enough
from terang.evidence.complaints.models import Complaint, Reporter

NEWS_OF = {
    "received": "received",
    "completion_asked": "incomplete",
    "answered": "answered",
    "confirmed": "confirmed",
    "closed_by_silence": "silent",
    "rejected": "rejected",
    "referred": "referred",
    "lapsed": "lapsed",
}
"""What a reporter is written to about, by the journal's word for it."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def address_in(contact: str) -> str:
    """The first e-mail address in what a reporter left; empty where there is none."""
    found = _MAIL.search(contact)
    return found.group(0) if found else ""


def tell_reporter(complaint: Complaint, verb: str) -> None:
    """Asks the worker, within the caller's transaction, to write to a reporter who left an address. One query."""
    news = NEWS_OF.get(verb)
    if news and Reporter.objects.filter(complaint=complaint, contact__contains="@").exists():
        send_news.enqueue(complaint.pk, news)


@task()
def send_news(complaint_id: int, news: str) -> None:
    """One letter in plain text. It tells how things stand when it is sent."""
    reporter = Reporter.objects.select_related("complaint__agency").filter(complaint_id=complaint_id).first()
    address = address_in(reporter.contact) if reporter else ""
    if reporter is None or not address or news not in NEWS_OF.values():
        return
    if has_enough(address, first=news == NEWS_OF["received"]):
        return
    complaint = reporter.complaint
    with override("id"), timezone.override(complaint.agency.time_zone):
        plain = complaint.is_guarded or complaint.is_anonymous
        context = {"complaint": complaint, "news": "" if plain else news, "link": _link()}
        subject = render_to_string("complaints/mail/subject.txt", context).strip()
        body = render_to_string("complaints/mail/news.txt", context)
    EmailMessage(subject, body, to=[address]).send()


def _link() -> str:
    return f"{settings.SITE_URL}{reverse('complaints:find')}"
