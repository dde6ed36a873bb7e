/* What every form for no network does: files, faults at their fields, keeping the row on this device, opening one that came back.
   A room brings what is its own: `kind`, `files` (the name of the field of files), `draw(desk)`, `fill(pairs)`, `faults()`,
   `about(fields)` and `reset()`; missing ones do nothing. */
"use strict";
self.KeptForm = async (page, room) => {
  const words = page.dataset;
  const form = page.querySelector("form");
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const slot = (name, root = page) => root.querySelector(`[data-slot=${name}]`);
  const copy = (name) => page.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  const field = (name) => form.querySelector(`[data-field=${name}]`);
  const show = (element) => { element.hidden = false; element.focus?.(); element.scrollIntoView?.({ block: "center" }); };
  const chooser = form.elements.namedItem(room.files);
  let key = newKey();
  let kept = [];
  let rest = [];
  let replaced = "";
  let desk = null;

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
  }

  function drawDesk() {
    room.draw?.(desk);
    part("drift").hidden = Math.abs(desk?.drift || 0) < 900_000;
    if (!desk) return;
    part("me").hidden = false;
    slot("me").textContent = desk.person.name;
    chooser.accept = desk.limits.kinds.map((kind) => `.${kind}`).join(",");
    chooser.dataset.limitMb = desk.limits.megabytes;
    slot("limits").textContent = words.limits.replace("{n}", desk.limits.files).replace("{mb}", desk.limits.megabytes);
  }
  function drawKept() {
    slot("kept").hidden = !kept.length;
    slot("kept").replaceChildren(...kept.map((pair) => {
      const line = copy("kept");
      slot("name", line).textContent = pair[1].name;
      line.querySelector("button").onclick = () => { kept = kept.filter((other) => other !== pair); drawKept(); };
      return line;
    }));
  }

  // What is wrong stands at its field
  function forgive(error) {
    error.hidden = true;
    error.closest(".field").classList.remove("has-error");
  }
  function clear() {
    for (const name of ["saved", "refused"]) part(name).hidden = true;
    form.querySelectorAll("[data-error]").forEach(forgive);
  }
  form.addEventListener("change", ({ target }) => target.closest("[data-field]")?.querySelectorAll("[data-error]").forEach(forgive));
  function tell(reasons) {
    const loose = [];
    for (const [name, said] of Object.entries(reasons)) {
      const place = name && field(name);
      if (!place || place.hidden) { loose.push(...said); continue; }
      const error = place.querySelector("[data-error]");
      error.textContent = said.join(" ");
      error.hidden = false;
      place.classList.add("has-error");
    }
    const first = form.querySelector(".has-error");
    if (loose.length) refuse(loose);
    else if (first) { first.scrollIntoView({ block: "center" }); first.querySelector("input, textarea, select")?.focus(); }
  }
  function refuse([why, ...others]) {
    slot("why").textContent = why;
    slot("reasons").replaceChildren(...others.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    show(part("refused"));
  }
  /** The room's own faults, too many files, and what the browser finds wrong with a control. */
  function faults(files) {
    const found = room.faults?.() || {};
    const most = desk?.limits.files || 5;
    if (files.length > most) found[room.files] = [words.tooMany.replace("{n}", most)];
    for (const control of [...form.elements].filter((each) => each.name && !each.closest("[hidden]"))) {
      const why = control.willValidate && Fields.reason(control);
      if (why && !found[control.name]) found[control.name] = [why];
    }
    return found;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    const files = [...kept, ...[...chooser.files].map((file) => [room.files, file])];
    const wrong = faults(files);
    if (Object.keys(wrong).length) return tell(wrong);
    const own = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const named = new Set(own.map(([name]) => name));
    const fields = [...own, ...rest.filter(([name]) => !named.has(name) && name !== "form_key")];
    const button = form.querySelector(".btn-primary");
    button.disabled = true;
    try {
      slot("number").textContent = await Outbox.keep(key, fields, files, { kind: room.kind, about: room.about?.(fields) });
      if (replaced) await Outbox.acknowledge(replaced);
      again();
      show(part("saved"));
      Outbox.send("line").catch(() => {});
    } catch (problem) {
      const why = { QuotaExceededError: document.body.dataset.full, InvalidStateError: words.busy };
      refuse([why[problem.name] || document.body.dataset.notKept]);
    } finally {
      button.disabled = false;
    }
  });
  function again() {
    form.reset();
    [key, kept, rest, replaced] = [newKey(), [], [], ""];
    room.reset?.();
    drawKept();
    history.replaceState(null, "", location.pathname);
  }

  // A row that came back opens with all that was in it
  async function reopen(wanted) {
    const row = await Outbox.read(wanted);
    if (!row || row.locked || ["sent", "sending"].includes(row.state)) return refuse([words.busy]);
    rest = row.fields;
    kept = row.proofs;
    // The server holds an earlier text under this key: the corrected one goes as a row of its own
    if (row.answer?.receipt) replaced = row.key;
    else key = row.key;
    room.fill(row.fields, row);
    drawKept();
    const { reasons, reason } = row.answer || {};
    if (row.state === "wrong") tell(reasons || (reason ? { "": [reason] } : {}));
  }

  part("unsealed").querySelector("[data-do=agree]").onclick = async () => {
    await Vault.agree(await Outbox.person());
    part("unsealed").hidden = true;
  };
  room.reset?.();
  const person = await Outbox.person();
  if (!person) return show(part("nobody"));
  part("unsealed").hidden = (await Vault.mode(person)) !== "none";
  desk = await Outbox.desk(room.kind);
  drawDesk();
  form.hidden = false;
  const wanted = new URLSearchParams(location.search).get("ubah");
  if (wanted) await reopen(wanted);
};
/** The day on this device, as a field of a day takes it. */
self.KeptForm.today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
