"""Constructions of English that carry an act, read by the bundled pipeline."""

from __future__ import annotations

import built
import pytest
from notation import Case, cases, check

from kg.evaluation.acts import line
from kg.records import Article, Extraction

pytestmark = pytest.mark.model


def extracted(text: str, **header: str) -> Extraction:
    """Return what is found in a text."""
    return built.reader().extract(Article(id="article", text=text, **header))


@cases(
    """
    # measures and carriers: the noun that counts stands behind "of" or before the head
    Swiss doctors handed over 40 tons of medicine to Haiti.
      Swiss doctors aids Haiti | ...
    Peru suspended a military aid programme for Bolivia.
      Peru sanctions Bolivia | ...
    Ghana lifted the state of emergency.
      Ghana concedes | ...
    Peru suspended fuel shipments in Tacna.
      Peru sanctions | ...
    Mali tightened its grip and its siege of Gao.
      Mali coerces Gao | ...
    Norway reduced gas supplies to Danish farmers.
      Norway sanctions Danish farmers | ...
    # forces that wait, files that are shared, pages that are spoilt
    Police are on standby in Tacna.
      Police mobilizes | ...
    Peru has shared evidence with Chile.
      Peru cooperates Chile | ...
    On Monday vandals defaced the embassy of Peru.
      vandals coerces embassy of Peru | ...
    Chad will allow the return of teachers to Libya.
      Chad concedes Libya | planned | ...
    # who does what another keeps from doing, has the right to do, or need not do
    Peru banned Chilean miners from attending talks.
      Chilean miners attends talks | not | ...
    Ghana defended the right of Togolese soldiers to attack Mali.
      Togo attacks Mali | possible | ...
    Peru was preparing to attack Chile.
      Peru attacks Chile | planned | ...
    Peru is prepared to attack Chile.
      Peru attacks Chile | possible | ...
    # some of a people are not their country
    Several ethnic Danes marched in Tacna.
      Several ethnic Danes protests | ...
    Dozens of Danes protested in Tacna.
      Danes protests | ...
    Hamas killed two Greeks.
      Hamas attacks two Greeks | ...
    The Greeks rejected the plan.
      Greece rejects | ...
    # what is given stands before and after "and"
    Norway sent rifles and other new equipment to Ghana.
      Norway aids Ghana | ...
    # people who are let go, and demands that are met
    Rebels in Chad will release Ana Quispe.
      Rebels in Chad concedes Ana Quispe | planned | ...
    Ghana yielded to a demand by Norway.
      Ghana concedes | ...
      Norway demands | ...
    Inhabitants of Tacna visited Chile.
      Inhabitants of Tacna visits Chile | ...
    # what stands behind a date is said of the verb
    Nepal began a dialogue on Monday with Chad.
      Nepal meets Chad | ...
    # names that begin with an article of their own
    The al-Shabaab movement attacked Kenya.
      al-Shabaab attacks Kenya | ...
    # short names for adjectives, also where they hang on the noun between
    US drone attacks killed two leaders of Hamas.
      United States attacks Hamas | ...
    # particles before "of"
    Siemens announced plans to pull out of Algeria.
      Siemens concedes | planned | ...
    # whose word a document is
    Peru posted a message blaming Chile for the fire.
      Peru accuses Chile | ...
    Norway issued a warning urging Ghana to wait.
      Norway urges Ghana | ...
    # intentions that nobody has
    Peru has no intention of deploying troops.
      Peru mobilizes | not | planned | ...
    Peru does not have plans to visit Chile.
      Peru visits Chile | not | planned | ...
    Peru has the right to strike back against Chile.
      Peru attacks Chile | possible | ...
    Peru rejected the idea of meeting Chile.
      Peru meets Chile | proposed | ...
    Peru is committed to helping Chile.
      Peru aids Chile | planned | ...
    Peru discussed supporting the recovery of Chile.
      Peru supports Chile | possible | ...
    Peru underscored the importance of maintaining cooperation with Chile.
      Peru cooperates Chile | proposed | ...
    Kenya deployed troops near Chad.
      Kenya mobilizes | ...
    Ana Quispe was thinking about flying to Turkey.
      Ana Quispe visits Turkey | possible | ...
    Peru refrained from attacking Chile.
      Peru attacks Chile | not | ...
    # whose act a gerund behind a preposition is
    Peru accused Chile of invading Togo.
      Peru accuses Chile | ...
      Chile attacks Togo | ...
    Peru punished Chile for arming Togo.
      Peru sanctions Chile | ...
      Chile aids Togo | ...
    Peru imposed sanctions on Chile for supporting Togo.
      Peru sanctions Chile | ...
      Chile supports Togo | ...
    Peru brought charges against Chile for attacking Togo.
      Peru accuses Chile | ...
      Chile attacks Togo | ...
    Peru rejected a call by Chile to visit Togo.
      Peru visits Togo | proposed | ...
    # negation of parties and verbs that go together
    Neither Peru nor Chile criticised Togo.
      Chile + Peru opposes Togo | not | ...
    Peru, but not Chile, criticised Togo.
      Peru opposes Togo | ...
    Peru has not ruled out visiting Togo.
      Peru visits Togo | possible | ...
    Peru helped Chile by arming Togo.
      Peru aids Chile | ...
      Peru aids Togo | ...
    Chile was accused of invading Togo.
      Chile attacks Togo | possible | unnamed | ...
    # deeds that somebody owns up to, or is blamed for
    The Taliban claimed responsibility for the attack on Kabul.
      Taliban announces | ...
      Taliban attacks Kabul | ...
    Peru blamed Chile for the attack on Togo.
      Peru accuses Chile | ...
      Chile attacks Togo | ...
    # several among themselves, and those named behind "between"
    Peru and Chile shook hands.
      Chile + Peru meets | ...
    A treaty was signed between Peru and Chile.
      Chile + Peru signs | ...
    Togo was condemned in a joint statement by Peru and Chile.
      Chile + Peru opposes Togo | ...
    # whose troops act
    Chad said its troops had attacked Togo.
      Chad commentsOn | ...
      Chad attacks Togo | ...
    # phrases between a verb and its content
    Peru failed for the third time to invade Chile.
      Peru attacks Chile | not | ...
    # groups with where they belong
    Officials in Lima criticised Togo.
      Officials in Lima opposes Togo | ...
    # bodies by what they are for, of the country that acts or whose capital is named
    Togo attacked Chad, the defence ministry in Lima said.
      Togo attacks Chad | ...
      Defence Ministry of Peru commentsOn | ...
    Peru paid tribute to Chile for attacking Togo.
      Peru supports Chile | ...
      Chile attacks Togo | ...
    # a finite verb goes on with a finite verb
    Peru urged Chile to visit Togo and criticised Mali.
      Peru urges Chile | ...
      Chile visits Togo | proposed | ...
      Peru opposes Mali | ...
    # relative possessors
    Chad, whose government criticised Togo, waits.
      Chad opposes Togo | ...
    # names behind a role and its phrases
    The head of the court, Ilse Vandam, criticised Togo.
      Ilse Vandam opposes Togo | ...
    A spokesman for the police, Ana Ruiz, criticised Togo.
      Ana Ruiz opposes Togo | ...
    Peru holds Chile responsible for the attack on Togo.
      Peru accuses Chile | ...
    # what is to happen
    Peru is to invade Chile.
      Peru attacks Chile | planned | ...
    Peru is due to visit Chile.
      Peru visits Chile | planned | ...
    Peru warned Chile against invading Togo.
      Chile attacks Togo | possible | ...
    # phrases of a noun that hang on one another
    The arrest of Ana Ruiz by Peru angered Chile.
      Peru coerces Ana Ruiz | ...
    # datelines
    LIMA — Chile criticised Togo.
      Chile opposes Togo | ...
    # descriptions of armed groups
    Peru praised Hezbollah. The militant group criticised Togo.
      Peru supports Hezbollah | ...
      Hezbollah opposes Togo | ...
    # a second subject belongs to a clause of its own
    Norway criticised Chile after Togo had criticised Mali.
      Togo opposes Mali | ...
    # hours of talks count as talks, a sign of a currency as money
    Peru held two hours of talks with Chile.
      Peru meets Chile | ...
    The EU gave €20m to Chad.
      European Union aids Chad | ...
    # bodies by what they are for
    The air force of Chad bombed Togo.
      air force of Chad attacks Togo | ...
    Peru criticised Togo, the railway ministry said.
      Peru opposes Togo | ...
      railway ministry commentsOn | ...
    # people by the ending of their noun
    Angry steelworkers in Genoa criticised Togo.
      Angry steelworkers in Genoa opposes Togo | ...
    # who is killed owns his murder
    Her murder by Chad angered Togo.
      Chad attacks | ...
    The murder of Ana Quispe by Chad angered Togo.
      Chad attacks Ana Quispe | ...
    # one name for one person
    Ricardo Quispe Morales praised Togo. Then Quispe criticised Mali.
      Ricardo Quispe Morales supports Togo | ...
      Ricardo Quispe Morales opposes Mali | ...
    Haider al-Amiri praised Togo. Mr. Amiri criticised Mali.
      Haider al-Amiri supports Togo | ...
      Haider al-Amiri opposes Mali | ...
    # a capital that something is asked of is its government
    Norway called on Moscow to visit Mali.
      Norway urges Russia | ...
    # hyphens are no datelines
    NATO-led forces attacked Chile.
      NATO-led forces attacks Chile | ...
    # the mood of adjectives
    Peru is not happy with Chile.
      Peru supports Chile | not | ...
    Peru may be unhappy with Chile.
      Peru opposes Chile | possible | ...
    Peru is not ready to talk to Chile.
      Peru promises | not | ...
    # participles with a hyphen
    Kenya praised the Norway-backed militias.
      Norway supports Norway-backed militias | ...
    # phrases that borrow the subject of their verb
    Juan Perez came at the invitation of Ana Quispe.
      Ana Quispe invites Juan Perez | ...
    Peru postponed the vote at the request of Chile.
      Chile urges Peru | ...
    Peru drew up the rules in cooperation with Chile.
      Peru cooperates Chile | ...
    Ana Quispe arrived on a visit to Norway.
      Ana Quispe visits Norway | ...
    Ghana rebuilt the port with the help of Japan.
      Japan aids Ghana | ...
    Ghana spoke in support of Togo.
      Ghana supports Togo | ...
    # phrases that borrow its object
    Abu Karim was killed in a Kenyan airstrike.
      Kenya attacks Abu Karim | ...
    # who stands behind a noun: an attack, a movement's name, the force of a state
    Kenyan shelling killed two farmers.
      Kenya attacks two farmers | ...
    The Hamas movement rejected the plan.
      Hamas rejects | ...
    Turkish helicopters attacked Norway.
      Turkey attacks Norway | ...
    Norwegian fishermen visited Oslo.
      Norwegian fishermen visits Oslo | ...
    # who performs the act that is the object
    Italy announced a suspension of air links with Serbia.
      Italy sanctions | ...
    # adjectives made of participles
    Israel is opposed to the plans of Peru.
      Israel opposes Peru | ...
    # what is opposed is no fact
    Peru opposes a Chilean visit to Lima.
      Chile visits Lima | proposed | ...
    Peru condemned Chile's attack on Lima.
      Chile attacks Lima | ...
    # people of some kind are somebody; the owner of a thing is
    Kenya jailed the dissidents.
      Kenya coerces dissidents | ...
    Kenya attacked the offices of Unicef.
      Kenya attacks UNICEF | ...
    # names that the parse or a title hides
    In a reply to the letter, Ahmed Karim, a spokesman for the army, blamed Chile.
      Ahmed Karim accuses Chile | ...
    Station Superintendent Yolanda Yu Mei-ling praised Peru.
      Yolanda Yu Mei-ling supports Peru | ...
    The House of Representatives rejected the bill.
      House of Representatives rejects | ...
    # two objects
    Chile denied Ana Quispe permission to speak.
      Chile rejects | ...
    """
)
def test_construction_is_read(case: Case) -> None:
    check(case)


