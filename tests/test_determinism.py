"""The same articles give the same bytes, in any order, process and number of workers."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SEEDS = TESTS.parent / "seeds" / "articles"
SUFFIXES = ("ttl", "nq", "jsonl", "html")

BUILD = """
import sys
sys.path.insert(0, sys.argv[1])
import fake
from kg import build
from kg.graph import Graph

def main():
    loader = fake.load if sys.argv[2] == "fake" else None
    out, workers, *paths = sys.argv[3:]
    report = build.build(paths, out + ".kg", workers=int(workers), loader=loader)
    assert not report.failed, report.failed
    with Graph.open(out + ".kg") as graph:
        for suffix in ("ttl", "nq", "jsonl", "html"):
            graph.export(f"{out}.{suffix}")

if __name__ == "__main__":
    main()
"""


def built(out: Path, paths: list[Path], *, seed: int, workers: int, pipeline: str) -> list[bytes]:
    """Return the files that a build in a process of its own exports."""
    script = out.with_suffix(".py")
    script.write_text(BUILD)
    arguments = [sys.executable, script, TESTS, pipeline, out, workers, *paths]
    subprocess.run(
        [os.fspath(a) if isinstance(a, Path) else str(a) for a in arguments],
        check=True,
        cwd=TESTS.parent,
        env={"PATH": "", "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.fspath(TESTS.parent)},
        timeout=300,
    )
    return [out.with_name(f"{out.name}.{suffix}").read_bytes() for suffix in SUFFIXES]


def compare(tmp_path: Path, paths: list[Path], pipeline: str, *, workers: tuple[int, ...]) -> None:
    chance = random.Random(3)
    first: list[bytes] = []
    for seed, number in enumerate(workers):
        order = paths if seed == 0 else chance.sample(paths, len(paths))
        found = built(tmp_path / f"b{seed}", order, seed=seed, workers=number, pipeline=pipeline)
        assert all(found)
        first = first or found
        for suffix, one, other in zip(SUFFIXES, first, found, strict=True):
            assert one == other, f".{suffix} differs with {number} workers and hash seed {seed}"


@pytest.mark.slow
def test_order_workers_and_hash_seeds(tmp_path: Path) -> None:
    names = ["Peru", "Norway", "Chile"]
    paths = []
    for number in range(8):
        one, two = names[number % 3], names[(number // 3) % 3]
        paths.append(tmp_path / f"n{number:02}.txt")
        paths[-1].write_text(f"Report {number}\n2024-03-0{number % 9 + 1}\n\n{one} met {two}.\n")
    compare(tmp_path, paths, "fake", workers=(1, 2))


@pytest.mark.slow
@pytest.mark.model
def test_the_language_pipeline(tmp_path: Path) -> None:
    paths = sorted(SEEDS.glob("*.md"), key=lambda path: path.stat().st_size)
    paths = [path for path in paths if path.name.lower() != "readme.md"][:3]
    assert len(paths) == 3
    compare(tmp_path, paths, "bundled", workers=(1, 2))
