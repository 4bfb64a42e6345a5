"""The hidden premise: what an argument leaves unsaid, and needs.

A refuted claim becomes a theorem once premises are added that exclude every payoff at which it fails. Of the sets of
simple inequalities that do (`analyses.claims.questions.comparisons`), the weakest are wanted: those that keep as much
as possible of what the claim's own premises allow. How they are found is said in
`analyses.claims.questions.hidden_search`.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from time import perf_counter

from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.questions.hidden_search import STEPS, AddedPremises, Search
from analyses.proof.solver import StuckError
from games.errors import InputError
from games.exact import readable
from games.formulas.relations import in_words
from games.solvers.limits import OutOfTimeError, time_limit
from games.tables import Cell, Table, Tabular


@dataclass(frozen=True, repr=False)
class HiddenPremises(Tabular):
    """The weakest sets of simple premises found that make a claim a theorem, the weakest first.

    Each is verified by a proof of its own. ``covers``: the claim holds nowhere but where one of the sets does; None if
    that was not found out. ``sampled`` is the size of the sample behind the shares, which are estimates: exact points
    on a grid, drawn by a walk of fixed seed. ``remarks`` say what else a reader should know.

    >>> from analyses.claims import Claim, hidden_premises, never
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody gives in.", load("conflict-expectations"), never(("Demand", "Concede")))
    >>> found = hidden_premises(claim, most=1)
    >>> found.covers, len(found.found)
    (False, 1)
    """

    claim: Claim
    found: tuple[AddedPremises, ...]
    covers: bool | None
    sampled: int
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    def table(self) -> Table:
        """One row for each set."""
        rows = tuple(
            (
                Cell(str(number)),
                Cell(str(each)),
                Cell(_percent(each.kept)),
                Cell(_percent(each.kept_of_true)),
                Cell({True: "yes", False: "no", None: "not known"}[each.is_exact]),
            )
            for number, each in enumerate(self.found, start=1)
        )
        header = ("", "Premises added", "Keeps of what is allowed", "Keeps of where the claim holds", "Needed as well")
        return Table(header, rows, numeric=frozenset({2, 3}))

    def findings(self) -> tuple[str, ...]:
        """What must be added, in sentences."""
        sentences = []
        for each in self.found:
            tail = " The claim holds nowhere else." if each.is_exact else ""
            kind = "Shorter, but stronger: with" if each.is_shorter else "With"
            sentences.append(
                f"{kind} {' and '.join(map(in_words, each.premises))} the claim is proved. This keeps about "
                f"{_percent(each.kept)} of what the premises allow ({self.sampled:,} exact points sampled).{tail}"
            )
        if len(self.found) > 1 and self.covers:
            sentences.append("The claim holds nowhere but where one of these sets does.")
        if self.found and self.covers is False:
            sentences.append("The claim holds at further payoffs, which none of these sets keeps.")
        return (*sentences, *self.remarks)

    def __repr__(self) -> str:
        return "\n".join([f"{self.claim.name}: what is left unsaid", *self.findings()])

    def _repr_html_(self) -> str:
        return self.table().html()

    def as_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "claim": self.claim.name,
            "premises": [in_words(premise) for premise in self.claim.premises],
            "found": [
                {
                    "premises": [in_words(premise) for premise in each.premises],
                    "kept": str(each.kept),
                    "kept_of_true": str(each.kept_of_true),
                    "is_exact": each.is_exact,
                    "is_shorter": each.is_shorter,
                }
                for each in self.found
            ],
            "covers": self.covers,
            "sampled": self.sampled,
            "remarks": list(self.remarks),
        }


def _percent(share: Fraction) -> str:
    return "less than 0.1 %" if share < Fraction(1, 1000) else f"{readable(round(100 * share, 1))} %"


def hidden_premises(claim: Claim, seconds: float | None = None, most: int = 5, steps: int = STEPS) -> HiddenPremises:
    """The weakest sets of simple inequalities, at most ``most``, that make the claim a theorem when added.

    Sets of one or two inequalities are given besides where the weakest have more. A claim that holds as it stands needs
    none, and there is none for a claim that fails wherever its premises hold; the remarks say so. The search is bounded
    in ``steps`` of its own and in the solver's, so that the answer is the same on every machine; a time limit in
    ``seconds`` may cut it short. Where either did, the remarks say so.

    >>> from analyses.claims import Claim, hidden_premises, never
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody gives in.", load("conflict-expectations"), never(("Demand", "Concede")))
    >>> [[str(each) for each in added.premises] for added in hidden_premises(claim, most=2).found]
    [['2*D + c_s > D*beta + beta*c_s + c_t'], ['beta*c_t + c_s > c_t']]

    Raises `InputError` for contradictory premises, a claim about a monotone dependence, and one whose parameters may
    leave their ranges.
    """
    check_is_claim(claim)
    started = perf_counter()
    if most < 1:
        raise InputError(f"at most {most} sets were asked for; ask for one at least")
    found: tuple[AddedPremises, ...] = ()
    covers, sampled, remarks = None, 0, list[str]()
    with time_limit(seconds):
        try:
            search = Search(claim, steps)
            remarks = search.remarks
            sets, covers = search.sets(most)
            found, sampled = tuple(sets), search.sampled
        except OutOfTimeError:
            remarks.append("The time was up before anything was found.")
        except StuckError:
            remarks.append("The solver of inequalities did not stop.")
    return HiddenPremises(claim, found, covers, sampled, tuple(remarks), perf_counter() - started)
