"""AWS's SDK as late as it is needed: to load it takes longer than all else that a function begins with together.

A module imports boto3 in the cached function that makes its client, and says `except failures() as error`, which
Python asks for only when there is an error.
"""


def failures() -> tuple[type[Exception], type[Exception]]:
    """What the SDK raises: AWS can't be reached, or says no."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see above

    return BotoCoreError, ClientError
