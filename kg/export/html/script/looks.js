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

const lineName = ({ from, to, mutual }) =>
  fill(mutual ? texts.between : texts.towards, { from: data.nodes[from].name, to: data.nodes[to].name });

function lineWords(line) {
  const shown = line.acts.filter((i) => actShown[i]);
  const names = [...new Set((shown.length ? shown : line.acts).map((i) => data.relations[data.acts[i].relation][0]))];
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} …` : names.join(", ");
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
  if (!drawn.has(chosen.node)) return null;
  const lines = linesOf[chosen.node].filter((i) => lineRank.has(i) && lineShown[i]);
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
  return { hidden: state.hidden.has(id), opacity: dim ? 0.16 : 1, color: { background: colour, border, highlight: lit, hover: lit } };
}

function strokeOf(id, near) {
  const line = data.lines[id];
  if (line.mark === "negated") return colours.denied;
  if (near && near.lines.has(id)) return colours.ink;
  return line.light ? colours.light : colours.line;
}

function lineStyle(id, near) {
  const line = data.lines[id];
  const dim = near && !near.lines.has(id);
  const crowd = lineRank.size - state.hiddenLines.size > 400;
  return { hidden: state.hiddenLines.has(id), color: { color: strokeOf(id, near), highlight: colours.accent, hover: colours.accent, opacity: dim ? 0.1 : crowd && !near && !line.mark ? 0.6 : 1, inherit: false } };
}
