"""Tables of dependency labels, by grammatical function, for two label schemes.

These are Universal Dependencies v2 (de Marneffe et al. 2021) and ClearNLP (Choi & Palmer 2012).
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = frozenset({"PER", "PERSON"})
"""Labels of people in named entity recognition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The dependency labels of one scheme for each grammatical function."""

    subject: frozenset[str]
    passive_subject: frozenset[str]
    object: frozenset[str]
    indirect: frozenset[str]
    oblique: frozenset[str]
    possessive: frozenset[str]
    modifier: frozenset[str]
    clause: frozenset[str]
    adverbial: frozenset[str]
    adnominal: frozenset[str]
    relative: frozenset[str]
    passive_auxiliary: frozenset[str]
    auxiliary: frozenset[str]
    particle: frozenset[str]
    apposition: frozenset[str]
    parenthetical: frozenset[str]
    name_part: frozenset[str]


UD = Labels(
    subject=frozenset({"nsubj", "nsubj:outer", "csubj"}),
    passive_subject=frozenset({"nsubj:pass", "csubj:pass"}),
    object=frozenset({"obj"}),
    indirect=frozenset({"iobj"}),
    oblique=frozenset({"obl", "obl:agent", "nmod", "obl:arg"}),
    possessive=frozenset({"nmod:poss"}),
    modifier=frozenset({"amod", "compound", "nmod", "nmod:desc", "nmod:unmarked"}),
    clause=frozenset({"ccomp", "xcomp"}),
    adverbial=frozenset({"advcl", "advcl:relcl"}),
    adnominal=frozenset({"acl"}),
    relative=frozenset({"acl:relcl"}),
    passive_auxiliary=frozenset({"aux:pass"}),
    auxiliary=frozenset({"aux", "aux:pass", "cop"}),
    particle=frozenset({"compound:prt"}),
    apposition=frozenset({"appos"}),
    parenthetical=frozenset({"parataxis"}),
    name_part=frozenset({"flat", "flat:foreign", "compound", "nmod:desc"}),
)
CLEARNLP = Labels(
    subject=frozenset({"nsubj", "csubj"}),
    passive_subject=frozenset({"nsubjpass", "csubjpass"}),
    object=frozenset({"dobj", "obj"}),
    indirect=frozenset({"dative"}),
    oblique=frozenset({"prep", "agent"}),
    possessive=frozenset({"poss"}),
    modifier=frozenset({"amod", "compound", "nmod"}),
    clause=frozenset({"ccomp", "xcomp"}),
    adverbial=frozenset({"advcl"}),
    adnominal=frozenset({"acl"}),
    relative=frozenset({"relcl"}),
    passive_auxiliary=frozenset({"auxpass"}),
    auxiliary=frozenset({"aux", "auxpass", "cop"}),  # "cop" only after `kg.parsing.mending`
    particle=frozenset({"prt"}),
    apposition=frozenset({"appos"}),
    parenthetical=frozenset({"parataxis"}),
    name_part=frozenset({"compound"}),
)
SCHEMES = {"ud": UD, "clearnlp": CLEARNLP}
