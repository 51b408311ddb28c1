"""Sums while they grow: what `contracts.traffic` holds when they are done."""

from dataclasses import dataclass


@dataclass(slots=True)
class LogSum:
    """A set of logs, summed; the units are those of `TrafficCell`."""

    logs: int = 0
    size_bytes: int = 0
    sqs_blocks: int = 0
    tokens: int = 0
    redacted_tokens: int = 0
    pii_logs: int = 0

    def add(self, more: "LogSum") -> None:
        """Adds the sums of other logs."""
        self.logs += more.logs
        self.size_bytes += more.size_bytes
        self.sqs_blocks += more.sqs_blocks
        self.tokens += more.tokens
        self.redacted_tokens += more.redacted_tokens
        self.pii_logs += more.pii_logs

    def subtract(self, some: "LogSum") -> None:
        """Takes away the sums of some of these logs."""
        self.logs -= some.logs
        self.size_bytes -= some.size_bytes
        self.sqs_blocks -= some.sqs_blocks
        self.tokens -= some.tokens
        self.redacted_tokens -= some.redacted_tokens
        self.pii_logs -= some.pii_logs


@dataclass(slots=True)
class Minute:
    """A minute's logs, and which of its seconds saw any: bit n for second n."""

    logs: int = 0
    seconds: int = 0

    @property
    def active_seconds(self) -> int:
        """Distinct seconds with at least one log."""
        return self.seconds.bit_count()
