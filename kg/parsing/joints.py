"""Corrections where two clauses meet in a Universal Dependencies tree, one function per error.

The table in `kg.parsing.mending` says which function gets which tokens. A function changes nothing
if the tree does not have its error.
"""

from __future__ import annotations

from kg.parsing.slips import FINITE
from kg.parsing.tokens import Token
from kg.parsing.trees import first_below, hang

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_TENSED = FINITE | {"MD"}
_FINAL = frozenset({".", "!", "?"})
_JOINING = frozenset({"and", "but", "while"})
# Verbs whose clause needs no "that": "Kenya says Chad and Mali left".
_STATING = frozenset(
    "say think believe claim know hope fear feel suppose guess assume imagine suggest insist admit "
    "acknowledge concede argue allege state report announce confirm deny declare add note explain "
    "maintain predict expect estimate understand hear see find learn reveal show mean decide swear "
    "bet reckon wish doubt agree promise vow pledge ensure figure presume conclude complain boast "
    "joke remember forget realise realize recall stress emphasise emphasize warrant".split()
)
_SET_OFF = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "ccomp", "obj", "dislocated", "dep",
                      "vocative", "obl:unmarked", "parataxis"})  # fmt: skip
# Verbs that say of their object what it is ("holds Chad responsible").
_JUDGING = frozenset("hold deem consider find declare call judge keep make render think".split())
_TAKEN = frozenset({"obj", "iobj", "obl:unmarked"})
_REPORTS = frozenset({"reports", "claims", "rumours", "rumors"})
_LOOSE = frozenset({"parataxis", "conj", "ccomp", "dep", "advcl"})


def share_out(verb: Token) -> None:
    """Give the second of two joined clauses the subject that the parse has as an object before it.

    In "Togo praised Chad and Mali left" Mali is not praised; nothing but a verb can follow it
    directly, and no "and" stands before that verb.
    """
    above = verb.head
    if above.pos_ != "VERB" or above.i > verb.i or not _tensed(verb):
        return
    if any(c.dep_ in {"cc", "mark"} for c in verb.children):
        return
    start = _start(verb)
    if start == 0:
        return
    second = _joined(verb.doc[start - 1], above, start, loose=verb.dep_ == "parataxis")
    if second is None:
        return
    first = second.head
    own = [c for c in verb.children if c.dep_ in _SUBJECT]
    if own and own != [first]:
        return
    if own and verb.dep_ == "ccomp" and above.lemma_.lower() in _STATING:
        return  # "said Chad and Mali left"
    link = next((c for c in second.children if c.dep_ == "cc"), None)
    if first.head is verb:
        hang(first, above, "obj")
    hang(verb, above, "conj" if link is not None or verb.dep_ != "parataxis" else verb.dep_)
    if link is not None:
        hang(link, verb, "cc")
    passive = any(c.dep_ == "aux:pass" for c in verb.children)
    hang(second, verb, "nsubj:pass" if passive else "nsubj")


def _joined(last: Token, above: Token, end: int, *, loose: bool) -> Token | None:
    """Return the noun phrase that ends with `last` and is joined to one behind `above`.

    "And", "but" or a mere comma joins them: "Togo praised Chad, Mali left and ...". With `loose`
    it may be an apposition, too: "Togo praised Chad, the army said".
    """
    found = None
    for token in (last, *last.ancestors):
        if token.i <= above.i:
            break
        label = token.dep_ == "conj" or (loose and token.dep_ == "appos")
        if not label or token.pos_ not in _NOMINAL or not above.i < token.head.i:
            continue
        start = first_below(token)
        while start < token.i and token.doc[start].is_punct:
            start += 1
        links = [c for c in token.children if c.dep_ == "cc"]
        joined = [c for c in links if c.lower_ in _JOINING and c.i == start]
        pair = sum(c.dep_ in {"conj", "appos"} for c in token.head.children) == 1
        apart = not links and pair and token.doc[start - 1].text == ","
        if (joined or apart) and all(t.i < end for t in token.subtree):
            found = token
    return found


def _start(verb: Token) -> int:
    """Return the position of the first of the adverbs and auxiliaries right before a verb."""
    start = verb.i
    near = {c.i for c in verb.children if c.dep_ in _AUXILIARY | {"advmod"}}
    near |= {c.i for t in verb.children if t.dep_ in _AUXILIARY for c in t.children}
    while start - 1 in near:
        start -= 1
    return start


