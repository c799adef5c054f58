"""`make bench`: everything that is measured, with ratios. ARGS="20000" measures one size only."""

import os
import subprocess
import sys
from pathlib import Path

from asmo_support.config import home

SIZES = (20_000, 200_000)
ROOT = Path(__file__).resolve().parents[1]
# Where the libraries are that working time is measured beside; made by `tools/venv bench`.
BESIDE = ROOT / ".venv-bench" / "bin" / "python"


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    _run("bench.worktime", python=str(BESIDE) if BESIDE.exists() else sys.executable, PYTHONPATH=str(ROOT / "src"))
    for size in sizes:
        place = {"ASMO_SECOND_FACTOR": "optional", "ASMO_HOME": str(home.home() / f"bench-{size}")}
        _run("asmo_support", "migrate", "--all", **place)
        _run("bench.generate", str(size), **place)
        _run("bench.pages", str(size), **place)
    place = {"ASMO_HOME": str(home.home() / "bench-calendars")}
    _run("asmo_support", "migrate", "--all", **place)
    _run("bench.calendars", "100000", **place)
    for module in ("bench.letters", "bench.hostile"):
        _run(module, ASMO_HOME=str(home.home() / f"bench-{sizes[0]}"))


def _run(module: str, *arguments: str, python: str = sys.executable, **environment: str) -> None:
    print(f"\n== {module} {' '.join(arguments)}", flush=True)
    quiet = subprocess.DEVNULL if module == "asmo_support" else None
    done = subprocess.run([python, "-m", module, *arguments], env=os.environ | environment, stdout=quiet, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
