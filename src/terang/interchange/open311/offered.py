"""What may be reported: the categories of a government as services, and what is asked with each."""

from typing import Any

from django.utils.translation import gettext

from terang.evidence.complaints.models import ComplaintCategory, ComplaintClass
from terang.interchange.open311.dialect import Open311Error
from terang.registry.organization.models import Agency

OTHER = "lainnya"
"""The service of reports without a category, where no category has this code."""
TITLE, EVENT_DAY, ANONYMOUS = "judul", "tanggal_kejadian", "anonim"
YES = "ya"


def categories(agency: Agency) -> list[ComplaintCategory]:
    """What may be sent from outside. Misconduct may not: such reports go by our own page, straight to the oversight
    team. 1 query."""
    return list(agency.complaint_categories.filter(active=True).exclude(usual_class=ComplaintClass.MISCONDUCT))


def category_of(agency: Agency, code: str) -> ComplaintCategory | None:
    """The category of a service; None for the service of everything else. Raises Open311Error (404). 1 query."""
    found = next((each for each in categories(agency) if each.code == code), None)
    if found is None and code != OTHER:
        raise Open311Error(404, "service_code not found")
    return found


def services(agency: Agency) -> list[dict[str, Any]]:
    """1 query."""
    rows = [_service(each.code, each.name, each.description, each.keywords, each.group) for each in categories(agency)]
    if all(row["service_code"] != OTHER for row in rows):
        rows.append(
            _service(OTHER, gettext("Laporan lain"), gettext("Laporan yang tidak cocok dengan layanan lain."), "", "")
        )
    return rows


def _service(code: str, name: str, description: str, keywords: str, group: str) -> dict[str, Any]:
    return {
        "service_code": code,
        "service_name": name,
        "description": description,
        "metadata": True,
        "type": "realtime",
        "keywords": keywords,
        "group": group,
    }


def definition(agency: Agency, code: str) -> dict[str, Any]:
    """What may be told beside the standard's own fields; nothing of it must be. Raises Open311Error (404). 1 query."""
    category_of(agency, code)
    return {
        "service_code": code,
        "attributes": [
            _attribute(1, TITLE, "string", "Judul singkat"),
            _attribute(2, EVENT_DAY, "datetime", "Tanggal kejadian", "tahun-bulan-tanggal, misalnya 2026-01-31"),
            _attribute(3, ANONYMOUS, "singlevaluelist", "Sembunyikan nama saya dari instansi")
            | {"values": [{"key": YES, "name": "Ya"}, {"key": "tidak", "name": "Tidak"}]},
        ],
    }


def _attribute(
    order: int, code: str, datatype: str, description: str, datatype_description: str = ""
) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": datatype_description,
        "order": order,
        "description": description,
        "values": [],
    }
