// The key, which is also the filter: each value of each facet with its number, to hide, to show, or to
// show alone; and the least confidence.
const LONG_LIST = 7;
const FACETS = ["kind", "telling", "relation", "outlet", "country", "voice"];
const facetRows = new Map();

const DASHES = { planned: "7 4", proposed: "6 3 1.5 3", possible: "1.5 4" };
const SIGNS = { negated: "M12.5 5.5l5 5m0-5l-5 5", partly: "M12.5 5.5l5 5m0-5l-5 5", disputed: "M12 6.5h6m-6 3h6m-4.5 2l3-7" };
function strokeIcon(key) {
  const line = svg("line", { x1: 0, y1: 8, x2: 30, y2: 8, class: `stroke ${key}`, "stroke-dasharray": DASHES[key] || "none" });
  const icon = svg("svg", { width: 30, height: 16, class: "strokes", "aria-hidden": "true" }, line);
  if (SIGNS[key]) icon.append(svg("circle", { cx: 15, cy: 8, r: 5.5, class: `sign ${key}` }), svg("path", { d: SIGNS[key], class: `sign ${key}` }));
  return icon;
}

const facetIcon = { kind: (i) => glyph(i), telling: (i) => strokeIcon(KEYS[i]) };

function facetRow(facet, i) {
  const { label } = facetValues[facet][i];
  const box = el("input", { type: "checkbox" });
  const small = el("small", {});
  const only = el("button", { type: "button", class: "only", "aria-label": fill(texts.onlyThis, { name: label }), title: fill(texts.onlyThis, { name: label }) }, texts.only);
  box.addEventListener("change", () => {
    if (box.checked) off[facet].delete(i);
    else off[facet].add(i);
    changed();
  });
  only.addEventListener("click", () => {
    const values = facetValues[facet].keys();
    off[facet] = new Set([...values].filter((value) => value !== i));
    changed();
  });
  const icon = facetIcon[facet] ? facetIcon[facet](i) : "";
  return { i, box, small, row: el("li", { class: "facet" }, el("label", {}, box, icon, el("bdi", {}, label), " ", small), only) };
}

// Pale lines are drawn when they are asked for.
const paleLines = () => weights.reduce((n, weight, i) => n + (weight && pale(i) ? 1 : 0), 0);
function paleRow() {
  const box = el("input", { type: "checkbox", id: "pale" });
  box.addEventListener("change", () => {
    filter.pale = box.checked;
    changed();
  });
  return el("li", { class: "facet" }, el("label", {}, box, strokeIcon("light"), el("bdi", {}, texts.key.light), " ", el("small", { id: "paleCount" })));
}

function facetGroup(facet) {
  const counts = facetCounts(facet);
  let order = [...counts.keys()].filter((i) => counts[i] > 0);
  if (facet !== "kind" && facet !== "telling") order.sort((a, b) => counts[b] - counts[a] || a - b);
  if (order.length < 2 && facet !== "kind" && facet !== "telling") return none;
  const list = order.map((i) => facetRow(facet, i));
  facetRows.set(facet, list);
  const items = el("ul", {}, list.map(({ row }) => row));
  const details = el("details", { class: "group", id: `facet-${facet}`, open: facet === "kind" || facet === "telling" }, el("summary", {}, el("span", {}, texts.facets[facet])), items);
  if (facet === "telling") {
    const denied = (row) => Boolean(rows[row][1].negated);
    const partly = data.lines.some(({ told }) => told.some(denied) && !told.every(denied));
    for (const [key, has] of [["disputed", data.disputes.length], ["partly", partly]]) {
      if (has) items.append(el("li", { class: "facet still" }, strokeIcon(key), texts.key[key]));
    }
    if (data.lines.some(({ way }) => way === "topic")) items.append(paleRow());
  } else if (facet !== "kind" && list.length > LONG_LIST + 2) {
    for (const { row } of list.slice(LONG_LIST)) row.hidden = true;
    const more = el("button", { type: "button", class: "link" }, count("moreValues", list.length - LONG_LIST));
    more.addEventListener("click", () => {
      for (const { row } of list) row.hidden = false;
      list[LONG_LIST].box.focus();
      more.remove();
    });
    details.append(more);
  }
  return [details];
}

function buildSidebar() {
  byId("facets").append(...FACETS.flatMap(facetGroup));
  const least = byId("least");
  least.addEventListener("input", () => {
    filter.least = Number(least.value);
    changed();
  });
  byId("clear").addEventListener("click", () => {
    clearFilters();
    changed();
  });
}

function syncSidebar() {
  for (const [facet, list] of facetRows) {
    const counts = facetCounts(facet);
    if (off[facet].size) byId(`facet-${facet}`).open = true;
    for (const { i, box, small, row } of list) {
      box.checked = !off[facet].has(i);
      small.textContent = number(counts[i]);
      row.classList.toggle("empty", !counts[i]);
    }
  }
  const box = byId("pale");
  if (box) box.checked = filter.pale;
  if (box) byId("paleCount").textContent = number(paleLines());
  byId("least").value = String(filter.least);
  byId("leastText").textContent = fill(texts.least, { n: number(filter.least) });
  byId("clear").disabled = !filtersSet();
}
