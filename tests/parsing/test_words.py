"""What the letters of a word tell, held to what spaCy says of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from kg.parsing.words import form

VOCAB = English().vocab
WORDS = (
    "Peru the The THE n't N’T ‘s 's 's. 12 1,000 -3.5 +7 ~9 ±2 3/4 3/x /4 1/2/3 twelve Twelve "
    "TWELFTH 21st 22nd 3rd 4th xth th st . , -- '' \" $ % ½ ² Ⅻ é ß ﬁ U.S. x1 1x million , .5 5. "
    "twenty-one - + ~ ± bazillionth 1,0.0 ,,"
).split()


def same(word: str) -> None:
    lexeme = VOCAB[word]
    assert tuple(form(word)) == (
        lexeme.lower_, lexeme.is_alpha, lexeme.is_digit, lexeme.is_punct, lexeme.is_stop,
        lexeme.like_num,
    )  # fmt: skip


@pytest.mark.parametrize("word", [*WORDS, *sorted(English.Defaults.stop_words)])
def test_known_words(word: str) -> None:
    same(word)


@given(
    st.text(st.one_of(st.sampled_from("0123456789/.,+-~stndrh½²'’"), st.characters()), min_size=1)
)
def test_any_word(word: str) -> None:
    same(word.encode("utf-8", "replace").decode())
