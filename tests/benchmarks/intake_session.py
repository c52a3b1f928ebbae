"""Run in a process of its own, as intake is at a body: takes packages in, and prints how many seconds that took and the new rows.

Arguments: the home of a body, the file with its passphrase, the packages. The opening is not counted: what a passphrase takes
to be stretched is no row's.
"""

import sys


def main(home: str, secret: str, *packages: str) -> None:
    # Not at the top: the second process of an intake begins by reading this file, and in the program it reads no more than this.
    import json
    import time
    from pathlib import Path

    from app.keys.passphrase import Passphrase
    from app.keys.ways import PassphraseWay
    from app.province import receiver
    from app.province.intake import ACCEPTED, Intake

    way = PassphraseWay(passphrase=Passphrase(Path(secret).read_text(encoding="utf-8")))
    with receiver.opened(Path(home), way, write=True) as body:
        begun = time.perf_counter()
        outcomes = [Intake(body).take(Path(each)) for each in packages]
        seconds = time.perf_counter() - begun
    assert {each.verdict for each in outcomes} == {ACCEPTED}
    print(json.dumps({"seconds": seconds, "rows": sum(each.new for each in outcomes)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
