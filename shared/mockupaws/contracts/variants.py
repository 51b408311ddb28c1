"""Another design to try on recorded traffic, as people ask for it."""

from shared.mockupaws.contracts.pipeline import PipelineChange
from shared.mockupaws.contracts.regions import Region
from shared.mockupaws.contracts.wire import Body, Name


class VariantBody(Body):
    """Another design to try.

    Attributes:
        name: what to call it.
        pipeline: what differs from the scenario's; what isn't given stays as it is.
        region: where it would run; the scenario's region if not given.
    """

    name: Name
    pipeline: PipelineChange = PipelineChange.model_construct()
    region: Region | None = None
