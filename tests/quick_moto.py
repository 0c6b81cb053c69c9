"""Keeps moto from what costs much and changes no answer: what it looks up, copies, compares and signs at each call.

An emulated call took 4 to 12 ms of the processor's time, most of it in moto's search for attributes under other
names, in sorting whole tables and in signatures that nobody checks. The tests of `test_quick_moto.py` hold the answers
to those that moto gives by itself.
"""

from __future__ import annotations

import copy
from contextlib import ExitStack, contextmanager
from functools import cache

import moto.core.responses
import moto.dynamodb.models.table
from botocore.auth import SigV4Auth
from botocore.useragent import UserAgentString
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend, Table
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser

#: Types of DynamoDB whose values go into an answer as they are stored.
_PLAIN = frozenset({"S", "N", "BOOL", "NULL", "SS", "NS"})


@contextmanager
def quick_moto():
    """All of the below."""
    with ExitStack() as stack:
        for quick in (_transactions, _projections, _answers, _values, _queries, _expressions, _requests):
            stack.enter_context(quick())
        yield


@contextmanager
def _instead(owner, **replacements):
    originals = {name: vars(owner)[name] for name in replacements}
    for name, new in replacements.items():
        setattr(owner, name, new)
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(owner, name, original)


def _transactions():
    """A whole table is not copied anew for each single action of a transaction (250 rows: 17 s to 1 s).

    A put replaces an item, so a copy of the map of items is enough to take it back; an update changes the item itself.
    """
    original = DynamoDBBackend.transact_write_items

    def transact(backend, actions):
        whole = any("Update" in action for action in actions)
        copies = {}

        def once(table, _memo):
            if table.name not in copies:
                kept = copies[table.name] = copy.copy(table)
                kept.items = copy.deepcopy(table.items) if whole else copy.copy(table.items)
                if not whole and table.has_range_key:
                    kept.items.update({key: dict(items) for key, items in table.items.items()})
            return copies[table.name]

        def put(table_name, attributes, **_):
            # moto has just looked at the condition, and would again: half of the time that is left.
            return backend.get_table(table_name).put_item(attributes, overwrite=True)

        Table.__deepcopy__, backend.put_item = once, put
        try:
            return original(backend, actions)
        finally:
            del Table.__deepcopy__, backend.put_item

    return _instead(DynamoDBBackend, transact_write_items=transact)


def _projections():
    """A whole item is not written out anew for each single name of a projection (40 rows: 0.3 s to 10 ms)."""
    original = Item.project

    def project(item, expressions):
        if any(len(path) != 1 or "[" in path[0] for path in expressions):
            return original(item, expressions)
        names = [path[0] for path in expressions if path[0] in item.attrs]
        return Item(item.hash_key, item.range_key, {name: item.attrs[name].to_regular_json() for name in names})

    return _instead(Item, project=project)


def _answers():
    """A value of an item is written as it is, not looked for under thirty names (a quarter of all the time)."""
    original = BaseJSONSerializer._serialize_type_structure

    def structure(serializer, serialized, value, shape, key):
        if shape.name == "AttributeValue" and key and _as_stored(value):
            serialized[key] = value
        else:
            original(serializer, serialized, value, shape, key)

    return _instead(BaseJSONSerializer, _serialize_type_structure=structure)


def _as_stored(value):
    if type(value) is not dict or len(value) != 1:
        return False
    [(kind, inside)] = value.items()
    if kind == "M":
        return all(map(_as_stored, inside.values()))
    if kind == "L":
        return all(map(_as_stored, inside))
    return kind in _PLAIN


def _values():
    """Strings are compared, measured and copied as such, without being asked five times first what they are."""
    cast_value, size = DynamoType.cast_value, DynamoType.size

    def cast(value):
        return value.value if value.type == "S" else cast_value.fget(value)

    def equal(value, other):
        if value.type == other.type == "S":
            return value.value == other.value
        return value.type == other.type and value.cast_value == other.cast_value

    def length(value):
        return len(value.value.encode()) if value.type == "S" else size(value)

    def copied(value, memo):
        new = object.__new__(DynamoType)
        new.type, new.value = value.type, value.value
        if type(value.value) in (list, dict):
            new.value = copy.deepcopy(value.value, memo)
        return new

    return _instead(DynamoType, cast_value=property(cast), __eq__=equal, size=length, __deepcopy__=copied)


class _Uncopied:
    copy = staticmethod(copy.copy)

    @staticmethod
    def deepcopy(items):
        return items


def _queries():
    """A query looks at the items of its key alone, in the order of keys that are worked out once each.

    What it found is not copied: it is written into the answer, and that is all.
    """
    original = Table.query

    def in_order(items):
        return sorted(
            items,
            key=lambda item: (
                (item.hash_key.cast_value, item.range_key.cast_value) if item.range_key else item.hash_key.cast_value
            ),
        )

    def stored(table):
        groups = table.items.values()
        return [item for group in groups for item in group.values()] if table.range_key_attr else list(groups)

    def all_items(table):
        return in_order(stored(table))

    def query(table, hash_key, *rest, **named):
        index, conditions = rest[6] if len(rest) > 6 else None, named.get("hash_key_conditions") or ()

        def those():
            if index is None and table.range_key_attr:
                return in_order(table.items.get(hash_key, {}).values())
            return in_order(
                item
                for item in stored(table)
                if all(name in item.attrs and item.attrs[name] == value for name, value in conditions)
            )

        table.all_items = those
        moto.dynamodb.models.table.copy = _Uncopied
        try:
            return original(table, hash_key, *rest, **named)
        finally:
            moto.dynamodb.models.table.copy = copy
            del table.all_items

    return _instead(Table, query=query, all_items=all_items)


def _expressions():
    """The kinds of nodes that a walk through an expression looks for are not listed anew at each node."""
    original = DepthFirstTraverser.nodes_to_be_processed

    def kinds(walk):
        if "kinds" not in walk.__dict__:
            walk.kinds = original(walk)
        return walk.kinds

    return _instead(DepthFirstTraverser, nodes_to_be_processed=kinds)


@contextmanager
def _requests():
    """Requests say whose they are and are not signed, as moto looks at no signature; JSON is not searched for forms.

    Links that are signed beforehand and all of S3 are left alone: there the signature is part of what is shown.
    """
    sign, form = SigV4Auth.add_auth, moto.core.responses.parse_qsl
    agents = {}

    def add_auth(auth, request):
        if type(auth) is not SigV4Auth:
            sign(auth, request)
            return
        scope = f"{auth.credentials.access_key}/20260101/{auth._region_name}/{auth._service_name}/aws4_request"
        del request.headers["Authorization"]  # of the try before; they would be two
        request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"

    def pairs(body, **options):
        return [] if body.startswith("{") else form(body, **options)

    def agent(words):
        if id(words) not in agents:
            agents[id(words)] = words, original_agent(words)
        return agents[id(words)][1]

    original_agent = UserAgentString.to_string
    methods = cache(moto.core.responses.method_names_from_class)
    with (
        _instead(SigV4Auth, add_auth=add_auth),
        _instead(UserAgentString, to_string=agent),
        _instead(moto.core.responses, parse_qsl=pairs, method_names_from_class=methods),
    ):
        yield
