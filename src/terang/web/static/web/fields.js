/* What is wrong with a field is told in Terang's words beside it before anything is sent, as the server does afterwards: the browser's own bubble speaks the browser's language and vanishes. Without this script the browser and the server check. */
"use strict";
self.Fields = (() => {
  const words = document.body.dataset;
  const BOXES = ".field, fieldset, .card, form";
  const lines = new WeakMap();
  let count = 0;
  let first = null;

  const bound = (control, limit) => (control.type === "date" ? day(limit) : limit);
  const day = (text) => new Date(`${text}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  /** Why a control is not valid, in the language of the page; empty where it is. */
  function reason(control) {
    const { validity } = control;
    if (validity.valid) return "";
    if (validity.customError) return control.validationMessage;
    if (validity.valueMissing && !validity.badInput) return words.missing;
    if (validity.rangeUnderflow) return words.tooLow.replace("{n}", bound(control, control.min));
    if (validity.rangeOverflow) return words.tooHigh.replace("{n}", bound(control, control.max));
    if (validity.typeMismatch && control.type === "email") return words.notMail;
    return words.notRight;
  }

  // A group of choices is one field: its first choice speaks for all
  const speaker = (control) => (control.type === "radio" && control.form?.querySelector(`[type=radio][name="${CSS.escape(control.name)}"]`)) || control;
  const described = (control) => (control.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
  function describe(control, ids) {
    if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
    else control.removeAttribute("aria-describedby");
  }
  function draw(control) {
    const box = control.closest(BOXES);
    let before = control;
    while (before.parentElement !== box) before = before.parentElement;
    if (box.matches(".field")) box.querySelectorAll(":scope > .error").forEach((old) => old.remove());
    const line = document.getElementById("fault").content.firstElementChild.cloneNode(true);
    line.id = `fault-${(count += 1)}`;
    box.insertBefore(line, before);
    lines.set(control, line);
    return line;
  }
  function tell(control) {
    const known = lines.get(control);
    const line = known?.isConnected ? known : draw(control);
    line.querySelector("[data-why]").textContent = reason(control);
    line.closest(".field")?.classList.add("has-error");
    control.setAttribute("aria-invalid", "true");
    describe(control, [...new Set([...described(control), line.id])]);
  }
  function clear(control) {
    const line = lines.get(control);
    if (!line?.isConnected) return;
    line.closest(".field")?.classList.remove("has-error");
    line.remove();
    control.removeAttribute("aria-invalid");
    describe(control, described(control).filter((id) => id !== line.id));
  }
  function go(control) {
    for (let fold = control.closest("details:not([open])"); fold; fold = control.closest("details:not([open])")) fold.open = true;
    control.focus();
    control.scrollIntoView({ block: "center" });
  }

  document.addEventListener("invalid", (event) => {
    event.preventDefault();
    const control = speaker(event.target);
    tell(control);
    if (!first) setTimeout(() => { go(first); first = null; });
    first = first || control;
  }, true);
  for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => {
    if (target.validity?.valid) clear(speaker(target));
  });

  return { reason };
})();
