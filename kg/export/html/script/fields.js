// The ground under each community: a soft field around its nodes, so that groups are seen at once.
const FEWEST = 4;
const PADDING = 34;
let fields = [];

// The convex hull of points, counter-clockwise (Andrew 1979).
function hullOf(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => {
    const kept = [];
    for (const point of list) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function findFields() {
  const groups = new Map();
  for (const id of state.nodes) {
    const { group } = place.get(id);
    if (group === undefined) continue;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(place.get(id));
  }
  fields = groups.size > 1 ? [...groups.values()].filter((points) => points.length >= FEWEST).map(hullOf) : none;
}

function drawFields(context) {
  context.save();
  context.fillStyle = colours.field;
  context.strokeStyle = colours.field;
  context.lineJoin = "round";
  context.lineWidth = 2 * PADDING;
  context.beginPath();
  for (const points of fields) {
    points.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
  }
  context.fill();
  context.stroke();
  context.restore();
}