def _tensed(verb: Token) -> bool:
    auxiliaries = [c for c in verb.children if c.dep_ in _AUXILIARY]
    return verb.tag_ in FINITE or any(c.tag_ in _TENSED for c in auxiliaries)


def go_back(verb: Token) -> None:
    """Make a verb in the past a conjunct of the verb of saying, not of what "would" be.

    "Togo said it would leave and sent a note": it did send one.
    """
    ahead, said = verb.head, verb.head.head
    if ahead.tag_ != "VB" or said is ahead or said.tag_ != "VBD" or said.i > ahead.i:
        return
    modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in ahead.children)
    if modal and not any(c.dep_ in _SUBJECT | _AUXILIARY for c in verb.children):
        hang(verb, said, "conj")


def answer(verb: Token) -> None:
    """Make what somebody else did a conjunct of the verb of saying, not of what is said.

    In "Fox said Togo had left, but Chad denied it" only "had left" is put back into the past.
    """
    clause, said = verb.head, verb.head.head
    if said is clause or said.tag_ != "VBD" or clause.dep_ != "ccomp" or said.i > clause.i:
        return
    back = any(c.lower_ in {"had", "would"} and c.dep_ == "aux" for c in clause.children)
    if not back or any(c.dep_ in _AUXILIARY | {"mark"} for c in verb.children):
        return
    links = [c.i for c in verb.children if c.dep_ == "cc"]
    own = any(c.dep_ in _SUBJECT for c in verb.children)
    if own and links and verb.doc[links[0] - 1].text == ",":
        hang(verb, said, "conj")


def split(clause: Token) -> None:
    """Give a clause that is interrupted by ", Smith said," its subject, and the verb its own.

    In "Togo, Smith said, has left" both names may hang on either verb in the parse.
    """
    said, subjects = clause.head, [c for c in clause.children if c.dep_ in _SUBJECT]
    if said.tag_ not in FINITE or said.pos_ != "VERB" or said.i > clause.i or not _tensed(clause):
        return
    comma = next((i for i in range(said.i + 1, clause.i) if clause.doc[i].text == ","), None)
    if comma is None or any(c.i > comma for c in subjects):
        return
    if any(c.dep_ in {"mark", "cc"} and c.i > comma for c in clause.children):
        return
    first = next((t for t in (*said.children, *subjects) if t.pos_ in _NOMINAL), None)
    if first is None or first.dep_ not in _SET_OFF or first.i > said.i:
        return
    if any(c.dep_ in {"case", "nummod:entity"} for c in first.children):
        return
    speaker = _speaker(first, said, clause, comma, subjects)
    if speaker is None:
        return
    hang(speaker, said, "nsubj")
    for token in [c for c in clause.children if said.i < c.i < comma]:
        hang(token, said, token.dep_)
    passive = any(c.dep_ == "aux:pass" for c in clause.children)
    hang(first, clause, "nsubj:pass" if passive else "nsubj")


def _speaker(
    first: Token, said: Token, clause: Token, comma: int, subjects: list[Token]
) -> Token | None:
    """Return who speaks between "Togo," and ", has left"."""
    doc = first.doc
    ends = [i for i in range(first.i + 1, said.i) if doc[i].text == ","]
    if not ends:
        return None
    subject_of_verb = [c for c in said.children if c.dep_ in _SUBJECT and c is not first]
    for token in (*subject_of_verb, *subjects):
        before, behind = ends[0] < token.i < said.i, said.i < token.i < comma
        if token is not first and (before or behind) and token.pos_ in _NOMINAL:
            return token
    for token in clause.children:  # "Togo, says Chad, has left"
        if token.dep_ in _TAKEN and token.pos_ in _NOMINAL and said.i < token.i < comma:
            return token
    quoted = [i for i in range(first.i + 1, said.i) if doc[i].text == '"']
    for token in first.children:
        if token.dep_ == "appos" and quoted and quoted[0] < token.i < said.i:
            return token
    return None


