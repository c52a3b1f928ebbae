"""Seals the files of a folder as one package, in a process of its own; tells seconds by the clock and of the processor."""

import hashlib
import sys
import time
from pathlib import Path

from app.packages.manifest import BlobPlace
from app.packages.seal import Attachment, Contents, seal
from tests.app.packages.parcels import RECIPIENT, SCHEMA, SEAT, heading


def main(files: Path, target: Path) -> None:
    """What the station knows of a file when it seals, its digest, is reckoned before."""
    attachments = [_attachment(each) for each in sorted(files.iterdir())]
    begun, worked = time.perf_counter(), time.process_time()
    seal(
        target / "attachments.llz",
        heading(),
        Contents(schema=SCHEMA, attachments=attachments),
        recipients=[RECIPIENT],
        signer=SEAT,
    )
    sys.stdout.write(f"{time.perf_counter() - begun} {time.process_time() - worked}\n")


def _attachment(path: Path) -> Attachment:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    place = BlobPlace(id=f"sha256:{digest.hexdigest()}", size=path.stat().st_size, offset=0)
    return Attachment(place=place, read=lambda: path.open("rb"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
