// Search of the overview. What it finds reaches the page as text nodes and as links to files of the site.
const data = JSON.parse(document.getElementById("names").textContent);
const { texts } = data;
const box = document.getElementById("search");
const list = document.getElementById("results");
const told = document.getElementById("found");
const MOST = 12;
const number = new Intl.NumberFormat(texts.language);
const plural = new Intl.PluralRules(texts.language);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
const count = (forms, n) => fill(forms[plural.select(n)] || forms.other, { n: number.format(n) });
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const entries = [
  ...data.names.map(([name, file, kind, articles, ...aliases]) => ({
    text: name,
    address: `names/${file}.html`,
    under: fill(texts.foundName, { kind: data.kinds[kind], articles: count(texts.articles, articles) }),
    names: [name, ...aliases].map(fold),
    also: [name, ...aliases],
  })),
  ...data.articles.map(([title, file, outlet, date]) => ({
    text: title,
    address: `articles/${file}.html`,
    under: [outlet, date].filter(Boolean).join(" · "),
    names: [fold(title)],
    also: [title],
  })),
];
let chosen = -1;

// 0: a name begins so; 1: a word of a name does; 2: all words occur; 3: not found.
function rank(entry, words) {
  let best = 3;
  for (const name of entry.names) {
    if (name.startsWith(words.join(" "))) return 0;
    const parts = name.split(/[^\p{L}\p{N}]+/u);
    if (words.every((word) => parts.some((part) => part.startsWith(word)))) best = Math.min(best, 1);
    else if (words.every((word) => name.includes(word))) best = Math.min(best, 2);
  }
  return best;
}

// Marks that reorder the text around them, a visible sign for each.
const shown = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

function option(entry, words, i) {
  const link = document.createElement("a");
  link.href = entry.address;
  link.id = `found-${i}`;
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  const name = document.createElement("bdi");
  name.textContent = shown(entry.text);
  const under = document.createElement("small");
  const alias = entry.names.findIndex((n) => words.every((word) => n.includes(word)));
  under.textContent = shown([alias > 0 ? entry.also[alias] : "", entry.under].filter(Boolean).join(" · "));
  link.append(name, under);
  return link;
}

function close() {
  list.hidden = true;
  list.replaceChildren();
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function search() {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  if (!words.length) {
    told.textContent = "";
    close();
    return;
  }
  const ranked = [[], [], []];
  for (const entry of entries) (ranked[rank(entry, words)] || []).push(entry);
  const found = ranked.flat();
  chosen = -1;
  list.replaceChildren(...found.slice(0, MOST).map((entry, i) => option(entry, words, i)));
  const rest = found.length - MOST;
  if (!found.length || rest > 0) {
    const note = document.createElement("p");
    note.setAttribute("role", "presentation");
    note.textContent = found.length ? fill(texts.moreFound, { n: number.format(rest) }) : texts.nothingFound;
    list.append(note);
  }
  told.textContent = found.length ? count(texts.found, found.length) : texts.nothingFound;
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  box.removeAttribute("aria-activedescendant");
}

function choose(step) {
  const options = [...list.querySelectorAll("a")];
  if (!options.length) return;
  chosen = (chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length;
  options.forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
  options[chosen].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", options[chosen].id);
}

box.addEventListener("input", search);
box.addEventListener("focus", () => box.value && search());
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) search();
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    const options = list.querySelectorAll("a");
    if (options.length) options[Math.max(0, chosen)].click();
  } else if (event.key === "Escape") {
    if (list.hidden) box.value = "";
    close();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".find")) close();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
  }
});
