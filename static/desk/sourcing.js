'use strict';
// What the address of a source tells is filled in beside it: kind, publisher, title, day. Nothing that was typed changes.
{
  const known = new Map(); // the address box, and what was last filled in on its account

  const places = (box) => {
    const around = box.closest('[data-sourcing]') ?? box.form;
    return [...around.querySelectorAll('[data-told]')];
  };

  const say = (box, words) => {
    let place = document.getElementById(`${box.id}_told`);
    if (!place) {
      place = document.createElement('p');
      place.id = `${box.id}_told`;
      place.className = 'help told';
      place.setAttribute('role', 'status');
      box.after(place);
    }
    place.textContent = words;
  };

  const showNew = (box, shown) => {
    const part = box.closest('[data-sourcing]')?.querySelector('[data-new-source]');
    if (part) part.hidden = !shown && !part.querySelector('.errorlist');
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

  const words = { kind: 'kind', publisher: 'publisher', title: 'title', published_on: 'day', archive_url: 'archived copy' };

  const ask = async (box) => {
    const address = box.value.trim();
    if (known.get(box)?.asked === address) return;
    if (!/^https?:\/\/\S+\.\S+/i.test(address)) {
      fill(box, { asked: address });
      showNew(box, false);
      say(box, '');
      return;
    }
    const answer = await fetch(`${box.dataset.sourceGuess}?address=${encodeURIComponent(address)}`, {
      headers: { Accept: 'application/json' },
    }).catch(() => null);
    if (box.value.trim() !== address) return; // something else was typed meanwhile
    if (!answer?.ok) {
      showNew(box, true);
      return;
    }
    const told = await answer.json();
    if (told.known && box.closest('[data-sourcing]')) {
      fill(box, { asked: address });
      showNew(box, false);
      say(box, `In the record already: ${told.known}.`);
      return;
    }
    showNew(box, true);
    const filled = fill(box, { ...told, asked: address }).map((name) => words[name] ?? name);
    const there = told.known ? `In the record already: ${told.known}. ` : '';
    say(box, there + (filled.length ? `Told from the address: ${filled.join(', ')}. Look at them below.` : 'The address tells nothing: fill in the fields below.'));
  };

  const start = () => {
    for (const box of document.querySelectorAll('[data-source-guess]')) {
      known.set(box, { asked: box.value.trim() });
      showNew(box, /^https?:/i.test(box.value.trim()) && places(box).some((field) => field.value));
      box.addEventListener('input', () => ask(box));
      box.addEventListener('change', () => ask(box));
    }
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}
