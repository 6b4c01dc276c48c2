"""What a spaCy pipeline can do is seen from what its components assign, whatever their names."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language as Nlp
from spacy.tokens import Doc, Span

import kg
from kg.errors import MissingModelError, UnsuitableModelError
from kg.evaluation.acts import line
from kg.parsing import language
from kg.parsing.spacy_pipeline import SpacyParser
from kg.records import Article

CLEARNLP = ["nsubj", "nsubjpass", "pobj"]
ROWS = (
    ("NNP", "PROPN", "Ghana", "nsubjpass", 2),
    ("VBD", "AUX", "be", "auxpass", 2),
    ("VBN", "VERB", "attack", "ROOT", 2),
    ("IN", "ADP", "by", "agent", 2),
    ("NNP", "PROPN", "Peru", "pobj", 3),
    (".", "PUNCT", ".", "punct", 2),
)


class Made:
    """Reads one sentence, "Ghana was attacked by Peru.", and tells the labels it is given."""

    def __init__(self, told: dict[str, list[str]]) -> None:
        self.__dict__.update(told)

    def __call__(self, doc: Doc) -> Doc:
        for token, (tag, pos, lemma, label, head) in zip(doc, ROWS, strict=True):
            token.tag_, token.pos_, token.lemma_ = tag, pos, lemma
            token.dep_, token.head = label, doc[head]
        doc.ents = [Span(doc, 0, 1, label="GPE"), Span(doc, 4, 5, label="GPE")]
        return doc


@Nlp.factory(
    "test_all_in_one",
    assigns=["token.tag", "token.lemma", "token.dep", "doc.ents"],
    default_config={"told": {}},
)
def all_in_one(nlp: Nlp, name: str, told: dict[str, list[str]]) -> Made:
    return Made(told)


@Nlp.factory("test_trees", assigns=["token.dep"], default_config={"told": {}})
def trees(nlp: Nlp, name: str, told: dict[str, list[str]]) -> Made:
    return Made(told)


@Nlp.component("test_names", assigns=["doc.ents"])
def names(doc: Doc) -> Doc:
    return doc


def made(*components: str, **told: list[str]) -> Nlp:
    """Return a pipeline of these components, the first of which tells some labels."""
    nlp = spacy.blank("en")
    for number, component in enumerate(components):
        config = {"told": told} if number == 0 and told else {}
        nlp.add_pipe(component, name=f"part_{number}", config=config)
    return nlp


@pytest.mark.parametrize(
    "told",
    [
        {"labels": CLEARNLP},
        {"parser_labels": CLEARNLP},
        {"parser_labels": CLEARNLP, "labels": ["GPE", "nsubj:pass"]},
        {"parser_labels": [], "labels": CLEARNLP},
    ],
)
def test_one_component_may_do_all(told: dict[str, list[str]]) -> None:
    parser = SpacyParser(made("test_all_in_one", **told), name="made")
    assert parser.scheme == "clearnlp"
    found = kg.load(parser).extract(Article(id="made", text="Ghana was attacked by Peru."))
    assert list(map(line, found.statements)) == ["Peru attacks Ghana"]


def test_components_may_have_any_names() -> None:
    nlp = made("test_trees", "test_names", labels=["obl"])
    assert nlp.pipe_names == ["part_0", "part_1"]
    assert SpacyParser(nlp, name="made").scheme == "ud"


def test_the_last_component_that_tells_labels_decides() -> None:
    nlp = made("test_all_in_one", labels=["obl"])
    nlp.add_pipe("test_trees", name="silent")
    assert SpacyParser(nlp, name="made").scheme == "ud"
    nlp.add_pipe("test_trees", name="telling", config={"told": {"labels": CLEARNLP}})
    assert SpacyParser(nlp, name="made").scheme == "clearnlp"


@pytest.mark.parametrize(
    ("components", "what", "hint"),
    [
        ((), "no parser and no ner", "token.dep or doc.ents"),
        (("test_names",), "no parser", "as assigning token.dep"),
        (("test_trees",), "no ner", "as assigning doc.ents"),
    ],
)
def test_what_no_component_assigns_is_told(
    components: tuple[str, ...], what: str, hint: str
) -> None:
    with pytest.raises(UnsuitableModelError) as caught:
        SpacyParser(made(*components), name="made")
    assert caught.value.what == f"the pipeline has {what}"
    assert str(caught.value.hint).endswith(hint)


def test_a_component_that_is_switched_off_assigns_nothing() -> None:
    nlp = made("test_trees", "test_names", labels=["obl"])
    with nlp.select_pipes(disable="part_1"), pytest.raises(UnsuitableModelError, match="no ner"):
        SpacyParser(nlp, name="made")


def test_a_parser_without_labels_is_told_from_one_with_unknown_labels() -> None:
    with pytest.raises(UnsuitableModelError, match=r"that assigns token\.dep tells its labels"):
        SpacyParser(made("test_all_in_one"), name="made")
    with pytest.raises(UnsuitableModelError, match="neither Universal Dependencies nor ClearNLP"):
        SpacyParser(made("test_all_in_one", labels=["SB"]), name="made")


def test_one_component_is_loaded_from_a_folder(tmp_path: Path) -> None:
    made("test_all_in_one", parser_labels=CLEARNLP).to_disk(tmp_path / "made")
    loaded = language.load(tmp_path / "made")
    assert (loaded.scheme, loaded.version[:18]) == ("clearnlp", "en_pipeline-0.0.0+")


def test_an_installed_package_that_is_no_pipeline_is_unsuitable() -> None:
    with pytest.raises(UnsuitableModelError, match="cannot be loaded: TypeError") as caught:
        language.load("numpy")
    assert caught.value.where == "numpy"
    with pytest.raises(UnsuitableModelError, match="No module named 'import_linter'"):
        language.load("import-linter")  # its module has another name


def test_a_folder_that_lacks_a_file_is_not_called_missing(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("obl")
    nlp.add_pipe("ner")
    nlp.initialize()
    nlp.to_disk(tmp_path / "half")
    (tmp_path / "half" / "ner" / "model").unlink()
    with pytest.raises(UnsuitableModelError, match="cannot be loaded"):
        language.load(tmp_path / "half")
    with pytest.raises(MissingModelError):
        language.load(tmp_path)
