'use strict';
// Who adds a row to a page is led into it. Without this the focus stays on the link below, behind what is to be filled in.
document.addEventListener('formset:added', ({ target }) => {
  target.querySelector('input:not([type=hidden]):not([disabled]), select:not(.admin-autocomplete), .select2-selection, textarea')?.focus();
});
