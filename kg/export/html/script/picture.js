// The picture: vis-network draws nodes and lines where Python put them; names are drawn on top.
const canvas = byId("canvas");
const hint = byId("hint");
let network;

// Where the entities lie: as the page opens, and, when more is drawn than then, in the whole network.
const chartOf = (nodes, { scale, arrow }) => ({ places: new Map(nodes.map(({ id, ...at }) => [id, at])), scale, arrow });
const first = chartOf(picture.nodes.map(({ id, x, y, size, group }) => ({ id, x, y, size, group })), data);
const whole = data.whole ? chartOf(data.whole.nodes.map(([id, x, y, size, group]) => ({ id, x, y, size, group })), data.whole) : first;
let chart = first;
// Where those lie that are drawn.
let place = first.places;
for (const { places } of new Set([first, whole])) {
  const nodes = [...places.values()];
  const extent = (axis) => Math.max(...nodes.map((node) => node[axis])) - Math.min(...nodes.map((node) => node[axis]));
  // A wide picture on an upright screen is laid on its side.
  if (canvas.clientWidth < canvas.clientHeight * 0.8 && extent("x") > extent("y")) for (const node of nodes) [node.x, node.y] = [node.y, node.x];
}

// An entity without a place gets one beside those that it is joined with, where nothing lies yet; what
// is joined with nothing that lies comes below, three islands abreast.
const TURN = Math.PI * (3 - Math.sqrt(5));
const NEW_AT_MOST = 150;
function findPlaces(missing) {
  const ends = new Map(missing.map((id) => [id, none]));
  for (const i of state.lines) {
    const { from, to } = data.lines[i];
    if (ends.has(from)) ends.set(from, [...ends.get(from), to]);
    if (ends.has(to)) ends.set(to, [...ends.get(to), from]);
  }
  const sizes = [...chart.places.values()].map((at) => at.size);
  const size = sizes.length ? Math.min(...sizes) : 10;
  const room = 60 * chart.scale;
  const middle = (list, axis) => list.reduce((sum, at) => sum + at[axis], 0) / (list.length || 1);
  const foot = Math.max(0, ...[...place.values()].map((at) => at.y)) + room;
  const centre = middle([...place.values()], "x");
  // What lies, by squares as wide as the room that each needs.
  const squares = new Map();
  const square = (n) => Math.floor(n / room);
  const put = (at) => {
    const key = `${square(at.x)} ${square(at.y)}`;
    squares.set(key, [...(squares.get(key) || none), at]);
  };
  const clear = ({ x, y }) => [-1, 0, 1].every((i) => [-1, 0, 1].every((j) => (squares.get(`${square(x) + i} ${square(y) + j}`) || none).every((other) => Math.hypot(other.x - x, (other.y - y) * 1.4) > room)));
  for (const at of place.values()) put(at);
  let islands = 0;
  // First what is joined with something that lies, else the next in order.
  const ready = missing.filter((id) => ends.get(id).some((other) => place.has(other)));
  const waiting = [...missing];
  while (waiting.length) {
    const id = ready.length ? ready.shift() : waiting.shift();
    if (place.has(id)) continue;
    const near = ends.get(id).map((other) => place.get(other)).filter(Boolean);
    let [x, y] = [middle(near, "x"), middle(near, "y")];
    if (!near.length) {
      [x, y] = [centre + ((islands % 3) - 1) * 7 * room, foot + Math.floor(islands / 3) * 2 * room];
      islands += 1;
    }
    for (let step = 0; !place.has(id); step += 1) {
      const [angle, away] = [step * TURN, room * 0.6 * Math.sqrt(step)];
      const at = { x: Math.round(x + Math.cos(angle) * away), y: Math.round(y + Math.sin(angle) * away), size };
      if (!clear(at)) continue;
      place.set(id, at);
      put(at);
      ready.push(...ends.get(id).filter((other) => ends.has(other)));
    }
  }
}

// Chooses what is drawn and where. What is drawn only as long as something is selected comes in where
// there is room, so that nothing moves under the pointer. Returns whether all has moved.
let leaders = new Set();
function arrange() {
  pick();
  const before = [chart, state.usual.length];
  const missing = (list) => list.filter((id) => !chart.places.has(id));
  chart = first;
  if (missing(state.usual).length > NEW_AT_MOST) chart = whole;
  place = new Map(state.nodes.flatMap((id) => (chart.places.has(id) ? [[id, chart.places.get(id)]] : none)));
  const usual = new Set(state.usual);
  const extra = missing(state.nodes);
  findPlaces(extra.filter((id) => usual.has(id)));
  findPlaces(extra.filter((id) => !usual.has(id)));
  if (network && (chart !== before[0] || extra.length)) {
    // Straight to what is drawn: a data set would pass over all of it.
    for (const id of chart !== before[0] ? state.nodes : extra) {
      const node = network.body.nodes[id];
      if (!node) continue;
      const { x, y, size } = place.get(id);
      Object.assign(node, { x, y });
      node.options.size = size;
      node.shape.refreshNeeded = true;
    }
  }
  if (network && chart !== before[0]) {
    for (const edge of Object.values(network.body.edges)) edge.options.arrows.to.scaleFactor = chart.arrow;
    state.touched = false;
  }
  const sizes = new Map();
  const groupOf = (id) => place.get(id).group;
  for (const id of state.nodes) sizes.set(groupOf(id), (sizes.get(groupOf(id)) || 0) + 1);
  const led = new Set([undefined]);
  leaders = new Set(state.nodes.filter((id) => {
    const leads = !led.has(groupOf(id)) && sizes.get(groupOf(id)) >= 8;
    led.add(groupOf(id));
    return leads;
  }));
  findFields();
  return chart !== before[0] || (!state.touched && state.usual.length !== before[1]);
}

