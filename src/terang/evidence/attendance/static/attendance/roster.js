/* Painting a roster: choose a shift, tap days. Only what was changed is sent. Each person's own page works without this. */
"use strict";
(() => {
  const form = document.querySelector("form[data-roster]");
  if (!form) return;
  const save = form.querySelector("[data-save]");
  const told = form.querySelector("[data-changed]");
  const changed = new Map();
  let held = false;

  function paint(cell) {
    const brush = form.querySelector("input[name=brush]:checked");
    if (!brush || cell.disabled) return;
    const code = brush.dataset.code;
    cell.textContent = code || "·";
    cell.dataset.code = code;
    cell.classList.add("changed");
    cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/: [^:]*$/, `: ${code || form.dataset.off}`));
    let input = changed.get(cell.dataset.cell);
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = "cell";
      form.append(input);
      changed.set(cell.dataset.cell, input);
    }
    input.value = `${cell.dataset.cell}:${brush.value}`;
    save.disabled = false;
    told.textContent = `${changed.size} ${form.dataset.count}`;
  }
  const cellAt = (event) => event.target.closest("button[data-cell]");
  form.addEventListener("click", (event) => { const cell = cellAt(event); if (cell) paint(cell); });
  form.addEventListener("pointerdown", (event) => { held = event.pointerType === "mouse" && Boolean(cellAt(event)); });
  document.addEventListener("pointerup", () => { held = false; });
  form.addEventListener("pointerover", (event) => { const cell = cellAt(event); if (held && cell) paint(cell); });
  form.addEventListener("keydown", (event) => {
    const cell = cellAt(event);
    if (!cell) return;
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.key in steps) {
      const cells = [...cell.closest("tr").querySelectorAll("button[data-cell]")];
      const next = cells[cells.indexOf(cell) + steps[event.key]];
      if (next) { next.focus(); event.preventDefault(); }
    }
    const brush = [...form.querySelectorAll("input[name=brush]")].find((one) => (one.dataset.code || "L").toLowerCase() === event.key.toLowerCase());
    if (brush) { brush.checked = true; paint(cell); }
  });
  let sent = false;
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("beforeunload", (event) => { if (changed.size && !sent) event.preventDefault(); });
})();
