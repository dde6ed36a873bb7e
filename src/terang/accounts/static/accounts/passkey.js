// Passkeys: asks the browser for a credential and puts it into the form. Works with forms marked
// data-passkey="login" (options fetched), "use" or "add" (options in the JSON element #js_data).
'use strict'
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const error = form.querySelector('[data-passkey-error]')
  const words = form.querySelector('[data-passkey-words]').dataset
  if (!window.PublicKeyCredential) continue
  form.hidden = false

  const tell = (exception) => {
    const by = { NotAllowedError: words.cancelled, SecurityError: words.domain, InvalidStateError: words.known }
    error.textContent = by[exception.name] || words.failed
    error.hidden = false
  }
  const options = async () => {
    if (form.dataset.passkey !== 'login') return JSON.parse(document.getElementById('js_data').textContent)
    const response = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!response.ok) throw new Error(String(response.status))
    return response.json()
  }
  const create = (data) => {
    const wanted = data.creation_options
    const choice = wanted.publicKey.authenticatorSelection
    const alone = form.elements.passwordless.checked
    choice.residentKey = alone ? 'required' : 'discouraged'
    choice.requireResidentKey = alone
    if (alone) choice.userVerification = 'required'
    return window.webauthnJSON.create(wanted)
  }

  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) return
    event.preventDefault()
    event.stopImmediatePropagation()
    error.hidden = true
    try {
      const data = await options()
      const credential = form.dataset.passkey === 'add' ? await create(data) : await window.webauthnJSON.get(data.request_options)
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch (exception) {
      tell(exception)
    }
  }, true)
}
