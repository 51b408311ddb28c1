"""What containers are forked from: moto, and what boto3 knows of each service, which takes it long; nothing of ours."""

import os

import aws_lambda_powertools
import psycopg
import pydantic
from moto import mock_aws

from tests.cloud import CREDENTIALS, build

__all__ = ["aws_lambda_powertools", "psycopg", "pydantic"]

os.environ.update(CREDENTIALS)
with mock_aws():
    build("{}")
