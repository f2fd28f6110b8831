// The list of one's own documents: forms are sent as they stand, and removing is asked for twice.

// What is typed and not yet taken survives the list being drawn anew, as it is with every file that arrives.
const typed = new Map(); // source → name of a field → what is written there
let sent = "";
element.addEventListener("input", (event) => {
  const { source } = event.target.closest(".upload").dataset;
  typed.set(source, { ...typed.get(source), [event.target.name]: event.target.value });
});
new MutationObserver(() => {
  if (sent && !element.querySelector(".said.bad")) typed.delete(sent);
  sent = "";
  for (const upload of element.querySelectorAll(".upload")) {
    const form = upload.querySelector("form");
    for (const [name, value] of Object.entries(typed.get(upload.dataset.source) ?? {})) form.elements[name].value = value;
  }
}).observe(element, { childList: true, subtree: true });

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const facts = JSON.stringify(Object.fromEntries(new FormData(form)));
  form.querySelector("button").disabled = true;
  sent = form.closest(".upload").dataset.source;
  trigger("confirm", { source: sent, facts });
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button.do");
  if (!button) return;
  if (button.dataset.sure && !button.classList.contains("sure")) {
    button.classList.add("sure");
    button.textContent = button.dataset.sure;
    return;
  }
  button.disabled = true;
  trigger("act", { source: button.closest(".upload").dataset.source, what: button.dataset.do });
});
