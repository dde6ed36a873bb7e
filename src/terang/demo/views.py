"""The page "Masuk sebagai …": one click signs in as somebody of the cast, without password or second factor."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from terang.accounts.models import Method
from terang.accounts.services import close_session, open_session
from terang.demo.access import require_demo
from terang.demo.cast import cast_entries
from terang.registry.people.models import Employee


@never_cache
def sign_in_as(request: HttpRequest) -> HttpResponse:
    require_demo(request)
    entries = cast_entries()
    if request.method == "POST":
        return _sign_in(request, {str(entry.employee_id) for entry in entries})
    governments = [(name, list(people)) for name, people in groupby(entries, key=lambda entry: entry.agency_name)]
    return render(request, "demo/sign_in_as.html", {"governments": governments})


def _sign_in(request: HttpRequest, offered: set[str]) -> HttpResponse:
    chosen = request.POST.get("employee", "")
    if chosen not in offered:
        raise Http404
    employee = Employee.objects.select_related("user").get(pk=chosen)
    assert employee.user is not None  # the cast holds people with accounts only
    if request.user.is_authenticated:
        close_session(request)
    open_session(request, employee.user, method=Method.DEMO)
    return redirect("/")
