'use strict';
// Autocomplete boxes have no name of their own for those who do not see the page: they take their field's label.
{
  const nameBoxes = () => {
    for (const label of document.querySelectorAll('label[for]')) {
      const box = document.getElementById(label.htmlFor)?.nextElementSibling?.querySelector('[role="combobox"]');
      if (!box || box.dataset.named) continue;
      label.id ||= `${label.htmlFor}_label`;
      for (const part of [box, ...box.querySelectorAll('[role="textbox"]')]) {
        part.setAttribute('aria-labelledby', `${label.id} ${part.getAttribute('aria-labelledby') ?? ''}`.trim());
      }
      box.dataset.named = 'yes';
    }
  };
  nameBoxes();
  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
}
