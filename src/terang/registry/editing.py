"""One form on one page, for the many small changes of the registry: ask a service, show its refusals beside the
fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Page:
    """What stands around the form. `crumbs` are (label, address) pairs; `back` is where one goes afterwards and on
    "Batal". With `onward` one goes on to what the action made instead."""

    title: str
    back: str
    submit: str
    done: str
    lead: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    confirm: str = ""
    onward: bool = False


def edit(request: HttpRequest, form: forms.Form, page: Page, action: Callable[[dict[str, Any]], Any]) -> HttpResponse:
    """Draws the form; on a valid submission calls `action` with the cleaned values and goes back. 422 with the errors
    otherwise."""
    if request.method == "POST" and form.is_valid():
        made = _made(form, action)
        if not form.errors:
            if page.done:
                messages.success(request, page.done)
            return HttpResponseRedirect(made.get_absolute_url() if page.onward else page.back)
    return render(request, "registry/edit.html", {"form": form, "page": page}, status=422 if form.errors else 200)


def _made(form: forms.Form, action: Callable[[dict[str, Any]], Any]) -> Any:
    """What the action gave; refusals are told by the form."""
    try:
        with transaction.atomic():
            return action(form.cleaned_data)
    except ValidationError as error:
        show(form, error)
    except IntegrityError:
        show_same(form)
    return None


def show_same(form: forms.Form) -> None:
    """Somebody saved the same a moment before: told beside the day it begins on, where the form asks for one."""
    field = "valid_from" if "valid_from" in form.fields else None
    form.add_error(field, _("Data yang sama baru saja disimpan. Periksa dahulu sebelum mengulang."))


def show(form: forms.Form, error: ValidationError) -> None:
    """A service's refusals beside the fields they are about; above the form where it has no such field."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, reasons in told.items():
        form.add_error(name if name in form.fields else None, reasons)
