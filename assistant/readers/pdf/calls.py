"""The pdfium functions that are called for every character or object of a page, with plain types.

They are the same functions as in `pypdfium2.raw`, whose checks of every pointer cost three times what the call does.
Handles and structures are passed as addresses, see `address`.
"""

from __future__ import annotations

import ctypes
from ctypes import c_double, c_int, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


def address(handle: Any) -> int:
    """Return the address behind a handle or structure of `pypdfium2.raw`; its owner has to outlive the use."""
    if isinstance(handle, ctypes.Structure | c_double):
        return ctypes.addressof(handle)
    return ctypes.cast(handle, c_void_p).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(address(function))


char_box = _plain(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
char_origin = _plain(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
is_generated = _plain(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
object_at = _plain(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
kind_of = _plain(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
