"""How long it takes, while somebody writes, to find what was raised before among 10,000 suggestions, beside `difflib`'s way."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import partial

import pytest

from app.clock import Clock
from app.domain.life import SuggestionState
from app.domain.reply import Reply
from app.domain.suggestion import Suggestion
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.repeated_topics import topic_of_draft
from app.use_cases import setup
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import WORDS
from tests.benchmarks.figures import taken_in_turn, tell
from tests.builders import save

SUGGESTIONS = 10_000
AT_MOST = 0.1  # seconds
KINDS = ("街", "路", "村", "小区", "河", "桥", "镇")
PLACES = [f"{name}{kind}" for name in "东西南北中上下前后新老大小高平长青白红金" for kind in KINDS]
MATTERS = (
    *"路灯不亮 河道污染 停车难 公交线路 校门口拥堵 供水管网 农贸市场".split(),
    *"养老服务 垃圾分类 电梯加装 充电桩 排水防涝 噪声扰民".split(),
)
DEEDS = "整治 解决 加快治理 进一步改善 规范 推进 完善 统筹解决".split()
PART = "群众反映这里的情况已有多年，走访中看到的问题集中在晚间出行和雨天积水，原因是管护责任没有落实，建议由主管部门牵头处理。"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A station with 10,000 invented suggestions, one in twenty of them answered."""
    home = tmp_path_factory.mktemp("repeated") / "station"
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
    with opened(home, way, write=True) as workspace:
        chance, new_id = random.Random(1), workspace.clock.new_id
        made = [
            Suggestion(
                id=new_id(),
                subject=f"关于{chance.choice(DEEDS)}{chance.choice(PLACES)}{chance.choice(PLACES)}{chance.choice(MATTERS)}问题的建议",
                text=PART * 4,
                year=chance.randint(2012, 2025),
                state=SuggestionState.CLOSED,
            )
            for _ in range(SUGGESTIONS)
        ]
        replies = [Reply(id=new_id(), suggestion=each.id, reply_class="B", replied_on=date(2025, 1, 2)) for each in made[::20]]
        save(workspace, *made, *replies)
        yield workspace


def test_what_was_raised_before_is_found_while_it_is_written(station: Workspace) -> None:
    title = "关于整治青河白桥河道污染问题的建议"
    text = (PART * 200)[:9_000] + "\n去年有人提出关于解决红村金街停车难问题的建议。"
    draft = Suggestion(id="", subject=title, text=text, year=2026)
    with station.reading() as connection:
        names = [row[0] for row in connection.exec_driver_sql("SELECT title FROM current WHERE kind = 'suggestion'")]
    assert topic_of_draft(station, draft).others
    assert not topic_of_draft(station, replace(draft, subject="关于示例的建议", text=PART)).others

    def ours() -> None:
        topic_of_draft(station, draft)

    mine, theirs = taken_in_turn(
        (f"raised before, among {len(names)} suggestions, by a title and {len(text)} characters", ours),
        (
            "  difflib.get_close_matches of the title alone, all titles in memory",
            partial(get_close_matches, title, names, 8, 0.45),
        ),
    )
    tell(mine.told(), f"{theirs.told()}; ratio {mine.median / theirs.median:.3f}")
    assert mine.median < AT_MOST
