// Selection, address, keyboard, and the start of it all.
const nodeById = new Map(data.nodes.map((node, i) => [node.id, i]));
const lineByEnds = new Map(data.lines.map((line, i) => [`${line.from} ${line.to}`, i]));

function addressOf(selection) {
  const part = (key, id) => `${key}=${encodeURIComponent(data.nodes[id].id)}`;
  if (!selection) return "";
  if (selection.node !== undefined) return `#${part("entity", selection.node)}`;
  const { from, to } = data.lines[selection.line];
  return `#${part("from", from)}&${part("to", to)}`;
}

function selectionOf(address) {
  const wanted = new URLSearchParams(address.replace(/^#/, "").replace(/\+/g, "%2B"));
  const node = nodeById.get(wanted.get("entity"));
  if (node !== undefined) return { node };
  const line = lineByEnds.get(`${nodeById.get(wanted.get("from"))} ${nodeById.get(wanted.get("to"))}`);
  return line === undefined ? null : { line };
}

function choose(selection, { remember = true, still = false } = {}) {
  const first = !state.selection;
  state.selection = selection;
  hideHint();
  applyFilter();
  if (!selection) {
    network.unselectAll();
    showWelcome();
  } else if (selection.node !== undefined) {
    if (drawn.has(selection.node)) {
      network.selectNodes([selection.node], false);
    } else network.unselectAll();
    showNode(selection.node);
  } else {
    if (lineRank.has(selection.line)) network.setSelection({ nodes: [], edges: [selection.line] });
    showLine(selection.line);
  }
  if (selection && !still) show();
  if (remember && window.location.hash !== addressOf(selection)) {
    try {
      history.pushState(null, "", addressOf(selection) || "#");
    } catch {
      // A frame without an address of its own cannot remember; the page works all the same.
    }
  }
  const narrow = window.matchMedia("(max-width: 860px)").matches;
  if (selection && narrow && !(first && !remember)) panel.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  if (selection && document.activeElement && !canvas.contains(document.activeElement)) panel.focus({ preventScroll: true });
}

const PAN = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function canvasKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (PAN[event.key]) {
    const [x, y] = PAN[event.key].map((n) => (n * 80) / network.getScale());
    const at = network.getViewPosition();
    state.touched = true;
    move({ position: { x: at.x + x, y: at.y + y } }, false);
  } else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit(true);
  else return;
  event.preventDefault();
}

function pageKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && event.target !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && state.selection) choose(null);
}

function recolour() {
  readColours();
  restyle();
}

canvas.setAttribute("aria-label", fill(texts.canvas, { entities: count("entities", rank.size), lines: count("lines", lineRank.size) }));
buildKey();
buildPicture(choose);
buildSearch();
canvas.addEventListener("keydown", canvasKeys);
document.addEventListener("keydown", pageKeys);
byId("closer").addEventListener("click", () => zoom(1.3));
byId("wider").addEventListener("click", () => zoom(1 / 1.3));
byId("fit").addEventListener("click", () => {
  state.touched = false;
  fit(true);
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
window.addEventListener("beforeprint", recolour);
window.addEventListener("afterprint", recolour);
window.matchMedia("print").addEventListener("change", recolour);
window.addEventListener("popstate", () => choose(selectionOf(window.location.hash), { remember: false }));
choose(selectionOf(window.location.hash), { remember: false });
// For pages that embed this one, and for tests.
window.newskg = Object.freeze({
  network,
  state,
  line: (from, to) => lineByEnds.get(`${nodeById.get(from)} ${nodeById.get(to)}`),
  node: (id) => nodeById.get(id),
  linePoint: (id) => network.canvasToDOM(midpoint(id)),
  nodePoint: (id) => network.canvasToDOM(place.get(id)),
});
