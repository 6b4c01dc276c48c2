"""The seam: any parser takes the place of the one that comes with `kg`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import parses
import pytest
from treebank import TreebankParser

import kg
from kg import plugins
from kg.errors import UnsuitableModelError
from kg.evaluation.acts import line
from kg.extract.discourse import Chart
from kg.parsing import language
from kg.parsing.columns import Columns, Probabilities
from kg.parsing.language import Language
from kg.parsing.tokens import Document
from kg.pipeline import Pipeline
from kg.records import Article

CONLLU = """\
# text = Norway accused Peru of delaying the talks.
1	Norway	Norway	PROPN	NNP	_	2	nsubj	_	Name=B-GPE
2	accused	accuse	VERB	VBD	_	0	root	_	_
3	Peru	Peru	PROPN	NNP	_	2	obj	_	Name=B-GPE
4	of	of	SCONJ	IN	_	5	mark	_	_
5	delaying	delay	VERB	VBG	_	2	advcl	_	_
6	the	the	DET	DT	_	7	det	_	_
7	talks	talk	NOUN	NNS	_	5	obj	_	SpaceAfter=No
8	.	.	PUNCT	.	_	2	punct	_	_

# text = Rosa Ibarra didn't meet Ghana's envoy.
1	Rosa	Rosa	PROPN	NNP	_	5	nsubj	_	Name=B-PERSON
2	Ibarra	Ibarra	PROPN	NNP	_	1	flat	_	Name=I-PERSON
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	VBD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	meet	meet	VERB	VB	_	0	root	_	_
6	Ghana	Ghana	PROPN	NNP	_	8	nmod:poss	_	Name=B-GPE|SpaceAfter=No
7	's	's	PART	POS	_	6	case	_	_
8	envoy	envoy	NOUN	NN	_	5	obj	_	SpaceAfter=No
9	.	.	PUNCT	.	_	5	punct	_	_
"""
TEXT = (
    "Headline\n\nNorway accused Peru of delaying the talks. Rosa Ibarra didn’t meet Ghana’s envoy."
)
ARTICLE = Article(id="seam", text=TEXT, body=10, published="2025-05-14")
TOLD = ["Norway accuses Peru", "Rosa Ibarra meets Ghana's envoy | not"]
KG = Path(kg.__file__).parent


@pytest.fixture
def treebank(tmp_path: Path) -> TreebankParser:
    path = tmp_path / "news.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return TreebankParser(path)


# -- another parser --------------------------------------------------------------------------------


def test_a_parser_of_treebanks_goes_all_the_way_to_statements(treebank: TreebankParser) -> None:
    pipeline = kg.load(treebank)
    found = pipeline.extract(ARTICLE)
    assert sorted(map(line, found.statements)) == TOLD
    assert treebank.version in pipeline.version
    quotes = [TEXT[s.evidence.span.start : s.evidence.span.end] for s in found.statements]
    assert any("didn’t meet Ghana’s envoy" in quote for quote in quotes)
    assert len(pipeline.explain(ARTICLE)) == len(found.statements)
    assert Pipeline(treebank, pipeline.extractor).extract(ARTICLE) == found
    assert Pipeline(Language(treebank), pipeline.extractor).extract(ARTICLE) == found


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Have installed packages looked for again, before a test and after it."""
    plugins.found.cache_clear()
    yield
    plugins.found.cache_clear()


def offer(folder: Path, target: str) -> None:
    """Write what a package that offers a parser `mine` leaves where it is installed."""
    info = folder / "mine-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[kg.parsers]\nmine = {target}\n")


def test_a_package_offers_a_parser_by_name(
    treebank: TreebankParser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, "mine_parser:make")
    (tmp_path / "mine_parser.py").write_text(
        "from pathlib import Path\nfrom treebank import TreebankParser\n\n\n"
        "def make():\n    return TreebankParser(Path(__file__).parent / 'news.conllu')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert kg.load("mine").language.version == treebank.version
    assert kg.load("mine").extract(ARTICLE) == kg.load(treebank).extract(ARTICLE)


@pytest.mark.parametrize("target", ["no_such_module_here:make", "math:no_such_name", "math:pi"])
def test_a_parser_that_is_offered_and_cannot_be_loaded_is_unsuitable(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, target)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UnsuitableModelError, match=r"fails: |makes no parser: ") as caught:
        kg.load("mine")
    assert "mine" in str(caught.value.where)


def test_what_is_no_parser_is_refused(treebank: TreebankParser) -> None:
    with pytest.raises(UnsuitableModelError, match="it is no parser"):
        kg.load(object())  # type: ignore[arg-type]
    treebank.scheme = "stanford"
    with pytest.raises(UnsuitableModelError, match="'stanford' is unknown"):
        kg.load(treebank)


# -- vectors and probabilities ---------------------------------------------------------------------


class Numbered:
    """A parser whose vectors and probabilities say which character a token begins at."""

    version = "numbered-1"
    scheme = "clearnlp"

    def __init__(self, spoil: str = "") -> None:
        self.spoil = spoil

    def parse(self, texts: Sequence[str]) -> Iterator[Document]:
        for number, text in enumerate(texts):
            known = not (number and self.spoil == "missing")
            yield Document.of(columns(text if self.spoil != "text" else text + "!", known))


