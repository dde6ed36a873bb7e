"""Every address with every role, exactly as `access.toml` says (design §6).

Beside who gets in, three things hold on every page, a refusal's too: nothing of another government is on it, nothing of
Siti's work where the role may not see her performance, and no server error.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse
from tests.scene import ABROAD, ROLES, SECRET, Scene, make_scene

from terang.accounts.models import User

MATRIX = tomllib.loads(Path(__file__).with_name("access.toml").read_text("utf-8"))
GROUPS: Mapping[str, Sequence[str]] = MATRIX.pop("groups")
EVERY_ROLE = ("publik", *ROLES, "tanpa_pegawai")
pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOBODY = 987_654_321
"""A number nothing has."""


def members(names: Sequence[str]) -> frozenset[str]:
    """Roles, with groups opened."""
    return frozenset(
        role for name in names for role in (members(GROUPS[name]) if name in GROUPS else frozenset({_known(name)}))
    )


def _known(role: str) -> str:
    assert role in EVERY_ROLE, f"access.toml: unknown role {role!r}"
    return role


@dataclass(frozen=True)
class Case:
    """One entry of the matrix."""

    title: str
    open: frozenset[str]
    goes: Mapping[str, str]
    args: Sequence[str] = ()
    method: str = "GET"
    query: str = ""
    body: Mapping[str, str] | None = None
    answer: int = 200
    debug: bool = False
    published: bool = False

    @property
    def name(self) -> str:
        return self.title.partition(" ")[0]

    def url(self, scene: Scene) -> str:
        values = [scene.arguments[name] for name in self.args]
        address = reverse(self.name, args=values)
        return f"{address}?{self.query.format(**scene.arguments)}" if self.query else address


def case(title: str, entry: dict[str, Any]) -> Case:
    goes = {role: name for key, name in entry.pop("goes", {}).items() for role in members([key])}
    return Case(title, members(entry.pop("open")), goes, **entry)


CASES = [case(title, entry) for title, entry in MATRIX.items()]
SEES_SITI = members(["melihat"])


def addresses(resolver: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address the root resolver leads to, with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern
        else:
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


MOUNTED = dict(addresses())


@dataclass
class Visitors:
    """The scene and one browser (to make one is slow) that puts on the cookies of each role.

    All of it lives in a transaction that is given up at the end.
    """

    scene: Scene
    browser: Client
    cookies: dict[str, dict[str, str]]
    untouched: dict[str, list[str]]

    def ask(
        self, role: str, method: str, url: str, body: Mapping[str, str] | None = None, *, watch: bool = False
    ) -> Any:
        """The answer to one request, with its `page` and, where watched, the tables it `changed`. Nothing stays."""
        browser = self.browser
        browser.cookies = SimpleCookie(self.cookies[role])
        told = {name: value.format(**self.scene.arguments) for name, value in (body or {}).items()}
        with transaction.atomic():
            answer: Any = browser.post(url, told) if method == "POST" else browser.get(url)
            answer.page = _page(answer)
            now = content() if watch else self.untouched
            answer.changed = sorted(table for table in now if now[table] != self.untouched[table])
            transaction.set_rollback(True)
        return answer


def _page(answer: Any) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{raw.decode('utf-8', 'replace')}\n{answer.headers.get('Content-Disposition', '')}"


def content() -> dict[str, list[str]]:
    """The rows of every table as text; sessions come and go by themselves."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - {Session._meta.db_table}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (our own tables)
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


ONE_RUN_SECONDS = 24 * 60 * 60
"""Who has just proved who they are stays so for the whole run, however slow the machine."""


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Visitors]:
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
    }
    stored = override_settings(
        STORAGES={**settings.STORAGES, "default": folder}, ACCOUNT_REAUTHENTICATION_TIMEOUT=ONE_RUN_SECONDS
    )
    with stored, django_db_blocker.unblock(), transaction.atomic():
        scene = make_scene()
        cookies = {role: signed_in(account) for role, account in scene.accounts.items()}
        yield Visitors(scene, Client(raise_request_exception=False), cookies, content())
        transaction.set_rollback(True)


def signed_in(account: User | None) -> dict[str, str]:
    """The cookies of a browser in which somebody has just proved who they are."""
    browser = Client()
    if account is not None:
        browser.force_login(account, backend=BACKEND)
        request = HttpRequest()
        request.session = browser.session
        record_authentication(request, account, method="password", reauthenticated=True)
        request.session.save()
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def test_the_matrix_names_every_address_and_no_other() -> None:
    written = {each.name for each in CASES}
    assert not sorted(MOUNTED.keys() - written), "addresses missing in tests/access.toml"
    gone = {each.name for each in CASES if not each.debug} - MOUNTED.keys()
    assert not sorted(gone), "tests/access.toml names addresses that do not exist"


