"""The AWS regions that mockupAWS knows prices for."""

from typing import Literal, get_args

Region = Literal["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"]
REGIONS: tuple[Region, ...] = get_args(Region)
