"""What works: the functions of the catalogue, and what starts them."""

from pathlib import Path
from typing import assert_never

from aws_cdk import CfnOutput, CfnParameter, Duration, Fn, Stack, triggers
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.catalog import FUNCTIONS, Deploy, FromQueue, FromStream, Function, QueueName, Touch
from infra.catalog import Schedule as Times
from infra.config import Postgres, StageConfig
from infra.constructs.alarms import Alarms, alarm_topic
from infra.constructs.database import Database
from infra.constructs.function import DomainFunction
from infra.constructs.http_api import HttpApi
from infra.constructs.layers import layer
from infra.constructs.overview import Overview
from infra.constructs.queue import Queue
from infra.constructs.schedule import Schedule
from infra.constructs.stream import Stream
from infra.constructs.suppress import ANY_RESOURCE, suppress, suppress_objects
from infra.data_stack import DataStack
from layers.recipe import COMMON, MIGRATE, OPT, RENDER, ROOTS, VOCABULARY, Platform, build

_FIVE_MINUTES = Duration.minutes(5)
# Logs that are older than this in the queue are missing from what people look at.
_LATE_S = 300

# Each reads from the database all the while. Reports take seconds, and a Monday's are made within minutes.
_REPORTS_AT_ONCE = 5

_PASSWORD_LIFE_DAYS = 30

# SES reviews an account from 5 % and 0.1 % on, and stops its mail at 10 % and 0.5 %.
_BOUNCED, _COMPLAINED = 0.05, 0.001

# Where a function is told that a queue is.
_QUEUE_URLS = {
    QueueName.LOGS: "LOG_QUEUE_URL",
    QueueName.RESETS: "RESET_QUEUE_URL",
    QueueName.REPORTS: "REPORT_QUEUE_URL",
}


