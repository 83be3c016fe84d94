"""The alarms: clean for cfn-lint, created against a local stand-in for AWS, about metrics that we say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from deployment import CHECKOUT
from moto import mock_aws

from park_downtime.metrics import EVENTS, FINISHED

FOLDER = CHECKOUT / "deployment" / "cloudwatch"
TEMPLATE = FOLDER / "alarms.yaml"
REGION = "eu-central-1"

# The stand-in makes everything else of the template.
pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse AWS..Logs..MetricFilter")


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dict[str, Any]]]:
    """The alarms of a created stack, by their names in the template."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        stacks = boto3.client("cloudformation", region_name=REGION)
        values = {"Email": "operator@example.org", "InstanceId": "i-0123456789abcdef0"}
        stacks.create_stack(
            StackName="park-downtime",
            TemplateBody=TEMPLATE.read_text("utf-8"),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()],
        )
        (stack,) = stacks.describe_stacks(StackName="park-downtime")["Stacks"]
        assert stack["StackStatus"] == "CREATE_COMPLETE"
        resources = stacks.describe_stack_resources(StackName="park-downtime")["StackResources"]
        names = {one["PhysicalResourceId"]: one["LogicalResourceId"] for one in resources}
        found = boto3.client("cloudwatch", region_name=REGION).describe_alarms()["MetricAlarms"]
        yield {names[alarm["AlarmName"]]: alarm for alarm in found}


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


def test_the_policy_is_json_and_names_no_foreign_log_group() -> None:
    policy = json.loads((FOLDER / "policy.json").read_text("utf-8"))
    resources = [one["Resource"] for one in policy["Statement"] if one["Sid"] != "WriteMachineMetrics"]
    assert [resource for resource in resources if "park-downtime" not in resource] == []
