"""The small process beside the web: SSE and WebSocket (docs.joinmastodon.org/methods/streaming).

It speaks ASGI through starlette, and loads the rest of the program when the first app comes: until then it is small.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import django
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from speak.kernel.errors import Refusal

if TYPE_CHECKING:
    from speak.clients.streaming.hub import Hub, Line

SECONDS_BETWEEN_BEATS = 15.0
# RFC 6455, 7.4.1 and the registry of IANA: come again later.
TRY_AGAIN = 1013
LATER = 503


class Streaming:
    """Everybody who listens in this process, and the loop that tells them."""

    def __init__(self) -> None:
        """Nobody came yet."""
        self.loading = asyncio.Lock()
        self.hub: Hub | None = None
        self.telling: asyncio.Task[None] | None = None

    async def begun(self) -> "Hub":
        """The hub, begun when the first app comes."""
        async with self.loading:
            if self.hub is None:
                await asyncio.to_thread(django.setup)
                module = await asyncio.to_thread(import_module, "speak.clients.streaming.hub")
                self.hub = module.Hub()
                self.telling = asyncio.create_task(self.hub.run())
        return self.hub

    async def end(self) -> None:
        """Tell nobody any more."""
        if self.telling:
            self.telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.telling


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """From the start of the process to its end."""
    app.state.streaming = Streaming()
    yield
    await app.state.streaming.end()


async def health(_request: Request) -> Response:
    """Whether it is there."""
    return PlainTextResponse("OK")


async def events(request: Request) -> Response:
    """One stream as server-sent events; its name is in the path, as `user/notification`."""
    hub = await request.app.state.streaming.begun()
    name = request.path_params["name"].strip("/").replace("/", ":")
    if request.query_params.get("only_media") == "true" and name.startswith("public"):
        name = f"{name}:media"
    try:
        line = await hub.admit(token_of(request))
    except (Refusal, TimeoutError) as refusal:
        return refused(hub, refusal)
    try:
        hub.join(line, await hub.channel(line, **named({**request.query_params, "stream": name})))
    except Refusal as refusal:
        hub.leave(line)
        return refused(hub, refusal)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told(hub, line), media_type="text/event-stream", headers=headers)


async def told(hub: "Hub", line: "Line") -> AsyncIterator[str]:
    """What waits for one app, as it comes; a beat in between keeps the line open."""
    try:
        yield ":)\n"
        while True:
            try:
                event = await asyncio.wait_for(line.waiting.get(), SECONDS_BETWEEN_BEATS)
            except TimeoutError:
                yield ":thump\n"
                continue
            if event is None:
                return
            yield f"event: {event.event}\ndata: {event.payload or 'undefined'}\n\n"
    finally:
        hub.leave(line)


async def socket(websocket: WebSocket) -> None:
    """Several streams over one WebSocket; the app says which."""
    hub = await websocket.app.state.streaming.begun()
    try:
        line = await hub.admit(token_of(websocket))
    except (Refusal, TimeoutError):
        await websocket.close()  # before it was taken up: the answer is 403
        return
    protocols = websocket.scope.get("subprotocols") or [None]
    await websocket.accept(subprotocol=protocols[0])
    sending = asyncio.create_task(send(websocket, line))
    try:
        wish = {**websocket.query_params, "type": "subscribe"} if websocket.query_params.get("stream") else {}
        while True:
            if said := await changed(hub, line, wish):
                await websocket.send_text(said)
            wish = read(await websocket.receive_text())
    except WebSocketDisconnect:
        pass
    finally:
        hub.leave(line)
        sending.cancel()


async def send(websocket: WebSocket, line: "Line") -> None:
    """What waits for one app, as it comes."""
    with contextlib.suppress(WebSocketDisconnect):
        while (event := await line.waiting.get()) is not None:
            message: dict[str, Any] = {"stream": event.stream, "event": event.event}
            if event.payload is not None:
                message["payload"] = event.payload
            await websocket.send_text(json.dumps(message))
        await websocket.close(TRY_AGAIN)


async def changed(hub: "Hub", line: "Line", wish: dict[str, Any]) -> str:
    """Let an app listen to one more stream, or to one less; what it is told of that, if anything."""
    try:
        if wish.get("type") == "subscribe":
            hub.join(line, await hub.channel(line, **named(wish)))
        elif wish.get("type") == "unsubscribe":
            line.channels.discard(await hub.channel(line, **named(wish)))
    except Refusal as refusal:
        return json.dumps({"error": refusal.sentence, "status": hub.status_of(refusal)})
    return ""


def named(wish: dict[str, Any]) -> dict[str, str]:
    """Which stream an app means."""
    return {
        "name": str(wish.get("stream", "")),
        "list_id": str(wish.get("list", "")),
        "tag": str(wish.get("tag", "")),
    }


def read(text: str) -> dict[str, Any]:
    """What an app says; what is no object of JSON says nothing."""
    try:
        wish = json.loads(text)
    except ValueError:
        return {}
    return wish if isinstance(wish, dict) else {}


def token_of(connection: HTTPConnection) -> str:
    """The token that an app shows: browsers can't set headers of a WebSocket, so there are three places."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    protocols = connection.headers.get("sec-websocket-protocol", "").split(",")
    return protocols[0].strip() or connection.query_params.get("access_token", "")


def refused(hub: "Hub", refusal: Refusal | TimeoutError) -> Response:
    """Why not, as Mastodon says it."""
    if isinstance(refusal, TimeoutError):
        return JSONResponse({"error": "The database is not heard at present"}, status_code=LATER)
    return JSONResponse({"error": refusal.sentence}, status_code=hub.status_of(refusal))


app = Starlette(
    routes=[
        Route("/api/v1/streaming/health", health),
        Route("/api/v1/streaming/{name:path}", events),
        WebSocketRoute("/api/v1/streaming", socket),
        WebSocketRoute("/api/v1/streaming/", socket),
    ],
    middleware=[Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"], allow_headers=["*"])],
    lifespan=lifespan,
)
