"""The rights of the functions, on moto: each call that a handler makes needs a statement in the template, as on AWS.

moto lets everybody do everything. Here every call to AWS is traced to the function that makes it, by the handler or the
step of the chain among its callers, and is refused unless a statement of that function's policy allows it, down to the
partition keys in its conditions. Calls of the tests themselves need no right.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from botocore.client import BaseClient
from botocore.exceptions import ClientError
from botocore.signers import RequestSigner, S3PostPresigner

from local.leading_keys import PARTS, leading_keys

#: Steps that tests take without their handler: module of the layer and method → the function whose work it is.
STEPS = {
    ("chain/planning.py", "plan"): "PlanUpload",
    ("chain/loading.py", "load"): "LoadChunk",
    ("chain/finishing.py", "finish"): "FinishUpload",
    ("telling/teller.py", "tell"): "Notify",
}
#: Operations that are allowed under another name.
ALSO_CALLED = {
    ("s3", "HeadObject"): "GetObject",
    ("s3", "CreateMultipartUpload"): "PutObject",
    ("s3", "UploadPart"): "PutObject",
    ("s3", "CompleteMultipartUpload"): "PutObject",
    ("s3", "ListObjectsV2"): "ListBucket",
    ("sqs", "SendMessageBatch"): "SendMessage",
}
#: What S3 answers for an object that is not there, to those who may list what lies under its key; others read
#: AccessDenied. Whether ``s3:ListBucketVersions`` is asked for where a version is missing, no page of AWS's says: here
#: it is, so that the template has both. S3 puts the key in for the prefix.
NOT_THERE = {"NoSuchKey", "NoSuchVersion", "404"}
#: The key of a form that is made only to learn the bucket's address.
NO_KEY = "-"
TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
#: Modules of the tests that stand between every call and AWS, and the folder of those that stand for AWS.
WATCHING = {"rights.py", "faults.py", "quick_moto.py", "cloud.py"}
FAKES = TESTS / "fakes"
#: Variable with the file that says which words to take away in which test, for `tests.leaning`.
PLAN = "ROLLCALL_POLICIES_PLAN"
#: Conditions that are read: operator → its key.
CONDITIONS = {"ForAllValues:StringLike": "dynamodb:LeadingKeys", "StringLikeIfExists": "s3:prefix"}


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that AWS asks the policy about; a transaction asks for each of its parts.

    Attributes:
        action: such as ``dynamodb:PutItem``.
        resource: logical id in the template, with what follows it: ``UploadsBucket/work/…``.
        keys: partition keys that it names, of a table; the prefix that is listed, of a bucket.
    """

    action: str
    resource: str
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Right:
    """One word of a statement: an action, a resource, or a pattern of partition keys or prefixes.

    Attributes:
        function: logical id.
        statement: its Sid.
        word: the action, the resource as in `Call`, or the pattern.
    """

    function: str
    statement: str
    word: str


@dataclass(frozen=True)
class Statement:
    """One statement of a function's policy.

    Attributes:
        sid: its name.
        actions, resources, keys: its words; no keys where it has no condition.
    """

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    keys: tuple[str, ...] = ()

    def needed_for(self, call):
        """The words without which it would not allow a call; None if it does not allow it at all."""
        actions = [action for action in self.actions if action == call.action]
        resources = [resource for resource in self.resources if like(resource).match(call.resource)]
        by_key = [[pattern for pattern in self.keys if like(pattern).match(key)] for key in call.keys]
        if not (actions and resources) or (self.keys and not all(by_key)):
            return None
        return {found[0] for found in (actions, resources, *by_key) if len(found) == 1}


