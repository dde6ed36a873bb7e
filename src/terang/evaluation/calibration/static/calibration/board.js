/* Moving a card by mouse or arrow keys: either only opens the form with the field chosen. Pages work without it. */
"use strict";
(() => {
  const board = document.querySelector("[data-cal-board]");
  if (!board) return;
  const bins = [...board.querySelectorAll(".cal-bin")];
  const say = document.querySelector("[data-cal-say]");
  const ACROSS = 3;
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.querySelector("[data-cal-hint]").hidden = false;
  for (const card of board.querySelectorAll(".cal-card[data-url]")) card.draggable = true;
  let held = null;
  let aim = null;

  function point(bin) {
    aim?.classList.remove("is-aim");
    aim = bin && bin !== held?.closest(".cal-bin") ? bin : null;
    aim?.classList.add("is-aim");
  }
  function hold(card) {
    held?.classList.remove("is-held");
    held = card;
    held?.classList.add("is-held");
    if (!held) point(null);
  }
  function open(card, bin) {
    const asked = new URLSearchParams({ hasil: bin.dataset.work, perilaku: bin.dataset.behaviour });
    location.assign(`${card.dataset.url}?${asked}`);
  }

  board.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.(".cal-card[data-url]");
    if (!card) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.url);
    hold(card);
  });
  board.addEventListener("dragover", (event) => {
    const bin = held && event.target.closest(".cal-bin");
    if (!bin) return;
    event.preventDefault();
    point(bin);
  });
  board.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    if (aim) open(held, aim);
  });
  board.addEventListener("dragend", () => hold(null));

  function next(from, [down, right]) {
    const place = bins.indexOf(from);
    const row = Math.floor(place / ACROSS) + down;
    const column = (place % ACROSS) + right;
    const inside = row >= 0 && row < bins.length / ACROSS && column >= 0 && column < ACROSS;
    return inside ? bins[row * ACROSS + column] : null;
  }
  board.addEventListener("keydown", (event) => {
    const link = event.target.closest(".cal-go");
    if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
    const card = link.closest(".cal-card");
    const step = STEPS[event.key];
    if (step) {
      const bin = next((held === card && aim) || card.closest(".cal-bin"), step);
      event.preventDefault();
      if (!bin) return;
      hold(card);
      point(bin);
      (aim || card).scrollIntoView({ block: "nearest" });
      say.textContent = aim ? `${board.dataset.aim} ${aim.dataset.label}. ${board.dataset.go}` : board.dataset.off;
    } else if (event.key === "Enter" && held === card && aim) {
      event.preventDefault();
      open(card, aim);
    } else if (event.key === "Escape" && held) {
      hold(null);
      say.textContent = board.dataset.off;
    }
  });
  board.addEventListener("focusout", () => hold(null));
  window.addEventListener("pageshow", () => hold(null));
})();
