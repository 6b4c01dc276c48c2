"""Annotated articles against predictions: reading, alignment, figures, errors, floors."""

import importlib.util
import json
import math
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from kg import build, evaluation
from kg.cli import run
from kg.errors import GoldError
from kg.evaluation import report, scoring
from kg.graph import Graph
from kg.ontology import Ontology
from kg.records import (
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
)

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "gold"

TEXT = """Lake talks

Peru met Norway in Lima on Monday. President Ana Soto of Peru accused Chile of delay, Andes News
reported. Chile did not support the lake talks. Norway warned Peru.
"""
GOLD = {
    "article": {"id": "lake"},
    "entities": [
        {"id": "pe", "name": "Peru", "type": "Country", "mentions": ["Peru"]},
        {"id": "no", "name": "Norway", "type": "Country", "mentions": ["Norway"]},
        {"id": "cl", "name": "Chile", "type": "Country", "mentions": ["Chile"]},
        {"id": "lima", "name": "Lima", "type": "Place", "mentions": ["Lima"]},
        {
            "id": "soto",
            "name": "Ana Soto",
            "type": "Official",
            "mentions": ["Ana Soto"],
            "positions": [{"title": "President", "of": "pe"}],
        },
        {"id": "andes", "name": "Andes News", "type": "MediaOutlet", "mentions": ["Andes News"]},
        {"id": "talks", "name": "the lake talks", "type": "Event", "mentions": ["lake talks"]},
    ],
    "statements": [
        {
            "relation": "meets",
            "agents": ["pe", "no"],
            "where": ["lima"],
            "when": "2024-03-04",
            "quote": "Peru met Norway in Lima on Monday",
        },
        {
            "relation": "accuses",
            "agents": ["soto"],
            "targets": ["cl"],
            "reported_by": ["andes"],
            "quote": "President Ana Soto of Peru accused Chile of delay",
        },
        {
            "relation": "supports",
            "agents": ["cl"],
            "about": ["talks"],
            "polarity": "negated",
            "quote": "Chile did not support the lake talks",
        },
        {
            "relation": "warns",
            "agents": ["no"],
            "targets": ["pe"],
            "quote": "Norway warned Peru",
        },
        {"relation": "meets", "agents": ["pe"], "quote": "Lake talks"},
    ],
}

PERU = Entity(id="country/PE", kind="Country", name="Peru")
NORWAY = Entity(id="country/NO", kind="Country", name="Norway")
CHILE = Entity(id="country/CL", kind="Place", name="Chile")
SOTO = Entity(id="person/ana-soto", kind="Official", name="Ana Soto")
TALKS = Entity(id="unlinked/event/talks", kind="Meeting", name="talks by the lake")
MONDAY = Entity(id="unlinked/thing/monday", kind="Organization", name="Monday")


