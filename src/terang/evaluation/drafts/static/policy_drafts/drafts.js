/* The running sum of weights while they are typed. Pages work without it. */
"use strict";
(() => {
  const hundredths = (text) => Math.round(Number(text.trim().replace("%", "").replace(",", ".")) * 100) || 0;
  const shown = (value) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 }).format(value / 100);
  document.querySelectorAll("[data-sum]").forEach((section) => {
    const output = section.querySelector("[data-total]");
    const fields = [...section.querySelectorAll(`input[name$="-${section.dataset.sum}"]`)];
    const counts = (field) => !field.closest("fieldset.card")?.querySelector("input[name$=-DELETE]:checked");
    function add() {
      const total = fields.filter(counts).reduce((sum, field) => sum + hundredths(field.value), 0);
      const gap = 10000 - total;
      const word = gap === 0 ? output.dataset.even : `${gap > 0 ? output.dataset.less : output.dataset.over} ${shown(Math.abs(gap))} %`;
      output.textContent = `${shown(total)} %, ${word}`;
    }
    section.addEventListener("input", add);
    section.addEventListener("change", add);
    add();
  });
})();
