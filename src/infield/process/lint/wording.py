"""What each mistake in a map is called, why it matters and what to do: the templates of the sentences.

`infield.process.wording` puts the names and numbers in. Every template is one whole sentence or two, so
that a translator can turn it.
"""

from collections.abc import Mapping

from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

FINDINGS: Mapping[str, tuple[str, str, str]] = {
    "duplicate-key": (
        N_("The key “{key}” is used twice."),
        N_("Keys tell things apart; with two of the same name, no one can say which one is meant."),
        N_("Give one of them another key, and correct what refers to it."),
    ),
    "unknown-stage": (
        N_("There is no stage with the key “{key}”."),
        N_("A way or a point that refers to a missing stage leads nowhere."),
        N_("Use one of the keys of this map: {known}."),
    ),
    "unknown-department": (
        N_("The stage “{stage}” belongs to the department “{key}”, which is not listed."),
        N_("Without an entry the department has no name and no lane in the picture."),
        N_("Add the department under “departments”, or correct the key."),
    ),
    "answer-without-question": (
        N_("A criterion of the stage “{stage}” needs the answer to “{key}”, but no such question is there."),
        N_("Nobody will ask this question, so the criterion can never be met."),
        N_("Add the question with this key to the stage, or choose another proof."),
    ),
    "about-order": (
        N_("The stage “{stage}” is about the {about}, which does not fit its place in the map."),
        N_("A buyer is first part of the audience, then a lead, then in a deal, then a client."),
        N_("Move the stage, or say with “about” whom it is about at this place."),
    ),
    "two-sales": (
        N_("The stage “{stage}” is marked as the sale, and so is “{first}” before it."),
        N_("Only one moment can count as the sale, or wins and cycle times mean two things."),
        N_("Keep “sale: true” on the one stage whose exit is the sale."),
    ),
    "client-before-sale": (
        N_("The stage “{stage}” is about a client, but it comes no later than the sale, “{sale}”."),
        N_("Nobody is a client before the sale; the deal would vanish from the board before it is won."),
        N_("Mark the sale on an earlier stage, or make this stage one about a deal."),
    ),
    "forward-loop": (
        N_("The forward way from “{stage}” to “{target}” leads back and closes a circle."),
        N_("A deal could move forward for ever without coming nearer to the sale."),
        N_("Mark this way with “kind: way_back”, or let it lead to a later stage."),
    ),
    "dead-end": (
        N_("No way leads on from the stage “{stage}”, and it is not the sale."),
        N_("Deals that get here are stuck: they can be neither won nor moved."),
        N_("Write a transition from this stage to the next one."),
    ),
    "no-way-to-sale": (
        N_("No forward way leads from “{start}” to the sale, “{stage}”."),
        N_("A deal that does everything right would still never be won."),
        N_("Check the transitions: one on the way is missing or of another kind than forward or branch."),
    ),
    "unreachable-stage": (
        N_("No way leads to the stage “{stage}”."),
        N_("No deal will ever be in it, so whatever it asks for is never done."),
        N_("Write a transition that leads to it, or remove the stage."),
    ),
    "weights-not-100": (
        N_("The weights up to the sale add up to {sum}, not to 100%. Counted on the way {way}."),
        N_("The weights are shares of a sale: a deal's progress is wrong when they do not make up 100%."),
        N_("Change the weights of the criteria on this way until they add up to 100%."),
    ),
    "fork-weights-differ": (
        N_("The ways on from “{stage}” carry different weights: {sums}. By “{target}” the sum is {sum}."),
        N_("Deals would reach the sale with more or less than 100%, depending on the way they took."),
        N_("Give the alternative ways equal sums, so that each comes to 100% at the sale."),
    ),
    "weight-after-sale": (
        N_("A criterion of “{stage}” carries {weight}, but this stage comes after the sale, “{sale}”."),
        N_("A weight is a share of the sale; what comes later cannot add to it."),
        N_("Remove the weight here and check that those up to the sale add up to 100%."),
    ),
    "weight-on-side-stage": (
        N_("A criterion of “{stage}” carries {weight}, but this stage is not on the way to the sale."),
        N_("Deals that never come here would miss this share and never reach 100%."),
        N_("Remove the weight, or put the stage on a forward way to the sale."),
    ),
    "no-sale": (
        N_("No stage is marked as the sale; “{stage}” is taken for it."),
        N_("Won deals, cycle time and forecast all count at the sale, so it should not be guessed."),
        N_("Write “sale: true” at the stage whose exit is the sale."),
    ),
    "no-weights": (
        N_("No criterion carries a weight."),
        N_("Without weights the map cannot show how near a deal is to the sale."),
        N_("Give each criterion its share of a sale, in percent, together 100%."),
    ),
    "sale-without-gate": (
        N_("Every criterion of the sale, “{stage}”, is optional."),
        N_("A deal could be called won with nothing to show for it."),
        N_("Make the criterion required that proves the sale, such as a signed contract."),
    ),
    "no-criteria": (
        N_("The stage “{stage}” has no exit criteria."),
        N_("Everybody will move deals on by their own feeling, and the stage will mean nothing."),
        N_("Write what must be true before a deal leaves it, in words that can be answered yes or no."),
    ),
    "short-criterion": (
        N_("The criterion “{text}” of “{stage}” names a subject but says nothing of it."),
        N_("Two people will read it in two ways, so that it proves nothing."),
        N_("Write a statement that can be answered yes or no, such as “The budget is approved”."),
    ),
    "opinion-criterion": (
        N_("The criterion “{text}” of “{stage}” asks for an opinion (“{word}”)."),
        N_("A feeling cannot be shown to anyone, and hope keeps dead deals alive."),
        N_("Write what the buyer does or says when it is so."),
    ),
    "task-criterion": (
        N_("The criterion “{text}” of “{stage}” is a task for the rep, not something that is then true."),
        N_("Work that is done does not show that the buyer has moved."),
        N_("Write what is true on the buyer's side once the task has worked, and keep the task as guidance."),
    ),
    "repeated-criterion": (
        N_("The criterion “{text}” of “{stage}” says the same as one of “{first}”."),
        N_("Asked twice, it is ticked without a look, and its weight counts twice."),
        N_("Keep it in one stage, or say what is different the second time."),
    ),
    "repeated-transition": (
        N_("The way from “{stage}” to “{target}” is written twice."),
        N_("If the two lines say different things, one of them is wrong."),
        N_("Remove one of the two."),
    ),
    "too-many-criteria": (
        N_("The stage “{stage}” has {count} exit criteria."),
        N_("People stop reading a list of more than {most} and tick it off as a whole."),
        N_("Keep the few that decide, and split the stage if it holds two steps."),
    ),
    "too-many-stages": (
        N_("The map has {count} stages."),
        N_("With more than {most} stages people forget where one ends, and deals sit in the wrong one."),
        N_("Join stages with the same exit, or make small steps substages."),
    ),
    "long-text": (
        N_("A text of the stage “{stage}” is {count} words long."),
        N_("More than {most} words are not read while working on a deal."),
        N_("Keep what helps at this point; put the rest into guidance, questions or substages."),
    ),
    "short-details": (
        N_("The details of the stage “{stage}” say only “{text}”."),
        N_("Someone new could not work by that."),
        N_("Say who does what with whom, in a sentence or two."),
    ),
    "vague-words": (
        N_("A text of the stage “{stage}” is vague: “{word}”."),
        N_("Everybody fills such words with something else, so the step is done in as many ways."),
        N_("Say what is done, by when, or how one sees that it is done."),
    ),
    "nothing-for-buyer": (
        N_("The stage “{stage}” says nothing about the buyer."),
        N_("A stage with nothing in it for the buyer is one that buyers do not follow."),
        N_("Write what the buyer needs here or what they get, also when they say no."),
    ),
    "seller-only-name": (
        N_("The name “{stage}” tells only what we do."),
        N_("Our work can be finished while the buyer has not moved at all."),
        N_("Name the stage after where the buyer then stands, such as “Proposal under review”."),
    ),
    "no-department": (
        N_("No department owns the stage “{stage}”, while others have one."),
        N_("Work that belongs to nobody is left lying, most of all at a handover."),
        N_("Write the key of a department at “department”."),
    ),
    "no-way-out": (
        N_("There is no way to leave the map without a sale."),
        N_("Most buyers say no at some time; without a way out, lost deals stay on the board."),
        N_('Write “ways_out”: one for a "no", and one for a "no" for now.'),
    ),
    "no-not-now": (
        N_('No way out is for a "no" for now.'),
        N_("Most buyers say no several times before they say yes; called lost, they are never asked again."),
        N_("Add a way out with “kind: not_now” that says when the deal is taken up again."),
    ),
    "no-name": (
        N_("The map has no name."),
        N_("Beside another map, or last year's version, nobody can say which one is meant."),
        N_("Write at “name” what people call this process."),
    ),
    "no-owner": (
        N_("The map has no owner."),
        N_("A map that nobody answers for is not kept up, and soon nobody follows it."),
        N_("Write at “owner” who answers for the map."),
    ),
    "no-measures": (
        N_("The map has no measures."),
        N_("Without a figure nobody can tell whether the process works."),
        N_("Choose two or three under “measures”, such as cycle length or conversion rate."),
    ),
    "no-objective": (
        N_("The map has no objective."),
        N_("A process is best mapped from its end; without a goal every step looks right."),
        N_("Write the goal in one plain sentence at “objective”."),
    ),
}
