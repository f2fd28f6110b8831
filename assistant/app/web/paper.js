// Printed pages: fetched when a reader opens them, one after the other; those without the quoted words stay away.
(() => {
  const fetched = async (figure) => {
    const answer = await fetch(figure.dataset.source);
    if (!answer.ok) throw new Error(String(answer.status));
    return { marked: answer.headers.get("X-Marked"), picture: await answer.blob() };
  };

  const show = async (figure, { marked, picture }) => {
    const image = figure.querySelector("img");
    const caption = figure.querySelector("figcaption");
    image.src = URL.createObjectURL(picture);
    caption.textContent = caption.dataset[marked] ?? caption.dataset.nothing;
    await image.decode();
    URL.revokeObjectURL(image.src);
    figure.hidden = false;
  };

  const open = async (paper) => {
    const status = paper.querySelector(".loading");
    paper.dataset.opened = "yes";
    try {
      const pages = [...paper.querySelectorAll("figure")];
      let shown = 0;
      for (const [number, figure] of pages.entries()) {
        const page = await fetched(figure);
        const last = number === pages.length - 1;
        if (page.marked === "elsewhere" && (shown || !last)) continue;
        await show(figure, page);
        shown += 1;
      }
      status.hidden = true;
    } catch {
      status.textContent = status.dataset.failed;
      status.className = "warn";
    }
  };

  document.addEventListener("toggle", (event) => {
    const paper = event.target;
    if (paper.matches?.("details.paper") && paper.open && !paper.dataset.opened) open(paper);
  }, true);
})();
