/* What waits on this device, what came back, and the receipts of what has arrived. */
"use strict";
(() => {
  const page = document.getElementById("belum-terkirim");
  const words = page.dataset;
  const language = document.documentElement.lang;
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const slot = (name, root = page) => root.querySelector(`[data-slot=${name}]`);
  const template = (name) => page.querySelector(`[data-template=${name}]`).content;
  const value = (row, name) => row.fields.find(([field]) => field === name)?.[1] || "";
  let zone;
  let choices = new Map();

  /** What an entry says, from its fields and the desk; rows of other kinds brought their own words (`about`). */
  function aboutEntry(row) {
    const choice = choices.get(value(row, "purpose"));
    const amount = value(row, "quantity") && `${value(row, "quantity")} ${choice?.unit || ""}`.trim();
    return { text: value(row, "text"), purpose: choice?.label || "", day: value(row, "day"), amount };
  }

  const moment = (text) => new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(new Date(text));
  const day = (text) => (text ? new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(text)) : "");

  function reasonsOf({ state, answer }) {
    if (state !== "wrong" || !answer) return [];
    if (answer.receipt) return [words.differs];
    if (answer.code === "too_big") return [words.tooBig];
    return answer.reasons ? Object.values(answer.reasons).flat() : [answer.reason];
  }
  function drawn(row) {
    const line = template("row").firstElementChild.cloneNode(true);
    const answer = row.answer || {};
    const reasons = reasonsOf(row);
    const mine = ["waiting", "wrong"].includes(row.state) && !row.locked;
    const about = row.about || aboutEntry(row);
    const shown = {
      amount: about.amount, received: answer.received_at, receipt: answer.receipt, files: row.photos.length, doubtful: answer.clock_doubtful, note: answer.note,
      reasons: reasons.length, locked: row.locked, open: answer.url, edit: mine, drop: row.state !== "sending",
    };
    line.querySelectorAll("[data-if]").forEach((element) => { if (!shown[element.dataset.if]) element.remove(); });
    const texts = {
      number: row.number, text: about.text, amount: about.amount, purpose: about.purpose, day: day(about.day),
      made: moment(row.made), received: answer.received_at && moment(answer.received_at), receipt: answer.receipt, note: answer.note,
      files: row.photos.map((photo) => photo.name).join(", "),
    };
    for (const [name, text] of Object.entries(texts)) if (slot(name, line)) slot(name, line).textContent = text;
    slot("state", line).append(template(row.locked ? "locked" : row.state).cloneNode(true));
    slot("reasons", line)?.append(...reasons.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    line.querySelector("[data-if=open]")?.setAttribute("href", answer.url);
    line.querySelector("[data-if=edit]")?.setAttribute("href", Outbox.formOf(row));
    line.querySelector("[data-if=drop]")?.addEventListener("submit", (event) => { event.preventDefault(); Outbox.drop(row.key).catch(() => {}); });
    if (row.state === "sent") delete line.querySelector("[data-if=drop]").dataset.confirm;
    return line;
  }

  let drawing = Promise.resolve();
  function draw() {
    drawing = drawing.then(drawNow).then(() => { told(false); }, () => { told(true); });
    return drawing;
  }
  /** That nothing could be read is said: an empty page would mean that nothing waits. */
  function told(unread) {
    part("loading").hidden = true;
    part("unread").hidden = !unread;
  }
  async function drawNow() {
    const id = await Outbox.person();
    const desk = await Outbox.desk();
    zone = desk?.person.zone;
    choices = new Map((desk?.choices || []).map((choice) => [choice.key, choice]));
    const rows = await Outbox.list();
    const { waiting, blocked } = await Outbox.count();
    slot("rows").replaceChildren(...rows.map(drawn));
    part("nobody").hidden = Boolean(id);
    part("login").hidden = !(waiting && blocked === "login");
    part("other").hidden = !(waiting && blocked === "other");
    part("sending").hidden = !waiting;
    part("empty").hidden = !id || rows.length > 0;
    slot("line").replaceChildren(template(navigator.onLine ? "on" : "off").cloneNode(true));
  }

  part("sending").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = part("sending").querySelector("button");
    button.disabled = true;
    await Outbox.send("all").catch(() => {});
    button.disabled = false;
  });
  const fresh = new URLSearchParams(location.search).get("baru");
  if (/^L-[0-9A-Z]{3}-[0-9A-Z]{3}$/.test(fresh || "")) {
    slot("fresh").textContent = fresh;
    part("fresh").hidden = false;
  }
  Outbox.changes.addEventListener("change", draw);
  addEventListener("online", draw);
  addEventListener("offline", draw);
  draw();
})();
