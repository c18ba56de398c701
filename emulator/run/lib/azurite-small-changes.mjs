// Loaded into an Azurite of tests or bench, before Azurite. Whatever is asked of a queue, Azurite first removes the messages that have expired, and it builds all indexes of its messages anew
// also when there are none; so it does for the few that it hands out and for every text that it forgets: a message of a queue of ten thousand takes a hundred times as long as one of a
// queue of a hundred. With this nothing is done for nothing, and a few are changed in the indexes as they are.
import { createRequire } from 'node:module';

const require = createRequire(process.argv[1]);
const { Collection } = require('lokijs');
const { removeBatch, removeBatchByPositions, update } = Collection.prototype;
const FEW = 32;

Collection.prototype.removeBatch = function (batch) {
  if (batch.length > FEW) return removeBatch.call(this, batch);
  for (const one of [...batch]) this.remove(one);
};

Collection.prototype.removeBatchByPositions = function (positions) {
  if (positions.length > FEW) return removeBatchByPositions.call(this, positions);
  for (const one of positions.map((position) => this.data[position])) this.remove(one);
};

Collection.prototype.update = function (some) {
  if (!Array.isArray(some) || some.length > FEW || this.cloneObjects || !this.adaptiveBinaryIndices) return update.call(this, some);
  if (some.length === 0) return;

  // All of them have changed already, so that an index is in order only without them: each goes back into it when the others are out.
  const { binaryIndices } = this;
  const moved = new Set(some.map((one) => this.get(one.$loki, true)[1]));
  this.binaryIndices = {};
  try {
    for (const one of some) update.call(this, one);
  } finally {
    this.binaryIndices = binaryIndices;
  }
  for (const [name, index] of Object.entries(binaryIndices)) {
    index.values = index.values.filter((position) => !moved.has(position));
    for (const position of moved) this.adaptiveBinaryIndexInsert(position, name);
  }
};
