# make run            set-up, then the program: its window where there is a display, else the whole main job on the command line, narrated
# make test           set-up with the programs that the tests need, then all tests
# make check          style, types, words
# make fuzz           a fuzzer before each reader of strangers' bytes, FUZZ_SECONDS each (see tests/fuzz)
# make bench          what is measured, and beside what
# make bundle         one folder with the window and both command lines, for machines without Python
# make docs-pictures  the tables and pictures of docs/ that are made from the code
# make words          takes new sentences of the code into the message catalogue, and compiles it
# make lock           renews requirements.lock from pyproject.toml (needs the program uv)

PYTHON ?= python3
BIN := .venv/bin
export PYTHON

# Programs that tests run, each with the Debian package that holds it.
TEST_PROGRAMS := age:age jq:jq openssl:openssl zip:zip unzip:unzip strace:strace \
	dbus-run-session:dbus gnome-keyring-daemon:gnome-keyring pdftotext:poppler-utils Xvfb:xvfb \
	mkfs.vfat:dosfstools mkfs.exfat:exfatprogs mount.exfat-fuse:exfat-fuse \
	ssh-keygen:openssh-client
# What Qt needs of the machine: to run at all, for cameras, and to draw on an X display.
WINDOW_LIBRARIES := libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3 \
	libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0 libcups.so.2:libcups2 libatomic.so.1:libatomic1 \
	libpulse.so.0:libpulse0 \
	libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 \
	libxcb-shape.so.0:libxcb-shape0 libxkbcommon-x11.so.0:libxkbcommon-x11-0
BUNDLE_PROGRAMS = objdump:binutils $(shell $(PYTHON) -c \
	'from sysconfig import *; print(get_config_var("INSTSONAME") + ":libpython" + get_python_version())')

.PHONY: run test check fuzz bench bundle docs-pictures words lock setup
.DEFAULT_GOAL := run

setup:
	@.ci/setup

run:
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then .ci/setup $(WINDOW_LIBRARIES) && exec $(BIN)/python -m ui; \
	else .ci/setup && exec $(BIN)/python -m app.story; fi

test:
	@.ci/setup $(TEST_PROGRAMS) $(WINDOW_LIBRARIES)
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tests.catalogue check

FUZZ_SECONDS ?= 60
FUZZ := build/fuzz/.venv/bin/python

# The fuzzer lies beside .venv, which holds what requirements.lock names and nothing else.
fuzz: setup
	@[ -x $(FUZZ) ] || $(BIN)/python -m venv build/fuzz/.venv
	@$(FUZZ) -m pip install --quiet --disable-pip-version-check $$($(BIN)/python -c \
		'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["fuzz"])')
	@PYTHONPATH=.:$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') \
		$(FUZZ) -m tests.fuzz $(FUZZ_SECONDS)

bench:
	@.ci/setup $(TEST_PROGRAMS) $(WINDOW_LIBRARIES)
	@$(BIN)/python -m pytest --capture=no tests/benchmarks

bundle:
	@.ci/setup $(BUNDLE_PROGRAMS)
	@$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	@.ci/try-bundle dist/liaison

docs-pictures:
	@.ci/setup pdftoppm:poppler-utils $(WINDOW_LIBRARIES)
	@$(BIN)/python -m app.describe
	@$(BIN)/python -m app.paper_samples
	@$(BIN)/python -m ui.pictures

words: setup
	@$(BIN)/python -m tests.catalogue update

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev --extra bundle \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
