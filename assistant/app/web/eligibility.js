// Runs for the list, the form, the verdict and the file: searching, sending what is filled in, and where the focus goes.
const IDLE = /我们|公司|企业|请问|怎么|如何|能不能|可不可以|可以|有没有|有什么|多少|[吗呢的了有能拿钱？?，。]/g;
const pairs = (text) => {
  const found = new Set(text.match(/[a-z0-9]{3,}/g) ?? []);
  for (const run of text.replace(IDLE, " ").match(/[\u4e00-\u9fff]+/g) ?? []) {
    for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
  }
  return [...found];
};

// All words as typed, else a share of what was said; what stands in the title counts twice: 带实习生有钱拿吗 finds
// what pays for interns before what merely asks how many there are.
const share = (words, query, parts) => {
  if (query.split(/\s+/).every((word) => words.includes(word))) return 1;
  return parts.length ? parts.filter((part) => words.includes(part)).length / parts.length : 0;
};
const rank = ({ dataset }, query, parts) => (share(dataset.words, query, parts) + share(dataset.about, query, parts)) / 2;

const search = () => {
  const list = element.querySelector(".scheme-list");
  if (!list) return; // nothing can be checked
  const query = element.querySelector("input[type=search]").value.normalize("NFKC").toLowerCase().trim();
  const parts = pairs(query);
  const entries = [...element.querySelectorAll(".scheme")];
  const ranked = entries.map((entry) => [query ? rank(entry, query, parts) : 1, entry]);
  const best = Math.max(0, ...ranked.map(([found]) => found));
  const least = Math.max(0.25, best / 2);
  for (const [found, entry] of ranked) entry.hidden = found < least;
  const order = ([one, first], [other, second]) => other - one || first.dataset.n - second.dataset.n;
  list.append(...ranked.sort(order).map(([, entry]) => entry));
  const shown = entries.filter((entry) => !entry.hidden).length;
  const count = element.querySelector(".count");
  count.textContent = count.dataset.count.replace("{count}", entries.length).replace("{shown}", shown);
  element.querySelector(".none-found").hidden = shown > 0;
};

// One check at a time, so that the last answer shown is that to the last thing typed.
let waiting, sent, again;
const send = () => {
  clearTimeout(waiting);
  if (sent) {
    again = true;
    return;
  }
  sent = Date.now();
  setTimeout(answered, 5000, sent); // should no answer come
  const sheet = element.querySelector(".sheet");
  const answers = Object.fromEntries(new FormData(sheet.querySelector("form")));
  trigger("check", { answers, scheme: sheet.dataset.scheme, year: sheet.dataset.year, sent });
};
const answered = (number) => {
  if (number !== sent) return;
  sent = undefined;
  if (again && element.querySelector("form")) send();
  again = false;
};
watch("checked", () => answered(props.checked));

// What the verdict says of single fields: what is wrong with them, and which is worth filling in next.
const mark = () => {
  const found = document.querySelector("#eligibility-verdict .verdict-of");
  const sheet = document.querySelector("#eligibility-form .sheet");
  if (!found || !sheet) return;
  const { problems, next } = JSON.parse(found.dataset.marks);
  for (const field of sheet.querySelectorAll("[data-field]")) {
    const name = field.dataset.field;
    const problem = problems[name] ?? "";
    const told = field.querySelector(".wrong");
    if (told.textContent !== problem) told.textContent = problem;
    told.hidden = !problem;
    for (const control of field.querySelectorAll("[aria-describedby]")) control.setAttribute("aria-invalid", String(Boolean(problem)));
    const wanted = name === next || name.startsWith(`${next}.`);
    field.classList.toggle("next", Boolean(next) && wanted);
    const label = field.querySelector(".next-mark");
    if (label) label.hidden = name !== next;
  }
  const announced = sheet.querySelector(".announced");
  const words = found.querySelector(".outcome h3").textContent;
  if (announced.textContent !== words) announced.textContent = words;
  sheet.querySelector(".follows").textContent = words;
};

const toField = (name) => {
  const sheet = document.querySelector("#eligibility-form .sheet");
  const field = sheet.querySelector(`[data-field="${name}"]`) ?? [...sheet.querySelectorAll(`[data-field^="${name}."]`)].at(-1);
  field?.scrollIntoView({ block: "center" });
  field?.querySelector("input, select")?.focus({ preventScroll: true });
};

