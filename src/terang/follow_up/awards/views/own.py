"""One's own awards and thanks, thanking somebody, and who was awarded."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.dialogue.selectors import near, results_of
from terang.follow_up.awards import selectors
from terang.follow_up.awards.access import require_thanker
from terang.follow_up.awards.forms import PraiseForm
from terang.follow_up.awards.services import praise, take_back
from terang.follow_up.awards.tabs import tabs
from terang.follow_up.awards.wording import medal_name
from terang.registry.editing import Page, edit
from terang.registry.people.access import may_see_performance, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import find_person, main_posts

PAGE = 20


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The viewer's awards, thanks got and given, where they are nominated, and their next service medal."""
    viewer = require_viewer(request.viewer)
    medal = selectors.medal_of(viewer, viewer.employee)
    context = {
        "awards": list(selectors.awards_of(viewer.employee)),
        "nominations": selectors.nominations_of(viewer.employee),
        "got": Paginator(selectors.praise_to(viewer.employee), PAGE).get_page(request.GET.get("halaman")),
        "given": selectors.praise_by(viewer.employee)[:PAGE],
        "medal": medal if medal.grade else None,
        "medal_name": medal_name(medal.medal),
        "tabs": tabs(viewer, "mine"),
    }
    return render(request, "awards/mine.html", context)


@require_safe
@login_required
def choose(request: SignedInRequest) -> HttpResponse:
    """Whom to thank: who works with the viewer, and a search among everybody."""
    viewer = require_viewer(request.viewer)
    sought = request.GET.get("cari", "").strip()[:80]
    people = find_person(viewer.agency_id, sought) if sought else near(viewer)
    people = [each for each in people if each != viewer.employee]
    posts = main_posts([each.pk for each in people], viewer.today)
    found = [(each, posts.get(each.pk)) for each in people]
    return render(request, "awards/thank_whom.html", {"sought": sought, "found": found})


@require_http_methods(["GET", "POST"])
@login_required
def thank(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The short form. Results and entries are offered to who may see them, the seven values to everybody."""
    receiver = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_thanker(request.viewer, receiver)
    sees = may_see_performance(viewer, receiver)
    form = PraiseForm(
        request.POST or None,
        results=results_of(viewer, receiver),
        entries=selectors.entries_to_thank(receiver, viewer) if sees else [],
    )
    page = Page(
        title=_("Terima kasih, %(name)s") % {"name": receiver.name},
        back=reverse("awards:mine"),
        submit=_("Ucapkan"),
        done=_("Terucap; %(name)s langsung melihatnya.") % {"name": receiver.name},
        lead=_("Dibaca oleh yang menerimanya saja. Tidak dihitung dalam nilai apa pun."),
        crumbs=((_("Penghargaan"), reverse("awards:mine")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: praise(
            actor=viewer, receiver=receiver, text=told["text"], bound=form.bound(), form_key=told["form_key"]
        ),
    )


@require_POST
@login_required
def take_praise_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The giver takes it back."""
    viewer = require_viewer(request.viewer)
    take_back(actor=viewer, row=selectors.praise_for(viewer, pk))
    messages.success(request, _("Ucapan ditarik; isinya tidak dapat dibaca lagi."))
    return redirect("awards:mine")


@require_safe
@login_required
def winners(request: SignedInRequest) -> HttpResponse:
    """Who was awarded in the government, and why: for everybody who works in it."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.winners(viewer), PAGE).get_page(request.GET.get("halaman"))
    people = [each.employee_id for call in page for each in call.awards.all()]
    posts = main_posts(people, viewer.today)
    shown = [(call, [(each, posts.get(each.employee_id)) for each in call.awards.all()]) for call in page]
    return render(request, "awards/winners.html", {"page": page, "shown": shown, "tabs": tabs(viewer, "winners")})
