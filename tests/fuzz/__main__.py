"""`python -m tests.fuzz COUNT [--seed N] [--out FOLDER]`: garbage for the reader.

With atheris (extra `fuzz`) coverage guides what is tried next; without it, or with --blind, mails of the corpus are
mutated at random and the same seed gives the same inputs. What fails is left in FOLDER, one file an input.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import traceback
from pathlib import Path

FAILURES_MAX = 50


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--blind", action="store_true", help="mutate at random even where atheris is installed")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not arguments.blind and _has_atheris():
        return _guided(arguments.count, arguments.seed, arguments.out)
    return _blind(arguments.count, arguments.seed, arguments.out)


def _has_atheris() -> bool:
    from importlib.util import find_spec

    return find_spec("atheris") is not None


def _guided(count: int, seed: int, out: Path) -> int:
    import atheris

    with atheris.instrument_imports(include=["mailflow.mail"]):
        from tests.fuzz import target  # here, so that the reader is imported under instruments
    sown = Path(tempfile.mkdtemp(prefix="seeds-"))
    for raw in target.seeds():
        (sown / hashlib.sha256(raw).hexdigest()[:16]).write_bytes(raw)
    options = [f"-runs={count}", f"-seed={seed + 1}", "-timeout=20", "-max_len=60000", f"-artifact_prefix={out}/"]
    atheris.Setup([sys.argv[0], *options, str(sown)], lambda raw: target.read_within(raw) and None)
    atheris.Fuzz()
    return 0


def _blind(count: int, seed: int, out: Path) -> int:
    from tests.fuzz.target import read_within, seeds
    from tests.torture.fuzz import mutate

    chance, sown = random.Random(seed), seeds()
    failed, slowest_s = 0, 0.0
    for n in range(count):
        raw = mutate(chance.choice(sown), chance)
        try:
            slowest_s = max(slowest_s, read_within(raw))
        except Exception:
            failed += 1
            (out / f"{hashlib.sha256(raw).hexdigest()[:16]}.eml").write_bytes(raw)
            print(f"seed {seed}, input {n}: {traceback.format_exc(limit=-2)}", file=sys.stderr, flush=True)
            if failed >= FAILURES_MAX:
                break
    print(f"seed {seed}: {n + 1} inputs, {failed} failed, slowest {slowest_s * 1000:.0f} ms", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
