/* Where scripts run: a filter form that htmx watches needs no button, and sends no empty fields. */

document.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (!form) return;
  for (const [name, value] of [...event.detail.formData.entries()]) {
    if (value === "") event.detail.formData.delete(name);
  }
});

/* htmx pushes addresses, and Back and Forward between them load nothing by themselves: it has to listen. Who steps while
   the page still loads is not heard, and would read the list of one address under another. Once it listens, look. */
document.addEventListener("DOMContentLoaded", () => {
  const [loaded] = performance.getEntriesByType("navigation");
  const bare = (address) => address.split("#")[0];
  if (loaded && bare(loaded.name) !== bare(location.href)) location.reload();
});
