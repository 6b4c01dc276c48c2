// The article behind a quote: its text, with what it tells marked, and the quote in view.
const tellingsOf = data.sources.map(() => []);
rows.forEach(([, t]) => tellingsOf[t.source].push(t));

// The text of a passage from `at`, the quote with its roles, other evidence only underlined.
function passageParts(source, at, text, quote) {
  const end = at + text.length;
  const spans = tellingsOf[source].map((t) => t.quote).filter(([from, to]) => from >= at && to <= end && (to <= quote[0] || from >= quote[1]));
  spans.push(quote);
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let done = at;
  for (const span of spans) {
    if (span[0] < done || span[1] > end) continue;
    parts.push(text.slice(done - at, span[0] - at));
    if (span === quote) parts.push(el("mark", { class: "quote" }, quoteParts(source, span, false)));
    else parts.push(el("mark", { class: "other" }, text.slice(span[0] - at, span[1] - at)));
    done = span[1];
  }
  parts.push(text.slice(done - at));
  return parts;
}

function showArticle(source, quote) {
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
  (passages || none).forEach(([at, text], i) => {
    if (i) body.append(`\n\n${texts.gap}\n\n`);
    const parts = passageParts(source, at, text, quote);
    if (typeof parts[0] === "string") parts[0] = parts[0].trimStart();
    body.append(...parts);
  });
  panel.append(body);
  panel.focus({ preventScroll: true });
  const quoted = body.querySelector(".quote");
  if (quoted) quoted.scrollIntoView({ block: "center" });
}
