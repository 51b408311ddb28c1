"""What containers are forked from: moto, and what boto3 knows of each service, which takes it long; nothing of ours."""

import os

import aws_lambda_powertools
import psycopg
import pydantic

from tests.cloud import CREDENTIALS, build, moto

__all__ = ["aws_lambda_powertools", "psycopg", "pydantic"]

os.environ.update(CREDENTIALS)
with moto():
    build("{}")