def date_speech(noun: Token) -> None:
    """Attach a phrase right behind a verb of saying to it, not to the clause that follows.

    In "Togo said on Monday Chad had left" it is Monday that Togo spoke.
    """
    clause, said = noun.head, noun.head.head
    if clause.dep_ != "ccomp" or said.tag_ not in FINITE or said.pos_ != "VERB":
        return
    start, last = first_below(noun), max(t.i for t in noun.subtree)
    between = noun.doc[said.i + 1 : start]
    if not said.i < noun.i < clause.i or any(t.text != "," for t in between) or len(between) > 1:
        return
    openings = [c.i for c in clause.children if c.dep_ in _SUBJECT or c.dep_ == "mark"]
    if openings and said.i < last < min(openings):
        hang(noun, said, noun.dep_)


def interrupt(said: Token) -> None:
    """Make ", Smith said," behind a subject a clause of its own, not part of the subject."""
    subject = said.head
    if said.tag_ not in FINITE or subject.pos_ not in _NOMINAL or subject.dep_ not in _SUBJECT:
        return
    clause = subject.head
    if clause.pos_ not in _VERBS or not subject.i < said.i < clause.i:
        return
    if any(c.dep_ in _SUBJECT for c in said.children):
        return
    speakers = [c for c in subject.children if c.dep_ == "appos" and c.i < said.i]
    if not speakers or max(t.i for t in speakers[-1].subtree) != _start(said) - 1:
        return
    hang(speakers[-1], said, "nsubj")
    hang(said, clause, "parataxis")


def end(mark: Token) -> None:
    """End the sentence between two main clauses at a semicolon outside of quotations.

    The same at the end of a quotation that is a sentence: 'Fox said: "We left." Togo stayed.'
    """
    sentence, doc = mark.sent, mark.doc
    inside = sum(doc[i].text == '"' for i in range(sentence.start, mark.i)) % 2 == 1
    final = mark.text == '"' and mark.i > sentence.start and doc[mark.i - 1].text in _FINAL
    if inside != final or (mark.text == '"' and not final):
        return
    before, after = doc[sentence.start : mark.i], doc[mark.i + 1 : sentence.stop]
    ahead = [t for t in after if t.head.i <= mark.i and not t.is_punct]
    back = [t for t in before if t.head.i > mark.i and not t.is_punct]
    if len(ahead) + len(back) != 1:
        return
    (lower,) = ahead or back
    upper = lower.head if ahead else next((t for t in after if t.head is t), None)
    if upper is None or lower.dep_ not in _LOOSE or not (_complete(lower) and _complete(upper)):
        return
    if final and (back or not doc[mark.i + 1].text[:1].isupper() or not _outside(upper, mark)):
        return
    hang(lower, lower, "ROOT")
    first, second = (upper, lower) if ahead else (lower, upper)
    for token in [*before, mark]:
        if token.is_punct and token.head.i > mark.i:
            hang(token, first, "punct")
    for token in after:
        if token.is_punct and token.head.i <= mark.i:
            hang(token, second, "punct")


def _outside(verb: Token, closing: Token) -> bool:
    """Return whether a verb stands before the quotation that ends at a mark."""
    return any(t.text == '"' for t in verb.doc[verb.i : closing.i])


def _complete(verb: Token) -> bool:
    """Return whether a verb or predicate has tense and a subject, and nothing introduces it."""
    subject = any(c.dep_ in _SUBJECT for c in verb.children)
    return subject and _tensed(verb) and all(c.dep_ != "mark" for c in verb.children)


def prefer(verb: Token) -> None:
    """Make "Togo" the subject in "Togo rather than Chad left", where the parse has "Chad"."""
    first = verb.head
    link = next((c for c in verb.children if c.lower_ == "rather" and c.dep_ == "cc"), None)
    if (
        link is None
        or first.pos_ not in _NOMINAL
        or not any(c.lower_ == "than" for c in link.children)
    ):
        return
    other = next((c for c in verb.children if c.dep_ in _SUBJECT and c.i > link.i), None)
    if other is None or not first.i < link.i < other.i < verb.i:
        return
    label = other.dep_
    outer = verb if first.head is first else first.head
    hang(verb, outer, "ROOT" if outer is verb else first.dep_)
    for child in [c for c in first.children if c.i > verb.i]:
        hang(child, verb, child.dep_)
    hang(first, verb, label)
    hang(other, first, "nmod")
    hang(link, other, "case")


def speak(name: Token) -> None:
    """Make the name behind a quotation and a verb its subject ("...," added Ana Ruiz)."""
    said, start = name.head, first_below(name)
    if said.tag_ not in FINITE or said.pos_ != "VERB" or start != said.i + 1 or not said.i:
        return
    if said.doc[said.i - 1].text == '"' and not any(c.dep_ in _SUBJECT for c in said.children):
        hang(name, said, "nsubj")


