"""Names as the rules read them: lower case, plain quotes and dashes, no accents, no trademarks."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[™®©℠\u200b\u200c\u200d\u2060\ufeff*]")
_TAGS = re.compile(r"</?[a-z]+>", re.IGNORECASE)  # one entry is called "<em>Sylvester and Tweety</em> ..."
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-"}
)
_ADVERTISING = re.compile(r"^(all[- ])?new( (for|in) \d{4}| \d{4})?[!:]+ *|[- ]+now open!?$")
_SPACES = re.compile(r"\s+")


def plain(name: str) -> str:
    """`The Twilight Zone Tower of Terror™ ` -> `the twilight zone tower of terror`."""
    text = _TAGS.sub("", _MARKS.sub("", name)).translate(_SAME)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _SPACES.sub(" ", text).strip().casefold()
    return _ADVERTISING.sub("", text).strip()
