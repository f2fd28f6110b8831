// Runs once for the field: what is written becomes a day, and the calendar writes one into it.
const field = element.querySelector("#day-written");
const calendar = element.querySelector(".day-calendar");
const wrong = element.querySelector("#day-wrong");

// 2026-01-31, 2026/1/31, 2026.1.31, 20260131 and 2026年1月31日 are one day; "" is none, null is no day at all.
const dayOf = (text) => {
  const plain = text.normalize("NFKC").trim();
  if (!plain) return "";
  const parts = plain.match(/^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/) ?? plain.match(/^(\d{4})(\d{2})(\d{2})$/);
  if (!parts) return null;
  const day = [parts[1], parts[2].padStart(2, "0"), parts[3].padStart(2, "0")].join("-");
  const date = new Date(`${day}T00:00:00Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  return real && calendar.min <= day && day <= calendar.max ? day : null;
};

const tell = (day) => {
  wrong.textContent = day === null ? props.labels.day_wrong : "";
  if (day === null) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
};
const take = () => {
  const day = dayOf(field.value);
  props.value = day ?? field.value.trim(); // the page says what is wrong when the question is asked
  calendar.value = day ?? "";
  return day;
};

field.addEventListener("input", () => { if (take() !== null) tell(""); });
field.addEventListener("change", () => {
  const day = take();
  if (day !== null) field.value = day;
  tell(day);
});
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && event.altKey) element.querySelector(".day-pick").click(); // as in the browser's own
});
element.querySelector(".day-pick").addEventListener("click", () => calendar.showPicker());
calendar.addEventListener("change", () => {
  field.value = calendar.value;
  take();
  tell("");
  field.focus();
});

const label = () => {
  element.querySelector("[data-label]").textContent = props.labels.day_label;
  element.querySelector(".day-pick").setAttribute("aria-label", props.labels.day_pick);
  field.placeholder = props.labels.day_form;
  if (wrong.textContent) wrong.textContent = props.labels.day_wrong;
};
watch("labels", label);
label();
