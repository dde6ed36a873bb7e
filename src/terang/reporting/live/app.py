"""The ASGI application that open pages listen to: `GET /events?topics=employee:12,unit:5`. No Django handler.


An answer is a stream of `change` events with `{"topics": […]}`; their `id` is the position in the journal, from which a
page that comes back (`Last-Event-ID`, or `last` in the address) is told what it missed. What changed is never sent: the
page asks for its part again, with its own access checks.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from terang.reporting.live.hub import Hub, Listener
from terang.reporting.live.topics import RefusedError, admitted

HEARTBEAT_SECONDS = 15
LONGEST_SECONDS = 900
"""A stream ends after this long: the page comes back at once and its session and access are looked at again."""

MOST_LISTENERS = 5_000
PATHS = ("/events", "/live/events")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class LiveApplication:
    def __init__(self) -> None:
        self.hub = Hub()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.hub.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            if scope["path"] in ("/health", "/live/health"):
                await _say(send, 200, {"listeners": len(self.hub.listeners), "position": self.hub.position})
                return
            _check(scope, headers)
            if self.hub.closing or len(self.hub.listeners) >= MOST_LISTENERS:
                raise RefusedError(503, "Terlalu banyak halaman yang mendengarkan. Halaman ini akan mencoba lagi.")
            query = parse_qs(scope["query_string"].decode("latin-1"))
            asked = ",".join(query.get("topics", [])).replace(",", " ").split()
            topics = await self.hub.ask(admitted, headers.get("cookie", ""), asked)
            await self._stream(topics, _last_seen(headers, query), headers, receive, send)
        except RefusedError as refusal:
            await _say(send, refusal.status, {"error": refusal.reason}, headers)

    async def _stream(
        self, topics: frozenset[str], last: int | None, headers: dict[str, str], receive: Receive, send: Send
    ) -> None:
        listener = Listener(topics, self.hub.position)
        self.hub.listeners.add(listener)
        gone = asyncio.create_task(_until_gone(receive, listener))
        try:
            kind = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
            await send({"type": "http.response.start", "status": 200, "headers": [*kind, *_common(headers)]})
            await send(_chunk(f"retry: {random.randint(1000, 3000)}\nid: {listener.position}\n\n"))  # noqa: S311
            if last is not None and last < listener.position:
                listener.offer(await self.hub.missed(last, topics), listener.position)
            await self._tell(listener, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.hub.listeners.discard(listener)
            gone.cancel()

    async def _tell(self, listener: Listener, send: Send) -> None:
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + LONGEST_SECONDS
        while not listener.closing and loop.time() < ends_at:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await listener.wake.wait()
            except TimeoutError:
                await send(_chunk(":\n\n"))
                continue
            if changed := listener.take():
                body = json.dumps({"topics": changed})
                await send(_chunk(f"event: change\nid: {listener.position}\ndata: {body}\n\n"))


def _check(scope: Scope, headers: dict[str, str]) -> None:
    """Raises RefusedError for another address, another method, or a page of another site."""
    if scope["path"] not in PATHS:
        raise RefusedError(404, "Tidak ada apa-apa di alamat ini.")
    if scope["method"] != "GET":
        raise RefusedError(405, "Hanya GET.")
    origin = headers.get("origin", "")
    if origin and not _is_ours(origin, headers):
        raise RefusedError(403, "Halaman dari situs lain tidak boleh mendengarkan.")


def _is_ours(origin: str, headers: dict[str, str]) -> bool:
    """Whether a page comes from this very address or from one of the origins in the settings."""
    same = headers.get("host", "") == origin.partition("://")[2]
    return same or origin in settings.CSRF_TRUSTED_ORIGINS


def _last_seen(headers: dict[str, str], query: dict[str, list[str]]) -> int | None:
    """The position the page was last told of; None where it opens anew or says nonsense."""
    text = headers.get("last-event-id") or query.get("last", [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()


def _chunk(text: str) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}


def _common(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers of every answer; pages of our own origins may read it with their cookie."""
    common = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"), (b"vary", b"Origin, Cookie")]
    origin = headers.get("origin", "")
    if origin and _is_ours(origin, headers):
        common += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
        ]
    return common


async def _say(send: Send, status: int, answer: dict[str, Any], headers: dict[str, str] | None = None) -> None:
    kind = (b"content-type", b"application/json; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *_common(headers or {})]})
    await send({"type": "http.response.body", "body": json.dumps(answer, ensure_ascii=False).encode()})
