"""The OpenAPI document: what Ninja reads from the types, with every error, the scopes, and texts in the reader's
language."""

import json
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from terang.interchange.api import problems
from terang.interchange.api.examples import EXAMPLES
from terang.interchange.api.problems import MEDIA_TYPE, PLACE, Kind
from terang.interchange.api.shapes import ProblemOut
from terang.interchange.explaining.views import SCHEMA
from terang.rules.sentences import mark as _

ROOT = "api/v1/"
ALWAYS = (problems.NO_TOKEN, problems.NO_SCOPE, problems.INVALID, problems.TOO_MANY, problems.BROKEN)
"""What every address may answer."""
WRITING = (problems.UNREADABLE, problems.NOT_NOW, problems.WRONG_TYPE)
HEADERS = {
    429: {"Retry-After": {"schema": {"type": "integer"}, "description": _("Detik sampai boleh lagi.")}},
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "description": _("Selalu Bearer.")}},
}
LANGUAGE = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "schema": {"type": "string"},
    "example": "id",
    "description": _("Bahasa teks untuk manusia: id atau en; tanpa ini id."),
}


class Document(OpenAPISchema):
    """As Ninja's, with scopes in `security` and the errors of each address."""

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        super().operation_security(operation)
        self.securitySchemes = {"token": {"type": "http", "scheme": "bearer", "description": gettext(_TOKEN)}}
        return [{"token": [getattr(auth, "scope", "")]} for auth in operation.auth_callbacks]

    def operation_parameters(self, operation: Operation) -> list[dict[str, Any]]:
        return [*map(_without_null, super().operation_parameters(operation)), dict(LANGUAGE)]

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        found = super().responses(operation)
        for kind in _kinds(operation):
            found.setdefault(kind.status, _response(kind))
        return found


def _without_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """What is not asked is left out of an address; null cannot stand there."""
    schema = dict(parameter["schema"])
    kinds = [each for each in schema.pop("anyOf", []) if each != {"type": "null"}]
    return {**parameter, "schema": {**schema, **kinds[0]} if kinds else schema}


_TOKEN = _("Token aplikasi dari halaman Aplikasi saya, misalnya Authorization: Bearer trg_….")


def _kinds(operation: Operation) -> list[Kind]:
    kinds = list(ALWAYS)
    if "POST" in operation.methods:
        kinds += WRITING
    if "{" in operation.path or any(m.__ninja_param_source__ == "query" for m in operation.models):
        kinds.append(problems.NOT_FOUND)
    return sorted(kinds, key=lambda kind: kind.status)


def _response(kind: Kind) -> dict[str, Any]:
    example = {
        "type": f"{PLACE}{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(kind.advice),
        "errors": {},
    }
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}, "example": example}}
    told: dict[str, Any] = {"description": str(kind.title), "content": content}
    if kind.status in HEADERS:
        told["headers"] = HEADERS[kind.status]
    return told


def document(api: NinjaAPI) -> dict[str, Any]:
    """The document in the language that is active now; made once for each language."""
    made: dict[str, Any] = json.loads(_made(api, get_language() or ""))
    return made


@cache
def _made(api: NinjaAPI, language: str) -> str:
    told = Document(api, ROOT)
    told["components"]["schemas"] |= {"ProblemOut": ProblemOut.model_json_schema(), **_explanations()}
    told["info"]["description"] = gettext(api.description)
    for operations in told["paths"].values():
        for operation in operations.values():
            _illustrate(operation)
    return json.dumps(_said(told), default=str)


def _illustrate(operation: dict[str, Any]) -> None:
    """Puts the examples of an operation where the document wants them."""
    for place, example in EXAMPLES.get(operation["operationId"], {}).items():
        if place == "body":
            operation["requestBody"]["content"]["application/json"]["example"] = example
        elif place == "answer":
            [status] = [code for code in operation["responses"] if int(code) < 300]
            operation["responses"][status]["content"]["application/json"]["example"] = example


def _explanations() -> dict[str, Any]:
    """The schema of explained scores, as it stands for itself."""
    text = SCHEMA.read_text(encoding="utf-8").replace("#/$defs/", "#/components/schemas/")
    found: dict[str, Any] = json.loads(text)["$defs"]
    return found


def _said(value: Any, name: str = "") -> Any:
    """Every title, summary and description in the active language."""
    if isinstance(value, dict):
        return {key: each if key in ("example", "examples") else _said(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_said(each) for each in value]
    if isinstance(value, str) and value and name in ("summary", "description"):
        return gettext(value)
    return value


def parameters(api: NinjaAPI, name: str, method: str) -> frozenset[str] | None:
    """The query parameters that an address knows for a method; None where it does not know the method."""
    return _parameters(api).get((name, method.lower()))


@cache
def _parameters(api: NinjaAPI) -> dict[tuple[str, str], frozenset[str]]:
    found = {}
    for operations in document(api)["paths"].values():
        name = next(iter(operations.values()))["operationId"]
        for method, operation in operations.items():
            asked = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
            found[name, method] = frozenset(asked)
    return found
