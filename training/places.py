"""Countries and towns, lands and waters, buildings: what kind of place a name is.

Most corpora call all of them LOC. The last word of the name decides ("Lake", "Airport"), then a
list of parts of the world; what is left is nearly always a country, a province or a town.
"""

from __future__ import annotations

from collections.abc import Sequence

_FACILITIES = frozenset(
    """airport airfield airbase base bridge building tower hotel hospital stadium arena station
    prison jail palace castle mosque church cathedral temple synagogue monastery museum theatre
    theater library square street road avenue boulevard highway motorway plaza park zoo port
    harbour harbor dam reactor plant pipeline refinery mine camp crossing checkpoint terminal canal
    tunnel cemetery memorial monument gate wall fort fortress barracks embassy consulate house hall
    mall market garden gardens centre center st. ave. rd.""".split()
)
_LANDS = frozenset(
    """sea ocean river lake gulf bay strait straits channel mount mountain mountains hills hill
    valley desert peninsula cape coast delta basin plateau plain plains forest jungle glacier
    reef atoll archipelago island islands isle isles shoal beach falls range heights steppe canyon
    region continent hemisphere corridor belt triangle rim horn front frontline""".split()
)
_WORLD = frozenset(
    """europe asia africa america americas oceania antarctica arctic eurasia balkans caucasus sahel
    maghreb levant mideast scandinavia baltics crimea kashmir donbas donbass siberia sahara sinai
    midwest pacific atlantic mediterranean caribbean himalayas alps andes danube nile rhine
    mekong tigris euphrates ganges volga amazon polynesia melanesia micronesia indochina earth
    moon mars west east north south northeast northwest southeast southwest hinterland antilles
    patagonia manchuria transcaucasia mesopotamia balkan baltic""".split()
)
_OF_LANDS = frozenset("lake mount mt. cape gulf bay strait river sea horn".split())
# With a government, whatever their words say.
_GOVERNED = frozenset(
    name.strip()
    for name in """
    south africa | western sahara | cape town | cape verde | cape coast | ivory coast | gold coast
    | palm beach | marshall islands | solomon islands | faroe islands | falkland islands |
    cayman islands | cook islands | virgin islands | british virgin islands | us virgin islands |
    u.s. virgin islands | channel islands | northern mariana islands | canary islands |
    balearic islands | aland islands | åland islands | pitcairn islands | rhode island |
    prince edward island | christmas island | norfolk island | isle of man | isle of wight |
    west palm beach | long beach | virginia beach | miami beach | daytona beach | huntington beach
    | newport beach | green bay | montego bay | thunder bay | niagara falls | sioux falls |
    idaho falls | salt lake | crimea | kashmir | republic of crimea | jammu and kashmir |
    lake charles | british indian ocean territory | north rhine - westphalia |
    central african republic
    """.split("|")
)


def place_kind(words: Sequence[str]) -> str:
    """Return GPE (with a government, or it could have one), LOC (land or water) or FAC (built)."""
    low = [word.lower() for word in words]
    last = low[-1]
    if " ".join(low) in _GOVERNED:
        return "GPE"
    if len(low) > 1 and (last in _FACILITIES or low[0] == "camp"):
        return "FAC"
    if len(low) > 1 and (last in _LANDS or low[0] in _OF_LANDS):
        return "LOC"
    far = low[0] in {"middle", "far", "near"} and last == "east"
    return "LOC" if far or last in _WORLD or low == ["gulf"] else "GPE"
