"""Answering offline: the response form and its tables as a workbook, shown before it is taken into the draft."""
