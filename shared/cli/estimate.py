"""`mockupaws estimate`: the monthly bill of a log folder, with no server, no database and no account.

Nothing of a line is kept but sums: memory is the same for a thousand lines and for a hundred million.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from shared.cli import bill, comment
from shared.cli.bill import Report
from shared.cli.comment import BaselineError
from shared.cli.designs import DesignError, find_model, read_pipeline
from shared.cli.lines import cores, look_at_all
from shared.cli.projection import estimated
from shared.cli.recorder import Input, Recorder
from shared.cli.sources import batches, opened
from shared.mockupaws.contracts.pipeline import Pipeline, PipelineChange
from shared.mockupaws.contracts.regions import REGIONS
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.profiling.vocabulary import ENCODINGS, Encoding, VocabularyError

OVER_BUDGET = 3
_LEAST_USD, _MOST_USD = Decimal("1E-18"), Decimal("1E+15")
_LOGS = {".log", ".gz", ".txt", ".json", ".jsonl", ".ndjson", ".out", ".err"}


class EstimateError(Exception):
    """The command can't do what it is asked; the message says what to do instead."""


def _usd(text: str) -> Decimal:
    """An amount to the digit, where a float would be near it."""
    with suppress(InvalidOperation):  # it is no number, or NaN, which compares with none
        amount = Decimal(text) or Decimal(0)
        if not amount or _LEAST_USD <= amount <= _MOST_USD:
            return amount
    raise typer.BadParameter(f"{text!r} is no amount of dollars: say a number from 0 to {_MOST_USD:,f}, such as 99.50.")


def estimate(  # noqa: PLR0917 (typer's options)
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Log files, plain or gzip, or folders of them; standard input if none, or -."),
    ] = None,
    pipeline: Annotated[Path | None, typer.Option(help="The design, JSON or TOML; AWS's defaults if none.")] = None,
    region: Annotated[str, typer.Option(help=f"One of {', '.join(REGIONS)}.")] = "us-east-1",
    model: Annotated[
        str | None, typer.Option(help="A Bedrock model, by its id or part of it (haiku-4-5); none for no LLM.")
    ] = None,
    events_per_month: Annotated[
        int | None, typer.Option(min=1, max=10**15, help="Logs a month; what the lines' own times say if not given.")
    ] = None,
    free_tier: Annotated[bool | None, typer.Option(help="Whether the account's free tier is left for this.")] = None,
    budget: Annotated[
        Decimal | None, typer.Option(parser=_usd, metavar="USD", help="USD a month; above it the exit code is 3.")
    ] = None,
    encoding: Annotated[str, typer.Option(help=f"What tokens are counted in: {', '.join(ENCODINGS)}.")] = ENCODINGS[0],
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = cores(),
    baseline: Annotated[
        Path | None, typer.Option(help="What --json printed before a change, to compare with (for --markdown).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print a comment for a pull request.")] = False,
) -> None:
    """Say what these logs would cost a month on SQS, Lambda and Bedrock, line by line."""
    try:
        before = comment.read_baseline(baseline) if baseline else None
        book = _prices(region)
        design = _design(book, region, pipeline, model, free_tier)
        recorder = _record(files or [], encoding, jobs)
        month = estimated(recorder, design, book, region, events_per_month)
    except (BaselineError, DesignError, EstimateError, NotPricedError, VocabularyError) as error:
        Console(emoji=False, stderr=True).print(f"[bold red]Error:[/] {escape(str(error))}", highlight=False)
        raise typer.Exit(2) from None
    report = Report(recorder, region, design, month, _notes(recorder, events_per_month), budget)
    if as_json:
        sys.stdout.write(bill.as_json(report) + "\n")
    elif as_markdown:
        sys.stdout.write(comment.as_markdown(report, before))
    else:
        bill.show(report)
    if report.over_budget:
        raise typer.Exit(OVER_BUDGET)


def _prices(region: str) -> PriceBook:
    if region not in REGIONS:
        raise EstimateError(f"No prices for region {region!r}. Choices: {', '.join(REGIONS)}.")
    return PriceBook(price for price in seed_prices() if price.region == region)


def _design(book: PriceBook, region: str, path: Path | None, model: str | None, free_tier: bool | None) -> Pipeline:
    design = read_pipeline(path)
    changes: dict[str, dict[str, Any]] = {}
    if model is not None:
        changes["bedrock"] = {"model_id": find_model(book, region, model)}
    if free_tier is not None:
        changes["assumptions"] = {"free_tier": free_tier}
    return PipelineChange.model_validate(changes).applied_to(design)


def _record(files: list[Path], encoding: str, jobs: int) -> Recorder:
    counted: Encoding | None = next((known for known in ENCODINGS if known == encoding), None)
    if counted is None:
        raise EstimateError(f"No encoding {encoding!r}. Choices: {', '.join(ENCODINGS)}.")
    recorder = Recorder()
    for path in _inputs(files):
        source = recorder.begin("standard input" if path is None else str(path))
        try:
            for looked in look_at_all(_lines(path, source), counted, jobs):
                recorder.record(looked)
        except OSError as error:
            raise EstimateError(f"{source.name} can't be read: {error}.") from error
    if not recorder.lines:
        raise EstimateError("There is no line in these logs.")
    return recorder


def _inputs(files: list[Path]) -> Iterator[Path | None]:
    for path in files or [Path("-")]:
        if str(path) == "-":
            yield None
        elif path.is_dir():
            found = [each for each in sorted(path.rglob("*")) if each.is_file() and _is_log(each)]
            if not found:
                raise EstimateError(f"There is no log file in {path} (by their names: {', '.join(sorted(_LOGS))}).")
            yield from found
        else:
            yield path


def _is_log(path: Path) -> bool:
    """By its name: `app.log`, `app.log.1`, `app.json.gz`; a folder holds other files too."""
    hidden = any(part.startswith(".") for part in path.parts[-1:])
    return not hidden and not _LOGS.isdisjoint(path.suffixes)


def _lines(path: Path | None, source: Input) -> Iterator[list[str]]:
    with opened(path) as stream:
        for batch in batches(stream, 0):
            source.too_long += batch.too_long
            yield batch.lines


def _notes(recorder: Recorder, events_per_month: int | None) -> tuple[str, ...]:
    """What to know of the input before its bill is believed."""
    notes: list[str] = []
    if not recorder.timed and events_per_month is None:
        notes.append(
            "Most lines say no time, so they are taken to be all that comes in a month: say --events-per-month."
        )
    strays = sum(each.strays for each in recorder.inputs)
    if strays:
        say = f"{strays:,} lines say times" if strays > 1 else "1 line says a time"
        notes.append(f"{say} more than 30 days from all others' in the file: the recorded time is without them.")
    if recorder.seen.full:
        notes.append("Duplicates were looked for among the first 3.1 million different messages only.")
    too_long = sum(each.too_long for each in recorder.inputs)
    if too_long:
        notes.append(f"{too_long:,} lines are too long to be sent (SQS takes 256 KiB): they are left out.")
    return tuple(notes)
