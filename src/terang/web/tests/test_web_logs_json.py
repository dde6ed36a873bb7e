"""Lines for machines name nobody: a marker person goes through all that is logged, and is not found."""

import ast
import json
import logging
from pathlib import Path

import pytest
from django.test import Client

import terang
from terang.web.logs import JsonLines, MaskSecrets

NAME, NIP, QUERY = "Marwah Penanda", "198702152011012077", "surat rahasia"


@pytest.fixture
def lines():
    """The lines that the root logger would write."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Kept()
    handler.setFormatter(JsonLines())
    handler.addFilter(MaskSecrets())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def free_of_the_person(lines: list[str]) -> bool:
    text = "\n".join(lines)
    assert lines
    return not any(part in text for part in (*NAME.split(), NIP, *QUERY.split()))


def test_a_line_is_one_json_object(lines):
    logging.getLogger("terang.uji").info("Sebanyak %s entri di %s", 12, "/kegiatan/7/")
    line = json.loads(lines[-1])
    assert line["message"] == "Sebanyak 12 entri di /kegiatan/7/"
    assert line["level"] == "INFO"
    assert line["logger"] == "terang.uji"


@pytest.mark.parametrize(
    "value", [NAME, NIP, int(NIP), f"/pegawai/{NIP}/", f"/{NAME}/", {"nama": NAME}, "marwah.penanda@x.id"]
)
def test_what_was_put_into_a_message_names_nobody(lines, value):
    logging.getLogger("terang.uji").warning("Gagal bagi %s", value)
    logging.getLogger("terang.uji").warning("Gagal bagi %(siapa)s", {"siapa": value})
    assert free_of_the_person(lines)
    assert "marwah" not in "".join(lines)


def test_a_fault_tells_where_and_not_what(lines):
    try:
        raise ValueError(f"Key (nip)=({NIP}) of {NAME} already exists")
    except ValueError:
        logging.getLogger("terang.uji").exception("Pekerjaan gagal")
    line = json.loads(lines[-1])
    assert line["fault"] == "ValueError"
    assert "test_a_fault_tells_where_and_not_what" in line["where"][0]
    assert free_of_the_person(lines)


@pytest.mark.django_db
def test_requests_with_a_person_in_them_leave_no_trace(lines):
    client = Client(raise_request_exception=False)
    client.get(f"/tidak-ada/{NIP}/", {"q": QUERY})
    client.get(f"/publik/{NAME}/", {"nama": NAME})
    client.get("/kegiatan/", {"q": QUERY, "pegawai": NIP})
    client.post("/bahasa/", {"language": NAME})
    assert any(json.loads(line)["logger"] == "django.request" for line in lines)
    assert free_of_the_person(lines)


def test_a_path_keeps_the_words_of_our_addresses(lines):
    logging.getLogger("django.request").warning("Not Found: %s", "/kegiatan/12/ubah-apa?q=x")
    assert json.loads(lines[-1])["message"] == "Not Found: /kegiatan/12/…"


def test_no_message_of_ours_is_put_together_before_it_is_logged():
    """Only then the formatter can tell fixed words from what was put into them."""
    found = []
    for path in Path(terang.__file__).parent.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            logs = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            named = logs and isinstance(node.func.value, ast.Name) and node.func.value.id in ("logger", "log")
            if named and node.args and not isinstance(node.args[0], ast.Constant):
                found.append(f"{path}:{node.lineno}")
    assert not found
