"""The stream itself, spoken to as a server would: what comes when, what was missed, who is turned away, how it ends."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from terang.reporting.live import app as live
from terang.reporting.live import hub as hubs
from terang.reporting.live.app import LiveApplication
from terang.reporting.live.topics import RefusedError


class Journal:
    """Stands in for the database: sealed topics by position, and who may hear what."""

    def __init__(self, monkeypatch):
        self.entries: list[tuple[int, set[str]]] = []
        self.broken = False
        monkeypatch.setattr(hubs, "POLL_SECONDS", 0.01)
        monkeypatch.setattr(hubs, "head", lambda: len(self.entries))
        monkeypatch.setattr(hubs, "_topics_after", self.after)
        monkeypatch.setattr(hubs, "_topics_between", lambda start, end: set().union(*self.between(start, end)))
        monkeypatch.setattr(live, "admitted", self.admit)

    def seal(self, *topics: str) -> None:
        self.entries.append((len(self.entries) + 1, set(topics)))

    def between(self, start, end):
        return [topics for position, topics in self.entries if start < position <= end]

    def after(self, position):
        found = self.between(position, len(self.entries))
        return position + len(found), set().union(*found), False

    def admit(self, cookies, topics):
        if "andi" not in cookies:
            raise RefusedError(401, "Silakan masuk dahulu.")
        return frozenset(topics)


class Page:
    """One request: `lines` fills with what was sent."""

    def __init__(self, application, query="topics=employee:1", path="/events", method="GET", **headers):
        self.sent: list[dict] = []
        self._gone = asyncio.Event()
        named = {
            "cookie": "andi",
            "host": "terang.test",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        scope = {
            "type": "http", "path": path, "method": method, "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }  # fmt: skip
        self.task = asyncio.create_task(application(scope, self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self.sent.append(message)

    def leave(self):
        self._gone.set()

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def text(self):
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()

    @property
    def changes(self):
        """(id, topics) of each change event."""
        found = []
        for block in self.text.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if fields.get("event") == "change":
                found.append((int(fields["id"]), json.loads(fields["data"])["topics"]))
        return found

    async def until(self, condition, seconds=3):
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.005)


@asynccontextmanager
async def running():
    application = LiveApplication()
    await application.hub.start()
    await asyncio.sleep(0.03)
    try:
        yield application
    finally:
        await application.hub.stop()


@pytest.fixture
def journal(monkeypatch):
    return Journal(monkeypatch)


def play(scene):
    asyncio.run(scene())


def test_listener_is_told_of_its_topics_only(journal):
    async def scene():
        async with running() as application:
            page, other = Page(application, "topics=employee:1,unit:5"), Page(application, "topics=employee:2")
            await page.until(lambda: len(application.hub.listeners) == 2)
            journal.seal("employee:1", "unit:9")
            await page.until(lambda: page.changes)
            journal.seal("unit:5", "employee:2")
            await page.until(lambda: len(page.changes) == 2 and other.changes)
            assert page.changes == [(1, ["employee:1"]), (2, ["unit:5"])]
            assert other.changes == [(2, ["employee:2"])]
            assert page.headers["content-type"].startswith("text/event-stream")
            assert "retry: " in page.text

    play(scene)


def test_page_that_comes_back_is_told_once_what_it_missed(journal):
    async def scene():
        for topic in ("employee:1", "employee:1", "employee:2", "unit:5"):
            journal.seal(topic)
        async with running() as application:
            back = Page(application, "topics=employee:1,unit:5", last_event_id="1")
            by_address = Page(application, "topics=employee:1&last=2")
            fresh = Page(application, "topics=employee:1")
            await back.until(lambda: back.changes and len(application.hub.listeners) == 3)
            await asyncio.sleep(0.05)
            assert back.changes == [(4, ["employee:1", "unit:5"])]
            assert by_address.changes == []
            assert fresh.changes == []

    play(scene)


def test_page_that_missed_too_much_is_told_everything(journal, monkeypatch):
    monkeypatch.setattr(hubs, "CAUGHT_UP", 2)

    async def scene():
        for _ in range(4):
            journal.seal("employee:9")
        async with running() as application:
            page = Page(application, "topics=employee:1", last_event_id="1")
            await page.until(lambda: page.changes)
            assert page.changes == [(4, ["employee:1"])]

    play(scene)


@pytest.mark.parametrize("nonsense", ["abc", "-1", "9" * 30, "²"])
def test_nonsense_as_last_id_counts_as_new(journal, nonsense):
    async def scene():
        journal.seal("employee:1")
        async with running() as application:
            page = Page(application, last_event_id=nonsense.encode("utf-8").decode("latin-1"))
            await page.until(lambda: application.hub.listeners)
            assert page.status == 200
            assert page.changes == []

    play(scene)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"cookie": "nobody"}, 401),
        ({"path": "/elsewhere"}, 404),
        ({"method": "POST"}, 405),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_turned_away(journal, request_, status):
    async def scene():
        async with running() as application:
            page = Page(application, **request_)
            await page.task
            assert page.status == status
            assert "error" in json.loads(page.text)
            assert "access-control-allow-origin" not in page.headers

    play(scene)


def test_own_origins_may_listen_with_their_cookie(journal, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["http://127.0.0.1:8000"]

    async def scene():
        async with running() as application:
            for origin in ("http://127.0.0.1:8000", "http://terang.test"):
                page = Page(application, origin=origin)
                await page.until(lambda page=page: page.sent)
                assert page.headers["access-control-allow-origin"] == origin
                assert page.headers["access-control-allow-credentials"] == "true"

    play(scene)


def test_slow_page_keeps_a_set_and_no_queue(journal):
    from terang.reporting.live.hub import Listener

    async def scene():
        listener = Listener(frozenset({"employee:1"}), 0)
        for position in range(10_000):
            listener.offer({"employee:1", f"employee:{position}"}, position)
        assert listener.take() == ["employee:1"]
        assert listener.position == 9_999
        assert listener.take() == []

    play(scene)


def test_leaving_page_is_forgotten_and_stop_ends_all_streams_at_once(journal):
    async def scene():
        async with running() as application:
            pages = [Page(application) for _ in range(5)]
            await pages[0].until(lambda: len(application.hub.listeners) == 5)
            pages[0].leave()
            await pages[0].until(lambda: len(application.hub.listeners) == 4)
            application.hub.close()
            async with asyncio.timeout(1):
                await asyncio.gather(*(page.task for page in pages))
            late = Page(application)
            await late.task
            assert late.status == 503

    play(scene)


def test_quiet_stream_has_a_heartbeat_and_an_end(journal, monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.02)
    monkeypatch.setattr(live, "LONGEST_SECONDS", 0.2)

    async def scene():
        async with running() as application:
            page = Page(application)
            async with asyncio.timeout(2):
                await page.task
            assert page.text.count(":\n\n") >= 3
            assert page.sent[-1]["more_body"] is False

    play(scene)


def test_trouble_with_the_database_passes(journal, monkeypatch):
    from django.db import OperationalError

    calls = []
    after = journal.after

    def sometimes(position):
        calls.append(position)
        if len(calls) == 2:
            raise OperationalError("gone")
        return after(position)

    real_sleep = asyncio.sleep
    monkeypatch.setattr(hubs, "_topics_after", sometimes)
    monkeypatch.setattr(hubs.asyncio, "sleep", lambda seconds: real_sleep(min(seconds, 0.02)))

    async def scene():
        async with running() as application:
            page = Page(application)
            await page.until(lambda: len(calls) > 3 and application.hub.listeners)
            journal.seal("employee:1")
            await page.until(lambda: page.changes)

    play(scene)
