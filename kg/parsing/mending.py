"""Parses whose labels and tags contradict each other, set right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs whose infinitive says what somebody else is to do ("ask Peru to come").
_ASKING = frozenset(
    "advise allow appeal ask authorise authorize beg beseech bid bribe call challenge compel "
    "convince dare direct empower enable encourage entreat exhort force get help hire implore "
    "incite induce inspire instruct invite lean lobby nudge oblige order permit persuade plead "
    "press pressure prevail prompt push recruit remind request require task tell train urge "
    "want warn".split()
)
PEOPLE = frozenset({"PER", "PERSON"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ASKED = frozenset({"obj", "iobj", "obl", "nsubj:pass"})
_TITLE = "nmod:desc"
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_DASHES = frozenset({"—", "–", "--", "-"})
_LONGEST_DATELINE = 12  # tokens, the dash included
_QUOTES = frozenset({'"', "''"})
# Verbs whose infinitive says what is decided, tried or left undone, never what for.
_DECIDING = frozenset(
    "fail try attempt manage refuse decline decide agree vow promise threaten plan hope".split()
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december day week month year night morning "
    "evening afternoon weekend today yesterday tomorrow tonight time hour minute".split()
)


def mend(doc: Doc) -> None:
    """Mend what the tags of an analysis contradict.

    A finite verb modifies no noun: where the parse has it so, the noun is its subject. What is
    asked of somebody is a complement of the asking: UD parsers often take "to come" in "ask Peru to
    come" for a purpose of the asking, or for a modifier of the name, which would have those who ask
    come themselves. A preposition before a title governs the name ("by minister Eva Ruiz"), and a
    name goes on no further than the next title or "and"; one between commas says who the role
    before it is. Whoever stands between a comma and a mark of quotation, or a comma, and the verb
    after it says it; a sentence without any other verb tells what its participle does; a noun
    without a preposition before a verb without a subject is that subject; subjects hang on verbs,
    not on their auxiliaries; finite verbs are coordinated with finite ones; to decide or fail to do
    is to do or not. A dateline is no part of its sentence.
    """
    for token in doc:
        if token.text in _DASHES:
            _undate(token)
    for token in doc:
        if token.dep_ == "acl" and token.tag_ in _FINITE:
            _promote(token)
            if token.dep_ == "acl":
                _closes(token)
        elif token.dep_ == "acl" and token.tag_ == "VBN" and _lacks_verb(token):
            token.tag_ = "VBD"
            _promote(token)
        elif token.dep_ == "flat":
            _part(token)
        elif token.dep_ == "conj" and token.ent_type_ in PEOPLE:
            _appose(token)
        elif token.text in _QUOTES:
            _say(token)
    for token in doc:
        if token.dep_ == _TITLE:
            _lift(token)
        elif token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children):
            _direct(token)
            _over(token)
        elif token.dep_ == "conj" and token.tag_ in _FINITE and token.head.tag_ in {"VB", "VBG"}:
            _raise(token)
        elif token.dep_ == "nsubj" and token.head.dep_ == "aux":
            _hang(token, token.head.head, token.dep_)  # "has neither confirmed nor denied"
        elif token.tag_ in _FINITE and token.pos_ == "VERB":
            _give_subject(token)
            _take_subject(token)


def _hang(token: Token, head: Token, label: str) -> None:
    """Hang a token on another, or make it a root, unless that would close a circle."""
    step = head
    while step != token and step.head != step:
        step = step.head
    if head == token or step != token:
        token.head = head
        token.dep_ = label


def _undate(dash: Token) -> None:
    """Take a dateline out of the sentence that it stands before ("LIMA, PERU — The army said")."""
    before = dash.doc[dash.i - 1] if dash.i else dash
    if not (before.whitespace_ and dash.whitespace_):
        return  # "NATO-led forces"
    sentence = dash.sent
    line = list(dash.doc[sentence.start : dash.i + 1])
    if not 2 <= len(line) <= _LONGEST_DATELINE or not line[0].is_upper or len(line[0].text) < 3:
        return
    if not all(t.is_upper or not t.is_alpha or t.is_title for t in line):
        return
    loose = [t for t in sentence if t not in line and t.head in line]
    verbs = [t for t in loose if t.pos_ in {"VERB", "AUX"}]
    outer = [t.head for t in line if t.head not in line]
    head = next(iter([*outer, *verbs, *loose]), None)
    if head is None:
        return
    while head.head != head and head.head not in line:
        head = head.head
    if head.head in line:
        _hang(head, head, "ROOT")
    for token in loose:
        if token != head:
            subject = token.pos_ in _NOMINAL and token.i < head.i
            subject = subject and not any(
                c.dep_ in _SUBJECT for c in head.children if c not in line
            )
            _hang(token, head, "nsubj" if subject else "dep")
    for token in line:
        if token.head == token or token.head not in line:
            _hang(token, head, "punct" if token.is_punct else "dep")


def _promote(verb: Token) -> None:
    """Make a finite verb the head of the noun before it, which becomes its subject."""
    noun = verb.head
    clausal = noun.dep_ in {"ROOT", "parataxis", "ccomp"}
    if noun.i > verb.i or not clausal or noun.pos_ not in {"PROPN", "NOUN", "PRON"}:
        return
    if any(child.dep_.startswith(("nsubj", "cop")) for child in noun.children):
        return
    _hang(verb, verb if noun.head == noun else noun.head, noun.dep_)
    _hang(noun, verb, "nsubj")


def _part(name: Token) -> None:
    """Make a second name that the parse joined to the first its conjunct, with its titles."""
    first = name.head
    if not any(t.tag_ == "CC" for t in name.doc[first.i + 1 : name.i]):
        return
    titles = [t for t in first.children if t.dep_ == _TITLE and first.i < t.i < name.i]
    if not titles:
        return  # "Trinidad and Tobago"
    for title in titles:
        _hang(title, name, title.dep_)
    name.dep_ = "conj"


def _appose(name: Token) -> None:
    """Let a name between commas say who a role is ("the president of the court, Ana Ruiz,")."""
    doc, noun = name.doc, name.head
    first = _first(name)
    if first == 0 or doc[first - 1].text != "," or noun.dep_ != "nmod" or noun.i > first:
        return
    if any(c.dep_ == "cc" for c in name.children) or noun.head.pos_ != "NOUN":
        return
    if any(c.dep_ == "conj" for c in name.children) or noun.ent_type_ in PEOPLE:
        return
    _hang(name, noun.head, "appos")


def _first(token: Token) -> int:
    """Return the position of the first token below one; spaCy's own walk recurses on depth."""
    first, waiting = token.i, [token]
    while waiting:
        here = waiting.pop()
        first = min(first, here.i)
        waiting += here.children
    return first


