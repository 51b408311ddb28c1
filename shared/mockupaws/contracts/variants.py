"""Another design to try on recorded traffic, as people ask for it."""

from typing import Annotated

from pydantic import StringConstraints

from shared.mockupaws.contracts.pipeline import PipelineChange
from shared.mockupaws.contracts.regions import Region
from shared.mockupaws.contracts.wire import Body, Storable


class VariantBody(Body):
    """Another design to try.

    Attributes:
        name: what to call it.
        pipeline: what differs from the scenario's; what isn't given stays as it is.
        region: where it would run; the scenario's region if not given.
    """

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), Storable]
    pipeline: PipelineChange = PipelineChange.model_construct()
    region: Region | None = None
