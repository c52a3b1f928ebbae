"""A folder is known by its volume and its way below the top; one that is gone is on none."""

from pathlib import Path

from app.volumes import Spot, spot_of


def test_folders_beside_each_other_are_on_one_volume(tmp_path: Path) -> None:
    (tmp_path / "报送").mkdir()
    whole, part = spot_of(tmp_path), spot_of(tmp_path / "报送")
    assert part.volume == whole.volume
    assert Path(part.within) == Path(whole.within) / "报送"


def test_a_folder_that_is_gone_is_on_no_volume(tmp_path: Path) -> None:
    assert spot_of(tmp_path / "gone" / "away") == Spot("", "")
