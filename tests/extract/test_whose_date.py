"""Which act a date belongs to; read by the bundled pipeline."""

from __future__ import annotations

import built
import pytest
from notation import Case, cases, check

from kg.records import Article

pytestmark = pytest.mark.model

DATES = """
    Mali warned Togo against attacking Benin during its May 4 speech.
      Mali warns Togo | on 2025-05-04 | ...
      Togo attacks Benin | possible | says Mali
    In the spring of 2019 Mali condemned Togo, and it praised Benin in May.
      Mali opposes Togo | on 2019
      Mali supports Benin | on 2019-05
    Mali condemned Monday's raid.
      Mali opposes | about raid
    After the February 20 raid, Mali condemned Togo.
      Mali opposes Togo
    Mali condemned Togo three days after the February 20 raid.
      Mali opposes Togo | on 2025-02-23
    Togo's king visits Mali on 2 June.
      Togo's king visits Mali | on 2025-06-02
    LIMA, Feb 27 (Agency) — Peru condemned Chile on Tuesday.
      Peru opposes Chile | on 2025-02-25
    Mali and Togo condemned Chad and Niger, respectively, on Monday.
      Mali opposes Chad | on 2025-05-12
      Togo opposes Niger | on 2025-05-12
"""


@cases(DATES)
def test_whose_date_it_is(case: Case) -> None:
    article = Article(id="article", text=case.text, published="2025-05-14")
    check(case, found=built.reader().extract(article))
