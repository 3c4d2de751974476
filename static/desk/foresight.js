'use strict';
// What an entry will do, beside its form: told anew when something was typed. Without this script a button asks for it.
{
  document.documentElement.classList.add('r-live');
  const preview = document.getElementById('ruling-preview');
  const status = document.getElementById('ruling-status');

  // Where an answer is no part of this page, say what it says: signed out, or something failed. Nothing typed is lost.
  document.body.addEventListener('htmx:responseError', ({ detail }) => {
    const plain = (detail.xhr.getResponseHeader('Content-Type') ?? '').startsWith('text/plain');
    const words = document.createElement('p');
    words.className = 'r-caution';
    words.textContent = plain ? detail.xhr.responseText : 'This can not be shown just now. What you typed is still here.';
    preview.replaceChildren(words);
  });

  // For those who do not see the page: of all that is foretold, where the case will stand.
  document.body.addEventListener('htmx:afterSwap', ({ detail }) => {
    if (detail.target !== preview) return;
    const words = (preview.querySelector('.r-whole') ?? preview.querySelector('.r-amiss'))?.textContent ?? '';
    if (status.textContent !== words) status.textContent = words;
  });

  // A link to a field leads into it, and opens the part of the page that it stands in.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-goes]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    for (let part = field.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    field.focus();
  });
}
