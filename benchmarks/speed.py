"""Measure speed and size: the language pipeline, extraction, the build, long texts, and start-up.

    python -m benchmarks.speed [PATH...] [--rounds 3] [--dist dist]

All times are CPU seconds of one core, so that other work on the machine does not count; figures are
medians over the rounds. Within a round every stage reads the same text, so ratios hold on any
machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from kg import build, pipeline, resources, sources
from kg.records import Article

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
LONG = 50_000  # words
STAGES = ("parse", "extract", "build")


def words(articles: Iterable[Article]) -> int:
    """Return the number of words from the bodies on."""
    return sum(len(a.text[a.body :].split()) for a in articles)


def stages(articles: Sequence[Article], paths: Sequence[str], model: str | None) -> list[float]:
    """Return the CPU seconds of parsing, of extracting and of a whole build of the same text."""
    known = pipeline.load(model)
    start = time.process_time()
    parses = [known.language.parse(article) for article in articles]
    parsed = time.process_time()
    for parse in parses:
        known.extractor.extract(parse)
    extracted = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        build.build(paths, Path(folder) / "speed.kg", model=model)
        built = time.process_time()
    return [parsed - start, extracted - parsed, built - extracted]


def long_document(articles: Sequence[Article], model: str | None) -> tuple[int, float]:
    """Return the words of the articles as one text, and what it costs as a multiple of them apart.

    Both are parsed and extracted; the articles are told again until there are enough words.
    """
    known = pipeline.load(model)
    bodies = [*articles] * -(-LONG // max(1, words(articles)))
    whole = Article(id="long", text="\n\n".join(a.text[a.body :] for a in bodies))
    start = time.process_time()
    for article in bodies:
        known.extract(article)
    apart = time.process_time()
    known.extract(whole)
    return words([whole]), (time.process_time() - apart) / (apart - start)


def process(*arguments: object) -> float:
    """Return the CPU seconds of one whole process; a failure is an error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *map(str, arguments)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(rounds: int, measure: Callable[[], float]) -> float:
    """Return the median of several measurements."""
    return statistics.median(measure() for _ in range(rounds))


def size(path: Path) -> float:
    """Return the size of a file or of all files of a folder in megabytes (10^6 bytes)."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files) / 1e6


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description="Measure speed and size.")
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)], help="articles to read")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind")
    parser.add_argument("--model", help="a spaCy pipeline by name or path")
    parser.add_argument("--dist", type=Path, default=Path("dist"), help="folder with a wheel")
    options = parser.parse_args()
    articles = list(sources.read(options.paths))
    number = words(articles)
    stages(articles[:1], [str(SEEDS)], options.model)  # the first use fills caches
    rounds = [stages(articles, options.paths, options.model) for _ in range(options.rounds)]
    parse, extract, build = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{len(articles):,} articles, {number:,} words, {options.rounds} rounds")
    for name, seconds in zip(STAGES, (parse, extract, build), strict=True):
        print(f"{name:20} {number / seconds:8,.0f} words/s  {seconds / parse:5.2f} x parse")
    length, multiple = long_document(articles, options.model)
    print(f"{length:,} words as one article cost {multiple:.2f} x what they cost in articles")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "news.kg"
        build.build([SEEDS], store, model=options.model)
        for name, arguments in {
            "python": ("-c", "pass"),
            "import kg": ("-c", "import kg"),
            "kg --help": ("-m", "kg", "--help"),
            "kg query": ("-m", "kg", "query", store, "--name", "who-proposed-what"),
        }.items():
            seconds = median(2 * options.rounds + 1, partial(process, *arguments))
            print(f"{name:20} {1000 * seconds:8,.0f} ms")
    print(f"{'language pipeline':20} {size(resources.model_dir()):8.1f} MB")
    for wheel in sorted(options.dist.glob("*.whl")):
        print(f"{wheel.name:20} {size(wheel):8.1f} MB")


if __name__ == "__main__":
    main()
