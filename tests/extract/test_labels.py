"""Who speaks where no verb of saying stands beside the quotation, and which marks enclose it."""

from __future__ import annotations

import pytest
from notation import Case, cases, check

pytestmark = pytest.mark.model


@cases(
    """
    In the words of Marta Silva, "Fiji attacked Samoa."
      Fiji attacks Samoa | says Marta Silva
    In Marta Silva's words, "Fiji attacked Samoa."
      Fiji attacks Samoa | says Marta Silva
    "Fiji has sanctioned Tonga" - those were the words of Marta Silva, Samoa's trade minister.
      Fiji sanctions Tonga | says Marta Silva
    "Fiji backs Tonga." - Defence Minister Marta Silva
      Fiji supports Tonga | says Marta Silva
    Marta Silva was blunt: "Fiji attacked Samoa."
      Fiji attacks Samoa | says Marta Silva
    Marta Silva: "Fiji condemns Tonga."
      Fiji opposes Tonga | says Marta Silva
    Marta Silva put it plainly: "Fiji attacked Samoa."
      Marta Silva commentsOn | ...
      Fiji attacks Samoa | says Marta Silva
    "Fiji attacked Samoa," sighed Marta Silva.
      Fiji attacks Samoa | says Marta Silva
      Marta Silva commentsOn | ...
    """
)
def test_a_label_names_the_speaker(case: Case) -> None:
    check(case)


@cases(
    """
    Marta Silva said: ‘Fiji has attacked Tonga. Samoa will impose sanctions on Fiji.’
      Fiji attacks Tonga | says Marta Silva
      Samoa sanctions Fiji | planned | says Marta Silva
    ‘Fiji attacked Samoa,’ Marta Silva said. ‘Tonga will help Samoa.’
      Tonga aids Samoa | planned | says Marta Silva
    The soldiers’ base in Fiji was attacked by Tonga. The sailors’ union condemned Tonga.
      ! says
    """
)
def test_single_marks_enclose_speech_and_apostrophes_do_not(case: Case) -> None:
    check(case)
