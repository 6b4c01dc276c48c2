// The panel: every statement behind a line or an entity, each with its quote and who says so.
const panel = byId("panel");
const STEP = 25;
// Whether the panel also shows what the filters leave out.
let shownAll = false;

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

const visible = (found) => (shownAll ? found : found.filter(passes));

// Says how many statements the filters leave out, and brings them back.
function leftOut(found, again) {
  const n = shownAll ? 0 : new Set(found.filter((row) => !passes(row))).size;
  if (!n) return;
  const button = el("button", { type: "button", class: "more" }, count("leftOutHere", n));
  button.addEventListener("click", () => {
    shownAll = true;
    again();
    panel.focus({ preventScroll: true });
  });
  panel.append(button);
}

function nodeRow(id, value) {
  return el("button", { type: "button", class: "row", click: () => choose({ node: id }) }, glyph(data.nodes[id].kind), el("span", {}, el("bdi", {}, data.nodes[id].name)), el("span", { class: "number" }, number(value)));
}

function lineRow(i) {
  const line = data.lines[i];
  const name = el("span", {}, el("bdi", {}, lineName(line)), el("span", { class: "quiet" }, ` ${countedWords(i)}`));
  return el("button", { type: "button", class: "row", click: () => choose({ line: i }) }, name, el("span", { class: "number" }, number(weightOf(i))));
}

// Where nothing but pale lines passes, the way to them.
function offerPale() {
  const n = filter.pale ? 0 : paleLines();
  const show = () => {
    filter.pale = true;
    changed();
  };
  return n ? [el("button", { type: "button", class: "more", click: show }, count("showPale", n))] : none;
}

// The most told lines first; of two as much told, what several articles tell.
const byTold = (a, b) => weightOf(b) - weightOf(a) || strengths[b] - strengths[a] || a - b;

function showWelcome() {
  panel.replaceChildren(el("h2", {}, texts.welcome), el("p", { class: "quiet" }, texts.how));
  const weight = new Map();
  data.lines.forEach((line, i) => {
    if (!lineShown[i]) return;
    for (const end of [line.from, line.to]) weight.set(end, (weight.get(end) || 0) + weightOf(i));
  });
  const best = [...weight].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 8);
  section(texts.best, best, ([id, n]) => nodeRow(id, n));
  const most = [...data.lines.keys()].filter((i) => lineShown[i]).sort(byTold).slice(0, 6);
  section(texts.most, most, lineRow);
  const contested = [...data.lines.keys()].filter((i) => lineShown[i] && markOf(i) === "disputed").slice(0, 6);
  section(texts.contested, contested, lineRow);
  for (const small of panel.querySelectorAll("h3 small")) small.remove();
  if (!weight.size) panel.append(el("p", { class: "quiet" }, texts.nothingShown), ...offerPale());
  panel.scrollTop = 0;
}

function showLine(i) {
  const line = data.lines[i];
  const arrow = line.way === "mutual" ? texts.list : " → ";
  const { outlets, mark } = sumOf(i);
  const about = [count("statements", weightOf(i)), outlets ? ` · ${count("outlets", outlets)}` : "", mark ? ` · ${texts.mark[mark]}` : "", pale(i) ? ` · ${texts.key.light}` : ""];
  open([whoButton(line.from), arrow, whoButton(line.to)], el("p", { class: "quiet" }, about), () => choose(null));
  const list = el("div", {});
  panel.append(el("h3", { class: "unseen" }, texts.evidence), list);
  stepwise(list, gathered(visible(line.told)), actCard);
  leftOut(line.told, () => showLine(i));
  const others = linesOf[line.from].filter((other) => other !== i && weights[other] && [data.lines[other].from, data.lines[other].to].includes(line.to));
  section(texts.alsoBetween, others, lineRow);
}

function nodeActions(id) {
  const around = el("button", { type: "button", class: "action", click: () => focusOn(id, 1) }, texts.neighbourhood);
  const path = el("button", { type: "button", class: "action", click: () => openPath(id) }, texts.pathFrom);
  return el("p", { class: "actions" }, linesOf[id].some((i) => lineShown[i]) ? around : "", path);
}

function showNode(id) {
  const node = data.nodes[id];
  const kind = el("p", { class: "quiet kind" }, glyph(node.kind), data.kinds[node.kind].label, state.rank.has(id) ? "" : ` · ${texts.notDrawn}`);
  open(el("bdi", {}, node.name), kind, () => choose(null));
  const facts = el("dl", { class: "facts" });
  if (node.aliases) facts.append(el("dt", {}, texts.aliases), el("dd", {}, joined(node.aliases.map((name) => el("bdi", {}, name)), " · ")));
  if (/^Q[1-9]\d*$/.test(node.wikidata || "")) {
    const link = el("a", { href: `https://www.wikidata.org/wiki/${node.wikidata}`, target: "_blank", rel: "noopener noreferrer" }, fill(texts.wikidata, { id: node.wikidata }));
    facts.append(el("dt", {}, "Wikidata"), el("dd", {}, link));
  }
  if (facts.children.length) panel.append(facts);
  panel.append(nodeActions(id));
  section(texts.posts, node.posts || none, ([title, of, source, ...quote]) => {
    const post = of >= 0 ? [el("bdi", {}, title), ", ", whoButton(of)] : [el("bdi", {}, title)];
    return el("div", { class: "telling" }, el("p", {}, post), sourceLine(source, quote));
  });
  const roles = rowsOf[id];
  const remark = (row) => Boolean(data.relations[column.relation[row]][2]);
  section(texts.asAgent, gathered(visible(roles.agents.filter((row) => !remark(row)))), actCard);
  section(texts.asSpeaking, gathered(visible(roles.agents.filter(remark))), actCard);
  for (const [role, title] of [["targets", texts.asTarget], ["about", texts.asAbout], ["where", texts.asWhere], ["speakers", texts.asSpeaker], ["outlets", texts.asOutlet]]) {
    section(title, gathered(visible(roles[role])), actCard);
  }
  const all = Object.values(roles).flat();
  if (!all.length) panel.append(el("p", { class: "quiet" }, texts.noStatements));
  leftOut(all, () => showNode(id));
  const lines = linesOf[id].filter((i) => weights[i] && (shownAll || lineShown[i])).sort(byTold);
  section(texts.neighbours, lines, lineRow);
}
