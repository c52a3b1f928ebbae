"""A planned matter of an earlier year by the command line: put under watch, tracked on, struck off, taken up again by looking back."""

from pathlib import Path

from app.domain.life import SuggestionState
from app.domain.reply import Reply, ReplyScheme
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from tests.builders import save
from tests.journeys.programs import Line
