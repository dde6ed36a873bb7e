"""Pages of counselling, for its two people alone. For everybody else there is no such page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.coaching import selectors
from terang.follow_up.coaching.forms import (
    AskForm,
    DayForm,
    InviteForm,
    KeyForm,
    StepNumberForm,
    TalkForm,
    TalkStepForm,
)
from terang.follow_up.coaching.sealing import Content
from terang.follow_up.coaching.services import counselling as services
from terang.follow_up.coaching.services.behaviour import is_counsellor
from terang.follow_up.coaching.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.guidance import counselling_rule
from terang.web.asked import asked_int


@never_cache
@require_safe
@login_required
def counsellings(request: SignedInRequest) -> HttpResponse:
    """One's own, who may be asked, and why nobody else reads it."""
    viewer = require_viewer(request.viewer)
    found = services.counsellings_of(viewer)
    names = _names(*(each.content for each in found))
    context = {
        "tabs": tabs(viewer, "counsellings"),
        "found": [(each, names[_other(viewer, each.content)]) for each in found],
        "counsellors": selectors.counsellors_on(viewer.agency_id, viewer.today),
        "counsels": is_counsellor(viewer.employee, viewer.today),
        "rule": counselling_rule(viewer.today),
        "own_id": viewer.employee.pk,
    }
    return render(request, "coaching/counsellings.html", context)


