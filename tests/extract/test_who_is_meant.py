"""Who is meant: surnames, namesakes, names of countries, pronouns; read by the bundled pipeline."""

from __future__ import annotations

import built
import pytest
from notation import Case, cases, check

from kg.evaluation.acts import line
from kg.records import Article

pytestmark = pytest.mark.model

NAMES = """
    Okoro criticised Niger, and Haruna praised it.
      Okoro opposes Niger
      Haruna supports Niger
    Mwangi, Soto and Lindqvist met in Oslo.
      Mwangi + Soto + Lindqvist meets | in Oslo
    Tsvangi praised Malta.
      Tsvangi supports Malta
    Eva Holland criticised Turkey. Holland praised Syria.
      Eva Holland opposes Turkey
      Eva Holland supports Syria
    Senator Holland criticised Turkey.
      Holland opposes Turkey
    Jordan criticised Turkey, and Ruth Holland praised Syria.
      Jordan opposes Turkey
      Ruth Holland supports Syria
    Ruth Jordan met Jordanian envoys. Jordan praised Turkey.
      Ruth Jordan meets Jordanian envoys
      Jordan supports Turkey
    India Watkins met Cyprus Mbeki. Watkins praised Mbeki.
      India Watkins meets Cyprus Mbeki
      India Watkins supports Cyprus Mbeki
    Karl H. W. Brandt visited Peru; Karl W. Brandt visited Chile.
      Karl H. W. Brandt visits Peru
      Karl W. Brandt visits Chile
    Park Ji-won praised Chile.
      Park Ji-won supports Chile
    The mayor of Turin visited Kenya.
      mayor visits Kenya
    malawi condemns zambia over raid
      Malawi opposes Zambia | about raid
"""
PRONOUNS = """
    Maria Silva met Pavel Novak in Rome. He urged her to praise Chad.
      Maria Silva meets Pavel Novak | in Rome
      Pavel Novak urges Maria Silva | ...
      Maria Silva supports Chad | proposed | says Pavel Novak
    President Lee met Chancellor Weber. He invited her to Seoul.
      Lee meets Weber
      Lee invites Weber | ...
    Before she praised Omar Haddad, Grace Eze condemned Chad.
      Grace Eze supports Omar Haddad
      Grace Eze opposes Chad
    Fiji criticised the law. Tonga defended it.
      Fiji opposes | about law
      Tonga supports | about law
    Fiji praised a treaty. Tonga defended it, and Samoa condemned it.
      Fiji supports | about treaty
      Tonga supports | about treaty
      Samoa opposes | about treaty
    The EU sanctioned Belarus after it attacked Latvia.
      European Union sanctions Belarus
      Belarus attacks Latvia
    Fiji and Tonga condemned Samoa. It accused Palau.
      Fiji + Tonga opposes Samoa
      Samoa accuses Palau
    The Kenyan minister met her Ugandan counterpart. They praised Chad.
      Kenyan minister meets Ugandan counterpart
      Kenyan minister + Ugandan counterpart supports Chad
"""
LISTS = """
    Oman signed the deal with Qatar and Bahrain condemned it.
      Oman signs Qatar | ...
      Bahrain opposes | ...
    Fiji met Tonga, Mali visited Niger, and Togo, Benin and Ghana praised Kenya.
      Fiji meets Tonga
      Mali visits Niger
      Togo + Benin + Ghana supports Kenya
    Norway, Sweden condemn Iran
      Norway + Sweden opposes Iran
    Kenya—like Uganda—condemned Chad.
      Kenya opposes Chad
"""


@cases(NAMES + PRONOUNS + LISTS)
def test_who_is_meant(case: Case) -> None:
    check(case, found=built.reader().extract(Article(id="article", text=case.text)))


def test_a_namesake_of_an_office_holder_is_another_person() -> None:
    text = "The Belgian minister, Rik De Wever, visited Kenya. De Wever praised Kenya."
    found = built.reader().extract(Article(id="a", text=text, published="2025-03-06"))
    assert [line(s) for s in found.statements] == [
        "Rik De Wever visits Kenya",
        "Rik De Wever supports Kenya",
    ]
