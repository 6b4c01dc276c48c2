"""Decisions told back: each on a pinned parse, and every part of every statement accounted for."""

from __future__ import annotations

import pytest
from parses import article, extractor

from kg.extract.explain.explaining import explanations
from kg.extract.explain.steps import Explanation

VISITED = (
    "President/NNP/nmod:desc/2 Rosa/NNP/nsubj/6/B-PER Ibarra/NNP/flat/2/I-PER of/IN/case/5 "
    "Peru/NNP/nmod/2 visited=visit/VBD/ROOT/0 Norway/NNP/obj/6 on/IN/case/9 Monday/NNP/obl/6 "
    "././punct/6"
)
SAID = (
    "She=she/PRP/nsubj/2 said=say/VBD/ROOT/0 that/IN/mark/7 Peru/NNP/nsubj/7 would/MD/aux/7 "
    "not/RB/advmod/7 support=support/VB/ccomp/2 Chile/NNP/obj/7 ././punct/2"
)


def explained(text: str, relation: str, *, published: str = "2025-05-14") -> Explanation:
    """Return the explanation of the one statement of a relation in an article."""
    reading = extractor().reading(article(text, scheme="ud", published=published))
    (found,) = [e for e in explanations(reading, {}) if e.statement.relation == relation]
    return found


def by_layer(found: Explanation) -> dict[str, list[tuple[str, str, str]]]:
    layers: dict[str, list[tuple[str, str, str]]] = {}
    for d in found.decisions:
        layers.setdefault(d.layer, []).append((d.what, d.rule, d.because))
    return layers


def test_a_plain_statement_is_told_from_parse_to_date():
    found = explained(VISITED, "visits")
    assert [(w.text, w.label, w.head) for w in found.words[1:3]] == [
        ("Rosa", "nsubj", 6),
        ("Ibarra", "flat", 2),
    ]
    assert found.words[5].head == 0
    assert found.frame["agent"] == "subject"
    assert "visit" in found.frame["verb"].split(", ")
    layers = by_layer(found)
    assert layers["frame"][0][:2] == ("visits", found.statement.evidence.rule)
    assert [part[:2] for part in layers["role"]] == [
        ("agent Rosa Ibarra", "slot subject"),
        ("target Norway", "slot object"),
    ]
    names = [part[:2] for part in layers["name"]]
    assert ("Rosa Ibarra: President of Peru (Official)", "office") in names
    assert ("“Norway” is Norway", "gazetteer") in names
    assert ("Rosa Ibarra is unlinked/person/rosa-ibarra (Official)", "unlinked") in [
        part[:2] for part in layers["link"]
    ]
    assert ("Norway is country/NO (Country)", "gazetteer") in [p[:2] for p in layers["link"]]
    assert layers["speaker"][0][:2] == ("the article", "own-voice")
    assert layers["modality"] == [("actual", "plain-clause", "")]
    assert layers["date"] == [
        ("2025-05-12", "innermost-act", "“Monday”, before publication (2025-05-14)")
    ]


def test_coreference_speaker_and_mood_name_rule_and_words():
    layers = by_layer(explained(f"{VISITED} || {SAID}", "commentsOn"))
    (pronoun,) = layers["coreference"]
    assert pronoun[:2] == ("“She” is Rosa Ibarra", "salience")
    assert pronoun[2].startswith("Rosa Ibarra ")
    layers = by_layer(explained(f"{VISITED} || {SAID}", "supports"))
    assert layers["speaker"] == [("Rosa Ibarra", "content-of-speech (said)", "")]
    assert layers["modality"] == [("planned", "clause", "“would”")]
    assert layers["polarity"] == [("negated", "clause", "“not”")]
    assert layers["date"] == [("none", "no-date-in-clause", "")]


def test_the_verb_above_decides_polarity():
    refused = (
        "Chile/NNP/nsubj/2 refused=refuse/VBD/ROOT/0 to/TO/mark/4 support=support/VB/xcomp/2 "
        "Peru/NNP/obj/4 ././punct/2"
    )
    layers = by_layer(explained(refused, "supports"))
    assert layers["polarity"] == [("negated", "governor", "“refuse”")]
    assert layers["modality"] == [("actual", "plain-clause", "")]


def test_a_date_from_elsewhere_says_so():
    again = (
        "Rosa/NNP/nsubj/3/B-PER Ibarra/NNP/flat/1/I-PER visited=visit/VBD/ROOT/0 Norway/NNP/obj/3"
    )
    reading = extractor().reading(article(f"{VISITED} || {again}", scheme="ud",
                                          published="2025-05-14"))  # fmt: skip
    found = [by_layer(e)["date"][0][:2] for e in explanations(reading, {})]
    assert found == [
        ("2025-05-12", "innermost-act"),
        ("2025-05-12", "same-act-dated-elsewhere"),
    ]


