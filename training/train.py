"""Training the pipeline from its config, with fast matrix products.

spaCy's own loop, except that NumPy multiplies the matrices: on processors with wide vectors its
library is two to three times as fast as the one that spaCy uses by default.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """What a phase learns from (`data`), is selected on (`dev`), and starts from, if anything."""

    data: str
    dev: str
    start: str = ""


# Syntax and names are two networks. Each learns from gold first and goes on with gold and silver.
PHASES = {
    "syntax-gold": Phase(data="gold", dev="dev"),
    "syntax": Phase(data="train", dev="dev", start="syntax-gold"),
    "names-gold": Phase(data="names-gold", dev="names-dev"),
    "names": Phase(data="train", dev="names-dev", start="names-gold"),
}


def train(work: Path, phase: str, output: Path, overrides: dict[str, object]) -> None:
    """Train a phase on its data in `work` and write the best and the last state to `output`."""
    set_current_ops(NumpyOps(use_blis=False))
    plan = PHASES[phase]
    paths = {
        "paths.base": str(work / "base"),
        "paths.train": str(work / "data" / f"{plan.data}.spacy"),
        "paths.dev": str(work / "data" / f"{plan.dev}.spacy"),
    }
    if plan.start:
        paths["paths.gold"] = str(work / plan.start / "model-best")
    config = load_config(
        HERE / "configs" / f"{phase}.cfg", overrides={**paths, **overrides}, interpolate=False
    )
    nlp = init_nlp(config)
    output.mkdir(parents=True, exist_ok=True)
    spacy_train(nlp, output, stdout=sys.stdout, stderr=sys.stderr)


def main() -> None:
    """Train one phase."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("phase", choices=PHASES)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, help="by default a folder of its name in --work")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=JSON", help="another value in the config"
    )
    options = parser.parse_args()
    pairs = (given.partition("=") for given in options.set)
    overrides = {key: json.loads(value) for key, _, value in pairs}
    output = options.output or options.work / options.phase
    train(options.work, options.phase, output, overrides)


if __name__ == "__main__":
    main()
