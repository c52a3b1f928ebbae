"""What a person reads who misuses a command: in Chinese the library's own words too, in English as the library has them."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence

import pytest

from app import cli, i18n, terminal
from app.province import cli as province

Main = Callable[[Sequence[str]], int]

MISUSES = [
    [],
    ["--help"],
    ["count", "--help"],
    ["nothing"],
    ["count", "--nothing"],
    ["count", "--json=1"],
    ["show"],
    ["receive"],
    ["intake"],
    ["search", "灯", "--limit", "x"],
    ["search", "灯", "--limit"],
    ["setup", "--no"],
    ["record", "nothing", "a.json"],
]

ENGLISH = re.compile(
    r"\b(usage|positional|arguments?|options?|this|message|exit|error|following|required|unrecognized|invalid|choice|choose"
    r"|value|expected|one|ignored|explicit|version)\b(?<!--version)"
)
"""Words of the library, none of which is the name of an option or a command."""


def shown(main: Main, arguments: Sequence[str], language: str, capsys: pytest.CaptureFixture[str]) -> str:
    i18n.speak(language)
    with pytest.raises(SystemExit):
        main(arguments)
    told = capsys.readouterr()
    return told.out + told.err


@pytest.mark.parametrize("main", [cli.main, province.main])
@pytest.mark.parametrize("arguments", MISUSES)
def test_a_misuse_is_told_in_chinese(main: Main, arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(main, arguments, i18n.CHINESE, capsys)

    assert told.startswith("用法：liaison")
    assert not ENGLISH.search(told.replace("[--version]", "")), told


def test_in_english_the_library_says_what_it_always_says(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(cli.main, ["show"], i18n.ENGLISH, capsys)

    assert told.startswith("usage: liaison show")
    assert told.endswith("error: the following arguments are required: id\n")
    assert ENGLISH.search(told)


def test_a_reader_who_has_seen_enough_is_no_fault(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    parser = argparse.ArgumentParser()
    parser.set_defaults(act=lambda _options: terminal.Answer(document={}, words="一" * 100_000))
    with monkeypatch.context() as there, os.fdopen(write, "w", encoding="utf-8") as closed:
        there.setattr(sys, "stdout", closed)
        assert terminal.run(lambda: parser, []) == terminal.DONE
    assert capfd.readouterr().err == ""
