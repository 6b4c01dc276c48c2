// The shortest chain of lines between two entities, with the evidence for each step.

// Breadth first over all lines that pass the filters, drawn or not; of equal chains the best told.
function shortestPath(from, to) {
  const steps = new Map([[from, 0]]);
  const told = new Map([[from, 0]]);
  const back = new Map();
  let edge = [from];
  for (let step = 1; edge.length && !steps.has(to); step += 1) {
    const next = [];
    for (const node of edge) {
      for (const line of linesOf[node]) {
        if (!lineShown[line]) continue;
        const { from: a, to: b } = data.lines[line];
        const other = a === node ? b : a;
        const sum = told.get(node) + weightOf(line);
        if (!steps.has(other)) {
          steps.set(other, step);
          next.push(other);
        } else if (steps.get(other) !== step || told.get(other) >= sum) continue;
        told.set(other, sum);
        back.set(other, { node, line });
      }
    }
    edge = next;
  }
  if (!steps.has(to)) return { from, to, nodes: [from, to], lines: [] };
  const nodes = [to];
  const lines = [];
  while (nodes[0] !== from) {
    const { node, line } = back.get(nodes[0]);
    nodes.unshift(node);
    lines.unshift(line);
  }
  return { from, to, nodes, lines };
}

function pathField(key, label, chosen, onTake) {
  const list = el("ul", { role: "listbox", id: `${key}List`, class: "results", "aria-label": texts.results, hidden: true });
  const input = el("input", { type: "search", id: key, class: "field", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": `${key}List`, "aria-autocomplete": "list" });
  const said = el("p", { class: "unseen", role: "status" });
  if (chosen !== null) input.value = data.nodes[chosen].name;
  combobox(input, list, said, onTake);
  return el("div", { class: "ask" }, el("label", { for: key }, label), el("div", { class: "holder" }, input, list), said);
}

// Asks for two ends in the panel; takes the first when it is given.
function openPath(from = null, to = null) {
  const ends = { from, to };
  const find = () => {
    if (ends.from !== null && ends.to !== null && ends.from !== ends.to) choose({ path: shortestPath(ends.from, ends.to) });
  };
  open(texts.path, el("p", { class: "quiet" }, texts.pathHow), () => choose(null));
  const first = pathField("pathFrom", texts.pathStart, from, (id) => {
    ends.from = id;
    find();
    if (ends.to === null) byId("pathTo").focus();
  });
  const second = pathField("pathTo", texts.pathEnd, to, (id) => {
    ends.to = id;
    find();
  });
  panel.append(el("div", { class: "asks" }, first, second));
  if (to === null) byId(from === null ? "pathFrom" : "pathTo").focus();
}

function showPath({ from, to, nodes, lines }) {
  openPath(from, to);
  const words = lines.length ? count("steps", lines.length) : texts.noPath;
  panel.append(el("p", { class: "quiet", role: "status" }, words));
  lines.forEach((i, step) => {
    const line = data.lines[i];
    panel.append(el("h3", { class: "step" }, `${number(step + 1)}. `, el("bdi", {}, data.nodes[nodes[step]].name), line.way === "mutual" ? " — " : line.from === nodes[step] ? " → " : " ← ", el("bdi", {}, data.nodes[nodes[step + 1]].name)));
    const list = el("div", {});
    panel.append(list);
    stepwise(list, gathered(visible(line.told)), actCard);
  });
}
