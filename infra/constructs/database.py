"""PostgreSQL in a VPC of its own, behind a proxy that shares its connections among many short-lived functions."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_rds as rds
from constructs import Construct

from infra.config import ZONES, Postgres, StageConfig
from infra.constructs.log_group import log_group
from infra.constructs.removal import removal
from infra.constructs.suppress import suppress

NAME = "mockupaws"
_OWNER = "mockupaws_owner"
_APP = "mockupaws_app"
_PORT = 5432

# What a statement was slow or failed with is people's: emails, previews, what was searched for. The log has the
# statement without its parameters, and an error without the DETAIL that quotes a row.
PARAMETERS = {
    "rds.force_ssl": "1",
    "log_connections": "1",
    "log_min_duration_statement": "1000",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}

# The AWS services that functions call from within the VPC; S3 has a gateway, which costs nothing.
_ENDPOINTS = {
    "Sqs": ec2.InterfaceVpcEndpointAwsService.SQS,
    "Secrets": ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    "Mail": ec2.InterfaceVpcEndpointAwsService.EMAIL,
    "Traces": ec2.InterfaceVpcEndpointAwsService.XRAY,
    "Functions": ec2.InterfaceVpcEndpointAwsService.LAMBDA_,
}


# Where the database, its proxy and the endpoints are; without a NAT the functions, too.
_DATA = ec2.SubnetSelection(subnet_group_name="data")
_OUT = ec2.SubnetSelection(subnet_group_name="out")


class Database(Construct):
    """The database, its proxy, its secrets, and the network that functions join to reach it.

    Attributes:
        functions_subnets: where functions are: by name, so that what the VPC's other subnets are is no matter.
        owner_secret: user and password of who owns all that is in it, for `migrate`.
        app_secret: those of the login of all other functions, which owns nothing.
    """

    def __init__(self, scope: Construct, construct_id: str, *, config: StageConfig, postgres: Postgres) -> None:
        super().__init__(scope, construct_id)
        name, keep = f"mockupaws-{config.name}", config.keep_data
        self.vpc = self._network(postgres, config)
        self.functions_subnets = _OUT if postgres.nat else _DATA
        self.functions_group = ec2.SecurityGroup(
            self, "Functions", vpc=self.vpc, description="Functions that use the database"
        )
        engine = rds.DatabaseInstanceEngine.postgres(version=rds.PostgresEngineVersion.VER_17_9)
        parameters = rds.ParameterGroup(
            self,
            "Parameters",
            engine=engine,
            parameters={**PARAMETERS, "max_connections": str(postgres.connections)},
        )
        exports = ["postgresql", "upgrade"]
        log_groups = [
            log_group(self, f"{export.capitalize()}Log", name=f"/aws/rds/instance/{name}/{export}", config=config)
            for export in exports
        ]
        self.owner_secret = self._secret("OwnerSecret", _OWNER, keep=keep)
        self.app_secret = self._secret("AppSecret", _APP, keep=keep)
        self.instance = rds.DatabaseInstance(
            self,
            "Instance",
            instance_identifier=name,
            engine=engine,
            instance_type=ec2.InstanceType(postgres.instance),
            vpc=self.vpc,
            vpc_subnets=_DATA,
            database_name=NAME,
            # Not RDS's own secret: that belongs to one instance, and a restored one would be without its owner.
            credentials=rds.Credentials.from_secret(self.owner_secret, _OWNER),
            parameter_group=parameters,
            allocated_storage=postgres.storage_gb,
            max_allocated_storage=postgres.storage_gb * 10,
            storage_type=rds.StorageType.GP3,
            storage_encrypted=True,
            multi_az=postgres.multi_az,
            backup_retention=Duration.days(postgres.backup_days),
            deletion_protection=keep,
            delete_automated_backups=not keep,
            removal_policy=RemovalPolicy.SNAPSHOT if keep else RemovalPolicy.DESTROY,
            auto_minor_version_upgrade=True,
            iam_authentication=True,
            cloudwatch_logs_exports=exports,
            enable_performance_insights=True,
            monitoring_interval=Duration.seconds(60),
            copy_tags_to_snapshot=True,
        )
        self.instance.node.add_dependency(*log_groups)
        suppress(self.instance, "AwsSolutions-RDS11", "nobody but the proxy reaches the port, whatever its number")
        suppress(self.instance, "AwsSolutions-IAM4", "AWS's own policy for enhanced monitoring")
        if not postgres.multi_az:
            suppress(self.instance, "AwsSolutions-RDS3", "this stage saves the standby")
        if not keep:
            suppress(self.instance, "AwsSolutions-RDS10", "this stage is thrown away and made anew")
        proxy_group = ec2.SecurityGroup(
            self, "ProxyGroup", vpc=self.vpc, description="Proxy of the database", allow_all_outbound=False
        )
        self.proxy = rds.DatabaseProxy(
            self,
            "Proxy",
            db_proxy_name=name,
            proxy_target=rds.ProxyTarget.from_instance(self.instance),
            secrets=[self.owner_secret, self.app_secret],
            vpc=self.vpc,
            vpc_subnets=_DATA,
            security_groups=[proxy_group],
            require_tls=True,
            # Longer than a function may take: a migration holds its lock on a connection that is idle meanwhile.
            idle_client_timeout=Duration.minutes(20),
            borrow_timeout=Duration.seconds(5),
        )
        proxy_group.add_ingress_rule(self.functions_group, ec2.Port.tcp(_PORT), "Functions to the proxy")

    def _secret(self, construct_id: str, user: str, *, keep: bool) -> rds.DatabaseSecret:
        secret = rds.DatabaseSecret(self, construct_id, username=user, dbname=NAME)
        secret.apply_removal_policy(removal(keep=keep))
        suppress(secret, "AwsSolutions-SMG4", "rotated by a function, which is in the other stack")
        return secret

    def _network(self, postgres: Postgres, config: StageConfig) -> ec2.Vpc:
        subnets = [
            ec2.SubnetConfiguration(name="data", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=20),
        ]
        if postgres.nat:
            subnets += [
                ec2.SubnetConfiguration(name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24),
                ec2.SubnetConfiguration(name="out", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=20),
            ]
        vpc = ec2.Vpc(
            self,
            "Vpc",
            availability_zones=[*postgres.zones] or None,
            max_azs=None if postgres.zones else ZONES,
            nat_gateways=1 if postgres.nat else 0,
            subnet_configuration=subnets,
            restrict_default_security_group=False,
            flow_logs={
                "Rejected": ec2.FlowLogOptions(
                    destination=ec2.FlowLogDestination.to_cloud_watch_logs(
                        log_group(self, "RejectedLog", name=f"/aws/vpc/mockupaws-{config.name}", config=config)
                    ),
                    traffic_type=ec2.FlowLogTrafficType.REJECT,
                )
            },
        )
        vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)
        for name, service in _ENDPOINTS.items():
            endpoint = vpc.add_interface_endpoint(name, service=service, private_dns_enabled=True, subnets=_DATA)
            suppress(
                endpoint,
                "CdkNagValidationFailure",
                "EC23 can't read the VPC's own address range, which is all it allows",
            )
        return vpc