def columns(text: str, known: bool = True) -> Columns:
    words = text.split()
    offsets = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
    size = len(words)
    return Columns(
        text=text,
        offsets=offsets.tolist(),
        words=words,
        lemmas=words,
        tags=["VBD"] * size,
        pos=["VERB"] * size,
        labels=["ROOT"] + ["dep"] * (size - 1),
        heads=[0] * size,
        vectors=np.stack([offsets, offsets % 7], axis=1).astype("float16") if known else None,
        probabilities=Probabilities(arcs=(offsets / 4096).astype("float32")) if known else None,
    )


LONG = Article(id="long", text="\n".join(f"Peru met envoy {number} again" for number in range(60)))


def test_vectors_and_probabilities_follow_their_tokens_through_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(language, "_WINDOW", 300)
    reader = Language(Numbered())
    whole, windows = reader.parse(LONG), list(reader.windows(LONG))
    assert len(windows) > 4
    for parse in (whole, *windows):
        doc = parse.doc
        assert doc.vectors is not None and doc.probabilities is not None
        assert (doc.vectors.shape, doc.vectors.dtype) == ((len(doc), 2), np.float16)
        begun = [start - LONG.text.rfind("\n", 0, start) - 1 for start in parse.starts]
        assert doc.vectors[:, 0].tolist() == begun
        assert (doc.probabilities.arcs * 4096).tolist() == begun  # type: ignore[operator]
        assert doc.probabilities.labels is None
        seen = [token.vector[0] for token in doc[7:12] if token.vector is not None]
        assert seen == begun[7:12]
    assert sum(len(window.doc) for window in windows) == len(whole.doc)


def test_reading_sees_vectors_and_changes_nothing_in_the_parse() -> None:
    parse = Language(Numbered()).parse(LONG)
    before = parse.doc.columns()
    chart = Chart(parse, parses.extractor().gazetteer, parses.extractor().ontology)
    parses.extractor().index.lemmatise(chart.doc)
    assert chart.doc.vectors is parse.doc.vectors
    assert chart.doc.columns().lemmas != before.lemmas
    assert parse.doc.columns().lemmas == before.lemmas


def test_a_document_without_vectors_has_none() -> None:
    doc = parses.article("Peru/NNP/ROOT/0").doc
    assert (doc.vectors, doc.probabilities, doc[0].vector) == (None, None, None)


def test_vectors_of_some_paragraphs_only_are_refused() -> None:
    with pytest.raises(UnsuitableModelError, match="missing for some texts"):
        Language(Numbered("missing")).parse(LONG)


def test_a_document_of_another_text_is_refused() -> None:
    with pytest.raises(UnsuitableModelError, match="one document with the same text") as caught:
        Language(Numbered("text")).parse(LONG)
    assert caught.value.where == "numbered-1"


# -- what a parser must not give -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"lemmas": ["a"]}, "differ in length"),
        ({"offsets": [0, 2, 2]}, "'c' does not stand at character 2"),
        ({"words": ["a", "", "c"]}, "'' does not stand"),
        ({"heads": [0, 3, 0]}, "outside the text"),
        ({"heads": [0, -1, 0]}, "outside the text"),
        ({"heads": [0, 2, 1]}, "in a circle"),
        ({"names": [(0, 1, "PER"), (1, 2, "PER")]}, "overlaps"),
        ({"names": [(2, 3, "PER")]}, "leaves the text"),
        ({"vectors": np.zeros((3, 4))}, "float16 or float32"),
        ({"vectors": np.zeros((2, 4), "float32")}, "vectors are no array"),
        ({"probabilities": Probabilities(tags=np.zeros((3, 1)))}, "one value for each token"),
    ],
)
def test_what_is_no_analysis_is_refused(changed: dict[str, object], message: str) -> None:
    right = columns("a b c")
    assert [t.text for t in Document.of(right)] == ["a", "b", "c"]
    with pytest.raises(UnsuitableModelError, match=message):
        Document.of(replace(right, **changed))  # type: ignore[arg-type]


# -- two modules know spaCy ------------------------------------------------------------------------


def imported(path: Path) -> set[str]:
    """Return the libraries that a module imports anywhere, for types too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def test_spacy_is_imported_in_two_places() -> None:
    modules = sorted(KG.rglob("*.py"))
    assert len(modules) > 200
    at = [m.relative_to(KG).as_posix() for m in modules if imported(m) & {"spacy", "thinc"}]
    assert at == ["parsing/encoder/component.py", "parsing/spacy_pipeline.py"]


def test_spacy_is_mentioned_in_parsing_only() -> None:
    elsewhere = [path for path in KG.rglob("*.py") if KG / "parsing" not in path.parents]
    speaking = [p for p in elsewhere if "spacy" in p.read_text(encoding="utf-8").lower()]
    assert {p.relative_to(KG).as_posix() for p in speaking} <= {"pipeline.py"}
