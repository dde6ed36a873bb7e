"""The page around each small form of a question."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evidence.signals.models import Signal
from terang.evidence.signals.sources import kind_title
from terang.registry.editing import Page
from terang.web.sentences import said


def page_of(signal: Signal, title: str, submit: str, done: str, lead: str = "") -> Page:
    """A form about one question; the facts stand above it."""
    back = signal.get_absolute_url()
    crumbs = ((kind_title(signal.kind), back),)
    return Page(title=title, back=back, submit=submit, done=done, lead=lead or said(signal.sentence), crumbs=crumbs)


def list_crumb() -> tuple[str, str]:
    return _("Pertanyaan pengawasan"), reverse("signals:list")
