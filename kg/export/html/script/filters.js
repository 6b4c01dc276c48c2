// The key is also the filter: by type of entity, by how an act is told, and how many lines are drawn.
const KEYS = ["actual", "planned", "proposed", "possible", "negated"];
const filter = { kinds: new Set(), tellings: new Set(), level: data.opening };
const keyOf = (telling) => (telling.negated ? "negated" : data.modalities[telling.modality || 0]);
const telling = (line) => data.lines[line].acts.some((act) => data.acts[act].tellings.some((t) => !filter.tellings.has(keyOf(t))));

function applyFilter() {
  state.hidden = new Set([...rank.keys()].filter((id) => filter.kinds.has(data.nodes[id].kind)));
  const near = focus();
  state.hiddenLines = new Set();
  for (const [line, position] of lineRank) {
    const { from, to } = data.lines[line];
    const gone = position >= filter.level && !(near && near.lines.has(line));
    if (gone || state.hidden.has(from) || state.hidden.has(to) || !telling(line)) state.hiddenLines.add(line);
  }
  restyle();
  showStatus();
}

function showStatus() {
  const entities = rank.size - state.hidden.size;
  const all = data.nodes.length;
  const sentences = [
    fill(texts.shown, {
      entities: number(entities), allEntities: number(all),
      lines: number(lineRank.size - state.hiddenLines.size), allLines: number(data.lines.length),
    }),
  ];
  const joined = linesOf.filter((lines) => lines.length).length;
  if (rank.size < joined || lineRank.size < data.lines.length) sentences.push(texts.leftOut);
  else if (rank.size < all) sentences.push(texts.unjoined);
  byId("status").textContent = sentences.join(" ");
}

const DASHES = { planned: "7 4", proposed: "6 3 1.5 3", possible: "1.5 4" };
const SIGNS = { negated: "M12.5 5.5l5 5m0-5l-5 5", disputed: "M12 6.5h6m-6 3h6m-4.5 2l3-7", partly: "M12.5 5.5l5 5m0-5l-5 5" };
function strokeIcon(key) {
  const line = svg("line", { x1: 0, y1: 8, x2: 30, y2: 8, class: `stroke ${key}`, "stroke-dasharray": DASHES[key] || "none" });
  const icon = svg("svg", { width: 30, height: 16, "aria-hidden": "true" }, line);
  if (SIGNS[key]) icon.append(svg("circle", { cx: 15, cy: 8, r: 5.5, class: `sign ${key}` }), svg("path", { d: SIGNS[key], class: `sign ${key}` }));
  return icon;
}

function keyButton(icon, label, n, hidden, value) {
  const button = el("button", { type: "button", class: "key", "aria-pressed": "true" }, icon, el("span", {}, label), el("small", {}, number(n)));
  button.addEventListener("click", () => {
    const hide = !hidden.has(value);
    if (hide) hidden.add(value);
    else hidden.delete(value);
    button.setAttribute("aria-pressed", String(!hide));
    applyFilter();
  });
  return button;
}

function buildKey() {
  const kinds = data.kinds.map(() => 0);
  for (const id of rank.keys()) kinds[data.nodes[id].kind] += 1;
  byId("kinds").append(...kinds.flatMap((n, kind) => (n ? [keyButton(glyph(kind), data.kinds[kind].label, n, filter.kinds, kind)] : none)));
  const told = Object.fromEntries(KEYS.map((key) => [key, 0]));
  for (const act of data.acts) for (const t of act.tellings) told[keyOf(t)] += 1;
  byId("strokes").append(...KEYS.filter((key) => told[key]).map((key) => keyButton(strokeIcon(key), texts.key[key], told[key], filter.tellings, key)));
  // What a line can also look like, but which is no way of telling and so no filter.
  for (const [key, has] of [["disputed", (line) => line.mark === "disputed"], ["partly", (line) => line.mark === "partly"], ["light", (line) => line.light]]) {
    if (data.lines.some(has)) byId("strokes").append(el("span", { class: "key still" }, strokeIcon(key), texts.key[key]));
  }
  const level = byId("level");
  if (data.opening < lineRank.size) {
    byId("detail").hidden = false;
    level.max = String(lineRank.size);
    level.value = String(data.opening);
    level.addEventListener("input", () => {
      filter.level = Number(level.value);
      applyFilter();
    });
  }
  const narrow = window.matchMedia("(max-width: 860px)");
  const unfold = () => (byId("legend").open = !narrow.matches);
  narrow.addEventListener("change", unfold);
  unfold();
}
