"""Treebanks as spaCy documents: several sentences each, one label scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.conllu import Sentence, Word

SENTENCES_PER_DOC = 10
WORDS_PER_DOC = 250

# GUM marks number on "you" and person on imperatives; EWT does not.
_EWT_ONLY = {"Style"}


def harmonise_feats(word: Word) -> str:
    """Return the features of a word as EWT would write them."""
    feats = [part for part in word.feats.split("|") if part]
    pairs = dict(part.split("=", 1) for part in feats)
    second = pairs.get("Person") == "2"
    if second and pairs.get("PronType") == "Prs":
        pairs.pop("Number", None)
    if second and (pairs.get("Mood") == "Imp" or pairs.get("VerbForm") == "Inf"):
        pairs.pop("Person", None)
    for name in _EWT_ONLY:
        pairs.pop(name, None)
    return "|".join(f"{name}={value}" for name, value in pairs.items())


def group(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield runs of consecutive sentences of one document, of at most ten sentences.

    A run closes early at a paragraph once it has five sentences, so that most runs end where
    a reader would pause.
    """
    run: list[Sentence] = []
    words = 0
    for sentence in sentences:
        other = run and sentence.document != run[-1].document
        full = len(run) >= SENTENCES_PER_DOC or words >= WORDS_PER_DOC
        pause = sentence.opens_paragraph and len(run) >= 5
        if run and (other or full or pause):
            yield run
            run, words = [], 0
        run.append(sentence)
        words += len(sentence.words)
    if run:
        yield run


def group_of_size(
    sentences: Iterable[Sentence], size: Callable[[], int]
) -> Iterator[list[Sentence]]:
    """Yield runs of consecutive sentences of one document, each as long as `size` says."""
    run: list[Sentence] = []
    wanted = size()
    for sentence in sentences:
        if run and (sentence.document != run[-1].document or len(run) >= wanted):
            yield run
            run, wanted = [], size()
        run.append(sentence)
    if run:
        yield run


_BREAK = Word(
    form="\n\n",
    lemma="\n\n",
    upos="SPACE",
    xpos="_SP",
    feats="",
    head=0,
    deprel="dep",
    misc="",
    space=False,
)


def to_doc(
    vocab: Vocab,
    run: list[Sentence],
    *,
    breaks: bool = False,
    names: Mapping[str, Sequence[str]] | None = None,
) -> Doc:
    """Return one spaCy document for a run of sentences.

    `names` are BIO tags by sentence identifier; where one of the run is missing, the document's
    names are unknown, as they are without `names`.

    Every sentence but the last is followed by a space, whatever the treebank says, as articles
    have it. With `breaks`, paragraphs are set apart by an empty line, which spaCy keeps as a
    token of its own; it hangs on the word before.
    """
    words: list[Word] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    spaces: list[bool] = []
    marks: list[str] = []
    known = names is not None and all(sentence.sent_id in names for sentence in run)
    for number, sentence in enumerate(run):
        if breaks and number and sentence.opens_paragraph:
            spaces[-1] = False
            words.append(_BREAK)
            heads.append(len(words) - 2)
            starts.append(False)
            spaces.append(False)
            marks.append("O")
        offset = len(words)
        for index, word in enumerate(sentence.words):
            heads.append(offset + index if word.head == 0 else offset + word.head - 1)
            starts.append(index == 0)
            last = index == len(sentence.words) - 1
            spaces.append(True if last else word.space)
        words.extend(sentence.words)
        if names is not None and known:
            marks.extend(names[sentence.sent_id])
    spaces[-1] = False
    doc = Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[harmonise_feats(word) for word in words],
        lemmas=[word.form if word.lemma == "_" else word.lemma for word in words],
        heads=heads,
        deps=["ROOT" if word.deprel == "root" else word.deprel for word in words],
        sent_starts=starts,
        ents=marks if known else None,
    )
    if not known:
        doc.set_ents([], default="missing")
    return doc
