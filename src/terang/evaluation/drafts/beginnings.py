"""What a draft begins from: nothing, a version in force, one of the examples, or a file."""

import re
from typing import Any

from terang.evaluation.models import PolicyVersion
from terang.evaluation.policies import rules_of
from terang.registry.organization.models import Agency
from terang.rules.policies import (
    Document,
    PolicyError,
    document_of,
    load_preset,
    preset_text,
    problems_of,
    read_json,
    read_toml,
)

NATIONAL = "makassar"
"""The example whose instrument is the national one: the seven core values of SE MenPANRB 20/2021."""
ROLES = ("kepegawaian", "pengawasan", "kepala_daerah", "auditor", "operator")


def from_nothing(agency: Agency) -> Document:
    """An empty policy; only the seven core values that hold for every civil servant are there."""
    instruments = read_toml(preset_text(NATIONAL))["instruments"]
    return {
        "title": _title(agency),
        "second_factor_roles": list(ROLES),
        "reporting": {},
        "ratings": {"work_result": {}, "behaviour": {}},
        "instruments": instruments,
    }


def from_version(version: PolicyVersion) -> Document:
    """What a version says; from when it holds is to be said anew."""
    return _without_day(document_of(rules_of(version)))


def from_preset(code: str, agency: Agency) -> Document:
    """One of the examples, as this government's own."""
    return _without_day(document_of(load_preset(code))) | {"title": _title(agency)}


def from_file(name: str, text: str) -> Document:
    """What a file says, TOML or JSON by its name. Faults an editor can show are kept; raises PolicyError with all
    problems where the file is not of the form of a policy."""
    document = read_json(text) if name.lower().endswith(".json") else read_toml(text)
    problems = problems_of(document)
    if any(problem.unreadable for problem in problems):
        raise PolicyError(problems)
    return document


def owned(document: Document, agency: Agency, number: int) -> Document:
    """The document as the next version of this government: code, region and number are not for anybody to choose."""
    own: dict[str, Any] = {"code": _code(agency), "title": document.get("title", ""), "agency_code": agency.code}
    rest = {name: value for name, value in document.items() if name not in (*own, "version")}
    return {name: value for name, value in own.items() if value} | {"version": number} | rest


def _title(agency: Agency) -> str:
    return f"Kebijakan kinerja {agency.name.removeprefix('Pemerintah ')}"[:150]


def _code(agency: Agency) -> str:
    words = re.sub(r"^(pemerintah|kota|kabupaten|provinsi|\s)+", "", agency.name.lower())
    return re.sub(r"[^a-z0-9]+", "_", words).strip("_")[:40] or "kebijakan"


def _without_day(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "valid_from"}
