"""The parts of a tick: what each looks after, and what it says of that in logs and figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.ticking.clockwork import Clockwork
    from rollcall.ticking.resuming import Resumed

    Enough = Callable[[], bool]

INFO: Final = "info"
WARNING: Final = "warning"
ERROR: Final = "error"


class Line(NamedTuple):
    """A line of the log.

    Attributes:
        level: as the logger calls it.
        said: the line.
        details: what is logged with it; nothing of it is secret.
    """

    level: str
    said: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a part.

    Attributes:
        lines: of the log.
        counts: name of a metric → how many more.
        levels: name of a metric → how many there are now.
    """

    lines: tuple[Line, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)


def exchange_tokens(clockwork: Clockwork, enough: Enough) -> Looked:
    """Exchanges tokens that are about to end."""
    rotated = clockwork.rotation.sweep(enough=enough)
    lines = [Line(INFO, "Tokens are exchanged", {"workspaces": rotated.exchanged})] if rotated.exchanged else []
    for workspace, code in rotated.put_off:
        lines.append(Line(WARNING, "Token could not be exchanged yet", {"team": workspace, "code": code}))
    for workspace, code in rotated.refused:
        lines.append(Line(ERROR, "Workspace is lost: Slack gives it no new token", {"team": workspace, "code": code}))
    return Looked(tuple(lines), {"TokensExchanged": len(rotated.exchanged), "WorkspacesLost": len(rotated.refused)})


def tell_decisions(clockwork: Clockwork, enough: Enough) -> Looked:
    """Tells decisions that nobody was told of, and those that are final now."""
    told = clockwork.tidings.sweep(enough=enough)
    return Looked((Line(INFO, "Decisions are told", {"decisions": told}),) if told else ())


def tell_orders(clockwork: Clockwork, enough: Enough) -> Looked:
    """Tells of orders whose day is over."""
    missing = clockwork.orders.sweep(enough=enough)
    return Looked(tuple(Line(INFO, "Devices of an order are missing", {"order": order}) for order in missing))


def sweep_notices(clockwork: Clockwork, enough: Enough) -> Looked:
    """Sends for notices whose message was lost."""
    swept = clockwork.notices.sweep(enough=enough)
    was_due = swept.sent or swept.given_up
    lines = (Line(WARNING, "Notices were due", {"sent": swept.sent, "given_up": swept.given_up}),) if was_due else ()
    return Looked(lines, {"NoticesSentAgain": len(swept.sent)}, {"NoticesUndelivered": swept.undelivered})


def resume_uploads(clockwork: Clockwork, enough: Enough) -> Looked:
    """Sends stuck uploads on."""
    resumed = clockwork.uploads.sweep(enough=enough)
    lines = tuple(Line(WARNING, "Upload was stuck and is sent on", {"upload": upload}) for upload in resumed.stuck)
    return Looked(lines, {"UploadsStuck": len(resumed.stuck)})


def resume_work(clockwork: Clockwork, enough: Enough) -> Looked:
    """Sends stuck jobs, questions to the registry and removals on, and exchanges whose time has come."""
    sweeps: dict[str, Callable[..., Resumed[Any]]] = {
        "Job": clockwork.jobs.sweep,
        "Refresh": clockwork.refreshes.sweep,
        "Removal": clockwork.removals.sweep,
    }
    lines, stuck, given_up = [], 0, 0
    for name, sweep in sweeps.items():
        resumed = sweep(enough=enough)
        lines += [Line(WARNING, f"{name} was stuck and is sent on", {"job": one.id}) for one in resumed.sent]
        lines += [
            Line(ERROR, f"{name} is given up: nothing was heard of it for a day", {"job": one.id})
            for one in resumed.given_up
        ]
        stuck, given_up = stuck + len(resumed.sent), given_up + len(resumed.given_up)
    for exchange in clockwork.exchanges.sweep(enough=enough):
        details = {"exchange": exchange.id, "tries": exchange.tries}
        lines.append(Line(INFO, "Exchange is looked at again", details))
    return Looked(tuple(lines), {"JobsStuck": stuck, "JobsGivenUp": given_up})


def count_letters(clockwork: Clockwork, _: Enough) -> Looked:
    """Counts dead letters."""
    counts = clockwork.letters.take().items()
    return Looked(tuple(Line(WARNING, "Dead letters wait", {"queue": queue, "letters": n}) for queue, n in counts if n))


def look_at_companies(clockwork: Clockwork, enough: Enough) -> Looked:
    """Looks whether companies have the people that they need."""
    lacking = clockwork.attendances.sweep(enough=enough)
    return Looked(tuple(Line(WARNING, "Company lacks people", {"account": account}) for account in lacking))


def remind(clockwork: Clockwork, enough: Enough) -> Looked:
    """Reminds customers of what waits for them."""
    swept = clockwork.reminders.sweep(enough=enough)
    details = {"accounts": swept.reminded, "uploads_escalated": swept.escalated}
    return Looked(
        (Line(INFO, "Customers are reminded", details),) if swept.reminded or swept.escalated else (),
        {"CustomersReminded": len(swept.reminded), "UploadsEscalated": swept.escalated},
        {"OldestPendingHours": swept.oldest},
    )


def remind_of_releases(clockwork: Clockwork, enough: Enough) -> Looked:
    """Reminds customers of devices that they were asked to release."""
    reminded = clockwork.releases.sweep(enough=enough)
    lines = (Line(INFO, "Customers are reminded of releases", {"accounts": reminded}),) if reminded else ()
    return Looked(lines, {"ReleasesReminded": len(reminded)})


def digest(clockwork: Clockwork, enough: Enough) -> Looked:
    """Has the week before told."""
    told = clockwork.digests.sweep(enough=enough)
    return Looked((Line(INFO, "Digests are told", {"accounts": told}),) if told else (), {"DigestsTold": len(told)})


class Part(NamedTuple):
    """A part.

    Attributes:
        look: does it, and stops where it has had enough.
        weight: its share of the time that is left, beside those of the parts after it.
    """

    look: Callable[[Clockwork, Enough], Looked]
    weight: int


#: In the order in which they have their turns. A token that ends costs a company everything, so it comes first; what
#: people wait for comes before what reminds them.
PARTS: Final = (
    Part(exchange_tokens, 3),
    Part(sweep_notices, 2),
    Part(resume_uploads, 2),
    Part(resume_work, 2),
    Part(tell_decisions, 3),
    Part(count_letters, 1),
    Part(tell_orders, 1),
    Part(remind, 3),
    Part(remind_of_releases, 1),
    Part(digest, 1),
    Part(look_at_companies, 1),
)
