"""Runs in bench's own venv: what a library takes for the new text. LIBRARY TEXTS.jsonl GOT.jsonl; prints JSON.

TEXTS: {"path", "text"} a line: the libraries know nothing of MIME, so each mail's text is made for them beforehand.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def email_reply_parser() -> Callable[[str], str]:
    from email_reply_parser import EmailReplyParser

    return EmailReplyParser.parse_reply


def talon() -> Callable[[str], str]:
    from talon import quotations
    from talon.signature.bruteforce import extract_signature

    return lambda text: extract_signature(quotations.extract_from_plain(text))[0]


def quotequail() -> Callable[[str], str]:
    import quotequail

    return lambda text: "\n".join(part for is_new, part in quotequail.quote(text) if is_new)


def quotequail_unwrap() -> Callable[[str], str]:
    import quotequail

    return lambda text: (quotequail.unwrap(text) or {"text_top": text}).get("text_top", "")


def mail_parser_reply() -> Callable[[str], str]:
    from mailparser_reply import EmailReplyParser

    parser = EmailReplyParser(languages=["en", "de", "fr", "es", "it", "nl", "pl", "pt"])
    return lambda text: parser.parse_reply(text=text) or ""


LIBRARIES = {f.__name__: f for f in (email_reply_parser, talon, quotequail, quotequail_unwrap, mail_parser_reply)}


def main(library: str, texts: str, got: str) -> None:
    new_text, failed = LIBRARIES[library](), 0
    with open(texts, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    began = time.process_time()
    answers = []
    for row in rows:
        try:
            answers.append(new_text(row["text"]) or "")
        except Exception:
            failed += 1
            answers.append("")
    seconds = time.process_time() - began
    with open(got, "w", encoding="utf-8") as out:
        for row, answer in zip(rows, answers, strict=True):
            out.write(json.dumps({"path": row["path"], "new_text": answer}) + "\n")
    print(json.dumps({"count": len(rows), "seconds": seconds, "failed": failed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
