"""What S3 holds people to, on an emulator that does: a form's policy, and a key that may be filled once."""

from __future__ import annotations

import socket

import boto3
import pytest
import requests
from botocore.config import Config

from local.emulator import ACCESS_KEY, HOST, REGION, SECRET_KEY, running_emulator
from rollcall.store.objects import ObjectGoneError, Objects
from rollcall.store.post_forms import PostForms

pytestmark = pytest.mark.stack

BUCKET = "rollcall-forms"
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/U-7K3F-9QMC-2V5R-8TXA.csv"


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    with running_emulator(tmp_path_factory.mktemp("emulator"), port) as emulator:
        client = boto3.client(
            "s3",
            endpoint_url=emulator.endpoint,
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            config=Config(signature_version="s3v4"),
        )
        client.create_bucket(Bucket=BUCKET)
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield client


def keys(s3):
    return [item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


@pytest.fixture
def post(s3):
    """Posts a file with a form's fields, changed as said; the status."""

    def post(content, *, least_bytes=0, most_bytes=100, seconds=60, **changed):
        form = PostForms(s3, BUCKET).form(KEY, least_bytes=least_bytes, most_bytes=most_bytes, seconds=seconds)
        fields = {name: value for name, value in {**form.fields, **changed}.items() if value is not None}
        return requests.post(form.url, data=fields, files={"file": ("a.csv", content)}, timeout=20).status_code

    return post


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        (b"x" * 101, {}),
        (b"", {"least_bytes": 1}),
        (b"x" * 6, {"least_bytes": 7, "most_bytes": 7}),
        (b"x" * 8, {"least_bytes": 7, "most_bytes": 7}),
        (b"x", {"key": KEY.replace("ACME", "BOLTWAVE")}),
        (b"x", {"key": KEY + "x"}),
        (b"x", {"seconds": -1}),
        (b"x", {"policy": None}),
        (b"x", {"policy": "e30="}),
    ],
    ids=[
        "too large",
        "empty",
        "smaller than announced",
        "larger than announced",
        "another company",
        "another key",
        "too late",
        "no policy",
        "another policy",
    ],
)
def test_what_a_form_does_not_allow_is_refused(s3, post, content, changed):
    assert post(content, **changed) >= 400
    assert keys(s3) == []


def test_a_form_lets_in_what_it_is_for(s3, post):
    assert post(b"x" * 100) == 204
    assert keys(s3) == [KEY]
    s3.delete_object(Bucket=BUCKET, Key=KEY)


def test_a_key_is_filled_once(s3, tmp_path):
    objects = Objects(s3, BUCKET)
    path = tmp_path / "a.csv"
    path.write_bytes(b"first")
    assert objects.put_once("once/a", path, "text/csv")
    path.write_bytes(b"second")
    assert not objects.put_once("once/a", path, "text/csv")

    assert s3.get_object(Bucket=BUCKET, Key="once/a")["Body"].read() == b"first"
    assert len(s3.list_object_versions(Bucket=BUCKET, Prefix="once/a")["Versions"]) == 1


def test_the_version_that_is_named_is_copied_once(s3):
    objects = Objects(s3, BUCKET)
    first = s3.put_object(Bucket=BUCKET, Key="check/a", Body=b"first", Metadata={"stc": "x"})["VersionId"]
    s3.put_object(Bucket=BUCKET, Key="check/a", Body=b"second")
    assert objects.copy_once("check/a", first, "copied/a")
    assert not objects.copy_once("check/a", first, "copied/a")

    copied = s3.get_object(Bucket=BUCKET, Key="copied/a")
    assert (copied["Body"].read(), copied["Metadata"]) == (b"first", {})
    with pytest.raises(ObjectGoneError):
        objects.copy_once("check/nobody", first, "copied/b")
