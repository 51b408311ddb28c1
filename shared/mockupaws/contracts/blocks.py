"""The units in which SQS bills a message."""

BLOCK_BYTES = 65_536
"""What SQS bills as one request: each started 64 KiB of payload (https://aws.amazon.com/sqs/pricing/)."""


def sqs_blocks(size_bytes: int) -> int:
    """The SQS billing units of a message: ceil(bytes / 65,536), at least 1."""
    return max(1, -(-size_bytes // BLOCK_BYTES))
