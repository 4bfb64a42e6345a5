"""An outcome decision by decision: what its players must prefer on the way to it, and what follows elsewhere.

In a tree of perfect information an outcome is played just if, at each decision on its path, the action on the path pays
the mover at least as much as any other, by what follows it. What follows has names, and decisions of its own; so the
answer stays as short as the tree, however many conditions it has in the parameters alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.setting import Setting
from analyses.proof.implicants import Conjunction
from analyses.proof.questions import SPARING, Questions
from analyses.solution.report import sentence
from analyses.solution.wording import Names
from games.cases import Choice
from games.errors import listed
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome, Path
from games.formulas.relations import Denied, Related, Relation, every, some
from games.formulas.relations import Sign as Compared
from games.play.quantities import Payoff, Quantity, Reach
from games.terms import Poly, Sign, conjuncts, denied, put

BY_WHAT_FOLLOWS = "by what follows"

MOST_NAMED = 4
"""The most other actions that are named one by one."""


@dataclass(frozen=True)
class Chosen:
    """What ``player`` must choose at a decision: ``action`` rather than the ``others``.

    ``conditions`` say so in the parameters where play ends with each of them; None where what follows decides.
    """

    place: str
    player: str
    action: str
    others: tuple[str, ...]
    conditions: Conjunction | None

    def condition(self, names: Names) -> str:
        """The condition in words, or that the action pays most."""
        if self.conditions is not None:
            return sentence(names, self.conditions)
        others = listed(self.others) if len(self.others) <= MOST_NAMED else "every other action"
        return f"{self.action} pays {self.player} most, {BY_WHAT_FOLLOWS} it and {others}"

    def said(self, names: Names) -> str:
        """The step in words."""
        told = self.condition(names)
        if self.conditions is None:
            return told
        return f"{self.action} {'where' if self.conditions else 'at'} {told}"


@dataclass(frozen=True)
class Followed:
    """What is chosen at the ``places``, which are alike: one step for each action."""

    places: tuple[str, ...]
    steps: tuple[Chosen, ...]

    @property
    def is_open(self) -> bool:
        """Whether what follows decides."""
        return any(step.conditions is None for step in self.steps)

    def lines(self, names: Names) -> Iterator[str]:
        """What is chosen where, one line for each action."""
        if self.is_open:
            first = self.steps[0]
            actions = listed(step.action for step in self.steps)
            yield f"whichever of {actions} pays {first.player} most, {BY_WHAT_FOLLOWS}"
            return
        yield from (step.said(names) for step in self.steps)


@dataclass(frozen=True)
class Way:
    """One path with the outcome: what must be chosen on it, the first decision first, and what follows off it."""

    path: Path
    steps: tuple[Chosen, ...]
    elsewhere: tuple[Followed, ...]


class Steps:
    """The decisions of a claim's tree of perfect information, with the ``given`` for its parameters."""

    def __init__(self, setting: Setting, given: Mapping[str, Poly]) -> None:
        self.claim, self.setting, self.given = setting.claim, setting, given
        game = self.claim.model.game.written_out
        assert isinstance(game, ExtensiveGame)
        self.game = game
        self.payoffs = Questions(setting.ranges, setting.said_of_parameters)
        self.choices: dict[str, Choice] = {choice.name: choice for choice in setting.cases.choices}

    def way(self, path: Path, after: Path) -> Way:
        """The way along ``after`` and then ``path``."""
        whole = (*after, *path)
        steps, beside = [], []
        for k in range(len(after), len(whole)):
            node = self.game.nodes[whole[:k]]
            if isinstance(node, Decision):
                found = self.chosen(whole[:k])
                steps += [step for step in found if step.action == whole[k]]
                if any(step.conditions is None for step in found):
                    beside += [(*whole[:k], action) for action in node.actions if action != whole[k]]
        return Way(whole, tuple(steps), self._followed(beside))

    def chosen(self, path: Path) -> tuple[Chosen, ...]:
        """For each action at a decision, what must hold so that it is chosen."""
        node = self.game.nodes[path]
        assert isinstance(node, Decision)
        place = self.game.information_set_at(path)
        found = []
        for label, option in self.choices[place].options.items():
            parts = [put(self.setting.of_parameters(part), self.given) for part in conjuncts(option.holds)]
            signs = [part for part in parts if isinstance(part, Sign)]
            alone = all(part.of.names <= self.setting.ranges.keys() for part in signs)
            others = tuple(action for action in node.actions if action != label)
            if False in parts:
                continue
            found.append(Chosen(place, node.player, label, others, self._needed(signs) if alone else None))
        return tuple(found)

    def last_choices(self, after: Path) -> Iterator[Chosen]:
        """What is chosen at each decision between two actions, from ``after`` on, that the parameters alone decide."""
        for path, node in self.game.nodes.items():
            if path[: len(after)] == after and isinstance(node, Decision) and len(node.actions) == 2:
                yield from (step for step in self.chosen(path) if step.conditions is not None)

    def _needed(self, parts: Sequence[Sign]) -> Conjunction:
        """Without what the others imply."""
        kept = list(parts)
        for part in parts:
            rest = [other for other in kept if other is not part]
            if self.payoffs.ask(*rest, denied(part), effort=SPARING).is_no:
                kept = rest
        return tuple(kept)

    def _followed(self, roots: Sequence[Path]) -> tuple[Followed, ...]:
        """The decisions below the roots, those that are alike once."""
        found: dict[object, Followed] = {}
        for path, node in self.game.nodes.items():
            if isinstance(node, Decision) and any(path[: len(root)] == root for root in roots):
                steps = self.chosen(path)
                one = Followed((self.game.information_set_at(path),), steps)
                key: object = one.places if one.is_open else tuple((s.player, s.action, s.conditions) for s in steps)
                found[key] = replace(one, places=(*found[key].places, *one.places)) if key in found else one
        return tuple(found.values())


