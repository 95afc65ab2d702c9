"""Why a file is not read at all."""

from __future__ import annotations

from generator.locale import Message


class Unopened(Exception):
    """Why a file is not read: what is wrong, and what to do."""

    def __init__(self, message: Message, fix: Message | None = None) -> None:
        super().__init__(message, fix)
        self.message = message
        self.fix = fix


SAVE_AGAIN = Message("open it with Excel or WPS, and save it as an ordinary .xlsx file under a new name")
VALUES_ONLY = Message("copy the table into a new workbook, values only, and save that as an .xlsx file")
RARE = Message("The file is written in a form that is not wholly understood")
DAMAGED = Message("The file is damaged or is no spreadsheet")
LOCKED, UNLOCK = Message("The file is locked with a password"), Message("save it anew without a password")
