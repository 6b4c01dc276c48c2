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

CONFIG = Path(__file__).parent / "configs" / "pipeline.cfg"


def train(work: Path, output: Path, overrides: dict[str, object]) -> None:
    """Train on the data in `work` and write the best and the last state to `output`."""
    set_current_ops(NumpyOps(use_blis=False))
    paths = {
        "paths.base": str(work / "base"),
        "paths.train": str(work / "data" / "train.spacy"),
        "paths.dev": str(work / "data" / "dev.spacy"),
        "paths.gold": str(work / "gold" / "model-best"),
    }
    nlp = init_nlp(load_config(CONFIG, overrides={**paths, **overrides}, interpolate=False))
    output.mkdir(parents=True, exist_ok=True)
    spacy_train(nlp, output, stdout=sys.stdout, stderr=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, help="by default the folder `model` in --work")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=JSON", help="another value in the config"
    )
    options = parser.parse_args()
    overrides = {
        key: json.loads(value) for key, _, value in (o.partition("=") for o in options.set)
    }
    train(options.work, options.output or options.work / "model", overrides)


if __name__ == "__main__":
    main()
