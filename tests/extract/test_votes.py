"""A name is the same kind of thing throughout an article."""

from parses import article

from kg.extract.entities.votes import agreed


def names(parse: str) -> list[tuple[str, str]]:
    document = article(parse).doc
    return [
        (" ".join(t.text for t in document[first : last + 1]), label)
        for first, last, label in agreed(document)
    ]


def test_most_mentions_decide() -> None:
    parse = (
        "Zenda/NNP/nsubj/2/B-ORG met=meet/VBD/ROOT/0 Zenda/NNP/obj/2/B-GPE "
        "and/CC/cc/5 Zenda/NNP/conj/3/B-GPE"
    )
    assert names(parse) == [("Zenda", "GPE")] * 3


def test_where_none_has_more_each_keeps_its_own() -> None:
    parse = "Zenda/NNP/nsubj/2/B-ORG met=meet/VBD/ROOT/0 Zenda/NNP/obj/2/B-GPE"
    assert names(parse) == [("Zenda", "ORG"), ("Zenda", "GPE")]


def test_a_name_is_found_where_it_was_missed() -> None:
    parse = (
        "Ana/NNP/nsubj/3/B-PERSON Ruiz/NNP/flat/1/I-PERSON met=meet/VBD/ROOT/0 "
        "Ana/NNP/obj/3 Ruiz/NNP/flat/4"
    )
    assert names(parse) == [("Ana Ruiz", "PERSON")] * 2


def test_one_word_must_be_found_twice() -> None:
    once = "Ruiz/NNP/nsubj/2/B-PERSON met=meet/VBD/ROOT/0 Ruiz/NNP/obj/2"
    assert names(once) == [("Ruiz", "PERSON")]
    twice = (
        "Ruiz/NNP/nsubj/2/B-PERSON met=meet/VBD/ROOT/0 Ruiz/NNP/obj/2/B-PERSON "
        "and/CC/cc/5 Ruiz/NNP/conj/3"
    )
    assert names(twice) == [("Ruiz", "PERSON")] * 3


def test_nothing_is_found_inside_another_name() -> None:
    parse = (
        "Ruiz/NNP/nsubj/2/B-PERSON met=meet/VBD/ROOT/0 Ruiz/NNP/obj/2/B-PERSON "
        "at/IN/case/6 Ruiz/NNP/compound/6/B-ORG Bank/NNP/obl/2/I-ORG"
    )
    assert names(parse) == [("Ruiz", "PERSON"), ("Ruiz", "PERSON"), ("Ruiz Bank", "ORG")]
