"""Training the pipeline from its config, with fast matrix products.

spaCy's own loop, except that NumPy multiplies the matrices: on processors with wide vectors its
library is two to three times as fast as the one that spaCy uses by default.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops

HERE = Path(__file__).parent
PHASES = ("gold", "train")


def train(work: Path, phase: str, output: Path, overrides: dict[str, object]) -> None:
    """Train on the data of a phase in `work` and write the best and the last state to `output`.

    The first phase learns syntax from gold alone; the second starts from there and learns syntax
    and names from gold and silver together.
    """
    set_current_ops(NumpyOps(use_blis=False))
    paths = {
        "paths.base": str(work / "base"),
        "paths.train": str(work / "data" / f"{phase}.spacy"),
        "paths.dev": str(work / "data" / "dev.spacy"),
    }
    if phase != PHASES[0]:
        paths["paths.gold"] = str(work / "gold" / "model-best")
    config = HERE / "configs" / ("gold.cfg" if phase == PHASES[0] else "pipeline.cfg")
    nlp = init_nlp(load_config(config, overrides={**paths, **overrides}, interpolate=False))
    output.mkdir(parents=True, exist_ok=True)
    spacy_train(nlp, output, stdout=sys.stdout, stderr=sys.stderr)


def main() -> None:
    """Train one phase."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("phase", choices=PHASES)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, help="by default `gold` or `model` in --work")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=JSON", help="another value in the config"
    )
    options = parser.parse_args()
    pairs = (given.partition("=") for given in options.set)
    overrides = {key: json.loads(value) for key, _, value in pairs}
    folder = "gold" if options.phase == PHASES[0] else "model"
    train(options.work, options.phase, options.output or options.work / folder, overrides)


if __name__ == "__main__":
    main()
