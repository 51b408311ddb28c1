"""The `mockupaws` command. Each file beside this one adds its own commands."""

import typer

from shared.cli import calibrate, estimate, pricing, redrive, redrive_stream, send, stack, superuser

app = typer.Typer(
    name="mockupaws",
    help="What would this log pipeline cost on AWS? Point real traffic at it and see, before anything is deployed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

app.command()(stack.up)
app.command()(stack.down)
app.command()(stack.status)
app.command()(estimate.estimate)
app.command()(calibrate.calibrate)
app.command()(send.send)
app.command()(redrive.redrive)
app.command()(redrive_stream.redrive_stream)
app.command()(superuser.create_superuser)
app.add_typer(pricing.app, name="pricing")
