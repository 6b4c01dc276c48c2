"""Logical slots on pinned parses of both label schemes."""

from __future__ import annotations

import pytest
from parses import doc

from kg.extract.syntax.slots import Syntax
from kg.parsing.labels import SCHEMES

PASSIVE_UD = """
Japan Japan NNP nsubj:pass 3
was be VBD aux:pass 3
criticised criticise VBN ROOT 0
by by IN case 5
China China NNP obl:agent 3
"""
PASSIVE_CLEAR = """
Japan Japan NNP nsubjpass 3
was be VBD auxpass 3
criticised criticise VBN ROOT 0
by by IN agent 3
China China NNP pobj 4
"""
CONTROL_UD = """
Peru Peru NNP nsubj 2
urged urge VBD ROOT 0
Chile Chile NNP obj 2
to to TO mark 5
join join VB xcomp 2
talks talk NNS obj 5
"""
CONTROL_CLEAR = CONTROL_UD.replace(" obj ", " dobj ").replace(" mark ", " aux ")
RAISING_UD = """
Chile Chile NNP nsubj:pass 3
is be VBZ aux:pass 3
expected expect VBN ROOT 0
to to TO mark 5
attend attend VB xcomp 3
talks talk NNS obj 5
"""
RELATIVE_UD = """
envoys envoy NNS nsubj 6
who who WP nsubj 3
met meet VBD acl:relcl 1
rebels rebel NNS obj 3
yesterday yesterday NN obl:unmarked 3
left leave VBD ROOT 0
"""
REDUCED_UD = """
towns town NNS nsubj 5
shelled shell VBN acl 1
by by IN case 4
rebels rebel NNS obl:agent 2
burned burn VBD ROOT 0
"""
COORDINATED_UD = """
Ghana Ghana NNP nsubj 4
and and CC cc 3
Togo Togo NNP conj 1
met meet VBD ROOT 0
and and CC cc 6
signed sign VBD conj 4
pacts pact NNS obj 6
"""


def words(tokens):
    return [t.text for t in tokens]


@pytest.mark.parametrize(("scheme", "rows"), [("ud", PASSIVE_UD), ("clearnlp", PASSIVE_CLEAR)])
def test_passive_has_its_agent_as_logical_subject(scheme, rows):
    syntax, verb = Syntax(scheme), doc(rows)[2]
    assert words(syntax.subject(verb)) == ["China"]
    assert words(syntax.object(verb)) == ["Japan"]


@pytest.mark.parametrize(("scheme", "rows"), [("ud", CONTROL_UD), ("clearnlp", CONTROL_CLEAR)])
def test_object_control(scheme, rows):
    syntax, verb = Syntax(scheme), doc(rows)[4]
    assert words(syntax.subject(verb)) == ["Chile"]
    assert words(syntax.object(verb)) == ["talks"]


def test_raised_subject_of_a_passive():
    assert words(Syntax("ud").subject(doc(RAISING_UD)[4])) == ["Chile"]


def test_relative_pronoun_stands_for_its_antecedent():
    assert words(Syntax("ud").subject(doc(RELATIVE_UD)[2])) == ["envoys"]


def test_reduced_passive():
    syntax, verb = Syntax("ud"), doc(REDUCED_UD)[1]
    assert words(syntax.subject(verb)) == ["rebels"]
    assert words(syntax.object(verb)) == ["towns"]


def test_coordinated_verb_shares_the_subject():
    syntax, parsed = Syntax("ud"), doc(COORDINATED_UD)
    (head,) = syntax.subject(parsed[5])
    assert words(syntax.conjuncts(head)) == ["Ghana", "Togo"]


def test_an_agentless_passive_has_no_subject():
    rows = "\n".join(PASSIVE_UD.strip().splitlines()[:3])
    assert Syntax("ud").subject(doc(rows)[2]) == []


def test_both_schemes_fill_every_label_family():
    for name, labels in SCHEMES.items():
        for family in labels.__slots__:
            assert getattr(labels, family), f"{name} has no label for {family}"


SPLIT_UD = """
Ghana Ghana NNP root 0
and and CC cc 4
Togo Togo NNP nsubj 4
signed sign VBD conj 1
pacts pact NNS obj 4
"""


def test_a_subject_split_by_the_parse_is_whole_again():
    assert words(Syntax("ud").subject(doc(SPLIT_UD)[3])) == ["Ghana", "Togo"]


AIDED_UD = """
Ghana Ghana NNP nsubj 2
sent send VBD ROOT 0
arms arm NNS obj 2
to to IN case 5
Togo Togo NNP obl 2
"""
AIDED_CLEAR = """
Ghana Ghana NNP nsubj 2
sent send VBD ROOT 0
arms arm NNS dobj 2
to to IN dative 2
Togo Togo NNP pobj 4
"""


@pytest.mark.parametrize(("scheme", "rows"), [("ud", AIDED_UD), ("clearnlp", AIDED_CLEAR)])
def test_who_is_given_something_by_a_preposition(scheme, rows):
    syntax, parsed = Syntax(scheme), doc(rows)
    assert [(name, t.text) for name, t in syntax.prepositions(parsed[1])] == [("to", "Togo")]
    assert [name for name, _ in syntax.governed(parsed[4])] == ["to"]
    assert syntax.governor(parsed[4]).text == "sent"
    assert [syntax.is_complement(parsed[i]) for i in (0, 2, 4)] == [False, True, True]


def test_who_is_given_something_without_a_preposition_is_none_of_it():
    given = doc(
        AIDED_CLEAR.replace("to to IN dative 2\nTogo Togo NNP pobj 4", "Mali Mali NNP dative 2")
    )
    assert list(Syntax("clearnlp").prepositions(given[1])) == []
    assert words(Syntax("clearnlp").indirect(given[1])) == ["Mali"]
