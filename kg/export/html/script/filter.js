// What is shown: a row of statements fails a filter or passes it; each filter has a bit of its own, so
// that the number behind each choice can be counted as if its own filter were not there.
const BITS = { kind: 1, telling: 2, relation: 4, outlet: 8, country: 16, voice: 32, confidence: 64, time: 128, scope: 256 };
const off = { kind: new Set(), telling: new Set(), relation: new Set(), outlet: new Set(), country: new Set(), voice: new Set() };
const filter = { least: 0, from: null, to: null, level: data.opening };
const fails = new Uint16Array(rows.length);
const actShown = new Uint8Array(data.acts.length);
const lineShown = new Uint8Array(data.lines.length);

// The values of each facet, with the name by which the address of the page knows them.
const facetValues = {
  kind: data.kinds.map(({ name, label }) => ({ name, label })),
  telling: KEYS.map((key) => ({ name: key, label: texts.key[key] })),
  relation: data.relations.map(([label, , , name]) => ({ name, label })),
  outlet: outletNames.map((name) => ({ name, label: name || texts.noOutlet })),
  country: [...countryNodes.map((id) => ({ name: data.nodes[id].id, label: data.nodes[id].name })), { name: "", label: texts.noCountry }],
  voice: [{ name: "own", label: texts.ownVoice }, { name: "claimed", label: texts.claimed }],
};

const kindOff = (node) => off.kind.has(data.nodes[node].kind);

// Nodes and lines that the neighbourhood in focus admits, or null for all.
function scopeOf() {
  if (!state.around) return null;
  const nodes = new Set([state.around.node]);
  let edge = [state.around.node];
  for (let step = 0; step < state.around.hops; step += 1) {
    const next = [];
    for (const node of edge) {
      for (const i of linesOf[node]) {
        const other = data.lines[i].from === node ? data.lines[i].to : data.lines[i].from;
        if (!nodes.has(other) && data.lines[i].acts.some((act) => withoutScope(act))) {
          nodes.add(other);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  return nodes;
}
const withoutScope = (act) => data.acts[act].tellings.some((t) => !(fails[t.row] & ~BITS.scope));

function actFails(act, i) {
  let bits = 0;
  if (off.kind.size) {
    const others = othersOf(act);
    if (act.agents.every(kindOff) || (others.length && others.every(kindOff))) bits |= BITS.kind;
  }
  if (off.relation.has(act.relation)) bits |= BITS.relation;
  if (off.country.size && countriesOfAct[i].every((country) => off.country.has(country))) bits |= BITS.country;
  return bits;
}

function sift() {
  const ofAct = data.acts.map(actFails);
  for (let i = 0; i < rows.length; i += 1) {
    let bits = ofAct[column.act[i]];
    if (off.telling.has(column.telling[i])) bits |= BITS.telling;
    if (off.outlet.has(column.outlet[i])) bits |= BITS.outlet;
    if (off.voice.has(column.voice[i])) bits |= BITS.voice;
    if (column.confidence[i] < filter.least) bits |= BITS.confidence;
    const day = column.day[i];
    if (filter.from !== null && (day === UNDATED || day < filter.from || day > filter.to)) bits |= BITS.time;
    fails[i] = bits;
  }
  const scope = scopeOf();
  actShown.fill(0);
  const inScope = (i) => linesOfAct[i].some((line) => scope.has(data.lines[line].from) && scope.has(data.lines[line].to)) || (!linesOfAct[i].length && data.acts[i].agents.some((node) => scope.has(node)));
  const kept = scope ? data.acts.map((act, i) => inScope(i)) : null;
  for (let i = 0; i < rows.length; i += 1) {
    if (kept && !kept[column.act[i]]) fails[i] |= BITS.scope;
    if (!fails[i]) actShown[column.act[i]] = 1;
  }
  data.lines.forEach(({ from, to, acts }, i) => {
    lineShown[i] = !kindOff(from) && !kindOff(to) && (!scope || (scope.has(from) && scope.has(to))) && acts.some((act) => actShown[act]) ? 1 : 0;
  });
}

// How many statements (for types: entities) each value of a facet stands for under all other filters.
function facetCounts(facet) {
  const found = facetValues[facet].map(() => 0);
  const others = ~BITS[facet];
  if (facet === "kind") {
    const seen = new Set();
    for (let i = 0; i < rows.length; i += 1) {
      if (fails[i] & others) continue;
      const act = data.acts[column.act[i]];
      for (const node of act.agents) seen.add(node);
      for (const node of othersOf(act)) seen.add(node);
    }
    for (const node of seen) found[data.nodes[node].kind] += 1;
    return found;
  }
  for (let i = 0; i < rows.length; i += 1) {
    if (fails[i] & others) continue;
    if (facet === "country") for (const value of countriesOfAct[column.act[i]]) found[value] += 1;
    else found[column[facet][i]] += 1;
  }
  return found;
}

const tellingShown = (t) => !fails[t.row];
const filtersSet = () => Object.values(off).filter((set) => set.size).length + (filter.least > 0) + (filter.from !== null);

function clearFilters() {
  for (const set of Object.values(off)) set.clear();
  Object.assign(filter, { least: 0, from: null, to: null });
}

// The acts that belong to what is selected, or null when nothing is.
function selectedActs() {
  const chosen = state.selection;
  if (!chosen) return null;
  if (chosen.line !== undefined) return new Set(data.lines[chosen.line].acts);
  if (chosen.path) return new Set(chosen.path.lines.flatMap((line) => data.lines[line].acts));
  return new Set(Object.values(actsOf[chosen.node]).flat());
}

// Rows of the table and of what is saved: all that pass the filters and belong to the selection.
function chosenRows() {
  const acts = selectedActs();
  const found = [];
  for (let i = 0; i < rows.length; i += 1) if (!fails[i] && (!acts || acts.has(column.act[i]))) found.push(i);
  return found;
}
