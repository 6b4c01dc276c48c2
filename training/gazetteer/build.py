"""Writes `seeds/gazetteer/*.csv`.

    python -m training.gazetteer.build --sources FOLDER [--out seeds/gazetteer]

FOLDER holds `country-codes.csv`, `factbook-slim.json`, `ne_10m_populated_places.tsv`,
`world-leaders-2022-wikidata.csv` and `us-executive.yaml`; `seeds/gazetteer/README.md` says where
they come from. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.gazetteer import countries, officeholders, organizations, places
from training.gazetteer.tables import (
    HOLDER_COLUMNS,
    TITLE_COLUMNS,
    Row,
    check,
    write,
    write_rows,
)

_OUT = Path(__file__).parents[2] / "seeds" / "gazetteer"


def build(sources: Path, out: Path) -> dict[str, int]:
    """Write all files to `out` and return the number of lines of each.

    Raises:
        ValueError: if a row of the sources or of the hand-written tables is not well formed.
    """
    coded = countries.by_code(sources)
    states = [row for row, _ in coded.values()]
    nations = states + countries.others()
    known = frozenset(row.id for row in nations)
    regions = places.regions()
    tables: dict[str, list[Row]] = {
        "countries": nations,
        "organizations": organizations.organizations(),
        "ministries": organizations.ministries(states),
        "outlets": organizations.outlets(),
        "groups": organizations.groups(),
        "places": regions + places.cities(sources, known, regions),
    }
    check([row for rows in tables.values() for row in rows], known)
    bodies = frozenset(row.id for row in tables["organizations"])
    out.mkdir(parents=True, exist_ok=True)
    counts = {name: write_rows(out / f"{name}.csv", rows) for name, rows in tables.items()}
    holders = officeholders.holders(sources, coded, bodies)
    counts["officeholders"] = write(out / "officeholders.csv", HOLDER_COLUMNS, holders)
    counts["titles"] = write(out / "titles.csv", TITLE_COLUMNS, organizations.titles())
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(description="Build the gazetteer from open gazetteers.")
    parser.add_argument("--sources", type=Path, required=True, help="folder of the gazetteers")
    parser.add_argument("--out", type=Path, default=_OUT, help="folder to write to")
    options = parser.parse_args(arguments)
    for name, count in build(options.sources, options.out).items():
        sys.stdout.write(f"{name:15}{count:6}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
