// Selection, keyboard, and the start of it all.
const state = { selection: null, around: null, lines: new Set(), order: [], usual: [], nodes: [], rank: new Map(), labels: [], touched: false, scale: 1, mode: "picture", theme: null };
const ownTheme = document.documentElement.dataset.theme;
const narrow = window.matchMedia("(max-width: 860px)");

function setTheme(theme) {
  state.theme = theme;
  document.documentElement.dataset.theme = theme || ownTheme;
  readColours();
  byId("theme").setAttribute("aria-pressed", String(colours.dark));
}

function recolour() {
  setTheme(state.theme);
  restyle();
}

// Paper gets the picture as lines rather than dots, and in the light theme.
function drawForPrint() {
  if (state.mode === "table") return;
  document.documentElement.dataset.theme = "light";
  readColours();
  colours.ground = "#ffffff";
  restyle();
  byId("printed").replaceChildren(svgPicture());
}

// How much is drawn, of how much that passes the filters, and what else there is.
function showStatus() {
  const ends = new Set(state.order.flatMap((i) => [data.lines[i].from, data.lines[i].to]));
  const sentences = [fill(texts.shown, { entities: number(state.nodes.length), allEntities: number(ends.size), lines: number(state.lines.size), allLines: number(state.order.length) })];
  const hidden = filter.pale ? 0 : paleLines();
  const unsure = filter.least ? fails.reduce((n, bits) => n + (bits === BITS.confidence ? 1 : 0), 0) : 0;
  const rest = [
    state.lines.size < state.order.length ? texts.lessTold : "",
    hidden ? count("paleOff", hidden) : "",
    unsure ? fill(count("unsure", unsure), { least: number(filter.least) }) : "",
  ].filter(Boolean);
  if (rest.length) sentences.push(fill(texts.notShown, { what: rest.join("; ") }));
  byId("status").textContent = shown(sentences.join(" "));
  const level = byId("level");
  level.max = String(Math.min(MOST_LINES, state.order.length));
  level.value = String(levelOf(state.order.length));
  byId("detail").hidden = state.order.length < 20;
  byId("scope").hidden = !state.around;
  if (state.around) {
    byId("scopeText").textContent = shown(fill(texts.scope, { name: nameOf(state.around.node) }));
    byId("hops").value = String(state.around.hops);
  }
}

function showSelection() {
  const chosen = state.selection;
  if (!chosen) showWelcome();
  else if (chosen.path) showPath(chosen.path);
  else if (chosen.node !== undefined) showNode(chosen.node);
  else showLine(chosen.line);
}

// After any change of filter: what passes, what is drawn, and all that tells of it. While time is
// played, the panel waits.
function changed({ quick = false, keep = false } = {}) {
  sift();
  const moved = arrange();
  restyle();
  syncSidebar();
  syncTime();
  showStatus();
  if (state.mode === "table") showTable();
  if (moved) fit(false);
  if (!quick && !keep) {
    if (state.selection && state.selection.path) state.selection.path = shortestPath(state.selection.path.from, state.selection.path.to);
    const top = panel.scrollTop;
    showSelection();
    panel.scrollTop = top;
    remember();
  }
}

function choose(selection, { push = true, still = false, first = false } = {}) {
  state.selection = selection;
  shownAll = false;
  hideHint();
  const moved = arrange();
  restyle();
  if (moved) fit(false);
  const { nodes, edges } = network.getSelection();
  if (nodes.length || edges.length) network.unselectAll();
  if (selection && state.rank.has(selection.node)) network.selectNodes([selection.node], false);
  if (selection && state.lines.has(selection.line)) network.setSelection({ nodes: [], edges: [selection.line] });
  showSelection();
  showStatus();
  if (state.mode === "table") showTable();
  if (selection && !still) show();
  if (push) remember(true);
  if (selection && narrow.matches && !first) panel.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  const at = document.activeElement;
  if (selection && !first && !selection.path && !canvas.contains(at) && at !== canvas && !byId("rows").contains(at)) panel.focus({ preventScroll: true });
}

function focusOn(node, hops) {
  state.around = node === null ? null : { node, hops };
  changed({ keep: true });
  if (node !== null && (!state.selection || state.selection.node !== node)) choose({ node }, { push: false, still: true });
  state.touched = node !== null;
  fit(true);
  remember(true);
}

