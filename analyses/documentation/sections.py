"""The sections of a page of Markdown."""

import re

FENCE = "```"


def section(text: str, heading: str) -> str:
    """What stands under the heading of the second level that is this name as code; empty where there is none.

    Its links lead from a folder beside the page.

    >>> section("# Page\\n\\n## `one`\\n\\nFirst.\\n\\n## `two`\\n", "one")
    'First.'
    """
    found = re.search(rf"^## `{re.escape(heading)}`\n(.*?)(?=^## |\Z)", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"\]\((?=[\w/-]+\.md)", "](../", found[1].strip()) if found else ""
