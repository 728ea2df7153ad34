"""Replies read a second and a core, and how well, beside the libraries that exist for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench import venv
from mailflow.mail.parse import parse

SHARED = Path(__file__).parent.parent.parent / "shared" / "corpora"
OWN = Path(__file__).parent.parent / "tests" / "corpus" / "replies"
LIBRARIES = ("email_reply_parser", "talon", "quotequail", "quotequail_unwrap", "mail_parser_reply")


def measure(folder: Path) -> None:
    """Print speed, and accuracy by the corpora's own scorers where the corpora are."""
    problems = venv.installed()
    has_corpora = (SHARED / "real-replies.tar.xz").exists()
    for name in ("real-replies", "peer-replies") if has_corpora else ():
        (folder / name).mkdir()
        subprocess.run(["tar", "xf", str(SHARED / f"{name}.tar.xz"), "-C", str(folder / name)], check=True)
    real = folder / "real-replies" / "replies" if has_corpora else OWN
    texts = {"real": _texts(real, folder / "real.jsonl")}
    if has_corpora:
        texts["peers"] = _texts(folder / "peer-replies" / "messages", folder / "peers.jsonl")
    count = len(list(real.glob("*.eml")))
    print(f"\nReading, one core, processor time: {count} replies from {real if not has_corpora else 'real-replies'}")
    if not has_corpora:
        print("  ../shared/corpora is not here: speed over the project's own corpus, no accuracy")
    print("  the libraries know no MIME: they are given the text that mailflow's parser makes of each mail")
    command = [sys.executable, "-m", "bench.children.reading", str(real)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    print(f"  mailflow, all of it from bytes       {told['count'] / told['whole_s']:>8,.0f} /s")
    print(f"  mailflow, the new-text step alone    {told['count'] / told['new_text_s']:>8,.0f} /s   text and HTML")
    print(f"  the same, of text alone              {told['count'] / told['plain_text_s']:>8,.0f} /s   as the libraries")
    for library in LIBRARIES:
        _library(library, texts, folder)
    for library, why in problems.items():
        print(f"  {library} could not be installed: {why}")
    if has_corpora:
        _mailflow_scores(folder, real)


def _texts(mails: Path, path: Path) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for mail in sorted(mails.glob("*.eml")):
            out.write(json.dumps({"path": mail.name, "text": parse(mail.read_bytes()).text}) + "\n")
    return path


def _library(library: str, texts: dict[str, Path], folder: Path) -> None:
    try:
        speed, scores = "", []
        for name, path in texts.items():
            got = folder / f"{library}-{name}.jsonl"
            told = json.loads(venv.run("new_text.py", library, path, got).splitlines()[-1])
            speed = speed or f"{told['count'] / told['seconds']:>8,.0f} /s"
            scores.append(_score(name, got, folder))
    except subprocess.CalledProcessError as error:
        print(f"  {library} could not be run: {error}")
        return
    print(f"  {library:<36} {speed}   {'; '.join(score for score in scores if score)}")


def _score(name: str, got: Path, folder: Path) -> str:
    if not SHARED.exists():
        return ""
    if name == "real":
        told = _run("score_replies.py", folder / "real-replies" / "truth.jsonl", got)
        return f"real: all right {told['replies all right']:.1%}, new lines kept {told['new lines kept']:.1%}"
    told = _run("score_peers.py", folder / "peer-replies" / "expected.jsonl", got)
    return f"peers: exact {told['exact']:.1%}, F1 {told['f1']:.1%}"


def _run(script: str, *arguments: object) -> dict[str, float]:
    command = [sys.executable, str(SHARED / script), *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return dict(json.loads(done.stdout))


def _mailflow_scores(folder: Path, real: Path) -> None:
    blind = _explained(folder / "blind.jsonl", real)
    print(f"  mailflow, blind                      {_score('real', blind, folder)}")
    told = _explained(folder / "told.jsonl", real, "--sent", folder / "real-replies" / "sent")
    print(f"  mailflow, knowing what was answered  {_score('real', told, folder)}")
    peers = _explained(folder / "peers-got.jsonl", folder / "peer-replies" / "messages")
    print(f"  mailflow, blind                      {_score('peers', peers, folder)}")
    intents = SHARED / "intents"
    pairs = folder / "pairs.jsonl"
    with pairs.open("w") as out:
        for line in (intents / "labels.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            sent = str(intents / row["parent"]) if row["parent"] else ""
            pair = {"path": str(intents / row["file"]), "sent": sent, "context": row["context"]}
            out.write(json.dumps(pair) + "\n")
    got = _run("score_intents.py", intents, _explained(folder / "intents.jsonl", "--pairs", pairs))
    figures = ("in_accept", "false_sign", "missed_sign", "asked", "recall_auto", "recall_bounce", "new_text_exact")
    print("  mailflow, 260 intents                " + ", ".join(f"{name} {got[name]}" for name in figures))


def _explained(got: Path, *arguments: object) -> Path:
    mailflow = Path(sys.executable).with_name("mailflow")
    with got.open("w") as out:
        subprocess.run([str(mailflow), "explain", "--json", *map(str, arguments)], check=True, stdout=out)
    return got
