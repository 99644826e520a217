"""Write docs/rules.md: `python -m pipe_sched.rules`, from the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from pipe_sched.rules.page import markdown

PAGE = Path("docs") / "rules.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(markdown(), encoding="utf-8")
    print(f"Wrote {PAGE}.")
