"""Answers to the questions of a qualification and of the map."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.qualifying.scores import ANSWERS, LONGEST_ANSWER, LONGEST_QUESTION, QUESTIONS, of_map
from infield.deals.record.models import UNCHANGED, Done, Record, told_of
from infield.deals.refusals import Refusal
from infield.deals.state import Told
from infield.history.models import Event


class Answer(models.Model):
    """What the buyer answered, as it stands: `value` yes, partly, no or unknown, and in words.

    `question`: `bant:…`, `gpct:…`, or stage:key of a question of the map.
    """

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="answers")
    question = models.CharField(max_length=LONGEST_QUESTION)
    value = models.CharField(max_length=8)
    text = models.TextField(default="")
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deal", "question"], name="answer_once"),
            models.CheckConstraint(condition=Q(value__in=list(ANSWERS)), name="answer_value"),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.value}"


class Qualifying(Record):
    """What the buyer answers."""

    class Meta(Record.Meta):
        abstract = True

    def answer(
        self, question: str, value: str, by: User, text: str = "", *, seen: str | None = None, asked: str = ""
    ) -> Done:
        """Keep an answer in place of the one before: yes, partly, no or unknown, and in words.

        `asked`: the question in words, for one that stands neither in a qualification nor on the map.
        Refusal: unknown_question, unknown_answer, too_long, lost; Stale.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            if not asked and question not in QUESTIONS and question not in self.map_questions():
                raise Refusal("unknown_question")
            if value not in ANSWERS:
                raise Refusal("unknown_answer")
            if len(text) > LONGEST_ANSWER:
                raise Refusal("too_long", most=LONGEST_ANSWER)
            there = Answer.objects.filter(deal_id=self.pk, question=question).first()
            if there and (there.value, there.text) == (value, text.strip()):
                return UNCHANGED
            self._refuse_unseen(Answer, seen, value, question=question)
            data = {"question": question, "value": value}
            event = self._record("question_answered", by, at, data, {"answer": text, "question": asked})
            keep_answer(self.pk, question, told_of(event))
            return Done("question_answered", (event,))

    def map_questions(self) -> frozenset[str]:
        """Give the keys of the map's questions."""
        return frozenset(of_map(stage.key, one.key) for stage in self.map().stages for one in stage.questions)


def keep_answer(deal: UUID, question: str, event: Told | None) -> None:
    """Write the row of an answer as an event tells it; none where its value is none of ours, as from an import."""
    Answer.objects.filter(deal_id=deal, question=question).delete()
    if event is None or event.data.get("value") not in ANSWERS:
        return
    value, text = str(event.data["value"]), event.said.get("answer", "")
    Answer.objects.create(deal_id=deal, question=question, value=value, text=text, event_id=event.id)
