"""Control verbs and nouns: which of their arguments is the subject of an infinitive or gerund."""

from __future__ import annotations

from kg.extract.syntax.phrases import Phrases
from kg.parsing.tokens import Token

# Subject control in spite of an object: in "promised Peru to come" the promiser comes.
SUBJECT_CONTROL = frozenset({"promise", "vow", "pledge", "threaten", "use", "take"})
# The infinitive's subject is the object of a preposition ("call on Peru to come").
OBLIQUE_CONTROL = frozenset(
    {"call", "appeal", "plead", "lobby", "wait", "lean", "prevail", "rely", "count", "depend"}
)
CONTROLLING = frozenset({"on", "upon", "to", "for", "with"})
# The verb's object is the subject of a gerund after a preposition ("accused Peru of lying").
GERUND_CONTROL = frozenset(
    "accuse suspect charge convict acquit blame indict implicate prevent stop keep bar ban "
    "discourage dissuade deter prohibit block hinder restrain criticise criticize condemn denounce "
    "thank praise applaud commend congratulate fault rebuke punish sanction fine sentence arrest "
    "detain jail expel forgive chastise lambast slam censure chide reprimand dismiss sack honour "
    "honor reward pardon scold berate attack hail salute laud credit catch talk trick push "
    "pressure force lure coax bully warn caution hit put add designate blacklist threaten".split()
)
# Penalties, whose bearer is the subject of the gerund ("imposed sanctions on Peru for arming").
PENALTIES = frozenset(
    "sanction penalty fine tariff embargo ban restriction charge accusation allegation criticism "
    "blame measure curb punishment sentence duty levy lawsuit complaint claim".split()
)
LAID = frozenset({"on", "upon", "against"})
EXPRESSING = frozenset({"express", "voice", "pay", "extend", "convey", "offer"})
# What is asked of the subject of a verb of answering ("rejected a call by Peru to come").
_ASKED = frozenset("call appeal demand request plea invitation order offer petition".split())
_ANSWERING = frozenset(
    "reject refuse decline accept heed ignore resist dismiss rebuff answer welcome receive get "
    "face consider obey defy snub spurn".split()
)
_GERUND_MARKS = frozenset({"of", "from", "for", "with", "over", "into", "against"})


def is_answered(noun: Token) -> bool:
    """Return whether a noun of asking stands under a verb whose subject was asked."""
    return noun.lemma_.lower() in _ASKED and noun.head.lemma_.lower() in _ANSWERING


def deed_of(syntax: Phrases, gerund: Token) -> Token | None:
    """Return the verb that governs a gerund phrase ("of lying", "for having lied"), else None."""
    if gerund.i < gerund.head.i:
        return None  # "Far from attacking Chad, Niger praised Mali"
    if not any(c.dep_ == "mark" and c.lower_ in _GERUND_MARKS for c in gerund.children):
        return None
    words = {c.lower_ for c in gerund.children}
    if gerund.tag_ != "VBG" and words.isdisjoint({"having", "being"}):
        return None
    host = gerund.head
    if gerund.dep_ in syntax.labels.adnominal | syntax.labels.relative:
        return host.head  # some parses attach it to the name
    return host
