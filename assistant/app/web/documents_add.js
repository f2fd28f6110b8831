// Files that are dropped or picked, one after the other: sent, read, and what became of each shown beside its name.
const waiting = [];
let busy = false;

const zone = () => element.querySelector(".documents");
const hint = (words) => {
  const shown = element.querySelector(".hint");
  shown.textContent = words;
  shown.hidden = !words;
};

const line = (name) => {
  const item = document.createElement("li");
  const title = document.createElement("b");
  const told = document.createElement("span");
  title.textContent = name;
  item.append(title, told);
  element.querySelector(".sent").append(item);
  return { item, told };
};

const send = ({ file, name, shown }) => new Promise((done) => {
  const data = zone().dataset;
  const request = new XMLHttpRequest();
  const end = (status, words) => { shown.item.className = status; shown.told.textContent = words; done(); };
  const language = zone().lang;
  request.open("POST", `${data.path}?${new URLSearchParams({ name, language })}`);
  request.setRequestHeader(data.header, "1");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = (event) => {
    shown.item.className = "busy";
    const percent = Math.floor(100 * event.loaded / Math.max(event.total, 1));
    shown.told.textContent = percent < 100 ? data.sending.replace("{percent}", percent) : data.reading;
  };
  request.upload.onload = () => { shown.told.textContent = data.reading; };
  request.onerror = () => end("failed", data.broken);
  request.onload = () => {
    try {
      const answer = JSON.parse(request.responseText);
      end(answer.status, answer.message);
    } catch {
      end("failed", data.broken);
    }
  };
  request.send(file);
});

const work = async () => {
  if (busy) return;
  busy = true;
  while (waiting.length) {
    await send(waiting.shift());
    trigger("taken", {});
  }
  busy = false;
};

const take = (found) => {
  const most = Number(zone().dataset.most);
  if (found.length > most) {
    hint(zone().dataset.tooMany.replace("{count}", most).replace("{given}", found.length));
    return;
  }
  hint(found.length ? "" : zone().dataset.nothing);
  for (const { file, name } of found) waiting.push({ file, name, shown: line(name) });
  work();
};

// A folder holds much that is no document (thumbs.db): what no reader knows is passed over there, and told when picked.
const readable = ({ name }) => zone().dataset.suffixes.split(" ").some((suffix) => name.toLowerCase().endsWith(suffix));
const hidden = ({ name }) => name.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));
const walk = async (entry, path = "") => {
  if (entry.isFile) {
    const file = await new Promise((found, lost) => entry.file(found, lost));
    return [{ file, name: path + file.name }];
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) { // it gives a hundred at a time
    const some = await new Promise((found, lost) => reader.readEntries(found, lost));
    if (!some.length) break;
    for (const each of some) inside.push(...await walk(each, `${path}${entry.name}/`));
  }
  return inside.filter((one) => readable(one) && !hidden(one));
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button.pick");
  if (button) element.querySelector(button.matches(".folder") ? "input.folder" : "input.files").click();
});

element.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("input[type=file]")) return;
  const found = [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  take(input.matches(".folder") ? found.filter((one) => readable(one) && !hidden(one)) : found);
  input.value = "";
});

const over = (event) => {
  const drop = event.target.closest(".drop");
  if (!drop) return;
  event.preventDefault();
  drop.classList.toggle("over", event.type !== "dragleave");
};
for (const name of ["dragenter", "dragover", "dragleave"]) element.addEventListener(name, over);

element.addEventListener("drop", async (event) => {
  const drop = event.target.closest(".drop");
  if (!drop) return;
  event.preventDefault();
  drop.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  take((await Promise.all(entries.map((entry) => walk(entry)))).flat());
});