// Draws with the browser's next frame, once, however often it is asked for until then.
const redraw = () => network.body.emitter.emit("_requestRedraw");

const spot = (id) => {
  const { x, y, size } = place.get(id);
  return { x, y, size };
};
const visNode = (id, near) => ({ id, shape: data.kinds[data.nodes[id].kind].shape, ...spot(id), ...nodeStyle(id, near) });
function visEdge(id, near) {
  const line = data.lines[id];
  const bend = bendOf(line);
  return {
    id,
    from: line.from,
    to: line.to,
    arrows: { to: { enabled: line.way !== "mutual", scaleFactor: chart.arrow } },
    smooth: bend ? { enabled: true, type: "curvedCW", roundness: bend } : false,
    ...lineStyle(id, near),
  };
}

// Looks go straight to what vis-network draws from: a data set would pass over all of it for each.
// What was never drawn before comes into it now.
function restyle() {
  const near = focus();
  const { nodes, edges, data: sets } = network.body;
  const newNodes = state.nodes.filter((id) => !nodes[id]);
  const newLines = [...state.lines].filter((id) => !edges[id]);
  if (newNodes.length) sets.nodes.add(newNodes.map((id) => visNode(id, near)));
  if (newLines.length) sets.edges.add(newLines.map((id) => visEdge(id, near)));
  for (const id of state.nodes) Object.assign(nodes[id].options, nodeStyle(id, near));
  for (const id of state.lines) Object.assign(edges[id].options, lineStyle(id, near));
  network.body.nodeIndices = [...state.nodes];
  network.body.edgeIndices = [...state.lines];
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
  for (const id of state.nodes) {
    const { x, y, size } = place.get(id);
    const point = at(x, y);
    const radius = size * scale;
    if (near && !near.nodes.has(id)) continue;
    taken.add({ node: id, solid: state.rank.get(id) < 12, left: point.x - radius, right: point.x + radius, top: point.y - radius, bottom: point.y + radius });
    const strong = near ? state.selection.node === id || state.selection.line !== undefined : state.rank.get(id) < Math.min(12, area / 45000) && size > 12;
    const first = near ? strong : state.rank.get(id) < Math.min(40, area / 14000);
    names.push({ id, text: data.nodes[id].name, ...point, radius, strong, first: first || leaders.has(id) });
  }
  if (!near) names.sort((a, b) => leaders.has(b.id) - leaders.has(a.id));
  if (near && state.selection.node !== undefined) names.sort((a, b) => (b.id === state.selection.node) - (a.id === state.selection.node));
  const ratio = context.canvas.width / context.canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const words = [];
  const few = near || state.lines.size <= 60 || scale > 1.3;
  for (const id of state.lines) {
    const mark = markOf(id);
    // While new lines come in, vis-network may draw before it has all of them.
    if ((near && !near.lines.has(id)) || !(mark || few) || !network.body.edges[id]) continue;
    const middle = midpoint(id);
    const point = at(middle.x, middle.y);
    if (mark) {
      const size = near ? 1 : Math.min(1, Math.max(0.4, scale * 1.3));
      taken.add({ node: size < 0.8 ? -1 : undefined, left: point.x - 8 * size, right: point.x + 8 * size, top: point.y - 8 * size, bottom: point.y + 8 * size });
      drawMark(context, mark, point.x, point.y, size, colours);
    } else {
      words.push({ text: lineWords(id), ...point, room: middle.length * scale * Math.max(0.7, Math.abs(Math.cos(middle.angle))) - 24 });
    }
  }
  state.labels = drawNames(context, names, taken, colours, view);
  if (few) drawRelations(context, words, taken, colours);
  context.restore();
}

// Shows these nodes, or all that are not hidden, with room for their names.
function fit(animate, only = null, largest = 1.5) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const id of state.nodes) {
    if (only && !only.has(id)) continue;
    const { x, y, size } = place.get(id);
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
  const named = near ? [...near.nodes] : none;
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
  const nodes = state.nodes.map((id) => visNode(id, null));
  const edges = [...state.lines].map((id) => visEdge(id, null));
  network = new vis.Network(canvas, { nodes, edges }, picture.options);
  network.on("beforeDrawing", drawFields);
  network.on("afterDrawing", drawOver);
  network.on("click", ({ nodes: [node], edges: [line] }) => choose(node !== undefined ? { node } : line !== undefined ? { line } : null, { still: true }));
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && focusOn(node, 1));
  network.on("hoverNode", ({ node, pointer }) => {
    canvas.classList.add("pointing");
    const { name, kind } = data.nodes[node];
    showHint(pointer.DOM, name, `${data.kinds[kind].label} · ${count("statements", toldOf[node])}`);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    canvas.classList.add("pointing");
    showHint(pointer.DOM, lineName(data.lines[edge]), `${countedWords(edge)} · ${count("statements", weightOf(edge))}`);
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
