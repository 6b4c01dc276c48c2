// The panel: every statement behind a line or an entity, each with its quote and who says so.
const panel = byId("panel");
const STEP = 25;
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

function quoteParts(source, [start, end, ...marks]) {
  const parts = [];
  let at = start;
  for (let i = 0; i < marks.length; i += 3) {
    parts.push(passageText(source, at, marks[i]));
    parts.push(el("mark", { class: ROLES[marks[i + 2]] }, passageText(source, marks[i], marks[i + 1])));
    at = marks[i + 1];
  }
  parts.push(passageText(source, at, end));
  return parts.map((part) => (typeof part === "string" ? part.replace(/\s+/g, " ") : part));
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
  const modality = data.modalities[t.modality || 0];
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
  const told = new Set(tellings.map((t) => data.modalities[t.modality || 0]));
  const forms = (tellings === act.tellings && denied ? texts.verbDenied : texts.verb)[KEYS.find((key) => told.has(key))];
  const [singular, plain] = data.relations[act.relation];
  return fill(act.agents.length > 1 ? forms.other : forms.one, { singular, plain });
}

function actCard(i) {
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
  const card = el("article", { class: "act" }, heading);
  const facts = [];
  if (act.date) facts.push(el("span", { title: texts.when }, dateWords(act.date)));
  if (act.where) facts.push(el("span", { title: texts.where }, names(act.where)));
  if (facts.length) card.append(el("p", { class: "quiet" }, joined(facts, " · ")));
  if (denied && denied < act.tellings.length) card.append(el("p", { class: "differ" }, texts.disputed));
  card.append(el("ol", {}, [...act.tellings].sort((a, b) => (a.negated || 0) - (b.negated || 0)).map(tellingItem)));
  return card;
}

// Appends a list in steps, so that an entity with thousands of statements opens at once.
function stepwise(parent, items, build) {
  let at = 0;
  const more = el("button", { type: "button", class: "more" });
  const next = () => {
    const cards = items.slice(at, at + STEP).map(build);
    more.before(...cards);
    at += cards.length;
    if (at > STEP) (cards[0].querySelector("button") || panel).focus({ preventScroll: true });
    more.textContent = count("more", Math.min(STEP, items.length - at));
    if (at >= items.length) more.remove();
  };
  more.addEventListener("click", next);
  parent.append(more);
  next();
}

function section(title, items, build) {
  if (!items.length) return;
  panel.append(el("h3", {}, title, el("small", {}, number(items.length))));
  stepwise(panel, items, build);
}

function open(heading, under, onClose) {
  panel.replaceChildren(
    el("div", { class: "top" }, el("div", {}, el("h2", {}, heading), under), el("button", { type: "button", class: "close", "aria-label": texts.close, title: texts.close, click: onClose }, "×"))
  );
  panel.scrollTop = 0;
}

function nodeRow(id, value) {
  return el("button", { type: "button", class: "row", click: () => choose({ node: id }) }, glyph(data.nodes[id].kind), el("span", {}, el("bdi", {}, data.nodes[id].name)), el("span", { class: "number" }, number(value)));
}

function lineRow(i) {
  const line = data.lines[i];
  const name = el("span", {}, el("bdi", {}, lineName(line)), el("span", { class: "quiet" }, ` ${lineWords(line)}`));
  return el("button", { type: "button", class: "row", click: () => choose({ line: i }) }, name, el("span", { class: "number" }, number(line.weight)));
}

function showWelcome() {
  panel.replaceChildren(el("h2", {}, texts.welcome), el("p", { class: "quiet" }, texts.how));
  const best = picture.nodes.slice(0, 8).map((node) => node.id);
  section(texts.best, best, (id) => nodeRow(id, linesOf[id].reduce((sum, i) => sum + data.lines[i].weight, 0)));
  const most = [...data.lines.keys()].sort((a, b) => data.lines[b].weight - data.lines[a].weight || a - b).slice(0, 6);
  section(texts.most, most, lineRow);
  for (const small of panel.querySelectorAll("h3 small")) small.remove();
  panel.scrollTop = 0;
}

