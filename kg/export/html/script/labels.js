// Names beside the nodes: the better connected first, each where no other name or node stands.
const CELL = 48;
const LONGEST = 32;

const apart = (one, other) =>
  one.left >= other.right || one.right <= other.left || one.top >= other.bottom || one.bottom <= other.top;

class Taken {
  constructor() {
    this.cells = new Map();
  }
  keys(box) {
    const found = [];
    for (let i = Math.floor(box.left / CELL); i <= Math.floor(box.right / CELL); i += 1) {
      for (let j = Math.floor(box.top / CELL); j <= Math.floor(box.bottom / CELL); j += 1) found.push(`${i} ${j}`);
    }
    return found;
  }
  // Whether nothing is there. A node does not stand in its own name's way; names that come first may
  // cover lesser nodes (over 1), or as the last resort any node (over 2), but never another name.
  free(box, { owner = null, over = 0 } = {}) {
    const covers = (other) => other.node === owner || over > (other.solid ? 1 : 0);
    const passes = (other) => (other.node !== undefined && covers(other)) || apart(other, box);
    return this.keys(box).every((key) => (this.cells.get(key) || none).every(passes));
  }
  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

const widths = new Map();
function textWidth(context, text) {
  const key = `${context.font}\n${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

const shortened = (text) => {
  const letters = Array.from(text);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : text;
};

function write(context, text, x, y, colour, ground) {
  context.lineWidth = 3.5;
  context.strokeStyle = ground;
  context.strokeText(shown(text), x, y);
  context.fillStyle = colour;
  context.fillText(shown(text), x, y);
}

function places(x, y, radius, width, height) {
  const side = radius + 5;
  return [
    { left: x - width / 2, top: y + radius + 3 },
    { left: x + side, top: y - height / 2 },
    { left: x - side - width, top: y - height / 2 },
    { left: x - width / 2, top: y - radius - 3 - height },
    { left: x + radius * 0.7 + 2, top: y + radius * 0.7 },
    { left: x - radius * 0.7 - 2 - width, top: y + radius * 0.7 },
    { left: x + radius * 0.7 + 2, top: y - radius * 0.7 - height },
    { left: x - radius * 0.7 - 2 - width, top: y - radius * 0.7 - height },
  ].map((at) => ({ ...at, right: at.left + width, bottom: at.top + height }));
}

// items: {id, text, x, y, radius, strong, first}, best first, in screen pixels; returns the boxes drawn.
function drawNames(context, items, taken, colours, view) {
  const placed = [];
  context.textAlign = "left";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const item of items) {
    if (item.x < -100 || item.y < -40 || item.x > view.width + 100 || item.y > view.height + 40) continue;
    context.font = `${item.strong ? 600 : 500} ${item.strong ? 13.5 : 12.5}px ${colours.font}`;
    const text = shortened(item.text);
    const width = textWidth(context, text);
    const boxes = places(item.x, item.y, item.radius, width, 15).filter((at) => at.left > 2 && at.right < view.width - 2);
    const box = boxes.find((at) => taken.free(at, { owner: item.id })) || [1, 2].slice(0, item.strong ? 2 : item.first ? 1 : 0).map((over) => boxes.find((at) => taken.free(at, { over }))).find(Boolean);
    if (!box) continue;
    taken.add(box);
    write(context, text, box.left, box.top + 1, item.faint ? colours.muted : colours.ink, colours.ground);
    placed.push({ id: item.id, text, strong: Boolean(item.strong), ...box });
  }
  return placed;
}

// The relation's words on lines long enough to hold them.
function drawRelations(context, items, taken, colours) {
  context.font = `italic 12px ${colours.font}`;
  for (const { text, x, y, room } of items) {
    const words = shortened(text);
    const width = textWidth(context, words);
    if (width + 16 > room) continue;
    const box = { left: x - width / 2, right: x + width / 2, top: y - 8, bottom: y + 8 };
    if (!taken.free(box)) continue;
    taken.add(box);
    write(context, words, box.left, box.top + 2, colours.muted, colours.ground);
  }
}

// A bar across a denied line, a bar within a ring where some affirm and some deny.
function drawMark(context, mark, x, y, size, colours) {
  const colour = mark === "disputed" ? colours.disputed : colours.denied;
  context.save();
  context.translate(x, y);
  context.scale(size, size);
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.fillStyle = colours.ground;
  context.beginPath();
  context.arc(0, 0, 6.5, 0, 2 * Math.PI);
  context.fill();
  if (mark !== "partly") context.stroke();
  context.beginPath();
  if (mark !== "disputed") {
    context.moveTo(-3.2, -3.2);
    context.lineTo(3.2, 3.2);
    context.moveTo(-3.2, 3.2);
    context.lineTo(3.2, -3.2);
  } else {
    context.moveTo(-3.2, -1.8);
    context.lineTo(3.2, -1.8);
    context.moveTo(-3.2, 1.8);
    context.lineTo(3.2, 1.8);
    context.moveTo(-2, 4);
    context.lineTo(2, -4);
  }
  context.stroke();
  context.restore();
}
