// Cards: an act, with each statement of it in words: the quote, who says so, where, and how surely.
const ROLES = ["trigger", "agent", "target", "about"];

const whoButton = (id) => el("button", { type: "button", class: "plain who", click: () => choose({ node: id }) }, el("bdi", {}, data.nodes[id].name));

function joined(items, between = ", ") {
  return items.flatMap((item, i) => (i ? [i === items.length - 1 && between === ", " ? texts.list : between, item] : [item]));
}

const names = (ids) => joined(ids.map(whoButton));

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

// Words and names of a sentence; no line begins with the comma behind a name.
function told(parts) {
  const found = [];
  for (const { node, text, look } of parts) {
    const name = text && text.startsWith(",") && found.length ? found.pop() : null;
    if (name) found.push(el("span", { class: "kept" }, name, el("span", { class: look }, ",")));
    found.push(node === undefined ? el("span", { class: look }, name ? text.slice(1) : text) : whoButton(node));
  }
  return found;
}

function headingOf(t) {
  const looked = (parts, look) => parts.map((part) => (part.node === undefined ? { text: part, look } : part));
  return el("h4", {}, told([...looked(clauseOf(t), t.negated ? "relation negative" : "relation"), ...looked(wordOf(t), "relation")]));
}

function factsOf(t) {
  const facts = [];
  if (t.date) facts.push(el("span", { title: texts.when }, dateWords(t.date)));
  if (t.where) facts.push(el("span", { title: texts.where }, names(t.where)));
  return facts.length ? el("p", { class: "quiet" }, joined(facts, " · ")) : "";
}

function tellingItem(t) {
  return el(
    "li",
    { class: t.negated ? "telling negated" : "telling" },
    el("blockquote", {}, quoteParts(t.source, t.quote)),
    factsOf(t),
    sourceLine(t.source, t.quote),
    el(
      "p",
      { class: "badges" },
      el("span", { class: "badge" }, texts.modality[modalityOf(t)]),
      t.negated ? el("span", { class: "badge negated" }, texts.denied) : "",
      el("span", {}, fill(texts.confidence, { n: t.confidence }))
    )
  );
}

// Statements that say the same in the same words stand under one sentence.
function underSentences(list) {
  const same = new Map();
  for (const t of list) {
    const key = JSON.stringify([...clauseOf(t), "|", ...wordOf(t)]);
    if (!same.has(key)) same.set(key, []);
    same.get(key).push(t);
  }
  return [...same.values()].flatMap((group) => [headingOf(group[0]), el("ol", {}, group.map(tellingItem))]);
}

// An act with these of its statements; those that contradict each other stand side by side.
function actCard(found) {
  const card = el("article", { class: "act" });
  const contrary = new Set(found.filter((row) => against[row].some((other) => found.includes(other))));
  const tellings = (list) => list.map((row) => rows[row][1]);
  if (contrary.size) {
    const side = (title, denies) => el("div", {}, el("h5", {}, title), underSentences(tellings([...contrary]).filter((t) => Boolean(t.negated) === denies)));
    card.append(el("p", { class: "differ" }, texts.disputed), el("div", { class: "versus" }, side(texts.affirmed, false), side(texts.denied, true)));
  }
  card.append(...underSentences(tellings(found.filter((row) => !contrary.has(row)))));
  const articles = new Set(tellings(found).map((t) => t.source)).size;
  if (articles > 1) card.append(el("p", { class: "quiet" }, count("toldBy", articles)));
  return card;
}

// Statements in order, as lists of those that tell one act.
function gathered(found) {
  const acts = new Map();
  for (const row of [...found].sort((a, b) => a - b)) {
    const act = column.act[row];
    if (!acts.has(act)) acts.set(act, []);
    acts.get(act).push(row);
  }
  return [...acts.values()];
}
