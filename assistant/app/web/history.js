// Runs once for the drawer: keeps each conversation in this browser, lists, opens, renames and removes them.
const who = document.cookie.match(/(?:^|; )assistant_who=(\w+)/)?.[1]; // colleagues may share a browser
const PREFIX = who ? `policy-assistant.${who}.conversation.` : "policy-assistant.conversation.";
const CURRENT = `policy-assistant.${who ?? ""}current`; // of this window: a reload comes back to it, a new window starts afresh
const MOST_CHARACTERS = 3000000; // the browser gives about five million to everything of this address
const MOST = 100;
const dialog = element.querySelector("dialog");
const said = element.querySelector(".history-said");
const list = element.querySelector(".history-list");
const say = (name, values = {}) =>
  (props.labels[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

// A browser may forbid storage; then there is simply nothing kept, and the drawer says so.
const stored = (work, otherwise) => { try { return work(); } catch { return otherwise; } };
let current = stored(() => sessionStorage.getItem(CURRENT), null);
const setCurrent = (id) => {
  current = id;
  stored(() => (id ? sessionStorage.setItem(CURRENT, id) : sessionStorage.removeItem(CURRENT)));
};

const readable = (entry) =>
  typeof entry?.changed === "number" && typeof entry.title === "string"
  && entry.conversation?.version === props.version && Array.isArray(entry.conversation.turns)
  && typeof entry.conversation.turns[0]?.question === "string";

// Newest first; what is damaged or of another version is removed and counted.
const entries = () => stored(() => {
  const found = [];
  let lost = 0;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const text = localStorage.getItem(key);
    const entry = stored(() => JSON.parse(text), null);
    if (readable(entry)) found.push({ id: key.slice(PREFIX.length), size: text.length, ...entry });
    else { localStorage.removeItem(key); lost += 1; }
  }
  if (lost) said.textContent = say("history_lost", { count: lost });
  return found.sort((one, other) => other.changed - one.changed);
}, []);

const write = (id, entry) => {
  const text = JSON.stringify(entry);
  const others = entries().filter((other) => other.id !== id);
  let size = others.reduce((sum, other) => sum + other.size, text.length);
  let dropped = 0;
  const dropOldest = () => {
    const oldest = others.pop();
    localStorage.removeItem(PREFIX + oldest.id);
    size -= oldest.size;
    dropped += 1;
  };
  try {
    while (others.length && (size > MOST_CHARACTERS || others.length >= MOST)) dropOldest();
    for (;;) {
      try {
        localStorage.setItem(PREFIX + id, text);
        break;
      } catch (full) {
        if (!others.length) throw full;
        dropOldest();
      }
    }
    if (dropped) said.textContent = say("history_dropped", { count: dropped });
  } catch {
    said.textContent = say("history_full");
  }
};

let opening; // the conversation asked for last, until it is shown
const keep = (text) => {
  const asked = opening;
  opening = undefined;
  if (!text && asked) stored(() => localStorage.removeItem(PREFIX + asked)); // nothing of it could be read
  if (!text) return setCurrent(null);
  if (!current) setCurrent(Date.now().toString(36) + Math.random().toString(36).slice(2, 10));
  const before = stored(() => JSON.parse(localStorage.getItem(PREFIX + current)), null);
  const conversation = JSON.parse(text);
  if (JSON.stringify(before?.conversation) === JSON.stringify(conversation)) return; // only opened
  write(current, { title: before?.title ?? "", changed: Date.now(), conversation });
};

const button = (style, label, name, work) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = style;
  made.textContent = label;
  if (name) made.setAttribute("aria-label", name);
  made.addEventListener("click", work);
  return made;
};

const nameOf = (entry) => entry.title || entry.conversation.turns[0].question;

const open = (entry) => {
  setCurrent(entry.id);
  opening = entry.id;
  dialog.close();
  trigger("open", { conversation: JSON.stringify(entry.conversation) });
};

const rename = (item, entry) => {
  const field = document.createElement("input");
  field.value = nameOf(entry);
  field.maxLength = 80;
  field.setAttribute("aria-label", say("new_name"));
  let done = false;
  const end = (keeps) => {
    if (done) return;
    done = true;
    const { id, size, ...rest } = entry;
    if (keeps) write(id, { ...rest, title: field.value.trim() });
    draw();
    list.querySelector(`[data-id="${CSS.escape(id)}"] .history-rename`)?.focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); end(true); }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); end(false); }
  });
  field.addEventListener("blur", () => end(true));
  item.replaceChildren(field);
  field.focus();
  field.select();
};

const remove = (item, entry) => {
  const following = item.nextElementSibling ?? item.previousElementSibling;
  const text = localStorage.getItem(PREFIX + entry.id);
  localStorage.removeItem(PREFIX + entry.id);
  if (entry.id === current) { setCurrent(null); trigger("left", {}); }
  const next = following?.dataset.id;
  draw();
  said.textContent = `${say("removed_one", { name: nameOf(entry) })} `;
  said.append(button("history-undo", say("undo"), "", () => {
    stored(() => localStorage.setItem(PREFIX + entry.id, text));
    said.textContent = "";
    draw();
    list.querySelector(`[data-id="${CSS.escape(entry.id)}"] .history-entry`)?.focus();
  }));
  (list.querySelector(`[data-id="${CSS.escape(next ?? "")}"] .history-entry`) ?? said.querySelector("button")).focus();
};

const draw = () => {
  const days = new Intl.DateTimeFormat(say("locale"), { dateStyle: "medium", timeStyle: "short" });
  list.replaceChildren(...entries().map((entry) => {
    const item = document.createElement("li");
    item.dataset.id = entry.id;
    const name = nameOf(entry);
    const opener = button("history-entry", name, "", () => open(entry));
    if (entry.id === current) opener.setAttribute("aria-current", "true");
    const when = document.createElement("span");
    when.className = "history-when";
    when.textContent = days.format(entry.changed);
    opener.append(when);
    item.append(
      opener,
      button("history-rename", say("rename"), say("rename_one", { name }), () => rename(item, entry)),
      button("history-remove", say("remove"), say("remove_one", { name }), () => remove(item, entry)),
    );
    return item;
  }));
  if (!list.children.length) {
    const none = document.createElement("li");
    none.className = "history-none";
    none.textContent = stored(() => localStorage.length, -1) < 0 ? say("history_forbidden") : say("history_none");
    list.append(none);
  }
};

const label = () => {
  for (const place of element.querySelectorAll("[data-label]")) place.textContent = say(place.dataset.label);
  draw();
};

element.querySelector(".history-open").addEventListener("click", () => {
  draw();
  dialog.showModal();
  (list.querySelector("[aria-current]") ?? element.querySelector("#history-title")).focus();
});
element.querySelector(".history-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); }); // beside the drawer
dialog.addEventListener("close", () => { said.textContent = ""; });
watch("labels", label);
watch("value", () => { if (props.value) keep(props.value.conversation); });
label();

const linked = new URLSearchParams(location.search).has("answer"); // the page shows that answer and nothing else
const unfinished = !linked && entries().find((entry) => entry.id === current);
if (unfinished) setTimeout(() => open(unfinished)); // once the page around is there
else setCurrent(null);
