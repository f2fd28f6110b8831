// Citations and cards: a number opens its card and moves the focus there, "back" returns to the number.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const reveal = (target, block) =>
    target.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });

  const showTurn = (turn) => {
    for (const group of document.querySelectorAll(".source-group")) group.hidden = group.dataset.turn !== turn;
  };

  let left; // the number that was followed last

  const backTo = (card) => {
    const known = left?.isConnected && left.hash === `#${card.id}`;
    const number = known ? left : document.querySelector(`a.cite[href="#${card.id}"]`);
    number?.focus({ preventScroll: true });
    if (number) reveal(number, "center");
  };

  const openCard = (card) => {
    showTurn(card.dataset.turn);
    for (const other of document.querySelectorAll(".clause.current")) other.classList.remove("current");
    card.open = true;
    card.classList.add("current");
    const words = card.querySelector(".words");
    const mark = words?.querySelector("mark");
    if (mark) words.scrollTop = mark.offsetTop - words.offsetTop - 24;
    card.querySelector("summary").focus({ preventScroll: true });
    reveal(card, "start");
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.cite, a.back");
    if (!link) return;
    event.preventDefault();
    if (link.matches(".back")) return backTo(link.closest(".clause"));
    const card = document.getElementById(link.hash.slice(1));
    if (!card) return;
    left = link;
    openCard(card);
  });
})();
