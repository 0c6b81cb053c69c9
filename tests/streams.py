"""What the streams of the tables say, as Lambda would bring it, and a bus that remembers what it was sent."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field

KEYS = {"DevicesTable": ("id",), "UploadsTable": ("pk", "sk")}


class Streams:
    """The records of what was written since the last look.

    Look after every step: of two writes to one item between two looks it sees one, where a stream has both.
    """

    def __init__(self, cloud):
        self.cloud = cloud
        self.number = 0
        self.before = {table: self._items(table) for table in KEYS}

    def records(self):
        found = []
        for table, keys in KEYS.items():
            now, before = self._items(table), self.before[table]
            found += [
                self._record(dict(zip(keys, key, strict=True)), before.get(key), now.get(key))
                for key in sorted(before.keys() | now.keys())
                if before.get(key) != now.get(key)
            ]
            self.before[table] = now
        return found

    def event(self):
        """The same as the event of a function."""
        return {"Records": self.records()}

    def _items(self, table):
        items = copy.deepcopy(self.cloud.peek(table))
        return {tuple(item[key]["S"] for key in KEYS[table]): item for item in items}

    def _record(self, keys, old, new):
        self.number += 1
        images = {"OldImage": old, "NewImage": new}
        return {
            "eventID": f"{self.number:032x}",
            "eventName": "INSERT" if old is None else "REMOVE" if new is None else "MODIFY",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "eu-central-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1772357400.0 + self.number,
                "Keys": {name: {"S": value} for name, value in keys.items()},
                "SequenceNumber": f"{self.number:021}",
                "SizeBytes": 100,
                "StreamViewType": "NEW_AND_OLD_IMAGES",
                **{name: image for name, image in images.items() if image},
            },
        }


@dataclass
class FakeBus:
    """EventBridge as far as sending goes, with its limits.

    Attributes:
        entries: what it took.
        busy: for the next calls, the places of entries that it refuses.
    """

    entries: list = field(default_factory=list)
    busy: list = field(default_factory=list)
    calls: int = 0

    def put_events(self, Entries):  # noqa: N803 - boto3's names
        assert 0 < len(Entries) <= 10
        self.calls += 1
        refused = self.busy.pop(0) if self.busy else ()
        answers = []
        for place, entry in enumerate(Entries):
            assert len(entry["Detail"].encode()) < 256 * 1024
            if place in refused:
                answers.append({"ErrorCode": "ThrottlingException", "ErrorMessage": "later"})
            else:
                self.entries.append(entry)
                answers.append({"EventId": str(len(self.entries))})
        return {"Entries": answers, "FailedEntryCount": len(refused)}

    @property
    def details(self):
        """What it was told, without the times at which it was sent."""
        return [json.loads(entry["Detail"]) for entry in self.entries]
