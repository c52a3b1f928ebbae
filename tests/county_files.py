"""Blank tables as county offices send them, made afresh: a statistics sheet, a list with sums below it, a text with tables."""

from pathlib import Path
from typing import Any

import docx
import openpyxl
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

_LINE = Side(style="thin")
BOXED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
FIGURES = (
    ("接待选民", "接待场次", "场"),
    ("接待选民", "接待人次", "人次"),
    ("走访选民", "走访人次", "人次"),
    ("意见办理", "收集意见建议", "件"),
    ("意见办理", "其中办结", "件"),
    ("意见办理", "按期办结", "件"),
    ("合计", "合计", "件"),
)


def statistics(path: Path, *, row_put_in: bool = False, renamed: bool = False) -> Path:
    """某某县人大代表联络站工作情况统计表: title, who fills it in, merged groups, month and sum since January, 合计 by formula."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "统计表"
    sheet["A1"] = "某某县人大代表联络站工作情况统计表"
    sheet.merge_cells("A1:F1")
    sheet["A1"].font = Font(name="方正小标宋简体", size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = "填报单位：              填报人：        "
    sheet.merge_cells("A2:D2")
    sheet["E2"] = "    年    月"
    sheet.merge_cells("E2:F2")
    sheet.append(["项目", None, "单位", "数量", None, "备注"])
    sheet.append([None, None, None, "本月", "本年累计", None])
    for merged in ("A3:B4", "C3:C4", "D3:E3", "F3:F4"):
        sheet.merge_cells(merged)
    if row_put_in:
        sheet.append([None, "网上接待场次", "场", None, None, None])
    first = sheet.max_row + 1
    for group, name, unit in FIGURES:
        told = "走访户数" if renamed and name == "走访人次" else name
        sheet.append([group, told, unit, None, None, None])
    last = sheet.max_row
    sheet.merge_cells(f"A{first}:A{first + 1}")
    sheet.merge_cells(f"A{first + 3}:A{first + 5}")
    sheet.merge_cells(f"A{last}:B{last}")
    for column in "DE":
        sheet[f"{column}{last}"] = f"=SUM({column}{first + 3}:{column}{last - 1})"
    for row in sheet.iter_rows(min_row=3, max_row=last, max_col=6):
        for cell in row:
            cell.border = BOXED
    sheet["D5"].fill = PatternFill("solid", fgColor="FFF2CC")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_area = f"A1:F{last}"
    sheet.column_dimensions["B"].width = 31
    book.save(path)
    return path


def listing(path: Path, *, rows: int = 3, remark: bool = False, guarded: bool = False) -> Path:
    """接待选民情况登记表: few rows for a list, a sum below it, remarks and signatures under that, and what points there."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "接待登记"
    sheet["A1"] = "接待选民情况登记表"
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "接待时间", "来访人", "反映事项", None, "办理情况"])
    sheet.merge_cells("D2:E2")
    for row in range(3, 3 + rows):
        sheet.append([None] * 6)
        sheet.merge_cells(f"D{row}:E{row}")
        sheet.row_dimensions[row].height = 42
        for cell in sheet[row]:
            cell.border, cell.font = BOXED, Font(name="仿宋", size=12)
            cell.protection = Protection(locked=False)
    last = 2 + rows
    sheet[f"A{last + 1}"] = "合计"
    sheet[f"B{last + 1}"] = f"=COUNTA(C3:C{last})"
    sheet[f"A{last + 2}"] = "单位负责人：              填表人："
    sheet.merge_cells(f"A{last + 2}:F{last + 2}")
    rule: Any = Rule(type="cellIs", operator="equal", formula=['"未办结"'], dxf=DifferentialStyle(font=Font(bold=True)))
    sheet.conditional_formatting.add(f"F3:F{last}", rule)
    valid = DataValidation(type="list", formula1='"已解决,正在解决"', sqref=f"F3:F{last}")
    sheet.add_data_validation(valid)
    sheet.row_breaks.append(Break(id=last + 2))
    other = book.create_sheet("汇总")
    other["A1"] = f"=接待登记!B{last + 1}"
    other["A2"] = f"=SUM('接待登记'!A3:A{last})+A1"
    book.defined_names["合计数"] = DefinedName("合计数", attr_text=f"接待登记!$B${last + 1}")
    if remark:
        from openpyxl.comments import Comment

        sheet["A2"].comment = Comment("请按时间先后填写", "县人大")
    if guarded:
        sheet.protection.sheet = True
    book.save(path)
    return path


def text(path: Path) -> Path:
    """代表联络站工作月报表: a text with a line to be filled in, a table of figures with merged cells, a list."""
    document = docx.Document()
    document.add_heading("代表联络站工作月报表", level=1)
    line = document.add_paragraph()
    line.add_run("填报单位：        ").bold = True
    line.add_run("填报日期：    年  月  日")
    table: Any = document.add_table(rows=3, cols=4, style="Table Grid")
    for place, words in {
        (0, 0): "接待场次",
        (0, 2): "接待人次",
        (1, 0): "走访人次",
        (1, 2): "意见收集件数",
        (2, 0): "说明",
    }.items():
        table.cell(*place).text = words
    table.cell(2, 1).merge(table.cell(2, 3)).text = "无"
    document.add_paragraph("附：意见办理台账")
    rows: Any = document.add_table(rows=3, cols=3, style="Table Grid")
    for column, words in enumerate(("序号", "摘要", "结果")):
        rows.cell(0, column).text = words
    document.add_paragraph("报送：县人大常委会代表工委")
    document.save(str(path))
    return path
