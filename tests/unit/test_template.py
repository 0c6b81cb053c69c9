"""What no linter sees in template.yaml: cycles after the SAM transform, times that fit, code that is there, rights."""

import ast
import graphlib
import json
import re
from pathlib import Path

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from local.deploy import PARAMETERS
from rollcall import layout
from rollcall.worker.consuming import PAUSES, PAUSES_OF_NOTICES

ROOT = Path(__file__).resolve().parents[2]
FOURTEEN_DAYS = 14 * 24 * 3600

#: Statements that may say "*", by resource and Sid, each with its reason.
MAY_SAY_ALL = {
    ("UploadsBucketPolicy", "OnlyOverTls"),  # a Deny: the wider the better
}

SOURCE = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))


class NoManagedPolicies:
    """Stands in for the look-up of managed policies by name, which would ask AWS; we use none by name."""

    def load(self):
        return {}


def transformed(**packages):
    """The resources as CloudFormation gets them, with those that SAM makes of ours.

    Args:
        packages: logical id → name of its package; what is not here has one that never changes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
        for name, resource in template["Resources"].items():
            for uri in {"CodeUri", "ContentUri"} & resource["Properties"].keys():
                resource["Properties"][uri] = f"s3://bucket/{packages.get(name, 'key')}"  # as packaging leaves it
        return transform(template, {}, NoManagedPolicies())["Resources"]


@pytest.fixture(scope="module")
def resources():
    return transformed()


def of_type(resources, kind):
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


FUNCTIONS = of_type(SOURCE["Resources"], "AWS::Serverless::Function")
FUNCTIONS_ENVIRONMENT = SOURCE["Globals"]["Function"]["Environment"]["Variables"]


def mappings(resources, source):
    """What brings functions their work: from queues, or from the streams of tables."""
    found = of_type(resources, "AWS::Lambda::EventSourceMapping").values()
    return [one for one in found if resources[arn_of(one["EventSourceArn"])]["Type"] == source]


def references(node):
    """Logical ids that a piece of template refers to."""
    if isinstance(node, dict):
        if "Ref" in node:
            yield node["Ref"]
        if "Fn::GetAtt" in node:
            target = node["Fn::GetAtt"]
            yield target[0] if isinstance(target, list) else target.split(".")[0]
        if "Fn::Sub" in node:
            text = node["Fn::Sub"] if isinstance(node["Fn::Sub"], str) else node["Fn::Sub"][0]
            yield from (name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", text))
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def number(value):
    """A number of the template; a parameter stands for its default."""
    return int(SOURCE["Parameters"][value["Ref"]]["Default"]) if isinstance(value, dict) else int(value)


def arn_of(value):
    """The logical id behind a !GetAtt ….Arn."""
    (name,) = references(value)
    return name


def statements(resources):
    """Every statement of every policy written in the template, with the resource it stands in."""
    for name, resource in resources.items():
        properties = resource["Properties"]
        documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
        documents += [properties["PolicyDocument"]] if "PolicyDocument" in properties else []
        for document in documents:
            yield from ((name, statement) for statement in document["Statement"])


def as_list(value):
    return value if isinstance(value, list) else [value]


def test_nothing_waits_for_itself(resources):
    """CloudFormation refuses a circle, and only at deployment; SAM closes some that the source does not show."""
    waits_for = {
        name: {*references(resource["Properties"]), *as_list(resource.get("DependsOn", []))} & resources.keys()
        for name, resource in resources.items()
    }
    order = list(graphlib.TopologicalSorter(waits_for).static_order())
    assert order.index("UploadsQueuePolicy") < order.index("UploadsBucket") < order.index("PlanUpload")


def test_a_message_stays_hidden_for_six_runs_of_its_function(resources):
    """Less, and a message is run twice at once, or goes to the dead letters without having had its tries."""
    found = mappings(resources, "AWS::SQS::Queue")
    assert len(found) >= 3
    for mapping in found:
        queue = resources[arn_of(mapping["EventSourceArn"])]["Properties"]
        function = resources[mapping["FunctionName"]["Ref"]]["Properties"]
        assert number(queue["VisibilityTimeout"]) >= 6 * number(function["Timeout"]), mapping


def test_the_local_stack_keeps_to_the_six_runs_too():
    for step in ("Plan", "Load", "Finish"):
        assert int(PARAMETERS[f"{step}Visibility"]) >= 6 * int(PARAMETERS[f"{step}Timeout"])
    assert PARAMETERS.keys() <= SOURCE["Parameters"].keys()


def test_queues_hand_over_legal_batches_and_take_single_failures_back(resources):
    for mapping in mappings(resources, "AWS::SQS::Queue"):
        assert 1 <= mapping["BatchSize"] <= 10  # above, SQS wants a batching window
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert 2 <= number(mapping["ScalingConfig"]["MaximumConcurrency"]) <= 1000


def test_every_queue_has_dead_letters_that_are_kept_as_long_as_possible(resources):
    queues = of_type(resources, "AWS::SQS::Queue")
    redrives = {name: queue["RedrivePolicy"] for name, queue in queues.items() if "RedrivePolicy" in queue}
    dead_letters = {arn_of(redrive["deadLetterTargetArn"]) for redrive in redrives.values()}
    of_streams = {
        arn_of(mapping["DestinationConfig"]["OnFailure"]["Destination"])
        for mapping in mappings(resources, "AWS::DynamoDB::Table")
    }
    assert queues.keys() - redrives.keys() == dead_letters | of_streams
    assert len(dead_letters) == len(redrives), "two queues share one"
    assert not dead_letters & of_streams
    dead_letters |= of_streams
    assert all(redrive["maxReceiveCount"] >= 5 for redrive in redrives.values())
    assert all(queues[name]["MessageRetentionPeriod"] == FOURTEEN_DAYS for name in dead_letters)


@pytest.mark.parametrize("changed", ["CommonLayer", "Bot"])
def test_a_change_of_the_layer_alone_is_a_new_version_of_the_bot_too(changed, resources):
    """Nearly all of the code lies in the layer; an alias stays with the layer that its version was published with."""
    before, after = (set(of_type(one, "AWS::Lambda::Version")) for one in (resources, transformed(**{changed: "new"})))

    assert len(before) == len(after) == 1
    assert before != after
    assert transformed().keys() == resources.keys(), "and what did not change is none"


def test_a_message_has_one_try_more_than_pauses_and_its_tries_span_hours(resources):
    """An outage of ten minutes takes less than half of them, one of three hours leaves the last."""
    for name, queue in of_type(resources, "AWS::SQS::Queue").items():
        if "RedrivePolicy" not in queue:
            continue
        pauses = PAUSES_OF_NOTICES if name == "NoticesQueue" else PAUSES
        assert queue["RedrivePolicy"]["maxReceiveCount"] == len(pauses) + 1, name
        assert 3 * 3600 <= sum(pauses) <= 6 * 3600
        assert pauses[0] <= 60, "what passes by itself costs no more than a minute"
        within_ten_minutes = sum(sum(pauses[:tries]) <= 600 for tries in range(len(pauses) + 1))
        assert within_ten_minutes <= (len(pauses) + 1) / 2


def test_who_takes_messages_may_say_when_they_come_back(resources):
    allowed = {
        (name, queue)
        for name, statement in statements(resources)
        if "sqs:ChangeMessageVisibility" in as_list(statement["Action"])
        for queue in references(statement["Resource"])
    }
    for mapping in mappings(resources, "AWS::SQS::Queue"):
        function, queue = mapping["FunctionName"]["Ref"], arn_of(mapping["EventSourceArn"])
        assert (f"{function}Role", queue) in allowed
        folder = ROOT / FUNCTIONS[function]["CodeUri"]
        (variable,) = re.findall(r'Consumer\(logger, queue="(\w+)"', (folder / "handler.py").read_text("utf-8"))
        assert resources[function]["Properties"]["Environment"]["Variables"][variable] == {"Ref": queue}


def test_what_a_message_names_is_there_for_as_long_as_it_can_be_sent_back(resources):
    """A dead letter keeps the time at which it was first sent; sent back, it is a new message."""
    rules = resources["UploadsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    (rule,) = [rule for rule in rules if layout.chunk_key("U-1", 0).startswith(rule.get("Prefix", "-"))]
    longest = max(queue["MessageRetentionPeriod"] for queue in of_type(resources, "AWS::SQS::Queue").values())

    assert rule["ExpirationInDays"] * 24 * 3600 > 2 * longest


#: What reads the bucket without ever asking for what may be gone.
READS_WHAT_IS_THERE = {"UploadPageRole"}


def test_who_reads_files_is_told_which_are_missing(resources):
    """To who may not list, S3 says AccessDenied of what is missing as of what is refused."""
    listed, read = {}, {}
    for name, statement in statements(resources):
        actions = set(as_list(statement["Action"]))
        if actions & {"s3:ListBucket", "s3:ListBucketVersions"}:
            assert statement["Resource"] == {"Fn::GetAtt": ["UploadsBucket", "Arn"]}
            prefixes = set(as_list(statement["Condition"]["StringLikeIfExists"]["s3:prefix"]))
            for action in actions:
                listed.setdefault((name, action), set()).update(prefixes)
        for action in actions & {"s3:GetObject", "s3:GetObjectVersion"}:
            prefixes = {one["Fn::Sub"].rpartition(".Arn}/")[2] for one in as_list(statement["Resource"])}
            read.setdefault((name, action), set()).update(prefixes - {"exports/*"})
    assert len(read) > 7
    for (name, action), prefixes in read.items():
        missing = "s3:ListBucket" + "Versions" * action.endswith("Version")
        assert prefixes <= listed[name, missing], (name, missing)


@pytest.mark.feature("B24")
def test_a_stream_waits_for_no_record_that_cannot_be_published(resources):
    found = mappings(resources, "AWS::DynamoDB::Table")
    assert {arn_of(mapping["EventSourceArn"]) for mapping in found} == {"DevicesTable", "UploadsTable"}
    for mapping in found:
        table = resources[arn_of(mapping["EventSourceArn"])]["Properties"]
        assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
        assert mapping["StartingPosition"] == "TRIM_HORIZON"
        assert mapping["BisectBatchOnFunctionError"] is True
        assert 0 < mapping["MaximumRetryAttempts"] < 10_000
        # A stream keeps a day; half of it is left to look at what the dead letters name.
        assert 0 < mapping["MaximumRecordAgeInSeconds"] <= 12 * 3600
        for each in mapping["FilterCriteria"]["Filters"]:
            assert json.loads(each["Pattern"])["dynamodb"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_functions_handler_is_there(name):
    handler = FUNCTIONS[name].get("Handler", SOURCE["Globals"]["Function"]["Handler"])
    module, _, function = handler.rpartition(".")
    code = ROOT / FUNCTIONS[name]["CodeUri"] / f"{module.replace('.', '/')}.py"
    tree = ast.parse(code.read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_settings_can_be_read_from_what_a_function_is_given(name, resources):
    """Each variable that rollcall.settings asks for is there, by its name."""
    asked = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "layers/common/rollcall/settings.py").read_text("utf-8")))
    given = resources[name]["Properties"]["Environment"]["Variables"]
    assert len(asked) >= 10
    assert asked <= given.keys()


def test_no_policy_allows_all_actions_or_all_resources(resources):
    said = {
        (name, statement.get("Sid"))
        for name, statement in statements(resources)
        for word in [*as_list(statement["Action"]), *as_list(statement.get("Resource", []))]
        if word == "*" or (isinstance(word, str) and word.endswith(":*"))
    }
    assert said == MAY_SAY_ALL
    assert len(list(statements(resources))) > 10


def test_every_statement_says_what_it_is_for(resources):
    """And no two of a policy the same. SAM's own, for what streams give up, says nothing."""
    of_sam = {mapping["FunctionName"]["Ref"] + "Role" for mapping in mappings(resources, "AWS::DynamoDB::Table")}
    names = [
        (name, statement["Sid"])
        for name, statement in statements(resources)
        if not (name in of_sam and statement["Action"] == "sqs:SendMessage")
    ]
    assert len(names) == len(set(names))


