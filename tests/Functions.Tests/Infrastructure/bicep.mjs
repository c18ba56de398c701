// Reads Bicep files with the grammar that editors use, and writes what they declare as JSON. Azure's compiler is a download of its own; this comes with npm ci.
// node bicep.mjs <file>... : one JSON array on standard output, an object for each file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
console.log(JSON.stringify(process.argv.slice(2).map(read)));

function read(file) {
  const { rootNode } = parser.parse(readFileSync(file, 'utf8'));
  const found = { errors: [], targetScope: 'resourceGroup', params: [], vars: [], resources: [], modules: [], outputs: [], imports: [], uses: [], calls: [], members: [] };
  walk(rootNode, found, new Set());
  for (const node of rootNode.namedChildren) declare(node, found);
  return { path: file, ...found };
}

function declare(node, found) {
  const [first, second] = node.namedChildren;
  const body = node.namedChildren.at(-1);
  const name = first?.text;
  switch (node.type) {
    case 'target_scope_assignment': found.targetScope = valueOf(first); break;
    case 'parameter_declaration': found.params.push({ name, type: second.text, isOptional: node.namedChildren.length > 2 }); break;
    case 'variable_declaration': found.vars.push({ name, value: valueOf(body) }); break;
    case 'output_declaration': found.outputs.push({ name, value: valueOf(body) }); break;
    case 'resource_declaration':
      found.resources.push({ name, type: valueOf(second), isExisting: node.children.some((it) => it.type === 'existing'), properties: valueOf(objectOf(body)) });
      break;
    case 'module_declaration': found.modules.push({ name, path: valueOf(second), properties: valueOf(objectOf(body)) }); break;
    case 'import_functionality':
      for (const it of node.namedChildren.filter((child) => child.type === 'identifier')) found.imports.push({ name: it.text, path: valueOf(body) });
      break;
  }
}

// What is wrong, and which names are used: known are those that loops and lambdas bring.
function walk(node, found, known) {
  if (node.isError || node.isMissing) found.errors.push(`${node.startPosition.row + 1}:${node.startPosition.column + 1} ${node.text.slice(0, 40)}`);
  let skipped = 0;
  switch (node.type) {
    case 'identifier': if (!known.has(node.text)) found.uses.push(node.text); return;
    case 'object_property': skipped = node.namedChild(0)?.type === 'identifier' ? 1 : 0; break;
    case 'parameter_declaration': case 'variable_declaration': case 'output_declaration':
    case 'resource_declaration': case 'module_declaration': case 'metadata_declaration': skipped = 1; break;
    case 'import_functionality': case 'decorators': case 'type': return;
    case 'call_expression': found.calls.push(node.childForFieldName('function').text); break;
    case 'member_expression': found.members.push(node.text.replaceAll('?', '')); break;
    case 'for_statement': known = new Set([...known, ...loopNames(node)]); break;
    case 'lambda_expression': known = new Set([...known, node.namedChild(0).text]); break;
  }
  // The grammar takes "it => it.name" for a member of a lambda, and the ends of such a chain lie outside of it.
  const lambda = node.type === 'member_expression' && innermost(node);
  if (lambda) known = new Set([...known, lambda.namedChild(0).text]);
  node.children.filter((it) => it.isNamed || it.isError || it.isMissing).slice(skipped).forEach((it) => walk(it, found, known));
}

function innermost(node) {
  for (let it = node; it; it = it.childForFieldName('object')) if (it.type === 'lambda_expression') return it;
  return null;
}

function loopNames(node) {
  return [node.childForFieldName('initializer') ?? node.namedChildren.find((it) => it.type === 'for_loop_parameters')].filter(Boolean)
    .flatMap((it) => (it.type === 'identifier' ? [it.text] : it.namedChildren.map((name) => name.text)));
}

// The object that a loop or a condition is about.
function objectOf(node) {
  if (node.type === 'for_statement') return objectOf(node.childForFieldName('body'));
  return node.type === 'if_statement' ? node.namedChildren.at(-1) : node;
}

// Literals as they are; what has to be computed as { "$": its text }.
function valueOf(node) {
  switch (node.type) {
    case 'string':
      return node.namedChildren.some((it) => it.type === 'interpolation') ? { $: node.text } : unescaped(node.text.slice(1, -1));
    case 'number': return Number(node.text);
    case 'boolean': return node.text === 'true';
    case 'array': return node.namedChildren.map(valueOf);
    case 'object':
      return Object.fromEntries(node.namedChildren.filter((it) => it.type === 'object_property')
        .map((it) => [it.namedChild(0).type === 'string' ? valueOf(it.namedChild(0)) : it.namedChild(0).text, valueOf(it.namedChildren.at(-1))]));
    default: return { $: node.text };
  }
}

function unescaped(text) {
  return text.replace(/\\(u\{([0-9a-fA-F]+)\}|.)/g, (_, it, code) => (code ? String.fromCodePoint(parseInt(code, 16)) : { n: '\n', r: '\r', t: '\t' }[it] ?? it));
}
