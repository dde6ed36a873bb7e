"""The page "Masuk sebagai …": one click signs in as somebody of the cast, without password or second factor."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from terang.accounts.models import Method
from terang.accounts.services import close_session, open_session
from terang.demo.access import require_demo
from terang.demo.cast import cast_entries
from terang.demo.context import KEY
from terang.demo.tours import address_of, person_of, tours
from terang.registry.people.models import Employee


@never_cache
def sign_in_as(request: HttpRequest) -> HttpResponse:
    require_demo(request)
    entries = cast_entries()
    if request.method == "POST":
        return _sign_in(request, {str(entry.employee_id) for entry in entries})
    told = [each for each in tours().values() if each.place in {entry.agency_name for entry in entries}]
    governments = [(name, list(people)) for name, people in groupby(entries, key=lambda entry: entry.agency_name)]
    return render(request, "demo/sign_in_as.html", {"governments": governments, "tours": told})


@never_cache
@require_POST
def tour(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a step of a tour: signs in as whoever takes it and opens the page. Step 0 ends the tour where one is."""
    require_demo(request)
    found, number = tours().get(code), request.POST.get("step", "")
    if found is None or not number.isdigit() or int(number) > len(found.steps):
        raise Http404
    if number == "0":
        request.session.pop(KEY, None)
        return redirect("demo:sign_in_as")
    step = found.steps[int(number) - 1]
    person = person_of(found, step)
    if person is None:
        raise Http404
    enter(request, person.employee_id)
    request.session[KEY] = [code, int(number)]
    return redirect(address_of(step, person))


def _sign_in(request: HttpRequest, offered: set[str]) -> HttpResponse:
    chosen = request.POST.get("employee", "")
    if chosen not in offered:
        raise Http404
    enter(request, int(chosen))
    return redirect("/")


def enter(request: HttpRequest, employee_id: int) -> None:
    """Signs in as somebody of the cast; whoever was signed in is signed out."""
    employee = Employee.objects.select_related("user").get(pk=employee_id)
    assert employee.user is not None  # the cast holds people with accounts only
    if request.user.is_authenticated:
        close_session(request)
    open_session(request, employee.user, method=Method.DEMO)
