// Runs once for the table and once for the policy beside it: search, sort, opening, comparing, and where the focus goes.
const collator = new Intl.Collator("zh-CN", { numeric: true });

const filter = () => {
  const rows = [...element.querySelectorAll("table.policies tbody tr")];
  const words = element.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = [...element.querySelectorAll("select[data-filter]")].filter((select) => select.value);
  let shown = 0;
  for (const row of rows) {
    row.hidden = !words.every((word) => row.dataset.words.includes(word))
      || !chosen.every((select) => row.dataset[select.dataset.filter] === select.value);
    if (!row.hidden) shown += 1;
  }
  const count = element.querySelector(".count");
  count.textContent = count.dataset.count.replace("{count}", rows.length).replace("{shown}", shown);
  element.querySelector(".none-found").hidden = shown > 0;
  element.querySelector("table.policies").hidden = shown === 0;
};

const sort = (button) => {
  const head = button.closest("th");
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentElement.children) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = element.querySelector("table.policies tbody");
  const key = (row) => row.children[Number(button.dataset.sort)].dataset.key;
  const order = (one, other) => {
    if (!key(one) || !key(other)) return Boolean(key(other)) - Boolean(key(one)); // unknown comes last either way
    return collator.compare(key(one), key(other)) * (ascending ? 1 : -1);
  };
  body.append(...[...body.children].sort(order));
};

const compare = (button) => {
  const other = element.querySelector(".chooser select").value;
  const hint = element.querySelector(".chooser .hint");
  hint.hidden = Boolean(other);
  hint.textContent = other ? "" : button.dataset.none;
  if (!other) return;
  button.disabled = true;
  button.textContent = button.dataset.busy;
  trigger("compare", { policy: element.querySelector(".policy-page").dataset.policy, other });
};

element.addEventListener("click", (event) => {
  const target = event.target.closest("button, a[data-goto]");
  if (!target) return;
  if (target.matches(".open")) trigger("open", { policy: target.dataset.policy });
  else if (target.matches(".shut")) trigger("shut", {});
  else if (target.matches(".compare")) compare(target);
  else if (target.matches("[data-sort]")) sort(target);
  else if (target.matches(".clear")) {
    for (const field of element.querySelectorAll(".library-filters input, .library-filters select")) field.value = "";
    filter();
  } else if (target.matches("a[data-goto]")) {
    event.preventDefault();
    const clause = document.getElementById(target.dataset.goto);
    clause.scrollIntoView({ block: "start" });
    clause.focus({ preventScroll: true });
  }
});

element.addEventListener("input", (event) => {
  if (event.target.closest(".library-filters")) filter();
  const only = event.target.closest(".only input");
  if (only) element.querySelector(".sides").classList.toggle("changes-only", only.checked);
});

let left; // the policy that was opened last, where the focus returns to
watch("value", () => {
  const page = element.querySelector(".policy-page");
  if (page) {
    left = page.dataset.policy ?? left;
    page.scrollIntoView({ block: "start" });
    page.querySelector("h2")?.focus({ preventScroll: true });
  } else if (left && element.closest("#library-policy")) {
    const rows = document.querySelectorAll("#library-table button.open");
    const row = [...rows].find((button) => button.dataset.policy === left);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
    left = undefined;
  }
});
