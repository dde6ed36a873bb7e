"""The week: seven days with what is asked and what came."""

import re
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work.views.entries import asked_employee
from terang.evidence.work.week import week_of
from terang.registry.people.access import require_viewer

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@require_safe
@login_required
def week(request: SignedInRequest) -> HttpResponse:
    """One week (`?minggu=2026-W47`; this one where missing or not readable), one's own or with `?pegawai=` that of
    somebody whose performance the viewer may see."""
    viewer = require_viewer(request.viewer)
    employee = asked_employee(request, viewer)
    monday = _asked_monday(request.GET.get("minggu", ""), viewer.today)
    context = {
        "week": week_of(employee, monday, viewer.today),
        "employee": employee,
        "own": employee == viewer.employee,
        "previous": _name(monday - timedelta(days=7)),
        "following": _name(monday + timedelta(days=7)) if monday + timedelta(days=7) <= viewer.today else "",
    }
    return render(request, "work/week.html", context)


def _asked_monday(text: str, today: date) -> date:
    found = _WEEK.fullmatch(text)
    if found:
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            monday = today
        if date(2000, 1, 1) <= monday <= date(2100, 1, 1):
            return monday - timedelta(days=monday.weekday())
    return today - timedelta(days=today.weekday())


def _name(monday: date) -> str:
    year, number, _day = monday.isocalendar()
    return f"{year}-W{number:02d}"
