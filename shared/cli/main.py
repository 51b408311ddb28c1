"""The `mockupaws` command. Each file beside this one has its own commands, and is loaded when one of them is asked for.

To load them all takes most of a second, with the AWS SDK and this machine's stack among them, of which the bill of a
log folder needs nothing.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

# Where each command is, in the order in which `--help` has them.
_PLACES: Mapping[str, tuple[str, str]] = {
    "up": ("stack", "up"),
    "down": ("stack", "down"),
    "status": ("stack", "status"),
    "estimate": ("estimate", "estimate"),
    "calibrate": ("calibrate", "calibrate"),
    "send": ("send", "send"),
    "redrive": ("redrive", "redrive"),
    "redrive-stream": ("redrive_stream", "redrive_stream"),
    "create-superuser": ("superuser", "create_superuser"),
    "pricing": ("pricing", "app"),
}


class _Commands(Mapping[str, Any]):
    """The commands by name, each loaded when it is taken out. Their names alone load none."""

    def __getitem__(self, name: str) -> Any:
        module, attribute = _PLACES[name]
        found = getattr(import_module(f"shared.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            return get_command(found)
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


class _Group(TyperGroup):
    """A group of them."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast("Any", _Commands())


app = typer.Typer(
    name="mockupaws",
    cls=_Group,
    help="What would this log pipeline cost on AWS? Point real traffic at it and see, before anything is deployed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def mockupaws() -> None:
    """What would this log pipeline cost on AWS?"""
