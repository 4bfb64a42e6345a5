"""Choices eliminated: what must hold of the payoffs so that, where some options are taken, all the others can be.

Cases whose choices are in order are followed from the last one back. A condition that speaks of what a choice gives
holds for some of its options; conditions that no choice links are settled apart from each other, so that the product
of the choices is never written out. In a tree this is the theorem that a play is that of some equilibrium in pure
strategies just if, for each deviation from it, what follows can be played so that the deviation does not pay.
"""

from collections.abc import Iterable, Iterator, Mapping

from games.cases import Cases, Option
from games.solvers.limits import unless_expired
from games.terms import Condition, Poly, Taken, atoms, conjuncts, every, names_in, put, some


class Choosing:
    """Options of ordered cases, chosen one after another as far as a condition speaks of them.

    Choices of which no condition speaks are left alone: there must be a theorem by which they can always be made.
    """

    def __init__(self, cases: Cases) -> None:
        if not cases.is_ordered:
            raise ValueError("choices are eliminated where they are in order and settle everything")
        self.cases = cases
        self.choices = {choice.name: choice for choice in cases.choices}
        self._giver = {
            name: choice.name for choice in cases.choices for option in choice.options.values() for name in option.gives
        }
        self._rests: dict[str, frozenset[str]] = {}
        self._known: dict[frozenset[Condition], Condition] = {}
        for choice in cases.choices:
            self._rests[choice.name] = self._below(choice.options.values())

    def _below(self, options: Iterable[Option]) -> frozenset[str]:
        """The earlier choices on which options rest, however indirectly."""
        found: set[str] = set()
        for option in options:
            spoken = self._spoken(option.holds, *(value.names for value in option.gives.values()))
            found |= spoken.union(*(self._rests[choice] for choice in spoken))
        return frozenset(found)

    def _spoken(self, condition: Condition, *names: set[str]) -> set[str]:
        """The choices that a condition, or variables, speak of."""
        taken = {atom.choice for atom in atoms(condition) if isinstance(atom, Taken)}
        given = names_in(condition).union(*names)
        return taken | {self._giver[name] for name in given if name in self._giver}

    def possible(self, taken: Mapping[str, str], *further: Condition) -> Condition:
        """The condition on parameters under which these options can be taken, and ``further`` conditions hold."""
        given: dict[str, Poly] = {}
        parts: list[Condition] = []
        for name, choice in self.choices.items():
            if name in taken:
                option = choice.options[taken[name]]
                parts.append(put(option.holds, given, taken))
                given |= {variable: value.put(given) for variable, value in option.gives.items()}
        parts += [put(condition, given, taken) for condition in further]
        return self._settled(frozenset(each for part in parts for each in conjuncts(part)))

    def _settled(self, parts: frozenset[Condition]) -> Condition:
        """What is left of conditions that must hold together, over parameters alone."""
        return every(self._chosen(group) for group in self._apart(parts))

    def _apart(self, parts: Iterable[Condition]) -> Iterator[frozenset[Condition]]:
        """Conditions by what they rest on: those that a choice links stand together."""
        groups: list[tuple[frozenset[str], frozenset[Condition]]] = []
        for part in parts:
            spoken = self._spoken(part)
            own = frozenset(spoken).union(*(self._rests[choice] for choice in spoken))
            linked = [group for group in groups if group[0] & own]
            groups = [group for group in groups if not group[0] & own]
            groups.append((own.union(*(g[0] for g in linked)), frozenset([part]).union(*(g[1] for g in linked))))
        yield from (conditions for _, conditions in groups)

    def _chosen(self, parts: frozenset[Condition]) -> Condition:
        """For one group: some option of one of its choices, and what is left of the rest."""
        if parts not in self._known:
            unless_expired()
            spoken = [self._spoken(part) for part in parts]
            choice = self._next(spoken)
            self._known[parts] = every(parts) if choice is None else some(self._taking(choice, parts))
        return self._known[parts]

    def _next(self, spoken: list[set[str]]) -> str | None:
        """The choice that most conditions speak of, among those on which no other one rests."""
        named = set().union(*spoken)
        free = [c for c in self.choices if c in named and not any(c in self._rests[other] for other in named)]
        return max(free, key=lambda choice: sum(choice in each for each in spoken), default=None)

    def _taking(self, choice: str, parts: frozenset[Condition]) -> Iterator[Condition]:
        for label, option in self.choices[choice].options.items():
            taken = every([option.holds, *(put(part, option.gives, {choice: label}) for part in parts)])
            if taken is not False:
                yield self._settled(frozenset(conjuncts(taken)))
