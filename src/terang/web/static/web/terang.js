/* What the browser adds to Terang: live updates, notices, guards against double clicks, dialogs, theme, offline. Pages work without it. */
"use strict";
(() => {
  const body = document.body;
  const words = body.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Notices
  const MOST_TOASTS = 3;
  function toast(text, kind = "quiet") {
    const box = document.createElement("div");
    box.className = `toast toast-${kind}`;
    const line = document.createElement("span");
    line.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", document.documentElement.lang === "en" ? "Close" : "Tutup");
    close.onclick = () => box.remove();
    box.append(line, close);
    const shown = document.getElementById("toasts");
    all(".toast", shown).filter((old) => old.firstChild.textContent === text).forEach((old) => old.remove());
    shown.append(box);
    while (shown.children.length > MOST_TOASTS) shown.firstChild.remove();
    if (kind !== "wrong") setTimeout(() => box.remove(), 8000);
  }
  document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.kind));

  // A refused or failed request: say why beside the form, keep what was entered
  function tell(source, html, text) {
    const form = source && source.closest("form");
    // What is kept by itself while somebody types never takes the focus away
    if (!form || "autosave" in form.dataset) return toast(text, "wrong");
    let slot = form.querySelector(":scope > [data-told]");
    if (!slot) {
      slot = document.createElement("div");
      slot.dataset.told = "";
      slot.tabIndex = -1;
      slot.setAttribute("role", "alert");
      form.prepend(slot);
    }
    if (html) slot.innerHTML = html;
    else {
      const note = document.createElement("p");
      note.className = "note note-wrong";
      note.textContent = text;
      slot.replaceChildren(note);
    }
    slot.focus();
    slot.scrollIntoView({ block: "center" });
  }
  // Who listens may offer another place for what was entered (waiting.js)
  const UNREACHED = [502, 503, 504];
  const unsent = (element) => element.closest("form")?.dispatchEvent(new CustomEvent("unsent", { bubbles: true }));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt } = event.detail;
    if ("quiet" in elt.dataset) return;
    const ours = xhr.getResponseHeader("X-Refusal") === "1";
    const plain = ours ? new DOMParser().parseFromString(xhr.responseText, "text/html").body.textContent.trim() : words.failed;
    tell(elt, ours ? xhr.responseText : "", plain);
    if (UNREACHED.includes(xhr.status)) unsent(elt);
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (event.detail.requestConfig.verb === "get" || "quiet" in event.detail.elt.dataset) return;
    tell(event.detail.elt, "", words.offline);
    unsent(event.detail.elt);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if ("quiet" in event.detail.elt.dataset && !navigator.onLine) return event.preventDefault();
    const told = event.detail.elt.closest("form")?.querySelector(":scope > [data-told]");
    if (told) told.remove();
  });

  // One submission per form; released when the page comes back from history or the answer has arrived
  function hold(form, button) {
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    if (button) button.setAttribute("aria-busy", "true");
  }
  function release(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    all("[aria-busy]", form).forEach((element) => element.removeAttribute("aria-busy"));
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.hasAttribute("data-repeatable")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = event.submitter;
    const asks = button && button.dataset.confirm ? button : form.dataset.confirm ? form : null;
    if (asks && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asks.dataset, () => {
        form.dataset.confirmed = "1";
        form.requestSubmit(button || undefined);
        delete form.dataset.confirmed;
      });
      return;
    }
    if (form.method !== "post" && !form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (!navigator.onLine && !form.hasAttribute("data-offline-ok")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      tell(form, "", words.offline);
      unsent(form);
      return;
    }
    hold(form, button);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (form) release(form);
  });
  document.addEventListener("htmx:validation:halted", (event) => {
    const form = event.detail.elt.closest("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(release));

  // Dialogs
  // The second click of a double click on "Ya" would open whatever lies below the dialog
  function deaf(milliseconds) {
    const stop = (event) => {
      if (event.detail < 2) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener("click", stop, true);
    setTimeout(() => document.removeEventListener("click", stop, true), milliseconds);
  }
  function ask(data, then) {
    const dialog = document.getElementById("confirm");
    dialog.querySelector("h2").textContent = data.confirm;
    const detail = dialog.querySelector("p");
    detail.textContent = data.confirmDetail || "";
    detail.hidden = !data.confirmDetail;
    dialog.querySelector("[value=yes]").textContent = data.confirmAction;
    // At once, not when the dialog has closed: the second click of a double click would land on the page below first.
    dialog.querySelector("form").onsubmit = (event) => { if (event.submitter?.value !== "yes") return; deaf(400); then(); };
    dialog.showModal();
  }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.querySelector(opener.dataset.dialog).showModal();
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-back]")) {
      event.preventDefault();
      history.back();
    }
    if (event.target.closest("[data-print]")) window.print();
    all("details.menu[open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.menu[open]").forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // Files that are too big are named before they are sent
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.dataset || !input.dataset.limitMb) return;
    const big = [...input.files].some((file) => file.size > input.dataset.limitMb * 1048576);
    input.setCustomValidity(big ? words.tooBig : "");
    if (big) input.reportValidity();
  });

  // Theme
  const toggle = document.querySelector("[data-theme-toggle]");
  if (toggle) {
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const show = () => toggle.setAttribute("aria-pressed", String(isDark()));
    toggle.hidden = false;
    show();
    toggle.onclick = () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      document.cookie = `tema=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
      show();
    };
  }

  // Network
  window.addEventListener("offline", () => toast(words.offline, "attention"));
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});

  // Errors in an answer: put the reader at the first wrong field; at the summary where it says more than the fields do
  function goToErrors(root) {
    const summary = root.querySelector("[data-focus]");
    if (!summary) return;
    const saysMore = all("li", summary).some((line) => !line.querySelector("a"));
    const field = saysMore ? null : root.querySelector(":is(.has-error :is(input, select, textarea), [aria-invalid=true]):not([type=hidden], :disabled)");
    for (let fold = field?.closest("details:not([open])"); fold; fold = field.closest("details:not([open])")) fold.open = true;
    (field || summary).focus();
    (field || summary).scrollIntoView({ block: "center" });
  }
  goToErrors(document);
  document.addEventListener("htmx:afterSwap", (event) => goToErrors(event.detail.elt));

  // Tabs that are wider than the screen begin at the current one
  all(".tabs a[aria-current]").forEach((link) => {
    const row = link.closest(".tabs");
    row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  });

  // Live: one stream for all topics of the page; without it, ask every ten seconds
  const POLL_MS = 10000;
  let stream, poll, wait = 1000, streamed = "", lastId = "";
  const topicsOf = (element) => element.dataset.live.split(/\s+/).filter(Boolean);
  const topics = () => [...new Set(all("[data-live]").flatMap(topicsOf))].sort().join(",");
  // What somebody is writing in, or has just opened to write in, is drawn anew only after it was sent, emptied or left; until then the server refuses what is stale
  const isWritten = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  const isInUse = (element) =>
    all("input:not([type=hidden]), textarea", element).some((field) => field === document.activeElement || isWritten(field)) ||
    all("details[open]:focus-within form", element).length > 0;
  const SETTLED_MS = 40, late = new Set(), again = new WeakSet();
  function draw(element) {
    if (isInUse(element)) return late.add(element);
    late.delete(element);
    if (element.classList.contains("htmx-added")) setTimeout(() => refresh(topicsOf(element)), SETTLED_MS); // htmx hears nothing on it until it has settled
    else if (element.classList.contains("htmx-request")) again.add(element); // the answer under way may be older than this change
    else htmx.trigger(element, "live");
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    const drawn = event.detail.requestConfig.elt;
    if (again.delete(drawn)) setTimeout(() => refresh(topicsOf(drawn)));
  });
  function refresh(changed) {
    all("[data-live]").forEach((element) => {
      if (!changed || topicsOf(element).some((topic) => changed.includes(topic))) draw(element);
    });
  }
  const drawLate = () => setTimeout(() => [...late].forEach((element) => (element.isConnected ? draw(element) : late.delete(element))));
  document.addEventListener("focusout", drawLate);
  document.addEventListener("toggle", drawLate, true);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    if (requestConfig.triggeringEvent?.type !== "live" || !isInUse(target)) return;
    event.detail.shouldSwap = false; // begun while the answer was on its way
    late.add(target);
  });
  function startPolling() {
    poll = poll || setInterval(() => document.hidden || refresh(), POLL_MS);
  }
  function stopPolling() {
    clearInterval(poll);
    poll = undefined;
  }
  function listen() {
    const wanted = topics();
    if (wanted === streamed && stream && stream.readyState !== EventSource.CLOSED) return;
    if (stream) stream.close();
    streamed = wanted;
    if (!wanted || document.hidden) return;
    const address = new URL(`${words.liveUrl.replace(/\/$/, "")}/events`, location.href);
    address.searchParams.set("topics", wanted);
    if (lastId) address.searchParams.set("last", lastId);
    const mine = (stream = new EventSource(address, { withCredentials: true }));
    mine.onopen = () => {
      body.dataset.liveState = "on";
      wait = 1000;
      if (poll) refresh();
      stopPolling();
    };
    mine.addEventListener("change", (event) => {
      lastId = event.lastEventId || lastId;
      refresh(JSON.parse(event.data).topics);
    });
    mine.onerror = () => {
      body.dataset.liveState = "off";
      startPolling();
      mine.close();
      if (mine !== stream) return;
      setTimeout(() => mine === stream && ((streamed = ""), listen()), wait + Math.random() * 1000);
      wait = Math.min(wait * 2, 60000);
    };
  }
  if (window.EventSource) {
    listen();
    document.addEventListener("htmx:afterSettle", listen);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        if (stream) stream.close();
        streamed = "";
        stopPolling();
      } else {
        if (topics()) refresh();
        listen();
      }
    });
  } else if (topics()) startPolling();
})();
