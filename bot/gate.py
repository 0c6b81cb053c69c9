"""What a request passes before it is asked whose it is: its signature, and whether it is a farewell."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools import Logger
from slack_bolt import BoltResponse
from slack_bolt.middleware import Middleware
from slack_sdk.signature import SignatureVerifier

from rollcall.store.secrets import SIGNING_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import BoltRequest

    from rollcall.desk import Outbox
    from rollcall.store.installations import InstallationsStore
    from rollcall.store.secrets import Secrets

logger = Logger(service="bot", child=True)

_FAREWELLS: Final = frozenset({"app_uninstalled", "tokens_revoked"})


class RenewingVerifier:
    """Checks with the signing secret of now.

    A secret that was changed in Slack signs at once, and is known here only when the old one is read anew. So a
    signature that does not fit has it read again, which others cannot make us do more than twice a minute.

    Args:
        secrets: where the signing secret is kept. Without one no request is taken.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def is_valid(self, body: str | bytes, timestamp: str | None, signature: str | None) -> bool:
        """Whether Slack signed this body at this time, within five minutes."""
        if not timestamp or not signature:
            return False
        tried = ""
        for read in (self._secrets.get, self._secrets.renewed):
            secret = read(SIGNING_SECRET)
            if not secret or secret == tried:
                continue
            tried = secret
            if SignatureVerifier(secret).is_valid(body, timestamp, signature):
                return True
        return False


class Gate(Middleware):
    """Stands before Bolt's look for an installation, in place of its own check of signatures.

    When Rollcall is removed from a workspace, that is said in an event for which there is soon no installation any
    more; Slack may say it twice. So it is heard here.

    Args:
        secrets: where the signing secret is kept.
        installations: by workspace.
        outbox: has the rest of the farewell done.
    """

    def __init__(self, secrets: Secrets, installations: InstallationsStore, outbox: Outbox) -> None:
        self._verifier = RenewingVerifier(secrets)
        self._installations = installations
        self._outbox = outbox

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt passes it by this name
        next: Callable[[], BoltResponse],  # noqa: A002 - likewise
    ) -> BoltResponse:
        """Lets a request through if it is signed, and answers a farewell."""
        stamp, signature = (
            (req.headers.get(name) or [""])[0] for name in ("x-slack-request-timestamp", "x-slack-signature")
        )
        try:
            signed = self._verifier.is_valid(req.raw_body, stamp, signature)
        except Exception:
            # Nobody is answered whose word is not known to be Slack's; events come again.
            logger.exception("The signing secret cannot be read")
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, body="")
        if not signed:
            return BoltResponse(status=HTTPStatus.UNAUTHORIZED, body={"error": "invalid request"})
        return self._farewell(req) or next()

    def _farewell(self, req: BoltRequest) -> BoltResponse | None:
        event = req.body.get("event")
        if not isinstance(event, dict) or event.get("type") not in _FAREWELLS:
            return None
        kind = event["type"]
        # An org-wide installation ends for the organisation, whichever workspace the event names.
        org_wide = bool(req.context.get("is_enterprise_install"))
        place = str((req.context.enterprise_id if org_wide else req.context.team_id) or "")
        people = _revoked(event, "oauth") if kind == "tokens_revoked" else []
        bot_ends = kind == "app_uninstalled" or bool(_revoked(event, "bot"))
        if not place or not (bot_ends or people):
            return BoltResponse(status=200, body="")
        happened_at = float(req.body.get("event_time") or 0)
        if bot_ends:
            self._installations.silence(place, happened_at=happened_at)
        self._outbox.farewell(place, happened_at=happened_at, people=[] if bot_ends else people)
        return BoltResponse(status=200, body="")


def _revoked(event: dict[str, Any], whose: str) -> list[str]:
    """User ids whose tokens of one kind were revoked."""
    tokens = event.get("tokens")
    users = tokens.get(whose) if isinstance(tokens, dict) else None
    return [str(user) for user in users] if isinstance(users, list) else []
