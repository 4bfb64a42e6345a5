"""Which parameters of a model are free: those that an analysis goes over while the others keep their values."""

from collections.abc import Mapping, Sequence

from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import readable
from games.model import Model

ALL = "all"


def free_parameters(
    model: Model, names: str | Sequence[str] | None = ALL, given: Mapping[str, object] | None = None
) -> tuple[str, ...]:
    """The parameters named, in the model's order; all stand for those that have a range and no value ``given``.

    ``names`` may be one text with commas. Raises `InputError` for an unknown parameter, one named twice, one without a
    range or with a value as well, and where none is left.
    """
    check_kind({} if given is None else given, Mapping, "the values", "a mapping such as {'beta': 1}")
    values = given or {}
    ranged = [p.name for p in model.parameters if p.low < p.high]
    has = _with_a_range(model, ranged)
    if names is None or (isinstance(names, str) and names == ALL):
        if free := tuple(name for name in ranged if name not in values):
            return free
        raise InputError(f"{model.name} has no parameter with a range and without a value, so that none is free")
    check_kind(names, (str, tuple, list), "what is free", "names such as ['beta', 'h_F'], or 'all'")
    several = names.split(",") if isinstance(names, str) else names
    for each in several:
        check_kind(each, str, "a free parameter", "its name, such as 'beta'")
    named = [each.strip() for each in several if each.strip()]
    if not named:
        raise InputError(f"name at least one free parameter; {has}")
    for name in named:
        _check(model, name, named, ranged, values)
    return tuple(name for name in model.by_name if name in named)


def _with_a_range(model: Model, ranged: Sequence[str]) -> str:
    return f"those with a range are {listed(ranged)}" if ranged else f"{model.name} has none with a range"


def _check(model: Model, name: str, named: Sequence[str], ranged: Sequence[str], values: Mapping[str, object]) -> None:
    if name not in model.by_name:
        has = f"it has {listed(model.by_name)}" if model.by_name else "it has none"
        raise InputError(f"{model.name} has no parameter {quoted(name)}; {has}{meant(name, model.by_name)}")
    if name not in ranged:
        at = readable(model.by_name[name].low)
        raise InputError(f"{name} is fixed at {at} and cannot be free; {_with_a_range(model, ranged)}")
    if name in values:
        raise InputError(f"{name} is free and has a value as well; leave one of them out")
    if named.count(name) > 1:
        raise InputError(f"{name} is named twice among the free parameters; name it once")
