"""`python -m training STEP`: convert, train, evaluate and package the bundled pipeline."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import spacy
from thinc.api import NumpyOps, set_current_ops

from training import card, convert, package
from training.evaluate import evaluate, speed
from training.tokenizer import base_pipeline

HERE = Path(__file__).resolve().parent
COPIES = 2
WEIGHTS = {"uner": 3, "gum": 2, "crossner": 2, "wikigold": 1, "redocred": 1}


def step_convert(options: argparse.Namespace) -> None:
    vectors = options.work / "vectors.npz"
    nlp = base_pipeline(vectors if vectors.exists() else None)
    nlp.to_disk(options.work / "base")
    convert.convert_syntax(nlp, options.corpora, options.work / "data", COPIES)
    convert.convert_names(nlp, options.corpora, options.work / "data", WEIGHTS)


def step_train(options: argparse.Namespace) -> None:
    """Train syntax and names side by side, one thread each."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    running = []
    for part in ("syntax", "names"):
        command = [sys.executable, "-m", "training.train", part, "--work", str(options.work)]
        log = (options.work / f"{part}.log").open("w", encoding="utf-8")
        running.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("training failed; see syntax.log and names.log in the work folder")


def step_evaluate(options: argparse.Namespace) -> None:
    data = options.work / "data"
    nlp = package.assemble(options.syntax, options.names)
    scores = evaluate(nlp, data)
    scores["words_per_second"] = speed(nlp, data)
    set_current_ops(NumpyOps())
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


def main() -> None:
    steps = {
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
    parser.add_argument(
        "--syntax", type=Path, help="trained syntax, if not the best of the work folder"
    )
    parser.add_argument("--names", type=Path, help="likewise, names")
    options = parser.parse_args()
    options.syntax = options.syntax or options.work / "syntax" / "model-best"
    options.names = options.names or options.work / "names" / "model-best"
    # Three times as fast as the default where the processor has wide vectors.
    set_current_ops(NumpyOps(use_blis=False))
    for step in steps if options.step == "all" else [options.step]:
        steps[step](options)


if __name__ == "__main__":
    main()
