"""Kota Terang with a policy in force, two people of the personnel agency, and the editor driven as people do."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, SINCE, Cast, make_cast
from tests.policy import policy_of

from terang.evaluation.drafts import services
from terang.evaluation.drafts.editor import Editor
from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.drafts.steps import step_at
from terang.evaluation.models import PolicyVersion
from terang.evaluation.services import publish_policy
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Document, read_toml

POLICY = policy_of(
    "layanan",
    """
[[aspects]]
code = "disiplin"
label = "Disiplin"
label_en = "Discipline"
weight_bp = 4000
measures = [
  { code = "attendance_rate", share_bp = 6000, guards = ["service_timeliness"] },
  { code = "punctuality", share_bp = 4000 },
]

[[aspects]]
code = "layanan"
label = "Layanan"
label_en = "Service"
weight_bp = 6000
measures = [{ code = "service_timeliness", share_bp = 10000, guards = ["reopened_cases"] }]
""",
)
DECEMBER = date(2026, 12, 1)


class Office:
    """The cast, the version in force, and drafts of Maya's. Rina of the personnel agency and the mayor may approve."""

    def __init__(self, cast: Cast, version: PolicyVersion) -> None:
        self.cast, self.version, self.number = cast, version, 0

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name)

    def begin(self, document: Document, base: PolicyVersion | None = None) -> PolicyDraft:
        self.number += 1
        key = UUID(int=self.number)
        return services.begin_draft(actor=self.viewer("maya"), form_key=key, document=document, base=base)

    def sound(self, **changes: Any) -> PolicyDraft:
        """A draft with nothing wrong, from the first of December."""
        return self.begin(read_toml(self.version.text) | {"valid_from": DECEMBER} | changes, self.version)

    def submitted(self, **changes: Any) -> PolicyDraft:
        draft = self.sound(**changes)
        return services.submit_draft(actor=self.viewer("maya"), draft=draft, seen=draft.version)


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cast = make_cast()
    RoleGrant.objects.create(employee=cast.rina, role=Role.PERSONNEL, starts_on=SINCE, document="SK 2/2020")
    return Office(cast, publish_policy(agency=cast.agency, text=POLICY))


def typed(document: Document, slug: str) -> dict[str, Any]:
    """What a browser sends when a step is saved as it was drawn."""
    step = step_at(document, slug)
    assert step is not None
    data: dict[str, Any] = {}
    for section in Editor(document, step, ["guru", "perawat"]).sections:
        if section.rows is not None:
            counts = section.rows.management_form
            data |= {counts.add_prefix(name): counts[name].value() for name in counts.fields}
        for form in section.forms():
            drawn = {form.add_prefix(name): form[name].value() for name in form.names()}
            data |= {name: value for name, value in drawn.items() if value not in (None, "")}
    return data


@pytest.fixture
def write(client: Client) -> Callable[..., Any]:
    """`write(draft, slug, {…})`: a step saved in the browser with some fields typed over."""

    def save(draft: PolicyDraft, slug: str, over: dict[str, Any] | None = None) -> Any:
        draft.refresh_from_db()
        client.force_login(draft.author.user)
        data = typed(read_toml(draft.text), slug) | {"version": draft.version} | (over or {})
        return client.post(reverse("policy_drafts:step", args=[draft.pk, slug]), data)

    return save
