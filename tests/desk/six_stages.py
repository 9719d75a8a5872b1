# ruff: noqa: E501  (a table)
"""A map of six stages about deals, for the tests of the screens: weights 10, 15, 20, 20, 20, 15."""

_STAGE = """
  - key: {key}
    name: {name}
    about: deal
    department: sales
    expected_days: {days}
    entry: {entry}
    details: {details}
    buyer_needs: {needs}
    criteria:
{criteria}
    questions:
{questions}
    guidance:
      - {{kind: approach, name: Mirror, text: Repeat their last words as a question and wait.}}
      - {{kind: objection, text: Ask what would have to be true for it to be no problem.}}
"""
_CRITERION = (
    "      - {{key: {key}, text: {text}, weight: {weight}, required: {required}, proof: {{tick: true}}}}"
)
_QUESTION = "      - {{key: {key}, text: {text}}}"

_STAGES = (
    ("prospecting", "Prospecting", 8, (("Company fits our profile", 4), ("First contact replied", 4), ("A need is noted", 2))),
    ("qualified", "Qualified", 12, (("Budget range confirmed", 5), ("Decision maker identified", 5), ("Need and timing stated by the customer", 5))),
    ("needs", "Needs agreed", 18, (("Customer confirmed the problem in writing", 8), ("Cost of doing nothing is in figures", 6), ("Buying process is mapped with the champion", 6))),
    ("proposal", "Proposal", 16, (("Proposal presented to the decision maker", 10), ("Champion defends it when we are absent", 6), ("Written questions answered", 4))),
    ("negotiation", "Negotiation", 14, (("Terms agreed in principle", 10), ("Legal has the draft", 6), ("Start date named by the customer", 4))),
    ("commitment", "Commitment", 6, (("Verbal yes from the one who signs", 8), ("Contract sent", 4), ("Kick-off is dated", 3))),
)  # fmt: skip
_QUESTIONS = (
    "Who else has to agree before you can sign?",
    "What happens if nothing is done about it?",
    "How will you know in a year that it paid off?",
)


def _stage(key: str, name: str, days: int, criteria: tuple[tuple[str, int], ...]) -> str:
    return _STAGE.format(
        key=key,
        name=name,
        days=days,
        entry=f"{name} has begun",
        details=f"We work on what {name.lower()} needs; together with the customer, in their words.",
        needs="To see that we understood before we offer",
        criteria="\n".join(
            _CRITERION.format(
                key=f"{key}_{number}", text=text, weight=weight, required=str(number != 3 or key != "prospecting").lower()
            )
            for number, (text, weight) in enumerate(criteria, 1)
        ),
        questions="\n".join(
            _QUESTION.format(key=f"{key}_q{number}", text=text) for number, text in enumerate(_QUESTIONS, 1)
        ),
    )  # fmt: skip


SIX_STAGES = """
name: Six stages
language: en
currency: EUR
owner: Anna Lindqvist
review_every_days: 90
objective: {text: Win new customers worth 500000 euros, kind: amount, target: 500000, by: 2027-12-31}
starting_point: {at: top_of_funnel, stage: prospecting}
departments: [{key: sales, name: Sales}]
measures: [{key: win_rate, name: Deals won of deals decided, target: 25, unit: percent}]
points_that_count: [{counts: win, stage: commitment, at: exit}]
stages:""" + "".join(_stage(*row) for row in _STAGES)
SIX_STAGES = SIX_STAGES.replace(
    "    name: Commitment\n    about: deal\n", "    name: Commitment\n    about: deal\n    sale: true\n"
)
