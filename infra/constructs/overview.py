"""The stage at a glance: from the door to the database, what comes, what waits, and what fails."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.function import DomainFunction
from infra.constructs.queue import Queue
from shared.mockupaws.contracts.counted import NAMESPACE, Count

_PERIOD = Duration.minutes(5)
_WIDTH = 8


class Overview(Construct):
    """A CloudWatch dashboard, in the order of a log's way."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        api: apigateway.HttpApi,
        functions: Mapping[str, DomainFunction],
        queues: Mapping[str, Queue],
        dead_letters: Sequence[sqs.Queue],
        stream: kinesis.Stream,
        database: rds.DatabaseInstance | None,
        stage: str,
    ) -> None:
        super().__init__(scope, construct_id)
        board = cloudwatch.Dashboard(self, "Board", dashboard_name=name, default_interval=Duration.hours(24))
        board.add_widgets(
            _graph(
                "Requests",
                api.metric_count(period=_PERIOD),
                api.metric_client_error(period=_PERIOD),
                api.metric_server_error(period=_PERIOD),
            ),
            _graph(
                "Answers, ms",
                api.metric_latency(period=_PERIOD, statistic="p50"),
                api.metric_latency(period=_PERIOD, statistic="p99"),
            ),
            _graph(
                "CloudWatch Logs records",
                stream.metric_incoming_records(period=_PERIOD, statistic="Sum"),
                stream.metric_get_records_iterator_age_milliseconds(period=_PERIOD, statistic="Maximum"),
            ),
        )
        board.add_widgets(
            _graph(
                "Logs, from the door to the row",
                *_counted(Count.LOGS_ACCEPTED, stage),
                *_counted(Count.LOGS_REJECTED, stage),
                *_counted(Count.LOGS_STORED, stage),
                *_counted(Count.LOGS_DUPLICATE, stage),
            ),
            _graph(
                "From the door to the row, ms",
                *_counted(Count.STORE_DELAY, stage, "p50"),
                *_counted(Count.STORE_DELAY, stage, "p99"),
            ),
            _graph("Batches stored", *_counted(Count.BATCHES_STORED, stage)),
        )
        board.add_widgets(
            _graph("What failed, by function and kind", _found(Count.FAILURES, stage)),
            _graph("Cold starts", _found(Count.COLD_STARTS, stage)),
        )
        board.add_widgets(
            _graph(
                "Waiting, seconds",
                *(it.queue.metric_approximate_age_of_oldest_message(period=_PERIOD) for it in queues.values()),
            ),
            _graph(
                "Put aside",
                *(it.metric_approximate_number_of_messages_visible(period=_PERIOD) for it in dead_letters),
            ),
            _graph(
                "Functions' errors", *(it.lambda_function.metric_errors(period=_PERIOD) for it in functions.values())
            ),
        )
        board.add_widgets(
            _graph(
                "Functions' duration, p99 ms",
                *(it.lambda_function.metric_duration(period=_PERIOD, statistic="p99") for it in functions.values()),
            ),
            _graph(
                "Functions at once",
                *(
                    it.lambda_function.metric("ConcurrentExecutions", period=_PERIOD, statistic="Maximum")
                    for it in functions.values()
                ),
            ),
            _graph(
                "Functions held back",
                *(it.lambda_function.metric_throttles(period=_PERIOD) for it in functions.values()),
            ),
        )
        if database:
            board.add_widgets(
                _graph("Database, CPU %", database.metric_cpu_utilization(period=_PERIOD)),
                _graph("Database, connections", database.metric_database_connections(period=_PERIOD)),
                _graph("Database, bytes free", database.metric_free_storage_space(period=_PERIOD)),
            )


def _counted(what: Count, stage: str, statistic: str = "Sum") -> list[cloudwatch.IMetric]:
    """What the functions that count it have counted."""
    return [
        cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=what.value.title,
            dimensions_map={"stage": stage, "service": service},
            statistic=statistic,
            period=_PERIOD,
        )
        for service in what.value.services
    ]


def _found(what: Count, stage: str) -> cloudwatch.IMetric:
    """All that was counted of it, whatever its dimensions say."""
    schema = ",".join((NAMESPACE, *what.value.dimensions))
    search = f"SEARCH('{{{schema}}} MetricName=\"{what.value.title}\" stage=\"{stage}\"', 'Sum')"
    return cloudwatch.MathExpression(expression=search, using_metrics={}, label="", period=_PERIOD)


def _graph(title: str, *metrics: cloudwatch.IMetric) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=[*metrics], width=_WIDTH)
