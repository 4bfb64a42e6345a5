"""Gambit's ``.nfg`` files: both versions are read exactly, what is written is read back, the rest is refused."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import symbols

from games import InputError, StrategicGame
from games.formats import nfg
from games.formats.gambit import MOST_PLAYERS, Heading
from games.formats.nfg import read_nfg, strategic_game, write_nfg

MEANT = StrategicGame(
    {"Anna": ("Up", "Down"), "Ben": ("Left", "Middle", "Right")},
    {
        ("Up", "Left"): (1, Fraction(1, 3)),
        ("Down", "Left"): (Fraction(1, 2), -2000),
        ("Up", "Middle"): (0, 0),
        ("Down", "Middle"): (Fraction(-1, 4), 7),
        ("Up", "Right"): (3, Fraction(3, 1000)),
        ("Down", "Right"): (1, Fraction(1, 3)),
    },
)
LABELLED = '{ { "Up" "Down" } { "Left" "Middle" "Right" } }'
NUMBERS = "1 1/3  .5 -2e3  0 0.0  -0.25 +7  3. 3E-3  1 1/3"
FILES = {
    "payoffs": f'NFG 1 R "Study" {{ "Anna" "Ben" }} {LABELLED} "A comment" {NUMBERS}',
    "decimals": f'NFG 1 D "Study" {{ "Anna" "Ben" }}\n\n{LABELLED}\n"A\ncomment"\n\n{NUMBERS}\n\n',
    "old line ends": f'NFG 1 R "Study"\r{{ "Anna" "Ben" }}\r\n{LABELLED} " "\r\n{NUMBERS}\r\n',
    "commas": f'NFG 1 R "Study" {{ "Anna" "Ben" }} {LABELLED} 1, 1/3, .5, -2e3, 0, 0, -1/4, 7, 3, 3e-3, 1, 1/3,',
    "no blanks": f'NFG 1 R "Study"{{"Anna""Ben"}}{{{{"Up""Down"}}{{"Left""Middle""Right"}}}}""{NUMBERS}',
    "outcomes": f"""NFG 1 R "Study" {{ "Anna" "Ben" }} {LABELLED}
        "A comment"
        {{ {{ "a" 1, 1/3 }} {{ "" 0.5 -2000 }} {{ "a" -1/4, 7, }} {{ "not used" 9 9 }} {{ "d" 3, 0.003 }} }}
        1 2 0 3 5 1
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_every_version_gives_the_same_game(text: str) -> None:
    model = read_nfg(text, "study")
    assert model.game == MEANT
    assert (model.name, model.title) == ("study", "Study")


def test_the_order_of_the_strategies_is_that_of_the_file() -> None:
    game = strategic_game(FILES["payoffs"])[1]
    assert game.players == ("Anna", "Ben")
    assert list(game.strategies.values()) == list(MEANT.strategies.values())
    assert game.entries == MEANT.entries


def test_the_first_player_changes_fastest_among_three() -> None:
    text = 'NFG 1 R "Three" { "A" "B" "C" } { 2 2 2 }\n' + "\n".join(f"{i} {10 * i} {100 * i}" for i in range(8))
    game = strategic_game(text)[1]
    for profile, row in game.payoffs.items():
        position = sum((int(strategy) - 1) * 2**place for place, strategy in enumerate(profile))
        assert row == (position, 10 * position, 100 * position)


def test_one_player_and_one_strategy() -> None:
    assert strategic_game('NFG 1 R "" { "A" } { 1 } 5')[1] == StrategicGame({"A": ("1",)}, {("1",): (5,)})


def test_title_and_comment_become_title_and_story() -> None:
    model = read_nfg('NFG 1 R " The\n  title " { "A" } { 1 } "\nOne line,\nand another.\n" 1', "file")
    assert (model.title, model.story) == ("The title", "One line,\nand another.")
    untitled = read_nfg('NFG 1 R "" { "A" } { 1 } 1', "file")
    assert (untitled.title, untitled.story) == ("file", "")
    assert len(strategic_game(f'NFG 1 R "{"x" * 300}" {{ "A" }} {{ 1 }} 1')[0].title) == 200


