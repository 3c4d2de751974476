/* Where scripts run: a filter form that htmx watches needs no button, and sends no empty fields. */

document.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (!form) return;
  for (const [name, value] of [...event.detail.formData.entries()]) {
    if (value === "") event.detail.formData.delete(name);
  }
});
