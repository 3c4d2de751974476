'use strict';
// Passkeys: the browser is asked for one, and its answer is sent with the form. Without this script these forms stay hidden.
{
  const asked = {
    add: (options) => webauthnJSON.create(options),
    use: (options) => webauthnJSON.get(options),
    login: (options) => webauthnJSON.get(options),
  };
  const given = () => JSON.parse(document.getElementById('passkey-options').textContent);
  const fetched = async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
    return answer.json();
  };
  const told = {
    NotAllowedError: 'No passkey was given, or it took too long. Try again.',
    InvalidStateError: 'This passkey is already one of yours.',
    SecurityError: 'Passkeys do not work at this address. They need https.',
  };
  const adding = (form, options) => {
    const alone = form.elements.passwordless?.checked ?? false;
    const selection = options.publicKey.authenticatorSelection;
    selection.residentKey = alone ? 'required' : 'discouraged';
    selection.requireResidentKey = alone;
    if (alone) selection.userVerification = 'required';
    return options;
  };
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    if (!globalThis.webauthnJSON?.supported()) continue;
    form.hidden = false;
    const complaint = form.querySelector('[role="alert"]');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      complaint.hidden = true;
      try {
        const kind = form.dataset.passkey;
        const data = kind === 'login' ? await fetched(form) : given();
        const options = kind === 'add' ? adding(form, data.creation_options) : data.request_options;
        form.elements.credential.value = JSON.stringify(await asked[kind](options));
        form.submit();
      } catch (error) {
        complaint.textContent = told[error.name] ?? `The passkey could not be used. ${error.message}`;
        complaint.hidden = false;
      }
    });
  }
}
