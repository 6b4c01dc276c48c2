// Cards: an act in words, with each telling of it: the quote, who says so, where, and how surely.
const ROLES = ["trigger", "agent", "target", "about"];

const whoButton = (id) => el("button", { type: "button", class: "plain who", click: () => choose({ node: id }) }, el("bdi", {}, data.nodes[id].name));

function joined(items, between = ", ") {
  return items.flatMap((item, i) => (i ? [i === items.length - 1 && between === ", " ? texts.list : between, item] : [item]));
}

const names = (ids) => joined(ids.map(whoButton));

// Puts nodes where a text has its placeholder.
function around(text, key, nodes) {
  const [before, after] = text.split(`{${key}}`);
  return [before, ...nodes, after || ""];
}

function quoteParts(source, [start, end, ...marks], spaced = true) {
  const parts = [];
  let at = start;
  for (let i = 0; i < marks.length; i += 3) {
    parts.push(passageText(source, at, marks[i]));
    parts.push(el("mark", { class: ROLES[marks[i + 2]], title: texts.marks[ROLES[marks[i + 2]]] }, passageText(source, marks[i], marks[i + 1])));
    at = marks[i + 1];
  }
  parts.push(passageText(source, at, end));
  return spaced ? parts.map((part) => (typeof part === "string" ? part.replace(/\s+/g, " ") : part)) : parts;
}

// The article's address, leading to the quote where the browser knows text fragments.
function originalLink(source, [start, end]) {
  const { url, title } = data.sources[source];
  const address = webAddress(url);
  if (!address) return null;
  const words = passageText(source, start, end).trim().split(/\s+/);
  const coded = (some) => encodeURIComponent(some.join(" ")).replace(/-/g, "%2D");
  const target = words.length > 10 ? `${coded(words.slice(0, 4))},${coded(words.slice(-4))}` : coded(words);
  if (target) address.hash = `${address.hash || "#"}:~:text=${target}`;
  return el("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", "aria-label": fill(texts.originalOf, { title }) }, texts.original);
}

function sourceLine(source, quote) {
  const { title, outlet, published } = data.sources[source];
  const bits = [
    el("cite", {}, el("bdi", {}, title)),
    el("bdi", {}, outlet || texts.noOutlet),
    published ? dateWords(published) : texts.undated,
  ];
  const link = originalLink(source, quote);
  const reader = el("button", { type: "button", class: "link", click: () => showArticle(source, quote) }, texts.read);
  return el("p", { class: "source" }, joined(bits, " · "), el("span", { class: "screen" }, " · ", reader), link ? [" · ", link] : "");
}

function tellingItem(t) {
  const key = keyOf(t);
  const modality = modalityOf(t);
  const item = el("li", { class: t.negated ? "telling negated" : "telling" }, el("blockquote", {}, quoteParts(t.source, t.quote)));
  if (t.speakers) {
    const chain = joined(t.speakers.map(whoButton), texts.speakerNext);
    item.append(el("p", { class: "word" }, around(texts.speaker, "names", chain)));
  }
  if (t.outlets) item.append(el("p", { class: "word" }, around(texts.reported, "names", names(t.outlets))));
  item.append(sourceLine(t.source, t.quote));
  item.append(
    el(
      "p",
      { class: "badges" },
      el("span", { class: "badge" }, texts.modality[modality]),
      key === "negated" ? el("span", { class: "badge negated" }, texts.denied) : "",
      el("span", {}, fill(texts.confidence, { n: t.confidence }))
    )
  );
  return item;
}

// The relation in words, as surely as any telling puts it: "proposes", "is to visit", "may not attend".
function verbOf(act, denied) {
  const tellings = denied === act.tellings.length ? act.tellings : act.tellings.filter((t) => !t.negated);
  const told = new Set(tellings.map(modalityOf));
  const forms = (tellings === act.tellings && denied ? texts.verbDenied : texts.verb)[KEYS.find((key) => told.has(key))];
  const [singular, plain] = data.relations[act.relation];
  return fill(act.agents.length > 1 ? forms.other : forms.one, { singular, plain });
}

function actHeading(i) {
  const act = data.acts[i];
  const denied = act.tellings.filter((t) => t.negated).length;
  const heading = el("h4", {}, names(act.agents), " ");
  heading.append(el("span", { class: denied === act.tellings.length ? "relation negative" : "relation" }, verbOf(act, denied)), " ");
  // Some relations act on a topic ("proposes talks"), towards somebody; others on somebody, about a topic.
  const small = (text) => el("span", { class: "relation" }, text);
  const targets = names(act.targets || none);
  const about = names(act.about || none);
  if (data.relations[act.relation][2] && about.length) heading.append(...about, ...(targets.length ? [small(" → "), ...targets] : none));
  else heading.append(...targets, ...(about.length ? [small(targets.length ? `; ${texts.about} ` : `${texts.about} `), ...about] : none));
  return heading;
}

function actFacts(act) {
  const facts = [];
  if (act.date) facts.push(el("span", { title: texts.when }, dateWords(act.date)));
  if (act.where) facts.push(el("span", { title: texts.where }, names(act.where)));
  return facts.length ? el("p", { class: "quiet" }, joined(facts, " · ")) : "";
}

const told = (i) => (shownAll ? data.acts[i].tellings : data.acts[i].tellings.filter(tellingShown));
const deniedIn = (i) => told(i).some((t) => t.negated);
const affirmedIn = (i) => told(i).some((t) => !t.negated);

function actCard(i) {
  if (deniedIn(i) && affirmedIn(i)) return contestedCard([i]);
  return el("article", { class: "act" }, actHeading(i), actFacts(data.acts[i]), el("ol", {}, told(i).map(tellingItem)));
}

// What contradicts stands side by side: one act, or acts that differ in their date alone.
function contestedCard(acts) {
  const first = acts.find(affirmedIn);
  const side = (title, denies) => {
    const parts = acts.flatMap((i) => {
      const list = told(i).filter((t) => Boolean(t.negated) === denies);
      return list.length ? [actFacts(data.acts[i]), el("ol", {}, list.map(tellingItem))] : none;
    });
    return el("div", {}, el("h5", {}, title), parts);
  };
  return el("article", { class: "act" }, actHeading(first), el("p", { class: "differ" }, texts.disputed), el("div", { class: "versus" }, side(texts.affirmed, false), side(texts.denied, true)));
}

// Acts in order, those that contradict each other together: lists of acts, one for each card.
function gathered(acts) {
  const same = new Map();
  for (const i of acts) {
    const { relation, agents, targets = none, about = none } = data.acts[i];
    const key = JSON.stringify([relation, agents, targets, about]);
    if (!same.has(key)) same.set(key, []);
    same.get(key).push(i);
  }
  return [...same.values()].flatMap((group) => (group.some(deniedIn) && group.some(affirmedIn) ? [group] : group.map((i) => [i])));
}
const groupCard = (group) => (group.length > 1 ? contestedCard(group) : actCard(group[0]));
