"""`mockupaws calibrate`: how many of a model's own tokens there are to a counted one, in these very logs.

Bedrock's CountTokens is free and exact. It is asked about a sample of lines with personal data masked; the answer goes
into a pipeline as `bedrock.token_factor`.
"""

import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

from shared.cli.sources import batches, opened
from shared.mockupaws.contracts.pipeline import bare
from shared.mockupaws.costing.calibration import family
from shared.mockupaws.profiling import count_tokens, mask_pii
from shared.mockupaws.profiling.vocabulary import VocabularyError

# A call is a text of so many lines: the spread of these texts is the band.
_LINES_A_CALL = 20
_PLACES = 4


class CountsTokens(Protocol):
    """What is used of boto3's `bedrock-runtime` client."""

    def count_tokens(self, **asked: Any) -> dict[str, Any]:
        """CountTokens."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a sample says of a model's tokenizer.

    Attributes:
        model_id: the model that was asked.
        factor: its tokens per `cl100k_base` token.
        low: the least of a text of the sample.
        high: the most of one.
        lines: how many lines were asked about.
        counted_tokens: their `cl100k_base` tokens.
        model_tokens: their tokens as Bedrock counts them.
    """

    model_id: str
    factor: float
    low: float
    high: float
    lines: int
    counted_tokens: int
    model_tokens: int


def calibrate(
    files: Annotated[list[Path] | None, typer.Argument(help="Log files; standard input if none.")] = None,
    model: Annotated[str, typer.Option(help="The model, as Bedrock names it.")] = "",
    region: Annotated[str, typer.Option(envvar="AWS_REGION", help="Where Bedrock is asked.")] = "us-east-1",
    lines: Annotated[int, typer.Option(min=1, max=10_000, help="Lines to ask about, drawn evenly.")] = 400,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure a model's tokens on a sample of these logs, with Bedrock's CountTokens (free; needs credentials)."""
    console = Console(emoji=False, stderr=True, highlight=False)
    if not model:
        console.print("Say which model: --model anthropic.claude-haiku-4-5-20251001-v1:0")
        raise typer.Exit(2)
    try:
        sampled = sample(_all_lines(files or []), lines)
        client = cast("CountsTokens", boto3.client("bedrock-runtime", region_name=region))
        measured = measure(client, bare(model), sampled)
    except ClientError as error:
        console.print(
            f"[bold red]Bedrock refused:[/] {escape(str(error))}\nThe credentials need bedrock:CountTokens, and not "
            "every model can be asked; without it the product's own factor is used."
        )
        raise typer.Exit(1) from None
    except BotoCoreError as error:
        why = escape(str(error))
        console.print(f"[bold red]Bedrock can't be asked:[/] {why}\nSet AWS credentials (AWS_PROFILE), and --region.")
        raise typer.Exit(1) from None
    except (OSError, ValueError, VocabularyError) as error:
        console.print(f"[bold red]Error:[/] {escape(str(error))}")
        raise typer.Exit(2) from None
    if as_json:
        sys.stdout.write(
            json.dumps(asdict(measured) | {"pipeline": {"bedrock": {"token_factor": measured.factor}}}) + "\n"
        )
        return
    known = family(model).band
    told = Console(emoji=False, highlight=False)
    told.print(
        f"{measured.factor} of the model's tokens to a counted one, {measured.low} to {measured.high}, in "
        f"{measured.lines:,} lines ({measured.model_tokens:,} to {measured.counted_tokens:,})."
    )
    told.print(f"The product takes {known.factor} ({known.low} to {known.high}; {known.source}).", markup=False)
    told.print(f'In a pipeline: {{"bedrock": {{"token_factor": {measured.factor}}}}}', markup=False)


def sample(lines: Iterable[str], most: int) -> list[str]:
    """At most so many lines, each as likely as any other, in memory for those only. The same lines every time."""
    chance = random.Random(0)  # noqa: S311 # nosec B311 # a fair draw that can be repeated
    kept: list[str] = []
    for number, line in enumerate(lines):
        if number < most:
            kept.append(line)
        elif (place := chance.randrange(number + 1)) < most:
            kept[place] = line
    return kept


def measure(client: CountsTokens, model_id: str, lines: Sequence[str]) -> Calibration:
    """Asks Bedrock about lines.

    Args:
        client: boto3's.
        model_id: the model, without a cross-region profile: CountTokens knows none.
        lines: what to ask about; personal data in them is masked first.

    Raises:
        ValueError: there is no line.
        botocore.exceptions.ClientError: Bedrock refused.
    """
    if not lines:
        raise ValueError("There is no line in these logs.")
    # What frames a message is counted too: a text of one token says how much that is.
    frame = _count(client, model_id, "a") - 1
    texts = ["\n".join(map(mask_pii, lines[at : at + _LINES_A_CALL])) for at in range(0, len(lines), _LINES_A_CALL)]
    theirs = [_count(client, model_id, text) - frame for text in texts]
    ours = [count_tokens(text) for text in texts]
    ratios = [model / counted for model, counted in zip(theirs, ours, strict=True)]
    return Calibration(
        model_id=model_id,
        factor=round(sum(theirs) / sum(ours), _PLACES),
        low=round(min(ratios), _PLACES),
        high=round(max(ratios), _PLACES),
        lines=len(lines),
        counted_tokens=sum(ours),
        model_tokens=sum(theirs),
    )


def _count(client: CountsTokens, model_id: str, text: str) -> int:
    messages = [{"role": "user", "content": [{"text": text}]}]
    return client.count_tokens(modelId=model_id, input={"converse": {"messages": messages}})["inputTokens"]


def _all_lines(files: Sequence[Path]) -> Iterable[str]:
    for path in files or [None]:
        with opened(path) as stream:
            for batch in batches(stream, 0):
                yield from batch.lines
