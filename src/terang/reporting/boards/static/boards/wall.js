/* A screen on a wall that nobody touches: it draws itself anew, says when it cannot, and heals by itself. */
(() => {
  const AWAKE_MS = 60000, QUIET_MS = 300000, AGAIN_MS = 15000;
  const main = () => document.getElementById("isi");
  const clock = () => {
    const time = document.querySelector("[data-clock]");
    if (time) time.textContent = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: main().dataset.zone }).format(new Date());
  };
  const lost = () => {
    const { lost: words, drawn, zone } = main().dataset, note = document.querySelector(".wall-lost");
    const at = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(drawn));
    note.querySelector("[data-text]").textContent = words.replace("{t}", at);
    note.hidden = false;
  };
  async function draw() {
    try {
      const answer = await fetch(location.href, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      main().replaceWith(page.getElementById("isi"));
      document.body.className = page.body.className;
      clock();
      setTimeout(draw, main().dataset.awake === "yes" ? AWAKE_MS : QUIET_MS);
    } catch {
      lost();
      setTimeout(draw, AGAIN_MS);
    }
  }
  clock();
  setInterval(clock, 1000);
  setTimeout(draw, main().dataset.awake === "yes" ? AWAKE_MS : QUIET_MS);
})();
