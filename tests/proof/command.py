"""What the proofs have in common on the command line: their sizes, the seed, the faults in words."""

import argparse
from collections.abc import Callable

from tests.proof.service import Failed

SEED = 20261122
SHOWN = 20

Prove = Callable[[int, int, int, Callable[[str], None]], dict[str, list[str]]]


def run(prove: Prove, what: str, *, letters: int, kills: int) -> int:
    """0 when there is no fault."""
    options = argparse.ArgumentParser(description=what)
    options.add_argument("--letters", type=int, default=letters)
    options.add_argument("--kills", type=int, default=kills)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    print(f"{what} --letters {given.letters} --kills {given.kills} --seed {given.seed}", flush=True)
    try:
        faults = prove(given.letters, given.kills, given.seed, print)
    except Failed as problem:
        print(problem)
        return 1
    for line, words in faults.items():
        print(f"{line}:", *words[:SHOWN], sep="\n  ")
    return 1 if faults else 0