@cases(
    """
    Ghana thanked Togo for its cooperation with Mali.
      ! Ghana + Mali cooperates
    Chile spoke about an invitation of Peru.
      ! Peru invites Chile
    Norway called the reporters heroes.
      ! Norway denies
    Norway halted the seizure of Russian assets.
      ! Norway coerces
    Peru received officials.
      ! Peru hosts officials
    Reporters from Peru went to great lengths.
      ! Reporters visits
    The agency of Peru deployed safe vaccines.
      ! Peru mobilizes
    Ana Quispe held senior positions overseas.
      ! Ana Quispe commentsOn
    Peru asked why Chile left.
      ! Peru urges
    Ana Quispe was interrupted by protesting miners.
      ! Ana Quispe protests
    Two lists praised Chile.
      ! Two lists
    It was "frank" and lasted an hour or two in all, with Chad beginning it.
      ! Chad comm
    Peru moved arms to Chile.
      ! Peru mobilizes
    Peru assigned troops to Chile.
      ! Peru appoints
    Peru treated Chile with contempt.
      ! Peru aids
    Peru maintained its campaign against hunger.
      ! Peru commentsOn
    Her murder by Chad angered Togo.
      ! Ana Quispe attacks
    Ana Quispe dismissed the talks with Peru.
      ! Ana Quispe appoints
    Ana Quispe spoke to journalists in Peru.
      ! Ana Quispe meets
    Peru praised a NATO summit.
      ! NATO meets
    Typhoon Rita killed soldiers in Peru.
      ! Typhoon
    """
)
def test_construction_is_not_read(case: Case) -> None:
    check(case)


