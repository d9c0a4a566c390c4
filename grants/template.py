"""template.yaml as it is deployed on AWS: translated by SAM, its names and ARNs resolved. A name is
the resource's own in the template, in an account and a region made up."""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grants.policy import Grant, NotUnderstood, grants

ROOT = Path(__file__).resolve().parents[1]
PARTITION, REGION, ACCOUNT, DOMAIN = "aws", "us-east-1", "111122223333", "amazonaws.com"

type Json = Any

# What stands behind `arn:aws:SERVICE:REGION:ACCOUNT:` for a resource of this type and name.
_ARNS = {
    "AWS::DynamoDB::Table": "dynamodb:{at}:table/{name}",
    "AWS::Events::EventBus": "events:{at}:event-bus/{name}",
    "AWS::Events::Rule": "events:{at}:rule/EventBus/{name}",
    "AWS::IAM::ManagedPolicy": "iam::{account}:policy/{name}",
    "AWS::IAM::Role": "iam::{account}:role/{name}",
    "AWS::KMS::Key": "kms:{at}:key/{name}",
    "AWS::Lambda::Function": "lambda:{at}:function:{name}",
    "AWS::Logs::LogGroup": "logs:{at}:log-group:{name}:*",
    "AWS::SMSVOICE::ConfigurationSet": "sms-voice:{at}:configuration-set/{name}",
    "AWS::SMSVOICE::OptOutList": "sms-voice:{at}:opt-out-list/{name}",
    "AWS::SMSVOICE::PhoneNumber": "sms-voice:{at}:phone-number/{name}",
    "AWS::SMSVOICE::Pool": "sms-voice:{at}:pool/{name}",
    "AWS::SNS::Topic": "sns:{at}:{name}",
    "AWS::SQS::Queue": "sqs:{at}:{name}",
}
_REF_IS_THE_ARN = {"AWS::SNS::Topic", "AWS::IAM::ManagedPolicy"}
_STREAM = "/stream/2026-01-01T00:00:00.000"
_PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::NoValue": None,
    "AWS::Partition": PARTITION,
    "AWS::Region": REGION,
    "AWS::StackName": "textback",
    "AWS::URLSuffix": DOMAIN,
}


@dataclass(frozen=True)
class Deployed:
    """A translated template, deployed with these parameters and else with its defaults."""

    body: Mapping[str, Json]
    parameters: Mapping[str, str]

    @classmethod
    def on_aws(cls, path: Path = ROOT / "template.yaml", **parameters: str) -> "Deployed":
        """Translate with the stock tool: AWS's shape is that without a simulator of the carrier."""
        python = ROOT / ".local/sam/bin/python"
        script = ROOT / "scripts/translate.py"
        done = subprocess.run(  # noqa: S603 - our own command
            [python, script, path, REGION], capture_output=True, check=True, text=True
        )
        return cls(json.loads(done.stdout), parameters)

    def resources(self, *types: str) -> dict[str, dict[str, Json]]:
        """The resources of these types that are deployed: by name, their properties, resolved."""
        return {
            name: self.resolve(resource.get("Properties", {}))
            for name, resource in self.body["Resources"].items()
            if resource["Type"] in types and self._is_deployed(resource)
        }

    def arn(self, name: str) -> str:
        type_ = self.body["Resources"][name]["Type"]
        if type_ not in _ARNS:
            raise NotUnderstood(f"the ARN of {name}, a {type_}")
        at = f"{REGION}:{ACCOUNT}"
        return f"arn:{PARTITION}:" + _ARNS[type_].format(at=at, account=ACCOUNT, name=name)

    def roles(self) -> Iterator[Grant]:
        """What every role may do, by its own policies and the managed ones attached to it."""
        managed = {
            self.arn(name): (name, policy)
            for name, policy in self.resources("AWS::IAM::ManagedPolicy").items()
        }
        for role, properties in self.resources("AWS::IAM::Role").items():
            for own in properties.get("Policies", []):
                yield from grants(own["PolicyDocument"], role, role)
            for arn in properties.get("ManagedPolicyArns", []):
                if arn not in managed:
                    raise NotUnderstood(f"{role} has {arn}, whose words are not in the template")
                name, policy = managed[arn]
                yield from grants(policy["PolicyDocument"], name, role)

    def role_of(self, function: str) -> str:
        (properties,) = [
            p for n, p in self.resources("AWS::Lambda::Function").items() if n == function
        ]
        return name_in(properties["Role"])

    def resolve(self, value: Json) -> Json:
        """Give a value with its intrinsic functions worked out."""
        match value:
            case {"Ref": name}:
                return self._ref(name)
            case {"Fn::GetAtt": [name, attribute]}:
                return self._attribute(name, attribute)
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([^}]+)\}", lambda found: str(self._named(found[1])), text)
            case {"Fn::If": [condition, yes, no]}:
                return self.resolve(yes if self.holds(condition) else no)
            case {"Fn::Split": [by, text]}:
                return self.resolve(text).split(by)
            case dict():
                found = {key: self.resolve(inner) for key, inner in value.items()}
                return {key: inner for key, inner in found.items() if inner is not None}
            case list():
                return [inner for one in value if (inner := self.resolve(one)) is not None]
            case _:
                return value

    def holds(self, condition: str) -> bool:
        return self._is(self.body["Conditions"][condition])

    def _is(self, expression: Json) -> bool:
        match expression:
            case {"Condition": name}:
                return self.holds(name)
            case {"Fn::Equals": [left, right]}:
                return bool(self.resolve(left) == self.resolve(right))
            case {"Fn::Not": [inner]}:
                return not self._is(inner)
            case {"Fn::And": inner}:
                return all(map(self._is, inner))
            case _:
                raise NotUnderstood(f"the condition {expression}")

    def _is_deployed(self, resource: Mapping[str, Json]) -> bool:
        return "Condition" not in resource or self.holds(resource["Condition"])

    def _named(self, text: str) -> Json:
        name, dot, attribute = text.partition(".")
        return self._attribute(name, attribute) if dot else self._ref(name)

    def _ref(self, name: str) -> Json:
        if name in _PSEUDO:
            return _PSEUDO[name]
        if name in self.body["Parameters"]:
            return self.parameters.get(name, self.body["Parameters"][name].get("Default", name))
        is_arn = self.body["Resources"][name]["Type"] in _REF_IS_THE_ARN
        return self.arn(name) if is_arn else name

    def _attribute(self, name: str, attribute: str) -> str:
        match attribute:
            case "Arn":
                return self.arn(name)
            case "StreamArn":
                return self.arn(name) + _STREAM
            case _:
                return f"{name}.{attribute}"


def name_in(arn: str) -> str:
    """The resource's name in an ARN that was made here."""
    return re.split(r"[:/]", arn.removesuffix(":*").removesuffix(_STREAM))[-1]
