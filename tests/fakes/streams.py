"""DynamoDB Streams and a bus, both of which ask for the right that a call needs."""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

from tests.cloud import RIGHTS
from tests.streams import FakeBus

SHARD = "shardId-00000001772323200000-0a1b2c3d"


class FakeStreams:
    """DynamoDB Streams with one shard a table, a few records an answer, and an answer without any in between."""

    def __init__(self):
        self.shards = {}
        self.forgotten = False

    def get_shard_iterator(self, *, StreamArn, ShardId, ShardIteratorType, SequenceNumber):  # noqa: N803 - boto3's names
        assert (ShardId, ShardIteratorType) == (SHARD, "AT_SEQUENCE_NUMBER")
        RIGHTS.ask("dynamodbstreams", "GetShardIterator", {"StreamArn": StreamArn})
        if self.forgotten or StreamArn not in self.shards:
            code = "TrimmedDataAccessException" if StreamArn in self.shards else "ResourceNotFoundException"
            raise ClientError({"Error": {"Code": code, "Message": "gone"}}, "GetShardIterator")
        return {"ShardIterator": json.dumps([StreamArn, int(SequenceNumber), 0])}

    def get_records(self, *, ShardIterator):  # noqa: N803 - likewise
        arn, number, turn = json.loads(ShardIterator)
        RIGHTS.ask("dynamodbstreams", "GetRecords", {"StreamArn": arn})
        there = [one for one in self.shards[arn] if int(one["dynamodb"]["SequenceNumber"]) >= number]
        found = there[: 2 * (turn % 2)]
        after = int(found[-1]["dynamodb"]["SequenceNumber"]) + 1 if found else number
        return {"Records": found, "NextShardIterator": json.dumps([arn, after, turn + 1])}


class GuardedBus(FakeBus):
    """A bus that asks for the right to send."""

    def put_events(self, Entries):  # noqa: N803 - likewise
        RIGHTS.ask("events", "PutEvents", {"Entries": Entries})
        return super().put_events(Entries)
