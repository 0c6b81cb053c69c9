"""Rules in the uploads table: ``rules#<customer>`` / ``rule#<id>``, and each version that there ever was beside them.

The item of a rule counts what it took on its last day. A decision of the rule raises that count in its own transaction,
on condition that the rule is still on, in the very version that decides, and within its cap: so a rule that is switched
off, changed or deleted stops at once, and no two uploads exceed its cap together.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.accounts import CustomerRole
from rollcall.permissions import Act, allows
from rollcall.rules import Rule, in_order
from rollcall.store.account_places import account_pk, member_sk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.change_actions import Action
    from rollcall.store.sessions import LazyClient
    from rollcall.store.transactions import Transactions

_PREFIX: Final = "rule#"
#: Kept beside the JSON, since conditions are on them.
_APART: Final = ("version", "on", "day", "day_count")
_DAY: Final = 24 * 3600
_MAKERS: Final = [role.value for role in CustomerRole if allows(role, Act.SET_RULES)]


class RulesStore:
    """Reads and writes rules; every read sees every write that came before.

    Args:
        client: DynamoDB.
        transactions: likewise.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, transactions: Transactions, table: str) -> None:
        self._client: Any = client
        self._transactions = transactions
        self._table = table

    def of_customer(self, customer: str) -> list[Rule]:
        """All rules of a customer, in the order in which they are asked."""
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":pk": {"S": rules_pk(customer)}, ":prefix": {"S": _PREFIX}},
            ConsistentRead=True,
        )
        # Fifty of two kilobytes, and those that were deleted today, are one answer.
        return in_order(_rule(item) for item in answer["Items"] if "deleted" not in item)

    def get(self, customer: str, id_: str) -> Rule | None:
        """A rule; None if the customer has none of this id."""
        answer = self._client.get_item(TableName=self._table, Key=_key(customer, id_), ConsistentRead=True)
        item = answer.get("Item")
        return _rule(item) if item and "deleted" not in item else None

    def save(self, rule: Rule) -> Rule | None:
        """Stores a new rule, or the next version of one.

        Args:
            rule: as it is to be, with the version it had when it was read; 0 for a new one.

        Returns:
            The rule as it is stored; None if it was changed or deleted meanwhile, or is there already.

        Raises:
            OutOfTimeError: the caller's time is up.
        """
        stored = replace(rule, version=rule.version + 1)
        names = {"#rule": "rule", "#version": "version", "#on": "is_on"}
        values = {
            ":rule": {"S": _json(stored)},
            ":version": {"N": str(stored.version)},
            ":on": {"BOOL": stored.on},
        }
        condition = "attribute_not_exists(pk)"
        if rule.version:
            condition, values[":old"] = "#version = :old AND attribute_not_exists(deleted)", {"N": str(rule.version)}
        update = {
            "TableName": self._table,
            "Key": _key(rule.customer, rule.id),
            "UpdateExpression": "SET #rule = :rule, #version = :version, #on = :on",
            "ConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
        failed = self._transactions.write([{"Update": update}, self._remember(stored)])
        return None if failed else stored

    def delete(self, rule: Rule) -> bool:
        """Deletes a rule; False if it was changed or deleted meanwhile. Each version that it had stays beside it.

        Its item goes by itself a day later: the front deletes nothing in this table.

        Raises:
            OutOfTimeError: the caller's time is up.
        """
        gone = replace(rule, version=rule.version + 1, on=False)
        update = {
            "TableName": self._table,
            "Key": _key(rule.customer, rule.id),
            "UpdateExpression": "SET #version = :version, is_on = :off, deleted = :yes, expires = :expires",
            "ConditionExpression": "#version = :old",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": {
                ":old": {"N": str(rule.version)},
                ":version": {"N": str(gone.version)},
                ":off": {"BOOL": False},
                ":yes": {"BOOL": True},
                ":expires": {"N": str(int(datetime.fromisoformat(rule.at).timestamp()) + _DAY)},
            },
        }
        return not self._transactions.write([{"Update": update}, self._remember(gone, deleted=True)])

    def take_action(self, rule: Rule, devices: int, day: str) -> Action:
        """That a rule takes so many devices: it counts them, and goes wrong unless the rule may, as it stands then.

        Args:
            rule: as read.
            devices: how many.
            day: today, ``YYYY-MM-DD``, UTC.
        """
        values: dict[str, Any] = {
            ":version": {"N": str(rule.version)},
            ":on": {"BOOL": True},
            ":day": {"S": max(day, rule.day)},
            ":devices": {"N": str(devices)},
        }
        condition = "#version = :version AND is_on = :on AND "
        if rule.day and rule.day >= day:
            condition += "#day = :day AND day_count <= :room"
            values[":room"] = {"N": str(rule.per_day - devices)}
            sets = "day_count = day_count + :devices"
        else:
            condition += "(attribute_not_exists(#day) OR #day < :day)"
            sets = "#day = :day, day_count = :devices"
        return {
            "Update": {
                "TableName": self._table,
                "Key": _key(rule.customer, rule.id),
                "UpdateExpression": f"SET {sets}",
                "ConditionExpression": condition,
                "ExpressionAttributeNames": {"#version": "version", "#day": "day"},
                "ExpressionAttributeValues": values,
            }
        }

    def _remember(self, rule: Rule, *, deleted: bool = False) -> Action:
        item = {
            "pk": {"S": rules_pk(rule.customer)},
            "sk": {"S": f"was#{rule.id}#{rule.version:06}"},
            "rule": {"S": _json(rule)},
            "is_on": {"BOOL": rule.on},
            "deleted": {"BOOL": deleted},
        }
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}}


def maker_action(rule: Rule, accounts: str) -> Action:
    """That whoever answers for a rule may still set rules at this moment.

    Args:
        rule: as read.
        accounts: name of the accounts table.
    """
    return {
        "ConditionCheck": {
            "TableName": accounts,
            "Key": {"pk": {"S": account_pk(rule.customer)}, "sk": {"S": member_sk(rule.maker)}},
            "ConditionExpression": f"#role IN ({', '.join(f':r{n}' for n in range(len(_MAKERS)))})",
            "ExpressionAttributeNames": {"#role": "role"},
            "ExpressionAttributeValues": {f":r{n}": {"S": role} for n, role in enumerate(_MAKERS)},
        }
    }


def rules_pk(customer: str) -> str:
    """The partition of a customer's rules."""
    return f"rules#{customer}"


def _key(customer: str, id_: str) -> dict[str, Any]:
    return {"pk": {"S": rules_pk(customer)}, "sk": {"S": f"{_PREFIX}{id_}"}}


def _json(rule: Rule) -> str:
    kept = {name: value for name, value in asdict(rule).items() if name not in _APART}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _rule(item: Mapping[str, Any]) -> Rule:
    raw = json.loads(item["rule"]["S"])
    return Rule(
        **{**raw, "resellers": tuple(raw["resellers"]), "models": tuple(raw["models"])},
        version=int(item["version"]["N"]),
        on=item["is_on"]["BOOL"],
        day=item["day"]["S"] if "day" in item else "",
        day_count=int(item["day_count"]["N"]) if "day_count" in item else 0,
    )
