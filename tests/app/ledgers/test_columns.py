from app.ledgers.columns import SheetProblem, map_columns
from app.ledgers.messages import MESSAGES, Field
from tests.app.ledgers.sheets import header_of


def mapped(*names: str) -> dict[str, tuple[int, ...]]:
    columns = map_columns(header_of(*names), MESSAGES.synonyms()).columns
    return {field.value: taken for field, taken in columns.items() if taken}


def test_the_names_of_a_published_sheet_of_messages() -> None:
    assert mapped("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数") == {
        "source_no": (0,),
        "raised_by": (1,),
        "title": (2,),
        "raised_on": (3,),
        "content": (4,),
    }


def test_the_names_of_a_reception_register() -> None:
    assert mapped("序号", "日 期", "接待代表", "来访人姓名*", "联系电话", "住址", "地点", "反映事项（原话）", "类别", "备注") == {
        "line_no": (0,),
        "raised_on": (1,),
        "deputy": (2,),
        "raised_by": (3,),
        "phone": (4,),
        "address": (5,),
        "place": (6,),
        "title": (7,),
        "category": (8,),
        "remarks": (9,),
    }


def test_a_name_that_two_fields_know_goes_where_it_is_missed() -> None:
    assert mapped("标题", "反映事项") == {"title": (0,), "content": (1,)}
    assert mapped("反映事项", "内容") == {"title": (0,), "content": (1,)}


def test_weaker_names_are_second_choices_and_unknown_ones_are_reported() -> None:
    columns = map_columns(header_of("文本", "留言详情", "星级"), MESSAGES.synonyms())
    assert columns.of(Field.CONTENT) == (1, 0)
    assert columns.others == (2,)


def test_the_same_name_twice_is_told() -> None:
    columns = map_columns(header_of("内容", "编号", "内容"), MESSAGES.synonyms())
    assert columns.of(Field.CONTENT) == (0, 2)
    twice = SheetProblem(row=1, column="A 内容", code="column_twice", facts={"names": ("A 内容", "C 内容")})
    assert columns.problems == (twice,)


def test_a_wanted_column_that_is_missing_is_told() -> None:
    (problem,) = map_columns(header_of("内容"), MESSAGES.synonyms(), wanted=(Field.CONTENT, Field.PHONE)).problems
    assert (problem.code, problem.row, problem.refused) == ("column_missing", 1, False)
    assert problem.facts == {"field": "phone", "names": ("联系电话", "电话", "电话号码", "手机")}
