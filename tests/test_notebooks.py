"""The notebooks run from top to bottom, and are stored with what they print.

Run as a program, this module executes them and writes their outputs back (`make notebooks`).
"""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def executed(path: Path) -> object:
    """Return the notebook at `path` with fresh outputs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the notebook libraries, not of ours
        import nbformat
        from nbclient import NotebookClient

        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(FOLDER)}},
        )
        client.execute()
    notebook.metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    return notebook


def printed(notebook: object) -> list[str]:
    """Return what each code cell prints."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return ["".join(out.get("text", "") for out in cell.outputs) for cell in cells]


def test_the_notebooks_are_there() -> None:
    assert [path.name for path in NOTEBOOKS] == ["01-first-graph.ipynb"]


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_its_outputs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    stored = nbformat.read(path, as_version=4)
    fresh = executed(path)
    kinds = [
        [{out.output_type for out in cell.get("outputs", ())} for cell in notebook.cells]
        for notebook in (stored, fresh)
    ]
    assert kinds[0] == kinds[1], "run: make notebooks"
    texts = [text for text in printed(stored) if text]
    assert len(texts) >= 5
    assert not any(re.search(r"(?<![\w/:.])/(?:home|root|tmp|work|Users)/", t) for t in texts)


if __name__ == "__main__":
    import nbformat

    os.environ["PYTHONPATH"] = str(ROOT)
    for notebook_path in NOTEBOOKS:
        nbformat.write(executed(notebook_path), notebook_path)
