"""A5: Russia has always been firm."""

from sympy import And, Eq, Implies, symbols

from analyses.arguments import Premise
from analyses.claims import Reach
from analyses.commentary.quantities import CHOSEN, about, full
from analyses.commentary.statements import argument, statement
from games.sanctions import threat
from games.sources import COMMENTARY, Quoted

model = threat.MODEL
V, h, e, b, rho, g, tau, mu = threat.V, threat.h, threat.e, threat.b, threat.rho, threat.g, threat.tau, threat.mu
soft, hard = symbols("soft hard")
conceding = {soft: Reach(("Full", "Soft", "Concede")), hard: Reach(("Full", "Hard", "Concede"))}
none = about(soft + hard <= 0, conceding)
told_apart = (
    Premise("holding costs Japan less than backing down (e > −b)", (e > -b,)),
    Premise(
        "the sanctions harm a soft Russia enough and a hard one too little",
        (threat.v_L + tau < h, h < threat.v_H),
    ),
    Premise("conceding late costs Russia more than retaliating gains (g < tau)", (g < tau,)),
    Premise("nobody is certain which Russia it is (0 < mu < 1)", (mu > 0, mu < 1)),
)

ARGUMENT = argument(
    "A5",
    "Russia has always been firm",
    Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
    "If it was always firm there is nothing to learn: changed wording and patrols then carry no information, and "
    "that they answer Japan (A1) loses its mechanism.",
    statement(
        "A5-firm",
        "Threatening a Russia of unknown resolve brings nothing",
        "Russia concedes at no resolve that it may have.",
        none,
        model=model,
        concept="perfect-bayesian",
        reading="firm as far as anybody knows",
    ),
    statement(
        "A5-literal",
        "Even a Russia that is certainly firm is forced",
        "If Russia is certainly hard, sanctions bring a concession all the same.",
        about(soft + hard > 0, conceding),
        Premise("Russia is certainly hard (mu = 0)", (Eq(mu, 0),)),
        model=model,
        concept="perfect-bayesian",
        reading="firm, literally",
    ),
    statement(
        "A5-odds",
        "The threat is made where a soft Russia is probable enough, and only there",
        "Japan imposes full sanctions if a soft Russia is more probable than (rho − e)/(V + rho − e), and none if "
        "it is less.",
        about(
            And(
                Implies(mu * (V + rho - e) > rho - e, full >= 1),
                Implies(mu * (V + rho - e) < rho - e, full <= 0),
            ),
            CHOSEN,
        ),
        *told_apart,
        model=model,
        concept="perfect-bayesian",
        reading="firm as far as anybody knows",
    ),
)
