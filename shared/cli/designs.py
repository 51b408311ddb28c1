"""A pipeline from a file and from options, with errors that say what to do."""

import json
import tomllib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared.mockupaws.contracts.pipeline import NewPipeline, Pipeline, bare
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.errors import wording


class DesignError(Exception):
    """The pipeline can't be read, or AWS wouldn't build it."""


def read_pipeline(path: Path | None) -> Pipeline:
    """The design of a JSON or TOML file, with the defaults for what it doesn't say.

    Args:
        path: the file; None for the defaults.

    Raises:
        DesignError: it can't be read, or isn't a pipeline.
    """
    if path is None:
        return Pipeline()
    try:
        text = path.read_text("utf-8")
        content: Any = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        return TypeAdapter(NewPipeline).validate_python(content)
    except OSError as error:
        raise DesignError(f"{path} can't be read: {error.strerror}.") from error
    except ValidationError as error:
        # What is wrong with several fields together is at no place; its words name them.
        named = [(".".join(map(str, each["loc"])), wording(each)) for each in error.errors()]
        wrong = "\n".join(f"  {': '.join(filter(None, each))}" for each in named)
        raise DesignError(f"{path} is no pipeline:\n{wrong}") from error
    except ValueError as error:
        raise DesignError(f"{path} is neither JSON nor TOML (by its name): {error}.") from error


def find_model(book: PriceBook, region: str, asked: str) -> str | None:
    """The model that a short name means: `haiku-4-5`, `nova-lite`, `none`.

    Of the profiles of one model the global one is taken, then the region's own id, then the geographic profile.

    Raises:
        DesignError: no model is called so, or several are.
    """
    if asked == "none":
        return None
    models = book.models(region)
    if asked in models:
        return asked
    found = [model for model in models if asked.lower() in model]
    different = sorted({bare(model) for model in found})
    if len(different) > 1:
        raise DesignError(f"{asked!r} may be {', '.join(different)}: say more of its name.")
    if not found:
        try:
            book.tokens(region, asked, "on_demand", "input")
        except NotPricedError as error:
            raise DesignError(error.message) from error
    return min(found, key=lambda model: (not model.startswith("global."), model != bare(model)))
