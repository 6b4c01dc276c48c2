// Prints how many triples of each file Comunica reads.
import { QueryEngine } from '@comunica/query-sparql-file';
const engine = new QueryEngine();
for (const file of process.argv.slice(2)) {
  const found = await engine.queryBindings('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }', { sources: [file] });
  const [row] = await found.toArray();
  console.log(`${row.get('n').value} ${file}`);
}
