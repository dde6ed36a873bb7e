/* What this device keeps for a person: rows in IndexedDB, sealed with a key that cannot be taken out of the browser.
   Runs in pages and in the service worker, so nothing here touches the document. */
"use strict";
self.Vault = (() => {
  const NAME = "terang";
  const VERSION = 1;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let opened;
  let sealing;

  function open() {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        const database = request.result;
        database.createObjectStore("facts", { keyPath: "name" });
        database.createObjectStore("keys", { keyPath: "person" });
        database.createObjectStore("desks", { keyPath: "person" });
        database.createObjectStore("rows", { keyPath: "key" }).createIndex("person", "person");
      };
      request.onsuccess = () => {
        request.result.onversionchange = close;
        request.result.onclose = close;
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => { opened = undefined; });
    return opened;
  }
  function close() {
    opened?.then((database) => database.close()).catch(() => {});
    opened = undefined;
  }

  // "strict": what was told to be kept is on the disk, also when the battery dies a moment later
  async function run(store, mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
      let result;
      const stores = [store].flat().map((name) => transaction.objectStore(name));
      work(Array.isArray(store) ? stores : stores[0], (value) => { result = value; });
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error || new DOMException("", "AbortError"));
    });
  }
  const reading = (store, ask) => run(store, "readonly", (rows, give) => { const request = ask(rows); request.onsuccess = () => give(request.result); });
  const get = (store, key) => reading(store, (rows) => rows.get(key));
  const remove = (store, key) => run(store, "readwrite", (rows) => rows.delete(key));
  const put = (store, value) => run(store, "readwrite", (rows) => rows.put(value));
  const of = (person) => reading("rows", (rows) => rows.index("person").getAll(person));

  /** Reads, changes and writes in one transaction; `undefined` from `turn` leaves the row as it is. Gives what stands now. */
  const change = (store, key, turn) => run(store, "readwrite", (rows, give) => {
    const request = rows.get(key);
    request.onsuccess = () => {
      const next = turn(request.result);
      give(next === undefined ? request.result : next);
      if (next !== undefined) rows.put(next);
    };
  });

  /** Takes a row away where it `fits`, in one transaction. */
  const removeWhere = (store, key, fits) => run(store, "readwrite", (rows) => {
    const request = rows.get(key);
    request.onsuccess = () => { if (request.result && fits(request.result)) rows.delete(key); };
  });

  /** Writes a row as `change` does, together with the key (`ring`, null where nothing is sealed) it was sealed with: another
      tab may have taken that key away meanwhile, and the row would never open again. Gives what stands now, or null where
      the person has got another key since and everything has to be sealed again. */
  const keep = (key, ring, turn) => run(["rows", "keys"], "readwrite", ([rows, keys], give) => {
    const write = (next) => { give(next); rows.put(next); };
    const guarded = (next) => {
      const held = keys.get(ring.person);
      held.onsuccess = () => {
        if (held.result && held.result.id !== ring.id) return give(null);
        if (!held.result) keys.put(ring);
        write(next);
      };
    };
    const request = rows.get(key);
    request.onsuccess = () => {
      const next = turn(request.result);
      if (next === undefined) give(request.result);
      else if (ring) guarded(next);
      else write(next);
    };
  });

  /** Takes a person's key away where nothing on this device is sealed with it, in one transaction: what another tab keeps at
      the same moment keeps its key. */
  const removeKey = (person) => run(["rows", "keys"], "readwrite", ([rows, keys]) => {
    const left = rows.index("person").count(person);
    left.onsuccess = () => { if (!left.result) keys.delete(person); };
  });

  /** "sealed", or where this browser cannot keep a key: "plain" once this person agreed, otherwise "none". */
  async function mode(person) {
    sealing ||= canSeal();
    if (await sealing) return "sealed";
    return (await get("facts", `plain-${person}`).catch(() => null)) ? "plain" : "none";
  }
  async function canSeal() {
    if (!self.crypto?.subtle) return false;
    try {
      await keyOf(0);
      return true;
    } catch {
      return false;
    }
  }
  const agree = (person) => put("facts", { name: `plain-${person}`, at: Date.now() });

  /** The person's key as it is kept, with a number of its own; null where this browser keeps none. */
  const ring = async (person) => ((await mode(person)) === "sealed" ? ringOf(person) : null);
  async function ringOf(person) {
    const kept = await get("keys", person);
    if (kept) return kept;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    return change("keys", person, (first) => (first ? undefined : { person, key, id }));
  }
  const keyOf = async (person) => (await ringOf(person)).key;

  /** `label` binds what is sealed to its place: a sealed photo of one row does not open in another. `own`: the key to use. */
  async function seal(person, label, bytes, own) {
    const how = await mode(person);
    if (how === "none") throw new DOMException("", "NotAllowedError");
    if (how === "plain") return { bytes };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = encoder.encode(label);
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, own?.key || (await keyOf(person)), bytes) };
  }
  async function unseal(person, label, sealed) {
    if (sealed.bytes) return sealed.bytes;
    const algorithm = { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(label) };
    return crypto.subtle.decrypt(algorithm, await keyOf(person), sealed.data);
  }
  const sealJson = (person, label, value, own) => seal(person, label, encoder.encode(JSON.stringify(value)), own);
  const unsealJson = async (person, label, sealed) => JSON.parse(decoder.decode(await unseal(person, label, sealed)));

  return { get, put, remove, removeWhere, removeKey, change, keep, of, mode, ring, agree, seal, unseal, sealJson, unsealJson };
})();