def test_lambda_lets_those_go_on_that_send_to_their_own_queue_and_stops_all_others(resources):
    functions = of_type(resources, "AWS::Lambda::Function")
    fed = {
        (arn_of(one["FunctionName"]), arn_of(one["EventSourceArn"])) for one in mappings(resources, "AWS::SQS::Queue")
    }
    sends = {
        (name, queue)
        for name in functions
        for statement in resources[f"{name}Role"]["Properties"].get("Policies", [])
        for one in statement["PolicyDocument"]["Statement"]
        if "sqs:SendMessage" in as_list(one["Action"])
        for queue in references(one["Resource"])
    }
    themselves = {name for name, _ in fed & sends}
    assert {"RunJob", "Notify", "FinishUpload"} == themselves
    assert {name for name, one in functions.items() if one.get("RecursiveLoop") == "Allow"} == themselves


def test_every_function_has_a_log_group_that_forgets(resources):
    groups = of_type(resources, "AWS::Logs::LogGroup")
    for function in of_type(resources, "AWS::Lambda::Function").values():
        assert groups[function["LoggingConfig"]["LogGroup"]["Ref"]]["RetentionInDays"]


def test_tables_and_files_outlive_a_mistake(resources):
    """Where a first deployment fails, what has a name of its own goes again; a protected table could not."""
    policies = {
        "AWS::DynamoDB::Table": "Retain",
        "AWS::S3::Bucket": "RetainExceptOnCreate",
        "AWS::KMS::Key": "RetainExceptOnCreate",
    }
    kept = [resource for resource in resources.values() if resource["Type"] in policies]
    assert len(kept) >= 6
    for resource in kept:
        assert resource["DeletionPolicy"] == policies[resource["Type"]]
        assert resource["UpdateReplacePolicy"] == "Retain"
    for table in of_type(resources, "AWS::DynamoDB::Table").values():
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
        assert table["DeletionProtectionEnabled"]
        assert table["SSESpecification"]["SSEEnabled"]


