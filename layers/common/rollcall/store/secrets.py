"""The Slack app's own secrets, in Parameter Store: changed there, they are in use minutes later without a deploy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from rollcall.store.sessions import LazyClient

if TYPE_CHECKING:
    from collections.abc import Callable

#: Parameters under the stack's path; each function may read those it needs.
SIGNING_SECRET: Final = "signing-secret"  # noqa: S105 - a name
CLIENT_ID: Final = "client-id"
CLIENT_SECRET: Final = "client-secret"  # noqa: S105 - likewise

#: Seconds that a secret is used before it is read again.
KEPT: Final = 300
#: Seconds between two readings that somebody asks for, so that forged requests cannot make us ask without end.
AGAIN: Final = 30
_SSM: Final = LazyClient("ssm")


class Secrets:
    """Reads secrets and keeps them for a while.

    Args:
        path: of the parameters, such as ``/rollcall/slack``.
        client: SSM, by default the environment's, made at the first secret.
        clock: seconds.
    """

    def __init__(
        self,
        path: str,
        *,
        client: Any = _SSM,  # noqa: ANN401 - a client of boto3 or botocore
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path.rstrip("/")
        self._client = client
        self._clock = clock
        self._read: dict[str, tuple[str, float]] = {}

    def get(self, name: str) -> str:
        """A secret, as it was at most some minutes ago; empty if nobody has stored it.

        While Parameter Store does not answer, the secret that was read last goes on being used.

        Args:
            name: one of the names above.
        """
        known = self._read.get(name)
        if known and self._clock() < known[1] + KEPT:
            return known[0]
        try:
            return self._fetch(name)
        except Exception:
            if known is None:
                raise
            # Asked again soon, but not by every request.
            self._read[name] = known[0], self._clock() - KEPT + AGAIN
            return known[0]

    def renewed(self, name: str) -> str:
        """A secret as it is now, for whoever found that the one they have does not fit.

        Reads at most once in thirty seconds; in between it is what `get` says.

        Args:
            name: one of the names above.
        """
        known = self._read.get(name)
        if known and self._clock() < known[1] + AGAIN:
            return known[0]
        return self._fetch(name)

    def _fetch(self, name: str) -> str:
        try:
            answer = self._client.get_parameter(Name=f"{self._path}/{name}", WithDecryption=True)
            value = str(answer["Parameter"]["Value"]).strip()
        except self._client.exceptions.ParameterNotFound:
            value = ""
        self._read[name] = value, self._clock()
        return value
