// Runs once for the transcript: example buttons ask, chips ask again, and the newest turn is scrolled to its question.
element.addEventListener("click", (event) => {
  const button = event.target.closest(".example");
  if (button) trigger("example", { question: button.dataset.ask });
  const chip = event.target.closest(".chip");
  if (chip) trigger("again", { turn: chip.dataset.turn, without: chip.dataset.without });
  const fact = event.target.closest(".fact");
  const asked = fact && document.querySelector("#question textarea");
  if (asked) {
    asked.value = fact.dataset.correct; // the reader writes the value and sends it
    asked.dispatchEvent(new Event("input", { bubbles: true }));
    asked.focus();
  }
});

let language = element.querySelector(".transcript").lang;
watch("value", () => {
  const shown = element.querySelector(".transcript");
  document.documentElement.lang = shown.lang === "en" ? "en" : "zh-CN";
  const translated = shown.lang !== language;
  language = shown.lang;
  if (!translated) shown.querySelector(".turn:last-child")?.scrollIntoView({ block: "start" });
});
