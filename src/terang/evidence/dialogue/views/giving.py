"""Pages on which feedback is given, answered, replied to and taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.dialogue import selectors
from terang.evidence.dialogue.access import (
    require_giver,
    require_speaker,
    require_subject,
    require_terms_keeper,
)
from terang.evidence.dialogue.attention import unheard_by
from terang.evidence.dialogue.evidence_links import is_inside
from terang.evidence.dialogue.forms import (
    AnswerForm,
    AskForm,
    DeclineForm,
    GiveForm,
    ReplyForm,
    TermsForm,
    WithdrawForm,
)
from terang.evidence.dialogue.models import AskState, FeedbackAsk
from terang.evidence.dialogue.services import (
    About,
    ask_feedback,
    decline_ask,
    give_feedback,
    reply_feedback,
    set_terms,
    withdraw_feedback,
)
from terang.evidence.dialogue.terms import rhythm_days
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import find_person, main_posts
from terang.web.errors import NotNow

ASK = "minta"
FOLDED = ("situation", "evidence", "said_by")


@require_safe
@login_required
def choose(request: SignedInRequest) -> HttpResponse:
    """To whom: who works with the viewer, who of the team heard nothing for long, and a search among everybody."""
    viewer = require_viewer(request.viewer)
    sought = request.GET.get("cari", "").strip()[:80]
    people = find_person(viewer.agency_id, sought) if sought else selectors.near(viewer)
    people = [each for each in people if each != viewer.employee]
    posts = main_posts([each.pk for each in people], viewer.today)
    found = [(each, posts.get(each.pk)) for each in people]
    asking = request.GET.get("untuk") == ASK
    context = {
        "sought": sought,
        "found": found,
        "asking": asking,
        "silent": [] if asking else unheard_by(viewer),
        "days": rhythm_days(viewer.agency_id, viewer.today),
    }
    return render(request, "dialogue/choose.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def give(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The form. `?tentang=` brings the page it is about as its evidence."""
    subject = _person(employee_id)
    viewer = require_speaker(request.viewer, subject)
    about = request.GET.get("tentang", "")
    form = GiveForm(
        request.POST or None,
        results=selectors.results_of(viewer, subject),
        initial={"evidence": about if is_inside(about) else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(
                actor=viewer,
                subject=subject,
                about=form.chosen(),
                words=form.words(),
                form_key=form.cleaned_data["form_key"],
            )
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Umpan balik tersimpan dan langsung terlihat oleh %(name)s.") % _name(subject))
            return redirect("dialogue:given")
    return _drawn(request, {"form": form, "subject": subject})


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answers an ask with feedback."""
    ask = _open_ask(request, pk)
    viewer = require_speaker(request.viewer, ask.asker)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(
                actor=viewer,
                subject=ask.asker,
                about=About(result=ask.result, value=ask.value),
                words=form.words(),
                form_key=form.cleaned_data["form_key"],
                ask=ask,
            )
        except ValidationError as error:
            show(form, error)
        else:
            told = _("Umpan balik tersimpan dan langsung terlihat oleh %(name)s.")
            messages.success(request, told % _name(ask.asker))
            return redirect("dialogue:asks")
    return _drawn(request, {"form": form, "ask": ask, "subject": ask.asker})


@require_http_methods(["GET", "POST"])
@login_required
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Says that one cannot say anything."""
    ask = _open_ask(request, pk)
    viewer = require_viewer(request.viewer)
    page = Page(
        title=_("Tidak dapat memberi umpan balik?"),
        back=reverse("dialogue:asks"),
        submit=_("Ya, saya tidak dapat"),
        done=_("Permintaan ditutup."),
        lead=_("%(name)s melihat bahwa Anda tidak dapat memberi umpan balik, tanpa alasannya.") % _name(ask.asker),
    )
    return edit(request, DeclineForm(request.POST or None), page, lambda told: decline_ask(actor=viewer, ask=ask))


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """Asks a person for feedback on one's own work."""
    asked = _person(employee_id)
    viewer = require_speaker(request.viewer, asked)
    form = AskForm(request.POST or None, results=selectors.results_of(viewer, viewer.employee))
    page = Page(
        title=_("Meminta umpan balik %(name)s") % _name(asked),
        back=reverse("dialogue:asks"),
        submit=_("Kirim permintaan"),
        done=_("Permintaan terkirim."),
        crumbs=((_("Permintaan"), reverse("dialogue:asks")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: ask_feedback(
            actor=viewer, asked=asked, about=form.chosen(), question=told["question"], form_key=told["form_key"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receiver answers."""
    found = selectors.feedback_for(request.viewer, pk)
    viewer = require_subject(request.viewer, found)
    if found.withdrawn or found.replied_at is not None:
        raise NotNow(_("Umpan balik ini tidak dapat ditanggapi lagi."))
    page = Page(
        title=_("Menanggapi umpan balik"),
        back=found.get_absolute_url(),
        submit=_("Simpan tanggapan"),
        done=_("Tanggapan tersimpan."),
        lead=_("%(name)s dan atasan Anda membacanya. Satu kali; selanjutnya bicarakan langsung.") % _name(found.giver),
    )
    form = ReplyForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: reply_feedback(actor=viewer, feedback=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The giver takes it back."""
    found = selectors.feedback_for(request.viewer, pk)
    viewer = require_giver(request.viewer, found)
    if found.withdrawn:
        raise NotNow(_("Umpan balik ini sudah dicabut."))
    page = Page(
        title=_("Mencabut umpan balik"),
        back=found.get_absolute_url(),
        submit=_("Cabut"),
        done=_("Umpan balik dicabut."),
        lead=_("Catatannya tetap tersimpan dengan alasan Anda; hanya Anda dan %(name)s yang masih membaca isinya.")
        % _name(found.subject),
    )
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: withdraw_feedback(actor=viewer, feedback=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def terms(request: SignedInRequest) -> HttpResponse:
    """How often leaders owe feedback."""
    viewer = require_terms_keeper(request.viewer)
    page = Page(
        title=_("Irama umpan balik"),
        back=reverse("dialogue:mine"),
        submit=_("Tetapkan"),
        done=_("Irama umpan balik ditetapkan."),
        lead=_("Berlaku bagi semua pimpinan di pemerintah daerah ini."),
    )
    initial = {"valid_from": viewer.today, "days": rhythm_days(viewer.agency_id, viewer.today)}
    form = TermsForm(request.POST or None, initial=initial)
    return edit(request, form, page, lambda told: set_terms(actor=viewer, **told))


def _drawn(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    """The page of the form; what is folded away stands open where something is written there."""
    form = context["form"]
    told = any(form[name].value() or form[name].errors for name in FOLDED if name in form.fields)
    return render(request, "dialogue/give.html", context | {"more_open": told}, status=422 if form.errors else 200)


def _open_ask(request: SignedInRequest, pk: int) -> FeedbackAsk:
    found = selectors.ask_for(request.viewer, pk)
    if found.state != AskState.OPEN:
        raise NotNow(_("Permintaan umpan balik ini sudah dijawab."))
    return found


def _person(pk: int) -> Employee:
    return get_object_or_404(Employee.objects.select_related("agency"), pk=pk)


def _name(person: Employee) -> dict[str, str]:
    return {"name": person.name}
