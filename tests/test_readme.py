"""What the documentation tells readers to type is typed here."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/site.md")
NOT_RUN = {"git", "cd", "pip", "python3", "python3.11", "xdg-open", "open"}
"""Commands that set up or look, which a test does not run."""

_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    document: str
    number: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}-{self.number}-{self.kind}"


def blocks() -> list[Block]:
    found = []
    for document in DOCUMENTS:
        path = ROOT / document
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for number, match in enumerate(_BLOCK.finditer(text), 1):
            found.append(Block(document, number, match[1], match[2]))
    return found


def commands(text: str) -> list[str]:
    """Return the commands of a console block: lines after `$ `, or all when there is no `$`."""
    lines = text.replace("\\\n", " ").splitlines()
    prompted = [line[2:] for line in lines if line.startswith("$ ")]
    chosen = prompted or [line for line in lines if line.strip()]
    return [line for line in (c.strip() for c in chosen) if not line.startswith("#")]


def words(command: str) -> list[str]:
    return shlex.split(command, comments=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout, in which the documents are read from top to bottom."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "ontologies", "tests"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def environment(place: Path) -> dict[str, str]:
    """An environment in which `kg` is the one of this checkout."""
    programs = place / ".venv" / "bin"
    programs.mkdir(parents=True)
    kg = programs / "kg"
    kg.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n')
    kg.chmod(0o755)
    path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"]))
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_there_is_something_to_run() -> None:
    readme = [block for block in blocks() if block.document == "README.md"]
    typed = [words(c)[0] for b in readme if b.kind == "console" for c in commands(b.text)]
    assert typed.count("kg") >= 6
    assert any(block.kind == "python" for block in readme)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a_block_runs(block: Block, place: Path, environment: dict[str, str]) -> None:
    if block.kind == "python":
        run([sys.executable, "-c", block.text], place, environment)
        return
    for command in commands(block.text):
        first = words(command)[0]
        if first == "make":
            assert set(words(command)[1:]) <= targets(), command
        elif first not in NOT_RUN:
            assert Path(first).name == "kg", f"{block}: no test runs {command!r}"
            # What a card's examples give depends on the model: 1 says that some are read wrongly.
            fine = (0, 1) if "relation test" in command else (0,)
            run(["bash", "-o", "pipefail", "-c", command], place, environment, fine)


def run(
    command: list[str], place: Path, environment: dict[str, str], fine: tuple[int, ...] = (0,)
) -> None:
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode in fine, f"{command[-1]}\n{done.stdout}\n{done.stderr}"