const PAN = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function canvasKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const shown = state.nodes;
  const at = state.selection ? shown.indexOf(state.selection.node) : -1;
  if (PAN[event.key]) {
    const [x, y] = PAN[event.key].map((n) => (n * 80) / network.getScale());
    const from = network.getViewPosition();
    state.touched = true;
    move({ position: { x: from.x + x, y: from.y + y } }, false);
  } else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit(true);
  else if (event.key === "." && shown.length) choose({ node: shown[(at + 1) % shown.length] });
  else if (event.key === "," && shown.length) choose({ node: shown[(at + shown.length - (at < 0 ? 0 : 1)) % shown.length] });
  else if (event.key === "Enter" && state.selection) panel.focus();
  else return;
  event.preventDefault();
}

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=range]), textarea, select") !== null;
const PAGE_KEYS = {
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
  t: () => byId("asTable").click(),
  f: () => byId("filters").click(),
  p: () => byId("askPath").click(),
  d: () => byId("theme").click(),
};
function pageKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (event.key === "Escape") {
    if (state.selection) choose(null);
    else if (state.around) focusOn(null);
  } else if (PAGE_KEYS[event.key] && !typing(event.target)) {
    event.preventDefault();
    PAGE_KEYS[event.key]();
  }
}

// Open beside the picture, closed above it on a narrow screen, until the reader says otherwise.
const filtersOpen = () => getComputedStyle(byId("sidebar")).display !== "none";

function openFilters(show) {
  byId("sidebar").classList.toggle("open", show);
  byId("sidebar").classList.toggle("closed", !show);
  tellFilters();
}
const tellFilters = () => byId("filters").setAttribute("aria-expanded", String(filtersOpen()));

function bind() {
  combobox(byId("search"), byId("results"), byId("found"), (node) => choose({ node }));
  canvas.addEventListener("keydown", canvasKeys);
  document.addEventListener("keydown", pageKeys);
  byId("closer").addEventListener("click", () => zoom(1.3));
  byId("wider").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => {
    state.touched = false;
    fit(true);
  });
  byId("filters").addEventListener("click", () => openFilters(!filtersOpen()));
  byId("asTable").addEventListener("click", () => {
    setMode(state.mode === "table" ? "picture" : "table");
    remember(true);
  });
  byId("askPath").addEventListener("click", () => {
    const chosen = state.selection;
    openPath(chosen && chosen.node !== undefined ? chosen.node : null);
    if (narrow.matches) panel.scrollIntoView({ block: "start" });
  });
  byId("theme").addEventListener("click", () => {
    setTheme(colours.dark ? "light" : "dark");
    recolour();
    remember();
  });
  byId("ask").addEventListener("click", () => byId("help").showModal());
  byId("closeHelp").addEventListener("click", () => byId("help").close());
  byId("hops").addEventListener("change", () => focusOn(state.around.node, Number(byId("hops").value)));
  byId("wholeScope").addEventListener("click", () => focusOn(null));
  const level = byId("level");
  level.addEventListener("input", () => {
    filter.level = Number(level.value);
    const moved = arrange();
    restyle();
    if (moved) fit(false);
    showStatus();
    remember();
  });
  narrow.addEventListener("change", tellFilters);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  window.addEventListener("beforeprint", drawForPrint);
  window.addEventListener("afterprint", () => {
    byId("printed").replaceChildren();
    recolour();
  });
  window.matchMedia("print").addEventListener("change", recolour);
  window.addEventListener("popstate", () => openAddress(window.location.hash));
}

function openAddress(address) {
  const selection = readAddress(address);
  changed({ keep: true });
  setMode(state.mode);
  if (!state.touched) fit(false);
  choose(selection, { push: false, first: true });
}

readColours();
tellFilters();
sift();
arrange();
canvas.setAttribute("aria-label", fill(texts.canvas, { entities: count("entities", state.nodes.length), lines: count("lines", state.lines.size) }));
buildPicture(choose);
buildSidebar();
buildTime();
buildSaving();
bind();
openAddress(window.location.hash);
// For pages that embed this one, and for tests.
window.newskg = Object.freeze({
  data,
  network,
  state,
  line: (from, to) => lineBetween(nodeById.get(from), nodeById.get(to)),
  node: (id) => nodeById.get(id),
  linePoint: (id) => network.canvasToDOM(midpoint(id)),
  nodePoint: (id) => network.canvasToDOM(place.get(id)),
  sentences: () => rows.map(([, t]) => sentenceOf(t)),
});
