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
      work(transaction.objectStore(store), (value) => { result = value; });
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

  async function keyOf(person) {
    const kept = await get("keys", person);
    if (kept) return kept.key;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return (await change("keys", person, (first) => (first ? undefined : { person, key }))).key;
  }

  /** `label` binds what is sealed to its place: a sealed photo of one row does not open in another. */
  async function seal(person, label, bytes) {
    const how = await mode(person);
    if (how === "none") throw new DOMException("", "NotAllowedError");
    if (how === "plain") return { bytes };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = encoder.encode(label);
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await keyOf(person), bytes) };
  }
  async function unseal(person, label, sealed) {
    if (sealed.bytes) return sealed.bytes;
    const algorithm = { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(label) };
    return crypto.subtle.decrypt(algorithm, await keyOf(person), sealed.data);
  }
  const sealJson = (person, label, value) => seal(person, label, encoder.encode(JSON.stringify(value)));
  const unsealJson = async (person, label, sealed) => JSON.parse(decoder.decode(await unseal(person, label, sealed)));

  return { get, put, remove, removeWhere, change, of, mode, agree, seal, unseal, sealJson, unsealJson };
})();
