"""What holds data, and so outlives what works on it: the database, the payload bucket, the signing key."""

import json

from aws_cdk import Duration, Stack
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.config import StageConfig
from infra.constructs.bucket import private_bucket
from infra.constructs.database import Database
from infra.constructs.removal import removal
from infra.constructs.suppress import suppress

# As long as `retain` keeps the rows that name them (shared/mockupaws/contracts/reports.py).
_REPORT_LIFE = Duration.days(90)
# A profile that was too large for a message is needed as long as the message can wait: 14 days until `redrive`, which
# begins them anew, and 14 after it. Its batch's marker is kept as long (functions/retain/service.py).
_PAYLOAD_LIFE = Duration.days(30)


class DataStack(Stack):
    """The stage's data.

    Attributes:
        database: the stage's own; None where one is given.
        payloads: profiles that were too large for a message.
        reports: the reports' files.
        jwt_key: the secret that signs access tokens: `kid`, `key` and, while rotating, `previous`.
        edge_key: the secret by which functions know what comes through CloudFront: `key` and, while rotating,
            `previous`.
    """

    def __init__(self, scope: Construct, construct_id: str, *, config: StageConfig) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=f"mockupaws-{config.name}-data",
            description=f"mockupAWS {config.name}: what holds data",
        )
        self.database = Database(self, "Database", config=config, postgres=config.postgres) if config.postgres else None
        if self.database:
            # The app's stack asks for these unless the stage has a NAT. Were they exported only then, the NAT couldn't
            # be turned on where the app is deployed: CloudFormation takes back no export that is in use.
            for subnet in self.database.vpc.isolated_subnets:
                self.export_value(subnet.subnet_id)
        access_logs = private_bucket(self, "AccessLogs", config=config, life=Duration.days(90))
        suppress(access_logs, "AwsSolutions-S1", "this is where the other buckets' access logs go")
        self.payloads: s3.Bucket = private_bucket(
            self, "Payloads", config=config, life=_PAYLOAD_LIFE, access_logs=access_logs
        )
        self.reports: s3.Bucket = private_bucket(
            self, "Reports", config=config, life=_REPORT_LIFE, access_logs=access_logs
        )
        self.jwt_key = self._key(
            "JwtKey", "Signs access tokens: kid, key and, while rotating, previous", {"kid": "1"}, config
        )
        self.edge_key = self._key(
            "EdgeKey", "Tells functions what comes through CloudFront: key and, while rotating, previous", {}, config
        )

    def _key(
        self, construct_id: str, description: str, beside: dict[str, str], config: StageConfig
    ) -> secretsmanager.Secret:
        key = secretsmanager.Secret(
            self,
            construct_id,
            description=description,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps(beside),
                generate_string_key="key",
                password_length=64,
                exclude_punctuation=True,
            ),
            removal_policy=removal(keep=config.keep_data),
        )
        suppress(
            key,
            "AwsSolutions-SMG4",
            "rotated by hand, with the previous key kept for what it signed; docs/runbook.md says how",
        )
        return key