CONSULTED = "Peru/NNP/nsubj/2 {0}/VBD/ROOT/0 {1}/NN/obj/2 ././punct/2"


@pytest.mark.parametrize(
    ("text", "rule", "passed", "why"),
    [
        # no second party
        ("Peru/NNP/nsubj/2 met=meet/VBD/ROOT/0 ././punct/2", "meets/meet", 8, "two parties"),
        # nobody who can act
        (
            "Rain/NN/nsubj/2 visited=visit/VBD/ROOT/0 Norway/NNP/obj/2 ././punct/2",
            "visits/visit",
            6,
            "it has no agent of class Actor: subject is “Rain”: nobody known",
        ),
        # the word is no verb here
        ("A/DT/det/2 table/NN/ROOT/0 ././punct/2", "proposes/propose", 0, "parsed as NOUN (ROOT)"),
        # the idiom lacks its object
        (
            "Peru/NNP/nsubj/2 held=hold/VBD/ROOT/0 shares=share/NNS/obj/2 ././punct/2",
            "meets/hold-talks",
            3,
            "its object is “shares”; it must be ",
        ),
        # the press is an audience, not a party
        (
            "Rosa/NNP/nsubj/3/B-PER Ibarra/NNP/flat/1/I-PER spoke=speak/VBD/ROOT/0 to/IN/case/6 "
            "Norwegian/JJ/amod/6 journalists=journalist/NNS/obl/3 ././punct/3",
            "meets/speak-with",
            11,
            "it matches, but the press is only spoken to",
        ),
        # the outlet is the source, no actor
        (
            "Reuters/NNP/nsubj/2/B-ORG said=say/VBD/ROOT/0 Peru/NNP/nsubj/4 "
            "slept=sleep/VBD/ccomp/2 ././punct/2",
            "commentsOn/say",
            11,
            "it matches, but only outlets speak",
        ),
    ],
)
def test_near_misses_name_the_condition_that_fails(text: str, rule: str, passed: int, why: str):
    from kg.extract.explain.misses import of_relation

    reading = extractor().reading(article(text, scheme="ud", published=""))
    relation = extractor().ontology.relation(rule.partition("/")[0])
    found = of_relation(reading, relation)
    (miss,) = [m for m in found if m.rule == rule]
    assert miss.passed == passed
    assert why in miss.why
    assert [m.passed for m in found] == sorted((m.passed for m in found), reverse=True)
    assert reading.assembled({}).extraction.statements == ()


def test_what_really_filled_a_role_is_told():
    # what Peru owns stands in the slot, and that makes it the target
    owned = (
        "Norway/NNP/nsubj/2 rejected=reject/VBD/ROOT/0 Peru/NNP/nmod:poss/5 's/POS/case/3 "
        "offer/NN/obj/2"
    )
    roles = by_layer(explained(owned, "rejects"))["role"]
    assert roles[1] == ("target Peru", "possessor, slot object", "“Peru”")
    # a word that points back: the act before it names who is meant
    back = (
        "Peru/NNP/nsubj/2 invited=invite/VBD/ROOT/0 Norway/NNP/obj/2 ././punct/2 || "
        "Chile/NNP/nsubj/2 welcomed=welcome/VBD/ROOT/0 the/DT/det/4 move/NN/obj/2 ././punct/2"
    )
    roles = by_layer(explained(back, "supports"))["role"]
    assert roles[1] == ("target Peru", "points-back (move)", "“Peru”")


def test_who_was_not_taken_is_told_with_the_reason():
    met = "Peru/NNP/nsubj/2 met=meet/VBD/ROOT/0 Chile/NNP/obj/2 with/IN/case/5 Norway/NNP/obl/2"
    parse = article(met, scheme="ud", published="2025-05-14")
    for keep in (False, True):
        reading = extractor().reading(parse, candidates=keep)
        (found,) = explanations(reading, {})
        told = [(d.layer, d.what, d.rule, d.because) for d in found.candidates]
        wanted = (
            "candidate",
            "target “Norway” (Norway)",
            "slot with",
            "the slot object comes first",
        )
        assert told == [wanted] * keep


def test_a_dropped_draft_names_the_pass_that_dropped_it():
    told = (
        "Reuters/NNP/nsubj/2/B-ORG said=say/VBD/ROOT/0 Peru/NNP/nsubj/4 "
        "slept=sleep/VBD/ccomp/2 ././punct/2"
    )
    reading = extractor().reading(article(told, scheme="ud", published=""))
    (dropped,) = reading.passed.dropped
    assert (dropped.by.name, dropped.draft.frame.rule) == ("outlets", "commentsOn/say")
    assert reading.passed.speaking == (dropped.draft,)


def test_what_matches_is_no_miss():
    from kg.extract.explain.misses import of_relation

    reading = extractor().reading(article(VISITED, scheme="ud", published=""))
    found = of_relation(reading, extractor().ontology.relation("visits"))
    assert "visits/visit" not in {m.rule for m in found}
