"""The catalog finds every model by its file."""

from importlib import import_module
from pathlib import Path

import pytest

import games
from games.catalog import DOMAINS, catalog, family, heads, load
from games.errors import InputError
from games.model import Model


def test_every_file_of_a_domain_folder_that_holds_a_model_is_found() -> None:
    root = Path(games.__file__).parent
    folders = [root / domain.split(".")[1] for domain in DOMAINS]
    modules = [f"games.{path.parent.name}.{path.stem}" for each in folders for path in each.glob("[a-z]*.py")]
    defined = {module.MODEL.name for module in map(import_module, modules) if hasattr(module, "MODEL")}
    in_files = {path.stem for each in folders for path in each.glob("*.toml")}
    assert len(defined) >= 30
    assert len(in_files) >= 60
    assert set(catalog()) == defined | in_files
    assert all(isinstance(model, Model) for model in catalog().values())
    assert all(load(name).name == name for name in in_files)


def test_what_the_files_say_of_the_models_is_what_the_models_say() -> None:
    for name, head in heads().items():
        model = load(name)
        assert (head.name, head.title, head.question) == (model.name, model.title, model.question)
        assert head.family == family(model)
        assert head.model is model


def test_a_model_that_its_file_does_not_open_with_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in another layout; beside it one that defines no model, and one whose model has a name twice."""
    folder = tmp_path / "domain_of_tests"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "none.py").write_text("VALUE = 1\n")
    (folder / "other.py").write_text("from games.catalog import load\n\nMODEL = load('standoff')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("games.catalog.DOMAINS", ("domain_of_tests",))
    assert [(head.name, head.home) for head in heads.__wrapped__().values()] == [("standoff", "domain_of_tests.other")]
    (folder / "twice.py").write_text("from games.catalog import load\n\nMODEL = load('standoff')\n")
    with pytest.raises(ValueError, match="two files define the model 'standoff'"):
        heads.__wrapped__()


def test_models_are_known_by_their_names() -> None:
    assert {name: model.name for name, model in catalog().items()} == {name: name for name in catalog()}
    for name in ("sanction-retaliation", "sanction-encounter", "territorial-partition"):
        assert load(name) is catalog()[name]


@pytest.mark.parametrize("name", ["nowhere", "", "Sanction-Retaliation", "../etc/passwd", "a\nb"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match=r"[tT]he catalog has .*sanction-retaliation") as error:
        load(name)
    assert len(str(error.value).splitlines()) == 1
