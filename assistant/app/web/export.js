// Runs once for the menu: asks for the conversation in a form, and saves the file that comes.
const menu = element.querySelector("details");
const label = () => {
  for (const place of element.querySelectorAll("[data-label]")) place.textContent = props.labels[place.dataset.label];
};
const shut = (back) => {
  if (!menu.open) return;
  menu.open = false;
  if (back) menu.querySelector("summary").focus();
};

menu.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-form]");
  if (!chosen) return;
  trigger("export", { form: chosen.dataset.form });
  shut(true);
});
menu.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(true); });
document.addEventListener("click", (event) => { if (!menu.contains(event.target)) shut(false); });

watch("labels", label);
watch("file", () => {
  const bytes = Uint8Array.from(atob(props.file.content), (sign) => sign.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: props.file.type }));
  link.download = props.file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
label();
