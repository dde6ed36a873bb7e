"""Which elements a service asks: all nine, or the short form its manager chose."""

from terang.evidence.citizens.models import Service, ShortForm
from terang.registry.organization.models import Unit
from terang.rules.tables import ELEMENTS

USUAL_SHORT = ("waktu", "perilaku", "produk")
SHORT = 3


def asked_elements(service: Service) -> tuple[str, ...]:
    """The elements asked of who used a service, in the order asked: its own choice, else that of the nearest unit.
    One query; `service` has its unit at hand."""
    ids = [int(part) for part in service.unit.path.strip("/").split("/") if part]
    rows = ShortForm.objects.filter(unit_id__in=[*ids, service.unit_id])
    found = {(row.unit_id, row.service_id): row.elements for row in rows}
    if (service.unit_id, service.pk) in found:
        return _elements(found[service.unit_id, service.pk])
    above = (found[unit_id, None] for unit_id in reversed(ids) if (unit_id, None) in found)
    return _elements(next(above, []))


def _elements(chosen: list[str]) -> tuple[str, ...]:
    return tuple(chosen) or ELEMENTS


def forms_of(unit: Unit) -> dict[int | None, tuple[str, ...]]:
    """What was chosen in a unit: by service, and under None for the unit itself. One query."""
    rows = ShortForm.objects.filter(unit=unit).values_list("service_id", "elements")
    return {service_id: _elements(elements) for service_id, elements in rows}
