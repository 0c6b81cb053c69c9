"""The exchange system as a server of somebody else's, asked over HTTPS; docs/exchanges.md says what it must answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.exchanges import Answer, Verdict
from rollcall.store.partners import NoAnswerError, Partner

if TYPE_CHECKING:
    from rollcall.exchanges import Exchange

#: Bytes of an answer that are read.
_LONGEST_ANSWER: Final = 64 * 1024
_STATES: Final = {"done": Verdict.DONE, "failed": Verdict.FAILED, "pending": Verdict.LATER}


class HttpExchangeSystem:
    """An exchange system behind an address.

    One that is slow, gone or talks nonsense has not answered: it is asked again later, and nobody waits for it here.

    Args:
        url: ``https://…``; plain HTTP only on this machine.
        token: sent as a bearer token; empty for none.
        seconds: how long an answer is waited for.

    Raises:
        ValueError: the address is not one that identifiers may be sent to.
    """

    def __init__(self, url: str, *, token: str, seconds: float) -> None:
        self._partner = Partner(url, name="the exchange system", token=token, longest=_LONGEST_ANSWER)
        self._seconds = seconds

    def exchange(self, exchange: Exchange) -> Answer:
        """Asks for an exchange, or how far it is."""
        question = {
            "exchange_id": exchange.id,
            "reseller": exchange.account,
            "customer": exchange.generation.customer,
            "old": exchange.old,
            "new": exchange.new,
        }
        try:
            raw = self._partner.ask(question, seconds=self._seconds, headers={"Idempotency-Key": exchange.id})
        except NoAnswerError:
            return Answer(Verdict.LATER)
        return _answer(raw)


def _answer(raw: Any) -> Answer:  # noqa: ANN401 - whatever somebody's server says
    state = raw.get("state") if isinstance(raw, dict) else None
    verdict = _STATES.get(state, Verdict.LATER) if isinstance(state, str) else Verdict.LATER
    reason = raw.get("reason") if verdict is Verdict.FAILED else ""
    return Answer(verdict, reason if isinstance(reason, str) else "")
