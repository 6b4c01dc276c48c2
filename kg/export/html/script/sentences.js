// Statements as sentences. The words come from the cards of the relations (kg/telling.py): a frame for
// modality, polarity and number, a verb, and the rest with the names in it.
const { frames, verbs, patterns } = data.telling;
const matters = new Map(Object.entries(data.telling.matters));

function patternOf(t) {
  const relation = data.relations[data.acts[t.act].relation][1];
  const thing = (node) => (matters.get(relation) || none).includes(data.kinds[data.nodes[node].kind].name);
  const target = t.targets.length ? "Target" : "";
  const topic = t.about.length ? (t.about.every(thing) ? "Matter" : "Topic") : "";
  const own = patterns[relation];
  return own[`say${target}${topic}`] || own[`say${target}Topic`];
}

const several = (nodes) => nodes.length > 1 || Boolean(nodes.length && data.nodes[nodes[0]].many);

// The sentence of a statement with {agent}, {target} and {topic} for the names.
function templateOf(t) {
  const [verb, rest] = patternOf(t);
  const [denied, many] = [Number(Boolean(t.negated)), Number(several(t.agents))];
  const frame = frames[modalityOf(t)][denied][many];
  const told = fill(frame, { subject: "{agent}", finite: verbs[verb].finite[denied][many], plain: verbs[verb].plain });
  return rest ? `${told} ${rest}` : told;
}

// Names with commas and "and" between them, and "the" where a name needs it, as words and nodes.
const listed = (nodes) => nodes.flatMap((node, i) => [(i ? (i === nodes.length - 1 ? texts.list : ", ") : "") + (data.nodes[node].the || ""), { node }]);

// Who does what to whom, about what, as a list of words and nodes.
function clauseOf(t) {
  const slots = { "{agent}": t.agents, "{target}": t.targets, "{topic}": t.about };
  return templateOf(t).split(/(\{agent\}|\{target\}|\{topic\})/).flatMap((piece) => (slots[piece] ? listed(slots[piece]) : [piece]));
}

// On whose word: the innermost speaker first.
function wordOf(t) {
  const parts = (t.speakers || none).flatMap((node) => [texts.accordingTo, ...listed([node])]);
  if (t.unnamed) parts.push(texts.unnamedSource);
  if (t.outlets) parts.push(texts.reportedBy, ...listed(t.outlets));
  return parts;
}

function circumstancesOf(t) {
  const parts = t.where ? [texts.placed, ...listed(t.where)] : [];
  if (t.date) parts.push(` (${t.date})`);
  return parts;
}

const asText = (parts) => parts.map((part) => (part.node === undefined ? part : data.nodes[part.node].name)).join("");
const sentenceOf = (t) => asText([...clauseOf(t), ...circumstancesOf(t), ...wordOf(t)]);

// What is done to one end of a line, without the names: "supports", "are to visit", "proposes".
function doneOf(t, end) {
  const own = t.targets.includes(end) ? { ...t, about: none } : { ...t, targets: none, about: t.about.includes(end) ? [end] : none };
  return templateOf(own).replace(/^\{agent\} /, "").replace("{agent}", "…").replace(/\{\w+\}/g, "").replace(/\s+/g, " ").trim();
}
