/**
 * The audit trail's logs: one RFC 6962 Merkle tree for each input partition, its entries chained by their leaf hashes, its
 * roots signed as C2SP checkpoints, and what it takes to verify all of it.
 */
@NullMarked
package io.hedgerow.audit;

import org.jspecify.annotations.NullMarked;
