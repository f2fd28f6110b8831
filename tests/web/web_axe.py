"""axe's checks of WCAG 2.1 A and AA on what a page shows just now."""

from __future__ import annotations

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

# Of text that is scrolled away or stands on two grounds, axe leaves the contrast undecided: it is worked out here from
# the nearest ground that is not transparent, by the formula of WCAG 2.1.
_AUDIT = """async () => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parts(colour).map(n => n / 255).map(n => n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) > .99) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = selector => {
    const element = document.querySelector(selector);
    if (!element || element.closest("[disabled], [aria-disabled=true]")) return [];
    const style = getComputedStyle(element);
    const pair = [light(style.color), light(ground(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + .05) / (pair[1] + .05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    return ratio < (large ? 3 : 4.5) ? [`contrast ${ratio.toFixed(2)} : 1 for ${element.outerHTML.slice(0, 150)}`] : [];
  };
  const closed = [...document.querySelectorAll(".tabitem")].filter(tab => !tab.checkVisibility());
  const result = await axe.run({ exclude: closed }, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    resultTypes: ["violations", "incomplete"],
  });
  const unclear = result.incomplete.filter(one => one.id === "color-contrast").flatMap(one => one.nodes);
  const wide = document.documentElement.scrollWidth - innerWidth;
  return [
    ...result.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`)),
    ...unclear.flatMap(node => contrast(node.target[0])),
    ...(wide > 0 ? [`the page is ${wide} px wider than the window`] : []),
  ];
}"""


def audit(page: Page) -> list[str]:
    """Return what fails: rules of axe, contrast that axe leaves open, and a page wider than its window."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(_AUDIT)
    return found
