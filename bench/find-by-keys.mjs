// Loaded into the bench's Azurite, before Azurite. Table Storage finds rows by their keys. Azurite looks at all of the partition for one row, to write it or to see that it is not
// there yet (100,000 rows on one account take it three quarters of an hour of processor time to insert), and at all of the table for every query. With this it asks the indexes
// that it keeps and does not use: for one row by row key first, for a query by the partition or the range of row keys, whichever holds less. What it answers stays the same:
// every row so found is still held against the whole filter. And a row that is written anew takes the place of the one before, instead of moving all that came after it.
import { createRequire } from 'node:module';
import './azurite-small-changes.mjs';

const require = createRequire(process.argv[1]);
const { Collection, Resultset, Comparators } = require('lokijs');
const { default: generator } = require('./table/persistence/LokiTableStoreQueryGenerator');
const { default: parse } = require('./table/persistence/QueryInterpreter/QueryParser');
const { default: Store } = require('./table/persistence/LokiTableMetadataStore');
const { findOne, insert, remove } = Collection.prototype;
const { updateTableEntity, queryTableEntities } = Store.prototype;
const { where, find } = Resultset.prototype;
const { generateQueryForPersistenceLayer: generate } = generator;
const between = Symbol('between');
const sorted = new WeakMap();
const whole = new WeakMap();
const FEW = 256;
const MESSAGES = 32;

Collection.prototype.findOne = function (query) {
  const { PartitionKey, RowKey, messageId, ...rest } = query ?? {};
  if (messageId !== undefined) return findOne.call(this, { messageId, ...rest });
  if (!PartitionKey || !RowKey) return findOne.call(this, query);

  // A long partition has many rows of different keys, and many partitions have a row of the same key: every account has a head.
  const [rows, partition] = [rangeOf(this, 'RowKey', { from: RowKey, to: RowKey }), rangeOf(this, 'PartitionKey', { from: PartitionKey, to: PartitionKey })];
  return findOne.call(this, partition.length < rows.length ? { PartitionKey, RowKey, ...rest } : { RowKey, PartitionKey, ...rest });
};

// Azurite removes the old row and inserts the new one, in one go.
let isReplacing = false;
let left;

Store.prototype.updateTableEntity = function (...about) {
  isReplacing = true;
  try {
    return updateTableEntity.apply(this, about);
  } finally {
    isReplacing = false;
    left = undefined;
  }
};

Collection.prototype.remove = function (row) {
  if (!isReplacing) return remove.call(this, row);
  left = { collection: this, place: this.get(row.$loki, true)[1], $loki: row.$loki, meta: row.meta };
  delete row.$loki;
  delete row.meta;
  return row;
};

Collection.prototype.insert = function (row, ...more) {
  if (left?.collection !== this) return insert.call(this, row, ...more);
  this.data[left.place] = Object.assign(row, { $loki: left.$loki, meta: left.meta });
  left = undefined;
  return row;
};

generator.generateQueryForPersistenceLayer = function (options, context) {
  const matches = generate.call(this, options, context);
  if (options.filter) matches[between] = boundsOf(parse(options.filter), {});
  return matches;
};

Resultset.prototype.where = function (matches) {
  const bounds = matches[between];
  const rows = bounds && !this.filterInitialized ? candidates(this.collection, bounds) : null;
  if (rows) {
    this.filteredrows = rows;
    this.filterInitialized = true;
  }
  return where.call(this, matches);
};

// A page of a whole table begins where the one before ended, in the order of the keys, which stays until a row comes or goes: Azurite looks at all rows and sorts them for each page.
Store.prototype.queryTableEntities = async function (context, account, table, options, nextPartition, nextRow) {
  const collection = this.getEntityCollection(account, table, context);
  if ((options.filter && candidates(collection, boundsOf(parse(options.filter), {}))) || collection.data.length <= FEW)
    return queryTableEntities.call(this, context, account, table, options, nextPartition, nextRow);
  const [partition, row] = [this.decodeContinuationHeader(nextPartition), this.decodeContinuationHeader(nextRow)];
  const matches = generator.generateQueryForPersistenceLayer(options, context);
  const most = this.getMaxResultsOption(options);
  const rows = inOrder(collection);
  const isAfter = ({ PartitionKey, RowKey }) => PartitionKey > partition || (PartitionKey === partition && (row === undefined || RowKey >= row));
  const page = [];
  for (let at = partition === undefined ? 0 : first(rows.length, (place) => isAfter(collection.data[rows[place]])); at < rows.length && page.length <= most; at++) {
    if (matches(collection.data[rows[at]])) page.push(collection.data[rows[at]]);
  }
  const { nextPartitionKeyResponse, nextRowKeyResponse } = this.adjustQueryResultforTop(page, most);
  return [page, nextPartitionKeyResponse, nextRowKeyResponse];
};

