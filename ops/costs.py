"""What a month costs on AWS: the arithmetic behind docs/costs.md, which `python -m ops.docs costs` writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from ops import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: USD in us-east-1, without free tiers. The page says where they are from.
PRICES: Final = {
    "write units": (0.625, 1_000_000),
    "read units": (0.125, 1_000_000),
    "table GB": (0.25, 1),
    "backup GB": (0.20, 1),
    "GB-seconds": (0.0000133334, 1),
    "invocations": (0.20, 1_000_000),
    "SQS requests": (0.40, 1_000_000),
    "API requests": (1.00, 1_000_000),
    "events": (1.00, 1_000_000),
    "bucket GB": (0.023, 1),
    "bucket puts": (5.00, 1_000_000),
    "bucket gets": (0.40, 1_000_000),
    "log GB": (0.50, 1),
    "traces": (5.00, 1_000_000),
    "alarms": (0.10, 1),
    "own metrics": (0.30, 1),
    "snapshot GB-seconds": (0.0000015046, 1),
    "keys": (1.00, 1),
    "dashboards": (3.00, 1),
}
#: Identifiers of a device: one in three has two.
IDENTIFIERS: Final = 4 / 3
#: Indexes that a device with an order number stands in while it waits: by_upload, pending, by_order.
INDEXES: Final = 3
#: Write units of storing a device: each item twice, as it is written in a transaction, and once an index. The bench
#: measures the same on the local stack.
STORE: Final = 2 * IDENTIFIERS + INDEXES
#: Of accepting it: the item twice, and a change in each index.
ACCEPT: Final = 2 + INDEXES
#: Metrics that the functions count; each is charged in the months in which it counted something.
_OWN_METRICS: Final = 45
_CHUNK: Final = 2_000
_MONTH_MINUTES: Final = 30 * 24 * 60
_QUEUES: Final = 5
_POLLERS: Final = 5
_POLLS_A_MINUTE: Final = 3
_ITEM_GB: Final = 0.9e-6
_ROW_GB: Final = 0.6e-6


_HEAD: Final = """\
# Costs

What a month costs on AWS, with the arithmetic. Prices are those of us-east-1 without free tiers, from public summaries
of the price pages of 2026-11-22; those of the snapshot, storage, S3 and logs were not found there and are the usual
ones. The pages themselves, `aws.amazon.com/<service>/pricing`, decide; other regions are up to a quarter dearer.
DynamoDB is on demand, after the halving of November 2024. Lambda runs on arm64.

This page is written by `python -m ops.docs costs`. The write units are measured: `make bench` gives 5,667 for 1,000
devices of which one in three has two identifiers, which is 2 x 1.333 + 3 as below. Seconds of functions are estimates
on the safe side; on an account, the dashboard shows them.
"""
_TAIL: Final = """
## What to make of it

- The devices themselves cost little: about 7 USD of write units a million, stored and accepted. Storing them without
  transactions would save some 1.7 USD a million and cost their all-or-nothing.
- Most of a small month is standing by: metrics, alarms, the dashboard, the snapshot, and Lambda's questions to the
  queues. `SnapStart=false` saves the snapshot, at the price of the first click of the day.
