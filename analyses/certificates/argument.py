"""What a proof consists of, as data that can be told: the cases in which it ends, and what contradicts what in each.

A proof ends in sums. What is told of one is what is left of it after the equations that it uses (what a player gets
where a certain action is taken) are put into its inequalities. The sum is worked out once more without the equations:
only where it is still a contradiction are they left out, so that what is told is what was checked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from typing import Any

from analyses.certificates import verify
from games.terms import ZERO, Op, Poly, Sign, poly, product_of, sign

Number = int | str
"""What a proof calls a fact."""


@dataclass(frozen=True)
class Origin:
    """Where a fact is from: a ``part`` of the obligation, and there the relation of that ``place``, from 0."""

    part: str
    place: int = 0


@dataclass(frozen=True)
class Decision:
    """A decision in a tree: who decides after which moves of which model; ``other``: of a second equilibrium."""

    player: str
    path: tuple[str, ...]
    actions: tuple[str, ...]
    model: int = 0
    other: bool = False


@dataclass(frozen=True)
class Supposed:
    """One of several alternatives: that of place ``branch`` of the choice ``number``; at a ``decision``, an action."""

    number: Number
    branch: int
    origin: Origin
    said: tuple[Sign, ...]
    decision: Decision | None = None

    @property
    def action(self) -> str:
        """What is done at the decision."""
        return self.decision.actions[self.branch] if self.decision else ""


@dataclass(frozen=True)
class Fact:
    """A sign over what the equations leave, which is that of the ``amount``, perhaps multiplied by a positive number;
    ``instead``: that this action would not pay the player at the decision more than what is done there."""

    of: Sign
    origin: Origin
    amount: Poly
    decision: Decision | None = None
    instead: str = ""


@dataclass(frozen=True)
class Closed:
    """A case in which the ``facts`` contradict each other; ``equal`` are equations over parameters that were put in.

    ``supposed`` are the alternatives that this takes, ``within`` all that stand on the way to it. ``multiplied``: some
    facts are multiplied with each other. Where nothing but numbers is left, ``facts`` is empty.
    """

    supposed: frozenset[Supposed]
    within: frozenset[Supposed]
    facts: tuple[Fact, ...]
    equal: tuple[Fact, ...] = ()
    multiplied: bool = False

    @property
    def key(self) -> object:
        """What makes it the same as another one."""
        return self.supposed, frozenset(self.facts), frozenset(self.equal)


@dataclass(frozen=True)
class Told:
    """A proof as ``cases``, each once.

    ``ends`` counts all ends of the proof, ``trivial`` those where only numbers are left.
    """

    cases: tuple[Closed, ...]
    ends: int
    trivial: int

    @property
    def throughout(self) -> frozenset[Supposed]:
        """The alternatives that stand on the way to every case."""
        return frozenset.intersection(*(case.within for case in self.cases)) if self.cases else frozenset()

    @property
    def used(self) -> frozenset[Origin]:
        """Where the facts are from that are used anywhere."""
        inside = [fact.origin for case in self.cases for fact in (*case.facts, *case.equal)]
        return frozenset([*inside, *(one.origin for case in self.cases for one in case.supposed)])


def told(certificate: Mapping[str, Any]) -> Told | None:
    """What the certificate's proof consists of; None where it has none of the kind that can be told.

    The certificate must be one that the checker accepts.
    """
    found = _proof_of(certificate)
    return None if found is None else _Reading(certificate["statement"], *found).told()


def premises_used(certificate: Mapping[str, Any]) -> frozenset[int]:
    """The places of the premises that the certificate's proof refers to, or stands in a split of."""
    found = _proof_of(certificate)
    if found is None:
        return frozenset(range(len(certificate["statement"].get("premises", []))))
    return _Reading(certificate["statement"], *found).premises_used()


def _proof_of(certificate: Mapping[str, Any]) -> tuple[Any, verify.Formula] | None:
    """The proof of an accepted certificate that refutes an obligation, with that obligation."""
    proof, statement = certificate.get("proof"), certificate["statement"]
    if isinstance(proof, dict):
        if "candidates" in proof:
            return proof["none"], verify.obligation(statement, candidates=proof["candidates"])
        proof = proof.get("every")
    if proof is None or "witness" in certificate:
        return None
    return proof, verify.obligation(statement)