// A queue gives its next messages without looking at all that wait, and what has expired is the beginning of an index.
Resultset.prototype.find = function (query, firstOnly) {
  if (!query?.queueName || this.filterInitialized) return find.call(this, query, firstOnly);
  const { expirationTime, timeNextVisible, ...of } = query;
  if (expirationTime) {
    this.collection.ensureIndex('expirationTime');
    return find.call(this, { expirationTime, ...of }, firstOnly);
  }
  if (!timeNextVisible) return find.call(this, query, firstOnly);
  this.filteredrows = nextOf(this.collection, of, timeNextVisible.$lte);
  this.filterInitialized = true;
  return this;
};

/** The places of the messages of a queue that have been visible for longest: as many as one request can take. */
function nextOf(collection, { accountName, queueName }, until) {
  collection.ensureIndex('timeNextVisible');
  const { values } = collection.binaryIndices.timeNextVisible;
  const found = [];
  for (let at = 0; at < values.length && found.length < MESSAGES; at++) {
    const message = collection.data[values[at]];
    if (message.timeNextVisible > until) break;
    if (message.queueName === queueName && message.accountName === accountName) found.push(values[at]);
  }
  return found;
}

function candidates(collection, { PartitionKey: partition, RowKey: row }) {
  const found = [rangeOf(collection, 'PartitionKey', partition), rangeOf(collection, 'RowKey', row)].filter(Boolean);
  if (found.length === 0) return null;
  const least = found.reduce((less, other) => (other.length < less.length ? other : less));
  if (least.length <= FEW || !partition?.from || partition.from !== partition.to || !row) return least.rows();

  // Many either way: the partition in the order of its row keys, which stays until a row comes or goes.
  const { data, maxId } = collection;
  let known = sorted.get(collection);
  if (known?.maxId !== maxId || known.length !== data.length) sorted.set(collection, (known = { maxId, length: data.length, partitions: new Map() }));
  let rows = known.partitions.get(partition.from);
  if (!rows) {
    rows = rangeOf(collection, 'PartitionKey', partition).rows().filter((place) => data[place].PartitionKey === partition.from);
    rows.sort((one, other) => (data[one].RowKey < data[other].RowKey ? -1 : 1));
    known.partitions.set(partition.from, rows);
  }
  const from = row.from === undefined ? 0 : first(rows.length, (at) => data[rows[at]].RowKey >= row.from);
  const to = row.to === undefined ? rows.length : first(rows.length, (at) => data[rows[at]].RowKey > row.to);
  return rows.slice(from, to);
}

/** The places of all rows by their keys. */
function inOrder(collection) {
  const { data, maxId } = collection;
  const known = whole.get(collection);
  if (known?.maxId === maxId && known.rows.length === data.length) return known.rows;
  const rows = data.map((_, place) => place);
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  rows.sort((one, other) => compare(data[one].PartitionKey, data[other].PartitionKey) || compare(data[one].RowKey, data[other].RowKey));
  whole.set(collection, { maxId, rows });
  return rows;
}

/** What each key has to be at least and at most, from what the filter asks for at its top: anything under `or` or `not` is left to the filter. */
function boundsOf(node, bounds) {
  if (node.name === 'and') {
    boundsOf(node.left, bounds);
    boundsOf(node.right, bounds);
  } else if (['PartitionKey', 'RowKey'].includes(node.left?.identifier) && typeof node.right?.value === 'string') {
    const of = (bounds[node.left.identifier] ??= {});
    if (['eq', 'ge', 'gt'].includes(node.name)) of.from = node.right.value;
    if (['eq', 'le', 'lt'].includes(node.name)) of.to = node.right.value;
  }
  return bounds;
}

/** The place of a range in the index of a key; null where the index says nothing of it. */
function rangeOf(collection, key, range) {
  // The index has texts that are numbers in the order of numbers, before all others: a range is in it what it is in the filter when it has one key, or begins and ends with letters.
  if (!range?.from || !range.to || (range.from !== range.to && !(/^[a-z]/.test(range.from) && /^[a-z]/.test(range.to)))) return null;
  collection.ensureIndex(key);
  const { values } = collection.binaryIndices[key];
  const at = (place) => collection.data[values[place]][key];
  const from = first(values.length, (place) => !Comparators.lt(at(place), range.from, false));
  const to = first(values.length, (place) => Comparators.gt(at(place), range.to, false));
  return { length: Math.max(0, to - from), rows: () => values.slice(from, to) };
}

/** The first place of which it is true; it is true of all that follow. */
function first(length, is) {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