def _lift(title: Token) -> None:
    """Let a preposition before a title govern the name that the title describes."""
    name = title.head
    if name.i < title.i or any(c.dep_ == "case" for c in name.children):
        return
    for child in list(title.children):
        if child.dep_ == "case":
            _hang(child, name, child.dep_)


def _direct(act: Token) -> None:
    """Make what somebody is asked to do a complement of the asking."""
    name = act.dep_ == "acl" and act.head.pos_ in {"PROPN", "PRON"}
    if act.dep_ != "advcl" and not (name and act.head.dep_ in _ASKED):
        return
    verb = act.head.head if name else act.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _ASKING:
        return
    if any(c.dep_ in _ASKED and c.i < act.i for c in verb.children):
        _hang(act, verb, "xcomp")


def _lacks_verb(participle: Token) -> bool:
    """Return whether a sentence has only this participle to tell what somebody did."""
    noun = participle.head
    if noun.dep_ != "ROOT" or noun.i > participle.i or noun.pos_ not in _NOMINAL:
        return False
    if not any(c.dep_ in {"obj", "xcomp", "ccomp"} for c in participle.children):
        return False  # "Three soldiers killed in a raid"
    if any(c.is_punct for c in noun.doc[noun.i : participle.i]):
        return False
    return not any(t.tag_ in _FINITE or t.tag_ == "MD" for t in noun.sent)


def _say(mark: Token) -> None:
    """Make the name between a closing quotation mark and a verb the speaker (`," Ruiz said`)."""
    if mark.i and mark.doc[mark.i - 1].text == ",":
        last = mark.i + 1
        while last < len(mark.doc) and _in_name(mark.doc[last]):
            last += 1
        if last < len(mark.doc):
            _speaks(mark.doc[last], mark.i + 1)


def _closes(verb: Token) -> None:
    """Make the noun before a verb at the end of a sentence its subject (", a panel said")."""
    first = verb.i
    while first > verb.sent.start and _in_phrase(verb.doc[first - 1]):
        first -= 1
    if first > verb.sent.start + 2 and verb.doc[first - 1].text == ",":
        _speaks(verb, first)