@pytest.mark.parametrize("case", CASES, ids=[each.title for each in CASES])
def test_address(case: Case, visitors: Visitors) -> None:
    if case.debug and case.name not in MOUNTED:
        return
    url = case.url(visitors.scene)
    problems = []
    for method in case.method.split():
        for role in EVERY_ROLE:
            answer = visitors.ask(role, method, url, case.body, watch=method == "POST" and role not in case.open)
            said = [*verdict(case, role, method, answer), *leaks(case, role, answer, visitors.scene)]
            problems += [f"{method} {url} as {role}: {each}" for each in said]
    assert not problems, "\n".join(problems)


def verdict(case: Case, role: str, method: str, answer: Any) -> Iterator[str]:
    """What is wrong with who got in."""
    status = answer.status_code
    if status >= 500:
        yield f"server error {getattr(answer, 'exc_info', '')}"
    elif role not in case.open:
        if not (status in {401, 403, 404} or (role == "publik" and target(answer) == "account_login")):
            yield f"should be refused, got {status} {target(answer)}"
        if answer.changed:
            yield f"refused, yet it wrote to {answer.changed}"
    elif status in {403, 404}:
        yield f"should be let in, got {status}"
    elif method == "GET":
        wanted = (302, case.goes[role]) if case.goes.get(role) else (case.answer, "")
        if (status, target(answer)) != wanted:
            yield f"should get {wanted}, got {status} {target(answer)}"


def target(answer: Any) -> str:
    """The name of the address a redirect leads to; empty for any other answer."""
    if answer.status_code != 302:
        return ""
    try:
        return resolve(answer.headers["Location"].partition("?")[0]).view_name
    except Resolver404:
        return answer.headers["Location"]


def leaks(case: Case, role: str, answer: Any, scene: Scene) -> Iterator[str]:
    """What stands on the page that this role may never read, whether it was let in or not."""
    if role not in SEES_SITI and SECRET in answer.page:
        yield "shows Siti's work"
    if "publik" in case.open or case.published:
        return
    if role != "asing" and ABROAD in answer.page:
        yield "shows another government"
    ours = {person.name for name, person in scene.cast.people.items() if name != "zainal"}
    ours |= {scene.cast.agency.name, *(unit.name for key, unit in scene.cast.units.items() if key != "root")}
    if role in {"asing", "tanpa_pegawai"} and (seen := sorted(name for name in ours if name in answer.page)):
        yield f"shows another government: {seen}"


NUMBERED = sorted(name for name, pattern in MOUNTED.items() if "<int:" in str(pattern.pattern))


@pytest.mark.parametrize("name", NUMBERED)
def test_a_number_that_does_not_exist_is_not_found(name: str, visitors: Visitors) -> None:
    """Never a server error, not even for the mightiest; and nothing is written."""
    one = next(each for each in CASES if each.name == name)
    values = [v if isinstance(v, str) else NOBODY for v in (visitors.scene.arguments[arg] for arg in one.args)]
    for method in one.method.split():
        for role in ("kepegawaian", "publik"):
            answer = visitors.ask(role, method, reverse(name, args=values), watch=method == "POST")
            assert answer.status_code < 500, (name, method, role, getattr(answer, "exc_info", ""))
            refused = {401, 404} if name.startswith("api:") else {404}
            assert answer.status_code in refused or role == "publik" or name in HARMLESS
            assert not answer.changed


HARMLESS = {"audit:history", "styleguide_state"}
"""Addresses that answer any number: with an empty list, or a sample page."""


def test_what_must_not_leak_is_there_to_be_seen(visitors: Visitors) -> None:
    """The marks that `leaks` looks for do stand on the pages, where they may."""
    arguments = visitors.scene.arguments
    for title in (
        "work:entry",
        "work:plan milik Siti",
        "citizens:request",
        "oversight:inspection",
        "evaluation:measure",
    ):
        one = next(each for each in CASES if each.title == title)
        assert SECRET in visitors.ask("penilai", "GET", one.url(visitors.scene)).page, title
    assert SECRET in visitors.ask("auditor", "GET", f"{reverse('audit:journal')}?peristiwa=work.entry_submitted").page
    assert SECRET in visitors.ask("penilai", "GET", reverse("boards:team")).page
    assert SECRET in visitors.ask("kepegawaian", "GET", reverse("interchange:preview", args=[arguments["import"]])).page
    assert ABROAD in visitors.ask("asing", "GET", reverse("people:tree")).page


def test_a_write_would_be_noticed_and_does_not_stay(visitors: Visitors) -> None:
    one = next(each for each in CASES if each.title == "work:accept terisi")
    for _ in range(2):
        answer = visitors.ask("penilai", "POST", one.url(visitors.scene), one.body, watch=True)
        assert {"work_entry", "audit_journalentry"} <= set(answer.changed)
    assert content() == visitors.untouched
