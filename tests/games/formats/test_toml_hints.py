"""A text that is no TOML: the error says the line, what stands there, and what was probably meant."""

import pytest

from games import InputError
from games.formats.documents import from_toml


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("title = Sanctions", 'a text or a formula stands in quotes, such as "Sanctions"'),
        ('A = [Hold, "Give in"]', 'a text or a formula stands in quotes, such as "Hold"'),
        ("A = [[B - k, 1]]", 'a text or a formula stands in quotes, such as "B"'),
        ("A = [-cost, 1]", "a text or a formula stands in quotes"),
        ("A = [[1/3, 1]]", 'a fraction or a formula stands in quotes, such as "1/3"'),
        ("cost = 1/3", 'a fraction or a formula stands in quotes, such as "1/3"'),
        ("First player = 3", 'such as "First player" = …'),
        ("Österreich = 3", 'such as "Österreich" = …'),
        ("[stages.First round]", 'such as [stages."First round"]'),
        ('title = "Sanctions', "the quote that ends a text is missing"),
        ('title = "say "no""', 'within a text a quote is written \\"'),
        ('A = ["Hold" "Give in"]', "between two values stands a comma"),
        ("title =", "a value is missing"),
        ("players", "a line has a name, = and a value"),
    ],
)
def test_the_line_and_what_was_meant_are_told(line: str, hint: str) -> None:
    with pytest.raises(InputError) as raised:
        from_toml(f"# A game\n{line}\n[payoffs]\n", "game")
    said = str(raised.value)
    assert "line 2" in said
    assert hint in said
    assert repr(line) in said
    assert "\n" not in said


def test_what_is_left_open_at_the_end_is_told() -> None:
    with pytest.raises(InputError, match=r"line 2, the end of the document.*a bracket or a quote is left open"):
        from_toml('title = "x"\nplayers = ["A", "B"\n\n', "game")