def _names(*contents: Content) -> dict[int, str]:
    ids = {pk for content in contents for pk in content.people}
    return dict(Employee.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _other(viewer: Viewer, content: Content) -> int:
    return content.counsellor if viewer.employee.pk == content.client else content.client


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def ask(request: SignedInRequest) -> HttpResponse:
    """Asks a counsellor."""
    viewer = require_viewer(request.viewer)
    counsellors = list(selectors.counsellors_on(viewer.agency_id, viewer.today).exclude(employee=viewer.employee))
    form = AskForm(request.POST or None, counsellors=counsellors)
    lead = _("Hanya konselor yang Anda pilih yang membacanya. Atasan, kepegawaian, dan pengawas tidak diberi tahu.")
    page = _page(_("Meminta percakapan"), _("Kirim"), _("Terkirim kepada konselor."), lead)

    def act(told: dict[str, Any]) -> object:
        return services.open_counselling(
            actor=viewer, other=form.chosen(), counsels=False, goal=told["goal"], form_key=told["form_key"]
        )

    return edit(request, form, page, act)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def invite(request: SignedInRequest) -> HttpResponse:
    """A counsellor invites somebody."""
    viewer = require_viewer(request.viewer)
    if not is_counsellor(viewer.employee, viewer.today):
        raise Http404
    form = InviteForm(request.POST or None, agency_id=viewer.agency_id)
    page = _page(_("Mengundang pegawai"), _("Undang"), _("Undangan terkirim."), "")

    def act(told: dict[str, Any]) -> object:
        return services.open_counselling(
            actor=viewer, other=told["nip"], counsels=True, goal=told["goal"], form_key=told["form_key"]
        )

    return edit(request, form, page, act)


def _page(title: str, submit: str, done: str, lead: str, back: str = "", *, onward: bool = True) -> Page:
    """`onward` goes to what was made, otherwise to `back`, or to the list."""
    home = reverse("coaching:counsellings")
    crumbs = ((_("Konseling"), home),)
    return Page(title=title, back=back or home, submit=submit, done=done, lead=lead, crumbs=crumbs, onward=onward)


@never_cache
@require_safe
@login_required
def counselling(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One counselling of the viewer's."""
    viewer = require_viewer(request.viewer)
    opened = services.counselling_for(viewer, pk)
    content, me = opened.content, viewer.employee.pk
    names, talk = _names(content), content.talk
    written = bool(talk and talk.state == services.AGREED and talk.day <= viewer.today.isoformat())
    running = content.state == services.RUNNING
    context = {
        "row": opened.row,
        "content": content,
        "other": names[_other(viewer, content)],
        "own": me == content.client,
        "talks": [(each, date.fromisoformat(each.day)) for each in content.talks],
        "steps": [
            (number, each, names[each.owner], date.fromisoformat(each.due), each.owner == me)
            for number, each in enumerate(content.steps)
        ],
        "may_answer": content.state == services.PROPOSED and content.opened_by != me,
        "may_take_back": content.state == services.PROPOSED and content.opened_by == me,
        "may_agree": bool(running and talk and talk.state == services.PROPOSED and talk.by != me),
        "may_write": running and written,
        "may_confirm": bool(running and written and talk and talk.notes and me not in talk.keys),
        "may_go_on": running,
        "may_erase": content.state == services.ENDED and me == content.client,
        "rule": counselling_rule(viewer.today),
    }
    return render(request, "coaching/counselling.html", context)


@dataclass(frozen=True)
class _Verb:
    """A verb of the address: its form, its words, its service; `leaves`: nothing is left to go back to."""

    form: type[forms.Form]
    title: str | Promise
    submit: str | Promise
    done: str | Promise
    service: Callable[..., object]
    leaves: bool = False


VERBS = {
    "setuju": _Verb(
        KeyForm, gettext_lazy("Bersedia berbicara"), gettext_lazy("Ya"), gettext_lazy("Tersimpan."), services.accept
    ),
    "tolak": _Verb(
        KeyForm,
        gettext_lazy("Tidak jadi"),
        gettext_lazy("Ya, hapus"),
        gettext_lazy("Tidak ada yang tersisa dari permintaan ini."),
        services.decline,
        leaves=True,
    ),
    "hari": _Verb(
        DayForm,
        gettext_lazy("Mengusulkan hari"),
        gettext_lazy("Usulkan"),
        gettext_lazy("Hari diusulkan; yang lain menjawabnya."),
        services.name_day,
    ),
    "sepakat": _Verb(
        KeyForm,
        gettext_lazy("Menyetujui hari"),
        gettext_lazy("Ya, setuju"),
        gettext_lazy("Hari disepakati."),
        services.agree_day,
    ),
    "tulis": _Verb(
        TalkForm,
        gettext_lazy("Menulis percakapan"),
        gettext_lazy("Simpan"),
        gettext_lazy("Tersimpan; hanya Anda berdua yang membacanya."),
        services.write,
    ),
    "langkah": _Verb(
        TalkStepForm,
        gettext_lazy("Menambah langkah"),
        gettext_lazy("Tambah"),
        gettext_lazy("Langkah ditambahkan."),
        services.add_step,
    ),
    "langkah-selesai": _Verb(
        StepNumberForm,
        gettext_lazy("Langkah selesai"),
        gettext_lazy("Selesai"),
        gettext_lazy("Langkah selesai."),
        services.settle_step,
    ),
    "sesuai": _Verb(
        KeyForm,
        gettext_lazy("Menyatakan percakapan selesai"),
        gettext_lazy("Ya, sesuai"),
        gettext_lazy("Tersimpan."),
        services.confirm,
    ),
    "akhiri": _Verb(
        KeyForm,
        gettext_lazy("Mengakhiri konseling"),
        gettext_lazy("Akhiri"),
        gettext_lazy("Konseling diakhiri."),
        services.end,
    ),
    "hapus": _Verb(
        KeyForm,
        gettext_lazy("Menghapus konseling"),
        gettext_lazy("Ya, hapus untuk selamanya"),
        gettext_lazy("Catatannya dihancurkan di setiap salinan."),
        services.erase,
        leaves=True,
    ),
}


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def act(request: SignedInRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of a counselling of the viewer's."""
    viewer = require_viewer(request.viewer)
    opened = services.counselling_for(viewer, pk)
    if verb not in VERBS:
        raise Http404
    how, talk = VERBS[verb], opened.content.talk
    initial = {
        "version": opened.row.version,
        "notes": talk.notes if talk else "",
        "number": asked_int(request.GET.get("n")) or 0,
    }
    form = how.form(request.POST or None, initial=initial)
    back = "" if how.leaves else opened.row.get_absolute_url()
    page = _page(str(how.title), str(how.submit), str(how.done), "", back, onward=False)
    return edit(request, form, page, lambda told: how.service(actor=viewer, pk=pk, **told))
