'use strict';
// What the address of a source tells is filled in beside it: kind, publisher, title, day. Nothing that was typed changes.
// A few words find a source that is offered. The boxes may be drawn anew at any time: nothing is bound to one of them.
{
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

  const asking = (home, box) => fetch(`${box.dataset.sourceGuess}?${home}`, { headers: { Accept: 'application/json' } }).catch(() => null);

  // What an address told that stood here when the page was drawn: it goes with that address.
  const remember = async (box) => {
    const address = around(box)?.querySelector('[data-guessed]')?.value ?? '';
    if (known.has(box) || address === '') return;
    const answer = await asking(new URLSearchParams({ address }), box);
    if (answer?.ok && !known.has(box)) known.set(box, { ...await answer.json(), asked: address });
  };

  const ask = async (box, left) => {
    const address = box.value.trim();
    if ((known.get(box)?.asked ?? around(box)?.querySelector('[data-guessed]')?.value ?? '') === address) return;
    await remember(box);
    if (box.value.trim() !== address) return;
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
    const answer = await asking(home, box);
    if (box.value.trim() !== address) return; // something else was typed meanwhile
    if (!answer?.ok) {
      showNew(box, true);
      return;
    }
    const told = await answer.json();
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

  for (const event of ['input', 'change']) {
    document.addEventListener(event, ({ target }) => {
      if (target.matches?.('[data-source-guess]')) ask(target, event === 'change');
    });
  }
}
