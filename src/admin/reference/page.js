
const box = document.getElementById("q");
const rows = Array.from(document.querySelectorAll("#rows tbody tr"), (row) => {
  const [value, , , , operations] = row.querySelectorAll("td");
  return { row, text: [row.id, value.textContent, operations.textContent].join(" ").toLowerCase() };
});
const search = () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) found += 1;
  }
  document.getElementById("found").textContent = found;
  document.getElementById("none").hidden = found > 0;
  const address = new URL(location);
  if (box.value) address.searchParams.set("q", box.value);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
};
box.addEventListener("input", search);
document.addEventListener("keydown", (event) => {
  const inField = /^(INPUT|SELECT)$/.test(document.activeElement.tagName);
  if (event.key === "/" && !inField) {
    event.preventDefault();
    box.focus();
  }
});
const shown = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.hidden) {
    box.value = "";
    search();
    target.scrollIntoView();
  }
};
addEventListener("hashchange", shown);
shown();
