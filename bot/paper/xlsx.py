"""A table as a spreadsheet (XLSX). What people typed stays text: never a formula, never a link."""

from datetime import datetime
from io import BytesIO
from typing import Final

from bot.paper.file import File
from conversations.broadcasts.unreached import Cell, Sheet

_MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS: Final = (8, 50)
"""Characters that a column shows at least and at most."""
_ROOM: Final = 2
_MOMENT: Final = "dd.mm.yyyy hh:mm"
_MOST: Final = 31
"""Characters of a sheet's name (Excel)."""
_AS_TYPED: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx(sheet: Sheet) -> File:
    """The table with its first row standing still."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - loaded by whoever asks for a list

    content = BytesIO()
    with Workbook(content, _AS_TYPED) as book:
        page = book.add_worksheet(sheet.title[:_MOST])
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": _MOMENT})
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, head, bold)
            page.set_column(column, column, _width(sheet, column))
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(number, column, cell, moment)
                else:
                    page.write_string(number, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
    return File(name=f"{sheet.name}.xlsx", mime=_MIME, content=content.getvalue())


def _width(sheet: Sheet, column: int) -> int:
    cells = (sheet.heads[column], *(row[column] for row in sheet.rows))
    least, most = _WIDTHS
    return min(max(least, *map(_length, cells)), most) + _ROOM


def _length(cell: Cell) -> int:
    return len(_MOMENT) if isinstance(cell, datetime) else len(cell)
