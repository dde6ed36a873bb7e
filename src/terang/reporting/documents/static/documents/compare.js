// Compares a chosen file with the digest on the page, in this browser: the file is sent nowhere.
'use strict'
for (const form of document.querySelectorAll('form[data-compare]')) {
  const [input, told, words] = [form.querySelector('input'), form.querySelector('[data-told]'), form.dataset]
  if (!window.crypto?.subtle) continue
  form.hidden = false
  const tell = (text, kind) => {
    told.textContent = text
    told.className = `note note-${kind}`
    told.hidden = false
  }
  form.addEventListener('submit', (event) => event.preventDefault())
  input.addEventListener('change', async () => {
    const file = input.files[0]
    if (!file) return
    try {
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      if (hex === words.compare) tell(words.same, 'ok')
      else tell(words.other, 'wrong')
    } catch {
      tell(words.failed, 'wrong')
    }
  })
}
