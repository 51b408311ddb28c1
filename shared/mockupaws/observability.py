"""Logs as one JSON line a request or batch, with a correlation id, and nothing personal in them."""

from aws_lambda_powertools import Logger

# The service's name and the level come from POWERTOOLS_SERVICE_NAME and POWERTOOLS_LOG_LEVEL, which the stack sets.
logger = Logger(log_uncaught_exceptions=False, utc=True)