class _Reading:
    """Goes through a proof."""

    def __init__(self, statement: Mapping[str, Any], proof: Any, formula: verify.Formula) -> None:
        self.statement, self.proof, self.formula = statement, proof, formula
        self.decisions = _decisions(statement)
        self.question = verify.Question(statement)
        self.facts: dict[Number, verify.Fact] = {}
        self.origins: dict[Number, Origin] = {}
        self.above: dict[Number, Supposed] = {}
        self.moves: dict[frozenset[Any], tuple[Decision, str]] = {}
        self.found: dict[object, Closed] = {}
        self.ends = self.trivial = 0
        for fact, origin in zip(formula.facts, self._origins(), strict=True):
            self._learn(fact, origin)
        for fact in formula.facts:
            self._read_decision(fact)

    def told(self) -> Told:
        self._walk(self.proof, frozenset())
        return Told(tuple(self.found.values()), self.ends, self.trivial)

    def premises_used(self) -> frozenset[int]:
        numbers = set(_numbers(self.proof))
        origins = (self.origins.get(number) for number in numbers)
        return frozenset(origin.place for origin in origins if origin is not None and origin.part == "premises")

    def _origins(self) -> Iterator[Origin]:
        """Where each fact of the obligation is from, in order."""
        own = {"premises": self.statement.get("premises", []), "assumptions": self._assumptions()}
        for part, many in self.formula.parts.items():
            if part in own:
                for place, said in enumerate(own[part]):
                    yield from [Origin(part, place)] * self._count(said)
            else:
                yield from (Origin(part, place) for place in range(many))

    def _assumptions(self) -> list[Any]:
        return [said for model in self.statement["models"] for said in model.get("assumptions", [])]

    def _count(self, said: Any) -> int:
        """How many facts a relation between parameters comes to."""
        return len(self.question.given(said))

    def _learn(self, fact: verify.Fact, origin: Origin) -> None:
        self.facts[fact.number] = fact
        self.origins[fact.number] = origin
        if isinstance(fact, verify.Or):
            for branch in fact.branches:
                for inner in branch:
                    self._learn(inner, origin)

    def _read_decision(self, fact: verify.Fact) -> None:
        """What is known of a choice that is a decision in a tree: which inequality keeps which action from paying."""
        decision = self._decision(fact)
        if decision is None or not isinstance(fact, verify.Or):
            return
        for action, branch in zip(decision.actions, fact.branches, strict=True):
            for inner in branch:
                if isinstance(inner, verify.Sign):
                    self.moves[_key(inner)] = decision, action

    def _decision(self, fact: verify.Fact) -> Decision | None:
        if not isinstance(fact, verify.Or) or self.origins[fact.number].part != "equilibrium":
            return None
        names = {name for branch in fact.branches for name in verify.names_in(branch)}
        known = [self.decisions[name] for name in names if name in self.decisions]
        own = min(known, key=lambda decision: len(decision.path), default=None)
        return own if own is not None and len(own.actions) == len(fact.branches) else None

    # The proof.

    def _walk(self, proof: Any, supposed: frozenset[Supposed]) -> None:
        match proof[0]:
            case "split":
                self._split(proof[1], proof[2], supposed)
            case "cut":
                self._cut(proof, supposed)
            case "sum":
                self._end(proof[1], supposed)

    def _split(self, number: Number, proofs: Sequence[Any], supposed: frozenset[Supposed]) -> None:
        choice = self.facts[number]
        assert isinstance(choice, verify.Or)
        decision = self._decision(choice)
        for k, (branch, proof) in enumerate(zip(choice.branches, proofs, strict=True)):
            said = tuple(_sign(fact) for fact in branch if isinstance(fact, verify.Sign))
            own = Supposed(number, k, self.origins[number], said, decision)
            for fact in branch:
                self.above[fact.number] = own
            self._walk(proof, supposed | {own})

    def _cut(self, proof: Any, supposed: frozenset[Supposed]) -> None:
        """A lemma, or two halves: both are told as cases."""
        name = proof[1]
        for k, truth in enumerate((False, True)):
            facts = _cut_facts(proof[2], truth, name)
            said = tuple(_sign(fact) for fact in facts if isinstance(fact, verify.Sign))
            own = Supposed(name, k, Origin("cut"), said)
            for fact in facts:
                self._learn(fact, Origin("cut"))
                self.above[fact.number] = own
            self._walk(proof[3 + k], supposed | {own})

    def _end(self, rows: Sequence[Any], within: frozenset[Supposed]) -> None:
        self.ends += 1
        used = list(dict.fromkeys(number for row in rows for number in row[1]))
        given, equal = self._put(used)
        left = {number: self._left(number, given) for number in used}
        if not _contradiction(rows, left, self.facts):
            given, equal = {}, ()
            left = {number: self._left(number, {}) for number in used}
        facts = [self._fact(number, left[number], given) for number in used if left[number].names]
        if not facts:
            self.trivial += 1
            return
        case = Closed(
            self._supposed(used, within),
            within,
            tuple(dict.fromkeys(facts)),
            equal,
            any(len(row[1]) > 1 or len(row) > 2 for row in rows if all(left[n].terms for n in row[1])),
        )
        known = self.found.get(case.key)
        self.found[case.key] = case if known is None else replace(known, within=known.within & within)

    def _supposed(self, used: Iterable[Number], within: frozenset[Supposed]) -> frozenset[Supposed]:
        """The alternatives whose facts are used, and those in which these stand."""
        found: set[Supposed] = set()
        waiting = list(used)
        while waiting:
            own = self.above.get(waiting.pop())
            if own is not None and own in within and own not in found:
                found.add(own)
                waiting.append(own.number)
        return frozenset(found)

    def _put(self, used: Iterable[Number]) -> tuple[dict[str, Poly], tuple[Fact, ...]]:
        """What the equations used say that variables are, and those of them that are about parameters alone."""
        given: dict[str, Poly] = {}
        equal = []
        equations = [n for n in used if isinstance(fact := self.facts[n], verify.Sign) and fact.op == "=="]
        for unknowns in (True, False):
            for number in equations:
                of = self._left(number, given)
                name = _solvable(of, unknowns)
                if name is None:
                    continue
                if not unknowns:
                    equal.append(Fact(_sign(self.facts[number]), self.origins[number], of))
                value = Poly({m: -Fraction(c) / of.terms[(name,)] for m, c in of.terms.items() if m != (name,)})
                given = {known: each.put({name: value}) for known, each in given.items()} | {name: value}
        return given, tuple(equal)

    def _left(self, number: Number, given: Mapping[str, Poly]) -> Poly:
        fact = self.facts[number]
        assert isinstance(fact, verify.Sign)
        return Poly(fact.poly.terms).put(given)

    def _fact(self, number: Number, left: Poly, given: Mapping[str, Poly]) -> Fact:
        fact = self.facts[number]
        assert isinstance(fact, verify.Sign)
        said = sign(left, _op(fact))
        assert isinstance(said, Sign)
        decision, instead = self.moves.get(_key(fact), (None, ""))
        if fact.op == "==" or self.origins[number].part != "equilibrium":
            decision, instead = None, ""
        return Fact(said, self.origins[number], left, decision, instead)


