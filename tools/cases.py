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
ROW = re.compile(r"^\|\s*([A-Z]{2}-\d{2})\s*\|\s*([^|]*)", re.MULTILINE)


def covered() -> dict[str, list[str]]:
    """Case → the tests that name it."""
    found = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for case in _cases(node):
                    found[case].append(f"{path.relative_to(ROOT)}::{node.name}")
    return dict(found)


def catalogue() -> dict[str, str]:
    """Case → its threat in words."""
    model = ROOT / "docs" / "threat-model.md"
    text = model.read_text(encoding="utf-8") if model.exists() else ""
    return {case: words.strip() for case, words in ROW.findall(text)}


def _cases(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    calls = [mark for mark in node.decorator_list if isinstance(mark, ast.Call)]
    marks = [call for call in calls if ast.unparse(call.func).endswith("mark.case")]
    return [str(ast.literal_eval(argument)) for call in marks for argument in call.args]


def main() -> int:
    tests, known = covered(), catalogue()
    for case in sorted(tests):
        print(f"{case}  {len(tests[case]):>2}  {known.get(case, '')[:90]}")
        for test in tests[case]:
            print(f"           {test}")
    still_open = sorted(set(known) - set(tests))
    print(f"\nOpen: {len(still_open)} of {len(known)}")
    for case in still_open:
        print(f"{case}      {known[case][:90]}")
    unknown = sorted(set(tests) - set(known)) if known else []
    if unknown:
        print(f"\nNot in the catalogue: {', '.join(unknown)}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
