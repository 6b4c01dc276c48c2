"""The model card and the attribution, written from measured scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.parsing.encoder.windows import MOST_WORDS

DATE = "2026-12-01"

_SYNTAX_COLUMNS = (
    ("uas", "UAS"),
    ("las", "LAS"),
    ("las_without_subtypes", "LAS, no subtypes"),
    ("xpos", "XPOS"),
    ("upos", "UPOS"),
    ("feats", "FEATS"),
    ("lemma", "lemma"),
    ("sentence_f1", "sentences"),
)
_CORPUS = {
    "ewt": "UD EWT",
    "ewt_joined": "UD EWT, paragraphs joined",
    "gum": "GUM, open documents",
    "uner": "UNER EWT, harmonised",
    "uner_as_is": "UNER EWT, as annotated",
    "crossner": "CrossNER politics",
    "redocred": "Re-DocRED",
    "articles": "Annotated articles held apart",
    "wikigold": "Wikigold",
}

_HEAD = """# Model card: kg_news, English

Version {version}, {date}. The pipeline that `kg` uses unless told otherwise: spaCy's tokenizer
and one component, `{components}`, around one network of 22.7 million parameters. It needs spaCy
3.8, onnxruntime and `newskg`, whose entry point lets `spacy.load` find the component, and no
network connection.

## The network
A BERT encoder of six layers and width 384 (all-MiniLM-L6-v2, lower-cased; the case of each word
piece is embedded beside it). On a learned mix of its layers sit linear heads for tags, features,
lemmas, names, sentence starts and the kinds of noun phrases, and biaffine attention for arcs and
their labels. Each sentence gets the best tree with one root. It is exported to ONNX in integers:
weights of 7 bits with a scale for each output, activations of 8 bits with scales from the text
itself. Each paragraph (of a long one, each part of at most {window} words) is read by itself, in
one thread, so that its analysis does not depend on what is read beside it.

## Labels
- `tag_`: Penn tags as in UD EWT (XPOS). `pos_`, `morph`: Universal Dependencies v2.
- `dep_`: UD relations with subtypes ({relations} labels). Sentence boundaries come from a head
  of their own.
- `ents`: PER, ORG, GPE (countries, provinces, towns), LOC (lands and waters), FAC (what is
  built), NORP (nationalities, faiths, movements), EVENT. No article and no title inside a name;
  "the White House" is an ORG; "Chinese Foreign Ministry" is one ORG; a demonym by itself is
  NORP.
- `doc.spans["kinds"]`: for the head of each noun phrase, what the phrase stands for, as in GUM:
  person, organization, place, event, object, abstract, time, animal, plant, substance.
- `doc.tensor`: a contextual vector for every token (float16, width {width}).
- `doc.user_data["kg_probabilities"]`: of each token's arc, its label, its tag.

## Training data
Only corpora whose licences allow a pipeline under CC BY-SA 4.0; see ATTRIBUTION.md. Syntax and
names: UD EWT with UNER, and those GUM documents whose texts are open; kinds of noun phrases:
GUM. Names alone: CrossNER politics, Wikigold, Re-DocRED, annotated news articles (Voice of
America, Wikinews, releases of governments; four fifths of 171), and generated sentences with
titles, institutes, ministries and names from many languages; all under one guideline. In some
examples letters change their case, or people and towns their names. Kinds of places are told by
the last word of the name and a list of parts of the world, where a corpus does not tell them.
Settings were chosen on development parts; test parts were used for the tables below only.

## Scores
"""

_TAIL = """
## Beside the network
`encoder/acts.json` and `encoder/acts.npz` hold small scorers by which `kg` tells from the vectors
which phrases of a remark are its topics. They learnt from annotated news articles; other users of
the pipeline can pass them over. How they were made and measured stands in `training/README.md`.

## Known failures
- Headlines in capitals and telegraphic captions: tags and names are unsure, and a heading without
  a full stop may join the next sentence where no line break follows it.
- Organisations are the weakest label: teams, ships, products and bands resemble them, and the
  corpora disagree on the borders of long names with "of" and "and".
- Rare Asian and African names are cut short now and then, above all names of three parts whose
  first part is also an English word.
- A place that acts ("Moscow said") stays GPE; deciding who acts is left to the graph builder.
- NORP and EVENT, and the kinds of places, are partly made by list, so their scores flatter it.
- The attachment of long prepositional chains, of appositions after appositions, and of clauses in
  sentences of more than fifty words.