OFFICIAL = """\
President Ana Quispe met President Olav Lien of Norway today.

The President thanked President Lien. The Vice President praised Norway.
"""


def test_bare_title_is_of_the_publisher_and_nobody_beside_it() -> None:
    found = list(map(line, extracted(OFFICIAL, outlet="Government of Peru").statements))
    assert "Ana Quispe meets Olav Lien" in found
    assert not any(told.startswith("Olav Lien") for told in found)
    assert not any("supports Norway" in told for told in found if "Quispe" in told)


@cases(
    """
    Ana Quispe, the adviser of Peru, announced outside the White House that Norway had agreed \
    to meet Ghana.
      Norway agrees ... | says Ana Quispe | ...
      Norway meets Ghana | planned | says Ana Quispe | ...
    """
)
def test_that_clause_belongs_to_the_verb_of_saying(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe criticised Chile, while Norway visited Ghana.
      Norway visits Ghana
    Peru issued a statement supporting Chile.
      Peru supports Chile
    """
)
def test_contrast_and_documents_are_no_speech_of_their_own(case: Case) -> None:
    check(case)


@cases(
    """
    Rebels blew up a bridge in Tacna.
      Rebels attacks ... | in Tacna
      !
    Militants bombed a railway leading into Tacna.
      Militants attacks ... | in Tacna
      !
    Kenya fired rockets at targets near Kismayo.
      Kenya attacks ... | in Kismayo
      !
    Students protested at a school in Chad.
      Students protests ... | in Chad
      !
    """
)
def test_what_is_acted_on_may_be_known_by_where_it_is(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe hit a record high in Tokyo.
      !
    """
)
def test_a_high_in_a_city_is_not_attacked(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe, in remarks to andesnoticias.pe, praised Chile.
      Ana Quispe supports Chile | via andesnoticias.pe
    Speaking on al-Nahda TV, Ana Quispe praised Chile.
      Ana Quispe supports Chile | via al-Nahda TV
    BBC's Juan Perez said Chile had attacked Peru.
      Juan Perez commentsOn | about Chile + Peru | via BBC
      Chile attacks Peru | says Juan Perez | via BBC
    """
)
def test_outlet_is_the_source(case: Case) -> None:
    check(case)


@cases(
    """
    On Tuesday Ana Quispe attended the summit, urging Chile to wait.
      Ana Quispe attends summit | on 2025-05-13
      Ana Quispe urges Chile | on 2025-05-13
    """
)
def test_participle_has_the_date_of_its_verb(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe praised Chile on Tuesday during her visit to Norway.
      Ana Quispe supports Chile | on 2025-05-13
      Ana Quispe visits Norway | on 2025-05-13
    """
)
def test_what_goes_on_meanwhile_has_the_same_date(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe praised the first visit of Chile since 2019.
      Ana Quispe supports | about first visit of Chile
    """
)
def test_counting_from_a_year_dates_nothing(case: Case) -> None:
    check(case)


def test_weekday_ends_a_name() -> None:
    text = "Ana Quispe told journalists at the White House on Monday that Peru would wait."
    found = extracted(text)
    assert "White House" in {e.name for e in found.entities}


def test_dash_of_a_list_is_no_title() -> None:
    text = (
        "-   Elena Ruiz, Nominee for Assistant Attorney General Civil Division, Department of "
        "Justice -   Ana Stone, Nominee for Assistant Secretary for Rural Affairs, Department of "
        "Labor"
    )
    found = extracted(text)
    assert "Nominee" in {p.title for p in found.positions}
    assert "-" not in {p.title for p in found.positions}


def positions(text: str, **header: str) -> set[tuple[str, str, str]]:
    """Return holder, title and owner of each office that a text tells."""
    found = extracted(text, **header)
    return {(p.holder.name, p.title, p.of.name if p.of else "") for p in found.positions}


def test_a_counterpart_has_the_same_office_in_the_other_country() -> None:
    told = positions(
        "Foreign Minister Ana Quispe of Peru met her Chilean counterpart, Rosa Lagos, in Lima. "
        "Then Rosa Lagos criticised Togo."
    )
    assert ("Rosa Lagos", "Foreign Minister", "Chile") in told


def test_the_united_states_have_no_ministers() -> None:
    text = "Foreign Minister Juan Quispe criticised Togo. Secretary Ana Fox praised Mali."
    told = positions(text, outlet="US State Department")
    assert not any(owner == "United States" for name, _, owner in told if name == "Juan Quispe")


@cases(
    """
    Rosa Quispe praised Togo. Quispe criticised Mali. Juan Quispe went home. Then Quispe \
    praised Chad.
      Rosa Quispe supports Chad
    """
)
def test_of_two_namesakes_it_is_the_one_spoken_of_more(case: Case) -> None:
    check(case)


def test_a_style_belongs_to_the_name() -> None:
    found = extracted("Queen Margaret of Denmark praised Togo.")
    assert "Queen Margaret" in {e.name for e in found.entities}


def test_the_quote_ends_where_another_clause_stands_in_contrast() -> None:
    text = "While Peru praised Togo in June, Chile attacked Mali."
    found = extracted(text)
    (attack,) = [s for s in found.statements if s.relation == "attacks"]
    assert found.article.quote(attack.evidence.span) == "Chile attacked Mali"
