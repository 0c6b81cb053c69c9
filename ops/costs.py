"""What a month costs on AWS: the arithmetic behind docs/costs.md, which `make docs` writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from ops import ROOT, prices

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_OWN_METRICS: Final = 47
_CHUNK: Final = 2_000
_MONTH_MINUTES: Final = 30 * 24 * 60
_QUEUES: Final = 5
_POLLERS: Final = 5
_POLLS_A_MINUTE: Final = 3
#: Of so many clicks one meets no running copy of the bot.
_CLICKS_A_START: Final = 20
_ITEM_GB: Final = 0.9e-6
_ROW_GB: Final = 0.6e-6


_HEAD: Final = f"""\
# Costs

What a month costs on AWS, with the arithmetic. Prices are those of us-east-1 without free tiers, each with the page
where it was read on {prices.LOOKED_UP} (at the end). The price pages themselves, `aws.amazon.com/<service>/pricing`,
decide; most of them show their figures only to a browser, so few could be read there. Infracost's are what a program
made of the price list that AWS publishes for programs. Other regions are up to a quarter
dearer. DynamoDB is on demand, after the halving of November 2024. Lambda runs on arm64.

This page is written by `make docs`. The write units are measured: `make bench` gives 5,667 for 1,000
devices of which one in three has two identifiers, which is 2 x 1.333 + 3 as below. Seconds of functions are estimates
on the safe side; on an account, the dashboard shows them.
"""
_TAIL: Final = """
## What to make of it

- The devices themselves cost little: about 7 USD of write units a million, stored and accepted. Storing them without
  transactions would save some 1.7 USD a million and cost their all-or-nothing.
- Most of a small month is standing by: metrics, alarms, the dashboard, the snapshot, and Lambda's questions to the
  queues. `SnapStart=false` saves the snapshot, at the price of the first click of the day. Each earlier version of the
  bot that is kept has a snapshot of its own, at the same price: *Upgrade* in the runbook tells how to delete them.
- A table that is restored costs 0.15 USD a GB, by the same page as its backup.
- Slack costs nothing per message. Traffic to browsers and partner systems is free up to 100 GB a month.
- Not in it: AWS support, taxes, and `make smoke-aws`, which says its own price.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the bill.

    Attributes:
        what: as in `ops.prices.PRICES`.
        amount: in a month.
        why: how the amount comes about.
    """

    what: str
    amount: float
    why: str

    @property
    def usd(self) -> float:
        """What it costs."""
        price = prices.PRICES[self.what]
        return self.amount * price.usd / price.per


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
    yield Line("restored GB", clicks / _CLICKS_A_START, "1 GB, one click in twenty")
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
    parts += ["## Where the prices were read\n", *prices.table(), ""]
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
