"""The plainest value that a JSON schema of our own API description allows."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.mockupaws.ids import new_id

Json = dict[str, Any]

_numbers = itertools.count(1)
_FORMATS: Mapping[str, Callable[[], str]] = {
    "uuid": lambda: str(new_id()),
    "email": lambda: f"user-{next(_numbers)}@example.com",
    "date": lambda: "2026-01-01",
    "date-time": lambda: "2026-01-01T00:00:00Z",
    "decimal": lambda: "1",
    "uri": lambda: "https://aws.amazon.com/sqs/pricing/",
}


@dataclass(frozen=True)
class Sampler:
    """Makes values with what is required in them and no more; an example, where the schema gives one.

    Attributes:
        components: the description's `components.schemas`.
        known: values of fields by their names, which go before all else and are given even where they needn't be.
    """

    components: Json
    known: Json

    def value(self, schema: Json) -> Any:
        schema = self.resolved(schema)
        if "const" in schema:
            return schema["const"]
        if schema.get("examples"):
            return self._with_known(schema["examples"][0], schema)
        if "enum" in schema:
            return schema["enum"][0]
        return _OF_TYPE[schema["type"]](self, schema)

    def resolved(self, schema: Json) -> Json:
        """The schema that a reference, or a choice's first that isn't null, leads to."""
        while True:
            choice = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
            if "$ref" in schema:
                schema = self.components[schema["$ref"].rpartition("/")[2]]
            elif choice:
                schema = next(one for one in choice if one.get("type") != "null")
            else:
                return schema

    def object(self, schema: Json) -> Json:
        properties: Json = schema.get("properties", {})
        wanted = {*schema.get("required", ()), *(self.known.keys() & properties.keys())}
        return {name: self.known[name] if name in self.known else self.value(properties[name]) for name in wanted}

    def array(self, schema: Json) -> list[Any]:
        return [self.value(schema["items"]) for _ in range(schema.get("minItems", 0))]

    def number(self, schema: Json) -> int | float:
        return schema.get("default", schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1))

    def string(self, schema: Json) -> str:
        make = _FORMATS.get(schema.get("format", ""))
        return make() if make else "a" * max(1, schema.get("minLength", 1))

    def boolean(self, _: Json) -> bool:
        return True

    def _with_known(self, example: Any, schema: Json) -> Any:
        given = {name: self.known[name] for name in self.known.keys() & schema.get("properties", {}).keys()}
        return {**example, **given} if given else example


_OF_TYPE: Mapping[str, Callable[[Sampler, Json], Any]] = {
    "object": Sampler.object,
    "array": Sampler.array,
    "integer": Sampler.number,
    "number": Sampler.number,
    "string": Sampler.string,
    "boolean": Sampler.boolean,
}