def test_escapes_in_quotes() -> None:
    text = (
        r'NFG 1 R "a \"b\" c\d \\" { "\"" "\\" } { { "\n" "\\n" "\\\"" "\\\\" } { "{ 1 }, \\\\\"" } } 1 2 3 4 5 6 7 8'
    )
    heading, game = strategic_game(text)
    assert heading == Heading(r'a "b" c\d' + " \\", "")
    assert game.players == ('"', "\\")
    assert list(game.strategies.values()) == [("\\n", "\\n (2)", '\\"', "\\\\"), ('{ 1 }, \\\\"',)]


@pytest.mark.parametrize(
    ("given", "usable"),
    [
        (["", ""], ("1", "2")),
        (["a", "a", "b", "a"], ("a", "a (2)", "b", "a (4)")),
        (["a", "a", "a (2)"], ("a", "a (2)′", "a (2)")),
        (["", "1", " "], ("1′", "1", "3")),
        (["a ", "a"], ("a ", "a")),
        (["x" * 200, "x" * 200], ("x" * 200, "x" * 180 + " (2)")),
    ],
)
def test_labels_are_made_usable(given: list[str], usable: tuple[str, ...]) -> None:
    listed = " ".join(f'"{label}"' for label in given)
    text = f'NFG 1 R "" {{ "A" }} {{ {{ {listed} }} }} ' + "0 " * len(given)
    assert strategic_game(text)[1].strategies["A"] == usable


def test_players_without_a_name_are_numbered() -> None:
    game = strategic_game('NFG 1 R "" { "" "A" "A" "" } { 1 1 1 1 } 1 2 3 4')[1]
    assert game.players == ("Player 1", "A", "A (3)", "Player 4")


