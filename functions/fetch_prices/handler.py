"""Asks the AWS Price List for one page, for `refresh_pricing`, which can't: its network reaches the database only.

The Price List answers in three regions, so no endpoint brings it into every network. This function has no network of
its own, no database, and no right but this one.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config

from shared.mockupaws.invocation import Line

if TYPE_CHECKING:
    from mypy_boto3_pricing import PricingClient

# One of the few regions that answer; the prices of all are to be had there.
_REGION = "us-east-1"


def handler(event: dict[str, str], context: LambdaContext) -> dict[str, Any]:
    """Give a page of an offer's products in a region.

    Args:
        event: `offer` (AWS's code of the service), `region`, `token` of a page after the first, and `correlation_id`,
            by which the lines of who asks are found.
        context: Lambda's.

    Returns:
        `products`, each as the JSON text that AWS writes, and the next page's `token`, empty after the last.

    Raises:
        InvocationFailedError: the page couldn't be had.
    """
    with Line("page", event, context) as line:
        line.say(offer=event["offer"], region=event["region"])
        ask = partial(
            client().get_products,
            ServiceCode=event["offer"],
            Filters=[{"Type": "TERM_MATCH", "Field": "regionCode", "Value": event["region"]}],
            FormatVersion="aws_v1",
        )
        token = event.get("token", "")
        page = ask(NextToken=token) if token else ask()
        products = page["PriceList"]
        line.say(products=len(products))
    return {"products": products, "token": page.get("NextToken", "")}


def client() -> "PricingClient":
    """A client that is patient: the Price List throttles."""
    return boto3.client("pricing", region_name=_REGION, config=Config(retries={"mode": "adaptive", "max_attempts": 10}))
