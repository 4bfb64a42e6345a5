"""A solution concept, all that belongs to it, and the one verb, `solve`, that reaches them all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from importlib import import_module
from inspect import signature
from pathlib import Path as Folder
from pkgutil import walk_packages
from typing import Any, TypeAlias, TypeVar, cast

from games.cases import Cases
from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import Number
from games.forms.game import Game, Path
from games.play.payoffs import Strategies
from games.play.quantities import Chosen, Quantity, every_choice
from games.solvers import limits
from games.solvers.equilibria import EQUILIBRIUM, Equilibria, Equilibrium

Form: TypeAlias = type[Game] | tuple[type[Game], ...]
"""Which games a concept applies to: one form, or several."""

Solver: TypeAlias = Callable[..., Equilibria]
Definition: TypeAlias = Callable[[Any, Sequence[Quantity]], Cases]
Existence: TypeAlias = Callable[[Any], str]
Witness: TypeAlias = Callable[[Any, Strategies, Mapping[str, Number]], Equilibrium | None]
Reasons: TypeAlias = Callable[[Any, Equilibrium, Mapping[str, Any]], Iterator[str] | None]


def strategies_of(equilibrium: Equilibrium) -> Strategies:
    return equilibrium.strategies


def distribution_of(equilibrium: Equilibrium) -> dict[Path, Any]:
    """The probabilities of the outcomes that a correlated equilibrium reaches."""
    return {reached.path: reached.probability for reached in equilibrium.outcomes}


def _never(_game: Game) -> bool:
    return False


@dataclass(frozen=True)
class Concept:
    """A registered solution concept.

    ``cases(game, asked)``: the definition for all payoffs at once (`games.cases`), of a game whose entries are
    polynomials; where there is none, ``no_cases_because`` says why in a sentence. ``judged(equilibrium)``: what an
    answer is judged by: its strategies, unless the concept is about a distribution over profiles, or about strategies
    together with beliefs. ``noun``: what one and several of its answers are called.
    ``exists_because(game)``: the theorem by which there is an answer, whatever the parameters; empty where it is about
    other games of the form. ``listed_as`` names the concept whose answers list all that the cases describe, where this
    one's own answer says it in fewer words.
    ``reasons(game, equilibrium, settings)``: sentences that say why an answer, found with these settings, is one; None
    where the usual comparison of payoffs is the reason, as it is for a concept without such a function.
    ``title``: its name in a sentence. ``about``: which games of its form it is about, where these are not all.
    ``one_of_many``: its answer is one of many, chosen by an objective or by where a procedure ends, so that a complete
    one need not be the only equilibrium. ``no_regret``: in its exact answers nobody gains by deviating alone.
    ``own_units``: its answers stay the same when one player's payoffs have another unit and zero.
    ``told_apart_by(game)``: the probabilities that say which equilibrium is meant. ``of_pure_play(game)``: whether the
    cases speak of equilibria in pure strategies alone, where there are others.
    ``witness(game, strategies, values)``: exact strategies, and the values of the cases' variables, as an equilibrium
    of an exact game, if the check that knows nothing of cases or solvers finds that they are one; else None.
    """

    name: str
    form: Form
    solve: Solver
    noun: tuple[str, str] = EQUILIBRIUM
    judged: Callable[[Equilibrium], Any] = strategies_of
    cases: Definition | None = None
    exists_because: Existence | None = None
    no_cases_because: str = ""
    listed_as: str = ""
    reasons: Reasons | None = None
    title: str = ""
    about: str = ""
    one_of_many: bool = False
    no_regret: bool = True
    own_units: bool = True
    witness: Witness | None = None
    told_apart_by: Callable[[Game], tuple[Chosen, ...]] = every_choice
    of_pure_play: Callable[[Any], bool] = _never


class Concepts(Mapping[str, Concept]):
    """Every solution concept by its name, in the order of the files.

    A concept stands in the file of its name, which is imported when the concept is first asked for. What is registered
    elsewhere comes last.
    """

    def __init__(self) -> None:
        self._registered: dict[str, Concept] = {}

    def register(self, concept: Concept) -> None:
        """Takes up a concept; raises `ValueError` where there is one of its name."""
        if concept.name in self._registered:
            raise ValueError(f"two modules define the solution concept {concept.name!r}")
        self._registered[concept.name] = concept

    def __getitem__(self, name: str) -> Concept:
        if name not in self._registered:
            self._import(file for file in self._files if _concept_of(file) == name)
        return self._registered[name]

    def __iter__(self) -> Iterator[str]:
        self._import(self._files)
        places = {_concept_of(file): place for place, file in enumerate(self._files)}
        return iter(sorted(self._registered, key=lambda name: places.get(name, len(places))))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _files(self) -> tuple[str, ...]:
        """The modules below this folder, in the order of their names."""
        modules = walk_packages([str(Folder(__file__).parent)], f"{__package__}.")
        return tuple(module.name for module in modules if not module.ispkg)

    @staticmethod
    def _import(files: Iterable[str]) -> None:
        for file in files:
            import_module(file)


def _concept_of(file: str) -> str:
    """The name of the concept that a module would define."""
    return file.rpartition(".")[2].replace("_", "-")


CONCEPTS = Concepts()
"""Every solution concept by name; a form says which is its default."""

_Solve = TypeVar("_Solve", bound=Callable[..., Equilibria])


def solution_concept(
    name: str,
    *,
    form: Form,
    noun: tuple[str, str] = EQUILIBRIUM,
    judged: Callable[[Equilibrium], Any] = strategies_of,
    cases: Definition | None = None,
    exists_because: Existence | None = None,
    no_cases_because: str = "",
    listed_as: str = "",
    reasons: Reasons | None = None,
    title: str = "",
    about: str = "",
    one_of_many: bool = False,
    no_regret: bool = True,
    own_units: bool = True,
    witness: Witness | None = None,
    told_apart_by: Callable[[Game], tuple[Chosen, ...]] = every_choice,
    of_pure_play: Callable[[Any], bool] = _never,
) -> Callable[[_Solve], _Solve]:
    """Registers a solver, which `solve`, the command line, the analyses and the law tests then reach by its name."""

    def register(solver: _Solve) -> _Solve:
        @wraps(solver)
        def named(*given: Any, **options: Any) -> Equilibria:
            return replace(solver(*given, **options), noun=noun)

        concept = Concept(
            name,
            form,
            named,
            noun,
            judged,
            cases,
            exists_because,
            no_cases_because,
            listed_as,
            reasons,
            title or name,
            about,
            one_of_many,
            no_regret,
            own_units,
            witness,
            told_apart_by,
            of_pure_play,
        )
        CONCEPTS.register(concept)
        return cast(_Solve, named)

    return register


def concepts_for(game: Game) -> list[Concept]:
    """Every concept that applies to the form of ``game``, or to that of the game which it is short for."""
    solved = game.written_out
    return [concept for concept in CONCEPTS.values() if isinstance(solved, concept.form)]


def concept_for(game: Game, name: str | None = None) -> Concept:
    """The concept of that name if it applies to ``game``; without a name, the default of the game's form.

    Raises `InputError` for a name that no concept of the form has.
    """
    name = game.default_concept if name is None else name
    check_kind(name, str, "the concept", "its name, such as 'pure-nash'")
    known = CONCEPTS.get(name)
    if known and isinstance(game.written_out, known.form):
        return known
    offered = [concept.name for concept in concepts_for(game)]
    form = game.kind
    if known:
        raise InputError(f"the concept {quoted(name)} does not apply to {form}; those that do are {listed(offered)}")
    raise InputError(
        f"there is no solution concept {quoted(name)}; for {form} there are {listed(offered)}{meant(name, offered)}"
    )


def solve(game: Game, concept: str | None = None, *, time_limit: float | None = None, **options: Any) -> Equilibria:
    """The equilibria of ``game``: by default all Nash equilibria of a strategic form, all subgame-perfect of a tree.

    Of a repeated game by default the agreements that a grim trigger holds up, of a graph model the Nash stable states,
    of a stochastic game its value if it is one of pure conflict, else the Markov perfect equilibria.

    >>> from games import StrategicGame, solve
    >>> chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    >>> len(solve(chicken))
    3

    ``time_limit`` in seconds stops a long search with what it has, marked as not complete. ``options`` are those of the
    concept, such as ``objective`` of `correlated`.

    Raises `InputError` when the concept does not apply, when it has no such option, or when the game still has free
    parameters.
    """
    if not isinstance(game, Game):
        hint = "; give a game, such as games.catalog.load('sanction-encounter').at()"
        hint = "; give values to a model with .at()" if hasattr(game, "at") else hint
        raise InputError(f"a {type(game).__name__} cannot be solved{hint}")
    if not game.is_exact:
        free = sorted({str(s) for value in game.entries for s in getattr(value, "free_symbols", ())})
        raise InputError(f"the game has free parameters ({listed(free)}); give them values before solving")
    chosen = concept_for(game, concept)
    if options:
        known = list(signature(chosen.solve).parameters)[1:]
        if unknown := [name for name in options if name not in known]:
            has = f"it has {listed(known)}" if known else "it has none"
            raise InputError(f"the concept {quoted(chosen.name)} has no option {quoted(unknown[0])}; {has}")
    with limits.time_limit(time_limit):
        return chosen.solve(game.written_out, **options)
