"""The team's pages: the list, one question, and asking, sharing, dismissing, referring."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.signals import selectors, services
from terang.evidence.signals.access import oversees_all, require_overseer, require_team
from terang.evidence.signals.forms import AskForm, DismissForm, ReferForm, ShareForm
from terang.evidence.signals.lists import SIGNALS
from terang.evidence.signals.models import Path, Signal
from terang.evidence.signals.sources import terms_on
from terang.evidence.signals.states import require_move
from terang.evidence.signals.views.pages import page_of
from terang.registry.editing import edit
from terang.registry.people.viewer import Viewer


@require_safe
@login_required
def signals(request: SignedInRequest) -> HttpResponseBase:
    """The questions of the viewer's area."""
    viewer = require_team(request.viewer)
    table = SIGNALS.bind(request, selectors.signals_for(viewer))
    return render(request, "signals/list.html", {"table": table, "keeps": oversees_all(viewer)})


@require_safe
@login_required
def signal(request: SignedInRequest, pk: int) -> HttpResponse:
    """One question with the records behind it, for the team, the one asked, and the superior it was shared with."""
    shown = selectors.signal_for(request.viewer, pk)
    if shown.sight.oversees:
        told = shown.signal.employee_id if shown.signal.asked_at else None
        services.note_opening(actor=shown.sight.viewer, page="signals:signal", obj=shown.signal, subject_id=told)
    return render(request, "signals/signal.html", {"shown": shown, "signal": shown.signal})


def _held(request: SignedInRequest, pk: int, verb: str) -> tuple[Signal, Viewer]:
    """The question for a member of the team who may act on it now. Raises Http404, NotAllowed, NotNow."""
    row = selectors.found(pk)
    viewer = require_overseer(request.viewer, row)
    if request.method == "GET":
        require_move(row, verb, viewer.today)
    return row, viewer


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Puts the question to the person, or to the head of the unit."""
    row, viewer = _held(request, pk, "ask")
    initial = {"version": row.version, "days": terms_on(row.agency_id, viewer.today).answer_days}
    form = AskForm(request.POST or None, initial=initial)
    page = page_of(row, _("Meminta penjelasan"), _("Kirim pertanyaan"), _("Pertanyaan terkirim."))
    return edit(request, form, page, lambda told: services.ask_signal(actor=viewer, signal=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lets the superior read along."""
    row, viewer = _held(request, pk, "share")
    form = ShareForm(request.POST or None, initial={"version": row.version})
    lead = _("Atasan %(name)s dapat membaca pertanyaan, catatan di baliknya, dan penjelasannya.") % {
        "name": row.subject
    }
    page = page_of(row, _("Membagikan kepada atasan"), _("Bagikan"), _("Sudah dibagikan kepada atasan."), lead)
    return edit(request, form, page, lambda told: services.share_signal(actor=viewer, signal=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ends the question."""
    row, viewer = _held(request, pk, "dismiss")
    form = DismissForm(request.POST or None, initial={"version": row.version})
    page = page_of(row, _("Menutup pertanyaan"), _("Tutup pertanyaan"), _("Pertanyaan ditutup."))
    return edit(request, form, page, lambda told: services.dismiss_signal(actor=viewer, signal=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def refer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Passes the question on, after somebody was heard."""
    row, viewer = _held(request, pk, "refer")
    form = ReferForm(request.POST or None, initial={"version": row.version})
    page = page_of(row, _("Meneruskan pertanyaan"), _("Teruskan"), _("Pertanyaan diteruskan."))

    def act(told: dict[str, str]) -> object:
        return services.refer_signal(actor=viewer, signal=row, **(told | {"path": Path(told["path"])}))  # type: ignore[arg-type]

    return edit(request, form, page, act)
