"""The alarms: clean for cfn-lint, created against a local stand-in for AWS, about metrics that we say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from deployment import CHECKOUT
from moto import mock_aws

from park_downtime.config.metrics import EVENTS, FINISHED

FOLDER = CHECKOUT / "deployment" / "cloudwatch"
TEMPLATE = FOLDER / "alarms.yaml"
REGION = "eu-central-1"

VALUES = {"Email": "operator@example.org", "InstanceId": "i-0123456789abcdef0"}


class Template(yaml.SafeLoader):
    """Reads !Ref as what the parameters are in the tests, or as the name of the resource."""


def _reference(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    return Reference(loader.construct_scalar(node))


class Reference(str):
    """A name, to be replaced."""


Template.add_constructor("!Ref", _reference)


def template() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(TEMPLATE.read_text("utf-8"), Template)  # noqa: S506 - a SafeLoader
    defaults = {name: one.get("Default") for name, one in found["Parameters"].items()}
    resolved = resolve(found["Resources"], {**defaults, **VALUES})
    assert isinstance(resolved, dict)
    return resolved


def resolve(value: Any, values: dict[str, Any]) -> Any:
    if isinstance(value, Reference):
        return values.get(
            value, f"arn:aws:sns:{REGION}:123456789012:{value}" if value == "Told" else str(value)
        )
    if isinstance(value, dict):
        return {key: resolve(one, values) for key, one in value.items()}
    if isinstance(value, list):
        return [resolve(one, values) for one in value]
    return value


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield


@pytest.fixture
def alarms(aws: None) -> dict[str, dict[str, Any]]:
    """Every alarm of the template as CloudWatch has it once it is made, by its name in the template.

    They are made one by one: the stand-in's stacks know no alarms.
    """
    client = boto3.client("cloudwatch", region_name=REGION)
    for name, resource in template().items():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            client.put_metric_alarm(AlarmName=name, **resource["Properties"])
    return {alarm["AlarmName"]: alarm for alarm in client.describe_alarms()["MetricAlarms"]}


@pytest.mark.usefixtures("aws")
@pytest.mark.filterwarnings("ignore:Tried to parse AWS..(Logs..MetricFilter|CloudWatch..Alarm)")
def test_the_stack_can_be_created() -> None:
    stacks = boto3.client("cloudformation", region_name=REGION)
    stacks.create_stack(
        StackName="park-downtime",
        TemplateBody=TEMPLATE.read_text("utf-8"),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in VALUES.items()],
    )
    (stack,) = stacks.describe_stacks(StackName="park-downtime")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    groups = boto3.client("logs", region_name=REGION).describe_log_groups()["logGroups"]
    assert sorted(group["logGroupName"] for group in groups) == [
        "/park-downtime/access",
        "/park-downtime/api",
        "/park-downtime/jobs",
    ]


@pytest.mark.usefixtures("aws")
def test_requests_are_counted_from_the_access_log() -> None:
    properties = template()["Requests"]["Properties"]
    client = boto3.client("logs", region_name=REGION)
    client.create_log_group(logGroupName="/park-downtime/access")
    client.put_metric_filter(
        filterName="requests",
        logGroupName="/park-downtime/access",
        filterPattern=properties["FilterPattern"],
        metricTransformations=[
            {key[0].lower() + key[1:]: value for key, value in one.items()}
            for one in properties["MetricTransformations"]
        ],
    )
    (found,) = client.describe_metric_filters(logGroupName="/park-downtime/access")["metricFilters"]
    assert found["metricTransformations"][0]["metricName"] == "requests"


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/api/parks", True),
        ("/feeds/parks/6.atom", True),
        ("/badges/rides/130.svg?period=2026", True),
        ("/data/2026-11/ride_days.csv.gz", True),
        ("/", False),
        ("/js/app.js", False),
        ("/robots.txt", False),
    ],
)
def test_what_is_given_away_counts_as_one(path: str, counts: bool) -> None:
    pattern = template()["Requests"]["Properties"]["FilterPattern"]
    wanted = re.findall(r'request="([^"]+)"', pattern)
    assert any(fnmatchcase(f"GET {path} HTTP/1.1", each) for each in wanted) is counts


def test_cfn_lint_finds_nothing() -> None:
    program = Path(sys.prefix) / "bin" / "cfn-lint"
    done = subprocess.run([program, TEMPLATE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def told(alarm: dict[str, Any]) -> tuple[str, int, int, float, str]:
    return (
        alarm["MetricName"],
        alarm["Period"],
        alarm["EvaluationPeriods"],
        alarm["Threshold"],
        alarm["TreatMissingData"],
    )


def test_every_sign_of_trouble_has_its_alarm(alarms: dict[str, dict[str, Any]]) -> None:
    assert {name: told(alarm) for name, alarm in alarms.items()} == {
        "NoCollection": ("parks_ok", 900, 1, 1, "breaching"),
        "AggregationMissing": ("finished", 3600, 2, 1, "breaching"),
        "AggregationFailed": ("zone_days_failed", 3600, 1, 0, "notBreaching"),
        "BusyForAWeek": ("CPUUtilization", 86400, 7, 60, "missing"),
        "AskedForAWeek": ("requests", 86400, 7, 1000, "notBreaching"),
        "DiskFilling": ("disk_used_percent", 300, 3, 80, "missing"),
    }


def test_somebody_is_told_by_every_alarm(alarms: dict[str, dict[str, Any]]) -> None:
    assert [name for name, alarm in alarms.items() if not alarm["AlarmActions"]] == []


def test_alarms_are_about_metrics_that_the_jobs_say(alarms: dict[str, dict[str, Any]]) -> None:
    said = {job.name: {*job.units, FINISHED} for job in EVENTS.values()}
    of_jobs = [alarm for alarm in alarms.values() if "'Name': 'job'" in str(alarm["Dimensions"])]
    assert len(of_jobs) == 3
    for alarm in of_jobs:
        (dimension,) = alarm["Dimensions"]
        assert alarm["MetricName"] in said[dimension["Value"]]
        assert alarm["Namespace"] == "ParkDowntime"


def test_the_agent_collects_into_the_groups_of_the_template() -> None:
    agent = json.loads((FOLDER / "agent.json").read_text("utf-8"))
    collected = {one["log_group_name"] for one in agent["logs"]["logs_collected"]["files"]["collect_list"]}
    made = set(re.findall(r"LogGroupName: (/\S+)", TEMPLATE.read_text("utf-8")))
    assert collected == made


def test_the_agent_reads_the_logs_that_the_site_writes() -> None:
    agent = json.loads((FOLDER / "agent.json").read_text("utf-8"))
    read = {one["file_path"] for one in agent["logs"]["logs_collected"]["files"]["collect_list"]}
    site = (FOLDER.parent / "apache" / "themeparkhall.conf").read_text("utf-8")
    (folder,) = re.findall(r"Define PARK_LOGS (\S+)", site)
    assert set(re.findall(r" -L \$\{PARK_LOGS\}/(\S+)", site)) == {"access.log", "error.log", "redirects.log"}
    # Those of HTTP are asked for once more over HTTPS: they would count twice.
    assert read == {
        "/var/log/park-downtime/jobs.log",
        f"{folder}/access.log",
        f"{folder}/error.log",
    }


def test_the_policy_is_json_and_names_no_foreign_log_group() -> None:
    policy = json.loads((FOLDER / "policy.json").read_text("utf-8"))
    resources = [one["Resource"] for one in policy["Statement"] if one["Sid"] != "WriteMachineMetrics"]
    assert [resource for resource in resources if "park-downtime" not in resource] == []
