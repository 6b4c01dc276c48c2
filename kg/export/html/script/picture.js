// The picture: vis-network draws nodes and lines where Python put them; names are drawn on top.
const canvas = byId("canvas");
const hint = byId("hint");
const rank = new Map(picture.nodes.map((node, i) => [node.id, i]));
const lineRank = new Map(picture.edges.map((edge, i) => [edge.id, i]));
const place = new Map(picture.nodes.map(({ id, x, y, size }) => [id, { x, y, size }]));
const extent = (axis) => Math.max(...picture.nodes.map((node) => node[axis])) - Math.min(...picture.nodes.map((node) => node[axis]));
if (canvas.clientWidth < canvas.clientHeight && extent("x") > extent("y")) {
  // A wide picture on an upright screen is laid on its side.
  for (const node of [...picture.nodes, ...place.values()]) [node.x, node.y] = [node.y, node.x];
}
const state = { selection: null, hidden: new Set(), hiddenLines: new Set(), labels: [], touched: false };
let colours = {};
let network;
let nodeSet;
let lineSet;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const printing = window.matchMedia("print").matches;
  colours = {
    ground: value("ground"), ink: value("ink"), muted: value("muted"), line: value("line"), light: value("line-light"),
    denied: value("denied"), disputed: value("disputed"), accent: value("accent"), font: value("sans"),
    // The style sheet decides which theme holds; its ground tells which one that is.
    dark: !printing && parseInt(value("ground").slice(1, 3), 16) < 128,
  };
}

const lineName = ({ from, to, mutual }) =>
  fill(mutual ? texts.between : texts.towards, { from: data.nodes[from].name, to: data.nodes[to].name });

