"""Fetches files out of Slack, each with its workspace's own token."""

from __future__ import annotations

import urllib.error
import urllib.request
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError

from rollcall.slack.endings import WatchedClient
from rollcall.slack.sender import RetryLaterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message
    from http.client import HTTPResponse
    from pathlib import Path

    from rollcall.installations import Installation

#: Seconds without a byte.
_TIMEOUT: Final = 15
_PIECE: Final = 1024 * 1024
#: Hosts that the bot's token may be shown to, besides that of the Web API.
_HOSTS: Final = (".slack.com", ".slack-gov.com", ".slack-files.com")
_SIGN_IN: Final = "Slack asks to sign in, so Rollcall may not read files there; an admin has to install it again"
_REASONS: Final = {
    "file_not_found": "it is not there any more",
    "file_deleted": "it was deleted",
    "missing_scope": "Rollcall may not read files there; an admin has to install it again",
    "access_denied": "Rollcall may not read it",
}


class NotFetchedError(Exception):
    """The file cannot be had, now or later.

    Attributes:
        reason: why, in plain words without a full stop.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class LargeFileError(Exception):
    """The file has more bytes than may be fetched."""


class FetchBrokenError(Exception):
    """The file came in part, or not at all; another try may do better."""


class SlackFiles:
    """Fetches files.

    Args:
        find: the installation of a workspace, None if there is none.
        api_url: Slack's Web API, ending in ``/api/``.
        ended: is told of the place whose token Slack does not know any more, and Slack's code.
    """

    def __init__(
        self,
        find: Callable[[str], Installation | None],
        api_url: str,
        *,
        ended: Callable[[str, str], None] = lambda _place, _code: None,
    ) -> None:
        self._find = find
        self._api_url = api_url
        self._ended = ended

    def fetch(self, team: str, file: Mapping[str, Any], path: Path, *, most_bytes: int) -> None:
        """Copies a file out of Slack.

        Args:
            team: the workspace it lies in.
            file: its ``id``, and ``size`` and ``url`` where they are known.
            path: where to.
            most_bytes: size of the largest file.

        Raises:
            NotFetchedError: it cannot be had.
            LargeFileError: it has more bytes.
            FetchBrokenError: it came in part or not at all.
            RetryLaterError: Slack limits the rate.
        """
        installation = self._find(team)
        if installation is None:
            raise NotFetchedError("Rollcall is not installed in that workspace any more")
        url = str(file.get("url") or "") or self._url(installation, str(file["id"]))
        if not self._is_slacks(url):
            raise NotFetchedError("it does not lie in Slack")
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {installation.bot_token}"})  # noqa: S310 - _is_slacks looked at it
        try:
            with _OPENER.open(request, timeout=_TIMEOUT) as answer:
                count = _copy(answer, path, most_bytes)
        except urllib.error.HTTPError as error:
            raise _translated(error) from error
        except (OSError, HTTPException) as error:
            raise FetchBrokenError(type(error).__name__) from error
        size = file.get("size")
        if size and count != size:
            raise FetchBrokenError(f"{count} bytes of {size}")

    def _url(self, installation: Installation, file: str) -> str:
        client = WatchedClient(
            ended=partial(self._ended, installation.team),
            token=installation.bot_token,
            base_url=self._api_url,
            timeout=_TIMEOUT,
        )
        try:
            answer = client.files_info(file=file)
        except SlackApiError as error:
            if error.response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                raise RetryLaterError(int(error.response.headers.get("Retry-After", 1))) from error
            code = str(error.response.get("error", ""))
            if code in _REASONS:
                raise NotFetchedError(_REASONS[code]) from error
            raise FetchBrokenError(code) from error
        found = answer.get("file") or {}
        return str(found.get("url_private_download") or found.get("url_private") or "")

    def _is_slacks(self, url: str) -> bool:
        """Whether the token may go there: the address came through Slack, and still it is looked at."""
        target, api = urlsplit(url), urlsplit(self._api_url)
        if (target.scheme, target.netloc) == (api.scheme, api.netloc):
            return True
        return target.scheme == "https" and (target.hostname or "").endswith(_HOSTS)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Slack leads those to its sign-in page who may not read a file; the token must not follow."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002 - as the base class has it
        fp: Any,  # noqa: ANN401, ARG002 - likewise
        code: int,  # noqa: ARG002 - likewise
        msg: str,  # noqa: ARG002 - likewise
        headers: Message,  # noqa: ARG002 - likewise
        newurl: str,  # noqa: ARG002 - likewise
    ) -> None:
        """Goes nowhere."""
        return


_OPENER: Final = urllib.request.build_opener(_NoRedirects)


def _copy(answer: HTTPResponse, path: Path, most_bytes: int) -> int:
    # Slack shows its sign-in page with status 200: whoever does not look stores that as the file.
    if answer.headers.get_content_type() == "text/html":
        raise NotFetchedError(_SIGN_IN)
    count = 0
    with path.open("wb") as target:
        while piece := answer.read(_PIECE):
            count += len(piece)
            if count > most_bytes:
                raise LargeFileError
            target.write(piece)
    length = answer.headers.get("Content-Length")
    if length and count != int(length):
        raise FetchBrokenError(f"{count} bytes of {length}")
    return count


def _translated(error: urllib.error.HTTPError) -> Exception:
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        return RetryLaterError(int(error.headers.get("Retry-After") or 1))
    if error.code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return NotFetchedError(_REASONS["file_not_found"])
    if HTTPStatus.MULTIPLE_CHOICES <= error.code < HTTPStatus.BAD_REQUEST:
        return NotFetchedError(_SIGN_IN)
    if error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return NotFetchedError(_REASONS["access_denied"])
    return FetchBrokenError(f"HTTP {error.code}")
