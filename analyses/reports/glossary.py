"""The words of a report: what its terms, symbols and derived quantities mean, and how it is to be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy

from analyses.arguments import Case, PlainWords
from analyses.reports.chapters import Chapter
from analyses.reports.telling import upper
from games.solvers.concept import CONCEPTS

TERMS = (
    ("credible", "A promise or a threat is credible if keeping it is the best choice once its time has come."),
    (
        "equilibrium",
        "What everybody chooses, such that nobody would do better to choose otherwise alone. It is what a report "
        "predicts.",
    ),
    (
        "every and some",
        "Where several equilibria are possible, an outcome may be played in every one of them or in some. What every "
        "one plays is certain, what some play is possible.",
    ),
    (
        "main effect",
        "Also called the first index: the part of what varies that one parameter explains by itself, the others being "
        "averaged over.",
    ),
    ("parameter", "A number in the payoffs that is not known. It has a range, within which everything is tried."),
    (
        "payoff",
        "What an outcome is worth to a player, as a number. Payoffs are only compared: with one another, and with 0, "
        "which stands for what each model starts from.",
    ),
    ("premise", "What a statement supposes. Where the text does not have it, the report says that it was added."),
    ("proved", "True for all payoffs within the ranges, the assumptions and the premises, by a proof and no sample."),
    ("refuted", "Not true for all these payoffs. The report names payoffs at which it fails, and how often it holds."),
    ("threshold", "The value of one parameter at which the outcome changes, all others staying as they are."),
    (
        "total effect",
        "Also called the total index: the part of what varies that would vanish if only this parameter were known, "
        "alone or together with others. Near 0 it does not matter.",
    ),
)
"""The terms that every report uses."""

_NASH = "An equilibrium in the plain sense: each choice is the best against what the others choose."

OF_CONCEPTS = {
    "subgame-perfect": "An equilibrium in which everybody also does what is then best at decisions that are never "
    "reached, so that nothing hangs on empty promises and threats.",
    "nash": _NASH,
    "continuous-nash": _NASH,
    "markov-perfect": "An equilibrium in which what is chosen hangs on where things stand and on nothing before.",
    "grim-trigger": "An agreement that holds because whoever breaks it is never trusted again.",
    "nash-stable": "A state in which no side can move, alone, to another that it likes better.",
    "stationary-subgame-perfect": "Offers and answers that are best at every time, the same whenever the same side "
    "proposes.",
    "perfect-bayesian": "An equilibrium in which everybody also does what is best at each decision, given what it "
    "holds likely there, and holds likely what follows from what the others do.",
}
"""What the solution concepts mean, those that a report may name."""


@dataclass(frozen=True)
class Term:
    """One term, with the anchor that the report links to, and the symbol that it has in formulas, if any."""

    id: str
    name: str
    symbol: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """The term as plain data."""
        return {"id": self.id, "name": self.name, "symbol": self.symbol, "text": self.text}


def glossary(case: Case, chapters: Sequence[Chapter]) -> tuple[Term, ...]:
    """The terms by name, then the derived quantities, then the parameters of all chapters."""
    used = {chapter.equilibria.concept for chapter in chapters}
    terms = [
        *TERMS,
        *(
            (f"{CONCEPTS[name].title} {CONCEPTS[name].noun[0]}", text)
            for name, text in OF_CONCEPTS.items()
            if name in used
        ),
    ]
    named = [Term(f"term-{name.replace(' ', '-')}", name, "", text) for name, text in sorted(terms)]
    found = {term.id: term for term in named}
    for term in (*_derived(case, chapters), *_parameters(chapters)):
        known = found.get(term.id)
        found[term.id] = term if known is None else replace(known, text=f"{known.text} Elsewhere: {term.text}")
    return tuple(found.values())


def _derived(case: Case, chapters: Sequence[Chapter]) -> Iterator[Term]:
    """What the models have in shorthand: what it stands for, and its formula."""
    seen = set()
    for chapter in chapters:
        words = case.plain.get(chapter.model.name, PlainWords()).quantities
        for name, formula in chapter.model.shorthand.items():
            if name not in seen:
                seen.add(name)
                meaning = words.get(name, "in shorthand")
                yield Term(f"term-{name}", name, name, f"{upper(meaning)}. It is {_formula(formula)}.")


def _formula(formula: sympy.Expr) -> str:
    if isinstance(formula, sympy.Max):
        return "the greatest of " + ", ".join(sorted(map(_formula, formula.args), key=lambda said: (len(said), said)))
    return str(formula).replace("-", "−")


def _parameters(chapters: Sequence[Chapter]) -> Iterator[Term]:
    """Each symbol with its meaning, and with each of its meanings where models differ."""
    meanings: dict[str, dict[str, list[str]]] = {}
    for chapter in chapters:
        for parameter in chapter.model.parameters:
            meanings.setdefault(parameter.name, {}).setdefault(parameter.meaning, []).append(chapter.model.title)
    for name, own in sorted(meanings.items(), key=lambda item: (item[0].lower(), item[0])):
        several = len(own) > 1
        said = "; ".join(f"{m} (in “{'”, “'.join(titles)}”)" if several else m for m, titles in own.items() if m)
        yield Term(f"term-{name}", name, name, f"{upper(said)}." if said else "A number without a meaning on record.")


def how_to_read() -> tuple[str, str]:
    """Two paragraphs for a reader who has never met a game of this kind."""
    return (
        "A game here is a list of who may do what, in which order, and what each outcome is worth to each side. These "
        "worths, the payoffs, are numbers that nobody has measured, so each has a name, a range within which it may "
        "lie, and a value that is assumed until it is changed. An equilibrium is what happens if each side does what "
        "is best for it, knowing that the others do the same: nobody would gain by doing otherwise alone. It is a "
        "prediction of what follows from the payoffs, and no more certain than they are; it says nothing about what "
        "anybody should do.",
        "What the text argues is put as statements about such games, and each is tried against all payoffs within the "
        "ranges, not only those assumed. Proved means that it holds for every one of them that its premises allow, "
        "refuted that it fails for at least one, which is shown. A proof says that the conclusion follows; whether its "
        "premises are true of the world is another question, which no calculation settles. Symbols and terms are "
        "explained in the glossary at the end.",
    )
