// What the lines come to under the filters in force, and which of them are drawn.
const MOST_LINES = 2500;
const MOST_NODES = 1000;
// With a filter set, all lines that pass are drawn, up to so many.
const AT_ONCE = 250;
const STRENGTHS = ["actual", "planned", "proposed", "possible"];

// Of each line, under the filters in force: how many statements, and how much they count together.
const weights = new Int32Array(data.lines.length);
const strengths = new Int32Array(data.lines.length);
const lineShown = new Uint8Array(data.lines.length);
// In how many statements that pass each entity acts, is acted upon or is spoken of.
const toldOf = new Int32Array(data.nodes.length);
const opening = picture.edges.map(({ id }) => id);
const isPale = Uint8Array.from(data.lines, ({ way }) => (way === "topic" ? 1 : 0));
const isNameless = Uint8Array.from(data.lines, ({ from, to }) => (data.nodes[from].described || data.nodes[to].described ? 1 : 0));
const pale = (i) => isPale[i] === 1;
const weightOf = (i) => weights[i];

// What several articles tell counts more than what one tells. The statements of one act stand together,
// and among them those of one article.
function weigh(i) {
  let [weight, strength, act, source] = [0, 0, -1, -1];
  for (const row of data.lines[i].told) {
    if (fails[row]) continue;
    weight += 1;
    if (column.act[row] !== act) strength += 1;
    else if (column.source[row] !== source) strength += 2;
    act = column.act[row];
    source = column.source[row];
  }
  weights[i] = weight;
  strengths[i] = strength;
}

function sumLines(scope) {
  const inScope = (node) => !scope || scope.has(node);
  summed.clear();
  data.lines.forEach(({ from, to }, i) => {
    weights[i] = 0;
    strengths[i] = 0;
    if (!kindOff(from) && !kindOff(to) && inScope(from) && inScope(to)) weigh(i);
    lineShown[i] = weights[i] && (filter.pale || !isPale[i]) ? 1 : 0;
  });
  toldOf.fill(0);
  for (let i = 0; i < rows.length; i += 1) if (!fails[i]) for (const node of partiesOfRow[i]) toldOf[node] += 1;
}

// What the statements of a line that pass say together; found when it is asked for.
const summed = new Map();
function sumOf(i) {
  if (!summed.has(i)) {
    const told = data.lines[i].told.filter(passes);
    const found = told.map((row) => rows[row][1]);
    const denials = found.filter((t) => t.negated).length;
    const disputed = told.some((row) => against[row].some((other) => told.includes(other)));
    summed.set(i, {
      told,
      outlets: new Set(told.map((row) => data.sources[column.source[row]].outlet || column.source[row])).size,
      modality: STRENGTHS.find((modality) => found.some((t) => modalityOf(t) === modality)),
      mark: disputed ? "disputed" : !denials ? "" : denials === told.length ? "negated" : "partly",
    });
  }
  return summed.get(i);
}

// All lines that pass, the most important first: on the first view those that the page opens with. Those
// of a neighbourhood begin with what leads to its middle, so that all neighbours are seen; groups known
// by a description come last.
function ranked() {
  const centre = state.around ? state.around.node : -1;
  const score = new Float64Array(lineShown.length);
  const found = [];
  for (let i = 0; i < lineShown.length; i += 1) {
    if (!lineShown[i]) continue;
    const { from, to } = data.lines[i];
    score[i] = (from === centre || to === centre ? 0 : 1e12) + isNameless[i] * 1e9 - strengths[i] * (isPale[i] ? 1 : 2);
    found.push(i);
  }
  if (atStart()) opening.forEach((i, place) => (score[i] = place - 1e12));
  return found.sort((a, b) => score[a] - score[b] || a - b);
}

// The first view is what the page opens with; whatever the reader sets, all that passes is drawn.
const atStart = () => !filtersSet() && !filter.pale && !state.around;
const levelOf = (passing) => Math.min(passing, filter.level ?? (atStart() ? opening.length : AT_ONCE), MOST_LINES);

// Which lines and entities are drawn: by the filters, by the level of detail, and what is selected.
function pick() {
  const order = ranked();
  const most = levelOf(order.length);
  const lines = new Set();
  const nodes = new Set();
  const take = (i) => {
    lines.add(i);
    nodes.add(data.lines[i].from);
    nodes.add(data.lines[i].to);
  };
  for (const i of order) {
    if (lines.size >= most || nodes.size >= MOST_NODES) break;
    take(i);
  }
  const usual = [...nodes];
  const near = focus();
  if (near) for (const i of near.lines) take(i);
  if (near) for (const id of near.nodes) nodes.add(id);
  const degree = new Map();
  for (const i of lines) for (const end of [data.lines[i].from, data.lines[i].to]) degree.set(end, (degree.get(end) || 0) + strengths[i]);
  const best = [...nodes].sort((a, b) => (degree.get(b) || 0) - (degree.get(a) || 0) || a - b);
  Object.assign(state, { lines, order, usual, nodes: best, rank: new Map(best.map((id, i) => [id, i])) });
}
