// Small comforts. Every page works without them.
const words = (text) => (text.match(/[\p{L}\p{N}_]+(?:[’'\-.,][\p{L}\p{N}_]+)*/gu) || []).length;

function count(area) {
  const counter = document.getElementById(area.id + "-counter");
  if (!counter) return;
  const limit = Number(area.dataset.maxWords), now = words(area.value);
  counter.textContent = `${now} / ${limit}`;
  counter.classList.toggle("over", now > limit);
}

function addRow(button) {
  const table = document.getElementById(button.dataset.table), body = table && table.tBodies[0];
  const last = body && body.rows[body.rows.length - 1];
  if (!last) return false;
  const row = last.cloneNode(true), number = body.rows.length;
  row.querySelectorAll("input, select, textarea").forEach((cell) => {
    cell.name = cell.name.replace(/-\d+-(?=[^-]*$)/, `-${number}-`);
    cell.removeAttribute("id");
    cell.classList.remove("cell-invalid");
    if (cell.getAttribute("aria-label")) cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/\d+$/, number + 1));
    if (cell.tagName === "SELECT") cell.selectedIndex = 0; else cell.value = "";
  });
  row.querySelectorAll(".field-error").forEach((error) => error.remove());
  body.append(row);
  row.querySelector("input, select, textarea").focus();
  return true;
}

// "1 234,50" and "1,234.50" alike; NaN for anything else.
const amount = (text) => {
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, ""), mark = Math.max(plain.lastIndexOf(","), plain.lastIndexOf("."));
  return plain ? Number(mark < 0 ? plain : plain.slice(0, mark).replace(/[.,]/g, "") + "." + plain.slice(mark + 1)) : 0;
};

// The running total of the fields whose names begin alike; the server's own sum is what counts.
function total(output) {
  const fields = [...output.closest("form").elements].filter((e) => e.name && e.name.startsWith(output.dataset.sum));
  const sum = fields.reduce((all, field) => all + amount(field.value), 0);
  output.textContent = Number.isFinite(sum) ? (Math.round(sum * 1e6) / 1e6).toLocaleString(document.documentElement.lang) : "–";
}

let dirty = false;
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-max-words]")) count(event.target);
  if (event.target.form) event.target.form.querySelectorAll("output[data-sum]").forEach(total);
  if (event.target.closest("form[data-guard]")) dirty = true;
});
document.addEventListener("submit", (event) => {
  const question = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
  if (question && !window.confirm(question)) { event.preventDefault(); return; }
  dirty = false;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-table]");
  if (button && addRow(button)) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) dirty = false; });
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-max-words]").forEach(count);
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
});