function showLine(i) {
  const line = data.lines[i];
  const arrow = line.mutual ? texts.list : " → ";
  const acts = count("statements", line.weight);
  open([whoButton(line.from), arrow, whoButton(line.to)], el("p", { class: "quiet" }, [acts, line.mark ? ` · ${texts.mark[line.mark]}` : ""]), () => choose(null));
  const list = el("div", {});
  panel.append(el("p", { class: "unseen" }, texts.evidence), list);
  stepwise(list, line.acts, actCard);
  const reverse = lineByEnds.get(`${line.to} ${line.from}`);
  if (reverse !== undefined) section(texts.reverse, [reverse], lineRow);
}

function showNode(id) {
  const node = data.nodes[id];
  const kind = el("p", { class: "quiet kind" }, glyph(node.kind), data.kinds[node.kind].label, drawn.has(id) ? "" : ` · ${texts.notDrawn}`);
  open(el("bdi", {}, node.name), kind, () => choose(null));
  const facts = el("dl", { class: "facts" });
  if (node.aliases) facts.append(el("dt", {}, texts.aliases), el("dd", {}, joined(node.aliases.map((name) => el("bdi", {}, name)), " · ")));
  if (/^Q[1-9]\d*$/.test(node.wikidata || "")) {
    const link = el("a", { href: `https://www.wikidata.org/wiki/${node.wikidata}`, target: "_blank", rel: "noopener noreferrer" }, fill(texts.wikidata, { id: node.wikidata }));
    facts.append(el("dt", {}, "Wikidata"), el("dd", {}, link));
  }
  if (facts.children.length) panel.append(facts);
  section(texts.posts, node.posts || none, ([title, of, source, ...quote]) => {
    const post = of >= 0 ? [el("bdi", {}, title), ", ", whoButton(of)] : [el("bdi", {}, title)];
    return el("div", { class: "telling" }, el("p", {}, post), sourceLine(source, quote));
  });
  const roles = actsOf[id];
  section(texts.asAgent, roles.agents, actCard);
  section(texts.asTarget, roles.targets, actCard);
  section(texts.asAbout, roles.about, actCard);
  section(texts.asWhere, roles.where, actCard);
  section(texts.asSpeaker, roles.speakers, actCard);
  section(texts.asOutlet, roles.outlets, actCard);
  if (!Object.values(roles).some((acts) => acts.length)) panel.append(el("p", { class: "quiet" }, texts.noStatements));
  const lines = [...linesOf[id]].sort((a, b) => data.lines[b].weight - data.lines[a].weight || a - b);
  section(texts.neighbours, lines, lineRow);
}

function showArticle(source, [start, end]) {
  const { title, outlet, published, passages } = data.sources[source];
  const from = panel.scrollTop;
  const before = [...panel.childNodes];
  const back = () => {
    panel.replaceChildren(...before);
    panel.scrollTop = from;
    panel.focus({ preventScroll: true });
  };
  const under = el("p", { class: "quiet" }, joined([el("bdi", {}, outlet || texts.noOutlet), published ? dateWords(published) : texts.undated], " · "));
  open(el("bdi", {}, title), under, back);
  panel.prepend(el("button", { type: "button", class: "link back", click: back }, `← ${texts.back}`));
  const body = el("div", { class: "text" });
  let quoted = null;
  (passages || none).forEach(([at, text], i) => {
    if (i) body.append(`\n\n${texts.gap}\n\n`);
    if (at <= start && end <= at + text.length) {
      quoted = el("mark", { class: "quote" }, text.slice(start - at, end - at));
      body.append(text.slice(0, start - at).trimStart(), quoted, text.slice(end - at));
    } else body.append(text);
  });
  panel.append(body);
  panel.focus({ preventScroll: true });
  if (quoted) quoted.scrollIntoView({ block: "center" });
}
