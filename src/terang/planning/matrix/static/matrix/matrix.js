/* Keys in the table of roles, and the running check of a split. Pages work without it. */
"use strict";
(() => {
  const table = document.querySelector(".mx tbody");
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  function neighbour(cell, [down, right]) {
    const row = cell.closest("tr");
    const rows = [...table.rows];
    const target = rows[rows.indexOf(row) + down];
    return target && target.cells[cell.closest("td").cellIndex + right];
  }
  document.addEventListener("keydown", (event) => {
    const editor = event.target.closest(".mx-editing");
    if (editor && event.key === "Escape") return editor.querySelector("[data-cancel]").click();
    const open = event.target.closest(".mx-open");
    const step = STEPS[event.key];
    if (!open || !table || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbour(open, step)?.querySelector(".mx-open");
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  // Numbers as people write them: "1.200" and "2,5"
  function milli(text) {
    const plain = text.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
    return plain && isFinite(plain) ? Math.round(Number(plain) * 1000) : 0;
  }
  const form = document.querySelector("form[data-split]");
  const output = form && form.querySelector("[data-split-check]");
  const target = form ? Number(form.dataset.target) : 0;
  function check() {
    const shares = [...form.querySelectorAll("[data-share]")].map((field) => milli(field.value));
    const left = target - Number(form.dataset.elsewhere) - shares.reduce((sum, one) => sum + one, 0);
    const amount = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 }).format(Math.abs(left) / 1000);
    output.textContent = left === 0 ? form.dataset.even : `${amount} ${left > 0 ? form.dataset.left : form.dataset.over}`;
    output.className = `num ${left === 0 ? "mx-ok" : "mx-attention"}`;
  }
  if (output && target && form.querySelector("[data-share]")) {
    form.addEventListener("input", check);
    check();
  }
})();
