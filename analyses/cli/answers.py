"""What every answer in JSON has, whatever the command: the version, the command, the game, and the values used."""

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from analyses.cli.terminal import print_json

if TYPE_CHECKING:
    from games.model import Model


def print_answer(
    command: str, model: "Model", values: Mapping[str, object], found: Mapping[str, Any], started: float
) -> None:
    """Prints what was ``found`` as JSON.

    ``values`` are those that were given; all parameters stand in the answer. How many seconds it took since
    ``started``, on the clock `time.monotonic`, stands last and apart: all before is the same in every run.
    """
    import games

    head = {"parley": games.__version__, "command": command, "game": model.name}
    used = {symbol.name: str(value) for symbol, value in model.point(**values).items()}
    print_json({**head, "values": used, **found, "seconds": round(monotonic() - started, 3)})
