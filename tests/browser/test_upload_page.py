"""The page behind an upload link in a real browser: under its own policy, on a phone, with a connection that breaks."""

from __future__ import annotations

import json
import threading
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rollcall.webpage.links import Page, Refusal, Refused
from rollcall.webpage.pages import form_page, policy, refusal_page

pytestmark = pytest.mark.browser

UPLOAD = "U-7K3F-9QMC-2V5R-8TXA"
PAGE = Page(UPLOAD, "Acme <b>Mobile", "Northwind & Sons", check_only=False, until=4_000_000_000)
CSV = b"imei\n490154203237518\n"


class Site:
    """The page's own server, and another one in the place of S3."""

    def __init__(self):
        self.posted, self.started, self.fails, self.refused = [], [], 0, None
        self.page = self._serve(self._page)
        self.s3 = self._serve(self._bucket)

    def _serve(self, answer):
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                answer(self, b"")

            def do_OPTIONS(self):
                answer(self, b"")

            def do_POST(self):
                answer(self, self.rfile.read(int(self.headers["Content-Length"])))

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server

    @staticmethod
    def _send(request, status, body, headers):
        request.send_response(status)
        for name, value in {**headers, "Content-Length": len(body)}.items():
            request.send_header(name, str(value))
        request.end_headers()
        request.wfile.write(body)

    def _page(self, request, body):
        if request.path == "/favicon.ico":
            self._send(request, 204, b"", {})
        elif request.command == "GET":
            text = refusal_page(self.refused) if self.refused else form_page(PAGE, most_bytes=2_000)
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy(self.bucket)}
            self._send(request, 200, text.encode(), headers)
        else:
            self.started.append((request.path, request.headers["Content-Type"], json.loads(body)))
            told = {
                "upload_id": UPLOAD,
                "url": f"{self.bucket}/",
                "fields": {"key": "uploads/a/b/c.csv", "policy": "p"},
            }
            self._send(request, 200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _bucket(self, request, body):
        allowed = {"Access-Control-Allow-Origin": self.origin, "Access-Control-Allow-Methods": "POST"}
        if request.command == "OPTIONS":
            self._send(request, 204, b"", allowed)
            return
        self.posted.append((request.headers["Content-Type"], body))
        if len(self.posted) <= self.fails:
            self._send(request, 503, b"", allowed)
        else:
            self._send(request, 204, b"", allowed)

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.page.server_port}"

    @property
    def bucket(self):
        return f"http://127.0.0.1:{self.s3.server_port}"

    def fields(self):
        """The fields of the last post, in their order."""
        kind, body = self.posted[-1]
        parts = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body).get_payload()
        return [(part.get_param("name", header="Content-Disposition"), part.get_payload(decode=True)) for part in parts]

    def close(self):
        for server in (self.page, self.s3):
            server.shutdown()
            server.server_close()


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture
def expected():
    """What the browser may complain about."""
    return []


@pytest.fixture
def look(browser, site, expected):
    contexts, errors = [], []

    def look(**options):
        context = browser.new_context(**{"viewport": {"width": 360, "height": 640}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(f"{site.origin}/stage/u/token")
        return page

    yield look
    for context in contexts:
        context.close()
    assert [error for error in errors if not any(one in error for one in expected)] == []


def choose(page, name="big.csv", content=CSV):
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.click("#send")


def test_a_file_goes_straight_to_the_bucket_and_the_page_says_what_comes_next(look, site):
    page = look()
    shown = page.inner_text("main")
    for text in ("Acme <b>Mobile", "Northwind & Sons", UPLOAD):
        assert text in shown
    choose(page)
    page.locator("#status", has_text="Sent").wait_for()

    assert UPLOAD in page.inner_text("#status")
    assert not page.is_visible("#form")
    assert site.started == [("/stage/u/token", "application/json", {"name": "big.csv", "size": len(CSV)})]
    assert site.fields() == [("key", b"uploads/a/b/c.csv"), ("policy", b"p"), ("file", CSV)]


def test_a_broken_connection_does_not_cost_the_link(look, site, expected):
    expected.append("503")
    site.fails = 1
    page = look()
    choose(page)
    page.locator("#send", has_text="Try again").wait_for()
    assert "503" in page.inner_text("#status")
    page.click("#send")
    page.locator("#status", has_text="Sent").wait_for()

    assert len(site.started) == 1
    assert len(site.posted) == 2


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"x" * 2_001, "too large")])
def test_what_cannot_be_taken_is_said_before_the_link_is_used(look, site, content, said):
    page = look()
    choose(page, content=content)

    page.locator("#status", has_text=said).wait_for()
    assert site.started == []


def test_everything_fits_on_a_phone_and_has_a_name(look):
    page = look()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_label("CSV file").is_visible()
    assert page.get_by_role("button", name="Send").bounding_box()["height"] >= 44
    assert page.get_by_role("status").count() == 1


def test_a_link_that_was_used_says_so_and_has_no_form(look, site):
    site.refused = Refused(Refusal.USED, upload=UPLOAD)
    page = look()

    assert "was used" in page.inner_text("main")
    assert UPLOAD in page.inner_text("main")
    assert page.query_selector("form") is None


def test_the_policy_stops_what_is_not_ours(look, site, expected):
    """Were a name ever to come alive, it could run nothing and reach nobody."""
    expected.append("Content Security Policy")
    page = look()
    ran = page.evaluate(
        """() => { const one = document.createElement('script'); one.textContent = 'window.ran = 1';
        document.body.append(one); return window.ran === 1; }"""
    )
    assert ran is False
    reached = page.evaluate("fetch('http://127.0.0.1:9/').then(() => true, () => false)")
    assert reached is False
