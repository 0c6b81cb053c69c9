"""The registry as a server of somebody else's, asked over HTTPS; docs/registry.md says what it must answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.registry import Opinion, Verdict
from rollcall.store.partners import NoAnswerError, Partner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.registry import Inquiry

#: Devices of one request.
BATCH: Final = 500
#: Bytes of an answer that are read; 500 devices with a model each are about 30 kB.
_LONGEST_ANSWER: Final = 1024 * 1024
#: Seconds of a worker's time that are left to it for what it does with the answers.
_RESERVE: Final = 15.0
_OPINIONS: Final = {True: Opinion.RECOGNISED, False: Opinion.UNKNOWN, None: Opinion.NONE}


class HttpRegistry:
    """A registry behind an address.

    A registry that is slow, gone or talks nonsense makes no opinion: its verdicts are ``UNAVAILABLE``. After the first
    request without a usable answer no other is made, so that a worker loses one time-out and not one for each batch.

    Args:
        url: ``https://…``; plain HTTP only on this machine.
        token: sent as a bearer token; empty for none.
        seconds: how long an answer is waited for.
        seconds_left: how long the worker may still run.

    Raises:
        ValueError: the address is not one that devices may be sent to.
    """

    def __init__(self, url: str, *, token: str, seconds: float, seconds_left: Callable[[], float]) -> None:
        self._partner = Partner(url, name="the registry", token=token, longest=_LONGEST_ANSWER)
        self._seconds = seconds
        self._seconds_left = seconds_left

    def ask(self, inquiries: Sequence[Inquiry]) -> list[Verdict]:
        """What the registry says of some devices, in their order."""
        verdicts: list[Verdict] = []
        for start in range(0, len(inquiries), BATCH):
            batch = inquiries[start : start + BATCH]
            answer = self._ask(batch)
            if answer is None:
                break
            verdicts += answer
        return verdicts + [Verdict(Opinion.UNAVAILABLE)] * (len(inquiries) - len(verdicts))

    def _ask(self, batch: Sequence[Inquiry]) -> list[Verdict] | None:
        seconds = min(self._seconds, self._seconds_left() - _RESERVE)
        if seconds <= 0:
            return None
        try:
            raw = self._partner.ask({"devices": [_question(one) for one in batch]}, seconds=seconds)
        except NoAnswerError:
            return None
        return _verdicts(raw, len(batch))


def _question(inquiry: Inquiry) -> dict[str, str]:
    ids = {slot: identifier.value for slot, identifier in inquiry.ids.items()}
    return {"reseller": inquiry.reseller, **ids, **({"sold_to_code": inquiry.stc} if inquiry.stc else {})}


def _verdicts(raw: Any, count: int) -> list[Verdict] | None:  # noqa: ANN401 - whatever somebody's server says
    """The verdicts of an answer; None if it is not what was agreed."""
    devices = raw.get("devices") if isinstance(raw, dict) else None
    if not isinstance(devices, list) or len(devices) != count:
        return None
    verdicts = []
    for one in devices:
        if not isinstance(one, dict) or not isinstance(one.get("recognised"), bool | None):
            return None
        models = one.get("models") or ()
        if not isinstance(models, list | tuple) or not all(isinstance(model, str) for model in models):
            return None
        opinion = _OPINIONS[one.get("recognised")]
        verdicts.append(Verdict(opinion, tuple(models) if opinion is Opinion.RECOGNISED else ()))
    return verdicts
