"""`make bench`, or `python -m benchmarks [--only SIZE] [--fast]`: measures, and prints beside the goals."""

import argparse
from datetime import UTC, date, datetime

from benchmarks.databases import copy_to_measure, remove, url_of
from benchmarks.measuring import FAST, THOROUGH, Effort, Measuring
from benchmarks.scheme_sizes import SIZES, Size
from benchmarks.serving import served
from benchmarks.tables import count_met, machine, print_pages, print_values
from icv.rules.days import london_day, monday_of


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--only", choices=SIZES, help="one size; all three unless given")
    asked.add_argument("--fast", action="store_true", help="fewer runs: for a first look")
    given = asked.parse_args()
    print(machine())
    for size in [SIZES[given.only]] if given.only else SIZES.values():
        measure(size, monday_of(london_day(datetime.now(UTC))), FAST if given.fast else THOROUGH)


def measure(size: Size, monday: date, effort: Effort) -> None:
    database = copy_to_measure(size, monday)
    try:
        with served(url_of(database)) as server:
            print(f"\n{size.name}: {size.what}; {size.visitors} visitors, {size.suites} suites")
            measuring = Measuring(size, database, monday, server, effort)
            pages = print_pages(measuring.pages())
            values = print_values(measuring.values())
        print(f"  {count_met(pages, values)}")
    finally:
        remove(database)


main()
