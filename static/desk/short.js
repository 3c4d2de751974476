'use strict';
// A short form: the headline that an empty box stands for, and more rows for charges. Ctrl+Enter sends the form.
{
  const form = document.getElementById('short-form');
  const title = document.getElementById('id_title');
  const what = document.getElementById('id_what');
  const actor = document.getElementById('id_actor');
  const headlines = JSON.parse(title?.dataset.headlines ?? '{}');

  const suggest = () => {
    const [named, bare] = headlines[what.value] ?? ['', ''];
    const who = actor?.value.replace(/ \[[^\]]*\]$/, '').trim();
    title.placeholder = who ? named.replace(title.dataset.who, who) : bare;
  };

  const addRow = (rows) => {
    const total = rows.querySelector('[name$="-TOTAL_FORMS"]');
    const last = [...rows.querySelectorAll('[data-row]')].at(-1);
    const fresh = last.cloneNode(true);
    const number = Number(total.value);
    const before = `-${number - 1}-`;
    const thing = rows.dataset.thing;
    fresh.setAttribute('aria-label', `${thing[0].toUpperCase()}${thing.slice(1)} ${number + 1}`);
    fresh.querySelectorAll('.errorlist').forEach((list) => list.remove());
    for (const part of fresh.querySelectorAll('[id], [for], [name], [aria-describedby]')) {
      for (const name of ['id', 'for', 'name', 'aria-describedby']) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replaceAll(before, `-${number}-`));
      }
      if (part.type === 'checkbox') part.checked = false;
      else if (part.matches('input:not([type=hidden])')) part.value = '';
      else if (part.matches('select')) part.selectedIndex = 0;
    }
    total.value = number + 1;
    last.after(fresh);
    fresh.querySelector('select, input:not([type=hidden])')?.focus();
  };

  if (form && title && what) {
    what.addEventListener('input', suggest);
    actor?.addEventListener('input', suggest);
    suggest();
    (form.querySelector('[aria-invalid="true"]') ?? what).focus();
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    for (const rows of form.querySelectorAll('[data-rows]')) {
      const more = document.createElement('button');
      more.type = 'button';
      more.className = 'button r-add';
      more.textContent = `Another ${rows.dataset.thing}`;
      const most = Number(rows.querySelector('[name$="-MAX_NUM_FORMS"]').value);
      const full = () => {
        more.hidden = Number(rows.querySelector('[name$="-TOTAL_FORMS"]').value) >= most;
        if (more.hidden) more.insertAdjacentHTML('afterend', `<p class="help">One form has room for ${most} ${rows.dataset.thing}s. Enter the others on the page of this act afterwards.</p>`);
      };
      more.addEventListener('click', () => { addRow(rows); full(); });
      full();
      [...rows.querySelectorAll('[data-row]')].at(-1).after(more);
    }
  }
}
