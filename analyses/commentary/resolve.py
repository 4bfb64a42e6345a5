"""A5: Russia has always been firm."""

from sympy import And, Eq, Implies, Symbol, symbols

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Chosen, Reach
from analyses.commentary.quantities import CHOSEN, about, full
from analyses.commentary.statements import AUTHOR, argument, statement
from games.play.quantities import Quantity
from games.sanctions import threat, wording_and_patrols
from games.sources import COMMENTARY, Assumed, Quoted

model = threat.MODEL
V, h, e, b, rho, g, tau, mu = threat.V, threat.h, threat.e, threat.b, threat.rho, threat.g, threat.tau, threat.mu
soft, hard = symbols("soft hard")
conceding = {soft: Reach(("Full", "Soft", "Concede")), hard: Reach(("Full", "Hard", "Concede"))}
signalled: dict[Symbol, Quantity] = {
    Symbol(f"imposed after {signal}"): Chosen({wording_and_patrols.sees(signal): "Sanction"})
    for signal in wording_and_patrols.SIGNALS
}
imposed = sum(signalled)
none = about(soft + hard <= 0, conceding)
told_apart = (
    Premise(
        "holding costs Japan less than backing down (e > −b)",
        (e > -b,),
        Assumed("the text does not say what Japan would do if it were refused"),
    ),
    Premise(
        "the sanctions harm a soft Russia enough and a hard one too little",
        (threat.v_L + tau < h, h < threat.v_H),
        Assumed("so that the two kinds of Russia act apart"),
    ),
    Premise(
        "conceding late costs Russia more than retaliating gains (g < tau)",
        (g < tau,),
        Assumed("so that whoever concedes does it at once"),
    ),
    Premise(
        "nobody is certain which Russia it is (0 < mu < 1)",
        (mu > 0, mu < 1),
        Assumed("the text is certain; then there is nothing to learn"),
    ),
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
        role=Role.BARE,
        reading="firm as far as anybody knows",
    ),
    statement(
        "A5-literal",
        "A Russia that is certainly firm concedes nothing",
        "If Russia is certainly hard, it does not concede.",
        about(hard <= 0, conceding),
        Premise(
            "Russia is certainly hard (mu = 0)",
            (Eq(mu, 0),),
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        model=model,
        concept="perfect-bayesian",
        role=Role.BARE,
        reading="firm, literally",
    ),
    statement(
        "A5-literal-harm",
        "Where the sanctions harm it less than the islands are worth",
        "If Russia is certainly hard and the sanctions harm it less than the islands are worth to it, it does not "
        "concede.",
        about(hard <= 0, conceding),
        Premise(
            "Russia is certainly hard (mu = 0)",
            (Eq(mu, 0),),
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        Premise(
            "the islands are worth more to a hard Russia than the harm (h < v_H)",
            (h < threat.v_H,),
            Assumed("firm is no absolute: the text does not compare"),
        ),
        model=model,
        concept="perfect-bayesian",
        role=Role.REPAIRED,
        reading="firm, literally",
    ),
    statement(
        "A5-unheard",
        "Changed wording and patrols keep Japan from sanctions",
        "Whatever Russia says or does, Japan refrains.",
        about(imposed <= 0, signalled, said="Japan imposes sanctions after no signal"),
        model=wording_and_patrols.MODEL,
        concept="perfect-bayesian",
        role=Role.BARE,
        reading="wording and patrols as signals of resolve",
    ),
    statement(
        "A5-unmoved",
        "They do not keep back a Japan that gains by sanctions",
        "If sanctions that Russia resists pay Japan, it imposes them whatever Russia says or does.",
        about(imposed >= 3, signalled, said="Japan imposes sanctions after every signal"),
        Premise(
            "sanctions that are resisted pay Japan (e < 0)",
            (wording_and_patrols.e < 0,),
            Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
        ),
        model=wording_and_patrols.MODEL,
        concept="perfect-bayesian",
        role=Role.OPPOSITE,
        reading="wording and patrols as signals of resolve",
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
        role=Role.OPPOSITE,
        reading="firm as far as anybody knows",
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
