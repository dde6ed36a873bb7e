"""The monthly report of complaints, for who leads the government and who audits it."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.complaints.access import require_month_reader
from terang.evidence.complaints.lists import month_table
from terang.evidence.complaints.monthly import LEAST, MonthReport, month_before, next_month, report_of
from terang.evidence.complaints.views.desk import desk_tabs
from terang.web.asked import asked_day
from terang.web.numbers import longdate


@require_safe
@login_required
def month(request: SignedInRequest) -> HttpResponseBase:
    """One month, this one where none is asked for; never one to come."""
    viewer = require_month_reader(request.viewer)
    this = viewer.today.replace(day=1)
    start = min(asked_day(f"{request.GET.get('bulan', '')}-01") or this, this)
    found = report_of(viewer.employee.agency, start, viewer.today)
    table = month_table(whole=False).bind(request, found.units)
    context = {
        "report": found,
        "sums": _sums(found),
        "table": table,
        "least": LEAST,
        "title": month_title(start),
        "is_running": start == this,
        "earlier": _link(month_before(start)),
        "later": _link(next_month(start)) if start < this else None,
        "tabs": desk_tabs(viewer, "month"),
    }
    return month_table(whole=True).bind(request, found.units).export() or render(
        request, "complaints/month.html", context
    )


def _sums(found: MonthReport) -> list[tuple[str, int]]:
    """The government's numbers."""
    return [
        (gettext("Diterima"), found.total("received")),
        (gettext("Dijawab tepat waktu"), found.total("in_time")),
        (gettext("Terlambat"), found.total("late")),
        (gettext("Dinyatakan selesai oleh warga"), found.total("confirmed")),
        (gettext("Ditutup tanpa tanggapan warga"), found.total("silent")),
        (gettext("Dibuka kembali"), found.total("reopened")),
    ]


def month_title(start: date) -> str:
    """ "Oktober 2026"."""
    return longdate(start).partition(" ")[2]


def _link(start: date) -> tuple[str, str]:
    return month_title(start), f"{reverse('complaints:month')}?bulan={start:%Y-%m}"
