"""`make help` explains every target, and README's two commands are among them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
MAKEFILE = (CHECKOUT / "Makefile").read_text("utf-8")


def explained() -> list[str]:
    answer = subprocess.run(
        ["make", "--no-print-directory", "-C", str(CHECKOUT), "help"],
        capture_output=True,
        text=True,
        check=True,
    )
    return re.findall(r"^  make ([\w-]+) +\S", answer.stdout, re.MULTILINE)


def test_every_target_is_explained() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    assert sorted(explained()) == sorted(phony)


def test_targets_that_docs_name_exist() -> None:
    pages = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *CHECKOUT.glob("docs/**/*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    named = set(re.findall(r"(?:^|`)make ([a-z][\w-]*)", text, re.MULTILINE))
    assert named >= {"run", "demo", "test"}
    assert sorted(named - set(explained())) == []
