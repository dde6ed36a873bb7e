/* The form of an entry without a network: filled from what this device keeps, kept sealed until it is sent. */
"use strict";
(async () => {
  const page = document.getElementById("luring");
  const words = page.dataset;
  const form = page.querySelector("form");
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const slot = (name, root = page) => root.querySelector(`[data-slot=${name}]`);
  const copy = (name) => page.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  const field = (name) => form.querySelector(`[data-field=${name}]`);
  const show = (element) => { element.hidden = false; element.focus?.(); element.scrollIntoView?.({ block: "center" }); };
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
  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  // What can be chosen
  function drawDesk() {
    const choices = desk?.choices || [];
    field("purpose").hidden = !choices.length;
    slot("choices").replaceChildren(...choices.map(({ key: value, label }) => {
      const choice = copy("choice");
      choice.querySelector("input").value = value;
      choice.querySelector("span").textContent = label;
      return choice;
    }));
    part("favourites").hidden = !desk?.favourites.length;
    part("favourites").replaceChildren(...(desk?.favourites || []).map((favourite) => {
      const button = copy("favourite");
      button.querySelector("span").textContent = favourite.name;
      button.onclick = () => fill(Object.entries(favourite));
      return button;
    }));
    part("nodesk").hidden = Boolean(choices.length);
    part("drift").hidden = Math.abs(desk?.drift || 0) < 900_000;
    if (!desk) return;
    part("me").hidden = false;
    slot("me").textContent = desk.person.name;
    form.elements.proof.accept = desk.limits.kinds.map((kind) => `.${kind}`).join(",");
    form.elements.proof.dataset.limitMb = desk.limits.megabytes;
    slot("limits").textContent = words.limits.replace("{n}", desk.limits.files).replace("{mb}", desk.limits.megabytes);
  }
  function fill(pairs) {
    for (const [name, value] of pairs) {
      const input = form.elements.namedItem(name);
      if (name !== "purpose" && input?.type !== "file" && input?.value !== undefined) input.value = value;
      if (name === "purpose") field("purpose").querySelectorAll("input").forEach((choice) => { choice.checked = choice.value === value; });
    }
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
  function clear() {
    for (const name of ["saved", "refused"]) part(name).hidden = true;
    form.querySelectorAll("[data-error]").forEach((error) => { error.hidden = true; error.closest(".field").classList.remove("has-error"); });
  }
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
    else if (first) { first.scrollIntoView({ block: "center" }); first.querySelector("input, textarea")?.focus(); }
  }
  function refuse([why, ...others]) {
    slot("why").textContent = why;
    slot("reasons").replaceChildren(...others.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    show(part("refused"));
  }
  function faults(files) {
    const found = {};
    if (!field("purpose").hidden && !form.querySelector("[name=purpose]:checked")) found.purpose = [words.pick];
    if (!form.elements.text.value.trim()) found.text = [words.empty];
    const most = desk?.limits.files || 5;
    if (files.length > most) found.proof = [words.tooMany.replace("{n}", most)];
    for (const control of ["proof", "day", "minutes"].map((name) => form.elements[name])) {
      const why = Fields.reason(control);
      if (why && !found[control.name]) found[control.name] = [why];
    }
    return found;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    const added = [...form.elements.proof.files].map((file) => ["proof", file]);
    const files = [...kept, ...added];
    const wrong = faults(files);
    if (Object.keys(wrong).length) return tell(wrong);
    const own = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const named = new Set(own.map(([name]) => name));
    const fields = [...own, ...rest.filter(([name]) => !named.has(name) && name !== "form_key")];
    const button = form.querySelector(".btn-primary");
    button.disabled = true;
    try {
      slot("number").textContent = await Outbox.keep(key, fields, files);
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
    form.elements.day.value = today();
    [key, kept, rest, replaced] = [newKey(), [], [], ""];
    ask("");
    drawKept();
    history.replaceState(null, "", location.pathname);
  }

  /** The amount the server asks about is confirmed by itself: another amount is asked about anew. */
  function ask(unsure) {
    part("unsure").hidden = !unsure;
    Object.assign(form.elements.sure, { value: unsure || "", checked: false });
  }

  // An entry that came back opens with all that was in it
  async function reopen(wanted) {
    const row = await Outbox.read(wanted);
    if (!row || row.locked || ["sent", "sending"].includes(row.state)) return refuse([words.busy]);
    rest = row.fields;
    kept = row.proofs;
    // The server holds an earlier text under this key: the corrected one goes as an entry of its own
    if (row.answer?.receipt) replaced = row.key;
    else key = row.key;
    fill(row.fields);
    drawKept();
    const { reasons, reason, unsure } = row.answer || {};
    ask(row.state === "wrong" && unsure);
    if (row.state === "wrong") tell(reasons || (reason ? { "": [reason] } : {}));
  }

  part("unsealed").querySelector("[data-do=agree]").onclick = async () => {
    await Vault.agree(await Outbox.person());
    part("unsealed").hidden = true;
  };
  form.elements.day.max = today();
  form.elements.day.value = today();
  const person = await Outbox.person();
  if (!person) return show(part("nobody"));
  part("unsealed").hidden = (await Vault.mode(person)) !== "none";
  desk = await Outbox.desk();
  drawDesk();
  form.hidden = false;
  const wanted = new URLSearchParams(location.search).get("ubah");
  if (wanted) await reopen(wanted);
})();
