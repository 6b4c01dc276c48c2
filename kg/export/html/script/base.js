// What the page holds, and small helpers. Text from articles reaches the page as text nodes only.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const picture = read("network");
const data = read("evidence");
const texts = data.texts;
const byId = (id) => document.getElementById(id);
const none = [];

const numberFormat = new Intl.NumberFormat(texts.language);
const plural = new Intl.PluralRules(texts.language);
const number = (n) => numberFormat.format(n);
// Values go in by a function, so that "$&" in a name stays what it is.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
const count = (key, n) => fill(texts[key][plural.select(n)] || texts[key].other, { n: number(n) });

function dateWords(value) {
  const ends = value.split("/");
  if (ends.length === 2) return fill(texts.interval, { first: dateWords(ends[0]), last: dateWords(ends[1]) });
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value);
  const month = found && found[2] ? texts.months[Number(found[2]) - 1] : "";
  if (!found || !month) return value;
  return fill(found[3] ? texts.day : texts.month, { year: found[1], month, day: Number(found[3]) });
}

// Marks that reorder text around them, one visible sign for each: places in texts stay as they are.
const shown = (value) => (typeof value === "string" ? value.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd") : value);
const SAID = new Set(["title", "aria-label", "placeholder"]);

// el("p", {class: "quiet"}, "text", node, ...): strings become text nodes.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "click") node.addEventListener("click", value);
    else if (value !== false && value !== undefined) node.setAttribute(key, value === true ? "" : SAID.has(key) ? shown(value) : value);
  }
  node.append(...children.flat().filter((child) => child !== "" && child !== null && child !== undefined).map(shown));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.map(shown));
  return node;
}

const OUTLINES = {
  square: "2,2 14,2 14,14 2,14",
  diamond: "8,0.5 15.5,8 8,15.5 0.5,8",
  triangle: "8,1.5 15.5,14.5 0.5,14.5",
  triangleDown: "0.5,1.5 15.5,1.5 8,14.5",
  star: "8,0.5 10,5.8 15.6,6.1 11.2,9.6 12.7,15 8,12 3.3,15 4.8,9.6 0.4,6.1 6,5.8",
  hexagon: "4,1.5 12,1.5 15.7,8 12,14.5 4,14.5 0.3,8",
};

function glyph(kind) {
  const { shape, light, dark } = data.kinds[kind];
  const body = OUTLINES[shape] ? svg("polygon", { points: OUTLINES[shape] }) : svg("circle", { cx: 8, cy: 8, r: 7 });
  const icon = svg("svg", { width: 13, height: 13, viewBox: "0 0 16 16", class: "glyph", "aria-hidden": "true" }, body);
  icon.style.setProperty("--kind-light", light);
  icon.style.setProperty("--kind-dark", dark);
  return icon;
}

// Only web addresses become links; anything else is shown as no link at all.
function webAddress(text) {
  if (!text) return null;
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

function passageText(source, start, end) {
  for (const [from, text] of data.sources[source].passages || none) {
    if (from <= start && end <= from + text.length) return text.slice(start - from, end - from);
  }
  return "";
}

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
