// Loaded into the bench's Azurite, before Azurite. Azurite finds a row, to write it or to see that it is not there yet, by partition first
// and then looks at all of the partition: 100,000 rows on one account take it three quarters of an hour of processor time to insert. By row key first it looks
// at one or two. Queries go another way and are as slow or fast as they always are, and they are what the history measures.
import { createRequire } from 'node:module';

const { Collection } = createRequire(process.argv[1])('lokijs');
const { findOne } = Collection.prototype;

Collection.prototype.findOne = function (query) {
  const { PartitionKey, RowKey, ...others } = query ?? {};
  return findOne.call(this, PartitionKey === undefined || RowKey === undefined ? query : { RowKey, PartitionKey, ...others });
};