def is_told(game: object) -> bool:
    """Whether a game can be told decision by decision: a tree in which chance does not move."""
    return isinstance(game, ExtensiveGame) and not any(isinstance(node, Chance) for node in game.nodes.values())


def claims(claim: Claim, paths: Sequence[Path], after: Path) -> tuple[Claim, Claim]:
    """That what each step says is enough where it holds strictly, and necessary where ties are allowed."""
    game = claim.model.game.written_out
    assert isinstance(game, ExtensiveGame)
    where: dict[sympy.Symbol, Quantity] = {}

    def reached(path: Path) -> sympy.Symbol:
        return _named(where, Reach(path, after))

    def pays(player: str, path: Path) -> sympy.Expr:
        node = game.nodes[path]
        if isinstance(node, Outcome):
            return sympy.sympify(node.payoffs[game.players.index(player)])
        return _named(where, Payoff(player, path))

    def prefers(path: Path, sign: Compared) -> Relation:
        whole = (*after, *path)
        parts = []
        for k in range(len(after), len(whole)):
            node = game.nodes[whole[:k]]
            assert isinstance(node, Decision)
            own = pays(node.player, whole[: k + 1])
            parts += [
                Related(own, sign, pays(node.player, (*whole[:k], other)))
                for other in node.actions
                if other != whole[k]
            ]
        return every(parts)

    total = sympy.Add(*map(reached, paths))
    enough = every(some([Denied(prefers(path, ">")), Related(total, ">=", 1)]) for path in paths)
    needed = some([Related(total, "<", 1), *(prefers(path, ">=") for path in paths)])
    return (
        replace(claim, name="enough, by decisions", conclusion=Holds(enough, where, said="each step is enough")),
        replace(claim, name="necessary, by decisions", conclusion=Holds(needed, where, said="each step is needed")),
    )


def _named(where: dict[sympy.Symbol, Quantity], quantity: Quantity) -> sympy.Symbol:
    for symbol, known in where.items():
        if known == quantity:
            return symbol
    symbol = sympy.Symbol(f"quantity{len(where)}")
    where[symbol] = quantity
    return symbol
