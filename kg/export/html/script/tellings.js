// What the lists of the page's data are looked up by, and every telling as one row of columns, so
// that filters pass over fifty thousand of them in the blink of an eye.
const KEYS = ["actual", "planned", "proposed", "possible", "negated"];
const drawn = new Set(picture.nodes.map((node) => node.id));
const rank = new Map(picture.nodes.map((node, i) => [node.id, i]));
const lineRank = new Map(picture.edges.map((edge, i) => [edge.id, i]));
const nodeById = new Map(data.nodes.map((node, i) => [node.id, i]));
const lineByEnds = new Map(data.lines.map((line, i) => [`${line.from} ${line.to}`, i]));
const actsOf = data.nodes.map(() => ({ agents: [], targets: [], about: [], where: [], speakers: [], outlets: [] }));
const linesOf = data.nodes.map(() => []);
const linesOfAct = data.acts.map(() => []);
data.acts.forEach((act, i) => {
  for (const role of ["agents", "targets", "about", "where"]) {
    for (const node of act[role] || none) actsOf[node][role].push(i);
  }
  for (const role of ["speakers", "outlets"]) {
    for (const node of new Set(act.tellings.flatMap((t) => t[role] || none))) actsOf[node][role].push(i);
  }
});
data.lines.forEach((line, i) => {
  linesOf[line.from].push(i);
  linesOf[line.to].push(i);
  for (const act of line.acts) linesOfAct[act].push(i);
});

const modalityOf = (t) => data.modalities[t.modality || 0];
const keyOf = (t) => (t.negated ? "negated" : modalityOf(t));
const othersOf = (act) => [...(act.targets || none), ...(act.about || none)];

const outletNames = [...new Set(data.sources.map((source) => source.outlet || ""))].sort();
const outletNumber = new Map(outletNames.map((name, i) => [name, i]));
const countryNodes = [...new Set(data.nodes.flatMap((node) => node.countries || none))].sort((a, b) => a - b);
const NO_COUNTRY = countryNodes.length;
const countryNumber = new Map(countryNodes.map((node, i) => [node, i]));

// Days since 1970 of the first day that an EDTF date can mean, or null.
function dayOf(value) {
  const found = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?/.exec(value || "");
  return found ? Math.floor(Date.UTC(Number(found[1]), Number(found[2] || 1) - 1, Number(found[3] || 1)) / 864e5) : null;
}

const rows = data.acts.flatMap((act, i) => act.tellings.map((t) => [i, t]));
const UNDATED = -(2 ** 31);
const column = {
  act: Int32Array.from(rows, ([act]) => act),
  telling: Uint8Array.from(rows, ([, t]) => KEYS.indexOf(keyOf(t))),
  relation: Int32Array.from(rows, ([act]) => data.acts[act].relation),
  outlet: Int32Array.from(rows, ([, t]) => outletNumber.get(data.sources[t.source].outlet || "")),
  voice: Uint8Array.from(rows, ([, t]) => (t.speakers ? 1 : 0)),
  confidence: Float64Array.from(rows, ([, t]) => t.confidence),
  // When it is done, or else when it was published.
  day: Int32Array.from(rows, ([act, t]) => dayOf(data.acts[act].date) ?? dayOf(data.sources[t.source].published) ?? UNDATED),
};
rows.forEach(([, t], i) => (t.row = i));
const countriesOfAct = data.acts.map((act) => {
  const found = new Set([...act.agents, ...othersOf(act), ...(act.where || none)].flatMap((node) => data.nodes[node].countries || none));
  return found.size ? [...found].map((node) => countryNumber.get(node)) : [NO_COUNTRY];
});
