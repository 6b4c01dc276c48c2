// A field that finds entities, drawn or not: a combobox with a list, by keyboard or pointer.
const MOST_RESULTS = 12;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let index = null;

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
  return hits.sort((a, b) => a[0] - b[0] || toldOf[b[1]] - toldOf[a[1]] || a[1] - b[1]).map(([, id]) => id);
}

// `input` and its `list` (ids are theirs); `onTake` gets the entity; `said` tells how many were found.
function combobox(input, list, said, onTake) {
  let found = [];
  let active = -1;

  function activate(i) {
    active = i;
    [...list.children].forEach((row, j) => row.setAttribute("aria-selected", String(i === j)));
    if (i >= 0) {
      input.setAttribute("aria-activedescendant", `${list.id}-${i}`);
      list.children[i].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }
  function take(i) {
    if (!(i in found)) return;
    input.value = data.nodes[found[i]].name;
    close();
    onTake(found[i]);
  }
  function option(id, i) {
    const node = data.nodes[id];
    const kind = `${data.kinds[node.kind].label}${state.rank.has(id) ? "" : ` · ${texts.notDrawn}`}`;
    const row = el("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" }, el("span", { class: "kind" }, glyph(node.kind), el("bdi", {}, node.name)), el("span", { class: "quiet" }, kind));
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => take(i));
    return row;
  }
  function offer() {
    const query = plain(input.value.trim());
    if (!query) {
      said.textContent = "";
      close();
      return;
    }
    const all = matches(query);
    found = all.slice(0, MOST_RESULTS);
    const options = found.map(option);
    list.replaceChildren(...(options.length ? options : [el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, texts.nothingFound)]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    said.textContent = all.length ? count("found", all.length) : texts.nothingFound;
    activate(found.length ? 0 : -1);
  }
  input.addEventListener("input", offer);
  input.addEventListener("focus", () => input.value && input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) offer();
      else if (found.length) activate((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) input.value = "";
      close();
    }
  });
}
