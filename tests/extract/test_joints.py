"""Where one clause ends and another begins: joined, interrupted, set off by a semicolon."""

from __future__ import annotations

import pytest
from notation import Case, cases, check

pytestmark = pytest.mark.model


@cases(
    """
    Norway bombed Sudan and Togo shelled Benin.
      Norway attacks Sudan
      Togo attacks Benin
    Spain criticised Morocco and Portugal praised Malta.
      Spain opposes Morocco
      Portugal supports Malta
    Kenya warned Somalia and Uganda asked Rwanda to leave.
      Kenya warns Somalia
      Uganda urges Rwanda
    Mali expelled the envoy of Niger and Chad attacked Libya.
      Mali sanctions Niger | ...
      Chad attacks Libya
    Cuba and Haiti condemned Peru and Chile praised Bolivia.
      Cuba + Haiti opposes Peru
      Chile supports Bolivia
    Ghana attacked Togo, Benin condemned Ghana, and Mali praised Niger.
      Ghana attacks Togo
      Benin opposes Ghana
      Mali supports Niger
    Norway said Cuba and Haiti attacked Peru.
      Cuba + Haiti attacks Peru | says Norway
    """
)
def test_each_of_two_joined_clauses_has_its_own_subject(case: Case) -> None:
    check(case)


@cases(
    """
    "Ethiopia," Marta Silva told journalists, "has attacked Sudan."
      Ethiopia attacks Sudan | says Marta Silva
      ! Marta Silva attacks
    "Laos," said Marta Silva, "attacked Cambodia."
      Laos attacks Cambodia | says Marta Silva
    "Russia and Belarus," Marta Silva added, "have condemned Poland."
      Russia + Belarus opposes Poland | says Marta Silva
    Laos, Thailand's foreign minister said on Friday, has attacked Cambodia.
      Laos attacks Cambodia | says Thailand's foreign minister
    "Turkey," the Greek envoy said, "has attacked Malta and will attack Egypt."
      Turkey attacks Malta | says Greek envoy
      Turkey attacks Egypt | planned | says Greek envoy
    """
)
def test_who_is_quoted_around_his_name_is_not_who_acts(case: Case) -> None:
    check(case)


@cases(
    """
    The EU condemned Kosovo, Spain said; Serbia attacked Albania.
      European Union opposes Kosovo | says Spain
      Serbia attacks Albania
    Marta Silva said Fiji would attack Samoa; Tonga condemned Fiji.
      Fiji attacks Samoa | planned | says Marta Silva
      Tonga opposes Fiji
      ! commentsOn ... Tonga
    Marta Silva said Fiji had attacked Samoa, but Tonga praised Fiji.
      Fiji attacks Samoa | says Marta Silva
      Tonga supports Fiji
    Marta Silva, who leads Samoa, said: "Fiji attacked us." Tonga then condemned Fiji.
      Tonga opposes Fiji
    Fiji would attack Samoa, Marta Silva said.
      Fiji attacks Samoa | planned | says Marta Silva
    Laos said it would sign the treaty and attacked Thailand.
      Laos signs | planned | about treaty | says Laos
      Laos attacks Thailand
    """
)
def test_speech_ends_with_its_clause(case: Case) -> None:
    check(case)
