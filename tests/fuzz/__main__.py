"""`make fuzz`: a coverage-guided fuzzer before each reader of strangers' bytes in turn, so many seconds each.

    python -m tests.fuzz SECONDS [READER…]

The fuzzer is no part of the development environment: `make fuzz` puts it into one of its own. What it finds lies in
`build/fuzz`, and belongs among the honest reader's own tests once it is mended.
"""

import subprocess
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.packages", "app.domain"]):
    from tests.fuzz.harness import HARNESSES

KEPT = Path("build") / "fuzz"


def main(seconds: str, *names: str) -> int:
    """Each reader in a process of its own, since the fuzzer ends the process it runs in; 1 where something was found."""
    ran = [
        subprocess.run([sys.executable, "-m", "tests.fuzz", "--one", name, seconds], check=False) for name in names or HARNESSES
    ]
    return int(any(each.returncode for each in ran))


def fuzz(name: str, seconds: str) -> None:
    """One reader, from its honest samples on and what was met in earlier runs; ends the process."""
    corpus = KEPT / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(HARNESSES[name].honest):
        (corpus / f"honest-{number}").write_bytes(sample)
    options = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=1024",
        f"-artifact_prefix={KEPT / name}-",
        "-verbosity=0",
    ]
    sys.stdout.write(f"{name}: {seconds} s\n")
    atheris.Setup([sys.argv[0], *options, str(corpus)], HARNESSES[name].takes)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        fuzz(*sys.argv[2:])
    sys.exit(main(*sys.argv[1:]))
