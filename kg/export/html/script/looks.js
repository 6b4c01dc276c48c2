// How nodes and lines look: by type, by what is selected, by theme.
let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  colours = Object.fromEntries(["ground", "field", "ink", "muted", "line", "line-light", "denied", "disputed", "accent"].map((name) => [name, value(name)]));
  colours.light = colours["line-light"];
  colours.font = value("sans");
  // The style sheet decides which theme holds; its ground tells which one that is.
  colours.dark = parseInt(colours.ground.slice(1, 3), 16) < 128;
}

const lineName = ({ from, to, way }) =>
  fill(way === "mutual" ? texts.between : texts.towards, { from: data.nodes[from].name, to: data.nodes[to].name });

// What is told on a line, the most told first: "holds talks with", "may visit", each with its number.
function doings(i) {
  const { to, told } = data.lines[i];
  const found = new Map();
  for (const row of weights[i] ? sumOf(i).told : told) {
    const [, t] = rows[row];
    const words = doneOf(t, t.agents.includes(to) && !t.targets.includes(to) ? data.lines[i].from : to);
    found.set(words, (found.get(words) || 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]);
}
function lineWords(i) {
  const found = doings(i);
  return found.length > 1 ? `${found[0][0]} …` : found[0][0];
}
function countedWords(i) {
  const found = doings(i);
  const words = found.slice(0, 3).map(([does, n]) => (found.length > 1 ? fill(texts.doesTimes, { does, n: number(n) }) : does));
  return words.join(", ") + (found.length > 3 ? " …" : "");
}

// What belongs to the selection: its nodes and lines, or null when nothing drawn is selected.
function focus() {
  const chosen = state.selection;
  if (!chosen) return null;
  if (chosen.line !== undefined) {
    const { from, to } = data.lines[chosen.line];
    return { nodes: new Set([from, to]), lines: new Set([chosen.line]) };
  }
  if (chosen.path) return chosen.path.lines.length ? { nodes: new Set(chosen.path.nodes), lines: new Set(chosen.path.lines) } : null;
  const all = linesOf[chosen.node].filter((i) => lineShown[i]);
  if (!all.length) return null;
  const lines = all.sort((a, b) => strengths[b] - strengths[a] || a - b).slice(0, AT_ONCE);
  return { nodes: new Set([chosen.node, ...lines.flatMap((i) => [data.lines[i].from, data.lines[i].to])]), lines: new Set(lines) };
}

const fillOf = (id) => {
  const kind = data.kinds[data.nodes[id].kind];
  return colours.dark ? kind.dark : kind.light;
};

function nodeStyle(id, near) {
  const colour = fillOf(id);
  const dim = near && !near.nodes.has(id);
  const chosen = near && state.selection.node === id;
  const border = chosen ? colours.ink : colours.ground;
  const lit = { background: colour, border: colours.ink };
  return { opacity: dim ? 0.16 : 1, color: { background: colour, border, highlight: lit, hover: lit } };
}

function strokeOf(id, near) {
  if (markOf(id) === "negated") return colours.denied;
  if (near && near.lines.has(id)) return colours.ink;
  return pale(id) ? colours.light : colours.line;
}

// The thicker, the more outlets tell it; dashed where no source tells it as a fact.
const STROKES = { planned: [10, 5], proposed: [8, 4, 2, 4], possible: [2, 5] };
const markOf = (id) => sumOf(id).mark;
const widthOf = (id) => chart.scale * Math.min(5, 1.2 + 0.9 * Math.log2(Math.max(1, sumOf(id).outlets)));
const dashesOf = (id) => (STROKES[sumOf(id).modality] || none).map((n) => Math.round(n * chart.scale));

// Several lines between the same two are bent apart.
const between = new Map();
for (const { from, to, way } of data.lines) {
  const key = `${Math.min(from, to)} ${Math.max(from, to)}`;
  between.set(key, (between.get(key) || 0) + (way === "topic" ? 0.01 : 1));
}
function bendOf({ from, to, way }) {
  const beside = between.get(`${Math.min(from, to)} ${Math.max(from, to)}`);
  if (way === "topic") return beside > 0.015 ? 0.28 : 0;
  return way === "mutual" || beside < 2 ? 0 : 0.14;
}

function lineStyle(id, near) {
  const dim = near && !near.lines.has(id);
  const crowd = state.lines.size > 400;
  const dashes = dashesOf(id);
  return {
    width: widthOf(id),
    dashes: dashes.length ? dashes : false,
    color: { color: strokeOf(id, near), highlight: colours.accent, hover: colours.accent, opacity: dim ? 0.1 : crowd && !near && !markOf(id) ? 0.6 : 1, inherit: false },
  };
}
