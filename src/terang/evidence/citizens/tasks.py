"""Letters to applicants, sent by the worker: a mail server that does not answer fails nobody's request."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from terang.accounts.letters import has_enough
from terang.evidence.citizens.models import Applicant, KeyKind, RequestKey, ServiceRequest
from terang.web.secrets import new_token, token_hash

NEWS = ("applied", "accepted", "returned", "ready", "delivered", "refused", "lapsed", "reopened", "reminded")


def tell_applicant(request: ServiceRequest, news: str) -> None:
    """Asks the worker, within the caller's transaction, to write to an applicant who gave an address."""
    if Applicant.objects.filter(request=request).exclude(email="").exists():
        send_news.enqueue(request.pk, news)


@task()
def send_news(request_id: int, news: str) -> None:
    """One letter in plain text. Each carries a link of its own, made here, so that no secret waits in the queue."""
    applicant = Applicant.objects.select_related("request__service__unit__agency").filter(request_id=request_id).first()
    if applicant is None or not applicant.email or news not in NEWS:
        return
    if has_enough(applicant.email, first=news == "applied"):
        return
    request, token = applicant.request, new_token()
    with override("id"), timezone.override(request.service.unit.agency.time_zone):
        context = {"request": request, "name": applicant.name, "news": news, "link": _link(token)}
        context["until"] = request.pauses.filter(ended_at=None).values_list("until", flat=True).first()
        subject = render_to_string("citizens/mail/subject.txt", context).strip()
        body = render_to_string("citizens/mail/news.txt", context)
    RequestKey.objects.create(request=request, kind=KeyKind.MAIL, digest=token_hash(token))
    EmailMessage(subject, body, to=[applicant.email]).send()


def _link(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('citizens:track_link', args=[token])}"