def test_only_the_upload_page_may_post_into_the_bucket_from_a_browser(resources):
    (rule,) = resources["UploadsBucket"]["Properties"]["CorsConfiguration"]["CorsRules"]
    (origin,) = rule["AllowedOrigins"]
    condition, own, given = origin["Fn::If"]

    assert rule["AllowedMethods"] == ["POST"]
    assert FUNCTIONS_ENVIRONMENT["PUBLIC_URL"]["Fn::If"][:2] == [condition, own], "where links lead"
    assert given == {"Ref": "PublicOrigin"}


def test_the_front_holds_no_file_and_the_page_can_read_none(resources):
    """Files go from Slack or a browser to the bucket; what answers people has no right to write or read them there."""
    rights = {}
    for name, statement in statements(resources):
        for action in as_list(statement["Action"]):
            rights.setdefault(name, set()).add(action)

    assert "s3:PutObject" not in rights["BotRole"]
    assert not {right for right in rights["UploadPageRole"] if right.startswith("s3:Get")}
    assert "dynamodb:DeleteItem" not in rights["UploadPageRole"]
    deletes = {
        statement["Resource"]["Fn::GetAtt"][0]: statement["Condition"]["ForAllValues:StringLike"][
            "dynamodb:LeadingKeys"
        ]
        for name, statement in statements(resources)
        if name == "BotRole" and "dynamodb:DeleteItem" in as_list(statement["Action"])
    }
    assert deletes.keys() == {"AccountsTable"}, "people and keys, never devices or uploads"


