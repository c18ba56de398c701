// Loaded into the tests' Azurite, before Azurite. The suite starts hundreds of banks, each with tables and queues of its own, and Azurite looks for one of them by going through all.
// With this it looks where a name leads: a table's rows by the table's name, a queue and its messages by the queue's. What it answers stays the same: every condition is still asked.
import { createRequire } from 'node:module';
import '../emulator/run/lib/azurite-small-changes.mjs';

const require = createRequire(process.argv[1]);
const Loki = require('lokijs');
const { Resultset } = Loki;
const { getCollection, removeCollection } = Loki.prototype;
const { find } = Resultset.prototype;
const known = new WeakMap();
const names = ['queueName', 'name'];

Loki.prototype.getCollection = function (name) {
  let byName = known.get(this);
  if (!byName) known.set(this, (byName = new Map()));
  let collection = byName.get(name);
  if (!collection) {
    collection = getCollection.call(this, name);
    if (collection) byName.set(name, collection);
  }
  return collection;
};

Loki.prototype.removeCollection = function (name) {
  known.get(this)?.delete(name);
  return removeCollection.call(this, name);
};

Resultset.prototype.find = function (query, firstOnly) {
  const name = query && !this.filterInitialized ? names.find((one) => typeof query[one] === 'string') : undefined;
  if (name === undefined || Object.keys(query).length === 1) return find.call(this, query, firstOnly);
  this.collection.ensureIndex(name);
  const { [name]: value, ...others } = query;
  return find.call(this, { [name]: value, ...others }, firstOnly);
};
