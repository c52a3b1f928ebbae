"""Names of divisions as people say them."""

import pytest

from app.domain.divisions import Division, Divisions, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("浏阳市", "浏阳"),
        ("岳阳楼区", "岳阳楼"),
        ("靖州苗族侗族自治县", "靖州"),
        ("江华瑶族自治县", "江华"),
        ("湘西土家族苗族自治州", "湘西"),
        ("津市市", "津市"),
        ("道县", "道县"),
    ],
)
def test_a_name_as_people_say_it(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_retired_code_or_name_is_today_s_division() -> None:
    today = Division(code="990102", name="新区", city="990100")
    found = Divisions(present=(today,), retired={"990121": "990102", "旧县": "990102"})
    assert found.by_code("990121") == found.by_code("990102007") == today
    assert found.named("旧县") == found.named("新区") == (today,)
    assert found.by_code("990199") is None