HEAD = 'NFG 1 R "T"\n{ "A" "B" }\n'
REFUSED = [
    ("", "line 1: expected the kind of the file (NFG), found the end of the file"),
    ("\n\n", "line 1: expected the kind of the file (NFG), found the end of the file"),
    ("nfg 1 R", "line 1: expected the kind of the file (NFG), found 'nfg'"),
    ('EFG 2 R "T" { "A" }', "line 1: expected the kind of the file (NFG), found 'EFG'"),
    ('NFG 2 R "T"', "line 1: expected the version of NFG files (1), found '2'"),
    ('NFG 1 X "T"', "line 1: expected the kind of the numbers (R or D), found 'X'"),
    ("NFG\n1\nR\nTitle", "line 4: expected the title in quotation marks, found 'Title'"),
    ('NFG 1 R\n"T', "line 2: the quotation that begins here has no end"),
    ('NFG 1 R "T\x00" { "A" } { 1 } 1', "line 1: the title 'T\\x00' has a line break or a control character"),
    ('NFG 1 R "T" { "A" } { 1 } "\x1b" 1', "line 1: the comment '\\x1b' has a line break or a control character"),
    ('NFG 1 R "T"', "line 1: expected { (the list of players), found the end of the file"),
    ('NFG 1 R "T" { }', "line 1: expected the name of a player in quotation marks, found '}'"),
    ('NFG 1 R "T" { "A", "B" }', "line 1: expected the name of a player in quotation marks, found ','"),
    (f'NFG 1 R "T" {{ {"".join(MOST_PLAYERS * [chr(34) * 2])} "" }}', f"expected }} after {MOST_PLAYERS} players"),
    ('NFG 1 R "T" { "A\nB" }', "line 1: the name of a player 'A\\nB' has a line break"),
    (f'NFG 1 R "T" {{ "{"x" * 201}" }}', "line 1: the name of a player has 201 characters; at most 200"),
    (HEAD, "line 2: expected { (the strategies of each player), found the end of the file"),
    (HEAD + "{ 2 }", "line 3: expected a whole number from 1, how many strategies B has, found '}'"),
    (HEAD + "{ 2 0 }", "line 3: expected a whole number from 1, how many strategies B has, found '0'"),
    (HEAD + "{ 2 1/2 }", "line 3: expected a whole number from 1, how many strategies B has, found '1/2'"),
    (HEAD + "{ -2 2 }", "line 3: expected a whole number from 1, how many strategies A has, found '-2'"),
    (HEAD + "{ 2 2 2 }", "line 3: expected } (the end of the strategies of 2 players), found '2'"),
    (HEAD + "{ 1000000 1000000 }", "line 3: the game has 1000000000000 profiles of 2 payoffs; at most 1000000 payoffs"),
    (HEAD + "{ 999999999 9999999999 }", "line 3: expected a whole number from 1, how many strategies B has"),
    (HEAD + "{ 500000 1 }\n", "line 3: expected a number, the payoff of A in profile 1 of 500000, found the end"),
    (HEAD + '{ { "a" } }', "line 3: expected { (the strategies of B), found '}'"),
    (HEAD + '{ { "a" } { } }', "line 3: expected a strategy of B in quotation marks, found '}'"),
    (HEAD + '{ { "a" } { "b" } { "c" } }', "line 3: expected } (the end of the strategies of 2 players), found '{'"),
    (HEAD + '{ { "a" } 2 }', "line 3: expected { (the strategies of B), found '2'"),
    (HEAD + '{ { "a"\n"b\x07" } { "c" } }', "line 4: a strategy of A 'b\\x07' has a line break or a control"),
    (
        HEAD + "{ 2 1 } 1 2\n3",
        "line 4: expected a number, the payoff of B in profile 2 of 2, found the end of the file",
    ),
    (HEAD + "{ 2 1 } 1 2\n3 x", "line 4: expected a number, the payoff of B in profile 2 of 2, found 'x'"),
    (HEAD + '{ 2 1 } "c" "d" 1', "line 3: expected a number, the payoff of A in profile 1 of 2, found '\"d\"'"),
    (HEAD + "{ 2 1 } 1 2\n3 4 5", "line 4: expected the end of the file after the payoffs of 2 profiles, found '5'"),
    (HEAD + "{ 2 1 } 1 2\n3 4 end", "line 4: expected the end of the file after the payoffs of 2 profiles, found 'e"),
    (HEAD + "{ 2 1 }\n1 2\n3 4/0", "line 5: the payoff of B in profile 2 of 2 is '4/0', which divides by zero"),
    (HEAD + "{ 2 1 }\n1 2\n3 4.5/2", "line 5: the payoff of B in profile 2 of 2 is '4.5/2', not a finite number"),
    (HEAD + "{ 2 1 }\n1 2\n3 1 / 2", "line 5: expected the end of the file after the payoffs of 2 profiles, found '/'"),
    (HEAD + "{ 2 1 }\n1 1e999999999", "line 4: the payoff of B in profile 1 of 2 is '1e999999999', not a finite"),
    (HEAD + "{ 2 1 }\n1 nan", "line 4: expected a number, the payoff of B in profile 1 of 2, found 'nan'"),
    (HEAD + "{ 2 1 }\n1 " + "9" * 500, "line 4: the payoff of B in profile 1 of 2 has 500 characters; at most 400"),
    (HEAD + "{ 2 1 }\n1,,2", "line 4: expected a number, the payoff of B in profile 1 of 2, found ','"),
    (HEAD + '{ 2 1 }\n{ { 1 2 } } 1 1"', "line 4: expected the label of an outcome in quotation marks, found '1'"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 } } 1 1', "line 4: expected a number, the payoff of B in outcome 1, found '}'"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 2 3 } } 1 1', "line 4: expected } (the end of outcome 1, which has 2 payoffs), f"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 2 } 1 1', "line 4: expected { (an outcome, or } at the end of the list of outcomes)"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 2 }\n } 1\n2', "line 6: there is no outcome 2; the file lists 1"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 2 } } 1 -1', "line 4: expected a whole number from 0, the outcome of profile 2 of 2"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 2 } } 1', "line 4: expected a whole number from 0, the outcome of profile 2 of 2"),
    (HEAD + '{ 2 1 }\n{ { "o" 1 2 } } 1 1 1', "line 4: expected the end of the file after the payoffs of 2 profiles"),
    ("\x89PNG\r\n\x1a\n\x00", "line 1: expected the kind of the file (NFG), found '\\x89PNG'"),
    ("\x00" * 9, "line 1: expected the kind of the file (NFG), found"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_files_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_nfg(text, "file")
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert reason in message


def test_outcomes_do_not_multiply_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nfg, "MOST_PAYOFFS", 11)
    with pytest.raises(InputError, match="line 1: the game has 6 profiles of 2 payoffs"):
        read_nfg('NFG 1 R "" { "A" "B" } { 2 3 } { } 0 0 0 0 0 0', "file")


