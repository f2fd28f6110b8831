"""Pictures of the starter corpus as SVG: who carries out whom, and which place has how many clauses of which kind.

They are drawn by hand: a layout library would need a Graphviz binary or a hundred megabytes of plotting packages, and a
font with Chinese in it besides. An SVG leaves its text to the viewer, who has such a font, and can be searched.
"""

from assistant.app.pictures.coverage import draw_coverage
from assistant.app.pictures.relations import draw_relations

__all__ = ["draw_coverage", "draw_relations"]
