"""Measure the bundled language pipeline: speed, loading, size and memory.

    python -m benchmarks.language [PATH...] [--other PIPELINE]... [--rounds 5] [--megabytes 5]

Others, named as packages or folders, read the same text in turn, on one thread, with NumPy's matrix
products; figures are medians of words per second of CPU time, ratios are taken round by round.
Memory is the peak of a process of its own that reads a text of so many megabytes as an article and
extracts what it says.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language as Nlp
from threadpoolctl import threadpool_limits

from benchmarks.speed import SEEDS, size
from kg import resources, sources
from kg.parsing import spacy_pipeline
from kg.parsing.plain import normalise
from kg.parsing.plain import paragraphs as plain_paragraphs
from kg.records import Article


def words_per_second(nlp: Nlp, texts: Sequence[str]) -> float:
    """Return words per second of CPU time."""
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return words / (time.process_time() - start)


def compare(
    texts: Sequence[str], rounds: int, others: Sequence[str] = ()
) -> dict[str, list[float]]:
    """Return the speeds of the bundled pipeline and others, round by round."""
    names = {"bundled": str(resources.model_dir()), **{other: other for other in others}}
    pipelines = {name: spacy_pipeline.load(path).nlp for name, path in names.items()}
    found: dict[str, list[float]] = {name: [] for name in pipelines}
    for number in range(rounds + 1):
        for name, nlp in pipelines.items():
            speed = words_per_second(nlp, texts)
            if number:  # the first round fills caches
                found[name].append(speed)
    return found


def paragraphs(articles: Iterable[Article]) -> list[str]:
    """Return the paragraphs as the pipeline gets them."""
    return [
        normalise(article.text, start, end).text
        for article in articles
        for start, end in plain_paragraphs(article.text, article.body)
    ]


def peak(megabytes: float, paths: Sequence[str]) -> float:
    """Return the peak memory, in megabytes, of a process that reads so long a text."""
    command = [sys.executable, "-m", "benchmarks.language", "--read", str(megabytes), *paths]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def read(megabytes: float, articles: Sequence[Article]) -> float:
    """Extract from one long text made of the articles' bodies; return this process's peak memory.

    The kernel's own figure (`VmHWM`), in megabytes: a child's `ru_maxrss` starts from its parent's.
    """
    from kg import pipeline

    bodies = "\n".join(article.text[article.body :] for article in articles)
    long = (bodies + "\n") * (int(megabytes * 1e6 / len(bodies.encode())) + 1)
    pipeline.load().extract(Article(id="long", text=long))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description="Measure the bundled language pipeline.")
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)], help="articles to read")
    parser.add_argument("--other", action="append", default=[], help="a pipeline to compare with")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each kind")
    parser.add_argument("--megabytes", type=float, default=0.0, help="measure memory on so much")
    parser.add_argument("--read", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    articles = list(sources.read(options.paths))
    if options.read is not None:
        print(read(options.read, articles))
        return
    with threadpool_limits(1, "blas"):
        speeds = compare(paragraphs(articles), options.rounds, options.other)
    for name, found in speeds.items():
        shares = [a / b for a, b in zip(speeds["bundled"], found, strict=True)]
        print(
            f"{name:28} {statistics.median(found):8,.0f} words/s  "
            f"the bundled one is {statistics.median(shares):5.2f} times as fast"
        )
    start = time.perf_counter()
    code = "from kg.parsing import language; language.load()"
    subprocess.run([sys.executable, "-c", code], check=True)
    print(f"{'a process that loads it':28} {time.perf_counter() - start:8.2f} s")
    print(f"{'size':28} {size(Path(resources.model_dir())):8.1f} MB")
    if options.megabytes:
        print(f"{'peak memory':28} {peak(options.megabytes, options.paths):8.0f} MB")


if __name__ == "__main__":
    main()
