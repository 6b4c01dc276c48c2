// Search over all entities, drawn or not: a combobox with a list, by keyboard or pointer.
const MOST_RESULTS = 12;
const search = byId("search");
const results = byId("results");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let index = null;
let found = [];
let active = -1;

function matches(query) {
  index ||= data.nodes.map((node) => [node.name, ...(node.aliases || none)].map(plain));
  const hits = [];
  index.forEach((forms, id) => {
    let best = Infinity;
    forms.forEach((form, i) => {
      const at = form.indexOf(query);
      if (at >= 0) best = Math.min(best, (at === 0 ? 0 : /[\s\-'’(]/.test(form[at - 1]) ? 1 : 2) + (i ? 0.5 : 0));
    });
    if (best < Infinity) hits.push([best, id]);
  });
  return hits.sort((a, b) => a[0] - b[0] || (data.nodes[b[1]].weight || 0) - (data.nodes[a[1]].weight || 0) || a[1] - b[1]).map(([, id]) => id);
}

function option(id, i) {
  const node = data.nodes[id];
  const kind = `${data.kinds[node.kind].label}${drawn.has(id) ? "" : ` · ${texts.notDrawn}`}`;
  const row = el("li", { role: "option", id: `result-${i}`, "aria-selected": "false" }, el("span", { class: "kind" }, glyph(node.kind), el("bdi", {}, node.name)), el("span", { class: "quiet" }, kind));
  row.addEventListener("pointerdown", (event) => event.preventDefault());
  row.addEventListener("click", () => take(i));
  return row;
}

function activate(i) {
  active = i;
  [...results.children].forEach((row, j) => row.setAttribute("aria-selected", String(i === j)));
  if (i >= 0) {
    search.setAttribute("aria-activedescendant", `result-${i}`);
    results.children[i].scrollIntoView({ block: "nearest" });
  } else search.removeAttribute("aria-activedescendant");
}

function closeResults() {
  results.hidden = true;
  search.setAttribute("aria-expanded", "false");
  activate(-1);
}

function listResults() {
  const query = plain(search.value.trim());
  if (!query) {
    byId("found").textContent = "";
    closeResults();
    return;
  }
  const all = matches(query);
  found = all.slice(0, MOST_RESULTS);
  const rows = found.map(option);
  results.replaceChildren(...(rows.length ? rows : [el("li", { class: "none", role: "option", "aria-disabled": "true" }, texts.nothingFound)]));
  results.hidden = false;
  search.setAttribute("aria-expanded", "true");
  byId("found").textContent = all.length ? count("found", all.length) : texts.nothingFound;
  activate(found.length ? 0 : -1);
}

function take(i) {
  if (!(i in found)) return;
  search.value = data.nodes[found[i]].name;
  closeResults();
  choose({ node: found[i] });
}

function buildSearch() {
  search.addEventListener("input", listResults);
  search.addEventListener("focus", () => search.value && search.select());
  search.addEventListener("blur", closeResults);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (results.hidden) listResults();
      else if (found.length) activate((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (results.hidden) search.value = "";
      closeResults();
    }
  });
}
