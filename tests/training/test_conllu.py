from pathlib import Path

import pytest

from training.conllu import read, split_surface

SAMPLE = """\
# newdoc id = a
# sent_id = a-1
# newpar
# text = They can't wait.
1\tThey\tthey\tPRON\tPRP\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tghost\tghost\tVERB\tVB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = a-2
# text = Dont go
1-2\tDont\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_
"""


@pytest.fixture
def sentences(tmp_path: Path):
    path = tmp_path / "sample.conllu"
    path.write_text(SAMPLE, encoding="utf-8")
    return list(read(path))


def test_spacing_of_multiword_tokens_comes_from_their_surface(sentences):
    assert sentences[0].text == "They can't wait."
    assert [w.form for w in sentences[0].words] == ["They", "ca", "n't", "wait", "."]
    assert [w.space for w in sentences[0].words] == [True, False, True, False, True]


def test_words_take_the_letters_that_are_written(sentences):
    assert [w.form for w in sentences[1].words] == ["Do", "nt", "go"]
    assert sentences[1].text == "Dont go"


def test_documents_and_paragraphs(sentences):
    assert [s.document for s in sentences] == ["a", "a"]
    assert [s.opens_paragraph for s in sentences] == [True, False]


@pytest.mark.parametrize(
    ("surface", "forms", "expected"),
    [
        ("cannot", ["can", "not"], ["can", "not"]),
        ("Cant", ["Can", "not"], ["Can", "t"]),
        ("its", ["it", "'s"], ["it", "s"]),
        ("x", ["a", "b"], ["a", "b"]),
        ("whatcha", ["what", "are", "you"], ["what", "c", "ha"]),
    ],
)
def test_split_surface(surface, forms, expected):
    assert split_surface(surface, forms) == expected
