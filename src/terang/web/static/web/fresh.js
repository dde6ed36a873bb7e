/* A page of somebody without account looks again by itself: the part marked `data-fresh` asks its own address whether something moved, while it is seen and the line is there. What somebody is writing in is left alone (terang.js). */
"use strict";
(() => {
  const EVERY = 45_000;
  const LONGEST = 600_000;
  const GONE = [302, 401, 403, 404, 410];
  let wait = EVERY;
  let looked = Date.now();
  let timer;
  let before = "";

  const part = () => document.querySelector("[data-fresh]");
  function plan() {
    clearTimeout(timer);
    timer = setTimeout(look, wait * (0.9 + Math.random() / 5));
  }
  async function ask(shown) {
    const headers = { "If-None-Match": `"${shown.dataset.fresh}"` };
    try {
      const answer = await fetch(shown.getAttribute("hx-get"), { method: "HEAD", headers, credentials: "same-origin", cache: "no-store", redirect: "manual" });
      return answer.type === "opaqueredirect" ? 302 : answer.status;
    } catch {
      return 0;
    }
  }
  async function look() {
    const shown = part();
    if (!shown) return;
    if (document.hidden || !navigator.onLine) return plan();
    looked = Date.now();
    const status = await ask(shown);
    if (GONE.includes(status)) return; // the key is no longer good: asking on would count as trying
    wait = status === 429 || status >= 500 ? Math.min(wait * 2, LONGEST) : EVERY;
    if (status === 200) {
      before = shown.innerText;
      htmx.trigger(shown, "live");
    }
    plan();
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - looked > EVERY) look();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const shown = part();
    if (event.detail.requestConfig.triggeringEvent?.type !== "live" || !shown || shown.innerText === before) return;
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: shown.dataset.moved, kind: "ok" } }));
  });
  plan();
})();