def place(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(start=start, end=start + len(quote))


def said(relation: str, quote: str, agents: object, **more: object) -> Statement:
    evidence = Evidence(article="lake", span=place(quote), trigger=place(quote), rule="test/test")
    return Statement(relation=relation, agents=agents, evidence=evidence, **more)  # type: ignore[arg-type]


def prediction(*statements: Statement) -> Extraction:
    names = {PERU: "Peru", NORWAY: "Norway", CHILE: "Chile", SOTO: "Ana Soto", MONDAY: "Monday"}
    mentions = [Mention(span=place(name), entity=entity) for entity, name in names.items()]
    return Extraction(
        article=Article(id="lake", text=TEXT, body=12),
        mentions=(*mentions, Mention(span=place("lake talks"), entity=TALKS, how="description")),
        positions=(Position(holder=SOTO, title="president", of=PERU, span=place("President")),),
        statements=statements,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One annotated article."""
    (tmp_path / "lake.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lake.yaml").write_text(yaml.safe_dump(GOLD), encoding="utf-8")
    return tmp_path


@pytest.fixture
def gold(folder: Path) -> Extraction:
    return evaluation.read(folder / "lake.yaml")[1]


def test_annotation_is_an_extraction(gold: Extraction) -> None:
    assert gold.article.id == "lake"
    assert gold.article.body == TEXT.index("Peru")
    assert [s.relation for s in gold.statements] == ["meets", "accuses", "supports", "warns"]
    meets, accuses, supports, _ = gold.statements
    assert gold.article.quote(meets.evidence.span) == "Peru met Norway in Lima on Monday"
    assert meets.when == When(value="2024-03-04", text="")
    assert [e.name for e in accuses.reported_by] == ["Andes News"]
    assert (supports.negated, supports.modality) == (True, "actual")
    assert [(p.holder.id, p.title, p.of and p.of.id) for p in gold.positions] == [
        ("soto", "President", "pe")
    ]
    assert len(gold.entities) == 7


def test_figures_of_a_small_case_counted_by_hand(gold: Extraction, ontology: Ontology) -> None:
    found = prediction(
        # strict: the outlet is missing, the date is wrong
        said(
            "meets",
            "Peru met Norway",
            (NORWAY,),
            targets=(PERU,),
            when=When(value="2024-03-05", text="Monday"),
        ),
        # anchor only: nobody is accused
        said("accuses", "Ana Soto of Peru accused Chile", (SOTO,), modality="possible"),
        # pair only: another relation
        said("opposes", "Chile did not support the lake talks", (CHILE,), about=(TALKS,)),
        # exchanged
        said("warns", "Norway warned Peru", (PERU,), targets=(NORWAY,)),
        # of no annotated clause
        said("visits", "on Monday", (PERU,), targets=(NORWAY,)),
        # before the body
        said("meets", "Lake", (PERU,), targets=(NORWAY,)),
    )
    compared = evaluation.compare(gold, found, ontology)
    assert compared.entities == {
        "country/PE": "pe",
        "country/NO": "no",
        "country/CL": "cl",
        "person/ana-soto": "soto",
        "unlinked/event/talks": "talks",
    }
    assert compared.mistyped == {"country/CL"}
    assert compared.strict == ((0, 0),)
    assert compared.anchored == ((0, 0), (1, 1))
    assert compared.reversed == ((3, 3),)
    values = evaluation.figures(compared.counts)
    expected = {
        "entity_P": 0.833,  # 5 of 6: Monday is none
        "entity_R": 0.714,  # 5 of 7: Lima and Andes News are missing
        "entity_F1": 0.769,
        "statement_strict_P": 0.2,
        "statement_strict_R": 0.25,
        "statement_strict_F1": 0.222,
        "statement_anchor_P": 0.4,
        "statement_anchor_R": 0.5,
        "statement_anchor_F1": 0.444,
        "statement_pair_P": 0.4,
        "statement_pair_R": 0.5,
        "statement_pair_F1": 0.444,
        "type_accuracy": 0.8,
        "position_recall": 1.0,
        "polarity_accuracy": 1.0,
        "modality_accuracy": 0.5,
        "reported_by_accuracy": 0.0,
        "when_accuracy": 0.0,
        "reversed_direction": 1,
        "gold_statements": 4,
        "predicted_statements": 5,
    }
    assert math.isnan(values.pop("attributed_to_accuracy"))
    assert values == expected


def test_a_prediction_stands_for_one_annotated_statement(
    gold: Extraction, ontology: Ontology
) -> None:
    twice = said("warns", "Norway warned Peru", (NORWAY,), targets=(PERU,))
    wider = said("warns", "support the lake talks. Norway warned Peru", (NORWAY,), targets=(PERU,))
    compared = evaluation.compare(gold, prediction(wider, twice), ontology)
    assert compared.strict == ((3, 1),), "the closer quote wins"
    assert compared.counts["strict"] == 1


def test_mutual_acts_need_two_parties(gold: Extraction, ontology: Ontology) -> None:
    one = said("meets", "Peru met Norway", (PERU,))
    assert evaluation.compare(gold, prediction(one), ontology).anchored == ()
    both = said("meets", "Peru met Norway", (PERU, NORWAY))
    assert evaluation.compare(gold, prediction(both), ontology).strict == ((0, 0),)


def test_names_are_compared_without_accents_case_and_articles() -> None:
    assert scoring.normal("The Élysée's") == "elysee"
    assert scoring.closeness(["lake talks"], ["talks by the lake", "peru"]) == pytest.approx(2 / 3)


def test_errors_stand_beside_their_sentences(gold: Extraction, ontology: Ontology) -> None:
    found = prediction(
        said("warns", "Norway warned Peru", (PERU,), targets=(NORWAY,)),
        said("accuses", "Ana Soto of Peru accused Chile", (SOTO,), targets=(CHILE,)),
    )
    sentences = tuple(
        place(text)
        for text in (
            "Peru met Norway in Lima on Monday.",
            "President Ana Soto of Peru accused Chile of delay, Andes News\nreported.",
            "Chile did not support the lake talks.",
            "Norway warned Peru.",
        )
    )
    compared = evaluation.compare(gold, found, ontology)
    judged = evaluation.Report(comparisons=(compared,), sentences=(sentences,))
    told = [(e.kind, e.what, e.why) for e in judged.errors()]
    assert told == [
        ("entity missed", "Andes News (MediaOutlet)", ""),
        ("entity missed", "Lima (Place)", ""),
        ("entity type", "Chile (Place)", "annotated as Country"),
        ("entity false", "Monday (Organization)", "unlinked/thing/monday"),
        ("missed", "Peru, Norway meets", ""),
        ("differs", "Ana Soto accuses → Chile", "outlet is missing, not Andes News"),
        ("missed", "Chile supports about the lake talks [negated]", ""),
        ("missed", "Norway warns → Peru", ""),
        ("reversed", "Peru warns → Norway", "annotated: Norway warns → Peru"),
        ("false", "Peru warns → Norway", "test/test, 1.00"),
    ]
    quoted = {e.sentence for e in judged.errors() if e.kind == "differs"}
    assert quoted == {"President Ana Soto of Peru accused Chile of delay, Andes News reported."}
    relations = judged.relations()
    assert relations["accuses"] == report.Rates(
        precision=1.0, recall=1.0, f1=1.0, right=1, gold=1, found=1
    )
    assert (relations["warns"].right, relations["warns"].found) == (0, 1)
    assert judged.articles()["lake"] == pytest.approx(judged.figures(), nan_ok=True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: c["statements"][0].update(quote="Peru left"), "statement 1: 'Peru left'"),
        (lambda c: c["statements"][0].update(agents=["mars"]), "no entity 'mars'"),
        (lambda c: c["statements"][0].update(agents=[]), "needs an agent"),
        (lambda c: c["statements"][0].update(modality="sure"), "unknown modality 'sure'"),
        (lambda c: c["statements"][0].update(polarity="no"), "unknown polarity 'no'"),
        (lambda c: c["statements"][0].pop("relation"), "'relation'"),
        (lambda c: c["entities"][0].update(mentions=["Bolivia"]), "'Bolivia' does not occur"),
        (lambda c: c["entities"][0].update(mentions=[]), "pe has no mentions"),
        (lambda c: c["entities"][1].update(id="pe"), "same id"),
        (lambda c: c["article"].update(body_starts="Once upon"), "no body that starts so"),
        (lambda c: c["article"].update(text="gone.md"), "missing-path"),
        (lambda c: c.pop("entities"), "'entities'"),
    ],
)
def test_faulty_annotations_are_refused(folder: Path, change: object, says: str) -> None:
    content = json.loads(json.dumps(GOLD))
    change(content)  # type: ignore[operator]
    (folder / "lake.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(Exception, match=r"^\[(gold|missing-path)\]") as caught:
        evaluation.read(folder / "lake.yaml")
    assert says in str(caught.value)


def test_annotations_without_text_or_yaml_are_refused(folder: Path) -> None:
    with pytest.raises(GoldError, match="there is no annotation"):
        evaluation.evaluate(folder / "nowhere")
    (folder / "lake.txt").unlink()
    with pytest.raises(GoldError, match=r"put lake\.txt beside it"):
        evaluation.read(folder / "lake.yaml")
    (folder / "lake.yaml").write_text("entities: [", encoding="utf-8")
    with pytest.raises(GoldError, match="mend the YAML"):
        evaluation.read(folder / "lake.yaml")


def test_floors(tmp_path: Path) -> None:
    values = {
        "entity_F1": 0.8,
        "when_accuracy": float("nan"),
        "reversed_direction": 1,
        "gold_statements": 9,
    }
    pinned = json.loads(evaluation.pinned(values))
    assert pinned == {"entity_F1": 0.77, "reversed_direction": 1}
    assert evaluation.below(values, pinned) == []
    assert evaluation.below(values, {"entity_F1": 0.8, "reversed_direction": 1}) == []
    assert evaluation.below(values, {"entity_F1": 0.81, "reversed_direction": 0}) == [
        "entity_F1 is 0.8, below 0.81",
        "reversed_direction is 1, above 0",
    ]
    assert evaluation.below(values, {"when_accuracy": 0.1, "wrong_name": 0}) == [
        "when_accuracy is nan, below 0.1",
        "wrong_name is nan, below 0",
    ]
    (tmp_path / "floors.json").write_text("[1]")
    with pytest.raises(GoldError, match="floors cannot be read"):
        evaluation.floors(tmp_path / "floors.json")


def kg(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.model
def test_command(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = kg(capsys, "evaluate", folder, "--format", "json", "--each")
    content = json.loads(out)
    assert code == 0
    assert content["figures"]["gold_statements"] == 4
    assert content["articles"]["lake"] == content["figures"]
    assert content["relations"]["meets"]["right"] == 1
    code, out, _ = kg(capsys, "evaluate", folder, "--format", "csv")
    assert code == 0
    assert out.startswith("of,what,precision,recall,f1,value,right,gold,found\n")
    assert "\nrelation,meets,1.0,1.0,1.0,,1,1,1\n" in out
    assert "\nall,gold_statements,,,,4,,,\n" in out
    code, out, _ = kg(capsys, "evaluate", folder, "--errors")
    assert code == 0
    assert out.startswith("lake\n\n    entity ")


@pytest.mark.model
def test_gate(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    floors = folder / "floors.json"
    code, _, err = kg(capsys, "evaluate", folder, "--write-floors", "--format", "json")
    assert (code, err) == (0, f"{floors} written\n")
    assert "gold_statements" not in json.loads(floors.read_text())
    assert kg(capsys, "evaluate", folder, "--gate", floors)[0] == 0
    assert kg(capsys, "evaluate", folder, "--gate")[0] == 0
    floors.write_text('{"entity_F1": 1.01}')
    code, out, err = kg(capsys, "evaluate", folder, "--gate", floors)
    assert code == 1
    assert out
    assert err.endswith(", below 1.01\n")
    code, _, err = kg(capsys, "evaluate", folder, "--gate", folder / "none.json")
    assert (code, "[gold]" in err) == (2, True)


def score_py() -> ModuleType:
    path = SHARED / "score.py"
    if not path.exists():
        pytest.skip("the reference scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("own", [True, False], ids=["own gold", "shared gold"])
def test_figures_equal_those_of_the_reference_scorer(tmp_path: Path, own: bool) -> None:
    score = score_py()
    paths = sorted((ROOT / "tests" / "gold" if own else SHARED / "dev").glob("*.yaml"))
    records = _records(
        tmp_path, [evaluation.read(path)[0] for path in paths], ".md" if own else ".txt"
    )
    total = score.collections.Counter()
    for path in paths:
        article, _ = evaluation.read(path)
        entities = [r for r in records if (r["kind"], r["article"]) == ("entity", article.id)]
        found = [r for r in records if (r["kind"], r["article"]) == ("statement", article.id)]
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        total += score.compare(content, article.text, entities, found)
    ours = evaluation.evaluate(paths[0].parent).figures()
    assert ours["gold_statements"] > 100
    assert ours == pytest.approx(score.report(total), abs=0.0005, nan_ok=True)


def _records(folder: Path, articles: list[Article], suffix: str) -> list[dict[str, object]]:
    """Return what `kg build` and `kg export` write for the articles."""
    for article in articles:
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / f"{article.id}{suffix}").write_bytes(article.text.encode())
    done = build.build([folder / "texts"], folder / "gold.kg")
    assert (done.added, done.failed) == (len(articles), ())
    with Graph.open(folder / "gold.kg") as graph:
        graph.export(folder / "gold.jsonl")
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
