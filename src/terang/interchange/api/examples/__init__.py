"""Examples for the OpenAPI document and the page for people; the programs beside are run by a test."""

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
EXAMPLES: dict[str, dict[str, Any]] = {}
"""By operation: the `body` that is sent, the `answer` that comes."""
