"""What the newly written words ask for. A false signature is the worst error: doubt is `unclear`.

The way of a text: cut into sentences and clauses (intent_text), its language guessed (intent_language), the phrases of
that language's table found (intent_match, phrases/), each clause looked at (intent_seen), weighed as evidence
(intent_evidence, intent_signing, intent_question), and decided upon (intent_decide, intent_subject).
"""

from __future__ import annotations

from mailflow.domain.reading import Context, Intent, IntentReading
from mailflow.mail.intent_decide import decide
from mailflow.mail.intent_evidence import weigh
from mailflow.mail.intent_subject import bare_subject, read_subject

__all__ = ["bare_subject", "read_intent"]


def read_intent(new_text: str, subject: str, context: Context, sent_subject: str = "") -> IntentReading:
    """Say what the newly written words ask for.

    subject: of the reply; it counts where it was changed to an answer. sent_subject: of the mail that is answered.
    In the contexts proposal and launch nothing is ever `sign`; without a context a bare yes or no is `unclear`.
    """
    words = weigh(new_text, context)
    intent, reasons = decide(words)
    if intent in (Intent.UNCLEAR, Intent.COMMENT):
        intent, reasons = read_subject(words, subject, sent_subject) or (intent, reasons)
    return IntentReading(
        intent=intent,
        reasons=tuple(reasons),
        language=words.language,
        has_question=bool(words.questions),
        undoes=words.evidence.has("notme"),
    )
