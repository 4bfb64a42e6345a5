"""What is printed where a stream cannot show a sign: another that means the same, never a loss of meaning."""

import codecs

PLAINLY = "parley-plainly"
"""The name of the error handler, for the ``errors`` of a stream."""

PLAIN = {
    "−": "-",
    "–": "-",
    "─": "-",
    "│": "|",
    "×": "x",
    "·": "*",
    "≈": "~",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "′": "'",
    "…": "...",
    "⁰": "^0",
    "¹": "^1",
    "²": "^2",
    "³": "^3",
    "⁴": "^4",
    "⁵": "^5",
    "⁶": "^6",
    "⁷": "^7",
    "⁸": "^8",
    "⁹": "^9",
    "⁻": "^-",
    "∞": "infinity",
    "\N{NO-BREAK SPACE}": " ",
}
"""Signs beyond ASCII that Parley writes, and what stands for each; others become question marks."""


def plainly(error: UnicodeError) -> tuple[str, int]:
    """The error handler: what stands for the signs that cannot be shown, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign, "?") for sign in lost), error.end


codecs.register_error(PLAINLY, plainly)
