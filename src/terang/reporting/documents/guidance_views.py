"""Printing guidance and reports of behaviour (Formats B.1.6–B.1.10), each for who reads it on its page."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.coaching import selectors
from terang.follow_up.coaching.access import leads_guide, require_one_of_two
from terang.follow_up.coaching.models import Guidance, SessionState
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.models import Kind
from terang.reporting.documents.services import bytes_of, issue_behaviour, issue_guidance
from terang.reporting.documents.views import pdf_response
from terang.web.errors import NotAllowed, NotNow

KINDS = {"pelaksanaan": Kind.GUIDED, "umpan-balik": Kind.GUIDE_WORD, "kompetensi": Kind.COMPETENCE}


@require_safe
def guidance(request: SignedInRequest, pk: int, form: str) -> HttpResponse:
    """One form of a guidance as PDF, as it is now."""
    found = selectors.guidance_for(request.viewer, pk)
    if form not in KINDS:
        raise Http404
    _require(require_viewer(request.viewer), found, KINDS[form])
    return pdf_response(bytes_of(issue_guidance(guidance=found, kind=KINDS[form])), f"{form}-{found.pk}")


def _require(viewer: Viewer, found: Guidance, kind: Kind) -> None:
    """Raises NotAllowed for who does not read it whole, NotNow while there is nothing of it."""
    if kind == Kind.GUIDED:
        require_one_of_two(viewer, found)
        there = found.sessions.filter(state=SessionState.DONE).exists()
    else:
        there = hasattr(found, "feedback" if kind == Kind.GUIDE_WORD else "review")
        if kind == Kind.GUIDE_WORD and viewer.employee.pk != found.employee_id and not leads_guide(viewer, found):
            raise NotAllowed(gettext("Umpan balik ini untuk pegawainya dan atasan pembimbing."))
    if not there:
        raise NotNow(gettext("Formulir ini terbit sesudah isinya ada."))


@require_safe
def behaviour(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report of behaviour as PDF."""
    found = selectors.report_for(request.viewer, pk)
    return pdf_response(bytes_of(issue_behaviour(report=found)), f"perilaku-{found.pk}")
