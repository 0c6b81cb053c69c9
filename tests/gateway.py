"""What stands between Slack and the bot on AWS: API Gateway and Lambda, in the test's own process."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from moto.core import DEFAULT_ACCOUNT_ID

from tests.cloud import REGION, SECRETS

SECRET = SECRETS["signing-secret"]
FORM = "application/x-www-form-urlencoded"


@dataclass
class LambdaContext:
    """What a handler is told of its invocation."""

    aws_request_id: str
    function_name: str = "rollcall"
    memory_limit_in_mb: int = 512

    @property
    def invoked_function_arn(self):
        return f"arn:aws:lambda:{REGION}:{DEFAULT_ACCOUNT_ID}:function:{self.function_name}"

    @staticmethod
    def get_remaining_time_in_millis():
        return 60_000


def gateway_event(path, headers, body, *, encoded):
    """A request as API Gateway hands it over, payload format 2.0."""
    split = urlsplit(path)
    return {
        "version": "2.0",
        "routeKey": f"POST {split.path}",
        "rawPath": split.path,
        "rawQueryString": split.query,
        "headers": {name.lower(): value for name, value in headers.items()},
        "requestContext": {
            "accountId": DEFAULT_ACCOUNT_ID,
            "apiId": "slackapi",
            "domainName": f"slackapi.execute-api.{REGION}.amazonaws.com",
            "http": {"method": "POST", "path": split.path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"},
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": f"POST {split.path}",
            "stage": "$default",
            "timeEpoch": 1583348638390,
        },
        "body": base64.b64encode(body).decode() if encoded else body.decode("utf-8", "surrogateescape"),
        "isBase64Encoded": encoded,
    }


def sqs_event(queue, message):
    """A message as the event source mapping hands it over."""
    return {
        "Records": [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": {
                    "ApproximateReceiveCount": message["Attributes"]["ApproximateReceiveCount"],
                    "SentTimestamp": message["Attributes"]["SentTimestamp"],
                    "SenderId": message["Attributes"]["SenderId"],
                    "ApproximateFirstReceiveTimestamp": message["Attributes"]["ApproximateFirstReceiveTimestamp"],
                },
                "messageAttributes": {},
                "md5OfBody": message["MD5OfBody"],
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:{REGION}:{DEFAULT_ACCOUNT_ID}:{queue}",
                "awsRegion": REGION,
            }
        ]
    }


def signed(body, *, secret=SECRET, at=None, content_type=FORM):
    """Headers of a request of Slack's.

    Args:
        body: bytes, as sent.
        secret: that it is signed with.
        at: epoch seconds; now if None.
        content_type: of the body.
    """
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class Gateway:
    """The HTTP server before the bot. One request at a time, as one execution environment takes them.

    Attributes:
        encodes: content type → whether the body comes encoded. API Gateway decides it by kind of content.
        answers: the answers so far.
        crashes: what the handler raised.

    Args:
        handle: the handler behind it.
    """

    def __init__(self, handle):
        self.encodes = lambda content_type: content_type.startswith(FORM)
        self.answers, self.crashes, self.invocations = [], [], 0
        self._handle = handle
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body as one packet: else the second waits 40 ms for the word that the first was received.
            wbufsize, disable_nagle_algorithm = -1, True

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = gateway.invoke(self.path, dict(self.headers.items()), body)
                content = answer["body"].encode()
                self.send_response(answer["statusCode"])
                for name, value in answer["headers"].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def invoke(self, path, headers, body):
        encoded = self.encodes(headers.get("Content-Type", ""))
        with self._lock:
            self.invocations += 1
            event = gateway_event(path, headers, body, encoded=encoded)
            try:
                answer = self._handle(json.loads(json.dumps(event)), LambdaContext(f"bot-{self.invocations}"))
                answer = json.loads(json.dumps(answer))  # Lambda takes nothing that JSON does not
            except Exception as error:  # noqa: BLE001 - whatever the handler raises, API Gateway answers like this
                self.crashes.append(error)
                answer = {"statusCode": 500, "headers": {}, "body": '{"message":"Internal Server Error"}'}
            self.answers.append(answer)
            return answer

    def close(self):
        self._server.shutdown()
        self._server.server_close()