- A table that is restored costs 0.15 USD a GB.
- Slack costs nothing per message. Traffic to browsers and partner systems is free up to 100 GB a month.
- Not in it: AWS support, taxes, and `make smoke-aws`, which says its own price.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the bill.

    Attributes:
        what: as in ``PRICES``.
        amount: in a month.
        why: how the amount comes about.
    """

    what: str
    amount: float
    why: str

    @property
    def usd(self) -> float:
        """What it costs."""
        price, per = PRICES[self.what]
        return self.amount * price / per


def bill(devices: int, *, files: int, clicks: int, alarms: int, metrics: int) -> Iterator[Line]:
    """A month in which so many devices are sold, stored and accepted.

    Args:
        devices: that come in the month; as many are there already.
        files: that they come in.
        clicks: commands, buttons and forms in Slack.
        alarms: of the template.
        metrics: of our own.
    """
    chunks = max(files, -(-devices // _CHUNK))
    polls = _QUEUES * _POLLERS * _POLLS_A_MINUTE * _MONTH_MINUTES
    jobs = devices // _CHUNK + files
    messages = chunks + 2 * files + jobs + 6 * files + chunks
    seconds = chunks * 10 * 0.5 + devices * 1.2e-4 + files * 2.0 + jobs * 5 + clicks * 0.3 + messages * 0.5 * 0.5
    yield Line("write units", devices * (STORE + ACCEPT), f"{STORE:.2f} to store a device, {ACCEPT} to accept it")
    yield Line("read units", devices * (IDENTIFIERS + 3) + clicks * 20, "look-ups, decisions, lists; 20 a click")
    yield Line(
        "table GB", 2 * devices * IDENTIFIERS * _ITEM_GB * 2, "0.9 KB an item, indexes as much again, two months'"
    )
    yield Line("backup GB", 2 * devices * IDENTIFIERS * _ITEM_GB, "point-in-time recovery, without indexes")
    yield Line(
        "GB-seconds", seconds + _MONTH_MINUTES * 0.5 * 0.5, "chunks of 10 s at 0.5 GB, clicks of 0.3 s at 1 GB, …"
    )
    runs = messages + clicks + _MONTH_MINUTES + devices / 50
    yield Line("invocations", runs, "messages, clicks, the clock, the streams")
    yield Line("SQS requests", polls + 3 * messages, "Lambda asks five queues all day; three requests a message")
    yield Line("API requests", clicks, "one a click")
    yield Line("events", 2 * devices, "stored, accepted")
    yield Line("bucket GB", 3 * devices * _ROW_GB, "file, chunks, reports: three times 0.6 KB a row")
    yield Line("bucket puts", files * 6 + chunks * 2, "")
    yield Line("bucket gets", files * 4 + chunks * 3, "")
    yield Line("log GB", (messages * 1.5 + clicks + _MONTH_MINUTES) * 1.2e-6, "1.2 KB a line")
    yield Line("traces", runs, "one an invocation; the first 100,000 are free")
    yield Line("snapshot GB-seconds", _MONTH_MINUTES * 60, "the bot's snapshot at 1 GB, kept all month")
    yield Line("alarms", alarms, "each metric that an alarm looks at")
    yield Line("own metrics", metrics, "each, in the months in which it counted something")
    yield Line("keys", 1, "of the tokens; OwnKey makes it two")
    yield Line("dashboards", 1, "the first three of an account are free")


def alarm_metrics(template: dict[str, Any]) -> int:
    """How many metrics the template's alarms look at; each is charged."""
    alarms = [one["Properties"] for one in template["Resources"].values() if one["Type"] == "AWS::CloudWatch::Alarm"]
    return sum(sum("MetricStat" in metric for metric in alarm.get("Metrics", [])) or 1 for alarm in alarms)


def page(template: dict[str, Any], metrics: int) -> str:
    """The text of docs/costs.md.

    Args:
        template: as parsed.
        metrics: of our own.
    """
    alarms = alarm_metrics(template)
    small = list(bill(10_000, files=40, clicks=2_000, alarms=alarms, metrics=metrics))
    large = list(bill(1_000_000, files=400, clicks=20_000, alarms=alarms, metrics=metrics))
    parts = [_HEAD, "## 10,000 devices a month, in 40 files, with 2,000 clicks\n", *table(small)]
    parts += ["\n## 1,000,000 devices a month, in 400 files, with 20,000 clicks\n", *table(large), _TAIL]
    return "\n".join(parts)


def page_now() -> str:
    """The page for the template as it is."""
    return page(yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8")), _OWN_METRICS)


def table(lines: list[Line]) -> Iterator[str]:
    """A bill as a table of Markdown."""
    yield "| what | amount | USD | how it comes about |"
    yield "|---|---:|---:|---|"
    for line in lines:
        amount = f"{line.amount:,.0f}" if line.amount >= 10 else f"{line.amount:,.2f}"  # noqa: PLR2004 - two digits or none
        yield f"| {line.what} | {amount} | {line.usd:,.2f} | {line.why} |"
    yield f"| **together** | | **{sum(line.usd for line in lines):,.2f}** | |"
