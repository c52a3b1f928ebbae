"""Reconciling by the command line: what is open and what to do, records by where they stand, the papers of the exchange."""

from pathlib import Path

from tests.builders import messages_csv
from tests.journeys.programs import Line, enrolled_line


def exported(line: Line, tmp_path: Path, first: int) -> Path:
    line.station("import", messages_csv(tmp_path / f"messages-{first}.csv", 2, first=first), "--as", "issues")
    return Path(line.station("export", "--output", tmp_path / "stick", "--records-only", "--max-mb", "100")["package"])


def test_a_lost_package_is_missed_copied_again_and_settled(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    packages = [exported(line, tmp_path, first) for first in (1, 11, 21)]

    def received(*paths: Path) -> None:
        line.body("intake", *paths)
        laid_out = line.body("receipts", "--station", "430181001-001", "--output", tmp_path / "back")["files"]
        line.station("receive", *laid_out)

    received(packages[0], packages[2])
    told = line.station("reconcile", "sent")
    assert [(each["seq"], each["what"]) for each in told["questions"]] == [(2, "gap")]
    assert told["records"]["sent"] == len(told["listed"])
    assert {each["package"] for each in told["listed"]} == {2}
    assert told["records"]["late"] == 0
    received(Path(line.station("copy", "2", "--output", tmp_path / "stick")["package"]))
    told = line.station("reconcile")
    assert told["files"] == {"never_sent": 0, "sent": 0, "received": 0}
    assert (told["questions"], told["records"]["sent"], told["listed"]) == ([], 0, [])
    for args in (("print", "delivery-note", "2,3"), ("reconcile",)):
        file = tmp_path / "papers" / f"{args[0]}.pdf"
        assert line.station(*args, "--output", file)["noted"]
        assert file.read_bytes().startswith(b"%PDF")
