"""What `cdk deploy` does, in small: an assembly's assets to S3, its stacks to CloudFormation."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

from infra.local.emulator import REGION
from layers.archive import digest, files
from layers.vocabulary import ROOT

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef

ACCOUNT = "000000000000"


class DeployError(RuntimeError):
    """A stack could not be deployed; the text says what CloudFormation said."""


class Credentials(TypedDict):
    """The arguments that boto3 takes for every service."""

    endpoint_url: str
    region_name: str
    aws_access_key_id: str
    aws_secret_access_key: str
    config: Config


# A migration takes its time, and what failed once here fails again.
_PATIENT = Config(retries={"max_attempts": 0}, read_timeout=900)


@dataclass(frozen=True)
class Cloud:
    """Where to deploy: an endpoint that speaks AWS."""

    endpoint: str

    @property
    def credentials(self) -> "Credentials":
        """What a client is told: `boto3.client("s3", **cloud.credentials)`. They open nothing but this endpoint."""
        return {
            "endpoint_url": self.endpoint,
            "region_name": REGION,
            "aws_access_key_id": "local",
            "aws_secret_access_key": "local",  # nosec # the emulator looks at none
            "config": _PATIENT,
        }


def synthesize(stage: str, output: Path) -> Path:
    """Synthesize one stage, unless what it is made of is as it was.

    Args:
        stage: its name.
        output: where the assembly goes.

    Returns:
        The stage's own assembly.

    Raises:
        DeployError: the program failed; the text is what it printed.
    """
    made_of, stamp = digest(ROOT, _sources(), stage), output / "made-of"
    if stamp.exists() and stamp.read_text() == made_of:
        return output / f"assembly-{stage}"
    shutil.rmtree(output, ignore_errors=True)
    environment = {**os.environ, "CDK_OUTDIR": str(output)}  # noqa: TID251 - the CDK's own variable
    run = subprocess.run(
        [sys.executable, str(ROOT / "infra" / "app.py"), stage],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise DeployError(f"synth failed\n{run.stdout}{run.stderr}")
    stamp.write_text(made_of)
    return output / f"assembly-{stage}"


def _sources() -> list[Path]:
    folders = [ROOT / name for name in ("functions", "infra", "layers", "requirements", "shared")]
    return [ROOT / "cdk.json", *(path for folder in folders for path in files(folder))]


def fingerprint(assembly: Path, parameters: Mapping[str, str]) -> str:
    """Name what would be deployed, so that it isn't deployed again for nothing."""
    sha = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for template in sorted(assembly.glob("*.template.json")):
        sha.update(template.read_bytes())
    return sha.hexdigest()


def deploy(cloud: Cloud, assembly: Path, parameters: Mapping[str, str]) -> dict[str, str]:
    """Publish the assembly's assets and create or update its stacks, in their order.

    Args:
        cloud: where to.
        assembly: what `synthesize` gave.
        parameters: values of the templates' parameters; each stack takes those it knows.

    Returns:
        The outputs of all stacks.

    Raises:
        DeployError: a stack failed.
    """
    _bootstrap(cloud)
    outputs: dict[str, str] = {}
    for name, artifact in _stacks(assembly):
        _publish(cloud, assembly / f"{name}.assets.json")
        properties = artifact["properties"]
        template = json.loads((assembly / properties["templateFile"]).read_text())
        known = {name: parameters[name] for name in template.get("Parameters", {}) if name in parameters}
        address = _here(properties["stackTemplateAssetObjectUrl"]).replace("s3:/", cloud.endpoint)
        outputs |= _apply(cloud, properties["stackName"], address, known)
        _mend_cors(cloud, template)
    return outputs


def make_sender(cloud: Cloud, address: str) -> None:
    """Have SES know the address that mail comes from, as docs/deploy.md has people do once an account."""
    with closing(boto3.client("sesv2", **cloud.credentials)) as ses:
        try:
            ses.create_email_identity(EmailIdentity=address)
        except ses.exceptions.AlreadyExistsException:
            return


def stands(cloud: Cloud, assembly: Path) -> bool:
    """Tell whether the assembly's stacks are all there."""
    with closing(boto3.client("cloudformation", **cloud.credentials)) as cloudformation:
        return all(_exists(cloudformation, artifact["properties"]["stackName"]) for _, artifact in _stacks(assembly))


