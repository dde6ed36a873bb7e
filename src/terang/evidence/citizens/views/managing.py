"""Pages of service managers: the queue of their units, the catalogue, versions of a standard, pledges, terms."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import catalogue_selectors as catalogue
from terang.evidence.citizens import services
from terang.evidence.citizens.access import require_manager
from terang.evidence.citizens.catalogue_forms import (
    PledgeForm,
    RequirementLines,
    ServiceChangeForm,
    ServiceForm,
    StandardForm,
    StepLines,
    TermsForm,
    requirement_lines,
    requirement_texts,
    step_lines,
    step_texts,
)
from terang.evidence.citizens.differences import differences
from terang.evidence.citizens.models import ApplicantTerms, Service, ServicePledge, ServiceStandard
from terang.evidence.citizens.request_lists import QUEUE
from terang.evidence.citizens.request_selectors import managed_requests, queue_of, units_managed
from terang.evidence.citizens.services.forgetting import manages_agency, require_manager_of_all
from terang.evidence.citizens.terms import terms_on
from terang.evidence.citizens.views.tabs import service_tabs
from terang.registry.editing import Page, edit
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency


@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponseBase:
    """What stands before the units a manager has, by officer and one by one."""
    viewer = require_manager(request.viewer)
    table = QUEUE.bind(request, managed_requests(viewer))
    context = {"tabs": service_tabs(viewer, "queue"), "queue": queue_of(viewer), "table": table}
    return table.export() or render(request, "citizens/queue.html", context)


@require_safe
@login_required
def managed(request: SignedInRequest) -> HttpResponse:
    """The services a manager keeps, with the version in force, and the pledges of their units."""
    viewer = require_manager(request.viewer)
    units = list(units_managed(viewer))
    pledges: dict[int, ServicePledge] = {}
    for pledge in ServicePledge.objects.filter(unit__in=units).order_by("day", "pk"):
        pledges[pledge.unit_id] = pledge
    served = list(catalogue.managed_services(viewer))
    offering = {service.unit_id for service in served}
    context = {
        "tabs": service_tabs(viewer, "managed"),
        "services": served,
        "units": [(unit, pledges.get(unit.pk)) for unit in units if unit.pk in offering or unit.pk in pledges],
        "terms": terms_on(viewer.agency_id, viewer.today),
        "may_set_terms": manages_agency(viewer),
    }
    return render(request, "citizens/managed.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def service_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_manager(request.viewer)
    form = ServiceForm(request.POST or None, units=units_managed(viewer))
    page = Page(
        title=gettext("Layanan baru"),
        lead=gettext("Warga melihatnya setelah standar pelayanannya diterbitkan."),
        back=reverse("citizens:managed"),
        crumbs=_crumbs(),
        submit=gettext("Simpan"),
        done=gettext("Layanan disimpan. Tulis standarnya, lalu terbitkan."),
    )
    return edit(request, form, page, lambda values: services.add_service(actor=viewer, **values))


@require_http_methods(["GET", "POST"])
@login_required
def service_edit(request: SignedInRequest, service_id: int) -> HttpResponse:
    service, _versions = catalogue.service_with_versions(service_id)
    viewer = require_manager(request.viewer, service.unit)
    names = ("name", "queue_letter", "monthly_norm", "active", "version")
    form = ServiceChangeForm(request.POST or None, initial={name: getattr(service, name) for name in names})
    page = Page(
        title=gettext("Ubah %(service)s") % {"service": service.name},
        lead=gettext("Jangka waktu, syarat, dan biaya hanya berubah lewat versi standar yang baru."),
        back=reverse("citizens:versions", args=[service.pk]),
        crumbs=_crumbs(service),
        submit=gettext("Simpan"),
        done=gettext("Perubahan disimpan."),
    )
    return edit(request, form, page, lambda values: services.change_service(actor=viewer, service=service, **values))


@require_safe
@login_required
def versions(request: SignedInRequest, service_id: int) -> HttpResponse:
    """A service with all its versions."""
    service, found = catalogue.service_with_versions(service_id)
    viewer = require_manager(request.viewer, service.unit)
    context = {"service": service, "versions": found, "today": viewer.today}
    return render(request, "citizens/versions.html", context)


@require_safe
@login_required
def standard(request: SignedInRequest, standard_id: int) -> HttpResponse:
    """One version with all fourteen components, and what it changed against the one before."""
    found = catalogue.standard_by_id(standard_id)
    require_manager(request.viewer, found.service.unit)
    before = found.service.standards.filter(number=found.number - 1).prefetch_related("requirements", "steps").first()
    context = {"standard": found, "changes": differences(before, found) if before else []}
    return render(request, "citizens/standard.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def standard_new(request: SignedInRequest, service_id: int) -> HttpResponse:
    """Writes the next version: first the differences are shown and nothing is kept, then it is published."""
    service, found = catalogue.service_with_versions(service_id)
    viewer = require_manager(request.viewer, service.unit)
    latest = found[0] if found else None
    if request.method == "GET":
        number = latest.number if latest else 0
        start = ServiceStandard(valid_from=viewer.today, limit=1, limit_unit="hari_kerja")
        form = StandardForm(instance=_copy(latest, viewer.today) if latest else start, initial={"based_on": number})
        requirements = RequirementLines(prefix="syarat", initial=requirement_lines(latest))
        steps = StepLines(prefix="langkah", initial=step_lines(latest))
        return _draft_page(request, service, latest, form, requirements, steps)
    form = StandardForm(request.POST, instance=ServiceStandard())
    requirements = RequirementLines(request.POST, prefix="syarat")
    steps = StepLines(request.POST, prefix="langkah")
    if not all([form.is_valid(), requirements.is_valid(), steps.is_valid()]):
        return _draft_page(request, service, latest, form, requirements, steps, status=422)
    return _try(request, viewer, service, latest, form, requirements, steps)


def _copy(latest: ServiceStandard, today: Any) -> ServiceStandard:
    """The latest version to write on from; a decree and a day of its own are to be entered."""
    fields = {name: getattr(latest, name) for name in StandardForm.Meta.fields}
    return ServiceStandard(**fields | {"decree": "", "decree_day": None, "valid_from": today})


def _try(
    request: SignedInRequest,
    viewer: Any,
    service: Service,
    latest: ServiceStandard | None,
    form: StandardForm,
    requirements: Any,
    steps: Any,
) -> HttpResponse:
    """Publishes on the second tap; on the first only asks whether it would fit, and shows what changes."""
    texts, parts = requirement_texts(requirements), step_texts(steps)
    publishes = request.POST.get("tindakan") == "terbitkan"
    try:
        services.publish_standard(
            actor=viewer,
            service=service,
            based_on=form.cleaned_data["based_on"],
            values=form.values(),
            requirements=texts,
            steps=parts,
            only_check=not publishes,
        )
    except ValidationError as refused:
        told = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        for name, reasons in told.items():
            form.add_error(name if name in form.fields else None, reasons)
        return _draft_page(request, service, latest, form, requirements, steps, status=422)
    if publishes:
        messages.success(request, gettext("Versi baru diterbitkan."))
        return redirect("citizens:versions", service.pk)
    draft = ServiceStandard(service=service, **form.values())
    changes = differences(latest, draft, texts, parts)
    return _draft_page(request, service, latest, form, requirements, steps, changes=changes, shown=True)


def _draft_page(
    request: SignedInRequest,
    service: Service,
    latest: ServiceStandard | None,
    form: StandardForm,
    requirements: Any,
    steps: Any,
    *,
    changes: Any = (),
    shown: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "service": service,
        "latest": latest,
        "form": form,
        "requirements": requirements,
        "steps": steps,
        "changes": changes,
        "shown": shown,
    }
    return render(request, "citizens/standard_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def pledge_new(request: SignedInRequest, unit_id: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("agency"), pk=unit_id)
    require_agency(request.viewer, unit.agency_id)
    viewer = require_manager(request.viewer, unit)
    last = ServicePledge.objects.filter(unit=unit).first()
    initial = {"day": viewer.today, "signer": viewer.employee.name, "text": last.text if last else _pledge_words()}
    page = Page(
        title=gettext("Maklumat pelayanan %(unit)s") % {"unit": unit.name},
        lead=gettext("Tampil di setiap halaman layanan unit ini. Yang lama tetap tersimpan."),
        back=reverse("citizens:managed"),
        crumbs=_crumbs(),
        submit=gettext("Terbitkan maklumat"),
        done=gettext("Maklumat diterbitkan."),
    )
    names = ("text", "signer", "signer_title", "place", "day")
    return edit(
        request,
        PledgeForm(request.POST or None, initial=initial),
        page,
        lambda values: services.publish_pledge(actor=viewer, unit=unit, **{name: values[name] for name in names}),
    )


def _pledge_words() -> str:
    """The usual words (PermenPANRB 15/2014), to begin with."""
    return gettext(
        "Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan, "
        "memberikan pelayanan sesuai kewajiban dan melakukan perbaikan secara terus-menerus, serta bersedia menerima "
        "sanksi apabila pelayanan yang diberikan tidak sesuai standar."
    )


@require_http_methods(["GET", "POST"])
@login_required
def terms(request: SignedInRequest) -> HttpResponse:
    """For how long data of applicants are kept, and what time applicants are given."""
    viewer = require_manager_of_all(request.viewer)
    rows = ApplicantTerms.objects.filter(agency_id=viewer.agency_id)
    initial = {"valid_from": viewer.today, **asdict(terms_on(viewer.agency_id, viewer.today))}
    page = Page(
        title=gettext("Ketentuan bagi pemohon"),
        lead=gettext("Ditetapkan sampai sekarang: %(n)s kali. Yang baru berlaku sejak tanggalnya.")
        % {"n": rows.count()},
        back=reverse("citizens:managed"),
        crumbs=_crumbs(),
        submit=gettext("Tetapkan"),
        done=gettext("Ketentuan bagi pemohon ditetapkan."),
    )
    form = TermsForm(request.POST or None, initial=initial)
    return edit(request, form, page, lambda values: services.set_terms(actor=viewer, **values))


def _crumbs(service: Service | None = None) -> tuple[tuple[str, str], ...]:
    above = ((gettext("Katalog layanan"), reverse("citizens:managed")),)
    return (*above, (service.name, reverse("citizens:versions", args=[service.pk]))) if service else above