function lineWords(line) {
  const names = [...new Set(line.acts.map((i) => data.relations[data.acts[i].relation][0]))];
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} …` : names.join(", ");
}

// What belongs to the selection: its nodes and lines, or null when nothing is selected.
function focus() {
  const chosen = state.selection;
  if (chosen && chosen.line !== undefined) {
    const { from, to } = data.lines[chosen.line];
    return { nodes: new Set([from, to]), lines: new Set([chosen.line]) };
  }
  if (chosen && chosen.node !== undefined && drawn.has(chosen.node)) {
    const lines = linesOf[chosen.node].filter((i) => lineRank.has(i));
    const ends = lines.filter((i) => !state.hiddenLines.has(i)).flatMap((i) => [data.lines[i].from, data.lines[i].to]);
    return { nodes: new Set([chosen.node, ...ends]), lines: new Set(lines) };
  }
  return null;
}

function nodeStyle(id, near) {
  const kind = data.kinds[data.nodes[id].kind];
  const colour = colours.dark ? kind.dark : kind.light;
  const dim = near && !near.nodes.has(id);
  const chosen = near && state.selection.node === id;
  const border = chosen ? colours.ink : colours.ground;
  const lit = { background: colour, border: colours.ink };
  return { hidden: state.hidden.has(id), opacity: dim ? 0.16 : 1, color: { background: colour, border, highlight: lit, hover: lit } };
}

function lineStyle(id, near) {
  const line = data.lines[id];
  const usual = line.mark === "negated" ? colours.denied : line.light ? colours.light : colours.line;
  const dim = near && !near.lines.has(id);
  const colour = near && !dim && line.mark !== "negated" ? colours.ink : usual;
  return { hidden: state.hiddenLines.has(id), color: { color: colour, highlight: colours.accent, hover: colours.accent, opacity: dim ? 0.1 : 1, inherit: false } };
}

// Updates only what changed, all at once: each update of a data set costs a pass over all of it.
const styled = { nodes: new Map(), lines: new Map() };
function changed(known, ids, style, near) {
  const updates = [];
  for (const id of ids) {
    const next = style(id, near);
    const text = JSON.stringify(next);
    if (known.get(id) !== text) updates.push({ id, ...next });
    known.set(id, text);
  }
  return updates;
}
function restyle() {
  const near = focus();
  const nodes = changed(styled.nodes, rank.keys(), nodeStyle, near);
  const lines = changed(styled.lines, lineRank.keys(), lineStyle, near);
  if (!network) return { nodes, lines };
  if (nodes.length) nodeSet.update(nodes);
  if (lines.length) lineSet.update(lines);
  if (!nodes.length && !lines.length) network.redraw();
  return null;
}

function midpoint(id) {
  const edge = network.body.edges[id];
  const at = edge.edgeType.getPoint(0.5);
  const angle = Math.atan2(edge.to.y - edge.from.y, edge.to.x - edge.from.x);
  return { ...at, angle, length: Math.hypot(edge.to.x - edge.from.x, edge.to.y - edge.from.y) };
}

// Where the buttons stand, so that no name is written under them.
function zoomBox() {
  const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = document.querySelector(".zoom");
  return { left: left - 4, top: top - 4, right: left + offsetWidth, bottom: top + offsetHeight };
}

function drawOver(context) {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const view = { width: canvas.clientWidth, height: canvas.clientHeight };
  const near = focus();
  const taken = new Taken();
  taken.add(zoomBox());
  const at = (x, y) => ({ x: origin.x + x * scale, y: origin.y + y * scale });
  const names = [];
  const area = view.width * view.height;
  for (const [id, { x, y, size }] of place) {
    if (state.hidden.has(id)) continue;
    const point = at(x, y);
    const radius = size * scale;
    if (near && !near.nodes.has(id)) continue;
    taken.add({ node: id, solid: rank.get(id) < 12, left: point.x - radius, right: point.x + radius, top: point.y - radius, bottom: point.y + radius });
    const strong = near ? state.selection.node === id || state.selection.line !== undefined : rank.get(id) < Math.min(12, area / 45000) && size > 12;
    const first = near ? strong : rank.get(id) < Math.min(40, area / 14000);
    names.push({ id, text: data.nodes[id].name, ...point, radius, strong, first });
  }
  if (near && state.selection.node !== undefined) names.sort((a, b) => (b.id === state.selection.node) - (a.id === state.selection.node));
  const ratio = context.canvas.width / context.canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const words = [];
  const few = near || lineRank.size - state.hiddenLines.size <= 60 || scale > 1.3;
  for (const id of lineRank.keys()) {
    const { mark } = data.lines[id];
    if (state.hiddenLines.has(id) || (near && !near.lines.has(id)) || !(mark || few)) continue;
    const middle = midpoint(id);
    const point = at(middle.x, middle.y);
    if (mark) {
      const size = near ? 1 : Math.min(1, Math.max(0.4, scale * 1.3));
      taken.add({ node: size < 0.8 ? -1 : undefined, left: point.x - 8 * size, right: point.x + 8 * size, top: point.y - 8 * size, bottom: point.y + 8 * size });
      drawMark(context, mark, point.x, point.y, size, colours);
    } else {
      words.push({ text: lineWords(data.lines[id]), ...point, room: middle.length * scale * Math.max(0.7, Math.abs(Math.cos(middle.angle))) - 24 });
    }
  }
  state.labels = drawNames(context, names, taken, colours, view);
  if (few) drawRelations(context, words, taken, colours);
  context.restore();
}

// Shows these nodes, or all that are not hidden, with room for their names.
function fit(animate, only = null, largest = 1.5) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [id, { x, y, size }] of place) {
    if (state.hidden.has(id) || (only && !only.has(id))) continue;
    left = Math.min(left, x - size);
    right = Math.max(right, x + size);
    top = Math.min(top, y - size);
    bottom = Math.max(bottom, y + size);
  }
  if (left > right) return;
  const [margin, foot] = canvas.clientWidth < 600 ? [28, 24] : [64, 36];
  const scale = Math.min(largest, (canvas.clientWidth - 2 * margin) / (right - left + 1), (canvas.clientHeight - 2 * foot) / (bottom - top + 1));
  move({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) }, animate);
}

const move = (target, animate) =>
  network.moveTo({ ...target, animation: animate && !calm.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false });

function zoom(factor) {
  state.touched = true;
  move({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) }, true);
}

// Brings the selection into view, unless all of it is there and large enough to see.
function show() {
  const near = focus();
  if (!near) return;
  const seen = (id) => {
    const at = network.canvasToDOM(place.get(id));
    return at.x > 40 && at.y > 20 && at.x < canvas.clientWidth - 40 && at.y < canvas.clientHeight - 20;
  };
  if (network.getScale() < 0.45 || ![...near.nodes].every(seen)) fit(true, near.nodes, 1);
}

function showHint(pointer, name, detail) {
  hint.replaceChildren(el("bdi", {}, name), el("small", {}, detail));
  hint.hidden = false;
  const left = Math.min(pointer.x + 14, canvas.clientWidth - hint.offsetWidth - 8);
  const below = pointer.y + 16 + hint.offsetHeight < canvas.clientHeight;
  hint.style.left = `${Math.max(8, left)}px`;
  hint.style.top = `${below ? pointer.y + 16 : pointer.y - hint.offsetHeight - 10}px`;
}
function hideHint() {
  hint.hidden = true;
  canvas.classList.remove("pointing");
}

function buildPicture(choose) {
  readColours();
  const { nodes, lines } = restyle();
  const looks = { nodes: new Map(nodes.map((n) => [n.id, n])), lines: new Map(lines.map((l) => [l.id, l])) };
  nodeSet = new vis.DataSet(picture.nodes.map(({ label, ...node }) => ({ ...node, ...looks.nodes.get(node.id) })));
  lineSet = new vis.DataSet(picture.edges.map((edge) => ({ ...edge, ...looks.lines.get(edge.id) })));
  network = new vis.Network(canvas, { nodes: nodeSet, edges: lineSet }, picture.options);
  network.on("afterDrawing", drawOver);
  network.on("click", ({ nodes: [node], edges: [line] }) => choose(node !== undefined ? { node } : line !== undefined ? { line } : null, { still: true }));
  network.on("hoverNode", ({ node, pointer }) => {
    canvas.classList.add("pointing");
    const { name, kind, weight } = data.nodes[node];
    showHint(pointer.DOM, name, `${data.kinds[kind].label} · ${count("statements", weight || 0)}`);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    canvas.classList.add("pointing");
    showHint(pointer.DOM, lineName(data.lines[edge]), `${lineWords(data.lines[edge])} · ${count("statements", data.lines[edge].weight)}`);
  });
  network.on("blurNode", hideHint);
  network.on("blurEdge", hideHint);
  network.on("dragStart", hideHint);
  network.on("dragging", ({ nodes: moved }) => {
    state.touched = true;
    for (const [id, { x, y }] of Object.entries(network.getPositions(moved))) Object.assign(place.get(Number(id)), { x, y });
  });
  network.on("zoom", () => {
    state.touched = true;
    hideHint();
  });
  network.on("resize", () => {
    if (!state.touched) fit(false);
  });
  fit(false);
}
