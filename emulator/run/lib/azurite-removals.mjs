// Loaded into an Azurite of tests or bench, before Azurite. Whatever is asked of a queue, Azurite first removes the messages that have expired, and it builds all indexes of its messages anew
// also when there are none, and for every text that it forgets: a queue of ten thousand messages takes a hundred times as long for each as one of a hundred. With this nothing is done
// for nothing, and a few are removed one by one, each from the indexes as they are.
import { createRequire } from 'node:module';

const require = createRequire(process.argv[1]);
const { Collection } = require('lokijs');
const { removeBatch, removeBatchByPositions } = Collection.prototype;
const FEW = 32;

Collection.prototype.removeBatch = function (batch) {
  if (batch.length > FEW) return removeBatch.call(this, batch);
  for (const one of [...batch]) this.remove(one);
};

Collection.prototype.removeBatchByPositions = function (positions) {
  if (positions.length > FEW) return removeBatchByPositions.call(this, positions);
  for (const one of positions.map((position) => this.data[position])) this.remove(one);
};
