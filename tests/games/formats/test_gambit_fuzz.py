"""Whatever a Gambit file holds, it is a game or it is refused in one line that names its own."""

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from games import InputError
from games.formats.efg import read_efg
from games.formats.nfg import read_nfg
from games.model import Model

VALID = (
    'NFG 1 R "Title" { "A" "B" } { 2 3 } "comment" 1 1/3 .5 -2e3 0 0.0 -0.25 7 3. 3E-3 1 2\n',
    'NFG 1 R "T\\"" { "A" "B" "C" }\n{ { "a" "a" } { "" } { "c" "d\\\\" } }\n1 2 3 4 5 6\n7 8 9 10 11 12\n',
    'NFG 1 D "T" { "A" }\n{ { "a" "b" } }\n{ { "x" 1 } { "" 2/3, } }\n1 0\n',
    'EFG 2 R "T" { "A" "B" }\n"comment"\np "" 1 1 "i" { "a" "b" } 2 "o" { 1, 2 }\nt "" 0\nt "x" 2\n',
    'EFG 2 D "T" { "A" "B" }\nc "" 1 "" { "h" 1/2 "t" .5 } 0\np "" 1 1 "" { "a" "b" } 1 "" { 1 -1 }\nt "" 1\nt "" 0\n'
    'p "" 1 1 0\np "" 2 1 "i" { "c" } 0\nt "" 2 "" { 1e2 3 }\nc "" 1 0\nt "" 1\nt "" 2\n',
)
PIECES = (
    *(
        '"',
        '"x"',
        '""',
        "{",
        "}",
        ",",
        "p",
        "c",
        "t",
        "NFG",
        "EFG",
        "R",
        "\\",
        "\n",
        " ",
        "{ }",
        "\x00",
        "é",
        "−1",
        "/",
    ),
    *("0", "1", "2", "3", "-1", "1/2", "1/0", "1e9", "1e-999", "99999999", "9" * 401, "0.5", "nan", "inf", '"\n"'),
)
READERS: tuple[Callable[[str, str], Model], ...] = (read_nfg, read_efg)
quick = settings(max_examples=300)


def read_or_refused(text: str) -> int:
    """How many readers accept ``text``."""
    accepted = 0
    for read in READERS:
        try:
            assert isinstance(read(text, "fuzz"), Model)
            accepted += 1
        except InputError as error:
            message = str(error)
            assert len(message.splitlines()) == 1
            found = re.match(r"line (\d+): ", message)
            assert found
            assert 1 <= int(found[1]) <= text.count("\n") + text.count("\r") + 1
    return accepted


def test_the_files_that_are_changed_are_valid() -> None:
    assert [read_or_refused(text) for text in VALID] == [1] * len(VALID)


def test_a_file_that_is_cut_anywhere() -> None:
    for text in VALID:
        for end in range(len(text)):
            read_or_refused(text[:end])


def test_a_file_that_lacks_any_character() -> None:
    for text in VALID:
        for position in range(len(text)):
            read_or_refused(text[:position] + text[position + 1 :])


@quick
@given(st.sampled_from(VALID), st.data())
def test_any_change_of_a_valid_file(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 4)))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.just(text[start : end + 8])) + text[end:]
    read_or_refused(text)


@quick
@given(st.sampled_from(VALID), st.data())
def test_any_change_of_words(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(words) - 1))
        words[position] = data.draw(st.sampled_from(PIECES) | st.sampled_from(words))
    read_or_refused(" ".join(words))


@quick
@given(
    st.sampled_from(["", 'NFG 1 R "" ', 'EFG 2 R "" ', 'NFG 1 R "" { "A" } { 2 } ', 'EFG 2 R "" { "A" } ']),
    st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
)
def test_any_text(head: str, text: str) -> None:
    read_or_refused(head + text)