def predicate(adjective: Token) -> None:
    """Make an adjective behind the object a complement ("holds Togo responsible for it")."""
    thing = adjective.head
    if adjective.i < thing.i or thing.dep_ != "obj" or not adjective.children:
        return
    if thing.head.lemma_.lower() in _JUDGING and thing.i + 1 == first_below(adjective):
        hang(adjective, thing.head, "xcomp")


def act_by(noun: Token) -> None:
    """Attach "by Chad" to the verb in "Togo was given aid by Chad", not to the aid."""
    thing, verb = noun.head, noun.head.head
    by = any(c.dep_ == "case" and c.lower_ == "by" for c in noun.children)
    passive = verb.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in verb.children)
    if by and passive and thing.dep_ == "obj" and verb.i < thing.i < noun.i:
        hang(noun, verb, "obl:agent")


def content(that: Token) -> None:
    """Make "that" a conjunction in "a lie that Togo attacked Chad": its clause lacks nothing."""
    verb = that.head
    if verb.dep_ != "acl:relcl" or that.lower_ != "that" or that.dep_ not in _TAKEN:
        return
    subject = any(c.dep_ in _SUBJECT and c is not that for c in verb.children)
    if subject and any(c.dep_ == "obj" and c.i > verb.i for c in verb.children):
        that.tag_, that.pos_ = "IN", "SCONJ"
        that.dep_, verb.dep_ = "mark", "acl"


def report(noun: Token) -> None:
    """Make "reports" a noun in "said that reports that Togo attacked Chad were false"."""
    clause = next((c for c in noun.children if c.dep_ in {"acl", "ccomp"} and c.i > noun.i), None)
    if noun.tag_ != "VBZ" or clause is None or noun.lower_ not in _REPORTS:
        return
    near = [*noun.children, *noun.head.children]
    called = [c for c in near if c.i > clause.i and any(b.dep_ == "cop" for b in c.children)]
    if not called or any(c.dep_ in _SUBJECT and c.tag_ != "IN" for c in noun.children):
        return
    above, label = noun.head, noun.dep_ if noun.dep_ not in _SUBJECT else "ccomp"
    result = called[0]
    hang(result, result if above is noun else above, label)
    noun.tag_, noun.pos_, noun.lemma_ = "NNS", "NOUN", noun.lower_.removesuffix("s")
    hang(noun, result, "nsubj")
    hang(clause, noun, "acl")
    for child in [c for c in noun.children if c.i < noun.i and c.lower_ == "that"]:
        hang(child, result, "mark")


def add(verb: Token) -> None:
    """Attach "adding" to the verb of saying in '"We left," he said, adding ...'."""
    quoted, said = verb.head, verb.head.head
    if quoted.dep_ != "ccomp" or said is quoted or said.pos_ != "VERB" or verb.i < quoted.i:
        return
    plain = all(c.dep_ != "mark" for c in verb.children)
    if plain and sum(t.text == '"' for t in verb.doc[quoted.i : verb.i]) == 1:
        hang(verb, said, "advcl")


def engage(act: Token) -> None:
    """Make "meeting" a verb in "is in Lima meeting envoys": only verbs have objects."""
    if not act.lower_.endswith("ing") or all(c.dep_ != "obj" for c in act.children):
        return
    before = [c for c in act.children if c.dep_ == "compound" and c.i < act.i]
    place = act.head if act.dep_ == "compound" else next(iter(before), None)
    if place is None or place.pos_ != "PROPN":
        return
    top = act if place in before else place
    moved = [c for c in top.children if c.dep_ in {*_SUBJECT, "cop", "punct", "advmod"}]
    case = next((c for c in top.children if c.dep_ == "case" and c.i < place.i), None)
    if case is None or all(c.dep_ != "cop" for c in moved):
        return
    if top is place:
        hang(act, act if place.head is place else place.head, place.dep_)
    hang(place, act, "obl")
    hang(case, place, "case")
    for child in moved:
        hang(child, act, "aux" if child.dep_ == "cop" else child.dep_)
    act.tag_, act.pos_, act.lemma_ = "VBG", "VERB", act.lower_.removesuffix("ing")
