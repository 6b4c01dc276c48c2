// What is shown: a statement fails a filter or passes it; each filter has a bit of its own, so
// that the number behind each choice can be counted as if its own filter were not there.
const BITS = { kind: 1, telling: 2, relation: 4, outlet: 8, country: 16, voice: 32, confidence: 64, time: 128, scope: 256 };
const off = { kind: new Set(), telling: new Set(), relation: new Set(), outlet: new Set(), country: new Set(), voice: new Set() };
const filter = { least: data.least, from: null, to: null, pale: false, level: null };
const fails = new Uint16Array(rows.length);

// The values of each facet, with the name by which the address of the page knows them.
const facetValues = {
  kind: data.kinds.map(({ name, label }) => ({ name, label })),
  telling: KEYS.map((key) => ({ name: key, label: texts.key[key] })),
  relation: data.relations.map(([label, name]) => ({ name, label })),
  outlet: outletNames.map((name) => ({ name, label: name || texts.noOutlet })),
  country: [...countryNodes.map((id) => ({ name: data.nodes[id].id, label: data.nodes[id].name })), { name: "", label: texts.noCountry }],
  voice: [{ name: "own", label: texts.ownVoice }, { name: "claimed", label: texts.claimed }],
};

const kindOff = (node) => off.kind.has(data.nodes[node].kind);

// The entities that a neighbourhood admits, or null for all.
function scopeOf() {
  if (!state.around) return null;
  const nodes = new Set([state.around.node]);
  let edge = [state.around.node];
  for (let step = 0; step < state.around.hops; step += 1) {
    const next = [];
    for (const node of edge) {
      for (const i of linesOf[node]) {
        const { from, to, told, way } = data.lines[i];
        const other = from === node ? to : from;
        if (nodes.has(other) || kindOff(other) || (way === "topic" && !filter.pale) || told.every((row) => fails[row])) continue;
        nodes.add(other);
        next.push(other);
      }
    }
    edge = next;
  }
  return nodes;
}

function factsFail(t, i) {
  let bits = 0;
  if (off.kind.size) {
    const others = othersOf(t);
    if (t.agents.every(kindOff) || (others.length && others.every(kindOff))) bits |= BITS.kind;
  }
  if (off.relation.has(column.relation[i])) bits |= BITS.relation;
  if (off.country.size && countriesOfRow[i].every((country) => off.country.has(country))) bits |= BITS.country;
  return bits;
}

function sift() {
  for (let i = 0; i < rows.length; i += 1) {
    let bits = factsFail(rows[i][1], i);
    if (off.telling.has(column.telling[i])) bits |= BITS.telling;
    if (off.outlet.has(column.outlet[i])) bits |= BITS.outlet;
    if (off.voice.has(column.voice[i])) bits |= BITS.voice;
    if (column.confidence[i] < filter.least) bits |= BITS.confidence;
    const day = column.day[i];
    if (filter.from !== null && (day === UNDATED || day < filter.from || day > filter.to)) bits |= BITS.time;
    fails[i] = bits;
  }
  const scope = scopeOf();
  if (scope) {
    // A statement belongs to a neighbourhood when it joins two in it, or joins nobody and one in it acts.
    const both = (i) => scope.has(data.lines[i].from) && scope.has(data.lines[i].to);
    rows.forEach(([, t], row) => {
      const lines = linesOfRow[row];
      if (!(lines.length ? lines.some(both) : t.agents.some((node) => scope.has(node)))) fails[row] |= BITS.scope;
    });
  }
  sumLines(scope);
}

// How many statements (for types: entities) each value of a facet stands for under all other filters.
function facetCounts(facet) {
  const found = facetValues[facet].map(() => 0);
  const others = ~BITS[facet];
  if (facet === "kind") {
    const seen = new Set();
    for (let i = 0; i < rows.length; i += 1) {
      if (fails[i] & others) continue;
      for (const node of partiesOfRow[i]) seen.add(node);
    }
    for (const node of seen) found[data.nodes[node].kind] += 1;
    return found;
  }
  for (let i = 0; i < rows.length; i += 1) {
    if (fails[i] & others) continue;
    if (facet === "country") for (const value of countriesOfRow[i]) found[value] += 1;
    else found[column[facet][i]] += 1;
  }
  return found;
}

const passes = (row) => !fails[row];
const filtersSet = () => Object.values(off).filter((set) => set.size).length + (filter.least !== data.least) + (filter.from !== null);

function clearFilters() {
  for (const set of Object.values(off)) set.clear();
  Object.assign(filter, { least: data.least, from: null, to: null });
}

// The statements that belong to what is selected, or null when nothing is.
function selectedRows() {
  const chosen = state.selection;
  if (!chosen) return null;
  if (chosen.line !== undefined) return new Set(data.lines[chosen.line].told);
  if (chosen.path) return new Set(chosen.path.lines.flatMap((line) => data.lines[line].told));
  return new Set(Object.values(rowsOf[chosen.node]).flat());
}

// Rows of the table and of what is saved: all that pass the filters and belong to the selection.
function chosenRows() {
  const selected = selectedRows();
  const found = [];
  for (let i = 0; i < rows.length; i += 1) if (!fails[i] && (!selected || selected.has(i))) found.push(i);
  return found;
}
