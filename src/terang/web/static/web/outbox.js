/* Rows that wait on this device: kept sealed, sent one after the other, each until the server has given its receipt. Each is of
   a kind (an entry of work, a point of a visit) with a form, a door and a desk of its own; the first kind is everybody's.
   Runs in pages (addresses on the body) and in the service worker (addresses in self.TERANG). */
"use strict";
self.Outbox = (() => {
  const DAY = 86_400_000;
  const RECEIPT_DAYS = 28;
  const DESK_MINUTES = 30;
  const FIRST_WAIT = 5_000;
  const LONGEST_WAIT = 1_800_000;
  const LEASE = 120_000;
  const PATIENCE = 600_000;
  const IN_OTHER_HANDS = ["sending", "sent"];
  const LETTERS = "0123456789ABCDEFGHJMNPQRTUVWXYZ";
  const addresses = self.TERANG || { ...document.body.dataset };
  const kinds = JSON.parse(addresses.kinds || "{}");
  const [USUAL] = Object.keys(kinds);
  const kindOf = (row) => row.kind || USUAL; // rows of before there were kinds tell none
  const changes = new EventTarget();
  const others = "BroadcastChannel" in self ? new BroadcastChannel("terang-outbox") : null;
  if (others) others.onmessage = () => changes.dispatchEvent(new Event("change"));
  let timer;

  function tell() {
    changes.dispatchEvent(new Event("change"));
    others?.postMessage("change");
  }

  // Who uses this device
  const person = async () => (await Vault.get("facts", "person"))?.id;
  async function enter(id) {
    const before = await person();
    if (before === id) return;
    if (before) await forget(before);
    await Vault.put("facts", { name: "person", id });
    await Vault.remove("facts", "blocked");
  }
  /** Signing out: what was fetched goes; what still waits stays sealed until its person comes back. */
  async function leave() {
    const id = await person();
    if (id) await forget(id);
    await Vault.remove("facts", "person");
    tell();
  }
  async function forget(id) {
    await Vault.remove("desks", id);
    await Vault.removeKey(id);
  }

  // What is needed to write without a network: a desk for each kind, all of a person in one record, which goes as one
  const sealedDesk = async (id, kind) => (await Vault.get("desks", id))?.of?.[kind];
  async function desk(kind = USUAL) {
    const id = await person();
    const kept = id && (await sealedDesk(id, kind));
    return kept ? Vault.unsealJson(id, `desk/${kind}`, kept.sealed).catch(() => null) : null;
  }
  async function refresh(force = false) {
    for (const kind of Object.keys(kinds)) await refreshDesk(kind, { force });
  }
  /** `more`: what else shall be prepared (visits by number). A kind that is not everybody's is asked for only with such. */
  async function refreshDesk(kind, { force = false, more = [] } = {}) {
    const id = await person();
    if (!id || (await Vault.mode(id)) === "none") return;
    const kept = await sealedDesk(id, kind);
    if (kept && !force && Math.abs(Date.now() - kept.at) < DESK_MINUTES * 60_000) return;
    const wanted = [...new Set([...more, ...((await desk(kind))?.wanted || [])])];
    if (kind !== USUAL && !wanted.length) return;
    const answer = await ask(wanted.length ? `${kinds[kind].desk}?untuk=${wanted.join(",")}` : kinds[kind].desk);
    if (answer.status === 403 && answer.told?.kind === "NotAllowed") await Vault.change("desks", id, (now) => now && { ...now, of: { ...now.of, [kind]: undefined } });
    if (!answer.ok || answer.told?.person.id !== id) return;
    answer.told.drift = Date.now() - Date.parse(answer.told.now);
    const fresh = { at: Date.now(), sealed: await Vault.sealJson(id, `desk/${kind}`, answer.told) };
    await Vault.change("desks", id, (now) => ({ person: id, of: { ...now?.of, [kind]: fresh } }));
    if ((await person()) !== id) await forget(id); // signed out in another tab meanwhile
  }
  /** Fetches what is needed for one thing more (a visit); true where this device now holds it. */
  async function prepare(kind, wanted) {
    await refreshDesk(kind, { force: true, more: [wanted] });
    return ((await desk(kind))?.wanted || []).includes(wanted);
  }

  // Rows
  /** The number a person can name at once: six letters of the form's own key. */
  function number(key) {
    let rest = BigInt(`0x${key.replaceAll("-", "").slice(0, 12)}`);
    let name = "";
    for (let place = 0; place < 6; place += 1, rest /= 31n) name = LETTERS[Number(rest % 31n)] + name;
    return `L-${name.slice(0, 3)}-${name.slice(3)}`;
  }
  /** Keeps a row: `fields` are pairs as of a form, `files` are pairs of field and File, `about` is what the list shows of it, sealed
      as all is. What is being sent or was sent is never overwritten. */
  async function keep(key, fields, files, { kind = USUAL, about = null } = {}) {
    const id = await person();
    if (!id) throw new DOMException("", "NotAllowedError");
    const meta = files.map(([field, file]) => ({ field, name: file.name, type: file.type, modified: file.lastModified, size: file.size }));
    const now = new Date().toISOString();
    const mine = (row) => !row || (row.person === id && !IN_OTHER_HANDS.includes(row.state));
    let sealed;
    let kept = null;
    // Null: the person's key was taken away and made anew in another tab while this was sealed
    while (!kept) {
      const ring = await Vault.ring(id);
      sealed = await Vault.sealJson(id, key, { fields, files: meta, about }, ring);
      const photos = [];
      for (const [, file] of files) photos.push(await Vault.seal(id, `${key}/${photos.length}`, await file.arrayBuffer(), ring));
      const fresh = (row) => ({ key, kind, person: id, state: "waiting", made: row?.made || now, changed: now, tries: 0, next: 0, why: "", sealed, files: photos });
      kept = await Vault.keep(key, ring, (row) => (mine(row) ? fresh(row) : undefined));
    }
    if (kept.sealed !== sealed) throw new DOMException("", "InvalidStateError");
    await askToStay();
    tell();
    return number(key);
  }
  async function askToStay() {
    const storage = self.navigator.storage;
    if (storage?.persist && !(await storage.persisted())) await storage.persist().catch(() => false);
  }
  /** Only a seal that does not open makes a row unreadable; any other trouble passes, and the row is tried again. */
  function isLocked(problem) {
    if (problem.name !== "OperationError") throw problem;
    return true;
  }
  async function show(row) {
    const shown = { ...row, kind: kindOf(row), number: number(row.key), fields: [], photos: [], answer: null, about: null };
    try {
      const { fields, files, about } = await Vault.unsealJson(row.person, row.key, row.sealed);
      Object.assign(shown, { fields, photos: files, about });
      if (row.answer) shown.answer = await Vault.unsealJson(row.person, `${row.key}/answer`, row.answer);
    } catch (problem) {
      shown.locked = isLocked(problem);
    }
    return shown;
  }
  /** The person's own rows, latest first; those sent long ago go. */
  async function list() {
    const id = await person();
    const rows = id ? await Vault.of(id) : [];
    const old = rows.filter((row) => row.state === "sent" && Date.now() - Date.parse(row.sent) > RECEIPT_DAYS * DAY);
    for (const row of old) await Vault.removeWhere("rows", row.key, (now) => now.state === "sent");
    const left = rows.filter((row) => !old.includes(row)).sort((a, b) => b.made.localeCompare(a.made));
    return Promise.all(left.map(show));
  }
  /** One own row with its photos as files again, or null. */
  async function read(key) {
    const row = await Vault.get("rows", key);
    if (!row || row.person !== (await person())) return null;
    return open(row);
  }
  async function open(row) {
    const shown = await show(row);
    if (shown.locked) return shown;
    shown.proofs = [];
    try {
      for (const [place, photo] of row.files.entries()) {
        const { field, name, type, modified } = shown.photos[place];
        const bytes = await Vault.unseal(row.person, `${row.key}/${place}`, photo);
        shown.proofs.push([field, new File([bytes], name, { type, lastModified: modified })]);
      }
    } catch (problem) {
      shown.locked = isLocked(problem);
    }
    return shown;
  }
  /** What the server had under this number is what counts; the person sent the corrected text as an entry of its own. */
  const acknowledge = (key) => mark(key, { state: "sent", sent: new Date().toISOString(), files: [] });
  /** Only when the person asks for it, and never while it is being sent. */
  async function drop(key) {
    await Vault.removeWhere("rows", key, (row) => row.state !== "sending");
    tell();
  }
  async function count() {
    const id = await person();
    const rows = id ? await Vault.of(id) : [];
    const wrong = rows.filter((row) => row.state === "wrong").length;
    return { waiting: rows.filter((row) => row.state !== "sent").length - wrong, wrong, blocked: (await Vault.get("facts", "blocked"))?.why || "" };
  }

  // One sender at a time, over all tabs and the service worker
  function exclusive(work) {
    return self.navigator.locks ? self.navigator.locks.request("terang-outbox", work) : leased(work);
  }
  async function leased(work) {
    const mine = crypto.randomUUID?.() || String(Math.random());
    const claim = () => Vault.change("facts", "lease", (held) => (held && held.until > Date.now() ? undefined : { name: "lease", mine, until: Date.now() + LEASE }));
    while ((await claim()).mine !== mine) await new Promise((resolve) => setTimeout(resolve, 500));
    const renewal = setInterval(() => Vault.put("facts", { name: "lease", mine, until: Date.now() + LEASE }), LEASE / 3);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      await Vault.remove("facts", "lease");
    }
  }

  // The line
  async function ask(address, options = {}) {
    const headers = { Accept: "application/json", ...options.headers };
    const common = { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
    try {
      const response = await fetch(address, { ...common, ...options, headers });
      if (response.type === "opaqueredirect") return { ok: false, status: 401 };
      const json = (response.headers.get("Content-Type") || "").includes("json");
      return { ok: response.ok && json, status: response.status, told: json ? await response.json() : null };
    } catch {
      return { ok: false, status: 0, told: null };
    }
  }
  async function block(why) {
    if (why) await Vault.put("facts", { name: "blocked", why });
    else await Vault.remove("facts", "blocked");
  }
  /** A fresh token and whose session it is (`told`), with the status of the answer. */
  async function pass() {
    const answer = await ask(addresses.senderUrl);
    if (answer.ok) await block(answer.told.person === (await person()) ? "" : "other");
    else if (answer.status === 401 || answer.status === 403) await block("login");
    return answer;
  }

  /** Sends what waits. `eager` "line": also what waits because the line was down; "all": everything now. Gives what is left. */
  async function send(eager = "") {
    clearTimeout(timer);
    await exclusive(() => pour(eager));
    tell();
    await again();
    return count();
  }
  async function pour(eager) {
    const id = await person();
    const mine = id ? await Vault.of(id) : [];
    // Whoever was sending has gone, for the right to send is ours now: whether it arrived is asked by sending again
    for (const row of mine) if (row.state === "sending") await mark(row.key, { state: "waiting" });
    const due = (row) => eager === "all" || row.next <= Date.now() || (eager === "line" && row.why === "line");
    const rows = mine.filter((row) => (row.state === "waiting" || row.state === "sending") && due(row));
    if (!rows.length) return;
    let leave = await pass();
    if (!leave.ok) return postpone(rows, leave.status);
    for (const row of rows.sort((a, b) => a.made.localeCompare(b.made))) {
      if (leave.told.person !== id) return;
      let end = await sendOne(row.key, leave.told.token);
      if (end === "token" && (leave = await pass()).told?.person === id) end = await sendOne(row.key, leave.told.token);
      if (end === "token") await block("login");
      if (end !== "next") return;
    }
  }
  async function postpone(rows, status) {
    if (status === 401 || status === 403) return;
    for (const row of rows) await wait(row, status ? "server" : "line");
  }
  const mark = (key, facts) => Vault.change("rows", key, (row) => row && { ...row, ...facts });
  function wait(row, why) {
    const pause = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** row.tries) * (0.75 + Math.random() / 2);
    return mark(row.key, { state: "waiting", tries: row.tries + 1, next: Date.now() + pause, why });
  }

  /** "next": go on; "token": the token was refused; "stop": no use to go on now. */
  async function sendOne(key, token) {
    const row = await Vault.change("rows", key, (now) => (now?.state === "waiting" ? { ...now, state: "sending" } : undefined));
    if (row?.state !== "sending") return "next";
    tell();
    const content = await open(row);
    if (content.locked) return (await mark(key, { state: "locked" })), "next";
    const body = new FormData();
    for (const [name, value] of content.fields) body.append(name, value);
    for (const [field, file] of content.proofs) body.append(field, file, file.name);
    const about = { form_key: key, person: row.person, written_at: row.made, sent_at: new Date().toISOString() };
    for (const [name, value] of Object.entries(about)) body.set(name, value);
    return settle(row, await ask(kinds[kindOf(row)].receive, { method: "POST", body, headers: { "X-CSRFToken": token } }));
  }
  async function settle(row, { ok, status, told }) {
    if (ok && told.same) return done(row, told);
    if (ok) return refused(row, told);
    if (status === 401) return hold(row, "login");
    if (status === 403 && told?.kind === "Refusal") return (await mark(row.key, { state: "waiting" })), "token";
    if (told?.kind === "OtherPerson") return hold(row, "other");
    if (status === 413) return refused(row, told || { code: "too_big" });
    if (told && [400, 403, 409, 422].includes(status)) return refused(row, told);
    await wait(row, status ? "server" : "line");
    return "stop";
  }
  async function hold(row, why) {
    await mark(row.key, { state: "waiting" });
    await block(why);
    return "stop";
  }
  const sealAnswer = (row, told) => Vault.sealJson(row.person, `${row.key}/answer`, told);
  /** The receipt and the photos' going are one write: a photo leaves this device only with its receipt. */
  async function done(row, told) {
    await mark(row.key, { state: "sent", sent: new Date().toISOString(), files: [], answer: await sealAnswer(row, told) });
    return "next";
  }
  async function refused(row, told) {
    await mark(row.key, { state: "wrong", answer: await sealAnswer(row, told) });
    await refreshDesk(kindOf(row), { force: true });
    return "next";
  }

  async function again() {
    const id = await person();
    const { blocked } = await count();
    const waiting = (id && !blocked ? await Vault.of(id) : []).filter((row) => row.state === "waiting");
    if (waiting.length) timer = setTimeout(() => send().catch(() => {}), Math.max(1000, Math.min(...waiting.map((row) => row.next)) - Date.now()));
    const sync = self.registration?.sync || (await self.navigator.serviceWorker?.getRegistration())?.sync;
    if (waiting.length && sync) await sync.register("terang-outbox").catch(() => {});
  }

  const formOf = (row) => `${kinds[row.kind].form}?ubah=${row.key}`;

  return { changes, person, enter, leave, desk, refresh, prepare, formOf, number, keep, list, read, drop, acknowledge, count, send };
})();
