// The same selection as a table: one row for each statement, sorted by any column.
const ROW_STEP = 100;
const table = { sort: "date", down: false, shown: ROW_STEP };

const nameOf = (id) => data.nodes[id].name;
const namesText = (ids) => (ids || none).map(nameOf).join("; ");

// What each column says of a row; sorted by `key` if there is one, else by what it says.
const COLUMNS = [
  { name: "date", text: (t) => t.date || data.sources[t.source].published || "" },
  { name: "who", text: (t) => namesText(t.agents) },
  { name: "does", text: (t) => doneOf(t, othersOf(t)[0]) },
  { name: "whom", text: (t) => namesText(t.targets) },
  { name: "topic", text: (t) => namesText(t.about) },
  { name: "how", text: (t) => texts.modality[modalityOf(t)] + (t.negated ? `, ${texts.denied}` : "") },
  { name: "speaker", text: (t) => [namesText(t.speakers), t.unnamed ? texts.unnamed : ""].filter(Boolean).join("; ") },
  { name: "outlet", text: (t) => data.sources[t.source].outlet || "" },
  { name: "confidence", text: (t) => `${number(Math.round(t.confidence))} %`, key: (t) => t.confidence },
  { name: "quote", text: (t) => passageText(t.source, t.quote[0], t.quote[1]).replace(/\s+/g, " ") },
];

function sortedRows() {
  const { text, key = text } = COLUMNS.find(({ name }) => name === table.sort);
  const keyed = chosenRows().map((i) => [key(rows[i][1]), i]);
  const compare = new Intl.Collator(texts.language, { numeric: true }).compare;
  keyed.sort(([a, i], [b, j]) => {
    const order = typeof a === "number" ? a - b : compare(a, b);
    return (table.down ? -order : order) || i - j;
  });
  return keyed.map(([, i]) => i);
}

function tableRow(i) {
  const [, t] = rows[i];
  const lines = linesOfRow[i];
  const cells = COLUMNS.map(({ name, text }) => {
    if (name === "does") {
      const open = () => choose(lines.length ? { line: lines[0] } : { node: t.agents[0] });
      return el("td", {}, el("button", { type: "button", class: "link", click: open }, text(t)));
    }
    if (name === "who") return el("td", { class: "whom" }, joined(t.agents.map(whoButton), "; "));
    if (name === "date") return el("td", {}, dateWords(text(t)));
    if (name === "topic" && t.about.length > 3) {
      return el("td", {}, el("bdi", { title: text(t) }, fill(texts.andMore, { names: namesText(t.about.slice(0, 3)), n: number(t.about.length - 3) })));
    }
    return el("td", { class: name }, el("bdi", {}, text(t)));
  });
  return el("tr", {}, cells);
}

function headCell({ name }) {
  const sorted = table.sort === name;
  const button = el("button", { type: "button", class: "plain" }, texts.columns[name], el("span", { "aria-hidden": "true" }, sorted ? (table.down ? " ↓" : " ↑") : ""));
  button.addEventListener("click", () => {
    table.down = table.sort === name && !table.down;
    table.sort = name;
    showTable();
    byId("rows").querySelector(`th[data-name="${name}"] button`).focus();
    remember();
  });
  return el("th", { scope: "col", "data-name": name, "aria-sort": sorted ? (table.down ? "descending" : "ascending") : "none" }, button);
}

function showTable() {
  const found = sortedRows();
  const body = el("tbody", {}, found.slice(0, ROW_STEP).map(tableRow));
  const caption = el("caption", {}, fill(texts.tableCaption, { n: number(found.length), all: number(rows.length) }), state.selection ? ` ${texts.tableSelected}` : "");
  let at = ROW_STEP;
  const more = el("button", { type: "button", class: "more", hidden: found.length <= at });
  const label = () => (more.textContent = count("more", Math.min(ROW_STEP, found.length - at)));
  more.addEventListener("click", () => {
    body.append(...found.slice(at, at + ROW_STEP).map(tableRow));
    at += ROW_STEP;
    more.hidden = at >= found.length;
    label();
  });
  label();
  byId("rows").replaceChildren(el("table", {}, caption, el("thead", {}, el("tr", {}, COLUMNS.map(headCell))), body), more);
}

function setMode(mode) {
  state.mode = mode;
  const asTable = mode === "table";
  byId("frame").hidden = asTable;
  byId("rows").hidden = !asTable;
  byId("detail").classList.toggle("out", asTable);
  byId("asTable").setAttribute("aria-pressed", String(asTable));
  if (asTable) showTable();
  else redraw();
}