def test_what_is_written() -> None:
    assert write_nfg(MEANT, 'The "study"') == (
        'NFG 1 R "The \\"study\\"" { "Anna" "Ben" }\n'
        '{ { "Up" "Down" } { "Left" "Middle" "Right" } }\n'
        "\n"
        "1 1/3\n1/2 -2000\n0 0\n-1/4 7\n3 3/1000\n1 1/3\n"
    )


@pytest.mark.parametrize(
    ("label", "shown"),
    [("a\\b", r'"a\b"'), ("a\\", r'"a\\"'), ("\\\\b", r'"\\\b"'), ('\\"', r'"\\\""'), ("é → {1},", '"é → {1},"')],
)
def test_a_backslash_is_doubled_only_where_it_must_be(label: str, shown: str) -> None:
    game = StrategicGame({label: ("x",)}, {("x",): (1,)})
    assert shown in write_nfg(game)
    assert strategic_game(write_nfg(game))[1] == game


labels = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=6) | st.text(
    '\\"{} ,ab', min_size=1, max_size=6
)
usable = labels.filter(lambda label: bool(label.strip()))
numbers = st.integers(-(10**20), 10**20) | st.fractions() | st.decimals(-1000, 1000, places=3).map(Fraction)


@st.composite
def games(draw: st.DrawFn) -> StrategicGame:
    players = draw(st.lists(usable, min_size=1, max_size=3, unique=True))
    own = {player: tuple(draw(st.lists(usable, min_size=1, max_size=3, unique=True))) for player in players}
    profiles: list[tuple[str, ...]] = [()]
    for strategies in own.values():
        profiles = [(*profile, strategy) for profile in profiles for strategy in strategies]
    return StrategicGame(own, {profile: tuple(draw(numbers) for _ in players) for profile in profiles})


@settings(max_examples=100)
@given(games(), st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=10))
def test_what_is_written_is_read_back(game: StrategicGame, title: str) -> None:
    model = read_nfg(write_nfg(game, title), "file")
    assert isinstance(model.game, StrategicGame)
    assert model.game == game
    assert model.game.players == game.players
    assert model.game.strategies == game.strategies
    assert model.game.entries == game.entries
    assert model.title == " ".join(title.split()) or model.title == "file"


@pytest.mark.parametrize(
    ("game", "title", "reason"),
    [
        (StrategicGame.bimatrix([[symbols("x")]], [[2]]), "", "formulas"),
        (StrategicGame.bimatrix([[1]], [[2]]), "two\nlines", "the title 'two\\\\nlines' has a line break"),
        (StrategicGame.bimatrix([[1]], [[10**500]]), "", "a payoff of Column has more than 400 characters"),
        (StrategicGame.bimatrix([[1]], [[Fraction(1, 10**9999)]]), "", "a payoff of Column has more than 400"),
    ],
)
def test_games_that_no_file_can_hold(game: StrategicGame, title: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        write_nfg(game, title)
