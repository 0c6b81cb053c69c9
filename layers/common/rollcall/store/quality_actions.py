"""Adding to the figures of resellers within a transaction: ``quality#<reseller>`` / ``<week>#<customer>``.

A customer finds its own part in the index of customers, in a partition of its own. What no customer is to see, since no
device of it came to them, stands under no customer.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.quality import Quality
    from rollcall.store.change_actions import Action

#: Stands for the customer of rows that no customer sees. It has all files, and a customer's part those of its own.
NOBODY: Final = "-"
#: Sort key of what says that an upload is counted for a customer.
COUNTED: Final = "counted#"
CODE, HOURS = "code_", "hours_"
PLAIN: Final = ("files", "failed", "rows", "stored", "first_rows", "first_stored")
#: Seconds that figures are kept behind their week.
KEPT: Final = 500 * 24 * 3_600


def quality_pk(reseller: str) -> str:
    """Partition of a reseller's figures."""
    return f"quality#{reseller}"


def listed_under(customer: str) -> str:
    """Where a customer's resellers stand in the index that lists its uploads."""
    return f"quality#{customer}"


def add_action(table: str, *, reseller: str, customer: str, week: str, added: Quality) -> Action:
    """Adds to the figures of a week.

    Args:
        table: name of the uploads table.
        reseller: account id.
        customer: account id; `NOBODY` for rows that no customer sees.
        week: as `rollcall.quality.week_of` names it.
        added: what comes, or goes where it is negative.
    """
    numbers = _numbers(added)
    names = {f"#n{place}": name for place, name in enumerate(numbers)}
    values: dict[str, Any] = {f":n{place}": {"N": str(number)} for place, number in enumerate(numbers.values())}
    sets = "SET #reseller = :reseller, #customer = :customer, #week = :week, #expires = :expires"
    names |= {f"#{name}": name for name in ("reseller", "customer", "week", "expires")}
    values |= {":reseller": {"S": reseller}, ":customer": {"S": customer}, ":week": {"S": week}}
    values[":expires"] = {"N": str(int(datetime.fromisoformat(f"{week}T00:00:00+00:00").timestamp()) + KEPT)}
    if customer != NOBODY:
        sets += ", customer_uploads = :listed, listed_at = :place"
        values |= {":listed": {"S": listed_under(customer)}, ":place": {"S": f"{week}#{reseller}"}}
    adds = ", ".join(f"#n{place} :n{place}" for place in range(len(numbers)))
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": quality_pk(reseller)}, "sk": {"S": f"{week}#{customer}"}},
            "UpdateExpression": f"{sets} ADD {adds}" if adds else sets,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
    }


def counted_action(table: str, upload: str, customer: str) -> Action:
    """Says that an upload is counted for a customer; refused where it was."""
    return {
        "Put": {
            "TableName": table,
            "Item": {"pk": {"S": upload}, "sk": {"S": f"{COUNTED}{customer}"}},
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }


def _numbers(added: Quality) -> Mapping[str, int]:
    numbers = {name: getattr(added, name) for name in PLAIN}
    numbers |= {f"{CODE}{code}": number for code, number in added.by_code.items()}
    numbers |= {f"{HOURS}{step}": number for step, number in added.hours.items()}
    return {name: number for name, number in numbers.items() if number}
