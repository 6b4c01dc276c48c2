// The chosen statements as Turtle, in the same terms and with the same names as the whole graph.
const RDF_PREFIXES = {
  edtf: "http://id.loc.gov/datatypes/edtf/",
  prov: "http://www.w3.org/ns/prov#",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
// Percent-encoded as RFC 3986 has it: only letters, digits and "/-._~" stay.
const pathOf = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "?")).replace(/%2F/g, "/").replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const iri = (id) => `<${data.base}${pathOf(id)}>`;
const escaped = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
const string = (text) => `"${text.replace(/\u0000/g, "\ufffd").replace(/[\\"\n\r\t\b\f]/g, (c) => escaped[c])}"`;
const tagged = (text, language) => `${string(text)}@${/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language.toLowerCase() : "und"}`;
const term = (name) => (/^[A-Za-z][\w]*$/.test(name) ? `kg:${name}` : `<${data.ontology}${encodeURIComponent(name)}>`);

// Characters before a place of which the page knows the UTF-16 units.
function charactersBefore(source, units) {
  const wide = data.sources[source].wide || none;
  let n = 0;
  while (n < wide.length && wide[n] < units) n += 1;
  return units - n;
}

function decimal(percent) {
  return `"${(percent / 100).toFixed(6).replace(/\.?0+$/, "")}"^^xsd:decimal`;
}

function block(subject, pairs) {
  const lines = pairs.filter(([, values]) => values.length).map(([predicate, values]) => `    ${predicate} ${values.join(", ")}`);
  return `${subject}\n${lines.join(" ;\n")} .\n`;
}

function placeOf(t, [start, end] = t.quote) {
  return [charactersBefore(t.source, start), charactersBefore(t.source, end)];
}
const statementName = (t) => `statement/${data.sources[t.source].id}/${placeOf(t).join("-")}-${t.id}`;

function turtle(chosen) {
  const out = [];
  const nodes = new Set();
  const sources = new Set();
  const acts = new Set();
  const kept = new Set(chosen);
  const refs = (ids) => (ids || none).map((id) => {
    nodes.add(id);
    return iri(data.nodes[id].id);
  });
  for (const row of chosen) {
    const [number_, t] = rows[row];
    const act = data.acts[number_];
    const source = data.sources[t.source];
    const name = statementName(t);
    const [start, end] = placeOf(t);
    // Of the marks in a quote, number 0 is the words of the relation.
    const at = t.quote.findIndex((role, i) => i > 1 && i % 3 === 1 && role === 0);
    const trigger = at < 0 ? none : placeOf(t, [t.quote[at - 2], t.quote[at - 1]]);
    const links = (t.speakers || none).length > 1 ? t.speakers.map((_, i) => `${name}/speaker/${i + 1}`) : none;
    sources.add(t.source);
    acts.add(number_);
    out.push(block(iri(name), [
      ["a", ["kg:Statement"]], ["kg:relation", [term(data.relations[act.relation][1])]],
      ["kg:agent", refs(t.agents)], ["kg:target", refs(t.targets)], ["kg:about", refs(t.about)], ["kg:where", refs(t.where)],
      ["kg:date", t.date ? [`${string(t.date)}^^edtf:EDTF`] : none],
      ["kg:modality", [term(modalityOf(t))]], ["kg:polarity", [t.negated ? "kg:negated" : "kg:affirmed"]],
      ["kg:attributedTo", refs(t.speakers)], ["kg:reportedBy", refs(t.outlets)], ["kg:unnamedSource", t.unnamed ? ["true"] : none],
      ["prov:qualifiedAttribution", links.map(iri)],
      ["kg:article", [iri(`article/${source.id}`)]], ["kg:start", [start]], ["kg:end", [end]],
      ["kg:triggerStart", trigger.slice(0, 1)], ["kg:triggerEnd", trigger.slice(1)],
      ["kg:quote", [tagged(passageText(t.source, t.quote[0], t.quote[1]), source.language || "en")]],
      ["kg:confidence", [decimal(t.confidence)]],
      ["kg:act", [iri(`act/${act.id}`)]],
      ["kg:contradicts", t.negated ? against[row].filter((other) => kept.has(other)).map((other) => iri(statementName(rows[other][1]))) : none],
    ]));
    links.forEach((link, i) => out.push(block(iri(link), [["a", ["prov:Attribution"]], ["prov:agent", refs([t.speakers[i]])], ["kg:order", [i + 1]]])));
  }
  for (const i of acts) out.push(block(iri(`act/${data.acts[i].id}`), [["a", ["kg:Act"]]]));
  const things = [...nodes].sort((a, b) => a - b).map((id) => {
    const { id: name, kind, name: label, language = "en" } = data.nodes[id];
    return block(iri(name), [["a", [term(data.kinds[kind].name)]], ["skos:prefLabel", [tagged(label, language)]]]);
  });
  const articles = [...sources].sort((a, b) => a - b).map((i) => {
    const { id, title, language = "en" } = data.sources[i];
    return block(iri(`article/${id}`), [["a", ["schema:NewsArticle"]], ["schema:headline", [tagged(title, language)]]]);
  });
  const prefixes = Object.entries({ kg: data.ontology, ...RDF_PREFIXES }).map(([name, value]) => `@prefix ${name}: <${value}> .\n`);
  return `${prefixes.join("")}\n${[...articles, ...things, ...out].join("\n")}`;
}
