"""A stick that is one: a file system in a file, mounted by a loop device; only for root, where the kernel knows the system."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

SYSTEMS: Final = {
    "vfat": ("mkfs.vfat", "-n", "LIAISON"),
    "exfat": ("mkfs.exfat", "-L", "LIAISON"),
    "ext2": ("mkfs.ext2", "-q", "-F", "-m", "0"),
}
"""File systems with what makes them: what sticks have, and one that every kernel has, so that something is tried everywhere."""


@dataclass(frozen=True, slots=True)
class Stick:
    """A mounted stick: its folder, its device, and the file that holds what is on it."""

    folder: Path
    device: str
    image: Path
    system: str

    def pull(self) -> None:
        """From now on the device gives and takes nothing, as one that was pulled out."""
        os.truncate(self.image, 0)
        _done("losetup", "--set-capacity", self.device)

    def let_go(self) -> None:
        """The folder is no stick's any more, though what was open on it stays open."""
        _done("umount", "--lazy", self.folder)

    def again(self, *options: str) -> None:
        """Take it out and plug it in again, so that everything is read from the device."""
        _done("umount", self.folder)
        _mounted(self.system, self.device, self.folder, *options).check_returncode()

    def fill(self, leave: int) -> Path:
        """A file that leaves no more than so many bytes free, and a little less."""
        path = self.folder / "照片.jpg"
        with path.open("wb", buffering=0) as file:
            while (free := shutil.disk_usage(self.folder).free) > leave:
                file.write(bytes(min(1 << 20, max(free - leave, 1024) // 2 + 512)))
        return path

    def spoil(self, content: bytes) -> None:
        """Bytes of the device where `content` begins become others, as on a stick that pretends to be larger than it is."""
        os.sync()
        at = self.image.read_bytes().index(content[:512])
        with self.image.open("r+b") as file:
            file.seek(at)
            file.write(bytes(512))
        _done("blockdev", "--flushbufs", self.device)  # a file system that is a program keeps the device's blocks by heart


@contextmanager
def stick(folder: Path, system: str, *, mebibytes: int = 24) -> Iterator[Stick]:
    """A new stick below `folder`; skips the test with the reason where this machine cannot have one."""
    make, *options = SYSTEMS[system]
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root mounts a stick")
    if shutil.which(make) is None:
        pytest.skip(f"{make} is not installed")
    image, mounted = folder / f"{system}.img", folder / "U 盘"
    with image.open("wb") as file:
        file.truncate(mebibytes << 20)
    _done(make, *options, image)
    mounted.mkdir()
    looped = _tried("losetup", "--find", "--show", image)
    if looped.returncode:
        pytest.skip(f"no loop device is to be had: {looped.stderr.strip()}")
    device = looped.stdout.strip()
    try:
        tried = _mounted(system, device, mounted)
        if tried.returncode:
            pytest.skip(f"the kernel mounts no {system} here: {tried.stderr.splitlines()[0].rpartition(': ')[2]}")
        yield Stick(mounted, device, image, system)
    finally:
        _tried("umount", "--lazy", mounted)
        _tried("losetup", "--detach", device)


def _mounted(system: str, device: str, folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Mounted by the kernel, else by a program that does the same (`mount.exfat-fuse`)."""
    told = ("-o", ",".join(options) or "rw", device, folder)
    tried = _tried("mount", "-t", system, *told)
    instead = shutil.which(f"mount.{system}-fuse")
    return _tried(instead, *told) if tried.returncode and instead else tried


def _done(*command: str | Path) -> None:
    _tried(*command).check_returncode()


def _tried(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"})
