"""Which cases of the threat catalogue have a test, and which have none yet.

A test names its cases with `@pytest.mark.case("EI-01")`; the catalogue is every row `| EI-01 | …` of
`docs/threat-model.md`.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "docs" / "threat-model.md"
ROW = re.compile(r"^\|\s*([A-Z]{2}-\d{2})\s*\|\s*([^|]*)", re.MULTILINE)


def covered() -> dict[str, list[str]]:
    """Case → the tests that name it."""
    found = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for case in _cases(node.decorator_list):
                    found[case].append(f"{path.relative_to(ROOT)}::{node.name}")
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                for case in _cases([node.value]):
                    found[case].append(f"{path.relative_to(ROOT)}")
    return dict(found)


def catalogue() -> dict[str, str]:
    """Case → its threat in words."""
    return {case: words.strip() for case, words in _rows()}


def states() -> dict[str, str]:
    """Case → now, later, or part with what is missing."""
    text = MODEL.read_text(encoding="utf-8")
    return {line.split("|")[1].strip(): line.split("|")[-2].strip() for line in text.splitlines() if ROW.match(line)}


def twice() -> list[str]:
    """Cases that stand in the catalogue more than once."""
    names = [case for case, _words in _rows()]
    return sorted({name for name in names if names.count(name) > 1})


def _rows() -> list[tuple[str, str]]:
    return ROW.findall(MODEL.read_text(encoding="utf-8"))


def _cases(marks: list[ast.expr]) -> list[str]:
    calls = [node for mark in marks for node in ast.walk(mark) if isinstance(node, ast.Call)]
    marked = [call for call in calls if ast.unparse(call.func).endswith("mark.case")]
    return [str(ast.literal_eval(argument)) for call in marked for argument in call.args]


def main() -> int:
    tests, known = covered(), catalogue()
    for case in sorted(tests):
        print(f"{case}  {len(tests[case]):>2}  {known.get(case, '')[:90]}")
        for test in tests[case]:
            print(f"           {test}")
    still_open = sorted(set(known) - set(tests))
    print(f"\nCovered: {len(set(known) & set(tests))} of {len(known)}. Open: {len(still_open)}")
    known_states = states()
    for case in still_open:
        print(f"{case}  {known_states[case].partition(':')[0]:<6}{known[case][:90]}")
    unknown = sorted(set(tests) - set(known))
    if unknown:
        print(f"\nNot in the catalogue: {', '.join(unknown)}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
