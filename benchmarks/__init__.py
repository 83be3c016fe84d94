"""What the program promises, measured. What benchmarks share with the tests lies in tests/support."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))
