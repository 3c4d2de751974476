'use strict';
// What the address of a source tells is filled in beside it: kind, publisher, title, day. Nothing that was typed changes.
// A few words find a source that is offered. The boxes may be drawn anew at any time: nothing is bound to one of them.
{
  const PAUSE = 250; // milliseconds without a key: half an address is not asked about, and fills in nothing
  const pauses = new WeakMap(); // the address box, and the pause that its typing has made
  const questions = new WeakMap(); // the address box, and what is asked of it now
  const known = new WeakMap(); // the address box, and what was last filled in on its account
  const words = { kind: 'kind', publisher: 'publisher', title: 'title', published_on: 'day', archive_url: 'archived copy' };

  const around = (box) => box.closest('[data-sourcing]');
  const places = (box) => [...(around(box) ?? box.form).querySelectorAll('[data-told]')];
  const isAddress = (typed) => /^https?:\/\/\S+\.\S+/i.test(typed);
  const offers = (box, typed) => [...(box.list?.options ?? [])].some((option) => option.value === typed);

  const say = (box, told) => {
    let place = document.getElementById(`${box.id}_told`);
    if (!place) {
      place = document.createElement('p');
      place.id = `${box.id}_told`;
      place.className = 'help told';
      place.setAttribute('role', 'status');
      box.after(place);
    }
    place.textContent = told;
    around(box)?.querySelector('[data-known]')?.remove();
  };

  const showNew = (box, shown) => {
    const part = around(box)?.querySelector('[data-new-source]');
    if (part) part.open = shown || part.querySelector('.errorlist') !== null;
  };

  const fill = (box, told) => {
    const before = known.get(box) ?? {};
    const filled = [];
    for (const field of places(box)) {
      const name = field.dataset.told;
      const typed = field.value !== '' && field.value !== before[name];
      if (typed || field === document.activeElement) continue;
      field.value = told[name] ?? '';
      if (field.value) filled.push(name);
    }
    known.set(box, told);
    return filled;
  };

  // The page is told that something was filled in: what depends on it is drawn anew.
  const tell = (box) => box.form.dispatchEvent(new Event('change', { bubbles: true }));

  // An answer counts as long as nothing else was typed or asked meanwhile, and the box was not drawn anew.
  const stands = (box, question) => box.isConnected && questions.get(box) === question && box.value.trim() === question.address;

  // What the site tells, or null: it can not be reached, or asks to sign in.
  const asking = async (home, box) => {
    try {
      const response = await fetch(`${box.dataset.sourceGuess}?${home}`, { headers: { Accept: 'application/json' } });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  };

  // What an address told that stood here when the page was drawn: it goes with that address.
  const remember = async (box) => {
    const address = around(box)?.querySelector('[data-guessed]')?.value ?? '';
    if (known.has(box) || address === '') return;
    const told = await asking(new URLSearchParams({ address }), box);
    if (told && !known.has(box)) known.set(box, { ...told, asked: address });
  };

  const ask = async (box, left) => {
    clearTimeout(pauses.get(box));
    const address = box.value.trim();
    if ((known.get(box)?.asked ?? around(box)?.querySelector('[data-guessed]')?.value ?? '') === address) return;
    const before = questions.get(box);
    if (before?.address === address && (before.left || !left || isAddress(address))) return; // its answer is on the way
    const question = { address, left };
    questions.set(box, question);
    try {
      await answer(box, question);
    } finally {
      if (questions.get(box) === question) questions.delete(box);
    }
  };

  const answer = async (box, question) => {
    const { address, left } = question;
    await remember(box);
    if (!stands(box, question)) return;
    if (address === '' || (around(box) && offers(box, address))) {
      fill(box, { asked: address });
      showNew(box, false);
      say(box, address && 'In the record already.');
      return;
    }
    if (!isAddress(address) && !(left && around(box))) return; // words are looked for once they are all there
    const home = new URLSearchParams({ address });
    const of = box.form.querySelector('[name=case]') ?? box.form.querySelector('[name=matter]');
    if (of) home.set(of.name, of.value);
    const told = await asking(home, box);
    if (!stands(box, question)) return;
    if (!told) {
      showNew(box, true);
      return;
    }
    if (told.label) box.value = told.label;
    if (told.known && around(box)) {
      fill(box, { asked: box.value.trim() });
      showNew(box, false);
      say(box, `In the record already: ${told.known}.`);
      tell(box);
      return;
    }
    if (!isAddress(address)) {
      say(box, told.several.length ? `Several have these words: ${told.several.join('; ')}. Type more of one.` : 'No source here has these words, and this is no address.');
      return;
    }
    showNew(box, true);
    const filled = fill(box, { ...told, asked: address }).map((name) => words[name] ?? name);
    const guessed = around(box)?.querySelector('[data-guessed]');
    if (guessed) guessed.value = address;
    const there = told.known ? `In the record already: ${told.known}. ` : '';
    say(box, there + (filled.length ? `Told from the address: ${filled.join(', ')}. Look at them below.` : 'The address tells nothing: fill in the fields below.'));
    tell(box);
  };

  const later = (box) => {
    clearTimeout(pauses.get(box));
    pauses.set(box, setTimeout(() => ask(box, false), PAUSE));
  };

  // While somebody types, a pause is waited for; who leaves the box has ended.
  document.addEventListener('input', ({ target }) => { if (target.matches?.('[data-source-guess]')) later(target); });
  document.addEventListener('change', ({ target }) => { if (target.matches?.('[data-source-guess]')) ask(target, true); });

  // An address that was typed while its box was drawn anew was put into the new one: it is asked about there.
  document.addEventListener('htmx:afterSwap', ({ detail }) => {
    for (const box of detail.target.querySelectorAll('[data-source-guess]')) {
      if (isAddress(box.value.trim())) ask(box, false);
    }
  });
}
