"""Corrections of frequent errors in Universal Dependencies trees, one function per error.

The table in `kg.parsing.mending` says which function gets which tokens, and in what order. A
function changes nothing if the tree does not have its error.
"""

from __future__ import annotations

from kg.parsing.labels import PEOPLE
from kg.parsing.tokens import Token
from kg.parsing.trees import first_below, hang

# Verbs whose object is the subject of the infinitive ("ask Peru to come").
_ASKING = frozenset(
    "advise allow appeal ask authorise authorize beg beseech bid bribe call challenge compel "
    "convince dare direct empower enable encourage entreat exhort force get help hire implore "
    "incite induce inspire instruct invite lean lobby nudge oblige order permit persuade plead "
    "press pressure prevail prompt push recruit remind request require task tell train urge "
    "want warn".split()
)
FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ASKED = frozenset({"obj", "iobj", "obl", "nsubj:pass"})
TITLE = "nmod:desc"
_SUBJECT = frozenset(
    {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"}
    | {"nsubjpass", "csubjpass"}  # of ClearNLP
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
DASHES = frozenset({"—", "–", "--", "-"})
_LONGEST_DATELINE = 12  # tokens, the dash included; chosen, not measured
QUOTES = frozenset({'"', "''"})
# Verbs whose infinitive is a complement, never a clause of purpose ("failed to agree").
_DECIDING = frozenset(
    "fail try attempt manage refuse decline decide agree vow promise threaten plan hope".split()
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december day week month year night morning "
    "evening afternoon weekend today yesterday tomorrow tonight time hour minute".split()
)


def undate(dash: Token) -> None:
    """Detach a dateline from the sentence after it ("LIMA, PERU — The army said")."""
    before = dash.doc[dash.i - 1] if dash.i else dash
    if not (before.whitespace_ and dash.whitespace_):
        return  # "NATO-led forces"
    sentence = dash.sent
    line = dash.doc[sentence.start : dash.i + 1]
    if not 2 <= len(line) <= _LONGEST_DATELINE:
        return
    if not line[0].text.isupper() or len(line[0].text) < 3:
        return
    if not all(t.text.isupper() or not t.is_alpha or t.text.istitle() for t in line):
        return
    behind = dash.doc[dash.i + 1 : sentence.stop]
    loose = [t for t in behind if t.head in line]
    verbs = [t for t in loose if t.pos_ in {"VERB", "AUX"}]
    outer = [t.head for t in line if t.head not in line]
    head = next(iter([*outer, *verbs, *loose]), None)
    if head is None:
        return
    while head.head != head and head.head not in line:
        head = head.head
    if head.head in line:
        hang(head, head, "ROOT")
    for token in loose:
        if token != head:
            subject = token.pos_ in _NOMINAL and token.i < head.i
            subject = subject and not any(
                c.dep_ in _SUBJECT for c in head.children if c not in line
            )
            hang(token, head, "nsubj" if subject else "dep")
    for token in line:
        if token.head == token or token.head not in line:
            hang(token, head, "punct" if token.is_punct else "dep")


def promote(verb: Token) -> None:
    """Make a finite verb the head of the noun before it, which becomes its subject."""
    noun = verb.head
    clausal = noun.dep_ in {"ROOT", "parataxis", "ccomp"}
    if noun.i > verb.i or not clausal or noun.pos_ not in {"PROPN", "NOUN", "PRON"}:
        return
    if any(child.dep_.startswith(("nsubj", "cop")) for child in noun.children):
        return
    hang(verb, verb if noun.head == noun else noun.head, noun.dep_)
    hang(noun, verb, "nsubj")


def narrate(participle: Token) -> None:
    """Retag a participle as past tense and promote it if its sentence has no finite verb."""
    if _lacks_verb(participle):
        participle.tag_ = "VBD"
        promote(participle)


def part(name: Token) -> None:
    """Make the second of two names that the parse has as one a conjunct, with its titles."""
    first = name.head
    if not any(t.tag_ == "CC" for t in name.doc[first.i + 1 : name.i]):
        return
    titles = [t for t in first.children if t.dep_ == TITLE and first.i < t.i < name.i]
    if not titles:
        return  # "Trinidad and Tobago"
    for title in titles:
        hang(title, name, title.dep_)
    name.dep_ = "conj"


def appose(name: Token) -> None:
    """Make a name between commas the apposition of a role ("the head of the court, Ana Ruiz,")."""
    doc, noun = name.doc, name.head
    first = first_below(name)
    if first == 0 or doc[first - 1].text != "," or noun.dep_ != "nmod" or noun.i > first:
        return
    if any(c.dep_ == "cc" for c in name.children) or noun.head.pos_ != "NOUN":
        return
    if any(c.dep_ == "conj" for c in name.children) or noun.ent_type_ in PEOPLE:
        return
    hang(name, noun.head, "appos")


def lift(title: Token) -> None:
    """Attach a preposition before a title to the name behind it ("by minister Ruiz")."""
    name = title.head
    if name.i < title.i or any(c.dep_ == "case" for c in name.children):
        return
    for child in list(title.children):
        if child.dep_ == "case":
            hang(child, name, child.dep_)


def direct(act: Token) -> None:
    """Make the infinitive in "asked Peru to come" a complement (`xcomp`) of the verb."""
    name = act.dep_ == "acl" and act.head.pos_ in {"PROPN", "PRON"}
    if act.dep_ != "advcl" and not (name and act.head.dep_ in _ASKED):
        return
    verb = act.head.head if name else act.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _ASKING:
        return
    if any(c.dep_ in _ASKED and c.i < act.i for c in verb.children):
        hang(act, verb, "xcomp")


def _lacks_verb(participle: Token) -> bool:
    """Return whether a participle with an object or clause is all its sentence has for a verb."""
    noun = participle.head
    if noun.dep_ != "ROOT" or noun.i > participle.i or noun.pos_ not in _NOMINAL:
        return False
    if not any(c.dep_ in {"obj", "xcomp", "ccomp"} for c in participle.children):
        return False  # "Three soldiers killed in a raid"
    if any(c.is_punct for c in noun.doc[noun.i : participle.i]):
        return False
    sentence = noun.doc[noun.sent.start : noun.sent.stop]
    return not any(t.tag_ in FINITE or t.tag_ == "MD" for t in sentence)


def say(mark: Token) -> None:
    """Make the name between a closing quotation mark and a verb the speaker (`," Ruiz said`)."""
    if mark.i and mark.doc[mark.i - 1].text == ",":
        last = mark.i + 1
        while last < len(mark.doc) and _in_name(mark.doc[last]):
            last += 1
        if last < len(mark.doc):
            _speaks(mark.doc[last], mark.i + 1)


def close(verb: Token) -> None:
    """Make the noun before a verb at the end of a sentence its subject (", a panel said").

    A verb that no longer modifies a noun is left as it is.
    """
    if verb.dep_ != "acl":
        return
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
    """Make the phrase before `verb` its subject, and the words before token `first` its clause."""
    inside = verb.doc[first : verb.i]
    if verb.tag_ not in FINITE | {"VBN"} or verb.pos_ != "VERB" or verb.i == first:
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
        hang(verb, told.head if told.head != told else verb, told.dep_)
        hang(told, verb, "ccomp")
    hang(name, verb, "nsubj")


def decide(act: Token) -> None:
    """Make "to agree" in "failed (for the second time) to agree" a complement of the verb."""
    head = act.head
    if act.dep_ == "advcl" and head.lemma_.lower() in _DECIDING and head.i < act.i:
        act.dep_ = "xcomp"
    if act.dep_ != "acl" or head.lemma_.lower() not in _TIMES or head.dep_ != "obl":
        return
    if head.head.lemma_.lower() in _DECIDING:
        hang(act, head.head, "xcomp")


def coordinate(verb: Token) -> None:
    """Make a finite verb a conjunct of a finite verb ("urged Peru to wait and said ...")."""
    if any(c.dep_ in _SUBJECT for c in verb.children):
        return
    if any(c.dep_ in {"aux", "cop"} and c.tag_ in FINITE | {"MD"} for c in verb.head.children):
        return
    for ancestor in verb.head.ancestors:
        if ancestor.sent.start != verb.sent.start:
            return
        if ancestor.tag_ in FINITE and ancestor.pos_ == "VERB" and ancestor.i < verb.i:
            hang(verb, ancestor, verb.dep_)
            return


def free_subject(noun: Token) -> None:
    """Attach a subject to the verb, not to its auxiliary ("has neither confirmed nor denied")."""
    hang(noun, noun.head.head, noun.dep_)


def take_subject(verb: Token) -> None:
    """Make a noun after ", and" the subject of the next finite verb, not a conjunct of the object.

    In "Peru hosted the fair, and its minister, Eva Ruiz, opened it", Peru hosts no minister.
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
        hang(noun, verb, "nsubj")
        if joint is not None:
            hang(joint, verb, "cc")


def give_subject(verb: Token) -> None:
    """Give a finite verb without a subject the last noun before it that has no preposition."""
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
    for child in [*noun.children]:
        if child.dep_ in _SUBJECT and child.tag_ == "VBG":
            hang(child, verb, "advcl")