const closeBases = (but) => {
  for (const basis of document.querySelectorAll("#eligibility-page .basis[open]")) {
    if (basis !== but) basis.open = false;
  }
};

element.addEventListener("click", (event) => {
  const summary = event.target.closest(".basis > summary");
  if (summary) {
    const basis = summary.parentElement;
    if (basis.dataset.hovered) { // it is open already: a click keeps it open
      event.preventDefault();
      delete basis.dataset.hovered;
    }
    closeBases(basis);
    requestAnimationFrame(() => basis.open && basis.querySelector(".clause-card").scrollIntoView({ block: "nearest" }));
    return;
  }
  if (!event.target.closest(".basis")) closeBases();
  const target = event.target.closest("button");
  if (!target) return;
  const chosen = element.querySelector("select.where")?.value ?? "";
  if (target.matches(".open")) trigger("open", { scheme: target.dataset.scheme, place: chosen });
  else if (target.matches(".shut")) trigger("shut", {});
  else if (target.matches(".clear")) trigger("clear", {});
  else if (target.matches(".to-field")) toField(target.dataset.to);
  else if (target.matches(".follow")) {
    document.querySelector("#eligibility-verdict .outcome").scrollIntoView({ block: "start" });
  } else if (target.matches(".take")) {
    target.closest(".files").querySelector(".warn").hidden = true;
    trigger("take", { ending: target.dataset.ending });
  } else if (target.matches(".earlier")) {
    const older = element.querySelector(".older");
    older.hidden = !older.hidden;
    target.setAttribute("aria-expanded", String(!older.hidden));
  }
});

// A clause opens where the mouse rests on it, and by click, key or touch as every <details> does.
element.addEventListener("mouseover", (event) => {
  const basis = event.target.closest(".basis");
  if (!basis || basis.open || !matchMedia("(hover: hover)").matches) return;
  closeBases(basis);
  basis.dataset.hovered = "yes";
  basis.open = true;
});
element.addEventListener("mouseout", (event) => {
  const basis = event.target.closest(".basis");
  if (!basis?.dataset.hovered || basis.contains(event.relatedTarget)) return;
  delete basis.dataset.hovered;
  basis.open = false;
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = element.querySelector(".basis[open]");
  closeBases();
  open?.querySelector("summary").focus({ preventScroll: true });
});

element.addEventListener("input", (event) => {
  if (event.target.matches(".schemes input[type=search]")) search();
  else if (event.target.closest("form") && event.target.name !== "day") { // another year is another form: once it is whole
    clearTimeout(waiting);
    waiting = setTimeout(send, 350);
  }
});
element.addEventListener("change", (event) => {
  if (event.target.matches("select.where")) trigger("where", { place: event.target.value });
  else if (event.target.closest("form")) send();
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

const save = (made) => {
  if (!made.dataset.content) {
    const told = document.querySelector("#eligibility-verdict .files .warn");
    told.textContent = told.dataset.failed;
    told.hidden = false;
    return;
  }
  const bytes = Uint8Array.from(atob(made.dataset.content), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = made.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

let shown; // the scheme whose form is shown
const refresh = () => {
  if (element.querySelector(".schemes")) search();
  const sheet = element.querySelector(".sheet");
  if (sheet) {
    sheet.querySelector("form").reset(); // the fields are the old ones, with what was typed into them
    if (shown !== sheet.dataset.scheme) {
      sheet.scrollIntoView({ block: "start" });
      sheet.querySelector("h2").focus({ preventScroll: true });
    }
    shown = sheet.dataset.scheme;
  } else if (shown && element.closest("#eligibility-form")) {
    const left = document.querySelector(`#eligibility-list button.open[data-scheme="${shown}"]`);
    shown = undefined;
    left?.scrollIntoView({ block: "center" });
    left?.focus({ preventScroll: true });
  }
  mark();
};
watch("value", () => {
  const made = element.querySelector("[data-made]");
  if (made) save(made);
  else refresh();
});
refresh(); // a tab that was never opened is first shown with what it holds by then
