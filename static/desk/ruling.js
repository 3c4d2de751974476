'use strict';
// The screen for a ruling. It works without this; with it, no key is lost while a part of the page is drawn anew.
{
  const form = document.getElementById('ruling-form');
  const what = document.getElementById('id_what');

  // Only a ruling has a decision.
  const decision = form.querySelector('.r-decision');
  const showDecision = () => { decision.hidden = !what.value.startsWith('ruling:'); };
  what.addEventListener('change', showDecision);
  showDecision();

  // Ctrl+Enter presses the first button, from wherever.
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('.submit-row .default'));
  });

  // What is typed between the question and its answer is put back into the part that was drawn anew.
  const valuesIn = (part) => new Map([...part.querySelectorAll('input:not([type=hidden]), [data-guessed], select, textarea')]
    .map((field) => [field.id, field.type === 'checkbox' ? field.checked : field.value]));
  const asked = new WeakMap();
  const later = new WeakMap();
  document.body.addEventListener('htmx:beforeRequest', ({ detail }) => asked.set(detail.xhr, valuesIn(detail.target)));
  document.body.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const then = asked.get(detail.xhr);
    if (!then) return;
    const now = valuesIn(detail.target);
    later.set(detail.target, [...now].filter(([id, value]) => id && then.get(id) !== value));
  });
  document.body.addEventListener('htmx:afterSwap', ({ detail }) => {
    for (const [id, value] of later.get(detail.target) ?? []) {
      const field = document.getElementById(id);
      if (!field || !detail.target.contains(field)) continue;
      if (field.type === 'checkbox') field.checked = value;
      else field.value = value;
    }
    later.delete(detail.target);
  });

  // Who asked for another row is led into it: the button that was pressed is drawn anew, and has the focus no more.
  const rows = new WeakMap();
  document.body.addEventListener('htmx:beforeRequest', ({ detail }) => {
    if (detail.elt.matches('.r-add')) rows.set(detail.target, detail.elt.name);
  });
  document.body.addEventListener('htmx:afterSwap', ({ detail }) => {
    const button = form.querySelector(`button[name="${rows.get(detail.target)}"]`);
    rows.delete(detail.target);
    [...(button?.parentElement.querySelectorAll('.r-part') ?? [])].at(-1)?.querySelector('select, input:not([type=hidden])')?.focus();
  });

  // Begin where the first mistake is, or at the beginning.
  (form.querySelector('[aria-invalid="true"]') ?? form.querySelector('.r-above') ?? what).focus();
}
