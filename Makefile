# make run            set-up, then the program on its own database: for now the whole main job on the command line, narrated
# make test           set-up with the programs that the tests need, then all tests
# make check          style, types, words
# make bench          what is measured, and beside what
# make bundle         one folder with both programs, for machines without Python
# make docs-pictures  the tables and pictures of docs/ that are made from the code
# make words          takes new sentences of the code into the message catalogue, and compiles it
# make lock           renews requirements.lock from pyproject.toml (needs the program uv)

PYTHON ?= python3
BIN := .venv/bin
export PYTHON

# Programs that tests run, each with the Debian package that holds it.
TEST_PROGRAMS := age:age jq:jq openssl:openssl zip:zip unzip:unzip strace:strace \
	dbus-run-session:dbus gnome-keyring-daemon:gnome-keyring
BUNDLE_PROGRAMS = objdump:binutils $(shell $(PYTHON) -c \
	'from sysconfig import *; print(get_config_var("INSTSONAME") + ":libpython" + get_python_version())')

.PHONY: run test check bench bundle docs-pictures words lock setup
.DEFAULT_GOAL := run

setup:
	@.ci/setup

run: setup
	@$(BIN)/python -m app.story

test:
	@.ci/setup $(TEST_PROGRAMS)
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tests.catalogue check

bench:
	@.ci/setup $(TEST_PROGRAMS)
	@$(BIN)/python -m pytest --capture=no tests/benchmarks

bundle:
	@.ci/setup $(BUNDLE_PROGRAMS)
	@$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	@dist/liaison/liaison --version
	@dist/liaison/liaison-province --version

docs-pictures: setup
	@$(BIN)/python -m app.describe

words: setup
	@$(BIN)/python -m tests.catalogue update

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev --extra bundle \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
