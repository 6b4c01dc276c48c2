// Files to take away: the picture as PNG or SVG, the chosen statements as CSV or Turtle.
function save(name, content) {
  const address = URL.createObjectURL(content);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const fileName = (suffix) => `${plain(document.title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "network"}.${suffix}`;

function savePng() {
  const image = new Image();
  const text = svgText();
  image.addEventListener("load", () => {
    const sheet = el("canvas", { width: image.width * 2, height: image.height * 2 });
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    sheet.toBlob((content) => save(fileName("png"), content), "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

// A cell that a spreadsheet would run as a formula begins with an apostrophe.
function csvCell(text) {
  const formula = /^(?:[\t\r\n]|\s*[=+\-@\uff0b\uff0d\uff1d\uff20])/.test(text) && !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

// What stands in the file otherwise than in the table: what a program reads more easily.
const PLAIN_CELLS = {
  does: (t) => data.relations[data.acts[t.act].relation][0],
  confidence: (t) => String(t.confidence / 100),
};
const CSV_COLUMNS = [
  ...COLUMNS.map(({ name, text }) => ({ name, text: PLAIN_CELLS[name] || text })),
  { name: "where", text: (t) => namesText(t.where) },
  { name: "published", text: (t) => data.sources[t.source].published || "" },
  { name: "title", text: (t) => data.sources[t.source].title },
  { name: "url", text: (t) => (webAddress(data.sources[t.source].url) || "").toString() },
  { name: "sentence", text: sentenceOf },
  { name: "statement", text: (t) => data.base + pathOf(statementName(t)) },
  { name: "act", text: (t) => `${data.base}act/${data.acts[t.act].id}` },
];

function csv(chosen) {
  const lines = chosen.map((i) => CSV_COLUMNS.map(({ text }) => csvCell(text(rows[i][1]))));
  return [CSV_COLUMNS.map(({ name }) => csvCell(texts.columns[name])), ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

const SAVES = {
  savePng,
  saveSvg: () => save(fileName("svg"), new Blob([svgText()], { type: "image/svg+xml" })),
  saveCsv: () => save(fileName("csv"), new Blob([csv(sortedRows())], { type: "text/csv;charset=utf-8" })),
  saveTurtle: () => save(fileName("ttl"), new Blob([turtle(chosenRows())], { type: "text/turtle;charset=utf-8" })),
};

function buildSaving() {
  const menu = byId("saveMenu");
  for (const [id, run] of Object.entries(SAVES)) {
    byId(id).addEventListener("click", () => {
      run();
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  menu.addEventListener("toggle", () => {
    const key = state.selection ? "savesSelected" : "savesShown";
    if (menu.open) byId("saves").textContent = count(key, chosenRows().length);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
