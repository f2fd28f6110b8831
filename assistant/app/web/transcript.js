// Runs once for the transcript: example buttons ask, chips ask again, answers are copied, and the newest turn is scrolled to its question.
const copy = async (button, text) => {
  const said = button.closest(".actions").querySelector(".action-said");
  let done = true;
  try {
    await navigator.clipboard.writeText(text); // not there on a page that came by plain http
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    button.after(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  said.textContent = done ? button.dataset.done : button.dataset.failed;
  setTimeout(() => { said.textContent = ""; }, done ? 2500 : 8000);
};

let rating; // the turn that was rated last: what is asked about it comes into view
const rate = (said) => {
  rating = said.turn;
  trigger("rate", said);
};

const complain = (button) => {
  const words = button.parentElement.querySelector("input")?.value.trim(); // beside the button that sends them
  const reason = button.dataset.reason ?? words;
  if (reason) rate({ turn: button.dataset.turn, good: "no", reason });
};

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches(".own-words input")) {
    complain(event.target.nextElementSibling);
  }
});

element.addEventListener("click", (event) => {
  const taken = event.target.closest(".copy");
  if (taken) copy(taken, taken.dataset.copy);
  const rated = event.target.closest(".rate");
  if (rated) rate({ turn: rated.dataset.turn, good: rated.dataset.good, reason: "" });
  const complaint = event.target.closest(".complaint");
  if (complaint) complain(complaint);
  const linked = event.target.closest(".share");
  if (linked) copy(linked, new URL(`?answer=${encodeURIComponent(linked.dataset.record)}`, location.href).href);
  const button = event.target.closest(".example");
  if (button) trigger("example", { question: button.dataset.ask });
  const chip = event.target.closest(".chip");
  if (chip) trigger("again", { turn: chip.dataset.turn, without: chip.dataset.without });
  const retry = event.target.closest(".ask-again");
  if (retry) trigger("retry", { turn: retry.dataset.turn });
  const full = event.target.closest(".check-in-full");
  if (full) trigger("check", { turn: full.dataset.turn, scheme: full.dataset.scheme });
  const fact = event.target.closest(".fact");
  const field = fact && document.querySelector("#question textarea");
  if (field) {
    field.value = fact.dataset.correct; // the reader writes the value and sends it
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
});

// The question goes from its field as it comes into the transcript; what was typed since then stays.
const asked = (shown) => {
  const field = document.querySelector("#question textarea");
  if (!shown || field?.value.trim() !== shown.textContent) return;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

let language = element.querySelector(".transcript").lang;
let stood = "";
watch("value", () => {
  const shown = element.querySelector(".transcript");
  document.documentElement.lang = shown.lang === "en" ? "en" : "zh-CN";
  const translated = shown.lang !== language;
  language = shown.lang;
  const last = shown.querySelector(".turn:last-child");
  const stands = `${last?.id} ${last?.querySelector(".pending") !== null}`; // a question came, or its answer
  if (stands !== stood) asked(last?.querySelector(".question p"));
  if (!translated && stands !== stood) last?.scrollIntoView({ block: "start" });
  stood = stands;
  if (rating) shown.querySelector(`#turn-${rating} :is(.reasons, .rated)`)?.scrollIntoView({ block: "nearest" });
  rating = undefined;
});
