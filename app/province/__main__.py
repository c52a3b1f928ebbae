"""`python -m app.province`: the receiver's command line."""

import sys

from app.province.cli import main

sys.exit(main())
