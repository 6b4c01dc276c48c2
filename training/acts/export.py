"""Write trained scorers as the files that `kg.extract.learned.network` reads."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from kg.extract.learned.alphabet import Alphabet
from kg.extract.learned.network import Scorers
from training.acts.network import Heads

_LEFT = ("act.", "kind.")


def export(trained: Path, target: Path) -> None:
    """Write the scorers in a file that `training.acts.train` wrote to a folder.

    The scorers of relations and classes stay behind: they are trained for what they teach the
    states of words that all share.
    """
    stored = torch.load(trained)
    alphabet = Alphabet.read(stored["alphabet"])
    heads = Heads(alphabet, stored["heads"]["vectors.weight"].shape[1])
    heads.load_state_dict(stored["heads"])
    heads.eval()
    target.mkdir(parents=True, exist_ok=True)
    weights = {k: w for k, w in heads.weights().items() if not k.startswith(_LEFT)}
    for name, content in Scorers(alphabet, weights).files().items():
        (target / name).write_bytes(content)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    export(options.trained, options.target)


if __name__ == "__main__":
    main()
