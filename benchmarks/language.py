"""Measure the bundled language pipeline: speed against a small one, loading, size and memory.

    python -m benchmarks.language [PATH...] [--rounds 5] [--megabytes 5]

It is compared with spaCy's default small architecture: tagger, parser and names as `add_pipe`
makes them, each with its own network of width 96 and hash embeddings ("defaults"); and with the
same three on one such network ("shared"), which is quicker still. These are trained for some steps
on what the bundled pipeline finds, so that they decide as much as trained ones do. All read the
same text in turn, in batches on one thread, with NumPy's matrix products and with spaCy's; figures
are medians of words per second of CPU time, ratios are taken round by round. Memory is the peak of
a process of its own that reads a text of so many megabytes as an article and extracts what it says.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language as Nlp
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from benchmarks.speed import SEEDS, size
from kg import resources, sources
from kg.parsing import spacy_pipeline
from kg.parsing.plain import normalise
from kg.parsing.plain import paragraphs as plain_paragraphs
from kg.records import Article

STEPS = 60
TAGGED = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def defaults() -> Nlp:
    """Return an untrained pipeline of spaCy's default small architecture."""
    nlp = spacy.blank("en")
    for name in ("tagger", "parser", "ner"):
        nlp.add_pipe(name)
    return nlp


def shared() -> Nlp:
    """Return an untrained pipeline of the same size on one network."""
    nlp = spacy.blank("en")
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": 96,
                    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY"],
                    "rows": [5000, 1000, 2500, 2500, 50],
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": 96,
                    "depth": 4,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    nlp.add_pipe("tagger", config={"model": {**TAGGED, "tok2vec": LISTENER}})
    for name in ("parser", "ner"):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": name,
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": LISTENER,
        }
        nlp.add_pipe(name, config={"model": model})
    return nlp


def train(nlp: Nlp, docs: Sequence[Doc]) -> None:
    """Train `nlp` for some steps on annotated documents."""
    examples = []
    for doc in docs:
        words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
        examples.append(Example(Doc(nlp.vocab, words=words, spaces=spaces), doc))
    optimizer = nlp.initialize(lambda: examples)
    rng = random.Random(0)
    for _ in range(STEPS):
        nlp.update(rng.sample(examples, min(8, len(examples))), sgd=optimizer)


def words_per_second(nlp: Nlp, texts: Sequence[str]) -> float:
    """Return words per second of CPU time."""
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return words / (time.process_time() - start)


def compare(texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return the speeds of the pipelines with both ways to multiply, round by round."""
    pipelines: dict[str, Nlp] = {"bundled": spacy_pipeline.load(str(resources.model_dir())).nlp}
    docs = list(pipelines["bundled"].pipe(texts))
    pipelines["bundled, spaCy's products"] = spacy.load(resources.model_dir())
    for name, make in (("defaults", defaults), ("shared", shared)):
        for kind, blis in (("", False), (", spaCy's products", True)):
            with use_ops("numpy", use_blis=blis):
                pipelines[name + kind] = make()
                train(pipelines[name + kind], docs)
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
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each kind")
    parser.add_argument("--megabytes", type=float, default=0.0, help="measure memory on so much")
    parser.add_argument("--read", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    articles = list(sources.read(options.paths))
    if options.read is not None:
        print(read(options.read, articles))
        return
    with threadpool_limits(1, "blas"):
        speeds = compare(paragraphs(articles), options.rounds)
    for name, found in speeds.items():
        shares = [a / b for a, b in zip(found, speeds["defaults"], strict=True)]
        print(
            f"{name:28} {statistics.median(found):8,.0f} words/s  "
            f"{statistics.median(shares):5.2f} x defaults"
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
