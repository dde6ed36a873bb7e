"""How answers are written: the same rows as XML and as JSON.

XML has one root and one element a row (`services/service`), JSON the bare list. Discovery goes without a charset, the
rest with it: public validators disagree and both are served so. Errors are a list of code and description.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse

TYPES = {"json": "application/json", "xml": "text/xml"}
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "media_urls": "media_url",
}
"""The element of one row, by the name of the list."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no XML document may hold."""


class Open311Error(Exception):
    """What is wrong with a request: the HTTP status, which is also the code, and a description for each mistake."""

    def __init__(self, status: int, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.status, self.descriptions = status, descriptions


def answer(form: str, root: str, content: Any, *, status: int = 200, charset: bool = True) -> HttpResponse:
    """`content` is a list of rows, or one mapping."""
    return ready(form, written(form, root, content), status=status, charset=charset)


def written(form: str, root: str, content: Any) -> bytes:
    return _json(content) if form == "json" else _xml(root, content)


def ready(form: str, body: bytes, *, status: int = 200, charset: bool = True) -> HttpResponse:
    """What was written, with the headers of every answer."""
    media_type = f"{TYPES[form]}; charset=utf-8" if charset else TYPES[form]
    response = HttpResponse(body, status=status, content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store" if status >= 400 else "no-cache"
    return response


def refusal(form: str, error: Open311Error) -> HttpResponse:
    rows = [{"code": error.status, "description": text} for text in error.descriptions]
    return answer(form, "errors", rows, status=error.status)


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _xml(root: str, content: Any) -> bytes:
    element = ElementTree.Element(root)
    _fill(element, root, content)
    return bytes(ElementTree.tostring(element, encoding="utf-8", xml_declaration=True))


def _fill(element: ElementTree.Element, name: str, content: Any) -> None:
    if isinstance(content, Mapping):
        for key, value in content.items():
            _fill(ElementTree.SubElement(element, key), key, value)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for row in content:
            _fill(ElementTree.SubElement(element, ITEMS[name]), ITEMS[name], row)
    elif content is not None:
        element.text = _FORBIDDEN.sub("", _word(content))


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
