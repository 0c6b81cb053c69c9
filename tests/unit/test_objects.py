"""Objects: what is written appears whole or not at all, and what is gone is told from what is broken."""

from __future__ import annotations

import hashlib
import io

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from rollcall.store.objects import ObjectGoneError, Objects
from tests.fakes.s3 import SMALLEST_PART, FakeS3, refused

MIB = 1024 * 1024


@pytest.fixture
def s3():
    return FakeS3()


@pytest.fixture
def objects(s3):
    return Objects(s3, "b")


def write(objects, pieces):
    with objects.writer("reports/errors.csv", "text/csv") as writer:
        for piece in pieces:
            writer.write(piece)


@pytest.mark.parametrize(
    "pieces", [[], [b""], [b"a", b"bc"], [b"x" * (8 * MIB - 1)]], ids=["none", "empty", "few", "big"]
)
def test_a_small_object_is_put_at_once(s3, objects, pieces):
    write(objects, pieces)

    assert s3.objects == {"reports/errors.csv": b"".join(pieces)}
    assert s3.types == {"reports/errors.csv": "text/csv"}
    assert s3.parts == []


@pytest.mark.parametrize("sizes", [[8 * MIB], [17 * MIB], [3 * MIB] * 7, [MIB // 2] * 40], ids=str)
def test_a_large_one_goes_in_parts_that_s3_takes(s3, objects, sizes):
    pieces = [bytes([number]) * size for number, size in enumerate(sizes)]
    write(objects, pieces)

    assert s3.objects["reports/errors.csv"] == b"".join(pieces)
    assert all(size >= SMALLEST_PART for size in s3.parts[:-1])
    assert s3.uploads == {}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9 * MIB), max_size=5))
def test_any_way_of_writing_gives_the_same_object(sizes):
    s3 = FakeS3()
    write(Objects(s3, "b"), [b"x" * size for size in sizes])

    assert len(s3.objects["reports/errors.csv"]) == sum(sizes)
    assert all(size >= SMALLEST_PART for size in s3.parts[:-1])


@pytest.mark.parametrize("written", [0, 10, 20 * MIB])
def test_nothing_appears_when_the_writing_fails(s3, objects, written):
    def pieces():
        yield b"x" * written
        raise KeyError

    with pytest.raises(KeyError):
        write(objects, pieces())

    assert s3.objects == {}
    assert s3.uploads == {}


@pytest.mark.parametrize("operation", ["upload_part", "create_multipart_upload", "complete_multipart_upload"])
def test_nothing_appears_when_s3_fails(s3, objects, operation):
    s3.troubles[operation] = refused("InternalError")

    with pytest.raises(ClientError, match="InternalError"):
        write(objects, [b"x" * (20 * MIB)])
    assert s3.objects == {}
    assert s3.uploads == {}


def test_the_first_error_is_the_one_that_is_told(s3, objects):
    s3.troubles = {"upload_part": refused("SlowDown"), "abort_multipart_upload": refused("InternalError")}

    with pytest.raises(ClientError, match="SlowDown"):
        write(objects, [b"x" * (20 * MIB)])


class Reading:
    """S3 for reading: answers, or raises."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def head_object(self, **asked):
        self.asked.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    get_object = head_object


class Body(io.BytesIO):
    def iter_chunks(self, size):
        while piece := self.read(size):
            yield piece


@pytest.mark.parametrize("code", ["404", "NoSuchKey", "NoSuchVersion", "405"])
def test_an_object_that_is_gone(tmp_path, code):
    objects = Objects(Reading(refused(code, "HeadObject")), "b")

    with pytest.raises(ObjectGoneError):
        objects.facts("k", "v")
    with pytest.raises(ObjectGoneError):
        objects.download("k", "v", tmp_path / "f")


@pytest.mark.parametrize("code", ["500", "SlowDown", "InternalError", "ExpiredToken", "403", "AccessDenied"])
def test_an_object_that_could_not_be_reached_is_not_gone(tmp_path, code):
    """Nor is one that is refused: who reads may list, and is told of what is missing in other words."""
    objects = Objects(Reading(refused(code, "HeadObject")), "b")

    with pytest.raises(ClientError):
        objects.facts("k", "v")
    with pytest.raises(ClientError):
        objects.download("k", "v", tmp_path / "f")
    with pytest.raises(ClientError):
        objects.lines_if_there("k")
    with pytest.raises(ClientError):
        objects.copy_once("k", "v", "new")


def test_facts_are_those_of_the_version():
    s3 = Reading({"ContentLength": 7, "VersionId": "v2", "Metadata": {"stc": "main"}})
    facts = Objects(s3, "b").facts("k", "v2")

    assert (facts.size, facts.version, facts.metadata) == (7, "v2", {"stc": "main"})
    assert s3.asked == [{"Bucket": "b", "Key": "k", "VersionId": "v2"}]


def test_without_a_version_the_newest_is_asked_for():
    s3 = Reading({"ContentLength": 7})

    assert Objects(s3, "b").facts("k", "").version == ""
    assert s3.asked == [{"Bucket": "b", "Key": "k"}]


def test_a_download_tells_the_hash_of_what_it_wrote(tmp_path):
    data = b"imei\r\n" * 500_000
    digest = Objects(Reading({"Body": Body(data)}), "b").download("k", "v", tmp_path / "f")

    assert (tmp_path / "f").read_bytes() == data
    assert digest == hashlib.sha256(data).hexdigest()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=5))
def test_lines_come_back_as_they_went_in(values):
    s3 = FakeS3()
    objects = Objects(s3, "b")
    objects.put_lines("work/k", values)
    s3.get_object = lambda **_: {"Body": io.BytesIO(s3.objects["work/k"])}

    assert list(objects.lines("work/k")) == values


@pytest.mark.feature("B4")
def test_the_same_lines_are_the_same_bytes_each_time(s3, objects):
    objects.put_lines("a", [[1, "é"]])
    objects.put_lines("b", [[1, "é"]])

    assert s3.objects["a"] == s3.objects["b"]
