"""The outline: rows become a tree of nodes, each numbering below the one that contains it.

Enumerations below 条 follow these rules. A number that goes on from the open list of the same shape is its next
member; a gap forward is tolerated (a few numbers for 1. and (1), any for 一、 and （一）). 1 begins a new list: below
the text just read when that ends with a colon, else below the nearest numbering that ranks higher. A number that goes
on from a list already closed reopens it: the text between belongs to the member before, unless another heading has
come since; then the count runs on across headings (（一）…（三十） through 一、二、三、). An excerpt may begin with any
number. What fits none of these is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Level
from assistant.structure import markers, phrases
from assistant.structure.blocks import is_complete
from assistant.structure.markers import Marker, Rank
from assistant.structure.nodes import Node, divide
from assistant.structure.rows import Row

_BROKEN_OFF = re.compile(r"[，,、]$")
_STRONG = frozenset({"dunhao", "paren"})  # shapes that hardly ever begin a line by chance
_GAP = 3  # how far the others may jump: 1. 2. 4. is a list with a member lost, 1. 2. 19. is not
_AHEAD = 60  # rows looked through for the next member of a list
_DEEPEST = 12  # lists in lists beyond this are no structure but noise
_IN_ARTICLE = Rank.ARTICLE + 0.5  # 款: enumerations stand below it
_ITEMS = ((Level.ITEM, "item"), (Level.SUBITEM, "sub"), (Level.DETAIL, "detail"))


def build(rows: Sequence[Row]) -> Node:
    """Return the root of the tree that these rows make."""
    outline = _Outline(rows)
    for i, row in enumerate(rows):
        outline.add(row, i)
    for node in list(outline.root.walk()):
        if node.level is Level.ARTICLE:
            divide(node)
    return outline.root


def _awaits_title(node: Node) -> bool:
    """Tell whether a chapter has nothing but its number so far."""
    marker = node.marker
    return marker is not None and marker.is_heading and not node.children and node.text == marker.printed


class _Outline:
    """A tree under construction: its root, and the path from it to the node read last."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.root = Node(None, -1, "")
        self._rows = rows
        self._path = [self.root]
        self._closed: dict[str, Node] = {}  # the last member of each list that was closed, by shape
        self._resume: Node | None = None  # what goes on after a line that held an enumeration

    @property
    def _top(self) -> Node:
        return self._path[-1]

    def _article(self) -> Node | None:
        return next((node for node in self._path if node.level is Level.ARTICLE), None)

    def _open(self, shape: str) -> Node | None:
        return next((node for node in reversed(self._path) if node.shape == shape), None)

    def _pop(self) -> None:
        node = self._path.pop()
        if node.shape:
            self._closed[node.shape] = node

    def _pop_to(self, node: Node | None) -> None:
        while node in self._path and self._top is not node:
            self._pop()

    def _pop_while(self, rank: float) -> None:
        while len(self._path) > 1 and self._top.rank >= rank:
            self._pop()

    def _push(self, node: Node) -> None:
        self._path.append(self._top.add(node))

    def add(self, row: Row, i: int) -> None:
        if not row.glued and self._resume is not None:
            self._pop_to(self._resume)
            self._resume = None
        elif row.glued and self._resume is None:
            self._resume = self._after_line(row)
        if self._top.level is Level.TABLE and not row.cells:
            self._pop()
        if row.wrapped and self._top.rows and not self._top.children:
            self._top.rows.append(row)
        elif row.closing:
            self._add_closing(row)
        elif row.cells is not None:
            self._add_table_row(row, self._rows[i + 1] if i + 1 < len(self._rows) else None)
        elif row.loose:
            rank = Rank.BOOK if phrases.is_final(row.text) else Rank.TITLE
            self._pop_while(rank)
            self._push(Node(Level.HEADING, rank, "head", row))
        elif row.marker is not None and self._add_numbered(row, row.marker, i):
            return
        elif row.heading is not None:
            self._add_heading(row)
        else:
            self._add_text(row)

    def _after_line(self, second: Row) -> Node | None:
        """Return where the next line goes on once the enumeration inside this line is over."""
        top = self._top
        begins = top.marker is not None and second.marker is not None and top.marker.shape is second.marker.shape
        if begins or (top.level is Level.PARAGRAPH and not self._article()):
            return top.parent
        return top

    def _add_closing(self, row: Row) -> None:
        if self._top.step == "closing":
            self._top.rows.append(row)
        else:
            self._pop_while(Rank.HEADING)
            self._push(Node(None, Rank.PARAGRAPH, "closing", row))

    def _add_table_row(self, row: Row, after: Row | None) -> None:
        if self._top.level is not Level.TABLE:
            if self._top.level is Level.PARAGRAPH and not phrases.leads_in(self._top.text):
                self._pop()
            head = row.cells and after and after.cells and after.text.startswith(f"{row.cells[0]}：")
            self._push(Node(Level.TABLE, Rank.PARAGRAPH, "table", *([row] if head else [])))
            if head:
                return  # the names of the columns, which every row repeats
        self._top.add(Node(Level.ROW, Rank.PARAGRAPH, "row", row))

    def _add_heading(self, row: Row) -> None:
        depth = row.heading or 0
        while self._top.rank > Rank.ANNEX and not (self._top.heading is not None and self._top.heading < depth):
            self._pop()
        self._closed.clear()
        self._push(Node(Level.HEADING, Rank.HEADING, "head", row))

    def _add_text(self, row: Row) -> None:
        top = self._top
        if top.step == "closing":
            self._pop()
        elif top.rows and not top.children and _BROKEN_OFF.search(top.rows[-1].text):
            top.rows.append(row)
            return
        elif top.level is Level.ANNEX and not top.children and len(top.rows) < 3 and phrases.is_title(row.text):
            top.rows.append(row)  # the title below 附件1
            return
        elif _awaits_title(top) and phrases.is_title(row.text):
            top.rows.append(row)  # 第一章, and 总则 on the next line
            return
        self._leave_lists(row.text)
        named = phrases.named_heading(row.text)
        if named and (named["colon"] or named.end() == len(row.text)):
            self._pop_while(Rank.PLAIN)
            if named.end() == len(row.text):
                self._push(Node(Level.HEADING, Rank.PLAIN, "head", row))
            else:
                self._push(Node(Level.PARAGRAPH, Rank.PARAGRAPH, "para", row))
            return
        article = self._article()
        self._pop_to(article or self._holder())
        self._push(Node(Level.PARAGRAPH, _IN_ARTICLE if article else Rank.PARAGRAPH, "para", row))

    def _leave_lists(self, text: str) -> None:
        """Close the lists before a sentence that is no part of their last member: 特此通知, 本意见自…起施行.

        A part that is a title with plain text below it (三、附则) keeps such a sentence.
        """
        outermost = next((n for n in self._path if n.marker is not None and n.rank >= Rank.DUNHAO), None)
        if outermost is None or self._article():
            return
        over = is_complete(outermost.text) or any(child.marker is not None for child in outermost.children)
        if phrases.is_farewell(text) or (over and phrases.is_of_itself(text)):
            self._pop_to(outermost.parent)

    def _holder(self) -> Node:
        """Return the node a plain line belongs to, outside articles.

        An item that is a whole sentence, in a list that a colon led in, is complete: the line follows the list. An item
        that is a title is followed by its body.
        """
        node = self._top
        while node.parent is not None:
            lead = node.parent
            is_member = node.marker is not None and node.rank > Rank.ARTICLE and lead.rows
            complete = is_member and is_complete(node.rows[-1].text) and phrases.leads_in(lead.rows[-1].text)
            if node.level is not Level.PARAGRAPH and not complete:
                break
            node = lead
        return node

    def _add_numbered(self, row: Row, marker: Marker, i: int) -> bool:
        """Place a numbered row and tell whether its number fits."""
        shape = marker.shape
        if shape is markers.DECIMAL:
            return self._add_decimal(row, marker, i)
        if shape is markers.ARABIC and row.heading is not None and not self._article():
            marker = replace(marker, shape=markers.PLAIN)
        if marker.shape.rank <= Rank.ARTICLE:
            self._add_container(row, marker)
            return True
        return self._add_item(row, marker, i)

    def _add_container(self, row: Row, marker: Marker) -> None:
        if same := self._open(marker.shape.name):
            self._pop_to(same.parent)
        self._pop_while(marker.shape.rank)
        while row.heading and self._top.level is Level.HEADING and (self._top.heading or 0) >= row.heading:
            self._pop()
        self._closed.clear()
        self._push(Node(marker.shape.level, marker.shape.rank, marker.shape.step, row, marker=marker))

    def _add_decimal(self, row: Row, marker: Marker, i: int) -> bool:
        """Place 2.3 below 2 or after 2.2; what fits neither is text (3.5 亿元), unless it begins an excerpt."""
        prefix, last = marker.numbers[:-1], marker.number
        for node in reversed(self._path):
            numbers = node.marker.numbers if node.marker and node.rank <= Rank.ARABIC else ()
            if node.shape == "decimal" and numbers[:-1] == prefix and 0 < last - numbers[-1] <= _GAP:
                self._pop_to(node.parent)
                break
            if numbers == prefix and last <= _GAP:
                self._pop_to(node)
                break
        else:
            if row.heading is None and i > 0 and not (last == 1 and self._goes_on(marker, i)):
                return False
            self._pop_while(Rank.DECIMAL)
        self._push(Node(Level.SECTION, Rank.DECIMAL, "sec", row, marker=marker))
        return True

    def _goes_on(self, marker: Marker, i: int) -> bool:
        """Tell whether the next number of the same shape begins one of the following lines."""
        following = (*marker.numbers[:-1], marker.number + 1)
        nearby = (row.marker for row in self._rows[i + 1 : i + _AHEAD])
        return any(m is not None and m.shape is marker.shape and m.numbers == following for m in nearby)

    def _add_item(self, row: Row, marker: Marker, i: int) -> bool:
        name, number = marker.shape.name, marker.number
        opened = self._open(name)
        if opened is not None and opened.marker is not None:
            ahead = number - opened.marker.number
            if number == 1:
                if not row.glued:
                    self._begin_again(opened)
            elif name in _STRONG or 0 < ahead <= _GAP:
                self._pop_to(opened.parent)
            else:
                return False
        elif number == 1:
            if marker.shape is markers.ORDINAL and not row.glued and not self._goes_on(marker, i):
                return False  # 一是 alone begins a sentence
            if not row.glued and not self._leads_in(marker):
                self._pop_while(marker.shape.rank)
        elif not self._reopen(marker):
            if name not in _STRONG and i > 0 and not self._goes_on(marker, i):
                return False
            self._pop_while(marker.shape.rank)
        level, step = marker.shape.level, marker.shape.step
        if self._article():
            depth = sum(node.marker is not None and node.rank > Rank.ARTICLE for node in self._path)
            level, step = _ITEMS[min(depth, 2)]
        self._push(Node(level, marker.shape.rank, step, row, marker=marker))
        return True

    def _leads_in(self, marker: Marker) -> bool:
        """Tell whether the text just read has the new list as its members: 下列条件： has, 现通知如下： has not."""
        opens = phrases.leads_in(self._top.text) or phrases.is_box(self._top.text)
        if not opens or len(self._path) > _DEEPEST:
            return False
        if self._article() or self._top.level is not Level.PARAGRAPH:
            return True
        return marker.shape is not markers.DUNHAO and not phrases.opens_text(self._top.text)

    def _begin_again(self, opened: Node) -> None:
        """Make room for a new list of an open shape: below the line that leads it in, else beside the old one."""
        top = self._top
        if not phrases.leads_in(top.text) or len(self._path) > _DEEPEST:
            self._pop_to(opened.parent)
        elif top.level is Level.PARAGRAPH and top.parent is not None and opened.parent is not None:
            top.parent.children.pop()  # 申请材料： after the last member of a list leads in the next list
            self._pop_to(opened.parent)
            self._push(top)

    def _reopen(self, marker: Marker) -> bool:
        """Go on with a closed list that this number continues, and tell whether there is one."""
        last = self._closed.get(marker.shape.name)
        if last is None or last.marker is None or not 0 < marker.number - last.marker.number <= _GAP:
            return False
        branch, at_end = last, True
        while branch.parent is not None and branch.parent not in self._path:
            at_end = at_end and branch is branch.parent.children[-1]
            branch = branch.parent
        holder = branch.parent
        if holder is None:
            return False
        place = len(holder.children) - 1
        while holder.children[place] is not branch:
            place -= 1
        between = holder.children[place + 1 :]
        if not at_end or any(node.level is not Level.PARAGRAPH for node in between):
            self._pop_while(marker.shape.rank)  # more than text has come since: the count runs on across it
            return True
        del holder.children[place + 1 :]
        for node in between:
            last.add(node)
        self._pop_to(holder)
        down: list[Node] = []
        above = last.parent
        while above is not None and above is not holder:
            down.append(above)
            above = above.parent
        self._path.extend(reversed(down))
        return True
