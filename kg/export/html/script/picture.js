// The picture: vis-network draws nodes and lines where Python put them; names are drawn on top.
const canvas = byId("canvas");
const hint = byId("hint");
const place = new Map(picture.nodes.map(({ id, x, y, size }) => [id, { x, y, size }]));
const extent = (axis) => Math.max(...picture.nodes.map((node) => node[axis])) - Math.min(...picture.nodes.map((node) => node[axis]));
if (canvas.clientWidth < canvas.clientHeight * 0.8 && extent("x") > extent("y")) {
  // A wide picture on an upright screen is laid on its side.
  for (const node of [...picture.nodes, ...place.values()]) [node.x, node.y] = [node.y, node.x];
}
const leaders = new Set();
{
  const sizes = new Map();
  for (const { group } of picture.nodes) sizes.set(group, (sizes.get(group) || 0) + 1);
  const led = new Set();
  for (const { id, group } of picture.nodes) {
    if (sizes.get(group) >= 8 && !led.has(group)) leaders.add(id);
    led.add(group);
  }
}
let network;

// Which nodes and lines are not shown: by filter, and lines also by the level of detail.
function findHidden() {
  const near = focus();
  const joined = new Set(near ? near.nodes : none);
  state.hiddenLines = new Set();
  for (const [line, position] of lineRank) {
    const kept = near && near.lines.has(line);
    if (lineShown[line]) {
      joined.add(data.lines[line].from);
      joined.add(data.lines[line].to);
    }
    if (!kept && (!lineShown[line] || position >= filter.level)) state.hiddenLines.add(line);
  }
  state.hidden = new Set([...rank.keys()].filter((id) => !joined.has(id)));
  findFields();
}

// Draws with the browser's next frame, once, however often it is asked for until then.
const redraw = () => network.body.emitter.emit("_requestRedraw");

// The lines beyond those of the opening view come when they are wanted, or when there is time: they
// are most of the work of opening.
let complete = picture.edges.length <= data.opening;
function complement() {
  if (complete) return;
  complete = true;
  const rest = picture.edges.slice(data.opening);
  network.body.data.edges.add(rest.map((edge) => ({ ...edge, ...lineStyle(edge.id, null), hidden: true })));
}

// Looks go straight to what vis-network draws from: a data set would pass over all of it for each.
function restyle() {
  const near = focus();
  const { nodes, edges } = network.body;
  if (!complete && picture.edges.slice(data.opening).some(({ id }) => !state.hiddenLines.has(id))) complement();
  for (const id of rank.keys()) Object.assign(nodes[id].options, nodeStyle(id, near));
  for (const id of lineRank.keys()) if (edges[id]) Object.assign(edges[id].options, lineStyle(id, near));
  network.body.nodeIndices = [...rank.keys()].filter((id) => !state.hidden.has(id));
  network.body.edgeIndices = [...lineRank.keys()].filter((id) => !state.hiddenLines.has(id));
  redraw();
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
    names.push({ id, text: data.nodes[id].name, ...point, radius, strong, first: first || leaders.has(id) });
  }
  if (!near) names.sort((a, b) => leaders.has(b.id) - leaders.has(a.id));
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
  if (!only) state.scale = scale;
  move({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) }, animate);
}

const move = (target, animate) =>
  network.moveTo({ ...target, animation: animate && !calm.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false });

function zoom(factor) {
  state.touched = true;
  move({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) }, true);
}

// Brings the selection into view, and nearer when it is small.
function show() {
  const near = focus();
  const named = near ? [...near.nodes].filter((id) => place.has(id)) : none;
  if (!named.length) return;
  const at = named.map((id) => network.canvasToDOM(place.get(id)));
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const seen = at.every(({ x, y }) => x > 40 && y > 20 && x < width - 40 && y < height - 20);
  const range = (axis) => Math.max(...at.map((point) => point[axis])) - Math.min(...at.map((point) => point[axis]));
  if (seen && (range("x") > width / 2 || range("y") > height / 2)) return;
  state.touched = true;
  fit(true, new Set(named), Math.min(1, state.scale * 2.2));
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
  const nodes = picture.nodes.map(({ label, group, ...node }) => ({ ...node, ...nodeStyle(node.id, null) }));
  const edges = picture.edges.slice(0, data.opening).map((edge) => ({ ...edge, ...lineStyle(edge.id, null) }));
  network = new vis.Network(canvas, { nodes, edges }, picture.options);
  network.once("afterDrawing", () => window.setTimeout(() => {
    complement();
    restyle();
  }, 200));
  network.on("beforeDrawing", drawFields);
  network.on("afterDrawing", drawOver);
  network.on("click", ({ nodes: [node], edges: [line] }) => choose(node !== undefined ? { node } : line !== undefined ? { line } : null, { still: true }));
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && focusOn(node, 1));
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
    findFields();
  });
  network.on("zoom", () => {
    state.touched = true;
    hideHint();
  });
  // After vis-network has kept its own idea of what to show.
  network.on("resize", () => window.requestAnimationFrame(() => state.touched || fit(false)));
}
