"""Results and evidence as bytes that never change, and their digests."""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from terang.engine import Component, Total
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.services.computing import Evidence, Scored
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE

NUMBERS = {"employee_id", "unit_id", "record_id"}
"""Columns that number rows of this database."""
LEVEL = 6
"""Of compression: more takes longer and saves little."""


def pack(evidence: Evidence) -> bytes:
    """The rows and guards as compressed JSON; the same evidence gives the same bytes."""
    told = {"day": evidence.day.isoformat(), "rows": evidence.rows, "guards": evidence.signalled}
    return zlib.compress(_json(told).encode(), LEVEL)


def unpack(body: bytes, period: Period, version: PolicyVersion) -> Evidence:
    """What `pack` kept, as the rules take it."""
    told = json.loads(zlib.decompress(body))
    rows = {name: [tuple(row) for row in table] for name, table in told["rows"].items()}
    guards = {int(pk): pairs for pk, pairs in told["guards"].items()}
    return Evidence(period, version, period.starts_on.fromisoformat(told["day"]), rows, guards)


def evidence_digests(evidence: Evidence) -> dict[int, str]:
    """SHA-256 of what each person's result is made of, by employee: the policy, the own rows, those of the unit, and
    the guards. In any order, and without numbers of rows, so that another database comes to the same."""
    lines: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name, table in evidence.rows.items():
        names = EVIDENCE_TABLES[name].names
        own = [place for place, column in enumerate(names) if column not in NUMBERS]
        for row in table if name != PEOPLE.name else ():
            lines[names[0], row[0]].append(f"{name}{[row[place] for place in own if place < len(row)]}")
    head = f"{evidence.version.digest}\n{sorted(evidence.rows)}"
    return {
        person[0]: sha256(
            "\n".join(
                [
                    head,
                    str(list(person[2:])),
                    *sorted(lines.get(("employee_id", person[0]), ())),
                    *sorted(lines.get(("unit_id", person[1]), ())),
                    _json(evidence.signalled.get(person[0], {})),
                ]
            ).encode()
        )
        for person in evidence.rows[PEOPLE.name]
    }


def results(scored: Scored) -> dict[int, dict[str, Any]]:
    """Each person's total and components as plain data, by employee."""
    parts: dict[int, list[Component]] = {}
    for part in scored.rows.components:
        parts.setdefault(part.employee_id, []).append(part)
    return {total.employee_id: _result(total, parts.get(total.employee_id, [])) for total in scored.totals}


def _result(total: Total, parts: Iterable[Component]) -> dict[str, Any]:
    """Without the numbers of rows of this database, so that another one comes to the same."""
    lines = sorted((_plain(asdict(part)) for part in parts), key=lambda part: (part["aspect"], part["measure"]))
    return {"total": _plain(asdict(total)), "parts": lines}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"employee_id", "unit_id"}}


def result_digest(nip: str, input_digest: str, ruleset: str, result: Mapping[str, Any]) -> str:
    """SHA-256 over who, from what evidence, under which rules, and what it came to."""
    return hashlib.sha256(_json([nip, input_digest, ruleset, result]).encode()).hexdigest()


def run_digest(digests: Mapping[str, str]) -> str:
    """SHA-256 over everybody's digest, one line "NIP digest" each in the order of the NIP: `sha256sum` repeats it."""
    lines = "".join(f"{nip} {digest}\n" for nip, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
