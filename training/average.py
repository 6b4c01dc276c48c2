"""Averaging trained states that started from the same weights.

The mean of the weights of several runs, or of several states of one run, is often better than each
(Izmailov and others 2018, "Averaging weights leads to wider optima"; Wortsman and others 2022,
"Model soups").
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language


def average(pipelines: Sequence[Language]) -> Language:
    """Return the first pipeline with the mean weights of all; components and labels agree.

    Raises:
        ValueError: two pipelines have other components, layers or shapes.
    """
    first, *others = pipelines
    for name in first.pipe_names:
        nodes = [list(nlp.get_pipe(name).model.walk()) for nlp in (first, *others)]
        if len({len(found) for found in nodes}) != 1:
            raise ValueError(f"{name} has not the same layers everywhere")
        for same in zip(*nodes, strict=True):
            for key in same[0].param_names:
                if not same[0].has_param(key):
                    continue
                values = [node.get_param(key) for node in same]
                if len({value.shape for value in values}) != 1:
                    raise ValueError(f"{name}: {same[0].name} {key} differ in shape")
                same[0].set_param(key, np.mean(values, axis=0, dtype=np.float64).astype("f"))
    return first


def main() -> None:
    """Average the states in some folders and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("states", type=Path, nargs="+")
    options = parser.parse_args()
    average([spacy.load(state) for state in options.states]).to_disk(options.output)


if __name__ == "__main__":
    main()