def test_a_job_knows_its_last_try(resources):
    """The function gives a file up at its last try, so that its sender hears of it before it is a dead letter."""
    code = (ROOT / "functions/run_job/handler.py").read_text("utf-8")
    (tries,) = re.findall(r"^MOST_TRIES = (\d+)$", code, re.MULTILINE)

    assert int(tries) == resources["JobsQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"]


def alarms(resources):
    return of_type(resources, "AWS::CloudWatch::Alarm")


def metrics_of(alarm):
    """The metrics that an alarm looks at; one that sums none is one itself."""
    return [one["MetricStat"]["Metric"] for one in alarm.get("Metrics", []) if "MetricStat" in one] or [alarm]


def watched(alarm):
    """Metric name and the logical ids that an alarm looks at."""
    named = {(one["MetricName"], name) for one in metrics_of(alarm) for name in references(one["Dimensions"])}
    return {(metric, "Bot" if name.startswith("BotVersion") else name) for metric, name in named}


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_the_errors_and_throttles_of_every_function_raise_an_alarm(metric, resources):
    seen = {name for alarm in alarms(resources).values() for what, name in watched(alarm) if what == metric}
    assert seen >= FUNCTIONS.keys()


def times(alarm):
    """Seconds of a figure that an alarm looks at, and how many such figures it waits for."""
    periods = {one["MetricStat"]["Period"] for one in alarm.get("Metrics", []) if "MetricStat" in one}
    (period,) = periods or {alarm["Period"]}
    return period, alarm.get("DatapointsToAlarm", alarm["EvaluationPeriods"])


def test_a_clock_that_fails_each_time_raises_an_alarm(resources):
    """It runs once a minute: an alarm that waits for more errors than that in its period never rings."""
    ((name, event),) = [
        (name, event["Properties"])
        for name, one in FUNCTIONS.items()
        for event in one.get("Events", {}).values()
        if event["Type"] == "Schedule"
    ]
    assert event["Schedule"] == "rate(1 minute)"
    able = []
    for which, alarm in alarms(resources).items():
        if ("Errors", name) in watched(alarm):
            period, _ = times(alarm)
            assert alarm["Threshold"] <= period / 60, which
            able.append(which)
    assert able


def test_every_queue_raises_an_alarm_by_its_age_and_its_dead_letters_by_being_there(resources):
    queues = of_type(resources, "AWS::SQS::Queue")
    seen = {pair for alarm in alarms(resources).values() for pair in watched(alarm)}
    for name, queue in queues.items():
        if "RedrivePolicy" in queue:
            assert ("ApproximateAgeOfOldestMessage", name) in seen
        else:
            assert ("ApproximateNumberOfMessagesVisible", name) in seen


