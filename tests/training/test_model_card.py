"""The model card, the metadata and the files of the bundled pipeline agree."""

import json
import re
from pathlib import Path

import pytest
import spacy

from training import card, package
from training.harmonise import LABELS

MODEL = Path(package.__file__).parents[1] / "kg" / "models" / "en"

# Subtypes that the extraction rules rely on.
RELATIONS = {
    "nsubj", "nsubj:pass", "aux:pass", "obl", "obl:agent", "obl:unmarked", "acl", "acl:relcl",
    "nmod", "nmod:poss", "compound", "compound:prt", "flat", "appos", "conj", "cc", "xcomp",
    "ccomp", "parataxis", "mark", "case", "csubj", "iobj", "obj", "cop",
}  # fmt: skip


@pytest.fixture(scope="module")
def meta():
    return json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def text():
    return (MODEL / "MODEL_CARD.md").read_text(encoding="utf-8")


def rows(text):
    """Return the first row of each name, without its name."""
    found = {}
    for line in text.splitlines():
        if line.startswith("|"):
            name, *cells = line.strip("| ").split(" | ")
            found.setdefault(name, cells)
    return found


def test_every_figure_of_the_card_is_a_measured_one(meta, text):
    assert card.score_tables(meta["performance"]) in text


def test_floors_are_kept_and_printed_as_measured(meta, text):
    syntax = meta["performance"]["syntax"]["ewt-test"]
    names = meta["performance"]["names"]["uner_as_is-test"]
    lowest = {"uas": 0.9, "las": 0.88, "xpos": 0.96, "lemma": 0.96, "sentence_f1": 0.89}
    assert {key: syntax[key] for key, floor in lowest.items() if syntax[key] < floor} == {}
    assert names["all"]["f1"] >= 0.76
    assert set(names) == {"PER", "ORG", "LOC", "all"}
    printed = rows(text)["UD EWT, test"]
    assert printed[:2] == [f"{syntax['uas']:.3f}", f"{syntax['las']:.3f}"]
    assert rows(text)["UNER EWT, as annotated, test"][0] == f"{names['all']['f1']:.3f}"


def test_scores_are_told_by_genre(meta, text):
    genres = meta["performance"]["genres"]
    words = meta["performance"]["syntax"]["ewt-test"]["words"]
    of_test = [key for key in genres if key.startswith("ewt-test-")]
    assert len(of_test) == 5
    assert sum(genres[key]["words"] for key in of_test) == words
    assert len([key for key in genres if key.startswith("gum-dev-")]) >= 8
    assert rows(text)["UD EWT, test: weblog"][1] == f"{genres['ewt-test-weblog']['uas']:.3f}"


def test_labels_components_and_counts_are_the_pipelines_own(meta, text):
    nlp = spacy.load(MODEL)
    assert nlp.pipe_names == meta["pipeline"] == ["encoder"]
    network = package.network_of(nlp)
    assert set(nlp.get_pipe("encoder").labels) >= RELATIONS
    assert f"({len(network.labels.relations)} labels)" in text
    assert f"width {network.width}" in text
    assert {label[2:] for label in network.labels.names if label != "O"} == set(LABELS)


def test_licence_and_attribution(meta, text):
    attribution = (MODEL / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert attribution == card.ATTRIBUTION
    assert meta["license"] == package.LICENCE == "CC BY-SA 4.0"
    for source in meta["sources"]:
        assert source["name"].split(" (")[0].split(",")[0] in attribution
    assert f"Version {meta['version']}, {card.DATE}" in text


def test_size_is_as_printed_and_within_bounds(text):
    size = package.size_mb(MODEL)
    printed = re.search(r"(\d+) MB on disk", text)
    assert printed is not None
    assert abs(int(printed.group(1)) - size) <= 1
    assert size <= 35


def test_no_path_of_the_training_machine_is_left():
    config = (MODEL / "config.cfg").read_text(encoding="utf-8")
    assert not re.search(r'= "?/\w+', config)
    assert "build" not in config
