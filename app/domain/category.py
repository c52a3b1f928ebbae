"""Categories: what a matter is about, in schemes that a station may extend."""

from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet


class CategoryScheme(CodeSet):
    """Who divides: the petition office's list for issues, the committees' list for suggestions (decision 26)."""

    ISSUE = "issue", "群众意见分类"
    SUGGESTION = "suggestion", "代表建议分类"


@kind("category", "类别")
class Category(Record):
    """One category; other records name it by its code, which never changes its meaning."""

    scheme: Code[CategoryScheme] = about("分类方案")
    code: str = about("代码")
    name: str = about("名称", searched=True)
    parent: str = about("上级代码")
    external_code: str = about("外部代码")
    retired: bool = about("停用")

    def title(self) -> str:
        return self.name
