/** The Merkle tree of RFC 6962: hashes, whole trees, and compact ranges that only grow. */
@NullMarked
package io.hedgerow.audit.tree;

import org.jspecify.annotations.NullMarked;
