// The part of the address after "#" holds all that the reader has set, so that it can be sent on.
function addressOf() {
  const parts = [];
  const add = (key, value) => parts.push(`${key}=${encodeURIComponent(value).replace(/%2F/g, "/")}`);
  const idOf = (node) => data.nodes[node].id;
  const chosen = state.selection;
  if (chosen && chosen.node !== undefined) add("entity", idOf(chosen.node));
  if (chosen && chosen.line !== undefined) {
    add("from", idOf(data.lines[chosen.line].from));
    add("to", idOf(data.lines[chosen.line].to));
    if (data.lines[chosen.line].way !== "acts") add("way", data.lines[chosen.line].way);
  }
  if (chosen && chosen.path) {
    add("path", idOf(chosen.path.from));
    add("end", idOf(chosen.path.to));
  }
  if (state.around) {
    add("around", idOf(state.around.node));
    add("hops", state.around.hops);
  }
  for (const facet of FACETS) {
    for (const i of off[facet]) add(`no-${facet}`, facetValues[facet][i].name);
  }
  if (filter.least !== data.least) add("least", filter.least);
  if (filter.from !== null) add("time", `${stamp(filter.from)}/${stamp(filter.to)}`);
  if (filter.pale) add("pale", "yes");
  if (filter.level !== null) add("lines", filter.level);
  if (state.mode === "table") add("view", "table");
  if (table.sort !== "date" || table.down) add("sort", `${table.sort}${table.down ? "-" : ""}`);
  if (state.theme) add("theme", state.theme);
  return parts.length ? `#${parts.join("&")}` : "";
}

const limited = (value, low, high, usual) => (value !== null && /^\d+$/.test(value) ? Math.min(high, Math.max(low, Number(value))) : usual);

// Sets everything but the selection, which is returned; what the page does not know is passed over.
function readAddress(address) {
  const wanted = new URLSearchParams(address.replace(/^#/, "").replace(/\+/g, "%2B"));
  const node = (key) => (wanted.has(key) ? nodeById.get(wanted.get(key)) : undefined);
  clearFilters();
  for (const facet of FACETS) {
    const known = new Map(facetValues[facet].map(({ name }, i) => [name, i]));
    for (const name of wanted.getAll(`no-${facet}`)) if (known.has(name)) off[facet].add(known.get(name));
  }
  filter.least = limited(wanted.get("least"), 0, 100, data.least);
  filter.level = limited(wanted.get("lines"), 1, MOST_LINES, null);
  filter.pale = wanted.get("pale") === "yes";
  const [from, to] = (wanted.get("time") || "").split("/").map(dayOf);
  if (time.bins.length && from !== null && to !== null && to >= from) Object.assign(filter, { from, to });
  state.around = node("around") === undefined ? null : { node: node("around"), hops: limited(wanted.get("hops"), 1, 3, 1) };
  const [, sort, down] = /^(\w+)(-?)$/.exec(wanted.get("sort") || "date") || [];
  if (COLUMNS.some(({ name }) => name === sort)) Object.assign(table, { sort, down: down === "-" });
  state.mode = wanted.get("view") === "table" ? "table" : "picture";
  setTheme(["light", "dark"].includes(wanted.get("theme")) ? wanted.get("theme") : null);
  sift();
  if (node("path") !== undefined && node("end") !== undefined) return { path: shortestPath(node("path"), node("end")) };
  if (node("entity") !== undefined) return { node: node("entity") };
  const ends = `${node("from")} ${node("to")}`;
  const line = lineByEnds.get(`${ends} ${wanted.get("way") || "acts"}`) ?? lineBetween(node("from"), node("to"));
  return line === undefined ? null : { line };
}

function remember(push = false) {
  const next = addressOf();
  if (window.location.hash === next) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", next || "#");
  } catch {
    // A frame without an address of its own cannot remember; the page works all the same.
  }
}
