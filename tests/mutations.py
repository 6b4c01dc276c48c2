"""Ways of breaking the graph of the example, each with the requirement that it breaks."""

from __future__ import annotations

import pyoxigraph as ox
from mutating import (
    GRAPH,
    LIEN,
    LIMA,
    NAMES,
    NORWAY,
    PERU,
    QUISPE,
    SEA,
    SUMMIT,
    Mutation,
    also,
    corroborated_by_its_statement,
    denying,
    elsewhere,
    instead,
    integer,
    linked,
    moved,
    nameless,
    node,
    of,
    placed,
    speaker,
    stating,
    told_by_nobody,
    typed,
    unattributed,
    unlinked,
    without,
)

from kg import ontology as ontologies
from kg.rdf import vocabulary as v

ARTICLE = node(GRAPH)
FLOOR = ontologies.load().link_floor
MUTATIONS = (
    # articles and runs
    Mutation("an article without text", without(ARTICLE, "text"), "exactly one text"),
    Mutation("two texts", also(ARTICLE, "text", v.text("Other.", "en")), "exactly one text"),
    Mutation("text without language", instead(ARTICLE, "text", v.plain("x")), "exactly one text"),
    Mutation("no digest", without(ARTICLE, "digest"), "exactly one digest"),
    Mutation("no hash", instead(ARTICLE, "digest", v.plain("beef")), "64 hexadecimal digits"),
    Mutation("a negative body", instead(ARTICLE, "bodyStart", integer(-1)), "its body begins"),
    Mutation(
        "a body of words", instead(ARTICLE, "bodyStart", typed("x", v.XSD + "integer")), "body"
    ),
    Mutation("no language", without(ARTICLE, v.LANGUAGE), "exactly one language"),
    Mutation("two headlines", also(ARTICLE, v.HEADLINE, v.text("B", "en")), "one headline"),
    Mutation("a country as publisher", instead(ARTICLE, v.PUBLISHER, NORWAY), "media outlet"),
    Mutation("an address as text", instead(ARTICLE, v.URL, v.plain("x")), "xsd:anyURI"),
    Mutation(
        "a publication as text", instead(ARTICLE, v.DATE_PUBLISHED, v.plain("May")), "publication"
    ),
    Mutation(
        "a day that is none",
        instead(ARTICLE, v.DATE_PUBLISHED, typed("2024-02-31", v.XSD + "date")),
        "publication",
    ),
    Mutation("no run", without(ARTICLE, "extractedBy"), "exactly one run"),
    Mutation("an article with a mood", also(ARTICLE, "mood", v.plain("glad")), "of an article"),
    Mutation("a byline in no language", instead(ARTICLE, "byline", v.plain("x")), "one byline"),
    Mutation("two outlets", also(ARTICLE, "outlet", v.text("B", "en")), "name of an outlet"),
    Mutation("credits for a country", also(ARTICLE, "credits", NORWAY), "one news agency"),
    Mutation(
        "too long a sketch",
        also(ARTICLE, "sketch", *(v.plain(f"beef{n:02}") for n in range(17))),
        "at most sixteen hashes",
    ),
    Mutation("a run with a mood", also(of("run"), "mood", v.plain("glad")), "of a run"),
    Mutation(
        "two versions of the ontology",
        also(of("run"), "ontologyVersion", v.plain("0")),
        "exactly one version of the ontology",
    ),
    Mutation("a run without version", without(of("run"), "pipelineVersion"), "of the pipeline"),
    # entities and offices
    Mutation("no name", without(node(LIMA), v.PREF_LABEL), "one preferred name"),
    Mutation("two names", also(node(LIMA), v.PREF_LABEL, v.text("L", "en")), "one preferred name"),
    Mutation("an alias in no language", also(node(LIMA), v.ALT_LABEL, v.plain("L")), "other names"),
    Mutation("an unknown class", also(node(LIMA), v.TYPE, v.term("Port")), "the ontology has"),
    Mutation("a class alone", also(node(LIMA), v.TYPE, v.term("Country")), "classes above its own"),
    Mutation(
        "two classes of different kind",
        also(node(PERU), v.TYPE, v.term("Place")),
        "neither of which is above",
    ),
    Mutation("no Wikidata", also(node(LIMA), v.SAME_AS, ox.NamedNode("urn:x")), "of Wikidata"),
    Mutation("an office of nobody", without(of("membership"), v.MEMBER), "exactly one actor"),
    Mutation(
        "an office of a place", instead(of("membership"), v.MEMBER, LIMA), "exactly one actor"
    ),
    Mutation("an office without title", without(of("membership"), "title"), "exactly one title"),
    Mutation("an office without role", without(of("membership"), v.ROLE), "exactly one role"),
    Mutation("a role without label", without(of("role"), v.LABEL), "have a label"),
    Mutation(
        "of no entity", also(of("membership"), v.ORGANIZATION, GRAPH), "of at most one entity"
    ),
    Mutation("an office with a mood", also(of("membership"), "mood", v.plain("x")), "Membership"),
    Mutation("a role with a mood", also(of("role"), "mood", v.plain("x")), "properties of a role"),
    *placed("an office", of("membership")),
    # mentions
    Mutation("a mention of nothing", without(of("mention"), "refersTo"), "one or more entities"),
    Mutation("a mention of an article", also(of("mention"), "refersTo", GRAPH), "more entities"),
    Mutation(
        "a mention by rumour", instead(of("mention"), "how", v.plain("rumour")), "one of: name"
    ),
    Mutation("a mention without type", without(of("mention"), v.TYPE), "must be a kg:Mention"),
    *placed("a mention", of("mention")),
    # statements
    Mutation("no relation", without(stating("meets"), "relation"), "exactly one relation"),
    Mutation(
        "two relations",
        also(stating("meets"), "relation", v.term("visits")),
        "exactly one relation",
    ),
    Mutation(
        "a relation without card",
        instead(stating("meets"), "relation", v.term("admires")),
        "one that the ontology has",
    ),
    Mutation("no agent", without(stating("meets"), "agent"), "at least one agent"),
    Mutation("a place that acts", also(stating("meets"), "agent", LIMA), "only actors as agents"),
    Mutation(
        "a target beyond the range", instead(stating("attends"), "target", LIMA), "targets that"
    ),
    Mutation(
        "a target that is no entity", also(stating("visits"), "target", GRAPH), "only entities"
    ),
    Mutation("an agent beyond the domain", also(stating("visits"), "agent", SUMMIT), "agents that"),
    Mutation("a date as text", instead(stating("meets"), "date", v.plain("soon")), "in EDTF"),
    Mutation(
        "days in the wrong order",
        instead(stating("meets"), "earliest", typed("2025-01-01", v.XSD + "date")),
        "not after its latest",
    ),
    Mutation(
        "an unknown property", also(stating("meets"), "mood", v.plain("x")), "kg:Statement and"
    ),
    Mutation("no sentence", without(stating("meets"), v.LABEL), "exactly one sentence"),
    Mutation("two sentences", also(stating("meets"), v.LABEL, v.text("A", "en")), "one sentence"),
    Mutation("a sentence in no language", instead(stating("meets"), v.LABEL, v.plain("A")), "told"),
    Mutation("two dates", also(stating("meets"), "date", v.edtf("2025")), "at most one date"),
    Mutation("a latest day as text", instead(stating("meets"), "latest", v.plain("x")), "latest"),
    Mutation(
        "words of a date in no language",
        instead(stating("meets"), "dateText", v.plain("x")),
        "wording",
    ),
    Mutation("where no entity is", also(stating("meets"), "where", GRAPH), "where an entity is"),
    # places in the article
    *placed("a statement", stating("meets")),
    Mutation(
        "another article", instead(stating("meets"), "article", NAMES.article("sea")), "one article"
    ),
    Mutation(
        "an offset as text", instead(stating("meets"), "start", v.plain("0")), "exactly one start"
    ),
    Mutation(
        "an end before the start", instead(stating("proposes"), "end", integer(3)), "than its end"
    ),
    Mutation("a start too late", moved(stating("meets"), "start", 1), "letter by letter"),
    Mutation("an end beyond the text", moved(stating("meets"), "end", 10_000), "letter by letter"),
    Mutation(
        "another quote", instead(stating("meets"), "quote", v.text("They met", "en")), "letter by"
    ),
    Mutation(
        "a trigger outside", moved(stating("meets"), "triggerEnd", 1_000), "not after its own"
    ),
    Mutation(
        "a trigger before", instead(stating("proposes"), "triggerStart", integer(0)), "start after"
    ),
    Mutation("no modality", without(stating("meets"), "modality"), "exactly one modality"),
    Mutation(
        "two modalities", also(stating("meets"), "modality", v.term("planned")), "one modality"
    ),
    Mutation(
        "an odd modality", instead(stating("meets"), "modality", v.term("wished")), "one modality"
    ),
    Mutation("no polarity", without(stating("visits"), "polarity"), "exactly one polarity"),
    Mutation(
        "both polarities", also(stating("visits"), "polarity", v.term("negated")), "one polarity"
    ),
    Mutation("no confidence", without(stating("meets"), "confidence"), "exactly one confidence"),
    Mutation(
        "a confidence of 2", instead(stating("meets"), "confidence", v.decimal(2)), "from 0 to 1"
    ),
    Mutation("no rule", without(stating("meets"), "rule"), "exactly one rule"),
    Mutation("said by an event", also(stating("meets"), "attributedTo", SUMMIT), "to actors only"),
    Mutation("reported by a place", also(stating("meets"), "reportedBy", LIMA), "by actors only"),
    Mutation("about an article", also(stating("meets"), "about", GRAPH), "about entities only"),
    Mutation(
        "a trigger that ends nowhere",
        without(stating("meets"), "triggerEnd"),
        "one end of the words",
    ),
    Mutation("without type", without(stating("visits"), v.TYPE), "must be a kg:Statement"),
    Mutation(
        "a speaker of two statements",
        lambda quads: also(stating("meets"), v.QUALIFIED_ATTRIBUTION, speaker(quads))(quads),
        "in the chain of exactly one statement",
    ),
    Mutation(
        "a speaker who is none",
        also(stating("meets"), v.QUALIFIED_ATTRIBUTION, LIEN),
        "a chain of prov:Attribution nodes only",
    ),
    Mutation("a link of a chain without speaker", without(speaker, v.PROV_AGENT), "one speaker"),
    Mutation(
        "a source that is not unnamed",
        instead(stating("urges"), "unnamedSource", v.boolean(False)),
        "must say no more of an unnamed source",
    ),
    Mutation(
        "an unnamed source in words",
        also(stating("urges"), "unnamedSource", v.plain("a diplomat")),
        "must say no more of an unnamed source",
    ),
    Mutation("a speaker with a mood", also(speaker, "mood", v.plain("x")), "prov:Attribution and"),
    Mutation("a speaker without place", without(speaker, "order"), "place in the"),
    Mutation("a chain that does not fit", unattributed, "the speakers in its chain"),
    # acts
    Mutation("no act", without(stating("meets"), "act"), "must tell an act"),
    Mutation("two acts", also(stating("meets"), "act", NAMES.node("act/x")), "at most one act"),
    Mutation("an act in words", instead(stating("meets"), "act", v.plain("x")), "at most one act"),
    Mutation("what is no act", instead(stating("meets"), "act", LIMA), "must be a kg:Act"),
    Mutation("an act without type", without(of("act"), v.TYPE), "must be a kg:Act"),
    Mutation("an act with a mood", also(of("act"), "modality", v.term("actual")), "kg:Act and"),
    Mutation("an act that nobody tells", told_by_nobody, "must be told by a statement"),
    Mutation(
        "an act of one article", instead(of("act"), "articles", integer(1)), "which is 2 or more"
    ),
    Mutation("a key that is none", instead(stating("meets"), "actKey", v.plain("beef")), "act key"),
    Mutation(
        "two keys", also(stating("meets"), "actKey", v.plain("0" * 20)), "at most one act key"
    ),
    Mutation(
        "a place without key", instead(stating("meets"), "actPlace", v.plain("x")), "act place"
    ),
    Mutation("a gist in words", instead(stating("meets"), "gist", v.plain("beef")), "gist"),
    Mutation("corroborated by itself", corroborated_by_its_statement, "by a kg:Corroboration"),
    Mutation("figures without type", without(of("corroboration"), v.TYPE), "kg:Corroboration"),
    Mutation(
        "figures with a mood", also(of("corroboration"), "modality", v.term("actual")), "of one"
    ),
    Mutation("figures of no act", without(of("act"), "corroboration"), "of exactly one act"),
    Mutation("figures of no mood", without(of("corroboration"), "toldAs"), "in exactly one modal"),
    Mutation(
        "one outlet", instead(of("corroboration"), "independentOutlets", integer(1)), "of outlets,"
    ),
    Mutation("no outlet", without(of("corroboration"), "countedOutlet"), "two outlets or more"),
    Mutation(
        "no article",
        instead(of("corroboration"), "tellingArticles", integer(0)),
        "telling articles",
    ),
    Mutation(
        "fewer than no reprint",
        instead(of("corroboration"), "repeatingArticles", integer(-1)),
        "of repeating articles",
    ),
    Mutation(
        "two claims",
        also(of("corroboration"), "claimingArticles", integer(7)),
        "of claiming articles",
    ),
    Mutation("nothing sure", without(of("corroboration"), "surestStatement"), "surest statement"),
    Mutation("contradicts a word", also(denying, "contradicts", v.plain("no")), "has an IRI"),
    Mutation("contradicts another act", elsewhere, "statements that tell the same act"),
    # decisions and accounts
    Mutation("no wording", without(of("decision"), "wording"), "exactly one wording"),
    Mutation("not in words", without(of("decision"), v.LABEL), "say in words what was decided"),
    Mutation("two reasons", also(of("decision"), v.COMMENT, v.text("x", "en")), "one reason"),
    Mutation("nobody decided", without(of("decision"), v.ASSOCIATED_WITH), "one who decided"),
    Mutation("about a word", also(of("decision"), "bearsOn", v.plain("x")), "must bear on what"),
    Mutation("a decision with a mood", also(of("decision"), "mood", v.plain("x")), "of a decision"),
    Mutation("a patch of nothing", instead(node(SEA), "changes", v.plain("x")), "one patch"),
    Mutation("two sources", also(node(SEA), "source", LIMA), "the account of exactly one source"),
    Mutation("a reprint of a word", also(node(SEA), "reprintOf", v.plain("x")), "at most one art"),
    # nodes without a name
    Mutation("a nameless entity", nameless(node(LIMA)), "must be an IRI."),
    Mutation("a nameless statement", nameless(stating("meets")), "must be an IRI."),
    Mutation("a nameless account", nameless(node(SEA)), "must be an IRI."),
    # plain links
    Mutation("a planned act as a link", linked(NORWAY, "attends", SUMMIT), "linked plainly only"),
    Mutation("a rumour as a link", linked(PERU, "visits", NAMES.node("x")), "linked plainly only"),
    Mutation("a denied act as a link", linked(NORWAY, "accuses", PERU), "linked plainly only"),
    Mutation("hearsay as a link", linked(NORWAY, "urges", PERU), "linked plainly only"),
    Mutation("a doubtful act as a link", linked(NORWAY, "warns", PERU), "linked plainly only"),
    Mutation("a topic as a target", linked(QUISPE, "proposes", SUMMIT), "linked plainly only"),
    Mutation("a target not to be linked", linked(QUISPE, "proposes", NORWAY), "plainly only"),
    Mutation("a remark as a link", linked(LIEN, "commentsOn", SUMMIT), "linked plainly only"),
    Mutation(
        "a topic link to an actor", linked(QUISPE, "proposesMatter", NORWAY), "linked plainly only"
    ),
    Mutation(
        "a topic link beside a target",
        linked(NORWAY, "supportsMatter", SUMMIT),
        "linked plainly only",
    ),
    Mutation(
        "a topic link whose statement got a target",
        also(stating("opposes"), "target", PERU),
        "linked plainly only",
    ),
    Mutation("a missing link", unlinked("supports"), "must be linked plainly, since"),
    Mutation("a missing mutual link", unlinked("meets"), "must be linked plainly, since"),
    Mutation("a missing topic link", unlinked("opposesMatter"), "must be linked plainly, since"),
    Mutation(
        "a missing topic link beside a target",
        unlinked("proposesMatter"),
        "must be linked plainly, since",
    ),
    Mutation(
        "a topic link that is missing since the target went",
        without(stating("supports"), "target"),
        "must be linked plainly, since",
    ),
    Mutation(
        "a link that is missing since the source has a name",
        without(stating("urges"), "unnamedSource"),
        "must be linked plainly, since",
    ),
    Mutation(
        "a link that is missing since the floor is reached",
        instead(stating("warns"), "confidence", v.decimal(FLOOR)),
        "must be linked plainly, since",
    ),
    Mutation(
        "a link whose statement became hearsay",
        also(stating("proposes"), "attributedTo", LIEN),
        "linked plainly only",
    ),
    Mutation(
        "a link on the word of somebody unnamed",
        also(stating("proposes"), "unnamedSource", v.boolean(True)),
        "linked plainly only",
    ),
    Mutation(
        "a link whose statement became doubtful",
        instead(stating("proposes"), "confidence", v.decimal(FLOOR - 0.01)),
        "linked plainly only",
    ),
)
