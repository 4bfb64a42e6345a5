"""``--expect``: the verdicts that somebody counts on, and where those found differ."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from games.errors import InputError, listed, meant, quoted

if TYPE_CHECKING:
    from analyses.ledger import Ledger

VERDICTS = ("proved", "refuted", "unsettled")

FORM = 'what parley check --format json prints, or JSON or TOML with claim = "verdict"'


def expected(given: str, checked: Sequence[str], known: Iterable[str]) -> dict[str, str]:
    """The verdict expected of each claim that is ``checked``: one word for all, or what a file says.

    A file may have more claims, if they are ``known``. Raises `InputError` for a claim that nobody knows, for one that
    is checked and not in the file, and for what is no verdict.
    """
    if given in VERDICTS:
        return dict.fromkeys(checked, given)
    words = listed(VERDICTS)
    if not Path(given).suffix:
        raise InputError(f"--expect is {quoted(given)}; give one of {words}, or a file{meant(given, VERDICTS)}")
    verdicts, every = _read(given), {*checked, *known}
    for name, word in verdicts.items():
        if name not in every:
            there = f"there is no such claim{meant(name, every)}"
            raise InputError(f"{quoted(given)} expects something of {quoted(name)}, and {there}")
        if word not in VERDICTS:
            raise InputError(f"{quoted(given)} expects of {quoted(name)} {quoted(word)}; give one of {words}")
    if missing := [name for name in checked if name not in verdicts]:
        add = f'add {missing[0]} = "proved", or check fewer claims'
        raise InputError(f"{quoted(given)} does not say what is expected of {missing[0]}; {add}")
    return {name: str(verdicts[name]) for name in checked}


def differences(found: "Ledger", wanted: Mapping[str, str]) -> list[dict[str, str]]:
    """The claims whose verdict is another than is wanted."""
    return [
        {"claim": entry.id, "expected": wanted[entry.id], "found": entry.word}
        for entry in found.entries
        if entry.word != wanted[entry.id]
    ]


def _read(name: str) -> dict[str, object]:
    import json
    import tomllib

    try:
        text = Path(name).read_text("utf-8-sig")
        data: Any = tomllib.loads(text) if Path(name).suffix.lower() == ".toml" else json.loads(text)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"--expect is {quoted(name)}, which cannot be read: {why}; it holds {FORM}") from None
    if isinstance(data, dict) and isinstance(data.get("claims"), list):
        data = _of_answer(data["claims"], name)
    if not isinstance(data, dict):
        raise InputError(f"--expect is {quoted(name)}, which holds no verdicts; it holds {FORM}")
    return data


def _of_answer(claims: Sequence[Any], name: str) -> dict[str, object]:
    """The verdicts in what ``parley check --format json`` prints."""
    if not all(isinstance(each, dict) and {"id", "verdict"} <= each.keys() for each in claims):
        raise InputError(f"--expect is {quoted(name)}, whose claims have no id or no verdict; it holds {FORM}")
    return {str(each["id"]): each["verdict"] for each in claims}