- The treebanks hold web text, mail, reviews and spoken English next to news, of 1999 to 2022.

## Intended use
Reading English news and official statements for the extraction of statements that are then shown
with their evidence. Not made for profiling private persons.
"""


def _table(rows: list[list[str]]) -> str:
    lines = [" | ".join(row) for row in rows]
    lines.insert(1, " | ".join("---" for _ in rows[0]))
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def _where(key: str) -> str:
    corpus, _, part = key.partition("-")
    return f"{_CORPUS.get(corpus, corpus)}, {part}"


def score_tables(scores: dict[str, Any]) -> str:
    """Return the score tables of the card, in Markdown."""
    rows = [["Gold tokens", *(title for _, title in _SYNTAX_COLUMNS)]]
    for key, found in scores["syntax"].items():
        rows.append([_where(key), *(f"{found[name]:.3f}" for name, _ in _SYNTAX_COLUMNS)])
    text = (
        "Gold tokens in running text of up to ten sentences; sentence boundaries are the\n"
        "pipeline's own. Empty lines between paragraphs are kept, as in the treebanks' raw text,\n"
        'unless a row says "joined". Punctuation counts; LAS counts subtypes unless it says\n'
        "otherwise.\n\n" + _table(rows)
    )
    rows = [["By genre", "words", "UAS", "LAS", "XPOS", "sentences"]]
    for key, found in scores.get("genres", {}).items():
        corpus, part, kind = key.split("-", 2)
        figures = (f"{found[name]:.3f}" for name in ("uas", "las", "xpos", "sentence_f1"))
        where = f"{_CORPUS[corpus]}, {part}: {kind}"
        rows.append([where, f"{found['words']:,}", *figures])
    text += "\n" + _table(rows) if len(rows) > 1 else ""
    rows = [["Raw text", "token F1", "sentence F1"]]
    for key, found in scores["raw_text"].items():
        rows.append([_where(key), f"{found['token_f1']:.3f}", f"{found['sentence_f1']:.3f}"])
    text += "\n" + _table(rows)
    labels = ("all", "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT")
    rows = [["Whole names, F1", *labels]]
    for key, found in scores["names"].items():
        cells = [f"{found[label]['f1']:.3f}" if label in found else "–" for label in labels]
        rows.append([_where(key), *cells])
    return text + "\n" + _table(rows) + _precision(scores)


def _precision(scores: dict[str, Any]) -> str:
    """Return the table of the same network in full precision, if that was measured."""
    full = scores.get("full_precision")
    if not full:
        return ""
    rows = [["In full precision", "UAS", "LAS", "XPOS", "names"]]
    for key, name in (("ewt-dev", "uner-dev"), ("gum-dev", "gum-dev")):
        figures = [full["syntax"][key][column] for column in ("uas", "las", "xpos")]
        figures.append(full["names"][name]["all"]["f1"])
        rows.append([_where(key), *(f"{figure:.3f}" for figure in figures)])
    return "\n" + _table(rows)


def render(meta: dict[str, Any], scores: dict[str, Any], facts: dict[str, Any]) -> str:
    """Return the model card as Markdown; every figure comes from `scores` or `facts`."""
    head = _HEAD.format(
        version=meta["version"],
        date=DATE,
        components=", ".join(meta["pipeline"]),
        relations=facts["relations"],
        width=facts["width"],
        window=MOST_WORDS,
    )
    size = (
        f"\n## Size and speed\n{facts['size_mb']:.0f} MB on disk. Loads in "
        f"{facts['load_seconds']:.1f} s. One text at a time on one thread, per second of processor "
        "time of the machine\nit was made on (x86-64 with AVX-512 VNNI): "
        f"{scores['words_per_second']:,.0f} words.\n"
    )
    licence = (
        "\n## Licence\nThe weights are published under CC BY-SA 4.0, as derived from share-alike "
        "corpora; attribution in ATTRIBUTION.md. The code of `kg` has its own licence.\n"
    )
    return head + score_tables(scores) + size + licence + _TAIL


ATTRIBUTION = (Path(__file__).parent / "ATTRIBUTION.md").read_text(encoding="utf-8")


def load_scores(path: Path) -> dict[str, Any]:
    """Return measured scores from a JSON file."""
    scores: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return scores
