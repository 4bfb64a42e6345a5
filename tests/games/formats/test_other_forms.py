"""What is written for trees and strategic forms refuses the other forms in one line."""

from collections.abc import Callable
from typing import Any

import pytest

from games import InputError
from games.catalog import load
from games.formats.efg import write_efg
from games.formats.latex import to_latex
from games.formats.nashpy import to_nashpy
from games.formats.nfg import write_nfg


@pytest.mark.parametrize("write", [write_nfg, write_efg, to_latex, to_nashpy])
@pytest.mark.parametrize(("name", "kind"), [("standoff", "a graph model"), ("freeze-and-thaw", "a repeated game")])
def test_other_forms_are_refused(write: Callable[[Any], Any], name: str, kind: str) -> None:
    with pytest.raises(InputError, match=f"takes a .*, not {kind}$"):
        write(load(name).at())
    with pytest.raises(InputError, match="not 'int'"):
        write(3)
