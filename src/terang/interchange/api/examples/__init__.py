"""Examples for the OpenAPI document and the page for people. The programs beside are run by a test, and answers are
compared with real ones; all people in them are invented."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
EXAMPLES: dict[str, dict[str, Any]] = json.loads((FOLDER / "examples.json").read_text(encoding="utf-8"))
"""By operation: the `body` that is sent, the `answer` that comes."""
