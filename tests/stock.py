"""The people and the devices that the tests of the bot begin with."""

from __future__ import annotations

import copy
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import yaml
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from rollcall.accounts import Person
from rollcall.luhn import check_digit
from tests.chain import Chain, sample_file
from tests.cloud import ROOT

#: One person for each place in the table of who may what, by the sample accounts and what `accounts` adds to them.
ROLES = {
    "reseller viewer": Person("T0ACME", "U0VIC"),
    "reseller uploader": Person("T0ACME", "U0UMA"),
    "reseller admin": Person("T0ACME", "U0RAE"),
    "customer viewer": Person("T0NW", "U0NAT"),
    "customer approver": Person("T0NW", "U0NIA"),
    "customer admin": Person("T0NW", "U0NED"),
    "operator": Person("T0OPS", "U0OPS"),
    "stranger": Person("T0ACME", "U0GUEST"),
    "in two accounts": Person("T0BOLT", "U0TWO"),
    "same user id elsewhere": Person("T0FABRIKAM", "U0VIC"),
}


def accounts():
    """The sample accounts, a person in two of them, and one whose user id also exists in another workspace."""
    raw = yaml.safe_load((ROOT / "local/directory.yaml").read_text(encoding="utf-8"))
    companies = {company["id"]: company for company in (*raw["resellers"], *raw["customers"])}

    def join(account, team, user, name):
        email = f"{name.lower()}@{companies[account]['name'].split()[0].lower()}.example"
        member = {"team": team, "user": user, "name": name, "email": email, "role": "viewer"}
        companies[account]["members"].append(member)

    join("RSL-BOLTWAVE", "T0BOLT", "U0TWO", "Tam")
    join("CUST-FABRIKAM", "T0BOLT", "U0TWO", "Tam")
    join("CUST-FABRIKAM", "T0FABRIKAM", "U0VIC", "Viv")
    return raw


def imei(body):
    """Fourteen digits with their check digit."""
    return body + check_digit(body)


#: Devices of another reseller and another customer than those of the sample files.
OTHERS = [
    {"imei": imei("35693803564380"), "imei2": imei("35693803564381"), "serial": "RZ8R00FABRI", "tags": "secret"},
    {"imei": imei("35693803564382"), "imei2": imei("35693803564383"), "serial": "RZ8R00FABR2", "tags": "secret"},
]
OTHERS_ORDER, OTHERS_MODEL = "PO-FAB", "SM-F999B"


@dataclass(frozen=True, repr=False)
class Stock:
    """The uploads there are, oldest first, each as its report.

    Attributes:
        messy: Acme for Northwind, with most of the ways in which a row can be wrong.
        serials: Acme for Northwind; devices without a modem.
        meids: Acme for Contoso, through its MSP id.
        many: Acme for Northwind, Contoso and nobody, one file.
        clean: Acme for Northwind, nothing wrong.
        gone: Acme for Northwind; a picture, which cannot be read.
        others: Boltwave for Fabrikam.
    """

    messy: object
    serials: object
    meids: object
    many: object
    clean: object
    gone: object
    others: object

    def rows(self, name):
        """The stored rows of one upload."""
        return [row for row in getattr(self, name).results if row["outcome"] == "stored"]


#: What was filled before in this process: by rows and rows a chunk, the stock, its items and its objects.
_FILLED = {}


def fill(cloud, *, rows=None):
    """Puts the sample files through the chain, one a day from the first of March 2026.

    The chain takes two seconds, which each of some thirty modules would pay: into a cloud without devices the same is
    put as it came out the first time.

    Args:
        cloud: where to.
        rows: of each file only so many; None for all.
    """
    key = rows, cloud.settings.chunk_rows
    fresh = not any(cloud.peek(table) for table in ("DevicesTable", "UploadsTable"))
    if fresh and key in _FILLED:
        stock, items, objects = _FILLED[key]
        cloud.restore_tables(cloud.checkpoint() | items)
        cloud.tables["writes"] += 1
        _put_back(objects, cloud.settings.bucket)
        return Stock(*(_on(cloud, getattr(stock, each.name)) for each in fields(stock)))
    stock = _through_the_chain(cloud, rows)
    if fresh:
        kept = cloud.checkpoint()
        items = {table: kept[table] for table in ("DevicesTable", "UploadsTable")}
        _FILLED[key] = stock, items, list(_objects(cloud.settings.bucket))
    return stock


def _on(cloud, report):
    other = copy.copy(report)
    other.cloud = cloud
    return other


def _objects(bucket):
    keys = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[bucket].keys
    for name in keys:
        for version in keys.getlist(name):
            yield name, version.value, version.version_id, dict(version.metadata)


def _put_back(objects, bucket):
    """Puts objects with the versions that they had: uploads are named after them."""
    for name, body, version, metadata in objects:
        new = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(bucket, name, body)
        new._version_id = version
        new.set_metadata(dict(metadata), replace=True)


def _through_the_chain(cloud, rows):
    chain = Chain(cloud)

    def upload(day, key, body, **metadata):
        chain.now = datetime(2026, 3, day, 9, 30, tzinfo=UTC)
        return chain.upload(f"uploads/{key}", body, **metadata)

    def sample(name):
        return sample_file(name) if rows is None else b"".join(sample_file(name).splitlines(keepends=True)[: rows + 1])

    others = "\n".join(
        ",".join((row["imei"], row["imei2"], row["serial"], OTHERS_MODEL, OTHERS_ORDER, row["tags"])) for row in OTHERS
    )
    rae = {"uploaded_by": "rae@acme.example"}
    return Stock(
        messy=upload(1, "RSL-ACME/CUST-NORTHWIND/messy.csv", sample("messy.csv"), **rae),
        serials=upload(2, "RSL-ACME/CUST-NORTHWIND/serials.csv", sample("serials.csv"), **rae),
        meids=upload(3, "RSL-ACME/CUST-CONTOSO/meids.csv", sample("meids.csv"), uploaded_by="uma@acme.example"),
        many=upload(4, "RSL-ACME/_many/many_customers.csv", sample("many_customers.csv")),
        clean=upload(5, "RSL-ACME/CUST-NORTHWIND/clean_25.csv", sample("clean_25.csv"), **rae),
        gone=upload(6, "RSL-ACME/CUST-NORTHWIND/picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(64)), **rae),
        others=upload(
            7, "RSL-BOLTWAVE/CUST-FABRIKAM/fab.csv", f"imei,imei2,serial,model,order_number,tags\n{others}\n".encode()
        ),
    )