def test_an_alarm_sums_no_more_metrics_than_cloudwatch_takes_and_tells_its_topic(resources):
    for name, alarm in alarms(resources).items():
        assert len(alarm.get("Metrics", [])) <= 10, name
        assert alarm["AlarmActions"] == [{"Ref": "AlarmsTopic"}], name
        assert alarm["AlarmDescription"].endswith(f"Runbook: {name}")


def test_every_figure_of_ours_that_is_watched_or_shown_is_counted_by_that_function(resources):
    """A misspelt metric is an alarm that never rings."""
    shown = re.findall(
        r'"Rollcall/\$\{AWS::StackName\}", "(\w+)", "service", "(\w+)"', (ROOT / "template.yaml").read_text("utf-8")
    )
    for alarm in alarms(resources).values():
        for metric in metrics_of(alarm):
            if metric["Namespace"] == {"Fn::Sub": "Rollcall/${AWS::StackName}"}:
                shown.append((metric["MetricName"], metric["Dimensions"][0]["Value"]))
    assert len(shown) > 10
    layer = "\n".join(path.read_text("utf-8") for path in (ROOT / "layers/common/rollcall").rglob("*.py"))
    for metric, service in shown:
        folder = ROOT / ("bot" if service == "bot" else f"functions/{service}")
        code = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
        assert f'"{metric}"' in code + layer, (metric, service)


def test_the_first_row_of_the_dashboard_is_the_business(resources):
    body = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    first = [widget for widget in widgets if widget["y"] == 0]
    assert [widget["properties"]["title"].split(",")[0] for widget in first] == [
        "Uploads finished",
        "Rows",
        "Right the first time",
        "How long devices had waited when decided",
        "Decisions",
    ]
    assert sum(widget["width"] for widget in first) == 24
    for widget in widgets:
        assert widget["x"] + widget["width"] <= 24
        assert set(re.findall(r"\$\{(\w+)[.}]", json.dumps(widget))) - {"AWS"} <= resources.keys()


def test_a_new_version_of_the_bot_is_taken_back_by_alarms_that_are_there(resources):
    named = rollout_alarms(resources)
    assert named <= alarms(resources).keys()
    seen = {pair for name in named for pair in watched(alarms(resources)[name])}
    assert seen >= {("Errors", "Bot"), ("RequestsFailed", "Bot"), ("Duration", "Bot"), ("5xx", "SlackApi")}
    assert resources["BotAliaslive"]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
    assert resources["BotPermission"]["Properties"]["FunctionName"] == {"Ref": "BotAliaslive"}
    assert "BotAliaslive" in set(references(resources["BotIntegration"]))


def rollout_alarms(resources):
    (group,) = of_type(resources, "AWS::CodeDeploy::DeploymentGroup").values()
    condition, heeded, unheeded = group["AlarmConfiguration"]["Fn::If"]
    assert (condition, unheeded) == ("AlarmsHeeded", {}), "one can be let through while an alarm stands"
    return {alarm["Name"]["Ref"] for alarm in heeded["Alarms"]}


def test_what_takes_a_version_back_can_ring_before_the_rollout_is_over(resources):
    """CloudWatch has a figure about a minute after its minute is over."""
    minutes = int(re.search(r"Percent(\d+)Minutes", SOURCE["Parameters"]["Rollout"]["Default"])[1])
    for name in rollout_alarms(resources):
        period, needed = times(alarms(resources)[name])
        assert period * needed / 60 + 1 < minutes, name


def test_no_other_functions_fault_keeps_a_version_of_the_bot_out(resources):
    for name in rollout_alarms(resources):
        alarm = alarms(resources)[name]
        assert {of for _, of in watched(alarm)} <= {"Bot", "SlackApi"}, name
        if alarm.get("Namespace") == "AWS/ApiGateway":
            route = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
            assert f"{route['Method']} {route['Resource']}" == resources["SlackEventsRoute"]["Properties"]["RouteKey"]


def test_what_a_key_of_the_stacks_own_would_close_is_everything_that_stores(resources):
    for kind, name in (
        ("AWS::SQS::Queue", "KmsMasterKeyId"),
        ("AWS::Logs::LogGroup", "KmsKeyId"),
        ("AWS::SNS::Topic", "KmsMasterKeyId"),
    ):
        for logical, properties in of_type(resources, kind).items():
            assert "DataKey" in set(references(properties.get(name, {}))), logical
    for table in of_type(resources, "AWS::DynamoDB::Table").values():
        assert "DataKey" in set(references(table["SSESpecification"]))
    assert "DataKey" in set(references(resources["UploadsBucket"]["Properties"]["BucketEncryption"]))