def invoke(cloud: Cloud, function: str) -> Any:
    """Call a function and wait for its answer.

    Raises:
        DeployError: it failed; the text is its error and what it logged.
    """
    with closing(boto3.client("lambda", **cloud.credentials)) as client:
        answer = client.invoke(FunctionName=function, LogType="Tail")
        payload = json.loads(answer["Payload"].read())
    if answer.get("FunctionError"):
        log = base64.b64decode(answer.get("LogResult", "")).decode(errors="replace")
        raise DeployError(f"{function} failed: {payload}\n{log}")
    return payload


def _stacks(assembly: Path) -> list[tuple[str, dict[str, Any]]]:
    artifacts: dict[str, dict[str, Any]] = json.loads((assembly / "manifest.json").read_text())["artifacts"]
    waiting = {name: it for name, it in artifacts.items() if it["type"] == "aws:cloudformation:stack"}
    ordered: list[tuple[str, dict[str, Any]]] = []
    while waiting:
        name = next(name for name, it in waiting.items() if not waiting.keys() & set(it.get("dependencies", [])))
        ordered.append((name, waiting.pop(name)))
    return ordered


def _bootstrap(cloud: Cloud) -> None:
    """What `cdk bootstrap` leaves in an account, as far as a template asks for it."""
    with closing(boto3.client("ssm", **cloud.credentials)) as ssm:
        ssm.put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String", Overwrite=True)


def _publish(cloud: Cloud, manifest: Path) -> None:
    with closing(boto3.client("s3", **cloud.credentials)) as s3:
        for asset in json.loads(manifest.read_text())["files"].values():
            path = manifest.parent / asset["source"]["path"]
            for destination in asset["destinations"].values():
                bucket = _here(destination["bucketName"])
                s3.create_bucket(Bucket=bucket)
                try:
                    s3.head_object(Bucket=bucket, Key=destination["objectKey"])
                except ClientError:
                    s3.upload_file(str(path), bucket, destination["objectKey"])


def _here(text: str) -> str:
    return text.replace("${AWS::AccountId}", ACCOUNT).replace("${AWS::Region}", REGION)


def _apply(cloud: Cloud, stack: str, template_url: str, parameters: Mapping[str, str]) -> dict[str, str]:
    given: list[ParameterTypeDef] = [{"ParameterKey": key, "ParameterValue": parameters[key]} for key in parameters]
    with closing(boto3.client("cloudformation", **cloud.credentials)) as cloudformation:
        exists = _exists(cloudformation, stack)
        change = cloudformation.update_stack if exists else cloudformation.create_stack
        waiter = cloudformation.get_waiter("stack_update_complete" if exists else "stack_create_complete")
        try:
            change(StackName=stack, TemplateURL=template_url, Parameters=given, Capabilities=["CAPABILITY_NAMED_IAM"])
            waiter.wait(StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 300})
        except ClientError as error:
            if "No updates" not in str(error):
                raise DeployError(f"{stack}: {error}") from error
        except WaiterError as error:
            raise DeployError(f"{stack} failed:\n{_reasons(cloudformation, stack)}") from error
        found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def _mend_cors(cloud: Cloud, template: dict[str, Any]) -> None:
    # MiniStack 1.5.33 keeps what a template says of CORS under names that it doesn't look for; its own API is right.
    apis = [it["Properties"] for it in template["Resources"].values() if it["Type"] == "AWS::ApiGatewayV2::Api"]
    if not apis:
        return
    with closing(boto3.client("apigatewayv2", **cloud.credentials)) as gateway:
        ids = {api.get("Name"): api["ApiId"] for api in gateway.get_apis()["Items"]}
        for api in apis:
            gateway.update_api(ApiId=ids[api["Name"]], CorsConfiguration=api["CorsConfiguration"])


def _exists(cloudformation: "CloudFormationClient", stack: str) -> bool:
    try:
        return bool(cloudformation.describe_stacks(StackName=stack)["Stacks"])
    except ClientError:
        return False


def _reasons(cloudformation: "CloudFormationClient", stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    return "\n".join(
        f"{event.get('LogicalResourceId')}: {event['ResourceStatusReason']}"
        for event in reversed(events)
        if event.get("ResourceStatusReason")
    )