def _in_name(token: Token) -> bool:
    return token.pos_ in _NOMINAL | {"ADJ", "DET"} or token.tag_ == "POS"


def _in_phrase(token: Token) -> bool:
    return _in_name(token) or token.lower_ in {"of", "in", "at", "for", "to", "and"}


def _speaks(verb: Token, first: int) -> None:
    """Make the phrase from `first` on the subject of a verb that says what stands before."""
    inside = verb.doc[first : verb.i]
    if verb.tag_ not in _FINITE | {"VBN"} or verb.pos_ != "VERB" or verb.i == first:
        return
    if any(c.dep_ in _SUBJECT for c in verb.children):
        return
    after = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    if after is not None and after.pos_ in {"NOUN", "PROPN", "VERB"}:
        return
    name = min(inside, key=lambda t: (sum(1 for _ in t.ancestors), t.i))
    told = name.head if name.head.i < first else verb.head if verb.head.i < first else None
    if told is None or name.pos_ not in _NOMINAL:
        return
    while told.head.i < first and told.head != told and told.head.sent == told.sent:
        told = told.head
    verb.tag_ = "VBD" if verb.tag_ == "VBN" else verb.tag_
    if verb.head.i < verb.i:
        _hang(verb, told.head if told.head != told else verb, told.dep_)
        _hang(told, verb, "ccomp")
    _hang(name, verb, "nsubj")


def _over(act: Token) -> None:
    """Make the act of "failed (for the second time) to agree" a complement of the failing."""
    head = act.head
    if act.dep_ == "advcl" and head.lemma_.lower() in _DECIDING and head.i < act.i:
        act.dep_ = "xcomp"
    if act.dep_ != "acl" or head.lemma_.lower() not in _TIMES or head.dep_ != "obl":
        return
    if head.head.lemma_.lower() in _DECIDING:
        _hang(act, head.head, "xcomp")


def _raise(verb: Token) -> None:
    """Coordinate a finite verb with a finite one ("urged Peru to wait and said ...")."""
    if any(c.dep_ in _SUBJECT for c in verb.children):
        return
    if any(c.dep_ in {"aux", "cop"} and c.tag_ in _FINITE | {"MD"} for c in verb.head.children):
        return
    for ancestor in verb.head.ancestors:
        if ancestor.sent.start != verb.sent.start:
            return
        if ancestor.tag_ in _FINITE and ancestor.pos_ == "VERB" and ancestor.i < verb.i:
            _hang(verb, ancestor, verb.dep_)
            return


def _take_subject(verb: Token) -> None:
    """Make what "and" adds to an object the subject of the finite verb right behind it.

    "Peru hosted the fair, and its minister, Eva Ruiz, opened it": nobody hosts the minister.
    """
    noun = verb.doc[verb.i - 1]
    while noun.i and (noun.is_punct or noun.dep_ in {"appos", "flat", "aux", "advmod"}):
        noun = noun.head if noun.dep_ in {"appos", "flat"} else verb.doc[noun.i - 1]
    first, outer = noun.head, noun.head.head
    if not (noun.dep_ == "conj" and first.dep_ == "obj" and outer == verb.head):
        return
    joint = next((c for c in noun.children if c.dep_ == "cc" and c.i < noun.i), None)
    comma = joint is not None and joint.i > 0 and verb.doc[joint.i - 1].text == ","
    own = any(c.dep_ in _SUBJECT for c in verb.children)
    if comma and verb.dep_ == "conj" and not own and noun.pos_ in _NOMINAL:
        _hang(noun, verb, "nsubj")
        if joint is not None:
            _hang(joint, verb, "cc")


def _give_subject(verb: Token) -> None:
    """Make a noun without a preposition before a finite verb its subject, if it has none."""
    if verb.dep_ not in {"ROOT", "ccomp", "parataxis"}:
        return
    if any(c.dep_ in _SUBJECT and c.i < verb.i for c in verb.children):
        return
    nouns = [
        c
        for c in verb.children
        if c.i < verb.i and c.dep_ in {"obl", "obl:unmarked", "nmod", "dep", "obj"}
        and c.pos_ in _NOMINAL and c.lemma_.lower() not in _TIMES and not c.like_num
        and not any(g.dep_ in {"case", "mark"} for g in c.children)
    ]  # fmt: skip
    if not nouns:
        return
    noun = nouns[-1]
    noun.dep_ = "nsubj"
    for child in noun.children:
        if child.dep_ in _SUBJECT and child.tag_ == "VBG":
            _hang(child, verb, "advcl")
