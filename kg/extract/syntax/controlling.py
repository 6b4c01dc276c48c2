"""Words that say whose deed an infinitive or gerund under them is."""

from __future__ import annotations

from kg.extract.syntax.phrases import Phrases
from kg.parsing.tokens import Token

# Verbs whose infinitive belongs to their own subject although they have an object.
SUBJECT_CONTROL = frozenset({"promise", "vow", "pledge", "threaten", "use", "take"})
# Verbs whose infinitive belongs to what hangs on them by a preposition ("call on Peru to come").
OBLIQUE_CONTROL = frozenset(
    {"call", "appeal", "plead", "lobby", "wait", "lean", "prevail", "rely", "count", "depend"}
)
CONTROLLING = frozenset({"on", "upon", "to", "for", "with"})
# Verbs whose object does what a gerund behind a preposition tells ("accused Peru of lying").
GERUND_CONTROL = frozenset(
    "accuse suspect charge convict acquit blame indict implicate prevent stop keep bar ban "
    "discourage dissuade deter prohibit block hinder restrain criticise criticize condemn denounce "
    "thank praise applaud commend congratulate fault rebuke punish sanction fine sentence arrest "
    "detain jail expel forgive chastise lambast slam censure chide reprimand dismiss sack honour "
    "honor reward pardon scold berate attack hail salute laud credit catch talk trick push "
    "pressure force lure coax bully warn caution hit put add designate blacklist threaten".split()
)
# What is laid on somebody for what he did ("imposed sanctions on Peru for arming").
PENALTIES = frozenset(
    "sanction penalty fine tariff embargo ban restriction charge accusation allegation criticism "
    "blame measure curb punishment sentence duty levy lawsuit complaint claim".split()
)
LAID = frozenset({"on", "upon", "against"})
EXPRESSING = frozenset({"express", "voice", "pay", "extend", "convey", "offer"})
_GERUND_MARKS = frozenset({"of", "from", "for", "with", "over", "into", "against"})


def deed_of(syntax: Phrases, gerund: Token) -> Token | None:
    """Return the verb on which "of lying", "for having lied" hangs, if it is such a phrase."""
    if not any(c.dep_ == "mark" and c.lower_ in _GERUND_MARKS for c in gerund.children):
        return None
    if gerund.tag_ != "VBG" and all(c.lower_ != "having" for c in gerund.children):
        return None
    host = gerund.head
    if gerund.dep_ in syntax.labels.adnominal | syntax.labels.relative:
        return host.head  # some parses hang it on the name
    return host