class AppStack(Stack):
    """The stage's functions, the API before them, and the queue, the stream and the clock that start the others."""

    def __init__(self, scope: Construct, construct_id: str, *, config: StageConfig, data: DataStack) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=f"mockupaws-{config.name}-app",
            description=f"mockupAWS {config.name}: what works",
        )
        self._config = config
        self._data = data
        self._parameters()
        name = f"mockupaws-{config.name}"
        self.alarm_topic = alarm_topic(self, "AlarmTopic", name=name, keep=config.keep_data) if config.alarms else None
        self._alarms = Alarms(self, "Alarms", name=name, topic=self.alarm_topic) if self.alarm_topic else None
        self._dead_letters: list[sqs.Queue] = []
        self._queues = {
            function.trigger.queue: self._queue(function.trigger)
            for function in FUNCTIONS
            if isinstance(function.trigger, FromQueue)
        }
        common = layer(self, COMMON, config)
        others = {recipe.name: layer(self, recipe, config) for recipe in (MIGRATE, RENDER)}
        self.functions: dict[str, DomainFunction] = {}
        for function in FUNCTIONS:
            made = DomainFunction(
                self,
                "".join(part.capitalize() for part in function.name.split("_")),
                function=function,
                config=config,
                layers=[common, others[function.layer]] if function.layer else [common],
                database=data.database if {Touch.DATABASE, Touch.DATABASE_OWNER} & function.touches else None,
            )
            made.tell("TIKTOKEN_CACHE_DIR", str(_vocabulary(config)))
            for touch in Touch:
                if touch in function.touches:
                    self._let(made, touch)
            self.functions[function.name] = made
            CfnOutput(self, f"{made.node.id}FunctionName", value=made.lambda_function.function_name)
        self._release_in_order()
        for function in FUNCTIONS:
            self._start(function)
        api = HttpApi(self, "Http", config=config)
        self.api_id = api.api.api_id
        if self._alarms:
            failing = self._alarms.when_failing(
                api.api.metric_server_error(period=_FIVE_MINUTES), "requests", at_least=5
            )
            if config.canary:
                self._release_by_canary(self._alarms, failing)
            self._watch_account(self._alarms)
            if data.database and config.postgres:
                self._watch_database(self._alarms, data.database, config.postgres)
            self._overview(api)
        api.lead_to(self.functions)
        if config.edge:
            # Firehose's stacks ask for the topic, one a scenario, of which a deploy without a scenario doesn't know.
            # Those of releases before asked for the API, too, and would keep this stack from taking it back.
            self.export_value(self.api_id)
            if self.alarm_topic:
                self.export_value(self.alarm_topic.topic_arn)
        CfnOutput(self, "ApiUrl", value=api.api.api_endpoint)
        CfnOutput(self, "ApiId", value=api.api.api_id)
        logs = self._queues[QueueName.LOGS]
        CfnOutput(self, "LogQueueUrl", value=logs.queue.queue_url)
        CfnOutput(self, "LogDlqUrl", value=logs.dead_letters.queue_url)

    def _release_in_order(self) -> None:
        """A release's doors may send batches in a format that only its own worker reads."""
        worker = self.functions["store_logs"].lambda_function
        for door in ("ingest", "log_stream"):
            self.functions[door].lambda_function.node.add_dependency(worker)

    def _release_by_canary(self, alarms: Alarms, requests: cloudwatch.Alarm) -> None:
        application = codedeploy.LambdaApplication(self, "Releases", application_name=f"mockupaws-{self._config.name}")
        # `--context canary=off`: for the release that mends what rings, which would be taken back for it.
        at_once = self.node.try_get_context("canary") == "off"
        for function in FUNCTIONS:
            if function.routes:
                self.functions[function.name].release_by_canary(application, alarms, requests, at_once=at_once)

    @staticmethod
    def _watch_account(alarms: Alarms) -> None:
        """What stages of one account and region share: room for functions, and SES's good opinion."""
        throttles = cloudwatch.Metric(
            namespace="AWS/Lambda", metric_name="Throttles", statistic="Sum", period=_FIVE_MINUTES
        )
        alarms.when_throttled(throttles, "functions")
        for what, of, share in (("bounced", "Bounce", _BOUNCED), ("complained", "Complaint", _COMPLAINED)):
            rate = cloudwatch.Metric(
                namespace="AWS/SES",
                metric_name=f"Reputation.{of}Rate",
                statistic="Maximum",
                period=Duration.hours(1),
            )
            alarms.when_unwanted(rate, what, at_least=share)

    @staticmethod
    def _watch_database(alarms: Alarms, database: Database, postgres: Postgres) -> None:
        instance = database.instance
        alarms.when_busy(instance.metric_cpu_utilization(period=_FIVE_MINUTES), "database", percent=80)
        # It grows when a tenth of what there is then is left. Half of the first such tenth is left only if it didn't.
        free = instance.metric_free_storage_space(period=_FIVE_MINUTES)
        alarms.when_full(free, "database", left_gb=postgres.storage_gb / 20)
        connected = instance.metric_database_connections(period=_FIVE_MINUTES, statistic="Maximum")
        alarms.when_crowded(connected, "database", at_least=postgres.connections * 4 // 5)

    def _overview(self, api: HttpApi) -> None:
        Overview(
            self,
            "Overview",
            name=f"mockupaws-{self._config.name}",
            api=api.api,
            functions=self.functions,
            queues={name.value: queue for name, queue in self._queues.items()},
            dead_letters=self._dead_letters,
            stream=self._stream.stream,
            database=self._data.database.instance if self._data.database else None,
            stage=self._config.name,
        )

    def _parameters(self) -> None:
        self._dashboard_url = CfnParameter(
            self, "DashboardUrl", default="http://localhost:5173", description="where people see the dashboard"
        )
        self._mail_sender = CfnParameter(
            self, "MailSender", description="the address that mail comes from; SES knows it, or its domain, already"
        )
        if not self._data.database:
            self._database_url = CfnParameter(
                self, "DatabaseUrl", no_echo=True, description="how functions connect to PostgreSQL"
            )
            self._owner_url = CfnParameter(
                self,
                "OwnerDatabaseUrl",
                no_echo=True,
                description="how migrations do, who let the functions in: postgresql://user:password@host:port/database",
            )

    def _queue(self, trigger: FromQueue) -> Queue:
        name = trigger.queue.value
        queue = Queue(
            self,
            name.capitalize(),
            name=f"mockupaws-{self._config.name}-{name}",
            hidden=Duration.seconds(trigger.hidden_s),
            max_receives=trigger.max_receives,
            life=Duration.hours(trigger.life_h),
            keep=self._config.keep_data,
        )
        self._watch_dead_letters(queue.dead_letters, name)
        if self._alarms:
            self._alarms.when_late(queue.queue, name, seconds=_LATE_S)
        return queue

    def _watch_dead_letters(self, letters: sqs.Queue, what: str) -> None:
        self._dead_letters.append(letters)
        if self._alarms:
            self._alarms.when_dead(letters, what)

    def _let(self, function: DomainFunction, touch: Touch) -> None:  # noqa: C901, PLR0912 (a case for each touch)
        """Let a function touch one thing: the grant, and where it is."""
        match touch:
            case Touch.DATABASE:
                self._let_database(function, self._data.database)
            case Touch.DATABASE_OWNER:
                self._let_own_database(function, self._data.database)
            case Touch.JWT_KEY:
                self._let_key(function, "JWT_SECRET_ARN", self._data.jwt_key)
            case Touch.EDGE_KEY:
                # Where nothing stands before the API, whoever opened the connection is who asks.
                if self._config.edge:
                    self._let_key(function, "EDGE_SECRET_ARN", self._data.edge_key)
            case Touch.SEND_LOGS | Touch.READ_PAYLOADS:
                self._let_payloads(function, touch)
            case Touch.WATCH_LOGS:
                logs = self._queues[QueueName.LOGS]
                function.allow(["sqs:GetQueueAttributes"], logs.queue.queue_arn, logs.dead_letters.queue_arn)
                function.tell("LOG_QUEUE_URL", logs.queue.queue_url)
                function.tell("LOG_DLQ_URL", logs.dead_letters.queue_url)
            case Touch.SEND_RESETS | Touch.SEND_REPORTS:
                self._let_send(function, QueueName.RESETS if touch is Touch.SEND_RESETS else QueueName.REPORTS)
            case Touch.WRITE_REPORTS | Touch.HAND_OUT_REPORTS | Touch.DELETE_REPORTS:
                self._let_reports(function, touch)
            case Touch.SEND_MAIL:
                self._let_mail(function, self._mail_sender.value_as_string)
            case Touch.READ_PRICES:
                function.allow(["pricing:GetProducts"], "*")
                suppress(function, "AwsSolutions-IAM5", "the Price List knows no resources", ANY_RESOURCE)
            case Touch.FETCH_PRICES:
                self._let_call(function, "FETCH_FUNCTION", "fetch_prices")
            case Touch.START_REFRESH:
                self._let_call(function, "REFRESH_FUNCTION", "refresh_pricing")
            case Touch.RETENTION:
                function.tell("RETENTION_DAYS", str(self._config.retention_days))
            case _:
                assert_never(touch)

    def _let_mail(self, function: DomainFunction, sender: str) -> None:
        # The sender is the account's, not the stage's: another stage, or another product, may send from it too.
        identities = [
            self.format_arn(service="ses", resource="identity", resource_name=identity)
            for identity in (sender, Fn.select(1, Fn.split("@", sender)))
        ]
        function.allow(["ses:SendEmail"], *identities, when={"StringEquals": {"ses:FromAddress": sender}})
        function.tell("MAIL_SENDER", sender)
        function.tell("DASHBOARD_URL", self._dashboard_url.value_as_string)

    def _let_send(self, function: DomainFunction, name: QueueName) -> None:
        queue = self._queues[name].queue
        function.allow(["sqs:SendMessage"], queue.queue_arn)
        function.tell(_QUEUE_URLS[name], queue.queue_url)

    @staticmethod
    def _let_key(function: DomainFunction, variable: str, key: secretsmanager.Secret) -> None:
        function.allow(["secretsmanager:GetSecretValue"], key.secret_arn)
        function.tell(variable, key.secret_arn)

    def _let_call(self, function: DomainFunction, variable: str, name: str) -> None:
        called = self.functions[name].lambda_function
        function.allow(["lambda:InvokeFunction"], called.function_arn)
        function.tell(variable, called.function_name)

    def _let_payloads(self, function: DomainFunction, touch: Touch) -> None:
        objects = self._data.payloads.arn_for_objects("*")
        function.tell("PAYLOAD_BUCKET", self._data.payloads.bucket_name)
        if touch is Touch.SEND_LOGS:
            self._let_send(function, QueueName.LOGS)
            function.allow(["s3:PutObject"], objects)
        else:
            function.allow(["s3:GetObject"], objects)
        suppress_objects(function, self._data.payloads, "an object's name is the door's choice")

    def _let_reports(self, function: DomainFunction, touch: Touch) -> None:
        actions = ["s3:DeleteObject"]
        if touch is not Touch.DELETE_REPORTS:
            actions += ["s3:GetObject"]  # a link to a file is worth what its maker may do
        if touch is Touch.WRITE_REPORTS:
            actions += ["s3:PutObject", "s3:AbortMultipartUpload"]
        function.allow(actions, self._data.reports.arn_for_objects("*"))
        function.tell("REPORT_BUCKET", self._data.reports.bucket_name)
        suppress_objects(function, self._data.reports, "any report may be asked for, or be gone; the function looks")

    def _let_database(self, function: DomainFunction, database: Database | None) -> None:
        if database:
            function.allow(["secretsmanager:GetSecretValue"], database.app_secret.secret_arn)
            function.tell("DATABASE_SECRET_ARN", database.app_secret.secret_arn)
            self._say_where(function, database)
        else:
            function.tell("DATABASE_URL", self._database_url.value_as_string)

    def _let_own_database(self, function: DomainFunction, database: Database | None) -> None:
        if database:
            rotation = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"]
            function.allow(
                [f"secretsmanager:{action}" for action in rotation],
                database.owner_secret.secret_arn,
                database.app_secret.secret_arn,
            )
            function.tell("DATABASE_SECRET_ARN", database.owner_secret.secret_arn)
            function.tell("APP_SECRET_ARN", database.app_secret.secret_arn)
            self._say_where(function, database)
        else:
            function.tell("DATABASE_URL", self._owner_url.value_as_string)
            function.tell("APP_DATABASE_URL", self._database_url.value_as_string)

    @staticmethod
    def _say_where(function: DomainFunction, database: Database) -> None:
        function.tell("DATABASE_HOST", database.proxy.endpoint)
        function.tell("DATABASE_ROOTS", str(OPT / ROOTS))

    def _start(self, function: Function) -> None:
        """Let what the catalogue says start a function."""
        worker = self.functions[function.name].lambda_function
        match function.trigger:
            case FromQueue(name, batch_size, window_s):
                self._queues[name].work(
                    worker,
                    batch_size=batch_size,
                    window_s=window_s,
                    max_concurrency={
                        QueueName.LOGS: self._config.store_concurrency,
                        QueueName.REPORTS: _REPORTS_AT_ONCE,
                    }.get(name),
                )
                self.functions[function.name].tell(_QUEUE_URLS[name], self._queues[name].queue.queue_url)
            case FromStream(batch_size, window_s, parallelization_factor):
                name = f"mockupaws-{self._config.name}-stream"
                self._stream = stream = Stream(self, "Stream", name=name, keep=self._config.keep_data)
                stream.read(
                    worker,
                    batch_size=batch_size,
                    window_s=window_s,
                    parallelization_factor=parallelization_factor,
                )
                self.functions[function.name].tell("STREAM_DLQ_URL", stream.dead_letters.queue_url)
                CfnOutput(self, "LogStreamName", value=stream.stream.stream_name)
                CfnOutput(self, "LogStreamArn", value=stream.stream.stream_arn)
                CfnOutput(self, "LogStreamWriterArn", value=stream.writer.role_arn)
                self._watch_dead_letters(stream.dead_letters, "stream")
                if self._alarms:
                    behind = stream.stream.metric_get_records_iterator_age_milliseconds(
                        period=Duration.minutes(1), statistic="Maximum"
                    )
                    self._alarms.when_behind(behind, "stream", seconds=_LATE_S)
                    given = worker.metric("IteratorAge", period=_FIVE_MINUTES, statistic="Maximum")
                    self._alarms.when_held_up(given, "stream", seconds=_LATE_S)
            case Times(expression):
                name = f"mockupaws-{self._config.name}-{function.name}"
                times = f"{self.functions[function.name].node.id}Times"
                schedule = Schedule(self, times, name=name, expression=expression, function=worker)
                self._watch_dead_letters(schedule.dead_letters, function.name)
                if self._alarms:
                    self._alarms.when_failing(worker.metric_errors(period=_FIVE_MINUTES), function.name, at_least=1)
            case Deploy():
                self._run_at_deploy(function)
            case None:
                pass
            case _:
                assert_never(function.trigger)

    def _run_at_deploy(self, function: Function) -> None:
        # On one machine `mockupaws up` calls it: the runtime of CDK's trigger, Node with AWS's SDK in it, isn't there.
        if self._config.platform is Platform.HERE:
            return
        migrate = self.functions[function.name].lambda_function
        deployed = triggers.Trigger(
            self,
            "AtDeploy",
            handler=migrate,
            timeout=Duration.seconds(function.timeout_s),
            execute_before=[other for name, other in self.functions.items() if name != function.name],
        )
        if self._data.database:
            # Only then is there a login whose password can be changed.
            self._rotate(self._data.database, migrate, deployed)
        if self._alarms:
            self._alarms.when_failing(migrate.metric_errors(period=_FIVE_MINUTES), function.name, at_least=1)

    def _rotate(self, database: Database, function: lambda_.Function, deployed: triggers.Trigger) -> None:
        allowed = lambda_.CfnPermission(
            self,
            "MayRotate",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="secretsmanager.amazonaws.com",
            source_account=self.account,
        )
        for whose, secret in (("App", database.app_secret), ("Owner", database.owner_secret)):
            schedule = secretsmanager.CfnRotationSchedule(
                self,
                f"{whose}Rotation",
                secret_id=secret.secret_arn,
                rotation_lambda_arn=function.function_arn,
                rotate_immediately_on_update=False,
                rotation_rules=secretsmanager.CfnRotationSchedule.RotationRulesProperty(
                    automatically_after_days=_PASSWORD_LIFE_DAYS
                ),
            )
            schedule.node.add_dependency(allowed, deployed)


def _vocabulary(config: StageConfig) -> Path:
    # The emulator unpacks a layer anywhere but where Lambda does.
    root = OPT if config.platform is Platform.LAMBDA else build(COMMON, config.platform).folder
    return root / VOCABULARY
