"""What wakes somebody up: an alarm for each thing that does not heal by itself, and the topic that they go to."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.removal import removal

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

_MINUTE = Duration.minutes(1)


def alarm_topic(scope: Construct, construct_id: str, *, name: str, keep: bool) -> sns.Topic:
    """Make the topic that a stage's alarms go to. Whoever is to be told subscribes to it.

    Its key is our own: under AWS's for SNS, whose policy is AWS's, CloudWatch can't publish.

    Args:
        scope: what it is part of.
        construct_id: its id there.
        name: the stage's, `mockupaws-prod`.
        keep: whether the key outlives its stack.
    """
    key = kms.Key(
        scope,
        f"{construct_id}Key",
        description=f"{name}: what alarms say, on its way",
        enable_key_rotation=True,
        removal_policy=removal(keep=keep),
    )
    topic = sns.Topic(scope, construct_id, topic_name=f"{name}-alarms", enforce_ssl=True, master_key=key)
    here = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
    alarms = iam.ServicePrincipal("cloudwatch.amazonaws.com")
    topic.add_to_resource_policy(
        iam.PolicyStatement(actions=["sns:Publish"], principals=[alarms], resources=[topic.topic_arn], conditions=here)
    )
    key.add_to_resource_policy(
        iam.PolicyStatement(
            actions=["kms:Decrypt", "kms:GenerateDataKey*"], principals=[alarms], resources=["*"], conditions=here
        )
    )
    return topic


class Alarms(Construct):
    """The alarms of a stack, which go to the stage's topic.

    Args:
        name: the stage's, with which their names begin.
        topic: where they go.
        whose: what their names end with, where a stage has the stack several times.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, name: str, topic: sns.Topic, whose: str | None = None
    ) -> None:
        super().__init__(scope, construct_id)
        self._name, self._topic, self._whose = name, topic, whose

    def when_dead(self, letters: sqs.Queue, what: str) -> None:
        """Tell when a message is put aside: it needs a person.

        Args:
            letters: the dead-letter queue.
            what: what is in it.
        """
        self._alarm(
            f"{what}-dead",
            f"{what} could not be handled and wait in the dead-letter queue",
            letters.metric_approximate_number_of_messages_visible(period=_MINUTE, statistic="Maximum"),
            threshold=1,
            periods=1,
        )

    def when_late(self, queue: sqs.Queue, what: str, *, seconds: int) -> None:
        """Tell when messages wait longer than that: the worker doesn't keep up, or doesn't work."""
        self._alarm(
            f"{what}-late",
            f"{what} wait longer than {seconds} s to be handled",
            queue.metric_approximate_age_of_oldest_message(period=_MINUTE, statistic="Maximum"),
            threshold=seconds,
            periods=5,
        )

    def when_failing(self, metric: cloudwatch.Metric, what: str, *, at_least: int) -> cloudwatch.Alarm:
        """Tell when something fails so often in five minutes, or oftener."""
        return self._alarm(f"{what}-failing", f"{what} fail", metric, threshold=at_least, periods=1)

    def of_release(self, metric: cloudwatch.Metric, what: str) -> cloudwatch.Alarm:
        """Take new code back at the first of what it counts. Who deploys is told so; nobody is woken up by it."""
        return self._alarm(
            f"release-{what}",
            f"{what} after a release, which is taken back",
            metric,
            threshold=1,
            periods=1,
            section="release",
            wakes=False,
        )

    def when_behind(self, metric: cloudwatch.Metric, what: str, *, seconds: int) -> None:
        """Tell when a stream's reader is further behind than that."""
        self._alarm(f"{what}-late", f"{what} is read {seconds} s late", metric, threshold=seconds * 1_000, periods=5)

    def when_held_up(self, metric: cloudwatch.Metric, what: str, *, seconds: int) -> None:
        """Tell when what a stream's reader is given is older than that, be it for the hundredth time.

        A reader that fails at a batch asks for nothing behind it, so that `when_behind` has nothing to see. It may come
        again minutes later only, so that one look in five minutes is what there is.
        """
        self._alarm(f"{what}-held-up", f"{what} has held {seconds} s", metric, threshold=seconds * 1_000, periods=1)

    def when_throttled(self, metric: cloudwatch.Metric, what: str) -> None:
        """Tell when something was refused for want of room all through a quarter of an hour."""
        self._alarm(f"{what}-throttled", f"{what} are held back", metric, threshold=1, periods=3)

    def when_crowded(self, connections: cloudwatch.Metric, what: str, *, at_least: int) -> None:
        """Tell when so many were connected for a quarter of an hour."""
        self._alarm(f"{what}-crowded", f"{what} has {at_least} connections", connections, threshold=at_least, periods=3)

    def when_unwanted(self, rate: cloudwatch.Metric, what: str, *, at_least: float) -> None:
        """Tell when such a share of mail comes back, or is complained of: SES stops an account's mail for it."""
        self._alarm(f"mail-{what}", f"{at_least:.1%} of mail is {what}", rate, threshold=at_least, periods=1)

    def when_waiting(self, age: cloudwatch.Metric, what: str, *, seconds: int) -> None:
        """Tell when the oldest of what is to be delivered has waited longer than that."""
        self._alarm(f"{what}-late", f"{what} holds what is {seconds} s old", age, threshold=seconds, periods=1)

    def when_busy(self, metric: cloudwatch.Metric, what: str, *, percent: int) -> None:
        """Tell when something was busier than that for a quarter of an hour."""
        self._alarm(f"{what}-busy", f"{what} is over {percent} % busy", metric, threshold=percent, periods=3)

    def when_full(self, free: cloudwatch.Metric, what: str, *, left_gb: float) -> None:
        """Tell when less room than that was left for a quarter of an hour."""
        self._alarm(
            f"{what}-full",
            f"{what} has less than {left_gb:g} GB left",
            free,
            threshold=round(left_gb * 1024**3),
            periods=3,
            below=True,
        )

    def _alarm(
        self,
        what: str,
        description: str,
        metric: cloudwatch.Metric,
        *,
        threshold: float,
        periods: int,
        below: bool = False,
        section: str | None = None,
        wakes: bool = True,
    ) -> cloudwatch.Alarm:
        operator = cloudwatch.ComparisonOperator
        alarm = cloudwatch.Alarm(
            self,
            "".join(part.capitalize() for part in what.replace("_", "-").split("-")),
            alarm_name="-".join(filter(None, (self._name, what, self._whose))),
            alarm_description=f"{description}; docs/runbook.md says under '{section or what}' what to do",
            metric=metric,
            threshold=threshold,
            evaluation_periods=periods,
            comparison_operator=operator.LESS_THAN_THRESHOLD if below else operator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        if wakes:
            alarm.add_alarm_action(actions.SnsAction(self._topic))
        return alarm
