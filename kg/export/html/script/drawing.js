// The picture as it is seen, as SVG: fields, lines, nodes, names, with title and date line.
const NS = "http://www.w3.org/2000/svg";
const POLYGONS = Object.fromEntries(Object.entries(OUTLINES).map(([shape, points]) => [shape, points.split(" ").map((pair) => pair.split(",").map((n) => (Number(n) - 8) / 8))]));

function svgShape(id, x, y, r, near) {
  const { shape } = data.kinds[data.nodes[id].kind];
  const look = { fill: fillOf(id), stroke: colours.ground, "stroke-width": 1, opacity: near && !near.nodes.has(id) ? 0.16 : 1 };
  const points = POLYGONS[shape];
  const node = points ? svg("polygon", { points: points.map(([a, b]) => `${(x + a * r).toFixed(1)},${(y + b * r).toFixed(1)}`).join(" "), ...look }) : svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...look });
  node.append(svg("title", {}, data.nodes[id].name));
  return node;
}

function svgLine(id, at, near) {
  const line = data.lines[id];
  const mark = markOf(id);
  const strokes = dashesOf(id);
  const scale = network.getScale();
  const [a, b] = [at(line.from), at(line.to)];
  const middle = network.canvasToDOM(midpoint(id));
  // The middle of a quadratic curve lies half way to its control point.
  const control = { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 };
  const colour = strokeOf(id, near);
  const group = svg("g", { stroke: colour, fill: "none", opacity: near && !near.lines.has(id) ? 0.1 : 1 });
  const dashes = strokes.length ? { "stroke-dasharray": strokes.map((n) => (n * scale).toFixed(1)).join(" ") } : {};
  group.append(svg("path", { d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${control.x.toFixed(1)} ${control.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`, "stroke-width": Math.max(0.4, widthOf(id) * scale).toFixed(2), ...dashes }));
  if (line.way !== "mutual") {
    const angle = Math.atan2(b.y - control.y, b.x - control.x);
    const tip = { x: b.x - Math.cos(angle) * (b.r + 1), y: b.y - Math.sin(angle) * (b.r + 1) };
    const size = Math.max(2, 7 * scale);
    const side = (turn) => `${(tip.x - Math.cos(angle + turn) * size).toFixed(1)},${(tip.y - Math.sin(angle + turn) * size).toFixed(1)}`;
    group.append(svg("polygon", { points: `${tip.x.toFixed(1)},${tip.y.toFixed(1)} ${side(0.4)} ${side(-0.4)}`, fill: colour, stroke: "none" }));
  }
  if (mark) {
    const signColour = mark === "disputed" ? colours.disputed : colours.denied;
    const cross = mark === "disputed" ? "M-3.2-1.8h6.4m-6.4 3.6h6.4m-5.2 2.2l4-8" : "M-3.2-3.2l6.4 6.4m-6.4 0l6.4-6.4";
    group.append(svg("g", { transform: `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})`, stroke: signColour, "stroke-width": 1.6 }, svg("circle", { r: 6, fill: colours.ground, stroke: mark === "partly" ? "none" : signColour }), svg("path", { d: cross })));
  }
  return group;
}

// Lines of about so many letters.
function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines[lines.length - 1].length + word.length >= letters) lines.push("");
    lines[lines.length - 1] += `${word} `;
  }
  return lines;
}

function svgPicture() {
  network.redraw();
  const near = focus();
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const notes = wrapped(byId("summary").textContent, (width - 28) / 6.2);
  const head = 34 + 15 * notes.length;
  const scale = network.getScale();
  const at = (id) => {
    const { x, y, size } = place.get(id);
    return { ...network.canvasToDOM({ x, y }), r: size * scale };
  };
  const root = svg("svg", { xmlns: NS, width, height: height + head, viewBox: `0 ${-head} ${width} ${height + head}`, "font-family": "system-ui, sans-serif" });
  root.append(svg("title", {}, document.title), svg("rect", { y: -head, width, height: height + head, fill: colours.ground }));
  const clip = svg("svg", { width, height, overflow: "hidden" });
  const grounds = fields.map((points) => svg("polygon", { points: points.map((p) => network.canvasToDOM(p)).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ") }));
  clip.append(svg("g", { fill: colours.field, stroke: colours.field, "stroke-width": 2 * PADDING * scale, "stroke-linejoin": "round" }, ...grounds));
  for (const id of state.lines) clip.append(svgLine(id, at, near));
  for (const id of [...state.nodes].reverse()) {
    const { x, y, r } = at(id);
    clip.append(svgShape(id, x, y, r, near));
  }
  for (const { text, left, top, strong } of state.labels) {
    clip.append(svg("text", { x: left.toFixed(1), y: (top + 12).toFixed(1), "font-size": strong ? 13.5 : 12.5, "font-weight": strong ? 600 : 500, fill: colours.ink, stroke: colours.ground, "stroke-width": 3, "paint-order": "stroke" }, text));
  }
  root.append(clip, svg("text", { x: 14, y: 24 - head, "font-size": 17, "font-weight": 600, fill: colours.ink }, document.title));
  notes.forEach((line, i) => root.append(svg("text", { x: 14, y: 42 + 15 * i - head, "font-size": 11.5, fill: colours.muted }, line)));
  return root;
}
const svgText = () => new XMLSerializer().serializeToString(svgPicture());
