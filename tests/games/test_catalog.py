"""The catalog finds every model by its file."""

from importlib import import_module
from pathlib import Path

import pytest

import games
from games.catalog import DOMAINS, catalog, load
from games.errors import InputError
from games.model import Model


def test_every_module_of_a_domain_folder_that_defines_a_model_is_found() -> None:
    root = Path(games.__file__).parent
    modules = [f"{d}.{path.stem}" for d in DOMAINS for path in sorted((root / d.split(".")[1]).glob("[a-z]*.py"))]
    defined = [module.MODEL for module in map(import_module, modules) if hasattr(module, "MODEL")]
    assert len(defined) >= 3
    assert list(catalog().values()) == defined
    assert all(isinstance(model, Model) for model in defined)


def test_models_are_known_by_their_names() -> None:
    assert {name: model.name for name, model in catalog().items()} == {name: name for name in catalog()}
    for name in ("sanction-retaliation", "sanction-encounter", "territorial-partition"):
        assert load(name) is catalog()[name]


@pytest.mark.parametrize("name", ["nowhere", "", "Sanction-Retaliation", "../etc/passwd", "a\nb"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match=r"[tT]he catalog has .*sanction-retaliation") as error:
        load(name)
    assert len(str(error.value).splitlines()) == 1