@cache
def like(pattern):
    """A pattern of IAM's, where ``*`` is any text."""
    return re.compile("".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", pattern)) + r"\Z")


def _listed(value):
    return value if isinstance(value, list) else [value]


def resource_of(value):
    """A statement's resource as in `Call`."""
    if isinstance(value, dict) and "Fn::GetAtt" in value:
        return value["Fn::GetAtt"][0]
    text = value["Fn::Sub"]
    return re.sub(r"\$\{(\w+)\.Arn\}", r"\1", text.rpartition(":parameter")[2] if ":parameter" in text else text)


def read_policies(template):
    """The statements of each function's policy, by logical id."""
    found = {}
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        found[name] = []
        for one in (one for policy in resource["Properties"]["Policies"] for one in policy["Statement"]):
            condition = one.get("Condition", {})
            keys = []
            for operator, wanted in condition.items():
                assert list(wanted) == [CONDITIONS.get(operator)], f"{name}, {one['Sid']}: a condition nobody reads"
                keys += _listed(wanted[CONDITIONS[operator]])
            resources = tuple(map(resource_of, _listed(one["Resource"])))
            found[name].append(Statement(one["Sid"], tuple(_listed(one["Action"])), resources, tuple(_listed(keys))))
    return found


@dataclass
class Guard:
    """Looks at every call.

    Attributes:
        template: as parsed.
        removed: a word that is taken out of its statement for now; None for none.
        refused: function and call, each time.
        leaned_on: words without which a call would have been refused, and how often.
    """

    template: dict
    removed: Right | None = None
    refused: list = field(default_factory=list)
    leaned_on: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.policies = read_policies(self.template)
        tables = ((name, one) for name, one in self.template["Resources"].items() if "::DynamoDB::" in one["Type"])
        self._keys = {}
        for name, table in tables:
            indexes = table["Properties"].get("GlobalSecondaryIndexes", [])
            for place, one in ((name, table["Properties"]), *((f"{name}/index/{i['IndexName']}", i) for i in indexes)):
                self._keys[place] = next(key["AttributeName"] for key in one["KeySchema"] if key["KeyType"] == "HASH")

    @property
    def rights(self):
        """Every word of every statement."""
        for function, statements in self.policies.items():
            for one in statements:
                for word in (*one.actions, *one.resources, *one.keys):
                    yield Right(function, one.sid, word)

    def allows(self, function, call):
        """Whether the policy of a function allows a call; notes what it leaned on, or that it was refused."""
        found = [(one.sid, words) for one in self.policies[function] if (words := one.needed_for(call)) is not None]
        rights = {Right(function, sid, word) for sid, words in found[:1] for word in words}
        if not found or (len(found) == 1 and self.removed in rights):
            self.refused.append((function, call))
            return False
        if len(found) == 1:
            self.leaned_on.update(rights)
        return True

    def unseen(self, function, params):
        """What S3 lacks to tell a function that an object is missing; None if it may know."""
        source = params.get("CopySource", params)
        if "Key" not in source:
            return None
        actions = ["s3:ListBucket", "s3:ListBucketVersions"][: 2 if "VersionId" in source else 1]
        calls = [Call(action, "UploadsBucket", frozenset({source["Key"]})) for action in actions]
        return next((call for call in calls if not self.allows(function, call)), None)

    def calls(self, service, operation, params):
        """What AWS asks the policy about for an operation."""
        if service == "dynamodb":
            return list(self._of_table(operation, params))
        action = f"{service}:{ALSO_CALLED.get((service, operation), operation)}"
        return [Call(*one) for one in getattr(self, f"_of_{service}")(action, params)]

    def _of_table(self, operation, params):
        if operation.startswith("Transact"):
            for part in params["TransactItems"]:
                ((name, request),) = part.items()
                yield self._item(PARTS[name], request, request["TableName"])
        else:
            for table in params.get("RequestItems", [params.get("TableName")]):
                yield self._item(operation, params, table)

    def _item(self, action, request, table):
        place = f"{table}/index/{request['IndexName']}" if "IndexName" in request else table
        return Call(f"dynamodb:{action}", place, frozenset(leading_keys(request, table, self._keys[place])))

    @staticmethod
    def _of_s3(action, params):
        if "Key" not in params:
            yield action, "UploadsBucket"
            return
        if "CopySource" in params:
            source = params["CopySource"]
            yield "s3:GetObject" + ("Version" if "VersionId" in source else ""), f"UploadsBucket/{source['Key']}"
            action = "s3:PutObject"
        versioned = action == "s3:GetObject" and "VersionId" in params
        yield action + "Version" * versioned, f"UploadsBucket/{params['Key']}"

    @staticmethod
    def _of_sqs(action, params):
        name = params["QueueUrl"].rpartition("/")[2]
        kind, dead, _ = name.partition("-dead")
        yield action, kind.title() + ("DeadLetters" if dead else "Queue")

    @staticmethod
    def _of_dynamodbstreams(action, params):
        (table,) = re.findall(r"table/(\w+)", params.get("StreamArn") or params["ShardIterator"])
        yield action.replace("dynamodbstreams:", "dynamodb:"), table

    @staticmethod
    def _of_kms(action, _):
        yield action, "TokensKey"

    @staticmethod
    def _of_ssm(action, params):
        name = params["Name"]
        for variable, stands_for in (
            ("SLACK_SECRETS", "${SlackSecrets}"),
            ("REGISTRY_SECRETS", "/${AWS::StackName}/registry"),
            ("EXCHANGE_SECRETS", "/${AWS::StackName}/exchange"),
        ):
            path = os.environ.get(variable)
            if path and name.startswith(f"{path}/"):
                name = stands_for + name.removeprefix(path)
        yield action, name

    @staticmethod
    def _of_events(action, _):
        yield action, "EventBus"

    def ask(self, service, operation, params):
        """Refuses an operation as AWS does, unless no function or one with the rights for it is calling."""
        function = calling()
        if function is None:
            return None
        for call in self.calls(service, operation, params):
            if not self.allows(function, call):
                raise denied(function, call, operation)
        return function


def denied(function, call, operation):
    """What AWS answers to a call that no statement allows."""
    message = f"{function}'s role is not authorized to perform: {call.action} on {call.resource} {sorted(call.keys)}"
    code = "AccessDenied" if call.action.startswith("s3:") else "AccessDeniedException"
    if operation == "HeadObject":
        code = "403"  # without a body there is no better
    return ClientError({"Error": {"Code": code, "Message": message}}, operation)


def calling():
    """The function on whose behalf this runs: of the nearest handler, or step of the chain, among the callers.

    None where a test calls by itself, from what it has put between two calls of a function, too.
    """
    frame, found, ours = sys._getframe(2), None, None
    while frame and not found:
        file, name = frame.f_code.co_filename, frame.f_code.co_name
        if ours is None and (ours := _side_of(file)) is TESTS:
            return None
        found = _function_of(file, name)
        frame = frame.f_back
    return found


@cache
def _side_of(file):
    """Whether a file is of the tests or of what is tested; None for libraries, and for what watches every call."""
    path = Path(file)
    if not path.is_relative_to(ROOT) or ".venv" in path.parts or path.name in WATCHING or path.parent == FAKES:
        return None
    return TESTS if path.is_relative_to(TESTS) else ROOT


@cache
def _function_of(file, name):
    path = Path(file)
    if path.name == "handler.py" and name == "handle":
        return "".join(part.title() for part in path.parent.name.split("_"))
    return STEPS.get(("/".join(path.parts[-2:]), name))


@contextmanager
def guarded(guard):
    """Has a guard look at each call of boto3's, pynamodb's and botocore's clients, and at what they sign for others."""
    make, sign, sign_url = (
        BaseClient._make_api_call,
        S3PostPresigner.generate_presigned_post,
        RequestSigner.generate_presigned_url,
    )

    def call(client, operation, params):
        service = client.meta.service_model.service_name
        function = guard.ask(service, operation, params)
        asked = dict(params)  # what boto3 makes of them is not what was asked
        try:
            return make(client, operation, params)
        except ClientError as error:
            missing = service == "s3" and error.response["Error"]["Code"] in NOT_THERE
            if missing and function and (lacking := guard.unseen(function, asked)):
                raise denied(function, lacking, operation) from error
            raise

    # AWS asks when such a signature is used, and about the right of whoever signed; here they are asked right away.
    def form(presigner, request_dict, fields=None, *others, **more):
        if fields["key"] != NO_KEY:
            guard.ask("s3", "PutObject", {"Key": fields["key"]})
        return sign(presigner, request_dict, fields, *others, **more)

    def url(signer, request_dict, operation_name, *others, **more):
        guard.ask("s3", operation_name, {"Key": unquote(urlsplit(request_dict["url"]).path).lstrip("/")})
        return sign_url(signer, request_dict, operation_name, *others, **more)

    with (
        patch.object(BaseClient, "_make_api_call", call),
        patch.object(S3PostPresigner, "generate_presigned_post", form),
        patch.object(RequestSigner, "generate_presigned_url", url),
    ):
        yield guard
