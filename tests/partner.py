"""A partner's own system: calls the API over what stands where API Gateway stands, with the real handler behind it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

from moto.core import DEFAULT_ACCOUNT_ID

from rollcall.accounts import ApiKey, CustomerRole, ResellerRole, key_digest
from tests.cloud import REGION
from tests.gateway import LambdaContext
from tests.office import api

#: One key for each role of a key, all of the companies of the sample stock; and some of other companies.
KEYS = {
    "reseller viewer": ("RSL-ACME", ResellerRole.VIEWER),
    "reseller uploader": ("RSL-ACME", ResellerRole.UPLOADER),
    "reseller admin": ("RSL-ACME", ResellerRole.ADMIN),
    "customer viewer": ("CUST-NORTHWIND", CustomerRole.VIEWER),
    "customer approver": ("CUST-NORTHWIND", CustomerRole.APPROVER),
    "customer admin": ("CUST-NORTHWIND", CustomerRole.ADMIN),
    "other reseller": ("RSL-BOLTWAVE", ResellerRole.ADMIN),
    "other customer": ("CUST-FABRIKAM", CustomerRole.ADMIN),
    "msp": ("CUST-CONTOSO", CustomerRole.APPROVER),
}
#: Content types whose bodies API Gateway hands over as text; it encodes the others.
_TEXT = re.compile(r"text/|application/(json|xml|javascript)")


def key_of(role):
    """The key of a role, as its holder has it."""
    return f"key-of-{role.replace(' ', '-')}"


def give_keys(accounts):
    """Gives each of `KEYS` to its account."""
    for role, (account, place) in KEYS.items():
        accounts.put_key(ApiKey(account, role, key_digest(key_of(role)), place))


def api_event(method, target, headers, body):
    """A request as an HTTP API hands it over, payload format 2.0: the path decoded, the query as it was sent."""
    split = urlsplit(target)
    lower = {name.lower(): value for name, value in headers.items()}
    text = bool(_TEXT.match(lower.get("content-type", "").lower()))
    path = unquote(split.path)
    event = {
        "version": "2.0",
        "routeKey": "ANY /v1/{proxy+}",
        "rawPath": path,
        "rawQueryString": split.query,
        "headers": lower,
        "requestContext": {
            "accountId": DEFAULT_ACCOUNT_ID,
            "apiId": "slackapi",
            "domainName": f"slackapi.execute-api.{REGION}.amazonaws.com",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"},
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "ANY /v1/{proxy+}",
            "stage": "$default",
            "timeEpoch": 1583348638390,
        },
        "pathParameters": {"proxy": path.removeprefix("/v1/")},
        "isBase64Encoded": bool(body) and not text,
    }
    if body:
        event["body"] = body.decode("utf-8", "replace") if text else base64.b64encode(body).decode()
    return event


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict
    text: str

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def kind(self):
        return self.headers["Content-Type"].partition(";")[0]

    @property
    def code(self):
        """Of a problem document."""
        assert self.kind == "application/problem+json", self.text
        return self.json["code"]

    @property
    def without_reference(self):
        """All of it but for what names the occasion."""
        return self.status, self.headers, re.sub(r"R-[0-9A-Z]{8}", "R-…", self.text)


@dataclass
class Partner:
    """Calls the API."""

    calls: int = 0
    lock: Lock = field(default_factory=Lock)

    def call(self, method, target, key="", body=None, **headers):
        """Sends a request; the reply.

        Args:
            method: HTTP method.
            target: path and query.
            key: role of `KEYS` whose key is sent; empty for none.
            body: JSON, or bytes as they are.
            headers: further ones; underscores stand for dashes.
        """
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            sent["Authorization"] = f"Bearer {key_of(key)}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        return self.invoke(method, target, sent, body)

    def get(self, target, key="", **headers):
        return self.call("GET", target, key, **headers)

    def post(self, target, key="", body=None, **headers):
        return self.call("POST", target, key, body, **headers)

    def invoke(self, method, target, headers, body=None):
        """One invocation of the handler, as API Gateway makes it."""
        with self.lock:
            self.calls += 1
            event = json.loads(json.dumps(api_event(method, target, headers, body or b"")))
            answer = api.handle(event, LambdaContext(f"api-{self.calls}", function_name="api"))
        answer = json.loads(json.dumps(answer))  # Lambda takes nothing that JSON does not
        assert not answer.get("isBase64Encoded")
        return Reply(answer["statusCode"], answer["headers"], answer["body"])


class PartnerGateway:
    """An HTTP server before the API, for programs that speak HTTP.

    Attributes:
        url: where it is.

    Args:
        partner: takes the requests.
    """

    def __init__(self, partner):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body as one packet: else the second waits 40 ms for the word that the first was received.
            wbufsize, disable_nagle_algorithm = -1, True

            def log_message(self, *_):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                reply = partner.invoke(self.command, self.path, dict(self.headers.items()), body)
                content = reply.text.encode()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "QUERY"):
            setattr(Handler, f"do_{method}", Handler.answer)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def post_file(cloud, reserved, content):
    """Does what S3 does with a form that keeps to its policy: puts the file under the one key it is good for."""
    return cloud.put(reserved["post"]["fields"]["key"], content)
