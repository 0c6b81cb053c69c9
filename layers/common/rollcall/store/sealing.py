"""Tokens under lock: a KMS key closes them, and opens them only for the workspace they were closed for."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

from rollcall.store.sessions import LazyClient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Seconds that an opened text stays in memory: one call of KMS for each workspace and environment in that time.
KEPT: Final = 300
#: Opened texts in memory; a text is some hundred bytes.
_MOST: Final = 500
_KMS: Final = LazyClient("kms")


class NoKeyError(Exception):
    """Something was to be closed, and no key was named."""


class Seal:
    """Closes and opens small sets of secrets.

    What was closed for one workspace cannot be opened for another: its id goes into the encryption context, so a row
    that is copied under another company's key is worth nothing there.

    Args:
        key: ARN or id of the KMS key; empty where nothing is to be closed.
        client: KMS, by default the environment's.
        clock: seconds, for what stays in memory.
    """

    def __init__(self, key: str = "", *, client: Any = _KMS, clock: Callable[[], float] = time.monotonic) -> None:  # noqa: ANN401 - a client of boto3 or botocore
        self._key = key
        self._client = client
        self._clock = clock
        self._opened: dict[tuple[str, bytes], tuple[dict[str, str], float]] = {}

    @property
    def closes(self) -> bool:
        """Whether there is a key to close with."""
        return bool(self._key)

    def close(self, secrets: Mapping[str, str], *, workspace: str) -> bytes:
        """Closes secrets for a workspace.

        Args:
            secrets: by name; together at most 4 KB, as KMS takes.
            workspace: id of the workspace or organisation.

        Raises:
            NoKeyError: there is no key.
        """
        if not self._key:
            raise NoKeyError("TOKENS_KEY names no key, and tokens are not stored without one")
        answer = self._client.encrypt(
            KeyId=self._key,
            Plaintext=json.dumps(dict(secrets), separators=(",", ":")).encode(),
            EncryptionContext=_context(workspace),
        )
        return bytes(answer["CiphertextBlob"])

    def open(self, sealed: bytes, *, workspace: str) -> dict[str, str]:
        """Opens what was closed for a workspace.

        Args:
            sealed: what `close` gave.
            workspace: id of the workspace or organisation.
        """
        known = self._opened.get((workspace, sealed))
        if known and known[1] > self._clock():
            return dict(known[0])
        named = {"KeyId": self._key} if self._key else {}
        answer = self._client.decrypt(CiphertextBlob=sealed, EncryptionContext=_context(workspace), **named)
        secrets: dict[str, str] = json.loads(answer["Plaintext"])
        self._remember((workspace, sealed), secrets)
        return dict(secrets)

    def _remember(self, place: tuple[str, bytes], secrets: dict[str, str]) -> None:
        now = self._clock()
        if len(self._opened) >= _MOST:
            self._opened = {known: kept for known, kept in self._opened.items() if kept[1] > now}
        if len(self._opened) >= _MOST:
            self._opened.clear()
        self._opened[place] = secrets, now + KEPT


def _context(workspace: str) -> dict[str, str]:
    return {"workspace": workspace}
