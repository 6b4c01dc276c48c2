// What the lists of the page's data are looked up by, and every statement as one row of columns, so
// that filters pass over fifty thousand of them in the blink of an eye.
const KEYS = ["actual", "planned", "proposed", "possible", "negated"];
const nodeById = new Map(data.nodes.map((node, i) => [node.id, i]));

// A statement has what it says itself; what all statements of an act say alike stands with the act.
const rows = data.acts.flatMap((act, i) => act.tellings.map((t) => [i, t]));
rows.forEach(([i, t], row) => {
  const act = data.acts[i];
  Object.assign(t, { row, act: i, agents: t.agents || act.agents || none, targets: t.targets || act.targets || none, about: t.about || none });
});
const rowsOf = data.nodes.map(() => ({ agents: [], targets: [], about: [], where: [], speakers: [], outlets: [] }));
const linesOf = data.nodes.map(() => []);
const linesOfRow = rows.map(() => []);
rows.forEach(([, t], row) => {
  for (const role of ["agents", "targets", "about", "where", "speakers", "outlets"]) {
    for (const node of new Set(t[role] || none)) rowsOf[node][role].push(row);
  }
});
const lineByEnds = new Map();
data.lines.forEach((line, i) => {
  line.way ||= "acts";
  lineByEnds.set(`${line.from} ${line.to} ${line.way}`, i);
  linesOf[line.from].push(i);
  linesOf[line.to].push(i);
  for (const row of line.told) linesOfRow[row].push(i);
});
// The line between two, in whatever way they are joined: what is done before what is spoken of.
const lineBetween = (from, to) => ["acts", "mutual", "topic"].map((way) => lineByEnds.get(`${from} ${to} ${way}`)).find((line) => line !== undefined);

// Which statements deny what others say.
const against = rows.map(() => none);
for (const [denial, claim] of data.disputes) {
  for (const [one, other] of [[denial, claim], [claim, denial]]) against[one] = [...against[one], other];
}

const modalityOf = (t) => data.modalities[t.modality || 0];
const keyOf = (t) => (t.negated ? "negated" : modalityOf(t));
const othersOf = (t) => [...t.targets, ...t.about];

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

// The days that the time strip spans: two years around the articles. A war of 1945 and a plan for 2047
// are gathered at its ends, so that they do not press all else together.
const UNDATED = -(2 ** 31);
const AROUND_ARTICLES = 730;
const published = data.sources.map((source) => dayOf(source.published)).filter((day) => day !== null);
const reach = published.length ? [Math.min(...published) - AROUND_ARTICLES, Math.max(...published) + AROUND_ARTICLES] : [-Infinity, Infinity];
// Who acts, is acted upon or is spoken of.
const partiesOfRow = rows.map(([, t]) => [...new Set([...t.agents, ...t.targets, ...t.about])]);
const ownDay = rows.map(([, t]) => dayOf(t.date) ?? dayOf(data.sources[t.source].published) ?? UNDATED);

const column = {
  act: Int32Array.from(rows, ([act]) => act),
  telling: Uint8Array.from(rows, ([, t]) => KEYS.indexOf(keyOf(t))),
  relation: Int32Array.from(rows, ([act]) => data.acts[act].relation),
  source: Int32Array.from(rows, ([, t]) => t.source),
  outlet: Int32Array.from(rows, ([, t]) => outletNumber.get(data.sources[t.source].outlet || "")),
  voice: Uint8Array.from(rows, ([, t]) => (t.speakers || t.unnamed ? 1 : 0)),
  confidence: Float64Array.from(rows, ([, t]) => t.confidence),
  // When it is done, or else when it was published.
  day: Int32Array.from(ownDay, (day) => (day === UNDATED ? day : Math.min(reach[1], Math.max(reach[0], day)))),
};
// -1 for what lies before the strip, 1 for what lies after it.
const beyond = Int8Array.from(ownDay, (day) => (day === UNDATED ? 0 : Number(day > reach[1]) - Number(day < reach[0])));
const countriesOfRow = rows.map(([, t]) => {
  const found = new Set([...t.agents, ...othersOf(t), ...(t.where || none)].flatMap((node) => data.nodes[node].countries || none));
  return found.size ? [...found].map((node) => countryNumber.get(node)) : [NO_COUNTRY];
});
