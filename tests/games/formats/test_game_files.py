"""A file is read by its suffix; one that cannot be read is refused by name, in one line."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from games import ExtensiveGame, InputError, Outcome, StrategicGame
from games.formats import files
from games.formats.files import LARGEST, read_game

DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
CONTENTS = {
    "dilemma.toml": "payoffs = { Row = [[3, 0], [5, 1]], Column = [[3, 5], [0, 1]] }",
    "dilemma.json": '{"payoffs": [[[3, 3], [0, 5]], [[5, 0], [1, 1]]]}',
    "dilemma.csv": ',1,2\n1,"3, 3","0, 5"\n2,"5, 0","1, 1"\n',
    "dilemma.nfg": 'NFG 1 R "" { "Row" "Column" } { 2 2 }\n3 3  5 0  0 5  1 1\n',
    "dilemma.CSV": ";1;2\r\n1;3, 3;0, 5\r\n2;5, 0;1, 1\r\n",
}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("name", "content"), CONTENTS.items())
def test_each_suffix(tmp_path: Path, name: str, content: str, mark: str) -> None:
    path = tmp_path / name
    path.write_text(mark + content, encoding="utf-8")
    for given in (path, str(path)):
        model = read_game(given)
        assert model.game == DILEMMA
        assert (model.name, model.title) == ("dilemma", "dilemma")


def test_a_tree_in_a_file(tmp_path: Path) -> None:
    contents = {
        "chain.toml": 'players = ["A"]\ntree = { player = "A", actions = { "a é" = { payoffs = [0.1] } } }\n',
        "chain.efg": 'EFG 2 R "Chain" { "A" }\np "" 1 1 "" { "a é" } 0\nt "" 1 "" { 0.1 }\n',
    }
    for name, content in contents.items():
        path = tmp_path / name
        path.write_text(content, "utf-8")
        game = read_game(path).game
        assert isinstance(game, ExtensiveGame)
        assert game.outcomes == {("a é",): Outcome((Fraction(1, 10),))}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("game.toml", b"", "empty"),
        ("game.csv", b" \n\n ", "empty"),
        ("game.json", b"\xef\xbb\xbf", "empty"),
        ("game.toml", b"name = 'x'\nstory = '\xe9'", "line 2 is not UTF-8"),
        ("game.csv", "a;b".encode("utf-16"), "UTF-16"),
        ("game.json", b"\x7fELF\x00\x01", "binary"),
        ("game.json", b"\x89PNG\r\n\x1a\n", "line 1 is not UTF-8"),
        ("game.toml", b"x", "line 1"),
        ("game.toml", b"name = 'x'\n= 3", "line 2"),
        ("game.json", b'{\n"a" 3}', "line 2"),
        ("game.csv", b',L,R\nU,"1, 2,3', "line 2"),
        ("game.nfg", b'NFG 1 R "T"\n{ "A" } { 2 }\n1 x', "line 3: expected a number"),
        ("game.efg", b'EFG 2 R "T" { "A" }\np "" 2', "line 2: there is no player 2"),
        ("game.xlsx", b"PK\x03\x04", "'.xlsx' is not known; a game is read from .toml, .json"),
        ("game.yaml", b"a: 1", "not known"),
        ("game", b"a", "no suffix"),
        (".toml", b"a", "no suffix"),
        ("game.toml", b"#" * (LARGEST + 1), "larger than 1,000,000 bytes"),
        ("na\nme.toml", b"rows = 1", "unknown key"),
    ],
)
def test_contents_that_are_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, reason)


def refused(path: Path | str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_game(path)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert repr(Path(path).name)[1:-1] in message
    assert reason in message


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    refused(tmp_path / "missing.toml", "no such file")
    (tmp_path / "folder.json").mkdir()
    refused(tmp_path / "folder.json", "directory")
    os.mkfifo(tmp_path / "pipe.csv")
    refused(tmp_path / "pipe.csv", "not a regular file")
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nothing")
    refused(tmp_path / "dangling.csv", "no such file")
    refused("x" * 256 + ".csv", "cannot be read")
    refused(f"{tmp_path}/nul\0.toml", "no such file")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.toml"
    path.write_text("payoffs = [[[1, 2]]]")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    refused(path, "cannot be read (Permission denied)")


def test_a_message_repeats_only_so_much_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    strategies = ", ".join(f'"{number:0200}"' for number in range(200))
    path.write_text(f'{{"strategies": {{"A": [{strategies}]}}, "payoffs": [{{"profile": ["x"], "payoffs": [1]}}]}}')
    with pytest.raises(InputError) as caught:
        read_game(path)
    assert len(str(caught.value)) < files.LONGEST_MESSAGE + 310


def test_a_file_that_is_named_strangely_names_its_model_legibly(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.toml"
    path.write_text(CONTENTS["dilemma.toml"])
    assert read_game(path).name == "a?b"


def test_a_link_that_leads_back_to_itself(tmp_path: Path) -> None:
    (tmp_path / "one.toml").symlink_to(tmp_path / "two.toml")
    (tmp_path / "two.toml").symlink_to(tmp_path / "one.toml")
    refused(tmp_path / "one.toml", "a link that leads back to itself")
