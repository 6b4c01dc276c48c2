"""Training one part of the pipeline from its config, with fast matrix products.

spaCy's own loop, except that NumPy multiplies the matrices: on processors with wide vectors its
library is up to three times as fast as the one that spaCy uses by default.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops


def train_part(config: Path, work: Path, part: str, overrides: dict[str, object]) -> None:
    """Train `part` ("syntax" or "names") and write its best and last states."""
    set_current_ops(NumpyOps(use_blis=False))
    paths = {
        "paths.base": str(work / "base"),
        "paths.train": str(work / "data" / f"{part}-train.spacy"),
        "paths.dev": str(work / "data" / f"{part}-dev.spacy"),
    }
    nlp = init_nlp(load_config(config, overrides={**paths, **overrides}, interpolate=False))
    output = work / part
    output.mkdir(parents=True, exist_ok=True)
    train(nlp, output, stdout=sys.stdout, stderr=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["syntax", "names"])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--steps", type=int)
    options = parser.parse_args()
    config = Path(__file__).parent / "configs" / f"{options.part}.cfg"
    overrides = {"training.max_steps": options.steps} if options.steps else {}
    train_part(config, options.work, options.part, overrides)


if __name__ == "__main__":
    main()
