"""Somebody with a browser who installs Rollcall: our pages through the handler, Slack's over HTTP, one cookie."""

from __future__ import annotations

import json
import re
from html import unescape
from http.client import HTTPConnection
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.gateway import LambdaContext
from tests.office import PUBLIC_URL, install


class Visitor:
    """A browser.

    Attributes:
        office: where Slack and the install function are.
        cookie: what the browser has of ours; empty for none.
        status, page, headers: of our last answer.
    """

    requests = 0

    def __init__(self, office):
        self.office, self.cookie = office, ""
        self.status, self.page, self.headers = 0, "", {}

    def begin(self, **query):
        """Opens the install page; the address of Slack's page behind its button."""
        self.open(f"{PUBLIC_URL}/slack/install?{urlencode(query)}")
        (url,) = re.findall(r'class="go" href="([^"]+)"', self.page)
        return unescape(url)

    def answer(self, url, who="T0ACME U0RAE", answer="allow", *, optional=True):
        """Answers on Slack's page, with or without optional scopes; the address that Slack sends the browser to."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert url.startswith(f"{self.office.slack.url}/oauth/v2/authorize?")
        status, page, _ = self._slack("GET", f"/oauth/v2/authorize?{urlsplit(url).query}")
        assert status == 200, page
        form = {name: asked.get(name, "") for name in ("client_id", "redirect_uri", "state")}
        (form["scope"],) = re.findall(r'name="scope" value="([^"]*)"', page)
        boxes = re.findall(r'type="checkbox" name="([^"]+)" checked', page)
        form |= {name: "on" for name in boxes if optional}
        status, _, headers = self._slack(
            "POST", "/oauth/v2/authorize", urlencode({**form, "who": who, "answer": answer})
        )
        assert status == 302
        return headers["Location"]

    def install(self, who="T0ACME U0RAE"):
        """Does the whole of it."""
        self.open(self.answer(self.begin(), who))
        return self.status

    def open(self, url, *, cookies_apart=True):
        """Opens one of our pages."""
        assert url.startswith(PUBLIC_URL)
        Visitor.requests += 1
        split = urlsplit(url)
        event = {
            "version": "2.0",
            "routeKey": f"GET {split.path}",
            "rawPath": split.path,
            "rawQueryString": split.query,
            "headers": {"host": split.netloc, "accept": "text/html"},
            "requestContext": {"http": {"method": "GET", "path": split.path}},
            "isBase64Encoded": False,
        }
        if self.cookie and cookies_apart:
            event["cookies"] = ["other=1", self.cookie]
        elif self.cookie:
            event["headers"]["cookie"] = f"other=1; {self.cookie}"
        answer = install.handle(event, LambdaContext(f"install-{Visitor.requests}", function_name="install"))
        answer = json.loads(json.dumps(answer))  # Lambda takes nothing that JSON does not
        for cookie in answer["cookies"]:
            value = cookie.partition(";")[0]
            self.cookie = "" if "1970" in cookie else value
        self.status, self.page, self.headers = answer["statusCode"], answer["body"], answer["headers"]
        self.cookies = answer["cookies"]

    def _slack(self, method, path, body=None):
        target = urlsplit(self.office.slack.url)
        connection = HTTPConnection(target.hostname, target.port, timeout=20)
        try:
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body, kind)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            connection.close()
