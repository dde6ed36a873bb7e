"""The public page of terms, each with its own address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.web.glossary import in_order


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term with meaning and article, for anybody."""
    return render(request, "web/glossary.html", {"terms": in_order()})
