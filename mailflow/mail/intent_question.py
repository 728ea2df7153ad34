"""What a question is that somebody must answer: not 'why not?', not a polite request, not one the writer answers."""

from __future__ import annotations

from collections.abc import Sequence

from mailflow.mail.intent_seen import Said

_UNMARKED_ENDS = ("", "\n", "\n\n")
DECOY_WORDS_MAX = 4  # 'why not?' and its kind
ANSWER_WORDS_MAX = 2


def is_question(said: Sequence[Said], number: int) -> bool:
    """Tell whether a sentence asks somebody something."""
    sentence = said[number]
    if not sentence.asks and not _asks_without_a_mark(sentence):
        return False
    if all(
        (seen.has("decoy", "yes", "lone") and len(seen.clause.words) <= DECOY_WORDS_MAX) or not seen.core
        for seen in sentence.clauses
    ):
        return False
    if any(
        seen.has("request", "withdraw", "unsubscribe") and not seen.has("hedge", "concede") for seen in sentence.clauses
    ):
        return False
    return not _is_answered(said, number)


def _asks_without_a_mark(said: Said) -> bool:
    """'Please tell me how'; or a question's form where no mark ends the sentence."""
    unmarked = said.sentence.clauses[-1].after in _UNMARKED_ENDS
    return said.has("asking") or (unmarked and said.has("question"))


def _is_answered(said: Sequence[Said], number: int) -> bool:
    """'Do I agree? Yes.': the next sentence of the paragraph answers in a word or two."""
    if number + 1 >= len(said):
        return False
    following = said[number + 1]
    if following.asks or following.sentence.paragraph != said[number].sentence.paragraph:
        return False
    if following.clauses[0].has("yes", "no"):
        return True
    words = sum(len(seen.core.split()) for seen in following.clauses)
    is_polite = all(seen.has("polite") for seen in following.clauses)
    return words <= ANSWER_WORDS_MAX and any(seen.core for seen in following.clauses) and not is_polite
