"""The arithmetic of docs/costs.md."""

from __future__ import annotations

import re

import pytest

from ops import costs
from ops.prices import PRICES
from tests.cloud import ROOT, TEMPLATE

PAGE = (ROOT / "docs/costs.md").read_text(encoding="utf-8")


def lines(devices, files, clicks):
    return {line.what: line for line in costs.bill(devices, files=files, clicks=clicks, alarms=30, metrics=40)}


def test_storing_a_device_costs_what_the_bench_measures():
    """`make bench` counts 5,667 write units for 1,000 devices, one in three of them with two identifiers."""
    assert round(costs.STORE * 1000) == 5667
    assert lines(1_000_000, 400, 0)["write units"].amount == pytest.approx(1_000_000 * (costs.STORE + costs.ACCEPT))


def test_every_line_has_a_price_and_twice_the_devices_never_cost_less():
    small, large = lines(10_000, 40, 2_000), lines(1_000_000, 400, 20_000)
    assert small.keys() == large.keys() == PRICES.keys()
    assert all(small[name].usd <= large[name].usd for name in small)


def test_the_page_adds_up_as_it_stands():
    for part in PAGE.split("\n## ")[1:3]:
        rows = re.findall(r"^\| ([\w -]+) \| [\d,.]+ \| ([\d,.]+) \|", part, re.MULTILINE)
        total = float(re.search(r"\*\*together\*\* \| \| \*\*([\d,.]+)\*\*", part)[1].replace(",", ""))
        assert sum(float(usd.replace(",", "")) for _, usd in rows) == pytest.approx(total, abs=0.06)


def test_each_line_of_the_page_is_its_amount_at_its_price():
    prices = dict(re.findall(r"^\| ([\w -]+) \| ([\d.]+) \| [\d,]+ \| \S+", PAGE, re.MULTILINE))
    units = dict(re.findall(r"^\| ([\w -]+) \| [\d.]+ \| ([\d,]+) \| \S+", PAGE, re.MULTILINE))
    seen = 0
    for part in PAGE.split("\n## ")[1:3]:
        for name, amount, usd in re.findall(r"^\| ([\w -]+) \| ([\d,.]+) \| ([\d,.]+) \|", part, re.MULTILINE):
            number = float(amount.replace(",", ""))
            worked_out = number * float(prices[name]) / float(units[name].replace(",", ""))
            assert worked_out == pytest.approx(float(usd.replace(",", "")), rel=0.01, abs=0.006), name
            seen += 1
    assert seen == 2 * len(PRICES)


@pytest.mark.parametrize("name", PRICES)
def test_each_price_says_where_it_was_read(name):
    assert f"| {name} | " in PAGE.split("## Where the prices were read")[1]
    assert PRICES[name].source in PAGE


def test_an_alarm_that_sums_is_charged_for_each_metric():
    alarms = [one for one in TEMPLATE["Resources"].values() if one["Type"] == "AWS::CloudWatch::Alarm"]
    assert costs.alarm_metrics(TEMPLATE) > len(alarms)