def _cut_facts(relation: Any, truth: bool, name: str) -> verify.Facts:
    """The facts that a cut adds, where its relation holds or does not, under the numbers that a proof has for them."""
    facts = verify.relation(relation, truth, lambda side: verify.plain(verify.listed(side, "cut")), "cut")
    return verify.numbered(facts, (f"{name}.{k}" for k in count()))


def _key(fact: verify.Sign) -> frozenset[Any]:
    """What tells the polynomial of a fact from another one."""
    return frozenset(fact.poly.terms.items())


def _op(fact: verify.Sign) -> Op:
    return "==" if fact.op == "==" else ">" if fact.op == ">" else ">="


def _sign(fact: verify.Fact) -> Sign:
    assert isinstance(fact, verify.Sign)
    return Sign(Poly(fact.poly.terms), _op(fact))


def _solvable(of: Poly, unknown: bool) -> str | None:
    """A variable that the equation determines: an unknown, whose name has a space, or else a parameter."""
    for name in sorted(of.names, key=lambda each: (-len(each), each)):
        if (" " in name) is unknown and (name,) in of.terms and sum(name in monomial for monomial in of.terms) == 1:
            return name
    return None


def _contradiction(rows: Sequence[Any], left: Mapping[Number, Poly], facts: Mapping[Number, verify.Fact]) -> bool:
    """Whether the sum is still one without the equations that were put in."""
    total, strict = ZERO, False
    most = {number for number, fact in facts.items() if isinstance(fact, verify.Sign) and fact.op == ">"}
    for row in rows:
        weight = Poly(_terms(row[0])) if isinstance(row[0], list) else poly(Fraction(row[0]))
        roots = [Poly(_terms(each)) for each in row[2]] if len(row) > 2 else []
        part = product_of([weight, *(left[number] for number in row[1]), *roots, *roots])
        total = total + part
        strict = strict or (not roots and not isinstance(row[0], list) and most.issuperset(row[1]))
    return total.constant is not None and (total.constant < 0 or (total.constant == 0 and strict))


def _terms(listed: Sequence[Any]) -> dict[tuple[str, ...], Fraction]:
    return {tuple(sorted(names)): Fraction(coefficient) for coefficient, names in listed}


def _numbers(proof: Any) -> Iterator[Number]:
    """The facts that a proof refers to."""
    match proof[0]:
        case "split":
            yield proof[1]
            for each in proof[2]:
                yield from _numbers(each)
        case "cut":
            yield from _numbers(proof[3])
            yield from _numbers(proof[4])
        case "sum":
            for row in proof[1]:
                yield from row[1]


def _decisions(statement: Mapping[str, Any]) -> dict[str, Decision]:
    """The decisions in trees, by the names of the variables that stand for what is got, and reached, there."""
    found: dict[str, Decision] = {}
    several = len(statement["models"]) > 1
    for k, model in enumerate(statement["models"]):
        if model["form"] != "extensive":
            continue
        ends = ["", " of the other"] if statement["of"] == "two" else [f" in {model['name']}" if several else ""]
        for path, node in _nodes(model["game"]["root"], ()):
            where = f"after {', '.join(path)}" if path else "at the start"
            for j, end in enumerate(ends):
                own = Decision(node["player"], path, tuple(node["moves"]), k, bool(j))
                for player in model["game"]["players"]:
                    found[f"{player}'s payoff {where}{end}"] = own
                for below, _ in _nodes_all(node, ()):
                    if below:
                        found[f"probability of {', '.join(below)} {where}{end}"] = own
    return found


def _nodes_all(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    yield path, node
    for action, then in node.get("moves", {}).items():
        yield from _nodes_all(then["then"] if "chance" in node else then, (*path, action))


def _nodes(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The decisions from a node on."""
    return ((where, each) for where, each in _nodes_all(node, path) if "player" in each)
