// The chosen statements as Turtle, in the same terms and with the same names as the whole graph.
const RDF_PREFIXES = {
  edtf: "http://id.loc.gov/datatypes/edtf/",
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

function evidenceName(act, t) {
  const [start, end] = [charactersBefore(t.source, t.quote[0]), charactersBefore(t.source, t.quote[1])];
  return { id: `evidence/${data.sources[t.source].id}/${start}-${end}/${t.end || act.id.slice(0, 8)}`, start, end };
}

function turtle(chosen) {
  const acts = new Map();
  for (const i of chosen) {
    const [act, t] = rows[i];
    if (!acts.has(act)) acts.set(act, []);
    acts.get(act).push(t);
  }
  const out = [];
  const nodes = new Set();
  const sources = new Set();
  const refs = (ids) => (ids || none).map((id) => {
    nodes.add(id);
    return iri(data.nodes[id].id);
  });
  for (const [i, tellings] of acts) {
    const act = data.acts[i];
    const named = tellings.map((t) => [t, evidenceName(act, t)]);
    out.push(block(iri(`statement/${act.id}`), [
      ["a", ["kg:Statement"]], ["kg:relation", [term(data.relations[act.relation][3])]],
      ["kg:agent", refs(act.agents)], ["kg:target", refs(act.targets)], ["kg:about", refs(act.about)], ["kg:where", refs(act.where)],
      ["kg:date", act.date ? [`${string(act.date)}^^edtf:EDTF`] : none],
      ["kg:evidence", named.map(([, { id }]) => iri(id))],
    ]));
    for (const [t, { id, start, end }] of named) {
      sources.add(t.source);
      const source = data.sources[t.source];
      out.push(block(iri(id), [
        ["a", ["kg:Evidence"]], ["kg:article", [iri(`article/${source.id}`)]],
        ["kg:start", [start]], ["kg:end", [end]],
        ["kg:quote", [tagged(passageText(t.source, t.quote[0], t.quote[1]), source.language || "en")]],
        ["kg:modality", [term(modalityOf(t))]], ["kg:polarity", [t.negated ? "kg:negated" : "kg:affirmed"]],
        ["kg:confidence", [decimal(t.confidence)]],
        ["kg:attributedTo", refs(t.speakers)], ["kg:reportedBy", refs(t.outlets)],
      ]));
    }
  }
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
