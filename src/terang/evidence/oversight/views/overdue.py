"""What is open after visits."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from terang.evidence.oversight.access import require_follower
from terang.evidence.oversight.overdue import counts, overdue_table
from terang.web.htmx import render


@require_safe
@login_required
def overdue(request: HttpRequest) -> HttpResponseBase:
    """The list, narrowed and paged; also as CSV and XLSX."""
    viewer = require_follower(request.viewer)  # type: ignore[attr-defined]
    table = overdue_table(request, viewer)
    context = {"table": table, "counts": counts(viewer)}
    return table.export() or render(request, "oversight/overdue.html", "oversight/_overdue.html", context)
