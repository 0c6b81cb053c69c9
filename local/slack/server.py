"""The HTTP server: hands each address to what answers it. Only this machine may ask."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from local.slack.answers import respond
from local.slack.calls import arguments
from local.slack.faults import SlackError
from local.slack.live import next_lines, subscription

if TYPE_CHECKING:
    from local.slack.control import Control
    from local.slack.grants import Grants
    from local.slack.oauth import OAuth
    from local.slack.people import People
    from local.slack.webapi import WebApi
    from local.slack.world import File, World

PAGE: Final = Path(__file__).parent / "page"
_MAX_BODY: Final = 128 * 1024 * 1024
_OURS: Final = frozenset({"127.0.0.1", "localhost"})
_POLICY: Final = "default-src 'self'; img-src * data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Rooms:
    """What answers: the Web API, the page, the tests' control."""

    world: World
    grants: Grants
    api: WebApi
    people: People
    control: Control
    oauth: OAuth


class Handler(BaseHTTPRequestHandler):
    """One request."""

    rooms: ClassVar[Rooms]
    protocol_version = "HTTP/1.1"
    server_version = "Rollcall"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Say nothing; the workspace keeps a log of its own."""

    def do_GET(self) -> None:
        """Answer a GET."""
        url = urlsplit(self.path)
        args = dict(parse_qsl(url.query))
        if not self._from_here():
            self._json(403, {"ok": False, "error": "not_from_here"})
        elif url.path.startswith("/api/"):
            self._api(url.path, b"", url.query)
        elif url.path == "/oauth/v2/authorize":
            self._html(*self.rooms.oauth.page(args))
        elif url.path == "/ui/events":
            self._events()
        elif url.path.startswith(("/ui/files/", "/files-pri/", "/files/")):
            self._file(url.path)
        elif url.path == "/ui/directory":
            self._json(200, self.rooms.people.directory())
        elif url.path == "/ui/state":
            self._try(lambda: self.rooms.people.state(args))
        elif url.path.startswith("/_control/"):
            self._try(lambda: self.rooms.control.look(url.path.removeprefix("/_control/"), args))
        else:
            self._static(url.path)

    def do_POST(self) -> None:
        """Answer a POST."""
        url = urlsplit(self.path)
        body = self._body()
        if not self._from_here():
            self._json(403, {"ok": False, "error": "not_from_here"})
        elif url.path.startswith("/api/"):
            self._api(url.path, body, url.query)
        elif url.path.startswith(("/commands/", "/actions/", "/app/")):
            self._response_url(url.path, body)
        elif url.path == "/oauth/v2/authorize":
            self._authorized(dict(parse_qsl(body.decode("utf-8", "replace"))))
        elif url.path.startswith("/upload/v1/"):
            self._upload(url.path.removeprefix("/upload/v1/"), body)
        elif url.path.startswith(("/ui/", "/_control/")):
            self._asked(url.path, body)
        else:
            self._json(404, {"ok": False, "error": "not_found"})

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _MAX_BODY:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _from_here(self) -> bool:
        """Refuse other sites' pages and names that were bent to point here."""
        host = urlsplit(f"//{self.headers.get('Host', '')}")
        origin = self.headers.get("Origin")
        return host.hostname in _OURS and (origin is None or urlsplit(origin).netloc == host.netloc)

    def _asked(self, path: str, body: bytes) -> None:
        if self.headers.get_content_type() != "application/json":
            self._json(415, {"ok": False, "error": "unsupported_media_type"})
            return
        _, room, what = path.split("/", 2)

        def act() -> dict[str, Any]:
            try:
                args = json.loads(body or b"{}")
                return (self.rooms.people.act if room == "ui" else self.rooms.control.change)(what, args)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise SlackError("invalid_arguments", (repr(error),)) from error

        self._try(act)

    def _try(self, act: Any) -> None:  # noqa: ANN401 - a function without arguments that answers an object
        try:
            self._json(200, {"ok": True, **act()})
        except SlackError as error:
            self._json(400, {"ok": False, "error": error.code, "messages": list(error.messages)})

    def _api(self, path: str, body: bytes, query: str) -> None:
        content_type = self.headers.get("Content-Type", "")
        name = path.removeprefix("/api/").strip("/")
        reply = self.rooms.api.call(name, self.headers.get("Authorization", ""), body, content_type, query)
        self._json(reply.status, reply.body, reply.headers)

    def _response_url(self, path: str, body: bytes) -> None:
        try:
            sent = arguments(body, self.headers.get("Content-Type", ""))
            if "payload" in sent:
                sent = json.loads(sent["payload"])
            with self.rooms.world.lock:
                respond(self.rooms.world, self.rooms.grants.use_response(path.rpartition("/")[2]), sent)
            self._json(200, {"ok": True})
        except SlackError as error:
            self.rooms.world.note(
                kind="refused", what="response_url", outcome=error.code, messages=list(error.messages)
            )
            self._json(404 if error.code.endswith("_url") else 400, {"ok": False, "error": error.code})

    def _upload(self, file_id: str, body: bytes) -> None:
        with self.rooms.world.lock:
            file = self.rooms.world.files.get(file_id)
            if file is None or file.content is not None:
                self._json(404, {"ok": False, "error": "not_found"})
                return
            file.content = _of_form(body, self.headers.get("Content-Type", ""))
        self._send(200, f"OK - {len(body)}".encode(), "text/plain; charset=utf-8")

    def _file(self, path: str) -> None:
        """Send a file: to the page freely, at Slack's address only for the token of its team."""
        file = self._named(path)
        if path.startswith("/files-pri/"):
            token = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
            team = self.rooms.world.teams.get(file.team) if file else None
            if team is None or token != team.token or not team.installed:
                # Slack answers with its sign-in page and status 200: a bot that does not look stores HTML.
                self._send(200, b"<!DOCTYPE html><html><title>Sign in</title></html>", "text/html; charset=utf-8")
                return
        if file is None or file.content is None:
            self._json(404, {"ok": False, "error": "file_not_found"})
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        safe = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "Content-Security-Policy": "sandbox",
        }
        self._send(200, file.content, kind, safe)

    def _named(self, path: str) -> File | None:
        for part in unquote(path).split("/"):
            file = self.rooms.world.files.get(part.rpartition("-")[2])
            if file is not None:
                return file
        return None

    def _html(self, status: int, page: str) -> None:
        # The form's answer leads to the bot, on another port.
        policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' http://127.0.0.1:*"
        self._send(status, page.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": policy})

    def _authorized(self, sent: dict[str, str]) -> None:
        """Send the browser back to the app with a person's answer."""
        try:
            self._send(302, b"", "text/html; charset=utf-8", {"Location": self.rooms.oauth.decide(sent)})
        except SlackError as error:
            self._json(400, {"ok": False, "error": error.code})

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        with subscription(self.rooms.world) as changes:
            lines = "retry: 1000\n\n"
            try:
                while not getattr(self.server, "closing", False):
                    self.wfile.write(lines.encode())
                    self.wfile.flush()
                    lines = next_lines(changes)
            except OSError:
                return

    def _static(self, path: str) -> None:
        name = "index.html" if path == "/" else path.removeprefix("/page/")
        file = PAGE / name
        if "/" in name or not file.is_file():
            self._json(404, {"ok": False, "error": "not_found"})
            return
        kind = mimetypes.guess_type(name)[0] or "text/plain"
        self._send(200, file.read_bytes(), f"{kind}; charset=utf-8", {"Content-Security-Policy": _POLICY})

    def _json(self, status: int, value: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(value).encode(), "application/json; charset=utf-8", headers)

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _of_form(body: bytes, content_type: str) -> bytes:
    """Return the bytes of the file: the whole body, or its first file where it is a multipart form."""
    if not content_type.startswith("multipart/form-data"):
        return body
    boundary = b"--" + content_type.partition("boundary=")[2].strip('"').encode()
    head, _, rest = body.partition(b"\r\n\r\n")
    return rest.partition(b"\r\n" + boundary)[0] if head else body


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1; every request has a thread of its own."""

    daemon_threads = True
    closing = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away."""


def listen(rooms: Rooms, port: int) -> Server:
    """Return a server on 127.0.0.1, not yet serving.

    Raises:
        OSError: the port is taken.
    """
    handler = type("BoundHandler", (Handler,), {"rooms": rooms})
    return Server(("127.0.0.1", port), handler)
