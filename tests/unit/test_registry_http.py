"""A registry that is somebody else's server: asked as agreed, and never a reason to refuse or to hang."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rollcall.identifiers import Identifier, IdKind
from rollcall.registry import Inquiry, Opinion
from rollcall.store.registries import ServerFirst
from rollcall.store.registry_http import BATCH, HttpRegistry
from tests.catalogues import Told
from tests.files_of import imei

pytestmark = pytest.mark.feature("P7")


class Manufacturer:
    """A manufacturer's server.

    Attributes:
        asked: what it was asked, request by request: headers and body.
        answer: what it answers: gives status, headers and body for the devices of a request.
    """

    def __init__(self):
        self.asked = []
        self.answer = lambda devices: (200, {}, json.dumps({"devices": [{"recognised": True} for _ in devices]}))
        self.released = threading.Event()


@pytest.fixture
def manufacturer():
    server = Manufacturer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((dict(self.headers), body))
            status, headers, text = server.answer(body["devices"])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [text] if isinstance(text, str) else text:
                self.wfile.write(piece.encode())

        def do_GET(self):
            server.asked.append((dict(self.headers), "GET"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        server.url = f"http://127.0.0.1:{port}/devices"
        yield server
        server.released.set()


@contextmanager
def running(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def registry(url, *, token="", seconds=5.0, left=60.0):
    return HttpRegistry(url, token=token, seconds=seconds, seconds_left=lambda: left)


def inquiries(count=2, **more):
    return [Inquiry("RSL-ACME", {"imei": Identifier(IdKind.IMEI, imei(one))}, **more) for one in range(1, count + 1)]


def test_it_is_asked_about_devices_and_gives_one_verdict_for_each(manufacturer):
    said = [(True, ["SM-A"]), (False, ["SM-B"]), (None, [])]
    answer = json.dumps({"devices": [{"recognised": one, "models": models} for one, models in said]})
    manufacturer.answer = lambda _: (200, {"Content-Type": "application/json"}, answer)
    both = Inquiry(
        "RSL-ACME",
        {"imei2": Identifier(IdKind.IMEI, imei(9)), "serial": Identifier(IdKind.SERIAL, "RZ8R00ABCDE")},
        stc="1002003",
    )
    verdicts = registry(manufacturer.url, token="t0ken").ask([*inquiries(2), both])

    assert [(one.opinion, one.models) for one in verdicts] == [
        (Opinion.RECOGNISED, ("SM-A",)), (Opinion.UNKNOWN, ()), (Opinion.NONE, ()),
    ]  # fmt: skip
    ((headers, body),) = manufacturer.asked
    assert headers["Authorization"] == "Bearer t0ken"
    assert body == {
        "devices": [
            {"reseller": "RSL-ACME", "imei": imei(1)},
            {"reseller": "RSL-ACME", "imei": imei(2)},
            {"reseller": "RSL-ACME", "imei2": imei(9), "serial": "RZ8R00ABCDE", "sold_to_code": "1002003"},
        ]
    }


def test_many_devices_are_several_requests(manufacturer):
    verdicts = registry(manufacturer.url).ask(inquiries(2 * BATCH + 1))

    assert {one.opinion for one in verdicts} == {Opinion.RECOGNISED}
    assert [len(body["devices"]) for _, body in manufacturer.asked] == [BATCH, BATCH, 1]
    assert "Authorization" not in manufacturer.asked[0][0]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (500, "{}"),
        (429, "{}"),
        (404, "{}"),
        (200, ""),
        (200, "<html>"),
        (200, "[]"),
        (200, '{"devices": 2}'),
        (200, '{"devices": [{"recognised": true}]}'),
        (200, '{"devices": [{"recognised": "yes"}, {"recognised": true}]}'),
        (200, '{"devices": [{}, [true]]}'),
        (200, '{"devices": [{"recognised": true, "models": "SM-A"}, {"recognised": true}]}'),
        (200, '{"devices": [{"recognised": true, "models": [1]}, {"recognised": true}]}'),
        (200, "[" * 100_000),
        (200, '"' + "x" * 2_000_000 + '"'),
    ],
)
def test_what_is_no_answer_is_no_opinion(manufacturer, status, text):
    manufacturer.answer = lambda _: (status, {}, text)

    assert {one.opinion for one in registry(manufacturer.url).ask(inquiries())} == {Opinion.UNAVAILABLE}
    assert len(manufacturer.asked) == 1


def test_it_may_not_send_the_question_elsewhere(manufacturer):
    manufacturer.answer = lambda _: (302, {"Location": manufacturer.url + "/elsewhere"}, "")

    assert {one.opinion for one in registry(manufacturer.url, token="t").ask(inquiries())} == {Opinion.UNAVAILABLE}
    assert len(manufacturer.asked) == 1


def test_a_slow_one_costs_one_time_out_and_no_more(manufacturer):
    manufacturer.answer = lambda _: (200, {}, (manufacturer.released.wait(20) and "" for _ in range(1)))
    verdicts = registry(manufacturer.url, seconds=0.2).ask(inquiries(3 * BATCH))

    assert {one.opinion for one in verdicts} == {Opinion.UNAVAILABLE}
    assert len(manufacturer.asked) == 1
    assert not manufacturer.released.is_set(), "it did not wait for the answer"


def test_one_that_answers_drop_by_drop_is_left(manufacturer):
    def drops():
        yield '{"devices": ['
        while not manufacturer.released.wait(0.05):
            yield " "

    manufacturer.answer = lambda _: (200, {}, drops())

    assert {one.opinion for one in registry(manufacturer.url, seconds=0.3).ask(inquiries())} == {Opinion.UNAVAILABLE}
    assert not manufacturer.released.is_set(), "it did not wait for the end"


def test_what_was_answered_before_it_fell_silent_stands(manufacturer):
    recognise = manufacturer.answer
    manufacturer.answer = lambda devices: recognise(devices) if len(manufacturer.asked) == 1 else (503, {}, "")
    verdicts = registry(manufacturer.url).ask(inquiries(BATCH + 1))

    assert [one.opinion for one in verdicts] == [Opinion.RECOGNISED] * BATCH + [Opinion.UNAVAILABLE]


def test_a_worker_without_time_asks_nobody(manufacturer):
    assert registry(manufacturer.url, left=10.0).ask(inquiries())[0].opinion is Opinion.UNAVAILABLE
    assert manufacturer.asked == []


def test_one_that_is_not_there_is_unavailable():
    with running(ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)) as port:
        pass

    assert registry(f"http://127.0.0.1:{port}/").ask(inquiries())[0].opinion is Opinion.UNAVAILABLE


@pytest.mark.parametrize("url", ["http://registry.example/devices", "file:///etc/passwd", "ftp://127.0.0.1/", "", "x"])
def test_devices_are_sent_nowhere_in_the_clear(url):
    with pytest.raises(ValueError, match="https"):
        registry(url)


def test_a_server_that_names_no_models_leaves_them_to_the_catalogue():
    class Catalogue(Told):
        def ask(self, asked):
            return [one.__class__(one.opinion, ("SM-C",)) for one in super().ask(asked)]

    first = ServerFirst(Told([Opinion.UNKNOWN]), Catalogue())
    assert [(one.opinion, one.models) for one in first.ask(inquiries(1))] == [(Opinion.UNKNOWN, ("SM-C",))]
    catalogue = Catalogue()
    silent = ServerFirst(Told([Opinion.UNAVAILABLE]), catalogue)
    assert silent.ask(inquiries(1))[0].opinion is Opinion.UNAVAILABLE
    assert catalogue.asked == []
