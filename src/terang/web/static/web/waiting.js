/* In the frame of every page: who is here, how many rows wait on this device, whether there is a network; keeps a form that could not be sent. */
"use strict";
(() => {
  const words = document.body.dataset;
  const LEAVING = 2_000; // a device that does not answer keeps nobody signed in
  const OTHER = "lain"; // the choice whose value stands in the field beside it
  const me = Number(words.person) || 0;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const marks = all("[data-waiting]");

  async function draw() {
    const { waiting, wrong, blocked } = await Outbox.count();
    for (const mark of marks) {
      mark.hidden = !(waiting + wrong);
      mark.querySelector(".count").textContent = waiting + wrong;
      mark.classList.toggle("is-wrong", Boolean(wrong || blocked));
    }
    for (const form of all(`form[action="${words.signOutUrl}"]`)) {
      if (!(waiting + wrong)) delete form.dataset.confirm;
      else Object.assign(form.dataset, { confirm: words.signOutAsk, confirmDetail: words.signOutDetail, confirmAction: words.signOutYes });
    }
  }
  const drawLine = () => all("[data-no-line]").forEach((mark) => { mark.hidden = navigator.onLine; });

  // Signing out takes along what was fetched for writing; entries that wait stay sealed
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("action") !== words.signOutUrl || form.method !== "post") return;
    event.preventDefault();
    await Promise.race([Outbox.leave().catch(() => {}), new Promise((resolve) => setTimeout(resolve, LEAVING))]);
    form.submit();
  });

  // A form that could not be sent is offered a place on this device, with its own key: it can never count twice
  document.addEventListener("unsent", (event) => {
    const form = event.target;
    const slot = form.querySelector(":scope > [data-told]");
    if (!form.matches("[data-outbox]") || !me || !slot || slot.querySelector("[data-keep]")) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-primary", textContent: words.keep });
    button.dataset.keep = "";
    button.onclick = () => keep(form, slot, button);
    slot.append(button);
  });
  async function keep(form, slot, button) {
    button.disabled = true;
    const data = new FormData(form);
    const pairs = [...data].map(([name, value]) => [name, (value === OTHER && data.get(`${name}_other`)) || value]);
    const files = pairs.filter(([, value]) => value instanceof File && value.size);
    const fields = pairs.filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    try {
      const number = await Outbox.keep(data.get("form_key"), fields, files);
      form.reset();
      location.assign(`${words.outboxUrl}?baru=${number}`);
    } catch (problem) {
      button.disabled = false;
      slot.querySelector(".note").textContent = problem.name === "QuotaExceededError" ? words.full : words.notKept;
    }
  }

  // Ways to a form that this device can fill, and pages that prepare themselves for when there is no network
  async function offer() {
    for (const way of all("[data-prepared]")) way.hidden = !(await Outbox.desk(way.dataset.prepared))?.wanted?.length;
  }
  async function prepare() {
    for (const mark of all("[data-prepare]")) mark.hidden = !(await Outbox.prepare(mark.dataset.kind, mark.dataset.prepare));
  }

  async function begin() {
    if (me) await Outbox.enter(me);
    await draw();
    await offer();
    if (me) await prepare();
    if (me) await Outbox.refresh();
    await Outbox.send("line");
  }
  Outbox.changes.addEventListener("change", () => draw().catch(() => {}));
  addEventListener("online", () => { drawLine(); Outbox.send("line").catch(() => {}); });
  addEventListener("offline", drawLine);
  drawLine();
  begin().catch(() => {});
})();
