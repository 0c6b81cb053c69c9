"""The pages as HTML: everything in one answer, nothing from elsewhere, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from rollcall.webpage.links import Refusal

if TYPE_CHECKING:
    from rollcall.views.wording import Wording
    from rollcall.webpage.links import Page, Refused

_FOLDER: Final = Path(__file__).parent

_REFUSALS: Final = {
    Refusal.UNKNOWN: ("This link is not known", "Perhaps it was not copied whole. Ask for a new one in Slack."),
    Refusal.OVER: ("The time of this link is over", "Links work for fifteen minutes. Ask for a new one in Slack."),
    Refusal.USED: (
        "This link was used",
        "Its file was or is being sent; a link works once. Ask for a new one in Slack.",
    ),
    Refusal.NOT_ALLOWED: (
        "This link does not work any more",
        "Who asked for it may not upload for this customer any more.",
    ),
    Refusal.FILE: ("This file cannot be taken", "Pick a CSV file."),
}

#: What stands on the page, by its place in `form.html`.
_LABELS: Final = {
    "from_label": "From",
    "for_label": "For",
    "upload_label": "Upload id",
    "send_label": "Send",
    "script_label": "This page needs JavaScript to send the file.",
}
#: What the script says; it fills in what stands for the percent sign.
_TOLD: Final = {
    "again": "Try again",
    "broken": "The connection broke.",
    "empty": "This file is empty. Pick another.",
    "failed": "That did not work.",
    "first": "Pick a file first.",
    "large": "This file is too large. Split it into several.",
    "over": "The time of this link is over. Ask for a new one in Slack.",
    "refused": "The file was not taken (%).",
    "send": "Send",
    "sent": "Sent. This is upload %; its result comes to you in Slack. You can close this page.",
    "starting": "Starting…",
}


def form_page(page: Page, *, most_bytes: int) -> str:
    """The page of a link that works, in the language of the company that sends.

    Args:
        page: what it is good for.
        most_bytes: size of the largest file.
    """
    say = page.say
    until = datetime.fromtimestamp(page.until, UTC)
    most = (
        f"{say.count(most_bytes // (1024 * 1024))} MB" if most_bytes >= 1024 * 1024 else say.count(most_bytes, "byte")
    )
    time = f'<time id="until" datetime="{until:%Y-%m-%dT%H:%M:%SZ}">{until:%H:%M} UTC</time>'
    body = Template(_read("form.html")).substitute(
        {name: escape(say(text)) for name, text in _LABELS.items()},
        company=escape(page.company),
        customer=escape(page.customer or say("many customers, named in each row")),
        upload=escape(page.upload),
        doing=escape(say("Check only: nothing will be stored.")) if page.check_only else "",
        once=say("This page works once, until {time}.", time=time),
        most_bytes=most_bytes,
        file_label=escape(say("CSV file, at most {most}", most=most)),
        texts=escape(json.dumps({name: say(text) for name, text in _TOLD.items()}, ensure_ascii=False)),
    )
    return _whole(say("Check a file") if page.check_only else say("Upload devices"), body, say)


def refusal_page(refused: Refused) -> str:
    """The page of a link that does nothing."""
    say = refused.say
    title, what = map(say, _REFUSALS[refused.why])
    said = f"<p>{escape(refused.said)}</p>" if refused.said else ""
    upload = say("Its upload id: {upload}", upload=f"<code>{escape(refused.upload)}</code>")
    return _whole(title, f"<p>{escape(what)}</p>{said}{f'<p>{upload}</p>' if refused.upload else ''}", say)


def problem(refused: Refused) -> str:
    """The same in one sentence or two, for the page to show."""
    title, what = map(refused.say, _REFUSALS[refused.why])
    return f"{refused.said or title + '.'} {what}"


def policy(post_origin: str) -> str:
    """The Content-Security-Policy: our own script and style by their hashes, and the two places that are talked to."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest('page.js')}'",
            f"style-src '{_digest('page.css')}'",
            f"connect-src 'self' {post_origin}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _whole(title: str, body: str, say: Wording) -> str:
    return Template(_read("page.html")).substitute(
        lang=say.language.value, title=escape(title), body=body, style=_read("page.css"), script=_read("page.js")
    )


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(_read(name).encode()).digest()).decode()
