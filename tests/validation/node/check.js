// Checks graphs with shacl-engine: node check.js SHAPES.ttl BESIDE.nt GRAPH.nt...
// Each graph is checked together with BESIDE.nt. Prints a JSON object: for each graph the pairs of
// the node at fault (the solution of a SPARQL-based constraint, else the focus node) and of what
// must hold.
import { readFileSync } from 'node:fs'
import { Parser, Store, DataFactory } from 'n3'
import { Validator } from 'shacl-engine'
import { validations } from 'shacl-engine/sparql.js'

const SPARQL = 'http://www.w3.org/ns/shacl#SPARQLConstraintComponent'

// What the engine needs of an RDF/JS environment: terms, and datasets to put a report in.
const factory = { ...DataFactory, dataset: (quads) => new Store([...(quads ?? [])]) }

const read = (path) => new Parser().parse(readFileSync(path, 'utf8'))

const [shapesPath, besidePath, ...paths] = process.argv.slice(2)
const validator = new Validator(new Store(read(shapesPath)), { factory, validations })
const beside = read(besidePath)
const found = {}
for (const path of paths) {
  const dataset = new Store([...beside, ...read(path)])
  const report = await validator.validate({ dataset })
  found[path] = report.results.map((result) => {
    const solved = result.constraintComponent.value === SPARQL && result.value
    const node = solved ? result.value.term ?? result.value : result.focusNode.term
    return [node.value, result.message.map((message) => message.value).join(' ')]
  })
}
console.log(JSON.stringify(found))
