"""The papers of a suggestion beside the official form, each sheet beginning a page."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.papers import PaperName
from app.domain.suggestion_papers import (
    CosignaturePage,
    CosigningCall,
    EvaluationForm,
    ExtensionApplication,
    ReplySheet,
    ReturnApplication,
    ReviewNotice,
    SuggestionSheet,
    SuggestionSheets,
    SuggestionSlip,
)
from app.printing.cosigning_sheets import cosignature_page, cosigning_call, withdrawal_application
from app.printing.handling_sheets import (
    evaluation_form,
    extension_application,
    reply_sheet,
    return_application,
    review_notice,
    suggestion_slip,
)
from app.printing.ledger import printed_words
from app.printing.page import FORM, OFFICIAL, Furniture, Numbering
from app.printing.paper import Paper
from app.printing.piece import Block, PageBreak


def suggestion_sheets_paper(shown: SuggestionSheets, printed: datetime) -> Paper:
    """The sheets; the page of signatures goes out with the official form, so it tells as little of its printing (decision 28)."""
    blocks: list[Block] = []
    for place, sheet in enumerate(shown.sheets):
        blocks += [*([PageBreak()] if place else []), *_blocks(sheet)]
    outward = shown.name is PaperName.COSIGNATURE_PAGE
    furniture = _of_signatures(shown.sheets[0]) if outward else Furniture(printed=printed_words(printed))
    return Paper(title=shown.name.label, created=printed, frame=OFFICIAL if outward else FORM, blocks=blocks, furniture=furniture)


def _of_signatures(page: SuggestionSheet) -> Furniture:
    """Every sheet of signatures tells which words were signed, for sheets come apart."""
    mark = f"文本校验码：{page.mark}" if isinstance(page, CosignaturePage) and page.mark else ""
    return Furniture(head=PaperName.COSIGNATURE_PAGE.label, head_right=mark, numbering=Numbering.DASHES)


def _blocks(sheet: SuggestionSheet) -> Iterator[Block]:
    match sheet:
        case CosignaturePage():
            return cosignature_page(sheet)
        case CosigningCall():
            return cosigning_call(sheet)
        case ReviewNotice():
            return review_notice(sheet)
        case SuggestionSlip():
            return suggestion_slip(sheet)
        case ReplySheet():
            return reply_sheet(sheet)
        case EvaluationForm():
            return evaluation_form(sheet)
        case ReturnApplication():
            return return_application(sheet)
        case ExtensionApplication():
            return extension_application(sheet)
        case _:
            return withdrawal_application(sheet)
