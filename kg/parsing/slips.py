"""Corrections of frequent errors in Universal Dependencies trees, one function per error.

The table in `kg.parsing.mending` says which function gets which tokens, and in what order. A
function changes nothing if the tree does not have its error.
"""

from __future__ import annotations

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
_LONGEST_DATELINE = 12  # tokens, the dash included; chosen, not measured
# Verbs whose infinitive is a complement, never a clause of purpose ("failed to agree").
_DECIDING = frozenset(
    "fail try attempt manage refuse decline decide agree vow promise threaten plan hope".split()
)
# Nouns whose infinitive says what they are of ("the right to leave").
_INTENDED = frozenset(
    "ability attempt bid chance decision duty effort freedom intention need obligation "
    "opportunity permission plan readiness refusal right willingness bill law motion legislation "
    "resolution proposal".split()
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


def part(name: Token) -> None:
    """Make the second of two names that the parse has as one a conjunct, with its titles."""
    first = name.head
    if not any(t.tag_ == "CC" or t.text == "," for t in name.doc[first.i + 1 : name.i]):
        return
    titles = [t for t in first.children if t.dep_ == TITLE and first.i < t.i < name.i]
    own = any(t.dep_ == TITLE and t.i > first.i for t in name.children)
    if not titles and not own:
        return  # "Trinidad and Tobago"
    for title in titles:
        hang(title, name, title.dep_)
    while first.dep_ in {"conj", "flat"} and first.head.i < first.i:
        first = first.head  # all of a list hang on its first
    hang(name, first, "conj")


def entitle(of: Token) -> None:
    """Attach "of" to what follows it, not to the name behind ("Secretary of State Ana Ruiz met").

    The name then takes the place in the sentence that its office has.
    """
    name = of.head if of.head.dep_ != TITLE else of.head.head
    office = of.doc[of.i - 1]
    body = [t for t in name.children if of.i < t.i < name.i and t.pos_ in _NOMINAL]
    if not of.i or not body or office.pos_ not in _NOMINAL or office not in name.children:
        return
    hang(body[-1], office, "nmod")
    for token in [t for t in name.children if of.i <= t.i < name.i]:
        hang(token, body[-1], "case" if token is of else "compound")
    country = of.doc[office.i - 1] if office.i else office
    if country.head is name.head and country.dep_ == name.dep_ and country.pos_ == "PROPN":
        hang(country, office, "compound")
        for child in list(country.children):
            if child.dep_ == "case" and child.i < country.i:
                hang(child, name, "case")
    verb = name.head
    free = not any(c.dep_ == "case" for c in name.children)
    acts = verb.pos_ in {"VERB", "AUX"} and name.i < verb.i and name.dep_ in {"obl", "nmod"}
    if free and acts and not any(c.i < verb.i for c in _subjects(verb)):
        name.dep_ = "nsubj"


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
    if _subjects(verb):
        return
    if any(c.dep_ in {"aux", "cop"} and c.tag_ in FINITE | {"MD"} for c in verb.head.children):
        return
    for ancestor in verb.head.ancestors:
        if ancestor.sent.start != verb.sent.start:
            return
        if ancestor.tag_ in FINITE and ancestor.pos_ == "VERB" and ancestor.i < verb.i:
            hang(verb, ancestor, verb.dep_)
            return


def invert(verb: Token) -> None:
    """Make "had" in "Never had Peru left" an auxiliary of the participle behind the subject."""
    had = verb.head
    bare = not any(c.dep_ == "mark" for c in verb.children)
    if verb.tag_ == "VBN" and had.lemma_.lower() == "have" and not _subjects(had) and bare:
        if any(had.i < c.i < verb.i for c in _subjects(verb)):
            outer, label = (verb, "ROOT") if had.head is had else (had.head, had.dep_)
            hang(verb, outer, label)
            hang(had, verb, "aux")
            for child in list(had.children):
                hang(child, verb, child.dep_)


def intend(act: Token) -> None:
    """Attach an infinitive to the noun that calls for it ("the right of Peru to leave")."""
    objects = [c for c in act.head.children if c.dep_ == "obj" and c.i < act.i]
    if act.dep_ == "advcl" and objects and objects[-1].lemma_.lower() in _INTENDED:
        hang(act, objects[-1], "acl")


def part_list(verb: Token) -> None:
    """Give a coordinated verb its subject from the list before it.

    In "Togo met Peru and Chad, Mali and Fiji left" nothing joins the verb to the name before it.
    Where there are two conjunctions, the subject begins behind the first.
    """
    noun = verb.doc[verb.i - 1] if verb.i else verb
    while noun.pos_ == "ADV" and noun.i:
        noun = noun.doc[noun.i - 1]
    first = noun.head
    if noun.dep_ != "conj" or noun.pos_ not in _NOMINAL or first.i > noun.i or _subjects(verb):
        return
    if all(above is not verb.head for above in noun.ancestors):
        return
    if any(c.dep_ in {"aux", "aux:pass", "cop", "cc"} for c in verb.children):
        return
    while first.dep_ == "conj" and first.pos_ in _NOMINAL and first.head.i < first.i:
        first = first.head
    joints = [t.i for t in noun.doc[first.i + 1 : noun.i] if t.tag_ == "CC"]
    if len(joints) < 2:
        return  # `share_out` in `joints` knows what to do with one
    start = joints[0]
    members = [noun]
    for token in reversed(noun.doc[start + 1 : noun.i]):
        if token.dep_ == "conj" and (
            token.head in members or token.head.i <= start or token.head in noun.ancestors
        ):
            members.insert(0, token)
    hang(members[0], verb, "nsubj")
    for member in members[1:]:
        hang(member, members[0], "conj")
    for child in list(members[0].children):
        if child.dep_ == "cc" and child.i < members[0].i:
            hang(child, verb, "cc")


def act(noun: Token) -> None:
    """Make a name before a verb its subject, not a circumstance ("Peru — like Togo — left").

    If a subject follows behind a comma, as in the headline "Peru, Togo leave", it is joined to it.
    """
    verb = noun.head
    if noun.pos_ != "PROPN" or not noun.ent_type_ or noun.i > verb.i or verb.tag_ not in FINITE:
        return
    if verb.pos_ != "VERB" or any(c.dep_ == "case" for c in noun.children):
        return
    subjects = _subjects(verb)
    if not subjects:
        noun.dep_ = "nsubj"
        return
    between = noun.doc[noun.i + 1 : first_below(subjects[0])]
    comma = [t.text for t in between] == [","]
    if comma and verb.tag_ == "VBP" and subjects[0].ent_type_ == noun.ent_type_:
        hang(noun, verb, "nsubj")
        hang(subjects[0], noun, "conj")


def join_subjects(noun: Token) -> None:
    """Join a second subject to the first: "Okoro, Lind and Faria left", "A.B. Okoro left"."""
    before = [c for c in noun.head.children if c.dep_ == "nsubj" and c.i < noun.i]
    if not before or before[-1].pos_ != "PROPN" or noun.pos_ != "PROPN":
        return
    first = before[-1]
    between = [t.text for t in noun.doc[first.i + 1 : noun.i] if t.head is not first]
    between += [t.text for t in noun.doc[first.i + 1 : noun.i] if t.head is first and t.is_punct]
    if not between and first.i + 1 == noun.i and noun.ent_type_ and first.ent_type_:
        hang(noun, first, "flat")
    elif between == [","] and noun.ent_type_ == first.ent_type_ != "":
        hang(noun, first, "conj")


def list_headline(noun: Token) -> None:
    """Make an apposition a second subject if the verb is plural ("Togo's king, Peru's head meet").

    A true apposition is closed by a comma, and agrees with its noun.
    """
    subject, verb = noun.head, noun.head.head
    if subject.dep_ != "nsubj" or subject.tag_ not in {"NN", "NNP"} or verb.tag_ != "VBP":
        return
    if noun.tag_ in {"NN", "NNP"} and verb.i == max(t.i for t in noun.subtree) + 1:
        noun.dep_ = "conj"


def address(noun: Token) -> None:
    """Make the only object of a verb its direct object ("warned Peru against leaving").

    With an object or a clause of what is said beside it, it stays the one who is told.
    """
    others = {"obj", "ccomp", "parataxis"}
    if noun.head.pos_ == "VERB" and not any(c.dep_ in others for c in noun.head.children):
        noun.dep_ = "obj"


def raise_phrase(noun: Token) -> None:
    """Attach a phrase to the verb, not to the adverb before it ("went back to Peru")."""
    adverb = noun.head
    if adverb.dep_ == "advmod" and adverb.head.pos_ == "VERB" and adverb.head.i < adverb.i:
        if adverb.i + 1 == first_below(noun):
            hang(noun, adverb.head, "obl")


def join(noun: Token) -> None:
    """Attach "together with Peru" to the verb, not to the object before it."""
    first, thing = first_below(noun), noun.head
    together = noun.doc[first - 1] if first else noun
    if together.lower_ not in {"together", "jointly"} or thing.dep_ != "obj":
        return
    if together.head in {thing, noun}:
        hang(together, thing.head, "advmod")
        hang(noun, thing.head, "obl")


def share_subjects(noun: Token) -> None:
    """Give each of two verbs its own subject if one of them has both.

    In "Togo attacked Peru, the ministry said" the ministry attacks nobody, and in "Togo will stay,
    the ministry said" Togo says nothing.
    """
    verb = noun.head
    if verb.i < noun.i:
        last = max(t.i for t in noun.subtree)
        speech = noun.doc[last + 1] if last + 1 < len(noun.doc) else noun
        first = any(c.i < verb.i for c in _subjects(verb))
        if first and speech.tag_ in FINITE and speech.pos_ == "VERB" and not _subjects(speech):
            hang(noun, speech, "nsubj")
        return
    if any(noun.i < c.i < verb.i for c in _subjects(verb)):
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > noun.i), noun)
        if noun.i < clause.i < verb.i and not _subjects(clause):
            hang(noun, clause, "nsubj")


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in _SUBJECT]
